<?xml version="1.0" encoding="UTF-8"?>
<!-- The entries of entity lists, wherever they lie (TEI Guidelines, 13.3). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:function name="r:entities" as="map(*)*">
    <xsl:param name="tei" as="element()"/>
    <xsl:apply-templates mode="r:entity" select="
      $tei//person[parent::listPerson] | $tei//org[parent::listOrg] | $tei//place[ancestor::listPlace]
      | $tei//event[parent::listEvent] | $tei//label[parent::list[@type = ('gloss', 'glossary')]]"/>
  </xsl:function>

  <xsl:template match="person" mode="r:entity" as="map(*)">
    <xsl:sequence select="r:entity(., 'person', (persName, name), * except (persName | name | idno))"/>
  </xsl:template>

  <xsl:template match="org" mode="r:entity" as="map(*)">
    <xsl:sequence select="r:entity(., 'organisation', (orgName, name), * except (orgName | name | idno | listPerson | org))"/>
  </xsl:template>

  <xsl:template match="place" mode="r:entity" as="map(*)">
    <xsl:variable name="names" as="element()*" select="placeName, geogName, settlement, district, region, country, bloc, name"/>
    <xsl:sequence select="r:entity(., 'place', $names, * except ($names | location[geo] | idno | place | listPlace))"/>
  </xsl:template>

  <xsl:template match="event" mode="r:entity" as="map(*)">
    <xsl:variable name="names" as="element()*" select="if (eventName) then eventName else (label, head, desc)[1]"/>
    <xsl:sequence select="r:entity(., 'event', $names, * except ($names[not(self::desc)] | idno | event))"/>
  </xsl:template>

  <xsl:template match="label" mode="r:entity" as="map(*)">
    <xsl:sequence select="r:entity(., 'term', ., following-sibling::*[1][self::item])"/>
  </xsl:template>

  <xsl:function name="r:entity" as="map(xs:string, item()*)">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="names" as="element()*"/>
    <xsl:param name="rest" as="element()*"/>
    <xsl:variable name="worded" as="element()*" select="$names[r:text(.) ne '']"/>
    <xsl:variable name="main" as="element()?" select="($worded[@type = 'main'], $worded)[1]"/>
    <xsl:map>
      <xsl:map-entry key="'kind'" select="$kind"/>
      <xsl:map-entry key="'place'" select="$entry/accumulator-before('r:place')"/>
      <xsl:map-entry key="'key'" select="string(($entry/@xml:id, $entry/following-sibling::*[1][self::item]/@xml:id)[1])"/>
      <xsl:map-entry key="'label'" select="r:name($main)"/>
      <xsl:map-entry key="'names'" select="array { $worded ! map {
        'text': r:name(.),
        'type': if (. is $main) then 'main' else string((@type, 'variant')[1]),
        'language': string(@xml:lang) } }"/>
      <xsl:map-entry key="'facts'" select="array { r:date-fact($entry), $rest[r:whole(.) ne ''] ! map {
        'kind': string((self::note/@type, local-name())[1]), 'text': r:whole(.), 'dates': r:span(.),
        'language': string(ancestor-or-self::*[@xml:lang][1]/@xml:lang), 'place': accumulator-before('r:place') } }"/>
      <xsl:map-entry key="'authorities'" select="array { r:identifier($entry/idno) }"/>
      <xsl:map-entry key="'coordinates'" select="r:first($entry/location/geo)"/>
    </xsl:map>
  </xsl:function>

  <!-- "Surname, Forename" where the name is nothing but its two parts, else the words as they stand. -->
  <xsl:function name="r:name" as="xs:string">
    <xsl:param name="name" as="element()?"/>
    <xsl:variable name="bare" as="xs:boolean" select="empty($name/text()[normalize-space()])"/>
    <xsl:variable name="words" as="xs:string*" select="$name/* ! r:text(.)[. ne '']"/>
    <xsl:sequence select="
      if ($bare and $name/surname and $name/forename and count($name/*) = 2)
      then r:text($name/surname) || ', ' || r:text($name/forename)
      else if ($bare and exists($words)) then string-join($words, ' ')
      else r:text($name)"/>
  </xsl:function>

  <xsl:function name="r:date-fact" as="map(xs:string, item())?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="span" as="xs:string" select="r:span($entry)"/>
    <xsl:sequence select="if ($span = '') then () else map { 'kind': 'date', 'text': '', 'dates': $span, 'language': '', 'place': -1 }"/>
  </xsl:function>

  <xsl:function name="r:span" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="from" as="xs:string" select="string(($node/@from, $node/@notBefore, $node/@from-iso)[1])"/>
    <xsl:variable name="to" as="xs:string" select="string(($node/@to, $node/@notAfter, $node/@to-iso)[1])"/>
    <xsl:sequence select="
      if ($node/@when or $node/@when-iso) then string(($node/@when, $node/@when-iso)[1])
      else if ($from || $to = '') then ''
      else $from || '–' || $to"/>
  </xsl:function>
</xsl:stylesheet>
