<?xml version="1.0" encoding="UTF-8"?>
<!-- A page of the combined index, and the front of the site, which is its first. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'list']" mode="m:title" as="xs:string">
    <xsl:variable name="name" as="xs:string" select="
      if (empty(?year)) then l:label('list-' || ?order)
      else if (?year = '') then l:label('undated')
      else ?year"/>
    <xsl:sequence select="if (?number = 1) then $name else f:fill('list-page', ($name, ?number))"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'list'][exists(?front)]" mode="m:title" priority="2" as="xs:string">
    <xsl:sequence select="?edition?title"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'list'][exists(?front)]" mode="m:heading" priority="2" as="element()*">
    <div class="edition-front">
      <h1 dir="auto">{?edition?title}</h1>
      <xsl:if test="?edition?subtitle != ''">
        <p class="subtitle" dir="auto">{?edition?subtitle}</p>
      </xsl:if>
      <p class="about" data-generated="">{f:about(?front, ?edition)}</p>
    </div>
  </xsl:template>

  <!-- "10 documents, 1955–1956, held by …". -->
  <xsl:function name="f:about" as="xs:string">
    <xsl:param name="front" as="map(*)"/>
    <xsl:param name="edition" as="map(*)"/>
    <xsl:variable name="period" as="xs:string"
      select="string-join(distinct-values(($front?first_year, $front?last_year)), '–')"/>
    <xsl:sequence select="string-join((
      f:documents($front?documents),
      $period[. != ''],
      l:label('list-held-by', $edition?holder)[$edition?holder != '']), ', ')"/>
  </xsl:function>

  <xsl:template match=".[?kind = 'list']" mode="m:body" as="element()*">
    <xsl:call-template name="t:arrangements">
      <xsl:with-param name="page" select="."/>
    </xsl:call-template>
    <xsl:variable name="page" as="map(*)" select="."/>
    <xsl:choose>
      <xsl:when test="?last = 0">
        <p class="empty" data-generated="">{l:label('list-empty')}</p>
      </xsl:when>
      <xsl:otherwise>
        <p class="range" data-generated="">{f:range(.)}</p>
        <xsl:for-each select="?groups?*">
          <xsl:call-template name="t:group">
            <xsl:with-param name="group" select="."/>
            <xsl:with-param name="page" select="$page"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="t:pager">
      <xsl:with-param name="page" select="."/>
    </xsl:call-template>
  </xsl:template>

  <!-- On the front page the list is what readers without script see of the place to work. -->
  <xsl:template match=".[?kind = 'list'][exists(?front)]" mode="m:body" priority="2" as="element()*">
    <xsl:call-template name="t:choosing">
      <xsl:with-param name="vocabulary" select="?front?vocabulary?*"/>
    </xsl:call-template>
    <div id="lists">
      <xsl:next-match/>
    </div>
  </xsl:template>

  <!-- "1–10 of 157" on the first page, "11–20" on others. -->
  <xsl:function name="f:range" as="xs:string">
    <xsl:param name="page" as="map(*)"/>
    <xsl:variable name="range" as="xs:string" select="string-join(distinct-values((
      f:plain($page?first), f:plain($page?last))), '–')"/>
    <xsl:sequence select="if (exists($page?total)) then f:fill('list-range-of', ($range, $page?total)) else $range"/>
  </xsl:function>

  <xsl:template name="t:arrangements" as="element()?">
    <xsl:param name="page" as="map(*)" required="yes"/>
    <xsl:if test="exists(($page?orders?*, $page?sizes?*))">
      <div class="arrangements">
        <xsl:call-template name="t:choices">
          <xsl:with-param name="label" select="l:label('list-order')"/>
          <xsl:with-param name="root" select="$page?root"/>
          <xsl:with-param name="choices" select="$page?orders?* ! map:put(., 'text', l:label('order-' || ?key))"/>
        </xsl:call-template>
        <xsl:call-template name="t:choices">
          <xsl:with-param name="label" select="l:label('list-size')"/>
          <xsl:with-param name="root" select="$page?root"/>
          <xsl:with-param name="choices" select="$page?sizes?* ! map:put(., 'text', f:term('size', ?key))"/>
        </xsl:call-template>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- A year's documents of one month under their heading, or a plain list; numbers go on from page to page. -->
  <xsl:template name="t:group" as="element()*">
    <xsl:param name="group" as="map(*)" required="yes"/>
    <xsl:param name="page" as="map(*)" required="yes"/>
    <xsl:if test="$group?anchor != ''">
      <h2 id="{$group?anchor}" data-generated="">{f:month($group?month)}</h2>
    </xsl:if>
    <ul class="documents">
      <xsl:for-each select="$group?items?*">
        <xsl:apply-templates select="." mode="m:item">
          <xsl:with-param name="root" select="$page?root"/>
          <xsl:with-param name="level" select="if ($group?anchor != '') then 3 else 2"/>
        </xsl:apply-templates>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- Previous, numbered pages, next. -->
  <xsl:template name="t:pager" as="element()?">
    <xsl:param name="page" as="map(*)" required="yes"/>
    <xsl:if test="array:size($page?pages) > 0 or ($page?previous, $page?next) != ''">
      <nav class="pager" aria-label="{l:label('pager')}" data-generated="">
        <ul>
          <xsl:if test="$page?previous != ''">
            <li><a rel="prev" href="{$page?root}{$page?previous}">{l:label('pager-previous')}</a></li>
          </xsl:if>
          <xsl:for-each select="$page?pages?*">
            <li>
              <xsl:call-template name="t:page-number">
                <xsl:with-param name="number" select="."/>
                <xsl:with-param name="root" select="$page?root"/>
              </xsl:call-template>
            </li>
          </xsl:for-each>
          <xsl:if test="$page?next != ''">
            <li><a rel="next" href="{$page?root}{$page?next}">{l:label('pager-next')}</a></li>
          </xsl:if>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:page-number" as="element()">
    <xsl:param name="number" as="map(*)" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:choose>
      <xsl:when test="$number?number = 0">
        <span class="gap">…</span>
      </xsl:when>
      <xsl:otherwise>
        <a href="{$root}{$number?href}" aria-label="{l:label('pager-page', f:plain($number?number))}">
          <xsl:if test="$number?current">
            <xsl:attribute name="aria-current" select="'page'"/>
          </xsl:if>
          <xsl:text>{f:plain($number?number)}</xsl:text>
        </a>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
