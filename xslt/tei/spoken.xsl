<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 8: Transcriptions of Speech. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:u | tei:annotationBlock | tei:pause | tei:vocal | tei:kinesic | tei:incident | tei:writing | tei:shift">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
