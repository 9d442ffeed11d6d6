<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 7: Performance Texts. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:sp | tei:spGrp | tei:speaker | tei:stage | tei:castList | tei:castGroup | tei:castItem | tei:role |
    tei:roleDesc | tei:actor | tei:set | tei:prologue | tei:epilogue | tei:performance | tei:view | tei:camera |
    tei:caption | tei:sound | tei:tech | tei:move">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
