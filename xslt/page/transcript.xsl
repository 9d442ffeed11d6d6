<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of the document. Whatever stands in the article and is not marked as generated is the source's own. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template name="t:transcript" as="element()">
    <article class="text">
      <xsl:sequence select="f:text-language(*)"/>
      <xsl:if test="$v:record?transcript = 'none'">
        <xsl:call-template name="t:no-transcript"/>
      </xsl:if>
      <xsl:call-template name="t:recordings"/>
      <xsl:apply-templates mode="m:text"/>
    </article>
  </xsl:template>

  <!-- The language of the text: what the document says, else the record's only language. -->
  <xsl:function name="f:text-language" as="attribute()*">
    <xsl:param name="document" as="element()"/>
    <xsl:variable name="stated" as="xs:string?" select="($document/@xml:lang, $document/tei:text/@xml:lang)[1]"/>
    <xsl:sequence select="f:in-language(string(($stated, $v:record?languages[array:size(.) = 1]?*)[1]))"/>
  </xsl:function>

  <!-- A document that is only recorded: say so, and where a reader finds it. -->
  <xsl:template name="t:no-transcript" as="element()">
    <div class="no-transcript" data-generated="">
      <p>{l:label('no-transcript')}</p>
      <xsl:choose>
        <xsl:when test="f:is-web(string($v:record?online))">
          <p>
            <xsl:text>{l:label('read-online')} </xsl:text>
            <a href="{$v:record?online}" rel="noopener">{replace($v:record?online, '^https?://(www\.)?', '', 'i')}</a>
          </p>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$v:record?holdings?*?repository[. != ''][1]">
            <p>{l:label('read-at')} {.}.</p>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- Shown only where the text has more than one reading; works without a script (see the stylesheet). -->
  <xsl:template name="t:readings-switch" as="element()?">
    <xsl:if test="exists(*/(* except tei:teiHeader)/descendant-or-self::*[f:folded(.) or f:is-hyphenated(.)])">
      <fieldset class="readings-switch" data-generated="">
        <legend>{l:label('readings')}</legend>
        <xsl:for-each select="'edited', 'source', 'both'">
          <xsl:text> </xsl:text>
          <span>
            <input type="radio" name="readings" id="readings-{.}">
              <xsl:if test=". = ('source'[$v:is-diplomatic], 'edited')[1]">
                <xsl:attribute name="checked" select="'checked'"/>
              </xsl:if>
            </input>
            <label for="readings-{.}">{l:label('readings-' || .)}</label>
          </span>
        </xsl:for-each>
      </fieldset>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
