<?xml version="1.0" encoding="UTF-8"?>
<!-- Text of the header as plain strings. White space is folded: a record is no edition of the text. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <!-- Elements whose words stand apart from those beside them, whatever white space the file has between them. -->
  <xsl:variable name="r:apart" as="xs:string*" select="
    'p', 'ab', 'item', 'label', 'head', 'row', 'cell', 'list', 'bibl', 'lb', 'desc', 'note', 'addrLine', 'licence', 'title'"/>

  <!-- A title within a sentence is a part of it: what follows it may be the comma. -->
  <xsl:function name="r:stands-apart" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/self::*[local-name() = $r:apart]
      [not(self::title and ../text()[normalize-space()])])"/>
  </xsl:function>

  <!-- The words of a node; what belongs to notes and to the rejected reading of a choice is left out. -->
  <xsl:function name="r:text" as="xs:string">
    <xsl:param name="node" as="node()?"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:for-each select="$node/descendant-or-self::node()">
        <xsl:choose>
          <xsl:when test="self::text()[not(r:aside(., $node))]">{.}</xsl:when>
          <xsl:when test="self::attribute()">{.}</xsl:when>
          <xsl:when test="r:stands-apart(.)">{' '}</xsl:when>
        </xsl:choose>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="normalize-space(if ($node/*) then string-join($pieces) else string($node))"/>
  </xsl:function>

  <xsl:function name="r:aside" as="xs:boolean">
    <xsl:param name="text" as="text()"/>
    <xsl:param name="within" as="node()"/>
    <xsl:variable name="between" as="element()*" select="$text/ancestor::* intersect $within/descendant::*"/>
    <xsl:sequence select="
      exists($between[self::note or (parent::choice and (self::sic or self::orig or self::expan or self::ex))])"/>
  </xsl:function>

  <!-- All words of an element, notes and every reading of a choice included, white space of the layout folded. -->
  <xsl:function name="r:whole" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:for-each select="$element/descendant::node()">
        <xsl:if test="r:begins-apart(.)">{' '}</xsl:if>
        <xsl:if test="self::text()">{.}</xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($pieces))"/>
  </xsl:function>

  <!-- True where a word ends before a node: it stands apart itself, or what it follows does. -->
  <xsl:function name="r:begins-apart" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="before" as="element()?" select="$node/preceding-sibling::node()[1]/self::*"/>
    <xsl:sequence select="
      if ($node/self::lb or $before/self::lb) then not(($node/self::lb, $before/self::lb)/@break = 'no')
      else r:stands-apart($node) or exists($node/self::*[parent::choice or parent::subst or parent::app])
        or exists($before/descendant-or-self::*[r:stands-apart(.)])"/>
  </xsl:function>

  <!-- The first of several nodes that has words. -->
  <xsl:function name="r:first" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:sequence select="string((($nodes ! r:text(.))[. ne ''])[1])"/>
  </xsl:function>

  <!-- The pointers of an attribute: TEI allows several, with white space between. -->
  <xsl:function name="r:pointers" as="xs:string*">
    <xsl:param name="attribute" as="attribute()*"/>
    <xsl:sequence select="distinct-values($attribute ! tokenize(.))"/>
  </xsl:function>
</xsl:stylesheet>
