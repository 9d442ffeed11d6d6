<?xml version="1.0" encoding="UTF-8"?>
<!-- Source, rights, series, profile (TEI Guidelines, 2.2.5 to 2.2.8, 2.4, and 11 Manuscript Description). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:function name="r:series" as="map(xs:string, item()*)">
    <xsl:param name="header" as="element()?"/>
    <xsl:variable name="title" as="element()?" select="($header/fileDesc/seriesStmt/title)[1]"/>
    <xsl:variable name="number" as="xs:string" select="string(($header/fileDesc/seriesStmt/biblScope[@unit = 'item']/@n)[1])"/>
    <xsl:map>
      <xsl:map-entry key="'collection'" select="r:text($title)"/>
      <xsl:map-entry key="'membership'" select="
        if (empty($title/@cert)) then ''
        else string((map { 'high': 'certain', 'medium': 'probable', 'low': 'possible' }(string($title/@cert)), 'unknown')[1])"/>
      <xsl:map-entry key="'order'" select="if ($number castable as xs:integer) then xs:integer($number) else ()"/>
    </xsl:map>
  </xsl:function>

  <xsl:function name="r:source" as="map(xs:string, item()*)">
    <xsl:param name="header" as="element()?"/>
    <xsl:variable name="source" as="element()*" select="$header/fileDesc/sourceDesc"/>
    <xsl:map>
      <xsl:map-entry key="'holdings'" select="array { $source//msIdentifier ! r:holding(.) }"/>
      <xsl:map-entry key="'extent'" select="r:first(($source//physDesc//extent, $header/fileDesc/extent))"/>
      <xsl:map-entry key="'classification'" select="
        r:first(($source//note[@type = 'classification'], $header/../text//*[@type = 'classification'][self::note or self::stamp or self::seg or self::label or self::ab]))"/>
      <xsl:map-entry key="'online'" select="string(($source//bibl[@type = 'online']//(ref | ptr)/@target)[1])"/>
      <xsl:map-entry key="'notes'" select="array {
        $header/fileDesc/notesStmt/note[r:text(.) ne ''] ! map { 'type': string((@type, 'general')[1]), 'text': r:text(.) },
        $source//note[@type = 'copy-number'] ! map { 'type': 'copy-number', 'text': r:text(.) } }"/>
      <xsl:map-entry key="'relations'" select="array { r:relations($header) }"/>
    </xsl:map>
  </xsl:function>

  <xsl:function name="r:holding" as="map(xs:string, item()*)">
    <xsl:param name="identifier" as="element()"/>
    <xsl:variable name="shelfmark" as="element()?" select="
      ($identifier/idno[@type = 'shelfmark'], $identifier/idno, $identifier/altIdentifier/idno)[1]"/>
    <xsl:sequence select="map {
      'repository': r:first(($identifier/repository, $identifier/institution)),
      'settlement': r:first($identifier/settlement),
      'collection': r:first($identifier/collection),
      'shelfmark': r:text($shelfmark),
      'parts': array { $shelfmark/descendant::idno ! map { 'unit': string(@type), 'value': r:text(.) } }
    }"/>
  </xsl:function>

  <xsl:function name="r:relations" as="map(xs:string, xs:string)*">
    <xsl:param name="header" as="element()?"/>
    <xsl:for-each select="$header//(relatedItem[@target] | correspContext/(ref | ptr)[@target])">
      <xsl:variable name="name" as="xs:string" select="string((@type, 'related')[1])"/>
      <xsl:variable name="label" as="xs:string" select="r:text(.)"/>
      <xsl:sequence select="r:pointers(@target) ! map { 'name': $name, 'target': ., 'label': $label }"/>
    </xsl:for-each>
    <xsl:for-each select="$header/../(., text)/@corresp ! r:pointers(.)[not(starts-with(., '#'))]">
      <xsl:sequence select="map { 'name': 'corresponds-to', 'target': ., 'label': '' }"/>
    </xsl:for-each>
    <!-- A document that no edition holds is described. -->
    <xsl:for-each select="$header//relatedItem[not(@target)][bibl]">
      <xsl:sequence select="map { 'name': string((@type, 'related')[1]), 'target': '', 'label': r:text(bibl[1]) }"/>
    </xsl:for-each>
    <xsl:for-each select="$header/..//listRelation/relation[@name][@passive]">
      <xsl:variable name="name" as="xs:string" select="string(@name)"/>
      <xsl:sequence select="r:pointers(@passive) ! map { 'name': $name, 'target': ., 'label': '' }"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="r:rights" as="map(xs:string, item()*)">
    <xsl:param name="header" as="element()?"/>
    <xsl:variable name="availability" as="element()?" select="($header/fileDesc/publicationStmt/availability)[1]"/>
    <xsl:map>
      <xsl:map-entry key="'rights'" select="r:first(($availability/licence, $availability))"/>
      <xsl:map-entry key="'rights_url'" select="string(($availability/licence/@target)[1])"/>
      <xsl:map-entry key="'access'" select="string($availability/@status)"/>
    </xsl:map>
  </xsl:function>

  <xsl:function name="r:profile" as="map(xs:string, item()*)">
    <xsl:param name="tei" as="element()"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="profile" as="element()?" select="$tei/teiHeader/profileDesc"/>
    <xsl:variable name="abstract" as="element()?" select="($profile/abstract)[$unit = 'TEI'][1]"/>
    <xsl:map>
      <xsl:map-entry key="'languages'" select="array { r:languages($tei) }"/>
      <xsl:map-entry key="'abstract'" select="r:text($abstract)"/>
      <xsl:map-entry key="'abstract_source'" select="r:source-of($abstract)"/>
      <xsl:map-entry key="'transcript'" select="r:transcript($tei)"/>
      <xsl:map-entry key="'status'" select="string($tei/teiHeader/revisionDesc/@status)"/>
    </xsl:map>
  </xsl:function>

  <!-- Where an abstract comes from: the words of what its pointer leads to in the header, else the pointer. -->
  <xsl:function name="r:source-of" as="xs:string">
    <xsl:param name="abstract" as="element()?"/>
    <xsl:variable name="pointer" as="xs:string" select="string(($abstract/@source, $abstract/@resp)[1])"/>
    <xsl:variable name="meant" as="element()*" select="
      $abstract/ancestor::teiHeader//*[@xml:id][starts-with($pointer, '#')][@xml:id = substring($pointer, 2)]"/>
    <xsl:sequence select="if (exists($meant)) then r:first($meant) else $pointer"/>
  </xsl:function>

  <xsl:function name="r:languages" as="xs:string*">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="stated" as="xs:string*" select="$tei/teiHeader/profileDesc/langUsage/language/@ident ! string()"/>
    <xsl:sequence select="
      distinct-values(if (exists($stated)) then $stated else ($tei/text/@xml:lang, $tei/@xml:lang)[1] ! string())"/>
  </xsl:function>

  <!-- none: not a word is held. partial: a gap says that the editors left something out. -->
  <xsl:function name="r:transcript" as="xs:string">
    <xsl:param name="tei" as="element()"/>
    <xsl:sequence select="
      if (empty(($tei/* except $tei/teiHeader)//text()[normalize-space()])) then 'none'
      else if ($tei//gap[@reason = ('editorial', 'not-transcribed', 'not-held', 'omitted')]) then 'partial'
      else 'full'"/>
  </xsl:function>
</xsl:stylesheet>
