<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 10: Dictionaries. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:entry | tei:entryFree | tei:superEntry | tei:dictScrap | tei:hom | tei:sense | tei:def | tei:form |
    tei:orth | tei:pron | tei:hyph | tei:syll | tei:stress | tei:gramGrp | tei:gram | tei:pos | tei:gen |
    tei:number | tei:case | tei:per | tei:tns | tei:mood | tei:iType | tei:subc | tei:colloc | tei:etym |
    tei:usg | tei:lbl | tei:re | tei:xr | tei:oRef | tei:pRef | tei:lang">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
