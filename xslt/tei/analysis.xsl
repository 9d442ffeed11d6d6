<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapters 18 and 19: Simple Analytic Mechanisms, Feature Structures; 20: Graphs, Networks, Trees. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:s | tei:cl | tei:phr | tei:w | tei:m | tei:c | tei:pc | tei:span | tei:spanGrp | tei:interp |
    tei:interpGrp | tei:index | tei:fs | tei:f | tei:fLib | tei:fvLib | tei:fsDecl | tei:fsdDecl | tei:fsDescr |
    tei:fDecl | tei:fDescr | tei:fsConstraints | tei:iff | tei:vRange | tei:string | tei:symbol | tei:numeric |
    tei:binary | tei:vLabel | tei:vColl | tei:vAlt | tei:vNot | tei:vMerge | tei:vDefault | tei:default | tei:if
    | tei:then | tei:cond | tei:bicond | tei:graph | tei:node | tei:arc | tei:tree | tei:root | tei:iNode |
    tei:leaf | tei:eTree | tei:eLeaf | tei:triangle | tei:forest | tei:listForest">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- A character that Unicode lacks, as the encoding puts it. -->
  <xsl:template mode="m:text" match="tei:g" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
