<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 4: Default Text Structure. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="text()" as="text()">
    <xsl:sequence select="."/>
  </xsl:template>

  <xsl:template mode="m:text" match="comment() | processing-instruction()" as="empty-sequence()">
    <xsl:sequence select="()"/>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:teiHeader" as="empty-sequence()">
    <xsl:sequence select="()"/>
  </xsl:template>

  <!-- The article of the page stands for the document itself. Annotations that stand apart come after the text. -->
  <xsl:template mode="m:text" match="/tei:TEI | /tei:teiCorpus" as="node()*">
    <xsl:apply-templates mode="m:text" select="(node() except tei:standOff), tei:standOff"/>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:text | tei:group | tei:front | tei:body | tei:back | tei:floatingText">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:TEI[parent::*] | tei:teiCorpus[parent::*]" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:div | tei:div0 | tei:div1 | tei:div2 | tei:div3 | tei:div4 | tei:div5 | tei:div6 | tei:div7">
    <section>
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'div'"/>
      </xsl:apply-templates>
      <xsl:apply-templates mode="m:text"/>
    </section>
  </xsl:template>

  <!-- A heading of a division: one level below those of the divisions around it, h1 being the page's own. Divisions
       without a heading count for nothing, so that no level is left out. -->
  <xsl:template mode="m:text" match="tei:head" as="element()">
    <xsl:variable name="depth" as="xs:integer" select="
      count(ancestor::tei:*[matches(local-name(), '^div[0-7]?$')][tei:head[not(f:holds-blocks(.))]])"/>
    <xsl:variable name="heading" as="xs:boolean"
      select="exists(parent::tei:*[matches(local-name(), '^(div[0-7]?|front|body|back|text|group)$')])"/>
    <xsl:element name="{if ($heading) then f:block-tag(., 'h' || max((2, min((6, 1 + $depth))))) else 'div'}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:titlePage | tei:docTitle | tei:titlePart | tei:docAuthor | tei:docDate | tei:docEdition | tei:docImprint
    | tei:imprimatur | tei:byline | tei:opener | tei:closer | tei:postscript | tei:trailer | tei:argument |
    tei:epigraph | tei:salute | tei:signed | tei:dateline | tei:divGen">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
