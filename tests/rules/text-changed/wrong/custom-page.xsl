<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
    xmlns="http://www.w3.org/1999/xhtml"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:regesta:mode"
    xmlns:t="urn:regesta:template"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all"
    expand-text="yes">

  <xsl:template match="hi" mode="m:text">
    <em>{upper-case(.)}</em>
  </xsl:template>
</xsl:stylesheet>
