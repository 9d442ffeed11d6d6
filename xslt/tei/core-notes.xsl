<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.9: Notes. A note stays where it is, or only its call does (see page/notes.xsl). -->
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

  <!-- A note that keeps its place. One that speaks to a place elsewhere (@target) is called there and leads there. -->
  <xsl:template mode="m:text" match="tei:note[not(f:is-displaced(.))]" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'note', 'by-' || f:note-kind(.), 'in-' || f:note-place(.)"/>
      </xsl:apply-templates>
      <xsl:if test="f:is-standoff(.)">
        <xsl:attribute name="id" select="f:standoff-id(.)"/>
        <xsl:variable name="target" as="xs:string?" select="f:anchor(., f:spoken-to(.))"/>
        <xsl:if test="exists($target)">
          <a class="back" data-generated="" href="{$target}" aria-label="{l:label('back-to-call', f:standoff-mark(.))}">{f:standoff-mark(.)}</a>
        </xsl:if>
      </xsl:if>
      <xsl:sequence select="f:note-speaker(.)"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:note[f:is-displaced(.)]" as="element()">
    <xsl:variable name="number" as="xs:integer" select="accumulator-before('v:note')"/>
    <a class="call by-{f:note-kind(.)}" data-generated="" data-note-call="{$number}" href="#note-{$number}" id="call-{$number}">{f:note-mark(.)}</a>
  </xsl:template>

  <!-- Notes that stand apart from the text, by the id of what they speak to first. -->
  <xsl:key name="v:standoff" match="tei:note[f:is-standoff(.)]" use="f:spoken-to(.)"/>

  <xsl:function name="f:is-standoff" as="xs:boolean">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="target" as="xs:string?" select="f:spoken-to($note)"/>
    <xsl:sequence select="exists($target) and empty($note/ancestor::tei:teiHeader) and not(f:is-displaced($note))
      and (key('v:by-id', $target, root($note))[1] ! empty(. intersect $note/ancestor-or-self::*))"/>
  </xsl:function>

  <!-- The id of what a note, or the annotation that holds it, names first as its @target in this document. -->
  <xsl:function name="f:spoken-to" as="xs:string?">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="($note/(@target, parent::tei:annotation/@target) ! tokenize(.)[1])[1][starts-with(., '#')] ! substring(., 2)"/>
  </xsl:function>

  <xsl:function name="f:standoff-id" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="(f:html-id($note), 'note-' || $note/accumulator-before('v:note'))[1]"/>
  </xsl:function>

  <!-- Its own mark, else its place among the notes of the text, set apart from the numbers at the foot. -->
  <xsl:function name="f:standoff-mark" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="own" as="xs:string" select="normalize-space($note/@n)"/>
    <xsl:sequence select="if ($own != '' and string-length($own) le 6) then $own
      else 'n' || $note/accumulator-before('v:note')"/>
  </xsl:function>

  <!-- What a note elsewhere speaks to: its call stands behind words, and at the end within a block. -->
  <xsl:template mode="m:text" match="tei:*[@xml:id][exists(key('v:standoff', @xml:id))]" priority="5" as="node()*">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="shown" as="node()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:variable name="calls" as="element()*" select="
      if ($in-link or not(key('v:by-id', @xml:id)[1] is .)) then ()
      else key('v:standoff', @xml:id) ! f:standoff-call(.)"/>
    <xsl:choose>
      <xsl:when test="$shown[last()]/self::* and (f:is-block(.) or f:holds-blocks(.))">
        <xsl:sequence select="$shown[position() lt last()]"/>
        <xsl:copy select="$shown[last()]">
          <xsl:sequence select="@*, node(), $calls"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$shown, $calls"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="f:standoff-call" as="element()">
    <xsl:param name="note" as="element(tei:note)"/>
    <a class="call by-{f:note-kind($note)}" data-generated="" href="#{f:standoff-id($note)}">{f:standoff-mark($note)}</a>
  </xsl:function>

  <xsl:template mode="m:text" match="tei:noteGrp" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
