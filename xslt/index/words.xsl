<?xml version="1.0" encoding="UTF-8"?>
<!-- The tool's own words, with numbers and names put in. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- "1 document", "12 documents". -->
  <xsl:function name="f:documents" as="xs:string">
    <xsl:param name="count" as="xs:double"/>
    <xsl:sequence select="if ($count = 1) then l:label('document-count-one') else l:label('document-count', f:plain($count))"/>
  </xsl:function>

  <!-- The label for what a source says in a fixed vocabulary (`role-author`), else the source's own word. -->
  <xsl:function name="f:term" as="xs:string">
    <xsl:param name="family" as="xs:string"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$family || '-' || lower-case($word)"/>
    <xsl:sequence select="if (l:known($key)) then l:label($key) else $word"/>
  </xsl:function>

  <xsl:function name="f:month" as="xs:string">
    <xsl:param name="month" as="xs:string"/>
    <xsl:sequence select="l:label(if ($month = '') then 'month-none' else 'month-' || $month)"/>
  </xsl:function>

</xsl:stylesheet>
