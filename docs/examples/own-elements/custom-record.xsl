<?xml version="1.0" encoding="UTF-8"?>
<!-- What this edition reads from its documents besides: an office on a slip is an organisation that the document names. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:r="urn:example:routing"
  xmlns:record="urn:regesta:record"
  exclude-result-prefixes="#all">

  <xsl:template match="r:office[@ref]" mode="record:mention" as="map(*)">
    <xsl:sequence select="map {
      'kind': 'organisation', 'ref': string(@ref), 'label': record:text(.), 'role': 'routed-to', 'cert': '', 'in_text': true() }"/>
  </xsl:template>

</xsl:stylesheet>
