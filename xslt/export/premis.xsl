<?xml version="1.0" encoding="UTF-8"?>
<!-- PREMIS 3.0: the TEI file of a document as an object to preserve, and the rights that its header states. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.loc.gov/premis/v3"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="xs f m t"
  expand-text="yes">

  <xsl:template match=".[?form = 'premis']" mode="m:file" as="element()">
    <premis version="3.0">
      <xsl:call-template name="t:premis-object"/>
      <xsl:call-template name="t:premis-rights"/>
    </premis>
  </xsl:template>

  <xsl:template name="t:premis-object" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <object xsi:type="file">
      <xsl:call-template name="t:premis-identifier"/>
      <objectCharacteristics>
        <compositionLevel>0</compositionLevel>
        <fixity>
          <messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>
          <messageDigest>{?file?sha256}</messageDigest>
        </fixity>
        <fixity>
          <messageDigestAlgorithm>SHA-512</messageDigestAlgorithm>
          <messageDigest>{?file?sha512}</messageDigest>
        </fixity>
        <size>{?file?size}</size>
        <format>
          <formatDesignation>
            <formatName>application/tei+xml</formatName>
            <formatVersion>P5</formatVersion>
          </formatDesignation>
        </format>
      </objectCharacteristics>
      <originalName>{?file?name}</originalName>
    </object>
  </xsl:template>

  <xsl:template name="t:premis-identifier" as="element()+">
    <xsl:context-item as="map(*)" use="required"/>
    <objectIdentifier>
      <objectIdentifierType>local</objectIdentifierType>
      <objectIdentifierValue>{?record?id}</objectIdentifierValue>
    </objectIdentifier>
    <xsl:variable name="address" as="xs:string" select="f:address(?edition, ?record?tei)"/>
    <xsl:if test="$address != ''">
      <objectIdentifier>
        <objectIdentifierType>URL</objectIdentifierType>
        <objectIdentifierValue>{$address}</objectIdentifierValue>
      </objectIdentifier>
    </xsl:if>
  </xsl:template>

  <xsl:template name="t:premis-rights" as="element()?">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:if test="?record?rights || ?record?rights_url != ''">
      <rights>
        <rightsStatement>
          <rightsStatementIdentifier>
            <rightsStatementIdentifierType>local</rightsStatementIdentifierType>
            <rightsStatementIdentifierValue>{?record?id}-rights</rightsStatementIdentifierValue>
          </rightsStatementIdentifier>
          <rightsBasis>license</rightsBasis>
          <licenseInformation>
            <xsl:if test="?record?rights_url != ''">
              <licenseDocumentationIdentifier>
                <licenseDocumentationIdentifierType>URL</licenseDocumentationIdentifierType>
                <licenseDocumentationIdentifierValue>{?record?rights_url}</licenseDocumentationIdentifierValue>
              </licenseDocumentationIdentifier>
            </xsl:if>
            <xsl:if test="?record?rights != ''">
              <licenseTerms>{?record?rights}</licenseTerms>
            </xsl:if>
          </licenseInformation>
          <linkingObjectIdentifier>
            <linkingObjectIdentifierType>local</linkingObjectIdentifierType>
            <linkingObjectIdentifierValue>{?record?id}</linkingObjectIdentifierValue>
          </linkingObjectIdentifier>
        </rightsStatement>
      </rights>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
