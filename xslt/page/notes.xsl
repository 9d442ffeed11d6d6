<?xml version="1.0" encoding="UTF-8"?>
<!-- The notes at the foot of the page, each once and in the order of the source, with a way back to its call. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- The place of a note among all notes of the text: the proof and the addresses count by it. -->
  <xsl:accumulator name="v:note" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="tei:note[not(ancestor::tei:teiHeader)]" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The place of a note among those at the foot: readers count by it. -->
  <xsl:accumulator name="v:foot-note" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="tei:note[f:is-displaced(.)]" select="$value + 1"/>
  </xsl:accumulator>

  <!-- True for a note that is called in the text and stands at the foot. It keeps its place where the encoding has
       it among blocks or says that it runs in the line, outside a text (standOff, facsimile), and when it is empty. -->
  <xsl:function name="f:is-displaced" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="place" as="xs:string*" select="tokenize(lower-case($element/@place || ' ' || $element/@rend))"/>
    <xsl:sequence select="exists($element/self::tei:note) and exists($element/ancestor::tei:text)
      and ($element/* or normalize-space($element)) and not($place = 'inline')
      and ($place = ('foot', 'bottom', 'end') or not($element/parent::tei:* ! map:contains($v:structures, local-name())))"/>
  </xsl:function>

  <!-- What the call of a note shows: the source's own mark when it is a short one, else a number. -->
  <xsl:function name="f:note-mark" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="own" as="xs:string" select="normalize-space($note/@n)"/>
    <xsl:sequence select="if ($own != '' and string-length($own) le 6) then $own
      else string($note/accumulator-before('v:foot-note'))"/>
  </xsl:function>

  <xsl:template name="t:foot" as="element()?">
    <xsl:variable name="notes" as="element()*" select="*/(* except tei:teiHeader)//tei:note[f:is-displaced(.)]"/>
    <xsl:if test="exists($notes)">
      <section class="foot" id="foot">
        <xsl:sequence select="f:text-language(*)"/>
        <h2 data-generated="" lang="{$l:language}" dir="ltr">{l:label('notes')}</h2>
        <xsl:apply-templates mode="m:foot" select="$notes"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template mode="m:foot" match="tei:note" as="element()">
    <xsl:variable name="number" as="xs:integer" select="accumulator-before('v:note')"/>
    <div>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:attribute name="id" select="'note-' || $number"/>
      <xsl:attribute name="data-note" select="$number"/>
      <a class="back" data-generated="" href="#call-{$number}" aria-label="{l:label('back-to-call', f:note-mark(.))}">{f:note-mark(.)}</a>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
