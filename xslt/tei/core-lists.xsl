<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, section 3.8: Lists. HTML lists hold items only: what else stands in a list goes with the next item. -->
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

  <!-- What comes before the first item (headings, a description) stands above the list. -->
  <xsl:template mode="m:text" match="tei:list" as="element()">
    <xsl:variable name="entries" as="node()*" select="node()[f:is-content(.)]"/>
    <xsl:variable name="first" as="element()?" select="(tei:item | tei:label)[1]"/>
    <div>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:apply-templates mode="m:text" select="if ($first) then $entries[. &lt;&lt; $first] else $entries"/>
      <xsl:if test="exists($first)">
        <xsl:call-template name="t:items">
          <xsl:with-param name="entries" select="$entries[. is $first or . &gt;&gt; $first]"/>
        </xsl:call-template>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- True for a node that has something to show where only elements are expected. -->
  <xsl:function name="f:is-content" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node instance of element() or $node instance of text() and normalize-space($node) != ''"/>
  </xsl:function>

  <!-- A glossary list has terms and explanations; others are numbered or not. -->
  <xsl:template name="t:items" as="element()">
    <xsl:param name="entries" as="node()*" required="yes"/>
    <xsl:variable name="tag" as="xs:string" select="
      if (tei:label) then 'dl'
      else if (tokenize(@rend || ' ' || @type) = ('ordered', 'numbered')) then 'ol'
      else 'ul'"/>
    <xsl:element name="{$tag}">
      <xsl:for-each-group select="$entries" group-ending-with="tei:item">
        <xsl:choose>
          <xsl:when test="$tag = 'dl'">
            <xsl:call-template name="t:gloss-entry"/>
          </xsl:when>
          <xsl:otherwise>
            <li>
              <xsl:apply-templates mode="m:attributes" select="current-group()[self::tei:item]"/>
              <xsl:for-each select="current-group()[self::tei:item]/@n[$tag = 'ol'][matches(., '^[0-9]{1,6}$')]">
                <xsl:attribute name="value" select="xs:integer(.)"/>
              </xsl:for-each>
              <xsl:apply-templates mode="m:entry" select="current-group()"/>
            </li>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>

  <!-- Labels up to an item, and the item. Whatever stands between two labels goes with the first. -->
  <xsl:template name="t:gloss-entry" as="element()*">
    <xsl:for-each-group select="current-group()[not(self::tei:item)]" group-starting-with="tei:label">
      <dt>
        <xsl:apply-templates mode="m:attributes" select="current-group()[self::tei:label]"/>
        <xsl:apply-templates mode="m:entry" select="current-group()"/>
      </dt>
    </xsl:for-each-group>
    <xsl:for-each select="current-group()[self::tei:item]">
      <dd>
        <xsl:apply-templates mode="m:attributes" select="."/>
        <xsl:apply-templates mode="m:entry" select="."/>
      </dd>
    </xsl:for-each>
  </xsl:template>

  <xsl:template mode="m:entry" match="tei:list/tei:item | tei:list/tei:label" as="node()*">
    <xsl:apply-templates mode="m:text"/>
  </xsl:template>

  <xsl:template mode="m:entry" match="tei:list/node()[not(self::tei:item or self::tei:label)]" as="node()*">
    <xsl:apply-templates mode="m:text" select="."/>
  </xsl:template>

  <xsl:template mode="m:text" match="tei:item | tei:headLabel | tei:headItem" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

</xsl:stylesheet>
