<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 8: Transcriptions of Speech. -->
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

  <!-- An utterance, with its speaker's name before it where the header gives one. -->
  <xsl:template mode="m:text" match="tei:u" as="element()">
    <div>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:for-each select="f:speaker-name(.)">
        <span class="speaker" data-generated="">{.} </span>
      </xsl:for-each>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- Who speaks: the first name of the person that @who leads to, else the pointer; nothing where text says it. -->
  <xsl:function name="f:speaker-name" as="xs:string?">
    <xsl:param name="utterance" as="element()"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($utterance/@who)[1]"/>
    <xsl:variable name="person" as="element()?" select="f:in-header($utterance, $pointer)[1]"/>
    <xsl:variable name="name" as="xs:string" select="normalize-space(($person/tei:persName, $person/tei:name, $person)[1])"/>
    <xsl:sequence select="($name, replace($pointer, '^.*[#/:]', ''))[. != ''][1][not($utterance/tei:label)]"/>
  </xsl:function>

  <!-- What is heard but not said. -->
  <xsl:template mode="m:text" as="element()" match="
    tei:pause | tei:vocal | tei:kinesic | tei:incident | tei:shift">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="not(normalize-space())">
        <span data-generated="">({f:word('sound-', local-name())})</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:annotationBlock | tei:writing" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- The recordings that a header names, in front of the text. -->
  <xsl:template name="t:recordings" as="element()*">
    <xsl:for-each select="*/tei:teiHeader//tei:recording//tei:media/@url ! f:medium(string(.))[?kind = 'audio']">
      <audio class="recording" controls="controls" preload="none" src="{?href}" aria-label="{f:file-name(?href)}" data-generated=""/>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
