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

  <!-- The article of the page stands for the document itself. -->
  <xsl:template mode="m:text" match="/tei:TEI | /tei:teiCorpus" as="node()*">
    <xsl:apply-templates mode="m:text"/>
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
        <xsl:with-param name="class" select="'div', f:side(.)"/>
      </xsl:apply-templates>
      <xsl:apply-templates mode="m:text"/>
    </section>
  </xsl:template>

  <!-- "side-one" and "side-two" for an original and its translation that stand next to each other. -->
  <xsl:function name="f:side" as="xs:string?">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="after" as="element()?" select="f:counterpart($division)"/>
    <xsl:variable name="before" as="element()?" select="$division/preceding-sibling::tei:div[1]"/>
    <xsl:sequence select="
      if ($before ! f:counterpart(.) is $division) then 'side-two'
      else if (exists($after)) then 'side-one' else ()"/>
  </xsl:function>

  <!-- The division right behind $division that is its translation, or the original of it: @type says so, or @corresp of
       one leads to the other and they are in different languages. -->
  <xsl:function name="f:counterpart" as="element(tei:div)?">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="next" as="element()?"
      select="$division/following-sibling::*[not(self::tei:pb or self::tei:milestone)][1]/self::tei:div"/>
    <xsl:variable name="types" as="xs:string" select="string-join(($division/@type, $next/@type), ' ')"/>
    <xsl:variable name="linked" as="xs:boolean" select="
      $division/@corresp = $next/@xml:id ! ('#' || .) or $next/@corresp = $division/@xml:id ! ('#' || .)"/>
    <xsl:sequence select="$next[
      $types = ('original translation', 'translation original', 'transcription translation', 'source translation')
      or $linked and @xml:lang != $division/@xml:lang]"/>
  </xsl:function>

  <xsl:function name="f:holds-parallels" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $division in $element/tei:div satisfies exists(f:counterpart($division))"/>
  </xsl:function>

  <!-- A heading of a division: one level below the divisions around it, h1 being the page's own. -->
  <xsl:template mode="m:text" match="tei:head" as="element()">
    <xsl:variable name="depth" as="xs:integer" select="count(ancestor::tei:*[matches(local-name(), '^div[0-7]?$')])"/>
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
