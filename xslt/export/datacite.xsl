<?xml version="1.0" encoding="UTF-8"?>
<!-- DataCite Metadata Schema 4 (kernel-4): what an agency that registers DOIs asks for. The required values are
     there when this is called: regesta.exchange.datacite sees to it. -->
<xsl:stylesheet version="3.0"
  xmlns="http://datacite.org/schema/kernel-4"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="xs f m t"
  expand-text="yes">

  <xsl:template match=".[?form = 'datacite']" mode="m:file" as="element()">
    <xsl:variable name="record" as="map(*)" select="?record"/>
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <resource xsi:schemaLocation="http://datacite.org/schema/kernel-4 http://schema.datacite.org/meta/kernel-4/metadata.xsd">
      <identifier identifierType="DOI">{?doi}</identifier>
      <creators>
        <xsl:for-each select="f:creators($record)">
          <creator>
            <creatorName nameType="{f:name-type(.)}">{?name}</creatorName>
            <xsl:call-template name="t:name-identifier"/>
          </creator>
        </xsl:for-each>
      </creators>
      <titles>
        <title>{$record?title}</title>
        <xsl:for-each select="$record?subtitles?*">
          <title titleType="Subtitle">{.}</title>
        </xsl:for-each>
      </titles>
      <publisher>{$edition?publisher}</publisher>
      <publicationYear>{substring($edition?date, 1, 4)}</publicationYear>
      <resourceType resourceTypeGeneral="Text">{($record?type[. != ''], 'document')[1]}</resourceType>
      <xsl:call-template name="t:datacite-subjects"/>
      <xsl:call-template name="t:datacite-contributors"/>
      <xsl:if test="f:iso($record?date) != ''">
        <dates>
          <date dateType="Created" dateInformation="{$record?date?kind}">{f:iso($record?date)}</date>
        </dates>
      </xsl:if>
      <xsl:for-each select="$record?languages?*[1]">
        <language>{?tag}</language>
      </xsl:for-each>
      <alternateIdentifiers>
        <alternateIdentifier alternateIdentifierType="edition">{$record?id}</alternateIdentifier>
        <xsl:for-each select="$record?identifiers?*[not(?type = 'DOI')]">
          <alternateIdentifier alternateIdentifierType="{(?type[. != ''], 'other')[1]}">{?value}</alternateIdentifier>
        </xsl:for-each>
      </alternateIdentifiers>
      <xsl:if test="$record?online != ''">
        <relatedIdentifiers>
          <relatedIdentifier relatedIdentifierType="URL" relationType="IsVariantFormOf">{$record?online}</relatedIdentifier>
        </relatedIdentifiers>
      </xsl:if>
      <formats>
        <format>application/tei+xml</format>
      </formats>
      <xsl:if test="$record?rights || $record?rights_url != ''">
        <rightsList>
          <rights>
            <xsl:if test="$record?rights_url != ''">
              <xsl:attribute name="rightsURI" select="$record?rights_url"/>
            </xsl:if>
            <xsl:text>{$record?rights}</xsl:text>
          </rights>
        </rightsList>
      </xsl:if>
      <xsl:if test="$record?abstract != ''">
        <descriptions>
          <description descriptionType="Abstract">{$record?abstract}</description>
        </descriptions>
      </xsl:if>
    </resource>
  </xsl:template>

  <xsl:template name="t:datacite-subjects" as="element()?">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:variable name="subjects" as="map(*)*" select="f:subjects(?record)"/>
    <xsl:if test="exists($subjects)">
      <subjects>
        <xsl:for-each select="$subjects">
          <subject>
            <xsl:for-each select="f:authority(.)">
              <xsl:attribute name="valueURI" select="."/>
            </xsl:for-each>
            <xsl:text>{?name}</xsl:text>
          </subject>
        </xsl:for-each>
      </subjects>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:datacite-contributors" as="element()?">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:variable name="contributors" as="map(*)*" select="f:contributors(?record)"/>
    <xsl:if test="exists($contributors)">
      <contributors>
        <xsl:for-each select="$contributors">
          <contributor contributorType="Other">
            <contributorName nameType="{f:name-type(.)}">{?name}</contributorName>
            <xsl:call-template name="t:name-identifier"/>
          </contributor>
        </xsl:for-each>
      </contributors>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:name-identifier" as="element()?">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:for-each select="f:authority(.)">
      <nameIdentifier nameIdentifierScheme="URI">{.}</nameIdentifier>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:name-type" as="xs:string">
    <xsl:param name="name" as="map(*)"/>
    <xsl:sequence select="if ($name?kind = 'person') then 'Personal' else 'Organizational'"/>
  </xsl:function>

</xsl:stylesheet>
