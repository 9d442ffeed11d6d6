<?xml version="1.0" encoding="UTF-8"?>
<!-- An address that a document had: readers and browsers are led to the new one; a document that is gone says so. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'former']" mode="m:title" as="xs:string">
    <xsl:sequence select="?label"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'former']" mode="m:heading" as="element()*">
    <h1 dir="auto">{?label}</h1>
  </xsl:template>

  <xsl:template match=".[?kind = 'former'][?target = '']" mode="m:body" priority="2" as="element()*">
    <p data-generated="">{l:label('former-deleted')}</p>
  </xsl:template>

  <xsl:template match=".[?kind = 'former']" mode="m:body" as="element()*">
    <p data-generated="">
      <xsl:text>{l:label('former-moved')} </xsl:text>
      <a href="{?root}{string-join(tokenize(?target, '/') ! encode-for-uri(.), '/')}">{?label}</a>
    </p>
  </xsl:template>

</xsl:stylesheet>
