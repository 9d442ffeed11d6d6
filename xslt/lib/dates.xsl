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

  <!-- The words for $key with names and numbers in their places. -->
  <xsl:function name="f:fill" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="item()+"/>
    <xsl:sequence select="l:label($key, $values ! f:plain(.))"/>
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
    <xsl:sequence select="
      if (contains($date, '–')) then string-join(tokenize($date, '–') ! f:one-date(.), '–') else f:one-date($date)"/>
  </xsl:function>

  <xsl:function name="f:one-date" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <!-- Lists have thousands of dates, and regular expressions are slow: most dates are of two forms. -->
    <xsl:variable name="form" as="xs:string" select="translate($date, '123456789', '000000000')"/>
    <xsl:variable name="is-numbers" as="xs:boolean" select="
      if ($form = ('0000-00-00', '0000-00')) then true() else matches($form, '^-?0{4,}-00(-00)?$')"/>
    <xsl:variable name="rest" as="xs:string" select="substring-after(substring($date, 2), '-')"/>
    <xsl:variable name="year" as="xs:string" select="substring($date, 1, string-length($date) - string-length($rest) - 1)"/>
    <xsl:variable name="month" as="xs:string" select="substring($rest, 1, 2)"/>
    <xsl:variable name="day" as="xs:string" select="substring($rest, 4)"/>
    <xsl:sequence select="
      if (not($is-numbers) or not(l:known('month-' || $month))) then $date
      else if ($day = '') then l:label('month-and-year', (l:label('month-' || $month), $year))
      else if ($day = '00' or $day gt '31') then $date
      else l:label('date-day', (string(xs:integer($day)), l:label('month-of-' || $month), $year))"/>
  </xsl:function>

</xsl:stylesheet>
