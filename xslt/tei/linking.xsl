<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 17: Linking, Segmentation, and Alignment; references and pointers of section 3.7. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="tei:ref" as="element()">
    <xsl:call-template name="t:link">
      <xsl:with-param name="href" select="f:destination(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A pointer has no words of its own: the page lends it some. -->
  <xsl:template mode="m:text" match="tei:ptr" as="element()">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="href" as="xs:string?" select="f:destination(.)"/>
    <xsl:element name="{if (exists($href) and not($in-link)) then 'a' else 'span'}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:attribute name="data-generated" select="''"/>
      <xsl:sequence select="if ($in-link) then () else $href ! f:href(.)"/>
      <xsl:text>{f:pointer-words(., $href)}</xsl:text>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:pointer-words" as="xs:string">
    <xsl:param name="pointer" as="element(tei:ptr)"/>
    <xsl:param name="href" as="xs:string?"/>
    <xsl:sequence select="if (f:is-web(string($href))) then replace($href, '^(https?://(www\.)?|mailto:)', '', 'i')
      else '→ ' || replace($pointer/@target, '^#', '')"/>
  </xsl:function>

  <xsl:template mode="m:text" as="element()" match="
    tei:seg | tei:link | tei:linkGrp | tei:join | tei:joinGrp | tei:alt | tei:altGrp | tei:timeline | tei:when |
    tei:listAnnotation | tei:annotation">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
