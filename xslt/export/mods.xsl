<?xml version="1.0" encoding="UTF-8"?>
<!-- MODS 3.8, one record a document. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.loc.gov/mods/v3"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- MARC relators for the roles of a record; a role that has none is stated in words only. -->
  <xsl:variable name="v:relators" as="map(xs:string, xs:string)"
    select="map { 'author': 'aut', 'addressee': 'rcp', 'translator': 'trl', 'provider': 'prv' }"/>

  <xsl:template match=".[?form = 'mods']" mode="m:file" as="element()">
    <xsl:call-template name="t:mods"/>
  </xsl:template>

  <xsl:template name="t:mods" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:variable name="record" as="map(*)" select="?record"/>
    <mods version="3.8">
      <titleInfo>
        <title>{$record?title}</title>
        <xsl:sequence select="$record?subtitles?* ! f:mods('subTitle', .)"/>
      </titleInfo>
      <xsl:for-each select="f:creators($record), f:contributors($record)">
        <xsl:call-template name="t:mods-name"/>
      </xsl:for-each>
      <typeOfResource>text</typeOfResource>
      <xsl:sequence select="f:mods('genre', $record?type)"/>
      <xsl:call-template name="t:mods-origin"/>
      <xsl:for-each select="$record?languages?*">
        <language>
          <languageTerm type="code" authority="rfc5646">{?tag}</languageTerm>
        </language>
      </xsl:for-each>
      <physicalDescription>
        <internetMediaType>application/tei+xml</internetMediaType>
        <xsl:sequence select="f:mods('extent', $record?extent)"/>
      </physicalDescription>
      <xsl:sequence select="f:mods('abstract', $record?abstract)"/>
      <xsl:for-each select="$record?notes?*">
        <note type="{?type}">{?text}</note>
      </xsl:for-each>
      <xsl:for-each select="f:subjects($record)">
        <xsl:call-template name="t:mods-subject"/>
      </xsl:for-each>
      <xsl:if test="$record?collection != ''">
        <relatedItem type="host">
          <titleInfo>
            <title>{$record?collection}</title>
          </titleInfo>
          <xsl:for-each select="$record?number">
            <part>
              <detail type="item">
                <number>{.}</number>
              </detail>
            </part>
          </xsl:for-each>
          <xsl:if test="$record?membership != ''">
            <note type="membership">{$record?membership}</note>
          </xsl:if>
        </relatedItem>
      </xsl:if>
      <xsl:for-each select="$record?relations?*">
        <relatedItem displayLabel="{?relation}">
          <xsl:sequence select="f:mods('identifier', string((?id, ?target)[. != ''][1]))"/>
          <xsl:sequence select="f:mods('note', ?label)"/>
        </relatedItem>
      </xsl:for-each>
      <identifier type="local">{$record?id}</identifier>
      <xsl:for-each select="$record?identifiers?*">
        <identifier>
          <xsl:if test="?type != ''">
            <xsl:attribute name="type" select="if (?type = ('DOI', 'ARK', 'URN')) then lower-case(?type) else ?type"/>
          </xsl:if>
          <xsl:text>{?value}</xsl:text>
        </identifier>
      </xsl:for-each>
      <xsl:call-template name="t:mods-locations"/>
      <xsl:call-template name="t:mods-access"/>
      <recordInfo>
        <xsl:sequence select="f:mods('recordContentSource', ?edition?publisher)"/>
        <recordIdentifier>{$record?id}</recordIdentifier>
      </recordInfo>
    </mods>
  </xsl:template>

  <xsl:template name="t:mods-name" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <name type="{if (?kind = 'person') then 'personal' else 'corporate'}">
      <xsl:for-each select="f:authority(.)">
        <xsl:attribute name="valueURI" select="."/>
      </xsl:for-each>
      <namePart>{?name}</namePart>
      <xsl:for-each select="?roles?*[. != 'mentioned']">
        <role>
          <roleTerm type="text">{.}</roleTerm>
          <xsl:for-each select="$v:relators(.)">
            <roleTerm type="code" authority="marcrelator">{.}</roleTerm>
          </xsl:for-each>
        </role>
      </xsl:for-each>
      <xsl:if test="?label != ?name">
        <displayForm>{?label}</displayForm>
      </xsl:if>
    </name>
  </xsl:template>

  <xsl:template name="t:mods-origin" as="element()?">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:if test="exists(?record?dates?*)">
      <originInfo>
        <xsl:for-each select="?record?dates?*">
          <xsl:variable name="element" as="xs:string"
            select="if (?kind = 'written') then 'dateCreated' else 'dateOther'"/>
          <xsl:call-template name="t:mods-date">
            <xsl:with-param name="element" select="$element"/>
          </xsl:call-template>
        </xsl:for-each>
      </originInfo>
    </xsl:if>
  </xsl:template>

  <!-- The date as worded, then its machine form: a day, or the ends of a range that are known. -->
  <xsl:template name="t:mods-date" as="element()*">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:param name="element" as="xs:string" required="yes"/>
    <xsl:variable name="date" as="map(*)" select="."/>
    <xsl:variable name="range" as="xs:boolean" select="?start != ?end"/>
    <xsl:variable name="points" as="xs:string*" select="('start', 'end')[$date(.) != ''][$range or . = 'start']"/>
    <xsl:for-each select="''[not($date?written = ('', $date?start[not($range)]))], $points">
      <xsl:variable name="iso" as="xs:string" select="if (. = '') then '' else $date(.)"/>
      <xsl:element name="{$element}">
        <xsl:if test="$element = 'dateOther'">
          <xsl:attribute name="type" select="$date?kind"/>
        </xsl:if>
        <xsl:if test="$iso != ''">
          <xsl:attribute name="encoding" select="'w3cdtf'"/>
        </xsl:if>
        <xsl:if test="$range and $iso != ''">
          <xsl:attribute name="point" select="."/>
        </xsl:if>
        <xsl:if test="$date?approximate">
          <xsl:attribute name="qualifier" select="'approximate'"/>
        </xsl:if>
        <xsl:text>{if ($iso != '') then $iso else $date?written}</xsl:text>
      </xsl:element>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="t:mods-subject" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <subject>
      <xsl:for-each select="f:authority(.)">
        <xsl:attribute name="valueURI" select="."/>
      </xsl:for-each>
      <xsl:if test="?kind = ('event', 'work')">
        <xsl:attribute name="displayLabel" select="?kind"/>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="?kind = 'person' or ?kind = 'organisation'">
          <name type="{if (?kind = 'person') then 'personal' else 'corporate'}">
            <namePart>{?name}</namePart>
          </name>
        </xsl:when>
        <xsl:when test="?kind = 'place'">
          <geographic>{?name}</geographic>
          <xsl:if test="?coordinates != ''">
            <cartographics>
              <coordinates>{?coordinates}</coordinates>
            </cartographics>
          </xsl:if>
        </xsl:when>
        <xsl:otherwise>
          <topic>{?name}</topic>
        </xsl:otherwise>
      </xsl:choose>
    </subject>
  </xsl:template>

  <xsl:template name="t:mods-locations" as="element()*">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:for-each select="?record?holdings?*">
      <location>
        <xsl:variable name="holding" as="map(*)" select="."/>
        <xsl:sequence select="f:mods('physicalLocation', ?repository)"/>
        <xsl:for-each select="('settlement', 'collection')[$holding(.) != '']">
          <physicalLocation type="{.}">{$holding(.)}</physicalLocation>
        </xsl:for-each>
        <xsl:sequence select="f:mods('shelfLocator', f:shelfmark(.))"/>
      </location>
    </xsl:for-each>
    <xsl:variable name="page" as="xs:string" select="f:address(?edition, ?record?page)"/>
    <xsl:if test="$page || ?record?online != ''">
      <location>
        <xsl:if test="$page != ''">
          <url usage="primary">{$page}</url>
        </xsl:if>
        <xsl:sequence select="f:mods('url', ?record?online[. != $page])"/>
      </location>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:mods-access" as="element()*">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:if test="?record?rights || ?record?rights_url != ''">
      <accessCondition type="use and reproduction">
        <xsl:if test="?record?rights_url != ''">
          <xsl:attribute name="xlink:href" select="?record?rights_url"/>
        </xsl:if>
        <xsl:text>{(?record?rights, ?record?rights_url)[. != ''][1]}</xsl:text>
      </accessCondition>
    </xsl:if>
    <xsl:if test="?record?access != ''">
      <accessCondition type="restriction on access">{?record?access}</accessCondition>
    </xsl:if>
    <xsl:if test="?record?classification != ''">
      <accessCondition type="original classification">{?record?classification}</accessCondition>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:mods" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="f:stated(QName('http://www.loc.gov/mods/v3', $element), $text)"/>
  </xsl:function>

</xsl:stylesheet>
