<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, chapter 23: Documentation Elements. Tags that a text talks about get their brackets from the page. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:teix="http://www.tei-c.org/ns/Examples"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" match="tei:code | tei:ident | tei:val | tei:att" as="element()">
    <xsl:call-template name="t:plain">
      <xsl:with-param name="inline" select="'code'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:gi | tei:tag" as="element()">
    <code>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <span data-generated="">&lt;</span>
      <xsl:apply-templates mode="m:text"/>
      <span data-generated="">&gt;</span>
    </code>
  </xsl:template>

  <xsl:template mode="m:text" as="element()" match="
    tei:eg | tei:exemplum | tei:remarks | tei:altIdent | tei:equiv | tei:classSpec | tei:elementSpec |
    tei:macroSpec | tei:moduleSpec | tei:dataSpec | tei:paramSpec | tei:paramList | tei:schemaSpec | tei:specGrp
    | tei:specGrpRef | tei:specList | tei:specDesc | tei:moduleRef | tei:elementRef | tei:classRef |
    tei:macroRef | tei:dataRef | tei:attRef | tei:listRef | tei:content | tei:alternate | tei:sequence |
    tei:empty | tei:anyElement | tei:textNode | tei:classes | tei:memberOf | tei:constraintSpec | tei:constraint
    | tei:attList | tei:attDef | tei:datatype | tei:defaultVal | tei:valDesc | tei:valList | tei:valItem">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- An example shows its markup. -->
  <xsl:template mode="m:text" match="teix:*" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates mode="m:attributes" select=".">
        <xsl:with-param name="class" select="if (self::teix:egXML) then 'egXML' else 'example'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:shown-tag(., '&lt;', @*)[not(current()/self::teix:egXML)]"/>
      <xsl:apply-templates mode="m:text"/>
      <xsl:sequence select="f:shown-tag(., '&lt;/', ())[not(current()/self::teix:egXML)]"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:shown-tag" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="open" as="xs:string"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:variable name="listed" as="xs:string*" select="$attributes ! (' ' || name() || '=&quot;' || . || '&quot;')"/>
    <span class="tag" data-generated="">{$open}{name($element)}{string-join($listed)}&gt;</span>
  </xsl:function>

</xsl:stylesheet>
