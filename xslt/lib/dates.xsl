<?xml version="1.0" encoding="UTF-8"?>
<!-- Dates in the site's language: Saxon-HE speaks English only, so that the words are ours (labels date-day,
     month-and-year, month-01, month-of-01). It needs labels.xsl beside it. -->
<xsl:stylesheet version="3.0"
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
    <xsl:variable name="pieces" as="xs:string*" select="tokenize(l:label($key), '[{}]')"/>
    <xsl:sequence select="string-join(for $place in 1 to count($pieces) return
      if ($place mod 2 = 1) then $pieces[$place] else f:plain($values[xs:integer($pieces[$place])]))"/>
  </xsl:function>

  <!-- JSON's numbers are doubles, which write a million as 1.0E6. -->
  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="value" as="item()"/>
    <xsl:sequence select="if ($value instance of xs:double) then string(xs:integer($value)) else string($value)"/>
  </xsl:function>

  <!-- "16 September 1956" for 1956-09-16, "September 1956" for 1956-09, both ends of "1956-09–1956-11"; what is
       not a date of numbers stays as its source words it. -->
  <xsl:function name="f:date" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:sequence select="if (matches($date, '\d-\d')) then string-join(tokenize($date, '–') ! f:one-date(.), '–')
      else $date"/>
  </xsl:function>

  <xsl:function name="f:one-date" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:variable name="is-numbers" as="xs:boolean"
      select="matches($date, '^-?\d{4,}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$')"/>
    <xsl:variable name="parts" as="xs:string+" select="tokenize(substring($date, 2), '-')"/>
    <xsl:variable name="year" as="xs:string" select="substring($date, 1, 1) || $parts[1]"/>
    <xsl:sequence select="
      if (not($is-numbers)) then $date
      else if (count($parts) = 2) then f:fill('month-and-year', (l:label('month-' || $parts[2]), $year))
      else f:fill('date-day', (string(xs:integer($parts[3])), l:label('month-of-' || $parts[2]), $year))"/>
  </xsl:function>

</xsl:stylesheet>
