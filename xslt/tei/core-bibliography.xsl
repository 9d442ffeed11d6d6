<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.12: Bibliographic Citations and References. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:bibl | tei:biblStruct | tei:biblFull | tei:listBibl | tei:analytic | tei:monogr | tei:series |
    tei:imprint | tei:author | tei:editor | tei:respStmt | tei:resp | tei:publisher | tei:pubPlace |
    tei:biblScope | tei:citedRange | tei:edition | tei:extent | tei:meeting | tei:relatedItem | tei:sponsor |
    tei:funder | tei:principal | tei:distributor | tei:authority | tei:availability | tei:licence | tei:textLang
    | tei:idno">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- The title of a work, led to its page where the edition has one. -->
  <xsl:template mode="m:text" match="tei:title" as="element()">
    <xsl:call-template name="t:link">
      <xsl:with-param name="href" select="f:page-of('work', string((@ref, @key)[1]))"/>
      <xsl:with-param name="class" select="'work', if (@level = 'a') then 'article' else ()"/>
      <xsl:with-param name="inline" select="if (@level = 'a') then 'span' else 'cite'"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
