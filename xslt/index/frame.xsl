<?xml version="1.0" encoding="UTF-8"?>
<!-- What all pages of the index share: the shell, with the heading and the body that the page's kind gives. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:shell="urn:regesta:shell"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:page" as="element()">
    <xsl:param name="page" as="map(*)" required="yes"/>
    <xsl:variable name="title" as="xs:string">
      <xsl:apply-templates select="$page" mode="m:title"/>
    </xsl:variable>
    <xsl:call-template name="shell:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="root" select="$page?root"/>
      <xsl:with-param name="edition" select="$page?edition"/>
      <xsl:with-param name="path" select="if ($page?kind = 'former' and $page?target != '') then $page?target else $page?path"/>
      <xsl:with-param name="kind" select="'index index-' || $page?kind || ' index-front'[exists($page?front)]"/>
      <xsl:with-param name="head" as="element()+">
        <link rel="stylesheet" href="{$page?root}assets/lists.css"/>
        <xsl:if test="$page?kind = 'former' and $page?target != ''">
          <meta http-equiv="refresh" content="0; url={$page?root}{string-join(tokenize($page?target, '/') ! encode-for-uri(.), '/')}"/>
        </xsl:if>
        <xsl:if test="exists($page?front) or $page?kind = 'search'">
          <link rel="stylesheet" href="{$page?root}assets/choosing.css"/>
        </xsl:if>
      </xsl:with-param>
      <xsl:with-param name="scripts" select="'trail.js',
        ('data.js', 'words.js', 'engine.js', 'quotes.js', 'search.js')[$page?kind = 'search'],
        ('data.js', 'table.js', 'facets.js')[exists($page?front)]"/>
      <xsl:with-param name="content" as="element()*">
        <xsl:apply-templates select="$page" mode="m:heading"/>
        <xsl:apply-templates select="$page" mode="m:body"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Most pages are headed by their title; a page whose title is a source's words marks it so itself. -->
  <xsl:template match=".[?kind = ('list', 'entities', 'timeline', 'search', 'changes')]" mode="m:heading" as="element()*">
    <h1 data-generated="">
      <xsl:apply-templates select="." mode="m:title"/>
    </h1>
  </xsl:template>

  <!-- A row of links, of which one may be where the reader is. Each choice has `text`, `href`, `current`. -->
  <xsl:template name="t:choices" as="element()?">
    <xsl:param name="label" as="xs:string" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="choices" as="map(xs:string, item())*" required="yes"/>
    <xsl:if test="exists($choices)">
      <nav class="choices" aria-label="{$label}" data-generated="">
        <span class="choices-label" aria-hidden="true">{$label}</span>
        <ul>
          <xsl:for-each select="$choices">
            <li>
              <a href="{$root}{?href}">
                <xsl:if test="?current">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <xsl:text>{?text}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
