<?xml version="1.0" encoding="UTF-8"?>
<!-- Title, type and outside identifiers (TEI Guidelines, 2.2.1 and 2.2.4). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:function name="r:titles" as="map(xs:string, item()*)">
    <xsl:param name="tei" as="element()"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="division" as="element()?" select="($tei/text/body/*)[$unit = 'division'][1]"/>
    <xsl:variable name="statement" as="element()?" select="$tei/teiHeader/fileDesc/titleStmt"/>
    <xsl:variable name="main" as="element()?" select="
      if ($unit = 'division') then ($division/(head | opener/head))[r:text(.) ne ''][1] else r:main-title($statement)"/>
    <xsl:map>
      <xsl:map-entry key="'title'" select="r:text($main)"/>
      <xsl:map-entry key="'type'" select="r:type($tei, $division)"/>
      <xsl:map-entry key="'subtitles'" select="array { $statement/title[@type = 'sub'][$unit = 'TEI'] ! r:text(.) }"/>
      <xsl:map-entry key="'identifiers'" select="array {
        r:identifier($tei/teiHeader/fileDesc/publicationStmt//idno[not(idno)][$unit = 'TEI']),
        r:identifier($division/idno) }"/>
    </xsl:map>
  </xsl:function>

  <!-- The title of the document itself: not of its series, and not a short or machine form of it. -->
  <xsl:function name="r:main-title" as="element()?">
    <xsl:param name="statement" as="element()?"/>
    <xsl:variable name="titles" as="element()*" select="$statement/title[r:text(.) ne '']"/>
    <xsl:sequence select="(
      $titles[@type = 'main'][not(@level = 's')],
      $titles[@type = 'complete'],
      $titles[@level = 'a'],
      $titles[not(@type) and not(@level = ('s', 'j'))],
      $titles[not(@type = ('sub', 'short', 'iso-date'))][not(@level = 's')],
      $titles)[1]"/>
  </xsl:function>

  <xsl:function name="r:type" as="xs:string">
    <xsl:param name="tei" as="element()"/>
    <xsl:param name="division" as="element()?"/>
    <xsl:sequence select="
      if (exists($division)) then string($division/@subtype)
      else string(($tei/@type, $tei/text/@type)[normalize-space()][1])"/>
  </xsl:function>

  <xsl:function name="r:identifier" as="map(xs:string, xs:string)*">
    <xsl:param name="numbers" as="element()*"/>
    <xsl:sequence select="
      $numbers[r:text(.) ne ''] ! map { 'type': string(@type), 'value': r:text(.) }"/>
  </xsl:function>
</xsl:stylesheet>
