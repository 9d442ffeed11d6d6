<?xml version="1.0" encoding="UTF-8"?>
<!-- What this edition says on the pages of its index. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'entity'][?folder = 'organisations']" mode="m:heading" as="element()*">
    <xsl:next-match/>
    <p class="office" data-generated="">An office of the Foreign Ministry</p>
  </xsl:template>

</xsl:stylesheet>
