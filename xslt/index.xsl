<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages by which readers find documents: lists, entities, timeline, search. One model in JSON (the classes
     of regesta.indexing.models) makes one page; its `kind` picks the template, and within a kind of page the
     kind of entity is data. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:include href="lib/shell.xsl"/>
  <xsl:include href="lib/dates.xsl"/>
  <xsl:include href="lib/languages.xsl"/>
  <xsl:include href="lib/serialization.xsl"/>
  <xsl:include href="index/words.xsl"/>
  <xsl:include href="index/frame.xsl"/>
  <xsl:include href="index/lists.xsl"/>
  <xsl:include href="index/choosing.xsl"/>
  <xsl:include href="index/items.xsl"/>
  <xsl:include href="index/entities.xsl"/>
  <xsl:include href="index/timeline.xsl"/>
  <xsl:include href="index/search.xsl"/>
  <xsl:include href="index/former.xsl"/>
  <xsl:include href="index/changes.xsl"/>
  <xsl:include href="index/text.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" escape-uri-attributes="no"
    include-content-type="no" use-character-maps="v:c1-controls"/>

  <xsl:param name="model" as="xs:string" required="yes"/>

  <!-- The heading of a page (h1 and what explains it), what its title element says, what follows the heading,
       and one document in a list. -->
  <xsl:mode name="m:title" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="m:heading" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="m:body" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="m:item" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template name="xsl:initial-template" as="element()">
    <xsl:call-template name="t:page">
      <xsl:with-param name="page" select="parse-json($model)"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
