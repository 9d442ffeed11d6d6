<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 3: Elements Available in All TEI Documents. Lists, notes, breaks and bibliography
     have modules of their own. -->
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

  <xsl:template mode="m:text" match="tei:p | tei:ab" as="element()">
    <xsl:element name="{f:block-tag(., 'p')}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Words set off by their look: HTML has elements for the common looks, classes say the rest. -->
  <xsl:variable name="v:look-elements" as="map(xs:string, xs:string)" static="yes" select="map {
    'italic': 'i', 'bold': 'b', 'underline': 'u', 'strike': 's', 'superscript': 'sup', 'subscript': 'sub' }"/>

  <xsl:template mode="m:text" match="tei:hi" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="(f:look(.) ! $v:look-elements(.), 'span')[1]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:emph" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'em'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:foreign" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'i'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:distinct | tei:mentioned | tei:gloss | tei:desc | tei:label | tei:num | tei:measure | tei:measureGrp |
    tei:unit | tei:address | tei:addrLine | tei:street | tei:postCode | tei:postBox | tei:email | tei:cit">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- Words of others. The marks are the page's own, shown by its stylesheet, unless the source writes them. -->
  <xsl:template mode="m:text" match="tei:q | tei:said | tei:soCalled | tei:quote" as="element()">
    <xsl:element name="{if (self::tei:quote and f:tag(., 'span') = 'div') then 'blockquote' else f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="local-name(), if (f:is-marked(.)) then () else 'marks'"/>
      </xsl:apply-templates>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- True where quotation marks stand in the text at the start of $quotation or right before it. -->
  <xsl:function name="f:is-marked" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:variable name="before" as="xs:string" select="string($quotation/preceding-sibling::node()[1][self::text()])"/>
    <xsl:variable name="marks" as="xs:string" select="'[&quot;''\p{Pi}\p{Pf}„‚「『《〈]'"/>
    <xsl:sequence select="matches($quotation, '^\s*' || $marks) or matches($before, $marks || '$')"/>
  </xsl:function>

  <xsl:template mode="m:text" as="element()" match="
    tei:choice | tei:abbr | tei:expan | tei:sic | tei:corr | tei:orig | tei:reg">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- White space between the readings of a choice is none of the text's: it stays, and shows nothing. -->
  <xsl:template mode="m:text" as="element()" priority="1"
    match="(tei:choice | tei:subst | tei:app | tei:rdgGrp | tei:noteGrp)/text()[not(normalize-space())]">
    <span class="blank">
      <xsl:sequence select="."/>
    </span>
  </xsl:template>

  <!-- True when edition.toml wants the source's own readings in the line. -->
  <xsl:variable name="v:is-diplomatic" as="xs:boolean" select="$v:facts?edition?reading = 'diplomatic'"/>

  <xsl:variable name="v:preferred" as="xs:string+"
    select="if ($v:is-diplomatic) then ('sic', 'orig', 'abbr') else ('corr', 'reg', 'expan')"/>

  <!-- "folded" for a reading that stands in the text and shows only on demand: the one that is not preferred.
       A diplomatic text shows what was struck out beside what took its place. -->
  <xsl:function name="f:folded" as="xs:string?">
    <xsl:param name="reading" as="element()"/>
    <xsl:variable name="parent" as="element()?"
      select="$reading/parent::*[self::tei:choice or self::tei:subst or self::tei:app or self::tei:rdgGrp]"/>
    <xsl:variable name="preferred" as="element()?" select="if (empty($parent)) then () else (
      $parent/self::tei:choice/(*[local-name() = $v:preferred], *)[1],
      $parent/self::tei:subst[not($v:is-diplomatic)]/(tei:add, *)[1],
      $parent/(self::tei:app | self::tei:rdgGrp)[not(f:is-remote(.))]/(tei:lem, *)[1])"/>
    <xsl:sequence select="if (exists($preferred) and not($preferred is $reading)) then 'folded' else ()"/>
  </xsl:function>

  <!-- Whose one of several readings is, "of-source" or "of-editors": the switch above the text shows one or the other. -->
  <xsl:function name="f:whose" as="xs:string?">
    <xsl:param name="reading" as="element()"/>
    <xsl:variable name="choice" as="element()?" select="$reading/parent::*[self::tei:choice or self::tei:subst]"/>
    <xsl:sequence select="
      if (empty($choice)) then ()
      else if ($choice/self::tei:subst) then 'of-source'[$reading/self::tei:del]
      else if ($choice[tei:sic | tei:orig | tei:abbr] and $choice[tei:corr | tei:reg | tei:expan])
        then (if ($reading[self::tei:sic or self::tei:orig or self::tei:abbr]) then 'of-source' else 'of-editors')
      else ()"/>
  </xsl:function>

</xsl:stylesheet>
