<?xml version="1.0" encoding="UTF-8"?>
<!-- A text and what faces it: the original beside its translation when each is a document of its own. The page has a
     place for the other's text, and the pipeline puts it there: the same templates made it of the other's source. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:text-and-facing" as="element()*">
    <xsl:choose>
      <xsl:when test="$v:facts?facing ! f:is-relative(?href)">
        <div class="parallel facing">
          <div class="side-one">
            <h2 data-generated="">{l:label('facing-' || map { 'original': 'translation', 'translation': 'original', 'parallel': 'parallel' }($v:facts?facing?relation))}</h2>
            <xsl:call-template name="t:transcript"/>
            <xsl:call-template name="t:foot"/>
          </div>
          <section class="side-two beside-it" data-generated="">
            <h2>{l:label('facing-' || $v:facts?facing?relation)}: <a href="{$v:facts?facing?href}">{$v:facts?facing?label}</a></h2>
            <div data-facing=""/>
          </section>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="t:transcript"/>
        <xsl:call-template name="t:foot"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The text and notes of this document for the page of another. -->
  <xsl:template name="t:facing-text" as="element()">
    <xsl:variable name="text" as="element()*">
      <xsl:call-template name="t:transcript"/>
      <xsl:call-template name="t:foot"/>
    </xsl:variable>
    <div>
      <xsl:apply-templates mode="m:facing" select="$text"/>
    </div>
  </xsl:template>

  <xsl:template mode="m:facing" match="*:article" as="element()">
    <div>
      <xsl:apply-templates mode="m:facing" select="@*, node()"/>
    </div>
  </xsl:template>

  <!-- What is named on the page by an id has another one here; what the proof reads is not for it here. -->
  <xsl:template mode="m:facing" match="@id" as="attribute()">
    <xsl:attribute name="id" select="'beside-' || ."/>
  </xsl:template>

  <xsl:template mode="m:facing" match="@href[starts-with(., '#')]" as="attribute()">
    <xsl:attribute name="href" select="'#beside-' || substring(., 2)"/>
  </xsl:template>

  <xsl:template mode="m:facing" match="@data-note | @data-note-call | @data-source | @data-element" as="empty-sequence()">
    <xsl:sequence select="()"/>
  </xsl:template>

</xsl:stylesheet>
