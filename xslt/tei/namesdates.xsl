<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 14: Names, Dates, People, and Places. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- The kind of page that a name leads to, by element or by what @type says of a general one. -->
  <xsl:variable name="v:name-kinds" as="map(xs:string, xs:string)" static="yes" select="map {
    'persName': 'person', 'orgName': 'organisation', 'placeName': 'place', 'geogName': 'place', 'settlement': 'place',
    'country': 'place', 'region': 'place', 'district': 'place', 'bloc': 'place', 'eventName': 'event', 'term': 'term',
    'date': 'event', 'time': 'event',
    'person': 'person', 'pers': 'person', 'personal': 'person', 'org': 'organisation', 'organization': 'organisation',
    'organisation': 'organisation', 'place': 'place', 'geo': 'place', 'event': 'event', 'work': 'work', 'title': 'work' }"/>

  <xsl:function name="f:name-kind" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="($v:name-kinds(local-name($name)), $v:name-kinds(lower-case($name/@type)))[1]"/>
  </xsl:function>

  <xsl:template mode="m:text" as="element()" match="
    tei:persName | tei:orgName | tei:placeName | tei:geogName | tei:settlement | tei:country | tei:region |
    tei:district | tei:bloc | tei:eventName | tei:name | tei:rs | tei:term">
    <xsl:variable name="kind" as="xs:string?" select="f:name-kind(.)"/>
    <xsl:call-template name="t:link">
      <xsl:with-param name="href" select="(@ref, @key) ! f:page-of(
        ($kind, ('person', 'organisation', 'place', 'event', 'work', 'term')[empty($kind)]), string(.)) => head()"/>
      <xsl:with-param name="class" select="($kind, local-name())[1]"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A date, with its value for machines where the encoding gives one that HTML knows. -->
  <xsl:template mode="m:text" match="tei:date | tei:time" as="element()">
    <xsl:variable name="event" as="xs:string?" select="(@ref, @key) ! f:page-of('event', string(.)) => head()"/>
    <xsl:variable name="value" as="xs:string?" select="string(@when)[matches(., '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$')][. castable as xs:date or string-length() lt 10]"/>
    <xsl:variable name="shown" as="element()">
      <xsl:call-template name="t:link">
        <xsl:with-param name="href" select="$event"/>
        <xsl:with-param name="class" select="'date'"/>
        <xsl:with-param name="inline" select="if (exists($value)) then 'time' else 'span'"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:copy select="$shown">
      <xsl:if test="self::*:time">
        <xsl:attribute name="datetime" select="$value"/>
      </xsl:if>
      <xsl:sequence select="@*, node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:forename | tei:surname | tei:genName | tei:nameLink | tei:addName | tei:roleName | tei:persona |
    tei:offset | tei:geogFeat | tei:geo">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:listPerson | tei:listOrg | tei:listPlace | tei:listEvent | tei:listNym | tei:listRelation | tei:person |
    tei:personGrp | tei:org | tei:place | tei:event | tei:nym | tei:relation | tei:birth | tei:death |
    tei:floruit | tei:age | tei:sex | tei:gender | tei:faith | tei:nationality | tei:residence | tei:occupation
    | tei:affiliation | tei:education | tei:langKnowledge | tei:langKnown | tei:socecStatus | tei:state |
    tei:trait | tei:persPronouns | tei:location | tei:population | tei:climate | tei:terrain | tei:particDesc |
    tei:setting | tei:settingDesc | tei:standOff">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
