<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.11: Reference Systems, and what is not there to be read (3.5.3 and chapter 12: gap, space). -->
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

  <!-- A new line. Within a word, at the very start of a block and between blocks there is none to see. -->
  <xsl:template mode="m:text" match="tei:lb" as="element()">
    <xsl:choose>
      <xsl:when test="@break = 'no' or parent::* ! f:is-structure(.)">
        <span data-break="no">
          <xsl:apply-templates mode="m:attributes" select="."/>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <br>
          <xsl:apply-templates mode="m:attributes" select=".">
            <xsl:with-param name="class" select="'lb', if (f:opens-block(.)) then 'first' else ()"/>
          </xsl:apply-templates>
        </br>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The hyphen at the end of a line, page or column that breaks no word: the reading text goes without it. -->
  <xsl:template mode="m:text" as="node()*" priority="2" match="text()[following-sibling::node()[1][self::tei:lb or self::tei:pb or self::tei:cb] ! f:is-hyphenated(.)]">
    <xsl:variable name="end" as="xs:integer" select="string-length(.)"/>
    <xsl:value-of select="substring(., 1, $end - 1)"/>
    <span class="of-source{' folded'[not($v:is-diplomatic)]}">{substring(., $end)}</span>
  </xsl:template>

  <!-- True for a break within a word that has a hyphen right before it. -->
  <xsl:function name="f:is-hyphenated" as="xs:boolean">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="before" as="text()?" select="$break[@break = 'no'][self::tei:lb or self::tei:pb or self::tei:cb]
      /preceding-sibling::node()[1][self::text()]"/>
    <xsl:sequence select="matches(substring($before, string-length($before) - 1), '^\S[\-‐¬⸗=]$')"/>
  </xsl:function>

  <!-- True when nothing to read stands before $point in its parent, which is a block. -->
  <xsl:function name="f:opens-block" as="xs:boolean">
    <xsl:param name="point" as="element()"/>
    <xsl:sequence select="$point/parent::* ! f:is-block(.)
      and empty($point/preceding-sibling::node()[f:is-content(.)][not(self::tei:pb or self::tei:cb or self::tei:milestone)])"/>
  </xsl:function>

  <!-- The beginning of a page, column or other unit, by its number, which can be linked to. -->
  <xsl:template mode="m:text" match="tei:pb | tei:cb | tei:gb | tei:milestone" as="element()">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="id" as="xs:string?" select="(f:html-id(.), f:break-id(.))[1]"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space(@n)"/>
    <span data-generated="">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:where-populated>
        <xsl:attribute name="id" select="$id"/>
      </xsl:where-populated>
      <xsl:choose>
        <xsl:when test="$number = ''"/>
        <xsl:when test="empty($id) or $in-link">{l:label('break-' || local-name(), $number)}</xsl:when>
        <xsl:otherwise>
          <a href="#{$id}">{l:label('break-' || local-name(), $number)}</a>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="not($in-link)">
        <xsl:sequence select="f:facsimile-of(.)"/>
      </xsl:if>
    </span>
  </xsl:template>

  <xsl:key name="v:breaks" match="tei:pb | tei:milestone" use="local-name() || ' ' || normalize-space(@n)"/>

  <!-- An id made of the number, for the first page or section that has it: "page-12". -->
  <xsl:function name="f:break-id" as="xs:string?">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space($break/@n)"/>
    <xsl:variable name="first" as="element()?" select="key('v:breaks', local-name($break) || ' ' || $number, root($break))[1]"/>
    <xsl:sequence select="(if ($break/self::tei:pb) then 'page-' else 'milestone-')[$first is $break]
      [matches($number, '^[A-Za-z0-9._\-]{1,40}$')] ! (. || $number)"/>
  </xsl:function>

  <!-- What the transcript leaves out. In a document that has no transcript the page has said so already. -->
  <xsl:template mode="m:text" match="tei:gap" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="'gap', 'redaction'[f:is-redaction(current())]"/>
      </xsl:apply-templates>
      <xsl:if test="not($v:record?transcript = 'none')">
        <xsl:sequence select="f:bars(.)"/>
        <span data-generated="">[{f:gap-words(.)}{if (normalize-space()) then ': ' else ']'}</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
      <xsl:if test="normalize-space() and not($v:record?transcript = 'none')">
        <span data-generated="">]</span>
      </xsl:if>
    </span>
  </xsl:template>

  <!-- "… illegible, 3 words", of what the encoding states. -->
  <xsl:function name="f:gap-words" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:variable name="extent" as="xs:string" select="normalize-space(
      ($gap/@extent[not(. castable as xs:decimal)],
       string-join(($gap/@quantity, $gap[@atLeast and @atMost]/string-join((@atLeast, @atMost), '–'), $gap/@extent, $gap/@unit ! f:word('unit-words-', string())), ' '))[. != ''][1])"/>
    <xsl:variable name="words" as="xs:string*" select="(normalize-space($gap/@reason), $extent)[. != '']"/>
    <xsl:sequence select="string-join(('…', string-join($words, ', ') => translate('_', ' '))[. != ''], ' ')"/>
  </xsl:function>

  <!-- True where somebody took the words out on purpose. -->
  <xsl:function name="f:is-redaction" as="xs:boolean">
    <xsl:param name="gap" as="element()"/>
    <xsl:sequence select="matches($gap/@reason, 'redact|classified|sanitiz|sanitis|excis|withheld|censor', 'i')"/>
  </xsl:function>

  <!-- A redaction as it looks on the paper: bars as long as the encoding says, within reason. -->
  <xsl:function name="f:bars" as="element()*">
    <xsl:param name="gap" as="element()"/>
    <xsl:variable name="unit" as="xs:string" select="lower-case($gap/@unit)"/>
    <xsl:variable name="many" as="xs:integer" select="f:quantity($gap, 1)"/>
    <xsl:variable name="lines" as="xs:boolean" select="starts-with($unit, 'line')"/>
    <xsl:variable name="length" as="xs:integer" select="
      if ($lines) then 48 else if (starts-with($unit, 'word')) then min((48, 6 * $many))
      else if (matches($unit, '^(char|letter)')) then min((48, $many)) else 8"/>
    <xsl:if test="f:is-redaction($gap)">
      <xsl:for-each select="1 to (if ($lines) then min((12, $many)) else 1)">
        <span class="bar{' line'[$lines]}" data-generated="" aria-hidden="true">{string-join((1 to $length) ! '█')}</span>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <!-- How many units an element counts: @quantity, or an @extent that is a number; else $default. -->
  <xsl:function name="f:quantity" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="default" as="xs:integer"/>
    <xsl:sequence select="(($element/@quantity, $element/@extent)[matches(., '^[1-9][0-9]{0,3}$')] ! xs:integer(.), $default)[1]"/>
  </xsl:function>

  <xsl:template mode="m:text" match="tei:fw" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- As much blank as the encoding counts in letters, within reason; else one. -->
  <xsl:function name="f:blank" as="xs:string">
    <xsl:param name="space" as="element()"/>
    <xsl:variable name="many" as="xs:integer" select="if (matches($space/@unit, '^(char|letter)')) then f:quantity($space, 1) else 1"/>
    <xsl:sequence select="if ($many = 1) then ' ' else string-join((1 to min((40, $many))) ! '&#xA0;')"/>
  </xsl:function>

  <!-- A space that the encoding marks is a space to the reader; its own text, a description, stays. -->
  <xsl:template mode="m:text" match="tei:space" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <span data-generated="">{f:blank(.)}{'['[current()[normalize-space()]]}</span>
      <xsl:apply-templates mode="m:text"/>
      <xsl:if test="normalize-space()">
        <span data-generated="">]</span>
      </xsl:if>
    </span>
  </xsl:template>

</xsl:stylesheet>
