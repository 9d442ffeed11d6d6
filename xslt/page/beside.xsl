<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands beside the text of a document: standOff, sourceDoc, facsimile. Readers and programs that want the text
     alone pass over it as over all that is generated; `data-source` names the part, and the proof compares it with that. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template mode="m:text" priority="10" as="element()?" match="
    (tei:TEI | tei:teiCorpus)/*[not(self::tei:teiHeader or self::tei:text or self::tei:TEI or self::tei:teiCorpus)]">
    <xsl:variable name="shown" as="node()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:where-populated>
      <div class="beside" data-generated="" data-source="{local-name()}">
        <xsl:sequence select="$shown"/>
      </div>
    </xsl:where-populated>
  </xsl:template>

  <!-- A text in none of the parts, which no schema allows. -->
  <xsl:template mode="m:text" match="(tei:TEI | tei:teiCorpus)/text()[normalize-space()]" as="element()">
    <span class="beside" data-generated="" data-source="{local-name(..)}">{.}</span>
  </xsl:template>

</xsl:stylesheet>
