<?xml version="1.0" encoding="UTF-8"?>
<!-- The tool's own words, with numbers and names put in. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- The words for $key with its places {1}, {2} … filled in. A label with one place has {} and l:label. -->
  <xsl:function name="f:fill" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:sequence select="fold-left(1 to count($values), l:label($key), function($text, $place) {
      replace($text, '{' || $place || '}', f:plain($values[$place]), 'q')
    })"/>
  </xsl:function>

  <!-- JSON's numbers are doubles, which write a million as 1.0E6. -->
  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="value" as="item()"/>
    <xsl:sequence select="if ($value instance of xs:double) then string(xs:integer($value)) else string($value)"/>
  </xsl:function>

  <!-- "1 document", "12 documents". -->
  <xsl:function name="f:documents" as="xs:string">
    <xsl:param name="count" as="xs:double"/>
    <xsl:sequence select="if ($count = 1) then l:label('document-count-one') else l:label('document-count', f:plain($count))"/>
  </xsl:function>

  <!-- The label for what a source says in a fixed vocabulary (`role-author`), else the source's own word. -->
  <xsl:function name="f:term" as="xs:string">
    <xsl:param name="family" as="xs:string"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$family || '-' || lower-case($word)"/>
    <xsl:sequence select="if (l:known($key)) then l:label($key) else $word"/>
  </xsl:function>

  <!-- A date of the pipeline's, 1956-09 or 1956, in words. -->
  <xsl:function name="f:point-in-time" as="xs:string">
    <xsl:param name="point" as="xs:string"/>
    <xsl:variable name="parts" as="element()" select="analyze-string($point, '^(-?\d+)-(\d\d)$')"/>
    <xsl:variable name="groups" as="xs:string*" select="$parts//*:group/string()"/>
    <xsl:sequence select="if (exists($groups)) then f:fill('month-and-year', (f:month($groups[2]), $groups[1]))
      else $point"/>
  </xsl:function>

  <xsl:function name="f:month" as="xs:string">
    <xsl:param name="month" as="xs:string"/>
    <xsl:sequence select="l:label(if ($month = '') then 'month-none' else 'month-' || $month)"/>
  </xsl:function>

</xsl:stylesheet>
