<?xml version="1.0" encoding="UTF-8"?>
<!-- A text of the edition's own, from the tree that regesta.texts has read. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'text']" mode="m:title" as="xs:string">
    <xsl:sequence select="?title"/>
  </xsl:template>

  <!-- The text has its heading in it; one without gets its title. -->
  <xsl:template match=".[?kind = 'text']" mode="m:heading" as="element()*">
    <xsl:if test="not(?content?*?name = 'h1')">
      <h1 dir="auto">{?title}</h1>
    </xsl:if>
  </xsl:template>

  <xsl:template match=".[?kind = 'text']" mode="m:body" as="element()*">
    <article class="prose">
      <xsl:if test="?language != ''">
        <xsl:attribute name="lang" select="?language"/>
      </xsl:if>
      <xsl:sequence select="?content?* ! f:node(.)"/>
    </article>
  </xsl:template>

  <xsl:function name="f:node" as="node()*">
    <xsl:param name="node" as="map(*)"/>
    <xsl:choose>
      <xsl:when test="$node?name = ''">
        <xsl:text>{$node?text}</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{$node?name}">
          <xsl:for-each select="$node?attributes?*">
            <xsl:attribute name="{?1}" select="?2"/>
          </xsl:for-each>
          <xsl:sequence select="$node?content?* ! f:node(.)"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
