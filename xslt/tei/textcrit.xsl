<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 13: Critical Apparatus. All readings stand in the text; see core.xsl for what is folded away. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:app | tei:lem | tei:rdg | tei:rdgGrp | tei:listApp | tei:listWit | tei:witness | tei:wit | tei:witDetail
    | tei:lacunaStart | tei:lacunaEnd | tei:witStart | tei:witEnd | tei:variantEncoding">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
