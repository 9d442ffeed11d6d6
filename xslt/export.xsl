<?xml version="1.0" encoding="UTF-8"?>
<!-- Formats of archives. One model in JSON (the classes of regesta.exchange.model) makes one file; its `form` picks
     the template. A value that the model leaves empty is left out: nothing is put in its place. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:include href="export/values.xsl"/>
  <xsl:include href="export/dc.xsl"/>
  <xsl:include href="export/datacite.xsl"/>
  <xsl:include href="export/mods.xsl"/>
  <xsl:include href="export/premis.xsl"/>
  <xsl:include href="export/mets.xsl"/>
  <xsl:include href="export/ead.xsl"/>
  <xsl:include href="export/ead3.xsl"/>
  <xsl:include href="export/cmif.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:param name="model" as="xs:string" required="yes"/>

  <!-- A model becomes the root of a file; a name, a date or another part of a record becomes elements of one format,
       which the parameter `form` names where formats share a part. -->
  <xsl:mode name="m:file" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template name="xsl:initial-template" as="element()">
    <xsl:apply-templates select="parse-json($model)" mode="m:file"/>
  </xsl:template>

</xsl:stylesheet>
