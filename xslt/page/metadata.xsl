<?xml version="1.0" encoding="UTF-8"?>
<!-- The record as a list of terms and values; what is not stated makes no row. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:shell="urn:regesta:shell"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:metadata" as="element()?">
    <xsl:variable name="rows" as="element()*">
      <xsl:sequence select="f:row('dates', $v:record?dates?* ! f:dated-event(.))"/>
      <xsl:for-each-group select="$v:record?mentions?*[not(?in_text) or not(?role = ('mentioned', ''))]" group-by="?kind">
        <xsl:sequence select="f:row('mentions-' || current-grouping-key(), f:mentions(current-group()))"/>
      </xsl:for-each-group>
      <xsl:sequence select="f:row('holdings', $v:record?holdings?* ! f:holding(.))"/>
      <xsl:sequence select="f:row('classification', f:stated($v:record?classification) ! f:value(.))"/>
      <xsl:sequence select="f:row('languages', $v:record?languages?*[. != ''] ! f:value(f:word('language-', .)))"/>
      <xsl:sequence select="f:row('extent', f:stated($v:record?extent) ! f:value(.))"/>
      <xsl:sequence select="f:row('identifiers', $v:record?identifiers?* ! f:identifier(.))"/>
      <xsl:sequence select="f:row('collection', f:membership())"/>
      <xsl:sequence select="f:row('relations', f:relations())"/>
      <xsl:for-each-group select="$v:record?notes?*" group-by="if (l:known('note-' || ?type)) then ?type else 'general'">
        <xsl:sequence select="f:row('note-' || current-grouping-key(), current-group() ! f:value(?text))"/>
      </xsl:for-each-group>
      <xsl:sequence select="f:row('online', f:stated($v:record?online) ! f:value-of(shell:link(., .)))"/>
      <xsl:sequence select="f:row('access', f:stated($v:record?access) ! f:value(.))"/>
      <xsl:sequence select="f:row('rights', f:rights())"/>
      <xsl:sequence select="f:row('download', string($v:facts?tei_href)[f:is-relative(.)] ! f:download(.))"/>
    </xsl:variable>
    <xsl:if test="exists($rows)">
      <dl class="metadata">
        <xsl:sequence select="$rows"/>
      </dl>
    </xsl:if>
  </xsl:template>

  <!-- A term and its values; nothing when there are none. -->
  <xsl:function name="f:row" as="element()*">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="element()*"/>
    <xsl:if test="exists($values)">
      <div class="{$key}">
        <dt>{l:label($key)}</dt>
        <xsl:sequence select="$values"/>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:stated" as="xs:string?">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="$value[. != '']"/>
  </xsl:function>

  <xsl:function name="f:value" as="element()">
    <xsl:param name="text" as="xs:string"/>
    <dd>{$text}</dd>
  </xsl:function>

  <xsl:function name="f:value-of" as="element()">
    <xsl:param name="content" as="node()*"/>
    <dd>
      <xsl:sequence select="$content"/>
    </dd>
  </xsl:function>

  <!-- A date with its kind: as the source words it, else as its attributes give it. -->
  <xsl:function name="f:dated-event" as="element()?">
    <xsl:param name="date" as="map(*)"/>
    <xsl:variable name="written" as="xs:string?" select="($date?written, $date?when,
      string-join(($date?date_from, $date?date_to)[. != ''], '–'),
      string-join(($date?not_before, $date?not_after)[. != ''], '–'))[. != ''][1]"/>
    <xsl:if test="exists($written)">
      <dd>
        <xsl:text>{f:date($written)}</xsl:text>
        <span class="role">{f:word('date-', string($date?kind))}</span>
      </dd>
    </xsl:if>
  </xsl:function>

  <!-- Names with their roles: a name that is mentioned twice in the same role stands once. -->
  <xsl:function name="f:mentions" as="element()*">
    <xsl:param name="mentions" as="map(*)*"/>
    <xsl:for-each-group select="$mentions[?label != '']" group-by="(?ref[. != ''], ?label)[1]">
      <dd>
        <xsl:sequence select="f:name-link(?kind, string(?ref), ?label)"/>
        <xsl:for-each select="distinct-values(current-group() ! string(?role))[not(. = ('', 'mentioned'))]">
          <span class="role">{f:word('role-', .)}</span>
        </xsl:for-each>
      </dd>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="f:name-link" as="node()">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="ref" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:variable name="href" as="xs:string?" select="f:page-of($kind, $ref)"/>
    <xsl:choose>
      <xsl:when test="exists($href)">
        <a class="{$kind}" href="{$href}">{$label}</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$label}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="f:holding" as="element()?">
    <xsl:param name="holding" as="map(*)"/>
    <xsl:variable name="parts" as="xs:string" 
      select="string-join($holding?parts?* ! (f:word('unit-', ?unit) || ' ' || ?value), ', ')"/>
    <xsl:variable name="place" as="xs:string" select="string-join((
      $holding?repository, $holding?settlement, $holding?collection,
      ($holding?shelfmark, $parts)[. != ''][1])[. != ''], ', ')"/>
    <xsl:sequence select="f:stated($place) ! f:value(.)"/>
  </xsl:function>

  <xsl:function name="f:identifier" as="element()">
    <xsl:param name="identifier" as="map(*)"/>
    <dd>
      <xsl:sequence select="shell:link($identifier?value, $identifier?value)"/>
      <xsl:if test="$identifier?type != ''">
        <span class="role">{f:word('identifier-', $identifier?type)}</span>
      </xsl:if>
    </dd>
  </xsl:function>

  <xsl:function name="f:membership" as="element()?">
    <xsl:variable name="order" as="xs:string?" select="$v:record?order ! l:label('number', string(xs:integer(.)))"/>
    <xsl:variable name="certainty" as="xs:string?" select="f:stated($v:record?membership) ! f:word('membership-', .)"/>
    <xsl:for-each select="f:stated($v:record?collection)">
      <dd>
        <xsl:text>{string-join((., $order), ', ')}</xsl:text>
        <xsl:for-each select="$certainty">
          <span class="role">{.}</span>
        </xsl:for-each>
      </dd>
    </xsl:for-each>
  </xsl:function>

  <!-- The related documents that have a page, then those that are only named. -->
  <xsl:function name="f:relations" as="element()*">
    <xsl:variable name="linked" as="map(*)*" select="$v:facts?relations?*"/>
    <xsl:for-each select="$linked[f:is-relative(?href)]">
      <dd>
        <a href="{?href}">{?label}</a>
        <xsl:if test="?relation != ''">
          <span class="role">{f:word('relation-', ?relation)}</span>
        </xsl:if>
      </dd>
    </xsl:for-each>
    <xsl:for-each select="$v:record?relations?*[?label != ''][not(?label = $linked?label)]">
      <dd>
        <xsl:text>{?label}</xsl:text>
        <span class="role">{f:word('relation-', ?name)}</span>
      </dd>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:rights" as="element()?">
    <xsl:variable name="label" as="xs:string?" select="($v:record?rights, $v:record?rights_url)[. != ''][1]"/>
    <xsl:sequence select="$label ! f:value-of(shell:link(string($v:record?rights_url), .))"/>
  </xsl:function>

  <xsl:function name="f:download" as="element()">
    <xsl:param name="href" as="xs:string"/>
    <dd>
      <a href="{$href}" download="download">{l:label('download-tei')}</a>
    </dd>
  </xsl:function>

</xsl:stylesheet>
