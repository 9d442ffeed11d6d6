<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 12: Representation of Primary Sources. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" as="element()" match="
    tei:line | tei:subst |
    tei:substJoin | tei:damage | tei:am | tei:ex |
    tei:mod | tei:hyphen | tei:redo | tei:undo | tei:retrace | tei:metamark | tei:listTranspose | tei:transpose
    | tei:unclear | tei:secl | tei:restore | tei:path">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- The signs between which a passage stands that was added, struck out or damaged over more than one element. -->
  <xsl:variable name="v:span-signs" as="map(xs:string, xs:string)" static="yes"
    select="map { 'addSpan': '⌜⌝', 'delSpan': '⟦⟧', 'damageSpan': '⸢⸣' }"/>

  <xsl:key name="v:spans" match="tei:addSpan | tei:delSpan | tei:damageSpan" use="substring-after(@spanTo, '#')"/>

  <xsl:template mode="m:text" match="tei:addSpan | tei:delSpan | tei:damageSpan" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="exists(key('v:by-id', substring-after(@spanTo, '#'))/self::tei:anchor)">
        <span data-generated="">{substring($v:span-signs(local-name()), 1, 1)}</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:anchor" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:for-each select="reverse(@xml:id ! key('v:spans', .))">
        <span data-generated="">{substring($v:span-signs(local-name()), 2, 1)}</span>
      </xsl:for-each>
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

  <!-- Another hand takes over. -->
  <xsl:template mode="m:text" match="tei:handShift" as="element()">
    <xsl:variable name="hand" as="xs:string" select="f:hand-name(., (@new, @scribe, @script, @medium)[1])"/>
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="$hand != ''">
        <span data-generated="">[{l:label('hand', $hand)}]</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:add" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'ins'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:del" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'del'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What editors add or take out stands in brackets, as in print. -->
  <xsl:template mode="m:text" match="tei:supplied | tei:surplus" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <span data-generated="">{if (self::tei:supplied) then '[' else '{'}</span>
      <xsl:apply-templates mode="m:text"/>
      <span data-generated="">{if (self::tei:supplied) then ']' else '}'}</span>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
