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

  <!-- True when nothing to read stands before $point in its parent, which is a block. -->
  <xsl:function name="f:opens-block" as="xs:boolean">
    <xsl:param name="point" as="element()"/>
    <xsl:sequence select="$point/parent::* ! f:is-block(.)
      and empty($point/preceding-sibling::node()[f:is-content(.)][not(self::tei:pb or self::tei:cb or self::tei:milestone)])"/>
  </xsl:function>

  <!-- The beginning of a page, column or other unit, by its number. -->
  <xsl:template mode="m:text" match="tei:pb | tei:cb | tei:gb | tei:milestone" as="element()">
    <span data-generated="">
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:variable name="number" as="xs:string" select="normalize-space(@n)"/>
      <xsl:if test="$number != ''">{l:label('break-' || local-name(), $number)}</xsl:if>
    </span>
  </xsl:template>

  <!-- What the transcript leaves out. In a document that has no transcript the page has said so already. -->
  <xsl:template mode="m:text" match="tei:gap" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="not($v:record?transcript = 'none')">
        <span data-generated="">[{f:gap-words(.)}]</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

  <!-- "… illegible, 3 words", of what the encoding states. -->
  <xsl:function name="f:gap-words" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:variable name="extent" as="xs:string" select="normalize-space(
      ($gap/@extent[not(. castable as xs:decimal)],
       string-join(($gap/@quantity, $gap/@extent, $gap/@unit), ' '))[. != ''][1])"/>
    <xsl:variable name="words" as="xs:string*" select="(normalize-space($gap/@reason), $extent)[. != '']"/>
    <xsl:sequence select="string-join(('…', string-join($words, ', ') => translate('_', ' '))[. != ''], ' ')"/>
  </xsl:function>

  <xsl:template mode="m:text" match="tei:anchor | tei:fw" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- A space that the encoding marks is a space to the reader; its own text, a description, stays. -->
  <xsl:template mode="m:text" match="tei:space" as="element()">
    <span>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <span data-generated="">{' '}</span>
      <xsl:apply-templates mode="m:text"/>
    </span>
  </xsl:template>

</xsl:stylesheet>
