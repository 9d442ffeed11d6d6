<?xml version="1.0" encoding="UTF-8"?>
<!-- What this edition adds to the pages of documents: routing slips, which TEI does not know, and a look for names. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:r="urn:example:routing"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- A slip stands as a block wherever it is, so that no paragraph is broken around it. -->
  <xsl:variable name="v:own-blocks" as="xs:string*" select="'slip'"/>

  <!-- What the page adds is marked, so that nobody takes it for the telegram's own words. -->
  <xsl:template mode="m:text" match="r:slip" as="element()">
    <div class="slip">
      <p data-generated="">Routed to</p>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- An office leads to its page in the register, where the slip says which it is. -->
  <xsl:template mode="m:text" match="r:office" as="element()">
    <xsl:call-template name="t:link">
      <xsl:with-param name="href" select="f:page-of('organisation', string(@ref))"/>
      <xsl:with-param name="class" select="'office'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A template of ours with something around it. -->
  <xsl:template mode="m:text" match="tei:persName" as="element()">
    <strong>
      <xsl:next-match/>
    </strong>
  </xsl:template>

  <!-- A region of the page that this edition does without. -->
  <xsl:template name="t:names"/>

</xsl:stylesheet>
