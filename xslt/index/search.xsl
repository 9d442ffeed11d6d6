<?xml version="1.0" encoding="UTF-8"?>
<!-- The search page. assets/search.js does the work and takes its words from data-* attributes here, so that
     a translation of the labels translates the script too. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- What a question may hold: how it is written, and what it does. -->
  <xsl:variable name="v:ways-to-search" as="map(xs:string, xs:string)+" select="
    map { 'write': 'plenum Kim', 'label': 'search-way-words' },
    map { 'write': '&quot;collective leadership&quot;', 'label': 'search-way-phrase' },
    map { 'write': 'faction*', 'label': 'search-way-prefix' },
    map { 'write': '-telegram', 'label': 'search-way-not' },
    map { 'write': 'person:&quot;Yi Pil-gyu&quot;', 'label': 'search-way-person' },
    map { 'write': 'title:  place:  org:  type:  archive:', 'label': 'search-way-fields' },
    map { 'write': 'after:1956-08 before:1957', 'label': 'search-way-dates' }"/>

  <xsl:template match=".[?kind = 'search']" mode="m:title" as="xs:string">
    <xsl:sequence select="l:label('nav-search')"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'search']" mode="m:body" as="element()*">
    <form id="search-form" class="search" role="search" action="search.html" method="get" data-generated="">
      <label for="search-words">{l:label('search-words')}</label>
      <div class="search-line">
        <input type="search" id="search-words" name="q" dir="auto" autocomplete="off" spellcheck="false"
          aria-describedby="search-help"/>
        <button type="submit">{l:label('nav-search')}</button>
      </div>
      <p id="search-help" class="help">{l:label('search-help')}</p>
      <details class="help">
        <summary>{l:label('search-how')}</summary>
        <dl class="search-how">
          <xsl:for-each select="$v:ways-to-search">
            <dt><code dir="auto">{?write}</code></dt>
            <dd>{l:label(?label)}</dd>
          </xsl:for-each>
        </dl>
      </details>
    </form>
    <noscript>
      <p class="empty" data-generated="">
        <xsl:text>{l:label('search-no-script')} </xsl:text>
        <a href="{?root}index.html">{l:label('nav-documents')}</a>
        <xsl:text>, </xsl:text>
        <a href="{?root}timeline.html">{l:label('nav-timeline')}</a>
      </p>
    </noscript>
    <p id="search-status" class="status" role="status" aria-live="polite" data-generated=""
      data-one="{l:label('search-found-one')}" data-many="{l:label('search-found')}"
      data-none="{l:label('search-none')}" data-loading="{l:label('search-loading')}"
      data-failed="{l:label('search-failed')}" data-broad="{l:label('search-broad')}"
      data-long="{l:label('search-long')}" data-date="{l:label('search-date')}" data-phrase="{l:label('search-phrase')}"
      data-alone="{l:label('search-alone')}"/>
    <p id="search-alone" class="status" data-generated=""/>
    <p id="search-narrow" class="status" hidden="hidden" data-generated="">
      <a href="index.html">{l:label('search-narrow')}</a>
    </p>
    <ul id="search-vocabulary" hidden="hidden" data-generated="">
      <xsl:call-template name="t:vocabulary">
        <xsl:with-param name="vocabulary" select="?vocabulary?*"/>
      </xsl:call-template>
    </ul>
    <ol id="search-results" class="documents" data-undated="{l:label('undated')}"/>
    <p class="more">
      <button type="button" id="search-more" hidden="hidden" data-generated="">{l:label('search-more')}</button>
    </p>
  </xsl:template>

</xsl:stylesheet>
