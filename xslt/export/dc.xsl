<?xml version="1.0" encoding="UTF-8"?>
<!-- Dublin Core, the fifteen elements, as OAI-PMH carries them (oai_dc). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="xs f m"
  expand-text="yes">

  <xsl:template match=".[?form = 'dc']" mode="m:file" as="element()">
    <xsl:variable name="record" as="map(*)" select="?record"/>
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <oai_dc:dc xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/
      http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
      <dc:title>{$record?title}</dc:title>
      <xsl:sequence select="$record?subtitles?* ! f:dc('title', .)"/>
      <xsl:sequence select="f:creators($record) ! f:dc('creator', ?name)"/>
      <xsl:sequence select="f:subjects($record)[?kind != 'place'] ! f:dc('subject', ?name)"/>
      <xsl:sequence select="f:dc('description', $record?abstract)"/>
      <xsl:sequence select="$record?notes?* ! f:dc('description', ?text)"/>
      <xsl:sequence select="f:dc('publisher', $edition?publisher)"/>
      <xsl:sequence select="f:contributors($record) ! f:dc('contributor', ?name)"/>
      <xsl:sequence select="f:dc('date', f:iso($record?date))"/>
      <xsl:sequence select="f:dc('type', $record?type)"/>
      <dc:type>Text</dc:type>
      <dc:format>application/tei+xml</dc:format>
      <xsl:sequence select="f:dc('format', $record?extent)"/>
      <dc:identifier>{f:identifier(.)}</dc:identifier>
      <xsl:sequence select="$record?identifiers?* ! f:dc('identifier', ?value)"/>
      <xsl:sequence select="f:dc('identifier', $record?online)"/>
      <xsl:sequence select="$record?holdings?* ! f:dc('source', f:holding(.))"/>
      <xsl:sequence select="$record?languages?* ! f:dc('language', ?tag)"/>
      <xsl:sequence select="f:dc('relation', $record?collection)"/>
      <xsl:sequence select="$record?relations?* ! f:dc('relation', f:related(., $edition))"/>
      <xsl:sequence select="f:subjects($record)[?kind = 'place'] ! f:dc('coverage', ?name)"/>
      <xsl:sequence select="f:dc('rights', $record?rights)"/>
      <xsl:sequence select="f:dc('rights', $record?rights_url)"/>
      <xsl:sequence select="f:dc('rights', $record?access)"/>
      <xsl:sequence select="f:dc('rights', $record?classification)"/>
    </oai_dc:dc>
  </xsl:template>

  <xsl:function name="f:dc" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="f:stated(QName('http://purl.org/dc/elements/1.1/', 'dc:' || $element), $text)"/>
  </xsl:function>

  <!-- A related document by its address or id, one outside the edition by what the source says of it. -->
  <xsl:function name="f:related" as="xs:string">
    <xsl:param name="related" as="map(*)"/>
    <xsl:param name="edition" as="map(*)"/>
    <xsl:sequence select="(f:related-address($related, $edition), $related?label)[. != ''][1]"/>
  </xsl:function>

</xsl:stylesheet>
