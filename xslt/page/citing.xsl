<?xml version="1.0" encoding="UTF-8"?>
<!-- How the document is cited: in words, in the formats of reference managers, and for machines in the head. All of
     it is made by regesta.citing and handed over as data. -->
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

  <!-- The tags, and the record as JSON-LD: a block of data, which no browser runs; its text has no character that
       means something in HTML. -->
  <xsl:template name="t:citing-head" as="element()*">
    <xsl:for-each select="$v:citing?tags?*">
      <xsl:choose>
        <xsl:when test="?kind = 'property'">
          <meta property="{?name}" content="{?content}"/>
        </xsl:when>
        <xsl:otherwise>
          <meta name="{?name}" content="{?content}"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:for-each select="$v:citing?json_ld[translate(., '&lt;&gt;&amp;', '') = .]">
      <script type="application/ld+json">{.}</script>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="t:cite" as="element()?">
    <xsl:if test="exists($v:citing?citations?*)">
      <section class="cite" id="cite" aria-labelledby="cite-heading" data-generated=""
        data-save="{l:label('cite-save')}" data-copy="{l:label('cite-copy')}" data-copied="{l:label('cite-copied')}">
        <h2 id="cite-heading">{l:label('cite')}</h2>
        <dl class="citations">
          <xsl:sequence select="$v:citing?citations?* ! f:citation(.)"/>
        </dl>
        <div class="references">
          <xsl:sequence select="$v:citing?references?* ! f:reference(.)"/>
        </div>
        <span class="Z3988" title="{$v:citing?coins}"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Citations follow English style manuals, whatever the language of the site. -->
  <xsl:function name="f:citation" as="element()">
    <xsl:param name="citation" as="map(*)"/>
    <div>
      <dt>{l:label('cite-' || $citation?style)}</dt>
      <dd lang="en">
        <xsl:for-each select="$citation?runs?*">
          <xsl:choose>
            <xsl:when test="?italic">
              <i>{?text}</i>
            </xsl:when>
            <xsl:otherwise>
              <xsl:text>{?text}</xsl:text>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:function>

  <!-- The reference to be copied; assets/reading.js adds a button that saves it as a file. -->
  <xsl:function name="f:reference" as="element()">
    <xsl:param name="reference" as="map(*)"/>
    <details class="reference">
      <summary>{$reference?label}</summary>
      <pre dir="ltr" tabindex="0" data-file="{$reference?name}" data-type="{$reference?media_type}">
        <xsl:text>{$reference?text}</xsl:text>
      </pre>
    </details>
  </xsl:function>

</xsl:stylesheet>
