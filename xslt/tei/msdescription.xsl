<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 11: Manuscript Description. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:msDesc | tei:msFrag | tei:msPart | tei:msIdentifier | tei:altIdentifier | tei:msName | tei:repository |
    tei:institution | tei:collection | tei:msContents | tei:msItem | tei:msItemStruct | tei:summary | tei:rubric
    | tei:incipit | tei:explicit | tei:finalRubric | tei:colophon | tei:filiation | tei:locus | tei:locusGrp |
    tei:physDesc | tei:objectDesc | tei:supportDesc | tei:support | tei:material | tei:dimensions | tei:dim |
    tei:height | tei:width | tei:depth | tei:layoutDesc | tei:layout | tei:foliation | tei:collation |
    tei:condition | tei:handDesc | tei:handNote | tei:typeDesc | tei:typeNote | tei:scriptDesc | tei:scriptNote
    | tei:musicNotation | tei:decoDesc | tei:decoNote | tei:additions | tei:bindingDesc | tei:binding |
    tei:sealDesc | tei:seal | tei:accMat | tei:history | tei:origin | tei:origDate | tei:origPlace |
    tei:provenance | tei:acquisition | tei:additional | tei:adminInfo | tei:recordHist | tei:source |
    tei:custodialHist | tei:custEvent | tei:surrogates | tei:objectType | tei:objectName | tei:object |
    tei:catchwords | tei:signatures | tei:secFol | tei:heraldry | tei:stamp | tei:watermark | tei:listObject">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
