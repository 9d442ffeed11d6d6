<?xml version="1.0" encoding="UTF-8"?>
<!-- The timeline: a chart for the eye, and the same numbers as headings and links for everybody. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'timeline']" mode="m:title" as="xs:string">
    <xsl:sequence select="l:label('nav-timeline')"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'timeline']" mode="m:body" as="element()*">
    <xsl:variable name="root" as="xs:string" select="?root"/>
    <xsl:if test="empty(?years?*)">
      <p class="empty" data-generated="">{l:label('list-empty')}</p>
    </xsl:if>
    <xsl:for-each select="?chart">
      <xsl:call-template name="t:chart">
        <xsl:with-param name="chart" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="t:choices">
      <xsl:with-param name="label" select="l:label('timeline-years')"/>
      <xsl:with-param name="root" select="''"/>
      <xsl:with-param name="choices" select="?years?*[count(current()?years?*) > 1] ! map {
        'text': f:year(.), 'href': '#' || ?anchor, 'current': false() }"/>
    </xsl:call-template>
    <xsl:for-each select="?years?*">
      <xsl:call-template name="t:year">
        <xsl:with-param name="year" select="."/>
        <xsl:with-param name="root" select="$root"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Heights and places are attributes of SVG: the site's policy allows no inline style. -->
  <xsl:template name="t:chart" as="element()">
    <xsl:param name="chart" as="map(*)" required="yes"/>
    <xsl:variable name="ends" as="xs:string+" select="f:date($chart?first), f:date($chart?last)"/>
    <figure class="chart" data-generated="">
      <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {$chart?steps * 10} 100" preserveAspectRatio="none"
        aria-label="{f:fill('chart-' || $chart?unit, $ends)}">
        <xsl:for-each select="$chart?bars?*">
          <xsl:variable name="height" as="xs:double" select="max((3, round(?documents div $chart?most * 100)))"/>
          <rect x="{?step * 10 + 1}" y="{100 - $height}" width="8" height="{$height}">
            <title>{f:date(?name)}: {f:documents(?documents)}</title>
          </rect>
        </xsl:for-each>
      </svg>
      <figcaption>
        <span>{$ends[1]}</span>
        <span>{string-join((
          l:label('chart-most-' || $chart?unit, f:plain($chart?most)),
          l:label('chart-left-out' || '-week'[$chart?unit = 'week'], f:plain($chart?left_out))[$chart?left_out > 0]), '; ')}</span>
        <span>{$ends[2]}</span>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:function name="f:year" as="xs:string">
    <xsl:param name="year" as="map(*)"/>
    <xsl:sequence select="if ($year?year = '') then l:label('undated') else $year?year"/>
  </xsl:function>

  <xsl:template name="t:year" as="element()">
    <xsl:param name="year" as="map(*)" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <section class="year" aria-labelledby="{$year?anchor}">
      <h2 id="{$year?anchor}" data-generated="">
        <xsl:sequence select="f:counted(f:year($year), $year, $root)"/>
      </h2>
      <xsl:for-each select="$year?months?*">
        <xsl:if test="?month != '' or count($year?months?*) > 1">
          <h3 data-generated="">
            <xsl:if test="?anchor != ''">
              <xsl:attribute name="id" select="?anchor"/>
            </xsl:if>
            <xsl:sequence select="f:counted(f:month(?month), ., $root)"/>
          </h3>
        </xsl:if>
        <xsl:call-template name="t:occurrences">
          <xsl:with-param name="documents" select="?items?*"/>
          <xsl:with-param name="root" select="$root"/>
        </xsl:call-template>
      </xsl:for-each>
    </section>
  </xsl:template>

  <!-- A year or month with its number of documents, and a link where its documents stand on another page. -->
  <xsl:function name="f:counted" as="node()+">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="period" as="map(*)"/>
    <xsl:param name="root" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$period?href != ''">
        <a href="{$root}{$period?href}">{$name}</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$name}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:text> </xsl:text>
    <span class="count">{f:documents($period?documents)}</span>
  </xsl:function>

</xsl:stylesheet>
