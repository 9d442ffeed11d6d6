<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 13: Critical Apparatus. All readings stand in the text; see core.xsl for what is folded away. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- A reading, and whose it is; the sigla show with the readings. -->
  <xsl:template mode="m:text" match="tei:lem | tei:rdg" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
      <xsl:if test="@wit">
        <span class="sigla" data-generated="">{' ' || (l:label('omitted') || ' ')[not(current()/node())] || string-join(tokenize(@wit) ! f:siglum(current(), .), ' ')}</span>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- The siglum of a witness: its number or abbreviation where it is described, else the pointer itself. -->
  <xsl:function name="f:siglum" as="xs:string">
    <xsl:param name="reading" as="element()"/>
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="witness" as="element()?"
      select="(f:in-header($reading, $pointer), key('v:by-id', substring-after($pointer, '#'), root($reading)))[1]"/>
    <xsl:sequence select="
      ($witness/@n, $witness/tei:abbr[1], $witness/tei:idno[@type = 'siglum'][1], replace($pointer, '^.*#', ''))[. != ''][1]
      ! normalize-space()"/>
  </xsl:function>

  <!-- True for an entry that speaks to a place elsewhere: location-referenced, or with two ends (13.2.1 and 13.2.2). -->
  <xsl:function name="f:is-remote" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="exists($entry/ancestor-or-self::tei:app[1][@from or @to or @loc or parent::tei:listApp])"/>
  </xsl:function>

  <!-- Such an entry is shown like a note, all its readings with it, and leads to its place. -->
  <xsl:template mode="m:text" match="tei:app" as="element()">
    <xsl:variable name="from" as="xs:string?" select="@from[starts-with(., '#')] ! f:anchor(.., substring(., 2))"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'app', 'remote'[f:is-remote(current())]"/>
      </xsl:apply-templates>
      <xsl:choose>
        <xsl:when test="not(f:is-remote(.))"/>
        <xsl:when test="exists($from)">
          <a class="back" data-generated="" href="{$from}">{l:label('apparatus-to', (@loc, @n, substring(@from, 2))[1])}</a>
        </xsl:when>
        <xsl:when test="@loc">
          <span class="back" data-generated="">{@loc}</span>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:rdgGrp | tei:listApp | tei:listWit | tei:witness | tei:wit | tei:witDetail | tei:lacunaStart | tei:lacunaEnd |
    tei:witStart | tei:witEnd | tei:variantEncoding">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
