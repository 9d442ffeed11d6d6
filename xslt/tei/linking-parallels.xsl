<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 17.4: Correspondence and Alignment. An original and its translation stand side by side:
     texts, divisions or paragraphs that follow each other. Their order in the page stays that of the source. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Links that a linkGrp or @target of a link states, by the id of either end. -->
  <xsl:key name="v:links" match="tei:link[@target]" use="tokenize(@target)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- The classes that say of a block that it holds an original and its translation, or is one of them. -->
  <xsl:function name="f:parallel-classes" as="xs:string*">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="
      if ($block/self::tei:p or $block/self::tei:ab) then $block[@xml:id or @corresp] ! f:side(.)
      else if ($block[self::tei:text or self::tei:div or self::tei:lg] or $block/*[self::tei:div or self::tei:text or self::tei:p or self::tei:ab or self::tei:lg])
      then ('parallel'[f:holds-parallels($block)], 'aligned'[f:holds-alignment($block)], f:side($block))
      else ()"/>
  </xsl:function>

  <!-- "side-one" and "side-two" for an original and its translation that stand next to each other. -->
  <xsl:function name="f:side" as="xs:string?">
    <xsl:param name="part" as="element()"/>
    <xsl:if test="$part[self::tei:div or self::tei:text or self::tei:p or self::tei:ab or self::tei:lg]">
      <xsl:sequence select="
        if (exists(f:counterpart($part))) then 'side-one'
        else if (f:beside($part, true()) ! f:counterpart(.) is $part) then 'side-two' else ()"/>
    </xsl:if>
  </xsl:function>

  <!-- The part right behind $part that is its translation, or the original of it: @type says so, or a link between the
       two, which are in different languages. A part that is the second of a pair begins none; which is which follows from the
       parts before, so that each answer is kept for the next. -->
  <xsl:function name="f:counterpart" as="element()?" cache="yes">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="
      f:beside($part, false())[f:corresponds($part, .)][not(f:beside($part, true()) ! f:counterpart(.) is $part)]"/>
  </xsl:function>

  <!-- The element of the same name next to $part; where a page begins between them does not count. -->
  <xsl:function name="f:beside" as="element()?">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="before" as="xs:boolean"/>
    <xsl:variable name="next" as="element()?" select="
      if ($before) then $part/preceding-sibling::*[not(self::tei:pb or self::tei:milestone)][1]
      else $part/following-sibling::*[not(self::tei:pb or self::tei:milestone)][1]"/>
    <xsl:sequence select="$next[node-name() = node-name($part)]"/>
  </xsl:function>

  <xsl:function name="f:corresponds" as="xs:boolean">
    <xsl:param name="one" as="element()"/>
    <xsl:param name="two" as="element()"/>
    <xsl:variable name="types" as="xs:string" select="string-join(($one/@type, $two/@type), ' ')"/>
    <xsl:sequence select="
      $types = ('original translation', 'translation original', 'transcription translation', 'source translation')
      or exists(($one, $two)/(@corresp | @xml:id)) and $one/@xml:lang != $two/@xml:lang and f:are-linked($one, $two)"/>
  </xsl:function>

  <!-- True when @corresp of one leads to the other, or a link joins them. -->
  <xsl:function name="f:are-linked" as="xs:boolean">
    <xsl:param name="one" as="element()"/>
    <xsl:param name="two" as="element()"/>
    <xsl:sequence select="
      tokenize($one/@corresp) = $two/@xml:id ! ('#' || .) or tokenize($two/@corresp) = $one/@xml:id ! ('#' || .)
      or exists($one/@xml:id ! key('v:links', ., root($one)) intersect $two/@xml:id ! key('v:links', ., root($two)))"/>
  </xsl:function>

  <xsl:function name="f:holds-parallels" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      some $part in $element/(tei:div | tei:text | tei:p[@xml:id or @corresp] | tei:ab[@xml:id or @corresp] | tei:lg[@xml:id or @corresp])
      satisfies exists(f:counterpart($part))"/>
  </xsl:function>

  <!-- True for two parts, and nothing else, whose own parts answer each other one by one: each pair becomes a row. -->
  <xsl:function name="f:holds-alignment" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="one" as="element()?" select="$element[count(*) = 2][f:holds-parallels(.)]/tei:div[1]"/>
    <xsl:variable name="two" as="element()?" select="$one/following-sibling::tei:div[1]"/>
    <xsl:sequence select="
      exists($one/*) and count($one/*) = count($two/*) and empty(($one, $two)/*[map:contains($v:points, local-name())])
      and (every $n in 1 to count($one/*) satisfies f:are-linked($one/*[$n], $two/*[$n]))"/>
  </xsl:function>

</xsl:stylesheet>
