<?xml version="1.0" encoding="UTF-8"?>
<!-- The regions of a document's page, in the order in which a reader meets them. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:shell="urn:regesta:shell"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:document" as="element()">
    <xsl:call-template name="shell:page">
      <xsl:with-param name="title" select="string($v:facts?label)"/>
      <xsl:with-param name="root" select="string($v:facts?root)"/>
      <xsl:with-param name="edition" select="$v:facts?edition"/>
      <xsl:with-param name="kind" select="'document'"/>
      <xsl:with-param name="scripts" select="'regesta.js', 'reading.js', 'find.js', 'facsimile.js'[$v:facts?media?*?kind = 'image']"/>
      <xsl:with-param name="path" select="'documents/' || $v:facts?id || '.html'"/>
      <xsl:with-param name="head" as="element()*">
        <xsl:call-template name="t:document-links"/>
        <xsl:call-template name="t:citing-head"/>
      </xsl:with-param>
      <xsl:with-param name="content" as="element()*">
        <xsl:call-template name="t:trail"/>
        <xsl:call-template name="t:regest"/>
        <xsl:call-template name="t:readings-switch"/>
        <xsl:call-template name="t:text-and-facing"/>
        <xsl:call-template name="t:viewer-words"/>
        <xsl:call-template name="t:names"/>
        <xsl:call-template name="t:around"/>
        <xsl:call-template name="t:cite"/>
        <xsl:call-template name="t:neighbours"/>
        <xsl:call-template name="t:find"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Where assets/find.js says how often the text holds what a reader sought, and the words for it. -->
  <xsl:template name="t:find" as="element()">
    <div id="find" class="find" role="region" aria-label="{l:label('find-title')}" hidden="hidden" data-generated=""
      data-count="{l:label('find-count')}" data-previous="{l:label('find-previous')}" data-next="{l:label('find-next')}"
      data-close="{l:label('find-close')}"/>
  </xsl:template>

  <!-- What browsers and harvesters read in the head: the neighbours and the TEI file. -->
  <xsl:template name="t:document-links" as="element()*">
    <link rel="stylesheet" href="{$v:facts?root}assets/text.css"/>
    <xsl:for-each select="$v:facts?previous[f:is-relative(?href)]">
      <link rel="prev" href="{?href}"/>
    </xsl:for-each>
    <xsl:for-each select="$v:facts?next[f:is-relative(?href)]">
      <link rel="next" href="{?href}"/>
    </xsl:for-each>
    <xsl:if test="f:is-relative(string($v:facts?tei_href))">
      <link rel="alternate" type="application/tei+xml" href="{$v:facts?tei_href}"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
