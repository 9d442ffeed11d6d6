<?xml version="1.0" encoding="UTF-8"?>
<!-- The words that Regesta itself says on pages. They stand in ../labels/, a file for each language. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:l="urn:regesta:labels"
  expand-text="yes">

  <!-- The language in which the site speaks to its readers (not that of the documents), and its labels as a JSON
       object: both are given when a stylesheet is compiled (regesta.labels). -->
  <xsl:param name="l:language" as="xs:string" static="yes" select="'en'"/>
  <xsl:param name="l:words" as="xs:string" static="yes" required="yes"/>

  <xsl:variable name="l:table" as="map(xs:string, xs:string)" static="yes" select="parse-json($l:words)"/>

  <!-- The same cut at its places: the words before the first, what its braces hold, the words after it, and so on. -->
  <xsl:variable name="l:pieces" as="map(xs:string, xs:string*)" static="yes" select="
    map:merge(map:keys($l:table) ! map:entry(., tokenize($l:table(.), '[{}]')))"/>

  <!-- The words for $key; a key that is not in the table is our own fault. -->
  <xsl:function name="l:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($l:table($key),
      error(QName('urn:regesta:labels', 'l:unknown'), 'There is no label &quot;' || $key || '&quot;.'))[1]"/>
  </xsl:function>

  <!-- The words for $key with $values in their places: {} for the only one, else {1}, {2} … -->
  <xsl:function name="l:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="xs:string+"/>
    <xsl:variable name="pieces" as="xs:string*" select="$l:pieces($key)"/>
    <xsl:sequence select="
      if (count($pieces) lt 2) then l:label($key)
      else string-join(for $at in 1 to count($pieces) return
        if ($at mod 2 = 1) then $pieces[$at]
        else if ($pieces[$at] = '') then $values[1]
        else $values[xs:integer($pieces[$at])])"/>
  </xsl:function>

  <!-- True when the table has a word for $key: for keys that are made from what a source says. -->
  <xsl:function name="l:known" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($l:table, $key)"/>
  </xsl:function>

</xsl:stylesheet>
