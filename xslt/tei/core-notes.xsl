<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.9: Notes. A note stays where it is, or only its call does (see page/notes.xsl). -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="tei:note[not(f:is-displaced(.))]" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:note[f:is-displaced(.)]" as="element()">
    <xsl:variable name="number" as="xs:integer" select="accumulator-before('v:note')"/>
    <a class="call" data-generated="" data-note-call="{$number}" href="#note-{$number}" id="call-{$number}">{f:note-mark(.)}</a>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:noteGrp" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
