<?xml version="1.0" encoding="UTF-8"?>
<!-- Where pointers lead. An address from a source becomes a link only when it is one of a few safe kinds. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- What the catalogue knows about the pointers of this document, by kind and pointer as written. -->
  <xsl:variable name="v:names" as="map(xs:string, map(*))" select="map:merge(
    $v:facts?names?* ! map:entry(?kind || ' ' || ?ref, .),
    map { 'duplicates': 'use-first' })"/>

  <!-- The page of what $pointer names: as written, else the first of its several pointers that leads anywhere. -->
  <xsl:function name="f:page-of" as="xs:string?">
    <xsl:param name="kinds" as="xs:string*"/>
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="found" as="map(*)?" select="
      (for $ref in distinct-values(($pointer, normalize-space($pointer), tokenize($pointer))), $kind in $kinds
       return $v:names($kind || ' ' || $ref))[1]"/>
    <xsl:sequence select="$found?href[f:is-relative(.)]"/>
  </xsl:function>

  <!-- True for an address that stays within the site. -->
  <xsl:function name="f:is-relative" as="xs:boolean">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="$address != '' and not(matches($address, '^\s*([A-Za-z][A-Za-z0-9+.\-]*:|[/\\]{2})'))"/>
  </xsl:function>

  <!-- True for an address elsewhere that a page may link to. -->
  <xsl:function name="f:is-web" as="xs:boolean">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="matches($address, '^(https?://|mailto:)[^\s&lt;&gt;&quot;]+$', 'i')"/>
  </xsl:function>

  <!-- Where the pointer of a reference leads: elsewhere, within the page, to a picture or recording,
       to another document, or nowhere. -->
  <xsl:function name="f:destination" as="xs:string?">
    <xsl:param name="reference" as="element()"/>
    <xsl:variable name="target" as="xs:string" select="normalize-space($reference/@target)"/>
    <xsl:variable name="first" as="xs:string" select="string(tokenize($target)[1])"/>
    <xsl:sequence select="
      if (f:is-web($first)) then $first
      else ((if (starts-with($first, '#')) then f:anchor($reference, substring($first, 2)) else ()),
            f:medium(string($reference/@target))?href,
            f:page-of('document', string($reference/@target)),
            f:page-of(('person', 'organisation', 'place', 'event', 'work', 'term'), string($reference/@target)))[1]"/>
  </xsl:function>

  <!-- The address of the element with xml:id $id on this page: a displaced note has one of its own. -->
  <xsl:function name="f:anchor" as="xs:string?">
    <xsl:param name="context" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="element" as="element()?" select="key('v:by-id', $id, root($context))[1]"/>
    <xsl:sequence select="
      if (empty($element)) then ()
      else if (f:is-displaced($element)) then '#note-' || $element/accumulator-before('v:note')
      else f:html-id($element) ! ('#' || .)"/>
  </xsl:function>

  <!-- The content of the current element in a link to $href. Links do not nest: within one, and around the call
       of a note, which is one itself, a span takes its place. -->
  <xsl:template name="t:link" as="element()">
    <xsl:param name="href" as="xs:string?" required="yes"/>
    <xsl:param name="class" as="xs:string*" select="local-name()"/>
    <xsl:param name="inline" as="xs:string" select="'span'"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="linked" as="xs:boolean" select="exists($href) and not($in-link) and not(f:holds-links(.))"/>
    <xsl:element name="{if ($linked and not(f:is-block(.))) then 'a' else f:tag(., $inline)}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="$class"/>
      </xsl:apply-templates>
      <xsl:choose>
        <xsl:when test="$linked and f:is-block(.)">
          <a class="{$class}">
            <xsl:sequence select="f:href($href)"/>
            <xsl:call-template name="t:linked-content"/>
          </a>
        </xsl:when>
        <xsl:when test="$linked">
          <xsl:sequence select="f:href($href)"/>
          <xsl:call-template name="t:linked-content"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates mode="m:text"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <xsl:template name="t:linked-content" as="node()*">
    <xsl:apply-templates mode="m:text">
      <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:function name="f:href" as="attribute()+">
    <xsl:param name="href" as="xs:string"/>
    <xsl:attribute name="href" select="$href"/>
    <xsl:if test="f:is-web($href)">
      <xsl:attribute name="rel" select="'noopener'"/>
    </xsl:if>
  </xsl:function>

  <!-- True when something within $element must be a link of its own: the call of a note. -->
  <xsl:function name="f:holds-links" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element//tei:note[f:is-displaced(.)])"/>
  </xsl:function>

</xsl:stylesheet>
