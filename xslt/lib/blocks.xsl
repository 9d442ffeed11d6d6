<?xml version="1.0" encoding="UTF-8"?>
<!-- Which elements stand as blocks and which run in the line. HTML closes a `p` where a block begins in it, so this
     is decided here, once, from the element and what it holds, and every template asks. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:rg="urn:regesta:unit"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Elements that hold elements only: each child is a block of its own. -->
  <xsl:variable name="v:structures" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    TEI teiCorpus text group front body back div div0 div1 div2 div3 div4 div5 div6 div7 floatingText titlePage docTitle
    list table row lg sp spGrp castList castGroup set prologue epilogue performance figure standOff sourceDoc facsimile
    surface surfaceGrp listBibl listPerson listOrg listPlace listEvent listNym listObject listRelation listWit listApp
    listChange listAnnotation listTranspose listForest person personGrp persona org place event object nym relatedItem
    biblStruct biblFull analytic monogr imprint series msDesc msFrag msPart msIdentifier altIdentifier msContents msItem
    msItemStruct physDesc objectDesc supportDesc layoutDesc handDesc typeDesc scriptDesc decoDesc bindingDesc sealDesc
    accMat history additional adminInfo recordHist custodialHist surrogates population climate terrain state trait
    superEntry timeline spanGrp interpGrp linkGrp joinGrp altGrp fs fLib fvLib fsdDecl fsDecl graph eTree tree forest
    exemplum classSpec elementSpec macroSpec moduleSpec dataSpec schemaSpec specGrp specGrpRef attList attDef valList
    valItem paramList paramSpec content constraintSpec profileDesc encodingDesc fileDesc annotation langKnowledge') ! map:entry(., true()))"/>

  <!-- Blocks that hold text. -->
  <xsl:variable name="v:leaf-blocks" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    p ab head trailer opener closer postscript argument epigraph byline titlePart docImprint imprimatur item cell l
    speaker castItem line addrLine figDesc eg egXML entry entryFree sense u camera view sound tech move view remarks
    annotationBlock summary witness relation nym altGrp msName headLabel headItem') ! map:entry(., true()))"/>

  <!-- Elements that stand as blocks in what may hold blocks only, but run in the line beside text. -->
  <xsl:variable name="v:parts" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    dateline signed salute address quote q said cit bibl stage pubPlace publisher docDate docAuthor docEdition') ! map:entry(., true()))"/>

  <!-- Mixed elements which have such parts. -->
  <xsl:variable name="v:wholes" as="map(xs:string, xs:boolean)" static="yes"
    select="map:merge(tokenize('opener closer postscript cit docImprint epigraph argument') ! map:entry(., true()))"/>

  <!-- Points in the text, which never make a block. -->
  <xsl:variable name="v:points" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    pb lb cb gb milestone anchor ptr gap space index link handShift addSpan delSpan damageSpan certainty precision respons
    alt join when shift lacunaStart lacunaEnd witStart witEnd caesura metamark retrace redo undo substJoin divGen
    graphic media binaryObject textNode') ! map:entry(., true()))"/>

  <!-- Elements of other vocabularies that stand as blocks, by local name: an edition's own stylesheet says which. -->
  <xsl:variable name="v:own-blocks" as="xs:string*" select="()"/>

  <!-- True for an element that holds blocks and nothing else. -->
  <xsl:function name="f:is-structure" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/self::tei:* and map:contains($v:structures, local-name($element))"/>
  </xsl:function>

  <!-- True for an element that stands as a block wherever it occurs, or because of where it stands. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="if ($element/self::tei:*) then local-name($element) else ''"/>
    <xsl:sequence select="
      if (map:contains($v:points, $name)) then false()
      else map:contains($v:leaf-blocks, $name) or map:contains($v:structures, $name) or $element/self::rg:document
        or empty($element/parent::*) or f:is-structure($element/parent::*)
        or $name = '' and local-name($element) = $v:own-blocks
        or map:contains($v:parts, $name) and f:is-part($element)"/>
  </xsl:function>

  <!-- True where a part stands in its whole and no text runs beside it; signatures and datelines always do. -->
  <xsl:function name="f:is-part" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="whole" as="element()" select="$element/parent::*"/>
    <xsl:sequence select="$whole/self::tei:* and map:contains($v:wholes, local-name($whole)) and f:is-block($whole)
      and ($element/self::tei:signed or $element/self::tei:dateline or not($whole/text()[normalize-space()]))"/>
  </xsl:function>

  <!-- True when a block stands within $element; a note at the foot of the page does not count. -->
  <xsl:function name="f:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $child in $element/* satisfies
      not(f:is-displaced($child)) and (f:is-block($child) or f:holds-blocks($child))"/>
  </xsl:function>

  <!-- The HTML element for $element: $inline where it runs in the line, `div` where it must be a block. -->
  <xsl:function name="f:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="inline" as="xs:string"/>
    <xsl:sequence select="if (f:is-block($element) or f:holds-blocks($element)) then 'div' else $inline"/>
  </xsl:function>

  <!-- The HTML element for a block of text: $plain (`p`, `h2` …), which may hold no block, else `div`. -->
  <xsl:function name="f:block-tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="plain" as="xs:string"/>
    <xsl:sequence select="if (f:holds-blocks($element)) then 'div' else $plain"/>
  </xsl:function>

  <!-- An element that needs no more than its own box: a div or a span (or $inline) with its text. -->
  <xsl:template name="t:plain" as="element()">
    <xsl:param name="inline" as="xs:string" select="'span'"/>
    <xsl:element name="{f:tag(., $inline)}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
