<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of one document. This entry is a table of contents: parameters, modes, modules.
     It sees the document and what the pipeline hands over as JSON, and nothing else. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Lowest precedence: the one owner of elements that no chapter knows. -->
  <xsl:import href="tei/unhandled.xsl"/>

  <xsl:include href="lib/shell.xsl"/>
  <xsl:include href="lib/blocks.xsl"/>
  <xsl:include href="lib/attributes.xsl"/>
  <xsl:include href="lib/languages.xsl"/>
  <xsl:include href="lib/links.xsl"/>
  <xsl:include href="lib/dates.xsl"/>
  <xsl:include href="lib/serialization.xsl"/>

  <xsl:include href="page/document.xsl"/>
  <xsl:include href="page/regest.xsl"/>
  <xsl:include href="page/metadata.xsl"/>
  <xsl:include href="page/transcript.xsl"/>
  <xsl:include href="page/beside.xsl"/>
  <xsl:include href="page/facing.xsl"/>
  <xsl:include href="page/notes.xsl"/>
  <xsl:include href="page/neighbours.xsl"/>
  <xsl:include href="page/citing.xsl"/>

  <xsl:include href="tei/textstructure.xsl"/>
  <xsl:include href="tei/core.xsl"/>
  <xsl:include href="tei/core-lists.xsl"/>
  <xsl:include href="tei/core-ruby.xsl"/>
  <xsl:include href="tei/core-notes.xsl"/>
  <xsl:include href="tei/core-breaks.xsl"/>
  <xsl:include href="tei/core-bibliography.xsl"/>
  <xsl:include href="tei/verse.xsl"/>
  <xsl:include href="tei/drama.xsl"/>
  <xsl:include href="tei/spoken.xsl"/>
  <xsl:include href="tei/dictionaries.xsl"/>
  <xsl:include href="tei/msdescription.xsl"/>
  <xsl:include href="tei/transcr.xsl"/>
  <xsl:include href="tei/transcr-facsimile.xsl"/>
  <xsl:include href="tei/textcrit.xsl"/>
  <xsl:include href="tei/namesdates.xsl"/>
  <xsl:include href="tei/figures.xsl"/>
  <xsl:include href="tei/linking.xsl"/>
  <xsl:include href="tei/linking-parallels.xsl"/>
  <xsl:include href="tei/analysis.xsl"/>
  <xsl:include href="tei/certainty.xsl"/>
  <xsl:include href="tei/header.xsl"/>
  <xsl:include href="tei/tagdocs.xsl"/>
  <xsl:include href="tei/units.xsl"/>

  <xsl:output method="html" version="5" encoding="UTF-8" indent="no" escape-uri-attributes="no"
    use-character-maps="v:c1-controls"/>

  <!-- The document's record (regesta.records.Record), its page facts (regesta.rendering.PageFacts), and how it is
       cited (regesta.citing.Citing), as JSON. -->
  <xsl:param name="record" as="xs:string" required="yes"/>
  <xsl:param name="facts" as="xs:string" required="yes"/>
  <xsl:param name="citing" as="xs:string" select="'{}'"/>

  <xsl:variable name="v:record" as="map(*)" select="parse-json($record)"/>
  <xsl:variable name="v:facts" as="map(*)" select="parse-json($facts)"/>
  <xsl:variable name="v:citing" as="map(*)" select="parse-json($citing)"/>

  <!-- The document as a whole becomes a page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail" use-accumulators="#all"/>
  <!-- A node of the text becomes HTML with the same text. -->
  <xsl:mode name="m:text" on-no-match="fail" on-multiple-match="fail" use-accumulators="#all"/>
  <!-- An element becomes the attributes of the HTML element that stands for it: class, id, lang, dir. -->
  <xsl:mode name="m:attributes" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A note that stands at the foot of the page. -->
  <xsl:mode name="m:foot" on-no-match="fail" on-multiple-match="fail" use-accumulators="#all"/>
  <!-- MathML as it is. -->
  <xsl:mode name="m:math" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A child of a list, a row or a table, where HTML wants a certain element around it. -->
  <xsl:mode name="m:entry" on-no-match="fail" on-multiple-match="fail" use-accumulators="#all"/>

  <!-- What was made, copied with other ids for the page of another document. -->
  <xsl:mode name="m:facing" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="/" as="element()">
    <xsl:choose>
      <xsl:when test="$v:facts?is_facing">
        <xsl:call-template name="t:facing-text"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="t:document"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
