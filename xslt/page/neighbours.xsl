<?xml version="1.0" encoding="UTF-8"?>
<!-- What follows the text: the names in it, and the documents before and after. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:names" as="element()?">
    <xsl:variable name="names" as="map(*)*" select="$v:facts?names?*[?kind != 'document'][f:is-relative(?href)]"/>
    <xsl:if test="exists($names)">
      <section class="names" id="names" data-generated="">
        <h2>{l:label('names')}</h2>
        <xsl:for-each-group select="$names" group-by="?kind">
          <h3>{f:word('mentions-', current-grouping-key())}</h3>
          <ul>
            <xsl:for-each-group select="current-group()" group-by="?href">
              <li>
                <a class="{?kind}" href="{?href}">{?label}</a>
              </li>
            </xsl:for-each-group>
          </ul>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What is around the document: its drafts and translations, its journal, its time, what shares its rarer names. -->
  <xsl:template name="t:around" as="element()?">
    <xsl:variable name="links" as="map(*)*" select="$v:facts?around?*[f:is-relative(?href)]"/>
    <xsl:if test="exists($links)">
      <section class="around" id="around" aria-labelledby="around-heading" data-generated="">
        <h2 id="around-heading">{l:label('around')}</h2>
        <dl>
          <xsl:for-each-group select="$links" group-by="?relation">
            <div>
              <dt>{f:word('around-', current-grouping-key())}</dt>
              <xsl:for-each select="current-group()">
                <dd><a href="{?href}" dir="auto">{?label}</a></dd>
              </xsl:for-each>
            </div>
          </xsl:for-each-group>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Where the reader came from: assets/reading.js fills it in. -->
  <xsl:template name="t:trail" as="element()">
    <nav class="trail" id="trail" hidden="hidden" aria-label="{l:label('trail')}" data-generated=""
      data-back="{l:label('trail-back')}" data-previous="{l:label('trail-previous')}" data-next="{l:label('trail-next')}"/>
  </xsl:template>

  <xsl:template name="t:neighbours" as="element()?">
    <xsl:if test="exists(($v:facts?previous, $v:facts?next))">
      <nav class="neighbours" aria-label="{l:label('neighbours')}" data-generated="">
        <xsl:sequence select="f:neighbour($v:facts?previous, 'previous')"/>
        <xsl:sequence select="f:neighbour($v:facts?next, 'next')"/>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:neighbour" as="element()?">
    <xsl:param name="link" as="map(*)?"/>
    <xsl:param name="direction" as="xs:string"/>
    <xsl:for-each select="$link[f:is-relative(?href)]">
      <a class="{$direction}" href="{?href}" accesskey="{if ($direction = 'next') then 'n' else 'p'}">
        <span class="direction">{l:label($direction)}</span>
        <span class="label">{?label}</span>
      </a>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
