<?xml version="1.0" encoding="UTF-8"?>
<!-- Parts of volumes that are pages of their own: where one was cut out of its volume, a link to it stands. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:rg="urn:regesta:unit"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="rg:document" as="element()">
    <xsl:variable name="part" as="map(*)?" select="$v:facts?parts?*[?relation = current()/@ref][1]"/>
    <p class="part" data-generated="">
      <xsl:choose>
        <xsl:when test="$part ! f:is-relative(?href)">
          <a href="{$part?href}">{$part?label}</a>
        </xsl:when>
        <xsl:otherwise>{($part?label, string(@ref))[1]}</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

</xsl:stylesheet>
