<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every page of a site: head, header, navigation, footer. It includes labels.xsl, so that a
     stylesheet that includes this module must not include that one again. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:shell="urn:regesta:shell"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:include href="labels.xsl"/>

  <!-- Nothing from elsewhere, nothing inline: what a source smuggles past the templates still cannot run. -->
  <xsl:variable name="shell:policy" as="xs:string" static="yes" select="string-join((
    'default-src ''none''', 'script-src ''self''', 'style-src ''self''', 'img-src ''self''', 'media-src ''self''', 'font-src ''self''',
    'base-uri ''none''', 'form-action ''self'''), '; ')"/>

  <!-- The pages that every site has, as keys of labels and addresses below the root. -->
  <xsl:variable name="shell:pages" as="map(xs:string, xs:string)+" static="yes" select="
    map { 'label': 'nav-documents', 'href': 'index.html' },
    map { 'label': 'nav-timeline', 'href': 'timeline.html' },
    map { 'label': 'nav-persons', 'href': 'persons/index.html' },
    map { 'label': 'nav-organisations', 'href': 'organisations/index.html' },
    map { 'label': 'nav-places', 'href': 'places/index.html' },
    map { 'label': 'nav-search', 'href': 'search.html' }"/>

  <!-- A whole page. `root` is "" at the site's root and "../" in a folder, `path` the page's own address below the
       root; `edition` has the keys of regesta.rendering.EditionFacts; `scripts` names files in assets/. -->
  <xsl:template name="shell:page" as="element()">
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <xsl:param name="kind" as="xs:string" required="yes"/>
    <xsl:param name="path" as="xs:string" required="yes"/>
    <xsl:param name="language" as="xs:string" select="$l:language"/>
    <xsl:param name="head" as="node()*" select="()"/>
    <xsl:param name="scripts" as="xs:string*" select="()"/>
    <xsl:param name="content" as="node()*" required="yes"/>
    <html lang="{$language}">
      <head data-generated="">
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="{$shell:policy}"/>
        <meta name="referrer" content="no-referrer"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{string-join(distinct-values(($title, $edition?title)[. != '']), ' · ')}</title>
        <link rel="stylesheet" href="{$root}assets/regesta.css"/>
        <xsl:for-each select="$edition?feed[. != '']">
          <link rel="alternate" type="application/atom+xml" href="{$root}{.}"/>
        </xsl:for-each>
        <xsl:sequence select="shell:addresses($edition, $path)"/>
        <xsl:sequence select="$head"/>
        <xsl:for-each select="$edition?styles?*">
          <link rel="stylesheet" href="{$root}{.}"/>
        </xsl:for-each>
        <xsl:for-each select="$scripts">
          <script src="{$root}assets/{.}" defer="defer"/>
        </xsl:for-each>
      </head>
      <body class="{$kind}">
        <xsl:call-template name="shell:header">
          <xsl:with-param name="root" select="$root"/>
          <xsl:with-param name="edition" select="$edition"/>
        </xsl:call-template>
        <main id="main">
          <xsl:sequence select="$content"/>
        </main>
        <xsl:call-template name="shell:footer">
          <xsl:with-param name="root" select="$root"/>
          <xsl:with-param name="edition" select="$edition"/>
        </xsl:call-template>
      </body>
    </html>
  </xsl:template>

  <!-- Whole addresses: the page's own, the feed, the picture for those who link to it. Without an address of the
       edition there are none. -->
  <xsl:function name="shell:addresses" as="element()*">
    <xsl:param name="edition" as="map(*)"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:for-each select="$edition?url[. != '']">
      <xsl:variable name="own" as="xs:string"
        select=". || string-join(tokenize($path[. != 'index.html'], '/') ! encode-for-uri(.), '/')"/>
      <link rel="canonical" href="{$own}"/>
      <meta property="og:url" content="{$own}"/>
      <meta property="og:site_name" content="{$edition?title}"/>
      <meta property="og:image" content="{.}assets/card.png"/>
      <meta property="og:image:alt" content="{$edition?title}"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template name="shell:header" as="element()+">
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <a class="skip" href="#main" data-generated="">{l:label('skip')}</a>
    <header class="site" data-generated="">
      <xsl:if test="$edition?logo != ''">
        <a class="logo" href="{$root}index.html" tabindex="-1" aria-hidden="true">
          <img src="{$root}{$edition?logo}" alt=""/>
        </a>
      </xsl:if>
      <p class="edition-title">
        <a href="{$root}index.html">{$edition?title}</a>
        <xsl:if test="$edition?subtitle != ''">
          <span class="edition-subtitle">{$edition?subtitle}</span>
        </xsl:if>
      </p>
      <nav aria-label="{l:label('navigation')}">
        <ul>
          <xsl:for-each select="$shell:pages">
            <li>
              <a href="{$root}{?href}">
                <xsl:if test="?label = 'nav-search'">
                  <xsl:attribute name="accesskey" select="'s'"/>
                </xsl:if>
                <xsl:text>{l:label(?label)}</xsl:text>
              </a>
            </li>
          </xsl:for-each>
          <xsl:for-each select="$edition?menu?*">
            <li>
              <xsl:sequence select="shell:menu-link(., $root)"/>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </header>
  </xsl:template>

  <!-- An entry of the edition's own menu: a page of the site, or an address elsewhere. -->
  <xsl:function name="shell:menu-link" as="element()">
    <xsl:param name="item" as="map(*)"/>
    <xsl:param name="root" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="matches($item?href, '^https?://')">
        <a href="{$item?href}" rel="noopener">{$item?label}</a>
      </xsl:when>
      <xsl:otherwise>
        <a href="{$root}{$item?href}">{$item?label}</a>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template name="shell:footer" as="element()">
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <footer class="site" data-generated="">
      <xsl:if test="$edition?publisher != ''">
        <p>{l:label('published-by')} {string-join(($edition?publisher, $edition?date)[. != ''], ', ')}</p>
      </xsl:if>
      <xsl:if test="$edition?holder != ''">
        <p>{l:label('held-by')} {$edition?holder}</p>
      </xsl:if>
      <xsl:if test="($edition?licence, $edition?licence_url) != ''">
        <p>
          <xsl:text>{l:label('licence')}: </xsl:text>
          <xsl:sequence select="shell:link($edition?licence_url, ($edition?licence, $edition?licence_url)[. != ''][1])"/>
        </p>
      </xsl:if>
      <xsl:if test="$edition?rights != ''">
        <p>{$edition?rights}</p>
      </xsl:if>
      <xsl:call-template name="shell:files">
        <xsl:with-param name="root" select="$root"/>
        <xsl:with-param name="edition" select="$edition"/>
      </xsl:call-template>
    </footer>
  </xsl:template>

  <!-- References to all documents, and the feed of changes. -->
  <xsl:template name="shell:files" as="element()?">
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <xsl:variable name="files" as="map(xs:string, xs:string)*" select="
      (map { 'label': 'BibTeX', 'href': 'data/references.bib' },
       map { 'label': 'RIS', 'href': 'data/references.ris' },
       map { 'label': 'CSL-JSON', 'href': 'data/references.json' })[$edition?stated_title != ''],
      $edition?changes[. != ''] ! map { 'label': l:label('nav-changes'), 'href': . },
      $edition?feed[. != ''] ! map { 'label': l:label('feed'), 'href': . }"/>
    <xsl:if test="exists($files)">
      <p class="files">
        <xsl:text>{l:label('references-all')} </xsl:text>
        <xsl:for-each select="$files">
          <xsl:text>{if (position() > 1) then ' · ' else ''}</xsl:text>
          <a href="{$root}{?href}">{?label}</a>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- $label as a link to $url where that is a web address, else as a text. -->
  <xsl:function name="shell:link" as="node()">
    <xsl:param name="url" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="matches($url, '^https?://[^\s&lt;&gt;&quot;]+$', 'i')">
        <a href="{$url}" rel="noopener">{$label}</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$label}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
