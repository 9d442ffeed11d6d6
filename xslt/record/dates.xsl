<?xml version="1.0" encoding="UTF-8"?>
<!-- The dates of a document by kind (TEI Guidelines, 2.4.1 Creation, 2.4.6 Correspondence, 13.4 Dates). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:function name="r:dates" as="map(xs:string, item()*)">
    <xsl:param name="tei" as="element()"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="dates" as="map(*)*" select="
      if ($unit = 'division') then r:dates-of-text($tei/text)
      else if ($unit = 'TEI') then r:dates-of-header($tei)
      else ()"/>
    <xsl:sequence select="map { 'dates': array { $dates } }"/>
  </xsl:function>

  <xsl:function name="r:dates-of-header" as="map(*)*">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="header" as="element()?" select="$tei/teiHeader"/>
    <xsl:variable name="stated" as="map(*)*">
      <xsl:for-each select="$header/profileDesc/creation//(date | origDate)">
        <xsl:sequence select="r:date(., string((@type, 'written')[1]))"/>
      </xsl:for-each>
      <xsl:for-each select="$header/profileDesc/correspDesc/correspAction/date">
        <xsl:sequence select="r:date(., string((../@type, 'sent')[1]))"/>
      </xsl:for-each>
      <xsl:for-each select="$header/fileDesc/publicationStmt/date[@type = 'created']">
        <xsl:sequence select="r:date(., 'written')"/>
      </xsl:for-each>
      <xsl:for-each select="$header/fileDesc/sourceDesc//(origDate | msContents//date[@type])">
        <xsl:sequence select="r:date(., string((@type, 'written')[1]))"/>
      </xsl:for-each>
      <xsl:for-each select="$header/profileDesc/settingDesc//setting/date">
        <xsl:sequence select="r:date(., 'event')"/>
      </xsl:for-each>
    </xsl:variable>
    <!-- A header may say one thing in several places: of dates alike in kind and meaning the first is kept. -->
    <xsl:variable name="once" as="map(*)*">
      <xsl:for-each-group select="$stated[r:says-something(.)]" composite="yes" group-by="
        let $value := (?when, ?not_before, ?not_after, ?date_from, ?date_to)
        return (?kind, $value, if (string-join($value) = '') then ?written else '')">
        <xsl:sequence select="current-group()[1]"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="if (exists($once)) then $once else (r:dates-of-text($tei/text), r:date-of-print($header))"/>
  </xsl:function>

  <!-- A date without words and value says nothing: a record may have to name a date that nobody knows. -->
  <xsl:function name="r:says-something" as="xs:boolean">
    <xsl:param name="date" as="map(xs:string, xs:string)"/>
    <xsl:sequence select="some $name in map:keys($date)[not(. = ('kind', 'cert'))] satisfies $date($name) ne ''"/>
  </xsl:function>

  <!-- Where the header says nothing: the first dateline, opener or closer that holds a date. -->
  <xsl:function name="r:dates-of-text" as="map(*)*">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="first" as="element()?" select="
      ($text//(dateline | opener | closer | docDate | head)//date[not(ancestor::note)])[1]"/>
    <xsl:sequence select="
      if (exists($first)) then r:date($first, 'written')
      else ($text//dateline[matches(., '\d{4}')][not(ancestor::note)])[1] ! r:date(., 'written')"/>
  </xsl:function>

  <xsl:function name="r:date-of-print" as="map(*)*">
    <xsl:param name="header" as="element()?"/>
    <xsl:for-each select="($header/fileDesc/sourceDesc//(bibl | biblFull | biblStruct)//date[not(ancestor::note)])[1]">
      <xsl:sequence select="r:date(., 'printed')"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="r:date" as="map(xs:string, xs:string)">
    <xsl:param name="date" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="map {
      'kind': $kind,
      'written': r:text($date),
      'when': string(($date/@when, $date/@when-iso, $date/@when-custom)[1]),
      'not_before': string(($date/@notBefore, $date/@notBefore-iso)[1]),
      'not_after': string(($date/@notAfter, $date/@notAfter-iso)[1]),
      'date_from': string(($date/@from, $date/@from-iso)[1]),
      'date_to': string(($date/@to, $date/@to-iso)[1]),
      'cert': string($date/@cert)
    }"/>
  </xsl:function>
</xsl:stylesheet>
