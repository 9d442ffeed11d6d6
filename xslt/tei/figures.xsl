<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 15: Tables, Formulæ, Graphics, and Notated Music. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:mml="http://www.w3.org/1998/Math/MathML"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- HTML moves what is no row out of a table, so rows and captions are all that it gets. -->
  <xsl:template mode="m:text" match="tei:table" as="element()">
    <xsl:variable name="first" as="element()?" select="tei:row[1]"/>
    <xsl:variable name="above" as="node()*" select="node()[f:is-content(.)][if ($first) then . &lt;&lt; $first else true()]"/>
    <div>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text" select="$above"/>
      <xsl:if test="exists($first)">
        <table>
          <tbody>
            <xsl:apply-templates mode="m:entry" select="node()[f:is-content(.)] except $above"/>
          </tbody>
        </table>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template mode="m:entry" match="tei:table/tei:row" as="element()">
    <tr>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:entry" select="node()[f:is-content(.)]"/>
    </tr>
  </xsl:template>

  <!-- Between rows: a page that begins, a note, a stray text. -->
  <xsl:template mode="m:entry" match="tei:table/node()[not(self::tei:row)]" as="element()">
    <tr class="between">
      <td colspan="{max((1, ../tei:row ! count(*)))}">
        <xsl:apply-templates mode="m:text" select="."/>
      </td>
    </tr>
  </xsl:template>

  <xsl:template mode="m:entry" match="tei:row/tei:cell" as="element()">
    <xsl:element name="{if (@role = 'label' or ../@role = 'label') then 'th' else 'td'}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="@role = 'label' or ../@role = 'label'">
        <xsl:attribute name="scope" select="if (../@role = 'label') then 'col' else 'row'"/>
      </xsl:if>
      <xsl:sequence select="f:span('colspan', @cols), f:span('rowspan', @rows)"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:entry" match="tei:row/node()[not(self::tei:cell)]" as="element()">
    <td>
      <xsl:apply-templates mode="m:text" select="."/>
    </td>
  </xsl:template>

  <!-- How many columns or rows a cell takes; nonsense says nothing. -->
  <xsl:function name="f:span" as="attribute()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="number" as="xs:string?"/>
    <xsl:if test="matches($number, '^([2-9]|[1-9][0-9]{1,2})$')">
      <xsl:attribute name="{$name}" select="$number"/>
    </xsl:if>
  </xsl:function>

  <xsl:template mode="m:text" match="tei:row | tei:cell" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:figure" as="element()">
    <figure>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text"/>
    </figure>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:figDesc | tei:notatedMusic" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- A picture or a recording: shown when the edition holds it, else named, with a link when it lies on the web. No
       page asks another site for anything. -->
  <xsl:template mode="m:text" match="tei:graphic | tei:media | tei:binaryObject" as="element()">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="medium" as="map(*)?" select="@url ! f:medium(string(.))"/>
    <xsl:variable name="name" as="xs:string"
      select="string-join((l:label(if ($medium?kind = 'audio') then 'recording' else 'picture'), f:file-name(string(@url))), ': ')"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:choose>
        <xsl:when test="$medium?kind = 'audio'">
          <audio controls="controls" preload="none" src="{$medium?href}" aria-label="{$name}" data-generated=""/>
        </xsl:when>
        <xsl:when test="exists($medium) and not($in-link) and parent::tei:surface[exists(f:map-of(.))]">
          <a class="picture" href="{$medium?href}" data-generated="">{$name}</a>
        </xsl:when>
        <xsl:when test="exists($medium) and not($in-link)">
          <a href="{$medium?href}" data-generated="">
            <xsl:sequence select="f:image($medium, (normalize-space(string-join(../tei:figDesc)), $name)[. != ''][1])"/>
          </a>
        </xsl:when>
        <xsl:when test="exists($medium)">
          <span data-generated="">
            <xsl:sequence select="f:image($medium, $name)"/>
          </span>
        </xsl:when>
        <xsl:when test="f:is-web(string(@url)) and not(starts-with(lower-case(@url), 'mailto:')) and not($in-link)">
          <a class="picture" data-generated="" href="{@url}" rel="noopener">[{$name}]</a>
        </xsl:when>
        <xsl:otherwise>
          <span class="picture" data-generated="">[{$name}]</span>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- The picture or recording of the edition that $pointer means, from the page facts. -->
  <xsl:function name="f:medium" as="map(*)?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="$v:media($pointer)[f:is-relative(string(?href))]"/>
  </xsl:function>

  <xsl:variable name="v:media" as="map(xs:string, map(*))" select="map:merge($v:facts?media?* ! map:entry(?ref, .))"/>

  <xsl:function name="f:image" as="element()">
    <xsl:param name="medium" as="map(*)"/>
    <xsl:param name="words" as="xs:string"/>
    <img src="{$medium?href}" alt="{$words}" loading="lazy">
      <xsl:if test="$medium?width gt 0">
        <xsl:attribute name="width" select="xs:integer($medium?width)"/>
        <xsl:attribute name="height" select="xs:integer($medium?height)"/>
      </xsl:if>
    </img>
  </xsl:function>

  <!-- The last step of an address or path, when it looks like the name of a file. -->
  <xsl:function name="f:file-name" as="xs:string?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="name" as="xs:string" select="replace(replace($address, '[?#].*$', '', 's'), '^.*[/\\:]', '', 's')"/>
    <xsl:sequence select="$name[matches(., '^[^&lt;&gt;,;\s]{1,80}$')][not(starts-with($address, 'data:'))]"/>
  </xsl:function>

  <!-- A formula in a notation of its own, like TeX, is set as code. -->
  <xsl:template mode="m:text" match="tei:formula" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="if (@notation) then 'code' else 'span'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- MathML that presents a formula, copied without attributes; one unknown element and it is text like others. -->
  <xsl:variable name="v:mathml" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mfenced
    mstyle mpadded mphantom') ! map:entry(., true()))"/>

  <xsl:template mode="m:text" as="element()"
    match="mml:math[every $part in .//* satisfies $part/self::mml:*[map:contains($v:mathml, local-name())]]">
    <math xmlns="http://www.w3.org/1998/Math/MathML">
      <xsl:apply-templates mode="m:math"/>
    </math>
  </xsl:template>

  <xsl:template mode="m:math" match="mml:*" as="element()">
    <xsl:element name="{local-name()}" namespace="http://www.w3.org/1998/Math/MathML">
      <xsl:apply-templates mode="m:math"/>
    </xsl:element>
  </xsl:template>

  <xsl:template mode="m:math" match="text()" as="text()">
    <xsl:sequence select="."/>
  </xsl:template>

  <xsl:template mode="m:math" match="comment() | processing-instruction()" as="empty-sequence()">
    <xsl:sequence select="()"/>
  </xsl:template>

</xsl:stylesheet>
