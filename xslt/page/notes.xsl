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

  <!-- The place of a note among those at the foot that are of its kind: readers count by it. -->
  <xsl:accumulator name="v:foot-note" as="map(xs:string, xs:integer)" initial-value="map {}">
    <xsl:accumulator-rule match="tei:note[f:is-displaced(.)]"
      select="f:note-kind(.) ! map:put($value, ., ($value(.), 0)[1] + 1)"/>
  </xsl:accumulator>

  <xsl:key name="v:foot-notes" match="tei:note[f:is-displaced(.)]" use="f:note-kind(.)"/>

  <!-- Where a note of the text stands: at the "foot", in the "margin", "inline", or as a block where the encoding has
       it ("block": among blocks, outside a text, and when it is empty). What the encoding says wins over the edition's
       policy; what belongs to the look of the paper stays with it. -->
  <xsl:function name="f:note-place" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="own" as="xs:string*" select="tokenize(lower-case($note/@place || ' ' || $note/@rend))"/>
    <xsl:variable name="policy" as="xs:string" select="string(($v:facts?edition?notes, 'foot')[1])"/>
    <xsl:sequence select="
      if (empty($note/ancestor::tei:text) or not($note/* or normalize-space($note))) then 'block'
      else if ($own = 'inline') then 'inline'
      else if ($own = ('foot', 'bottom', 'end')) then 'foot'
      else if ($note/@type = ('classification', 'copy-number', 'registration', 'distribution')) then 'inline'
      else if ($own = ('margin', 'left', 'right', 'margin-left', 'margin-right', 'marginleft', 'marginright'))
        then ('inline'[$policy = 'inline'], 'margin')[1]
      else if ($note/parent::tei:* ! (map:contains($v:structures, local-name()) or self::tei:noteGrp and f:is-block(.)))
        then 'block'
      else $policy"/>
  </xsl:function>

  <!-- True for a note that is called in the text and stands at the foot. -->
  <xsl:function name="f:is-displaced" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element instance of element(tei:note) and f:note-place($element) = 'foot'"/>
  </xsl:function>

  <!-- Who speaks in a note, where @type, @resp or what @resp leads to says so: "editor", "translator", else "author". -->
  <xsl:function name="f:note-kind" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="if ($note/(@type | @resp)) then f:stated-note-kind($note) else 'author'"/>
  </xsl:function>

  <xsl:function name="f:stated-note-kind" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="responsible" as="element()*" select="f:in-header($note, $note/@resp)"/>
    <xsl:variable name="words" as="xs:string" select="lower-case(string-join(($note/@type, $note/@resp, $responsible/@role,
      $responsible/(self::tei:editor/'editor', self::tei:respStmt/tei:resp, parent::tei:respStmt/tei:resp)), ' '))"/>
    <xsl:variable name="tokens" as="xs:string*" select="tokenize(translate($words, '#', ' '))"/>
    <xsl:sequence select="
      if ($tokens = ('tr', 'tr.') or (some $stem in ('transla', 'übersetz', 'traduc', 'перевод') satisfies contains($words, $stem)))
        then 'translator'
      else if ($tokens = ('ed', 'ed.', 'eds', 'eds.') or (some $stem in ('edit', 'herausg', 'редакт') satisfies contains($words, $stem)))
        then 'editor'
      else 'author'"/>
  </xsl:function>

  <!-- True when notes at the foot are of more than one kind: then each kind has marks of its own, and its name. -->
  <xsl:function name="f:are-mixed" as="xs:boolean">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="
      count(('author', 'editor', 'translator')[exists(key('v:foot-notes', ., root($note)))]) gt 1"/>
  </xsl:function>

  <!-- What the call of a note shows: the source's own mark when it is a short one, else a number; where several kinds
       of notes meet, those of editors have letters and those of translators small Roman numbers. -->
  <xsl:function name="f:note-mark" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="own" as="xs:string" select="normalize-space($note/@n)"/>
    <xsl:variable name="kind" as="xs:string" select="f:note-kind($note)"/>
    <xsl:variable name="number" as="xs:integer" select="($note/accumulator-before('v:foot-note')($kind), 0)[1]"/>
    <xsl:sequence select="
      if ($own != '' and string-length($own) le 6) then $own
      else if ($number = 0) then '*'
      else format-integer($number, if (f:are-mixed($note)) then map { 'editor': 'a', 'translator': 'i', 'author': '1' }($kind) else '1')"/>
  </xsl:function>

  <!-- Who speaks in a note, in words, where a reader could take it for another's. -->
  <xsl:function name="f:note-speaker" as="element()?">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="kind" as="xs:string" select="f:note-kind($note)"/>
    <xsl:if test="$kind = 'translator' or $kind = 'editor' and f:are-mixed($note)">
      <span class="note-speaker" data-generated="" lang="{$l:language}" dir="ltr">{l:label('note-of-' || $kind)}</span>
    </xsl:if>
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
    <xsl:variable name="mark" as="xs:string" select="f:note-mark(.)"/>
    <div>
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'note by-' || f:note-kind(.)"/>
      </xsl:apply-templates>
      <xsl:attribute name="id" select="'note-' || $number"/>
      <xsl:attribute name="data-note" select="$number"/>
      <a class="back" data-generated="" href="#call-{$number}" aria-label="{l:label('back-to-call', $mark)}">{$mark}</a>
      <xsl:sequence select="f:note-speaker(.)"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
