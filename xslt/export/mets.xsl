<?xml version="1.0" encoding="UTF-8"?>
<!-- METS 1.12: the file of a document with its description (MODS), its preservation data (PREMIS) and its place. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.loc.gov/METS/"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="xs m t"
  expand-text="yes">

  <xsl:template match=".[?form = 'mets']" mode="m:file" as="element()">
    <xsl:variable name="rights" as="element()?">
      <xsl:call-template name="t:premis-rights"/>
    </xsl:variable>
    <mets OBJID="{?record?id}" LABEL="{?record?title}">
      <xsl:if test="?record?type != ''">
        <xsl:attribute name="TYPE" select="?record?type"/>
      </xsl:if>
      <xsl:if test="?edition?publisher != ''">
        <metsHdr>
          <agent ROLE="CREATOR" TYPE="ORGANIZATION">
            <name>{?edition?publisher}</name>
          </agent>
        </metsHdr>
      </xsl:if>
      <dmdSec ID="description">
        <mdWrap MDTYPE="MODS" MDTYPEVERSION="3.8" MIMETYPE="text/xml">
          <xmlData>
            <xsl:call-template name="t:mods"/>
          </xmlData>
        </mdWrap>
      </dmdSec>
      <amdSec ID="preservation">
        <techMD ID="object">
          <mdWrap MDTYPE="PREMIS:OBJECT" MDTYPEVERSION="3.0" MIMETYPE="text/xml">
            <xmlData>
              <xsl:call-template name="t:premis-object"/>
            </xmlData>
          </mdWrap>
        </techMD>
        <xsl:if test="exists($rights)">
          <rightsMD ID="rights">
            <mdWrap MDTYPE="PREMIS:RIGHTS" MDTYPEVERSION="3.0" MIMETYPE="text/xml">
              <xmlData>
                <xsl:sequence select="$rights"/>
              </xmlData>
            </mdWrap>
          </rightsMD>
        </xsl:if>
      </amdSec>
      <fileSec>
        <fileGrp USE="transcription">
          <file ID="tei" MIMETYPE="application/tei+xml" SIZE="{?file?size}" CHECKSUMTYPE="SHA-256"
            CHECKSUM="{?file?sha256}" ADMID="object">
            <FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="{encode-for-uri(?file?name)}"/>
          </file>
        </fileGrp>
      </fileSec>
      <structMap TYPE="logical">
        <div LABEL="{?record?title}" DMDID="description">
          <fptr FILEID="tei"/>
        </div>
      </structMap>
    </mets>
  </xsl:template>

</xsl:stylesheet>
