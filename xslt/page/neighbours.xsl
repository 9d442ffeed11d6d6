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
      <a class="{$direction}" href="{?href}">
        <span class="direction">{l:label($direction)}</span>
        <span class="label">{?label}</span>
      </a>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
