<?xml version="1.0" encoding="UTF-8"?>
<!-- Persons, organisations, places, events, terms, works: their pages and lists. The kind is data: it chooses
     words (`folder-persons`), never a template. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:shell="urn:regesta:shell"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'entity']" mode="m:title" as="xs:string">
    <xsl:sequence select="?label"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'entity-year']" mode="m:title" as="xs:string">
    <xsl:sequence select="?entity?label || ', ' || f:year-page(.)"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'entities']" mode="m:title" as="xs:string">
    <xsl:sequence select="f:term('folder', ?folder)"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'entity']" mode="m:heading" as="element()*">
    <p class="kicker" data-generated="">
      <a href="index.html">{f:term('folder', ?folder)}</a>
    </p>
    <h1 dir="auto">{?label}</h1>
  </xsl:template>

  <xsl:template match=".[?kind = 'entity-year']" mode="m:heading" as="element()*">
    <p class="kicker" data-generated="">
      <a href="{?root}{?folder}/index.html">{f:term('folder', ?folder)}</a>
      <xsl:text> · </xsl:text>
      <a href="{?root}{?entity?href}" dir="auto">{?entity?label}</a>
    </p>
    <h1 data-generated="">{f:year-page(.)}</h1>
  </xsl:template>

  <xsl:template match=".[?kind = 'entity-year']" mode="m:body" as="element()*">
    <p class="range" data-generated="">{f:range(.)}</p>
    <xsl:call-template name="t:occurrences">
      <xsl:with-param name="documents" select="?documents?*"/>
      <xsl:with-param name="root" select="?root"/>
    </xsl:call-template>
    <xsl:call-template name="t:pager">
      <xsl:with-param name="page" select="."/>
    </xsl:call-template>
  </xsl:template>

  <!-- "1956" on the first page of a year's documents, "1956, page 2" on others. -->
  <xsl:function name="f:year-page" as="xs:string">
    <xsl:param name="page" as="map(*)"/>
    <xsl:sequence select="if ($page?number = 1) then f:year($page) else f:fill('list-page', (f:year($page), $page?number))"/>
  </xsl:function>

  <xsl:template match=".[?kind = 'entity']" mode="m:body" as="element()*">
    <xsl:call-template name="t:register-entry">
      <xsl:with-param name="entity" select="."/>
    </xsl:call-template>
    <h2 data-generated="">{l:label('entity-documents')}</h2>
    <xsl:for-each select="?chart">
      <xsl:call-template name="t:chart">
        <xsl:with-param name="chart" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:choose>
      <xsl:when test="exists(?years?*)">
        <xsl:call-template name="t:entries">
          <xsl:with-param name="entries" select="?years?*"/>
          <xsl:with-param name="root" select="?root"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="exists(?documents?*)">
        <xsl:call-template name="t:occurrences">
          <xsl:with-param name="documents" select="?documents?*"/>
          <xsl:with-param name="root" select="?root"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <p class="empty" data-generated="">{l:label('entity-no-documents')}</p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What the register says: other names, facts with their dates, coordinates, identifiers elsewhere. -->
  <xsl:template name="t:register-entry" as="element()?">
    <xsl:param name="entity" as="map(*)" required="yes"/>
    <xsl:variable name="rows" as="element()*">
      <xsl:sequence select="f:row(l:label('entity-names'), $entity?names?* ! f:entity-name(.))"/>
      <xsl:for-each-group select="$entity?facts?*" group-by="?kind">
        <xsl:sequence select="f:row(
          f:term('fact', current-grouping-key()), current-group() ! f:fact(.))"/>
      </xsl:for-each-group>
      <xsl:if test="$entity?coordinates != ''">
        <xsl:sequence select="f:row(l:label('entity-coordinates'), f:words($entity?coordinates))"/>
      </xsl:if>
      <xsl:for-each select="$entity?authorities?*">
        <xsl:sequence select="f:row(f:term('authority', ?type), f:authority(.))"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="exists($rows)">
      <dl class="details entry">
        <xsl:sequence select="$rows"/>
      </dl>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:row" as="element()?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="element()*"/>
    <xsl:if test="exists($values)">
      <div>
        <dt data-generated="">{$label}</dt>
        <xsl:for-each select="$values">
          <dd>
            <xsl:sequence select="."/>
          </dd>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:words" as="element()">
    <xsl:param name="text" as="xs:string"/>
    <bdi>{$text}</bdi>
  </xsl:function>

  <xsl:function name="f:entity-name" as="element()">
    <xsl:param name="name" as="map(*)"/>
    <bdi>
      <xsl:sequence select="f:in-language($name?language)"/>
      <xsl:text>{$name?text}</xsl:text>
    </bdi>
  </xsl:function>

  <!-- What an entry says; `data-place` is the number of its element in the register, by which the proof knows it. -->
  <xsl:function name="f:fact" as="element()">
    <xsl:param name="fact" as="map(*)"/>
    <span>
      <xsl:if test="$fact?text != ''">
        <bdi>
          <xsl:if test="$fact?place ge 0">
            <xsl:attribute name="data-place" select="$fact?place"/>
          </xsl:if>
          <xsl:sequence select="f:in-language($fact?language)"/>
          <xsl:text>{$fact?text}</xsl:text>
        </bdi>
      </xsl:if>
      <xsl:if test="$fact?dates != '' and $fact?dates != $fact?text">
        <xsl:text>{' '[$fact?text != '']}</xsl:text>
        <span class="dates" dir="auto">{$fact?dates}</span>
      </xsl:if>
    </span>
  </xsl:function>

  <xsl:function name="f:authority" as="element()">
    <xsl:param name="authority" as="map(*)"/>
    <bdi>
      <xsl:sequence select="shell:link($authority?href, $authority?value)"/>
    </bdi>
  </xsl:function>

  <xsl:template match=".[?kind = 'entities']" mode="m:body" as="element()*">
    <xsl:variable name="page" as="map(*)" select="."/>
    <xsl:call-template name="t:choices">
      <xsl:with-param name="label" select="l:label('entity-lists')"/>
      <xsl:with-param name="root" select="?root"/>
      <xsl:with-param name="choices" select="?folders?* ! map {
        'text': f:fill('entity-list-count', (f:term('folder', ?label), ?documents)),
        'href': ?href,
        'current': ?label = $page?folder }"/>
    </xsl:call-template>
    <xsl:if test="empty(?letters?*)">
      <p class="empty" data-generated="">{l:label('entity-list-empty', f:term('folder', ?folder))}</p>
    </xsl:if>
    <xsl:if test="count(?letters?*) > 1">
      <nav class="letters" aria-label="{l:label('entity-letters')}" data-generated="">
        <ul>
          <xsl:for-each select="?letters?*">
            <li><a href="#{?anchor}">{?letter}</a></li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
    <xsl:for-each select="?letters?*">
      <xsl:call-template name="t:letter">
        <xsl:with-param name="letter" select="."/>
        <xsl:with-param name="root" select="$page?root"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="t:letter" as="element()">
    <xsl:param name="letter" as="map(*)" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <section class="letter" aria-labelledby="{$letter?anchor}">
      <h2 id="{$letter?anchor}" data-generated="">{$letter?letter}</h2>
      <xsl:call-template name="t:entries">
        <xsl:with-param name="entries" select="$letter?entries?*"/>
        <xsl:with-param name="root" select="$root"/>
      </xsl:call-template>
    </section>
  </xsl:template>

  <!-- Entities, or years without and with a date, each with its number of documents. -->
  <xsl:template name="t:entries" as="element()">
    <xsl:param name="entries" as="map(*)+" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <ul class="entries">
      <xsl:for-each select="$entries">
        <li>
          <a href="{$root}{?href}" dir="auto">{(?label[. != ''], l:label('undated'))[1]}</a>
          <xsl:text> </xsl:text>
          <span class="count" data-generated="">{f:documents(?documents)}</span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

</xsl:stylesheet>
