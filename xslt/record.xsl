<?xml version="1.0" encoding="UTF-8"?>
<!-- Record: what the edition knows about a document, as JSON with the keys of records.py.
     r:record is a table of contents; each module of record/ reads one part of the header. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:rg="urn:regesta:unit"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:output method="json" indent="no"/>

  <!-- The document as a whole. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail" use-accumulators="r:place"/>
  <!-- Nodes are sent to r:entity one by one, by name; a node without a template there is a fault of the stylesheet. -->
  <xsl:mode name="r:entity" on-no-match="fail" on-multiple-match="fail" use-accumulators="r:place"/>
  <!-- The names that a document mentions: everything else is walked through in silence. -->
  <xsl:mode name="r:mention" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:include href="record/text.xsl"/>
  <xsl:include href="record/titles.xsl"/>
  <xsl:include href="record/dates.xsl"/>
  <xsl:include href="record/mentions.xsl"/>
  <xsl:include href="record/sources.xsl"/>
  <xsl:include href="record/entities.xsl"/>

  <!-- The place of an element among all elements of the document, from 0: the proof finds the words of entries by it. -->
  <xsl:accumulator name="r:place" as="xs:integer" initial-value="-1">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:template match="/" as="map(*)">
    <xsl:sequence select="map { 'record': r:record(*), 'entities': array { r:entities(*) } }"/>
  </xsl:template>

  <xsl:function name="r:record" as="map(xs:string, item()*)">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$tei/teiHeader"/>
    <xsl:variable name="unit" as="xs:string" select="string(($tei/@rg:unit, 'TEI')[1])"/>
    <xsl:sequence select="map:merge((
      r:titles($tei, $unit),
      r:dates($tei, $unit),
      r:mentions($tei),
      r:series($header),
      r:source($header),
      r:rights($header),
      r:profile($tei, $unit)))"/>
  </xsl:function>
</xsl:stylesheet>
