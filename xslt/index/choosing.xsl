<?xml version="1.0" encoding="UTF-8"?>
<!-- Where assets/facets.js makes the index a place to work, and the words that it says there. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:variable name="v:facets" as="xs:string+" select="'date', 'type', 'person', 'organisation', 'place', 'archive',
    'classification', 'language', 'translator', 'transcript', 'membership'"/>

  <xsl:variable name="v:choosing-words" as="xs:string+" select="
    $v:facets ! ('facet-' || .),
    ('title', 'words', 'count', 'range', 'none', 'chosen', 'remove', 'clear', 'filter', 'filter-short', 'more-values',
    'from', 'to', 'apply', 'undated', 'range-help', 'others') ! ('choose-' || .),
    ('collection', 'date', 'title', 'type', 'archive', 'relevance') ! ('order-' || .),
    'list-order', 'list-persons', 'list-holding', 'nav-documents', 'nav-search', 'undated', 'document-count',
    'document-count-one', 'transcript-mark-none', 'transcript-mark-partial', 'pager',
    'pager-previous', 'pager-next', 'pager-page', 'search-loading', 'search-failed', 'search-broad', 'search-long', 'search-date', 'search-phrase'"/>

  <!-- Empty and hidden until the script has something to show; without it the list below stays as it is. -->
  <xsl:template name="t:choosing" as="element()+">
    <xsl:param name="vocabulary" as="map(*)*" required="yes"/>
    <div id="choose" class="choose" data-generated="" hidden="hidden"/>
    <ul id="choose-words" data-generated="" hidden="hidden">
      <xsl:for-each select="$v:choosing-words">
        <li data-key="{.}">{l:label(.)}</li>
      </xsl:for-each>
      <xsl:call-template name="t:vocabulary">
        <xsl:with-param name="vocabulary" select="$vocabulary"/>
      </xsl:call-template>
    </ul>
  </xsl:template>

  <!-- The words for dates and for what records say in fixed vocabularies, as items of a list. -->
  <xsl:template name="t:vocabulary" as="element()+">
    <xsl:param name="vocabulary" as="map(*)*" required="yes"/>
    <xsl:for-each select="'date-day', 'month-and-year', (1 to 12) ! ('month-' || format-integer(., '00'), 'month-of-' || format-integer(., '00'))">
      <li data-key="{.}">{l:label(.)}</li>
    </xsl:for-each>
    <xsl:for-each select="$vocabulary[l:known(?family || '-' || lower-case(?word))]">
      <li data-key="{?family}-{lower-case(?word)}">{f:term(?family, ?word)}</li>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
