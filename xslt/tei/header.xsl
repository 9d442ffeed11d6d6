<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapters 2 and 16: what belongs to a header or to the description of a corpus, where it stands in a text. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:abstract | tei:keywords | tei:classCode | tei:catRef | tei:category | tei:catDesc | tei:taxonomy |
    tei:textClass | tei:profileDesc | tei:encodingDesc | tei:fileDesc | tei:titleStmt | tei:publicationStmt |
    tei:sourceDesc | tei:notesStmt | tei:editionStmt | tei:seriesStmt | tei:revisionDesc | tei:change |
    tei:listChange | tei:creation | tei:langUsage | tei:language | tei:calendar | tei:calendarDesc |
    tei:correspDesc | tei:correspAction | tei:correspContext | tei:projectDesc | tei:editorialDecl |
    tei:textDesc | tei:channel | tei:domain | tei:factuality | tei:interaction | tei:preparedness | tei:purpose
    | tei:constitution | tei:derivation">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
