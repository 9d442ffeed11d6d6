<?xml version="1.0" encoding="UTF-8"?>
<!-- The search page. assets/search.js does the work and takes its words from data-* attributes here, so that
     a translation of the labels translates the script too. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

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
      data-failed="{l:label('search-failed')}" data-broad="{l:label('search-broad')}"/>
    <ol id="search-results" class="documents" data-undated="{l:label('undated')}"/>
    <p class="more">
      <button type="button" id="search-more" hidden="hidden" data-generated="">{l:label('search-more')}</button>
    </p>
  </xsl:template>

</xsl:stylesheet>
