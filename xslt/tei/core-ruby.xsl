<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.4.2: Ruby Annotations. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="tei:ruby" as="element()">
    <ruby>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </ruby>
  </xsl:template>

  <!-- The same in a vocabulary that has it under the names of HTML: with the brackets for where ruby is not shown. -->
  <xsl:template mode="m:text" match="*:ruby[not(self::tei:*)][*:rt]" as="element()">
    <ruby>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </ruby>
  </xsl:template>

  <xsl:template mode="m:text" match="*:ruby[not(self::tei:*)][*:rt]/*:rb[not(self::tei:*)]" as="element()">
    <span class="rb">
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

  <xsl:template mode="m:text" as="element()"
    match="*:ruby[not(self::tei:*)][*:rt]/*[not(self::tei:*)][self::*:rt or self::*:rp]">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:rt" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'rt'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:rb" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
