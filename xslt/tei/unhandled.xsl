<?xml version="1.0" encoding="UTF-8"?>
<!-- The one owner of elements that no chapter knows, TEI's or another vocabulary's. It is imported first, so that
     every other template wins over it. The text stays, and the page says which element it could not read. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="*" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'unhandled'"/>
      </xsl:apply-templates>
      <xsl:attribute name="data-element" select="name()"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
