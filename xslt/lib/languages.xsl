<?xml version="1.0" encoding="UTF-8"?>
<!-- Languages of the text: `lang`, and the direction in which a language is written. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Languages written from right to left unless a script subtag says otherwise. -->
  <xsl:variable name="v:right-to-left" as="xs:string+"
    select="tokenize('he heb yi yid ar ara fa fas per ur urd syr syc arc ps ckb dv ota')"/>

  <xsl:function name="f:direction" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="subtags" as="xs:string*" select="tokenize(lower-case($language), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$subtags[position() gt 1][matches(., '^[a-z]{4}$')][1]"/>
    <xsl:sequence select="
      if (($script, $subtags[1])[1] = ($v:right-to-left, 'hebr', 'arab', 'syrc', 'thaa')) then 'rtl' else 'ltr'"/>
  </xsl:function>

  <!-- `lang` and `dir` for what $element says of its language; a value that is no language tag says nothing. -->
  <xsl:function name="f:language-attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="language" as="xs:string" select="string($element/@xml:lang)"/>
    <xsl:if test="f:is-language($language)">
      <xsl:attribute name="lang" select="$language"/>
      <xsl:attribute name="dir" select="f:direction($language)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:is-language" as="xs:boolean">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:sequence select="matches($tag, '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')"/>
  </xsl:function>

</xsl:stylesheet>
