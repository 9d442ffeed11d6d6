<?xml version="1.0" encoding="UTF-8"?>
<!-- The regest: what the record says of the document before its text begins. All of it is generated. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:regest" as="element()">
    <header class="regest" data-generated="">
      <xsl:call-template name="t:date-line"/>
      <h1>{$v:facts?label}</h1>
      <xsl:for-each select="$v:record?subtitles?*[. != $v:facts?label]">
        <p class="subtitle">{.}</p>
      </xsl:for-each>
      <xsl:call-template name="t:abstract"/>
      <xsl:call-template name="t:metadata"/>
    </header>
  </xsl:template>

  <xsl:template name="t:date-line" as="element()?">
    <xsl:variable name="type" as="xs:string" select="f:word('type-', string($v:record?type))"/>
    <xsl:if test="($v:facts?written_date, $type) != ''">
      <p class="date-line">
        <xsl:if test="$v:facts?written_date != ''">
          <span class="date">{f:date($v:facts?written_date)}</span>
        </xsl:if>
        <xsl:if test="$type != ''">
          <span class="type">{$type}</span>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:abstract" as="element()*">
    <xsl:if test="$v:record?abstract != ''">
      <div class="abstract">
        <p>{$v:record?abstract}</p>
        <xsl:if test="$v:record?abstract_source != ''">
          <p class="abstract-source">{l:label('abstract-source')}: {$v:record?abstract_source}</p>
        </xsl:if>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Our word for $value where the table has one under $prefix, else the source's own. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="if (l:known($prefix || $value)) then l:label($prefix || $value) else $value"/>
  </xsl:function>

</xsl:stylesheet>
