<?xml version="1.0" encoding="UTF-8"?>
<!-- What several formats ask of a record: addresses, ranges of dates, names by what they did. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:variable name="v:creators" as="xs:string*" select="'author', 'sender'"/>
  <xsl:variable name="v:agents" as="xs:string*" select="'person', 'organisation'"/>

  <!-- An element with text, or nothing where nothing is stated. -->
  <xsl:function name="f:stated" as="element()?">
    <xsl:param name="name" as="xs:QName"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="$text != ''">
      <xsl:element name="{$name}" namespace="{namespace-uri-from-QName($name)}">{$text}</xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- A date as one ISO 8601 value: a day, or a range with an open end where one is not known. -->
  <xsl:function name="f:iso" as="xs:string">
    <xsl:param name="date" as="map(*)?"/>
    <xsl:sequence select="if (empty($date) or $date?start || $date?end = '') then ''
      else if ($date?start = $date?end) then $date?start
      else $date?start || '/' || $date?end"/>
  </xsl:function>

  <!-- What a reader is shown of a date. -->
  <xsl:function name="f:written" as="xs:string">
    <xsl:param name="date" as="map(*)?"/>
    <xsl:sequence select="if (empty($date)) then '' else if ($date?written != '') then $date?written else f:iso($date)"/>
  </xsl:function>

  <xsl:function name="f:creators" as="map(*)*">
    <xsl:param name="record" as="map(*)"/>
    <xsl:sequence select="$record?names?*[?kind = $v:agents][?roles?* = $v:creators]"/>
  </xsl:function>

  <!-- Persons and organisations with another part in the document: addressee, translator, participant. -->
  <xsl:function name="f:contributors" as="map(*)*">
    <xsl:param name="record" as="map(*)"/>
    <xsl:sequence select="$record?names?*[?kind = $v:agents][not(?roles?* = ($v:creators, 'mentioned'))]"/>
  </xsl:function>

  <!-- What the document speaks of: names with no part in it, places, events, terms. -->
  <xsl:function name="f:subjects" as="map(*)*">
    <xsl:param name="record" as="map(*)"/>
    <xsl:sequence select="$record?names?*[not(?kind = $v:agents) or ?roles?* = 'mentioned'][not(?roles?* = $v:creators)]"/>
  </xsl:function>

  <!-- The address that identifies an entity elsewhere (VIAF, GND, Wikidata …). -->
  <xsl:function name="f:authority" as="xs:string?">
    <xsl:param name="name" as="map(*)"/>
    <xsl:sequence select="$name?authority[. != '']"/>
  </xsl:function>

  <!-- The place of the original in words: archive, then the shelfmark as it is cited. -->
  <xsl:function name="f:holding" as="xs:string">
    <xsl:param name="holding" as="map(*)"/>
    <xsl:sequence select="string-join(
      ($holding?repository, $holding?settlement, $holding?collection, f:shelfmark($holding))[. != ''], ', ')"/>
  </xsl:function>

  <!-- The parts of a statement of where a witness lies, each with what it is. -->
  <xsl:function name="f:holding-parts" as="map(*)*">
    <xsl:param name="holding" as="map(*)"/>
    <xsl:sequence select="('repository', 'settlement', 'collection', 'shelfmark')[$holding(.) != '']
      ! map { 'label': ., 'value': $holding(.) }"/>
    <xsl:sequence select="$holding?parts?* ! map { 'label': 'part: ' || ?unit, 'value': ?value }"/>
  </xsl:function>

  <xsl:function name="f:shelfmark" as="xs:string">
    <xsl:param name="holding" as="map(*)"/>
    <xsl:sequence select="if ($holding?shelfmark != '') then $holding?shelfmark
      else string-join($holding?parts?* ! (?unit || ' ' || ?value), ', ')"/>
  </xsl:function>

  <!-- The address of a file of the site; nothing where the edition does not say where it stands. -->
  <xsl:function name="f:address" as="xs:string">
    <xsl:param name="edition" as="map(*)"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="if ($edition?url = '') then ''
      else $edition?url || string-join(tokenize($path, '/') ! encode-for-uri(.), '/')"/>
  </xsl:function>

  <!-- What leads to another document: the address of its page, else its id, else what the record points to. -->
  <xsl:function name="f:related-address" as="xs:string">
    <xsl:param name="related" as="map(*)"/>
    <xsl:param name="edition" as="map(*)"/>
    <xsl:variable name="page" as="xs:string"
      select="if ($related?id = '') then '' else f:address($edition, 'documents/' || $related?id || '.html')"/>
    <xsl:sequence select="string(($page, $related?id, $related?target)[. != ''][1])"/>
  </xsl:function>

  <!-- How the edition names a document to others: its page where that has an address, else its id. -->
  <xsl:function name="f:identifier" as="xs:string">
    <xsl:param name="model" as="map(*)"/>
    <xsl:variable name="page" as="xs:string" select="f:address($model?edition, $model?record?page)"/>
    <xsl:sequence select="if ($page != '') then $page else $model?record?id"/>
  </xsl:function>

</xsl:stylesheet>
