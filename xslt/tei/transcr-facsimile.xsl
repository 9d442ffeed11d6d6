<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI Guidelines, sections 12.1 and 12.2: Digital Facsimiles; surfaces and zones. A picture of the edition shows its
     zones as links to the text, and the text leads to them; of a picture at an IIIF server the very zone is linked.
     No page asks another site for anything. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:key name="v:by-facs" match="tei:*[@facs][not(ancestor-or-self::tei:teiHeader)]"
    use="tokenize(@facs)[starts-with(., '#')] ! substring(., 2)"/>

  <xsl:template mode="m:text" match="tei:sourceDoc | tei:facsimile | tei:surfaceGrp" as="element()">
    <xsl:call-template name="t:plain"/>
  </xsl:template>

  <!-- What the script says that opens pictures in a viewer. -->
  <xsl:template name="t:viewer-words" as="element()?">
    <xsl:if test="$v:facts?media?*?kind = 'image'">
      <div class="viewer-words" hidden="hidden" data-generated="" data-name="{l:label('viewer')}" data-close="{l:label('viewer-close')}"
        data-larger="{l:label('viewer-larger')}" data-smaller="{l:label('viewer-smaller')}"
        data-previous="{l:label('previous')}" data-next="{l:label('next')}"/>
    </xsl:if>
  </xsl:template>

  <!-- A surface with its picture: one with the zones drawn in it where their places are stated. -->
  <xsl:template mode="m:text" match="tei:surface" as="element()">
    <div>
      <xsl:apply-templates mode="m:attributes" select="."/>
      <xsl:if test="normalize-space(@n) != ''">
        <span class="surface-number" data-generated="">{@n}</span>
      </xsl:if>
      <xsl:sequence select="f:map-of(.)"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- A zone without words is seen in the picture only. -->
  <xsl:template mode="m:text" match="tei:zone" as="element()?">
    <xsl:if test="* or normalize-space(.) != '' or not(f:is-drawn(.))">
      <xsl:call-template name="t:plain"/>
    </xsl:if>
  </xsl:template>

  <!-- The picture of the edition that shows a surface. -->
  <xsl:function name="f:picture-of" as="map(*)?">
    <xsl:param name="surface" as="element(tei:surface)"/>
    <xsl:sequence select="($surface/tei:graphic/@url ! f:medium(string(.)))[?kind = 'image'][1]"/>
  </xsl:function>

  <!-- Four numbers: the left and upper edge of a surface or zone, its width and height; nothing where they make no box. -->
  <xsl:function name="f:box" as="xs:double*">
    <xsl:param name="area" as="element()"/>
    <xsl:variable name="points" as="xs:double*" select="f:points($area)"/>
    <xsl:variable name="across" as="xs:double*" select="$points[position() mod 2 = 1]"/>
    <xsl:variable name="down" as="xs:double*" select="$points[position() mod 2 = 0]"/>
    <xsl:variable name="edges" as="xs:double*" select="
      if (exists($points)) then (min($across), min($down), max($across), max($down))
      else (f:number($area/@ulx, 0), f:number($area/@uly, 0), f:number($area/@lrx, -1), f:number($area/@lry, -1))"/>
    <xsl:sequence select="
      ($edges[1], $edges[2], $edges[3] - $edges[1], $edges[4] - $edges[2])
      [$edges[3] gt $edges[1] and $edges[4] gt $edges[2]]"/>
  </xsl:function>

  <xsl:function name="f:number" as="xs:double">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:param name="default" as="xs:double"/>
    <xsl:sequence select="if (matches($value, '^-?\d{1,7}(\.\d{1,6})?$')) then xs:double($value) else $default"/>
  </xsl:function>

  <!-- The corners of @points, across and down in turn; nothing where they are no three points or more. -->
  <xsl:function name="f:points" as="xs:double*">
    <xsl:param name="area" as="element()"/>
    <xsl:variable name="numbers" as="xs:string*" select="tokenize($area/@points, '[\s,]+')[. != '']"/>
    <xsl:sequence select="
      $numbers[count($numbers) ge 6 and count($numbers) mod 2 = 0]
      [every $n in $numbers satisfies matches($n, '^-?\d{1,7}(\.\d{1,6})?$')] ! xs:double(.)"/>
  </xsl:function>

  <!-- The coordinates of a surface's picture: its own, else those of the picture in pixels. -->
  <xsl:function name="f:frame" as="xs:double*">
    <xsl:param name="surface" as="element(tei:surface)"/>
    <xsl:variable name="picture" as="map(*)?" select="f:picture-of($surface)"/>
    <xsl:sequence select="
      if (exists(f:box($surface))) then f:box($surface)
      else if ($picture?width gt 0) then (0, 0, $picture?width, $picture?height)
      else ()"/>
  </xsl:function>

  <!-- True for a zone whose place is known in a picture of the edition. -->
  <xsl:function name="f:is-drawn" as="xs:boolean">
    <xsl:param name="zone" as="element()"/>
    <xsl:variable name="surface" as="element(tei:surface)?" select="$zone/self::tei:zone/ancestor::tei:surface[1]"/>
    <xsl:sequence select="exists($surface) and exists(f:box($zone)) and exists($surface ! f:picture-of(.)) and exists($surface ! f:frame(.))"/>
  </xsl:function>

  <!-- The picture with its zones as links; without zones to draw, the picture stands where `graphic` does. -->
  <xsl:function name="f:map-of" as="element()?">
    <xsl:param name="surface" as="element(tei:surface)"/>
    <xsl:variable name="zones" as="element(tei:zone)*" select="$surface//tei:zone[ancestor::tei:surface[1] is $surface][f:is-drawn(.)]"/>
    <xsl:variable name="frame" as="xs:double*" select="f:frame($surface)"/>
    <xsl:variable name="picture" as="map(*)?" select="f:picture-of($surface)"/>
    <xsl:if test="exists($zones)">
      <div class="picture-map" data-generated="">
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="{$frame}" role="group" aria-label="{normalize-space(l:label('facsimile', string($surface/@n)))}">
          <image href="{$picture?href}" x="{$frame[1]}" y="{$frame[2]}" width="{$frame[3]}" height="{$frame[4]}" preserveAspectRatio="none"/>
          <xsl:sequence select="$zones ! f:drawn-zone(.)"/>
        </svg>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:drawn-zone" as="element()">
    <xsl:param name="zone" as="element(tei:zone)"/>
    <xsl:variable name="box" as="xs:double+" select="f:box($zone)"/>
    <xsl:variable name="text" as="element()?" select="(key('v:by-facs', $zone/@xml:id, root($zone)), $zone[* or normalize-space() != ''])[1]"/>
    <xsl:variable name="href" as="xs:string?" select="$text ! f:html-id(.) ! ('#' || .)"/>
    <xsl:variable name="shape" as="element()">
      <xsl:choose>
        <xsl:when test="exists(f:points($zone))">
          <polygon xmlns="http://www.w3.org/2000/svg" points="{f:points($zone)}"/>
        </xsl:when>
        <xsl:otherwise>
          <rect xmlns="http://www.w3.org/2000/svg" x="{$box[1]}" y="{$box[2]}" width="{$box[3]}" height="{$box[4]}"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:element name="{if (exists($href)) then 'a' else 'g'}" namespace="http://www.w3.org/2000/svg">
      <xsl:attribute name="class" select="'zone'"/>
      <xsl:where-populated>
        <xsl:attribute name="id" select="f:drawn-id($zone)"/>
        <xsl:attribute name="href" select="$href"/>
        <xsl:attribute name="aria-label" select="(normalize-space($zone/@n), string($zone/@xml:id))[. != ''][1]"/>
      </xsl:where-populated>
      <xsl:sequence select="$shape"/>
    </xsl:element>
  </xsl:function>

  <!-- The id of a zone in its picture. -->
  <xsl:function name="f:drawn-id" as="xs:string?">
    <xsl:param name="zone" as="element()"/>
    <xsl:variable name="id" as="xs:string?" select="f:html-id($zone)"/>
    <xsl:sequence select="if ($zone/* or normalize-space($zone) != '') then $id ! ('at-' || .) else $id"/>
  </xsl:function>

  <!-- The drawn zone that $element is the first to name as its place: the picture leads to it. -->
  <xsl:function name="f:zone-of" as="element(tei:zone)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="tokenize($element/@facs)[starts-with(., '#')][1]">
      <xsl:variable name="zone" as="element()?" select="key('v:by-id', substring(., 2), root($element))[1][f:is-drawn(.)]"/>
      <xsl:sequence select="$zone[key('v:by-facs', @xml:id)[1] is $element]"/>
    </xsl:for-each>
  </xsl:function>

  <!-- What the text is written on: lines and blocks lead to their place in the picture. -->
  <xsl:template mode="m:text" match="tei:*[@facs][f:shows-place(.)]" priority="6" as="node()*">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="shown" as="node()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:variable name="link" as="element()?" select="if ($in-link) then () else f:place-link(.)"/>
    <xsl:choose>
      <xsl:when test="self::tei:lb">
        <xsl:sequence select="$shown, $link"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy select="$shown[1]">
          <xsl:sequence select="@*, $link, node()"/>
        </xsl:copy>
        <xsl:sequence select="tail($shown)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="v:placed" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    lb l line p ab head div lg opener closer dateline salute signed fw stamp note item cell figure table') ! map:entry(., true()))"/>

  <xsl:function name="f:shows-place" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($v:placed, local-name($element)) and exists(f:place-link($element))"/>
  </xsl:function>

  <!-- A link to the zone in the picture, or to that part of a picture on an IIIF server (Image API, section 4.1). -->
  <xsl:function name="f:place-link" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="pointer" as="xs:string" select="string(tokenize($element/@facs)[1])"/>
    <xsl:variable name="zone" as="element(tei:zone)?" select="
      key('v:by-id', substring($pointer, 2), root($element))[1][starts-with($pointer, '#')][self::tei:zone]"/>
    <xsl:variable name="href" as="xs:string?" select="
      if (empty($zone)) then () else if (f:is-drawn($zone)) then f:drawn-id($zone) ! ('#' || .) else f:iiif-region($zone)"/>
    <xsl:if test="exists($href)">
      <a class="zone-link" data-generated="" aria-label="{l:label('to-zone')}" title="{l:label('to-zone')}">
        <xsl:sequence select="f:href($href)"/>
        <xsl:text>▣</xsl:text>
      </a>
    </xsl:if>
  </xsl:function>

  <!-- The address of a zone of a picture on an IIIF server: by percent of the surface, else by its pixels. -->
  <xsl:function name="f:iiif-region" as="xs:string?">
    <xsl:param name="zone" as="element(tei:zone)"/>
    <xsl:variable name="surface" as="element(tei:surface)?" select="$zone/ancestor::tei:surface[1]"/>
    <xsl:variable name="base" as="xs:string?" select="($surface/tei:graphic/@url ! f:iiif-base(string(.)))[1]"/>
    <xsl:variable name="box" as="xs:double*" select="f:box($zone)"/>
    <xsl:variable name="frame" as="xs:double*" select="$surface ! f:box(.)"/>
    <xsl:if test="exists($base) and exists($box)">
      <xsl:sequence select="string-join(($base, '/',
        if (exists($frame))
        then 'pct:' || string-join((
          ($box[1] - $frame[1]) div $frame[3], ($box[2] - $frame[2]) div $frame[4], $box[3] div $frame[3], $box[4] div $frame[4])
          ! format-number(100 * ., '0.###'), ',')
        else string-join($box ! round(.), ','),
        '/max/0/default.jpg'))"/>
    </xsl:if>
  </xsl:function>

  <!-- The address of a picture on an IIIF server without what asks for a part or size of it. -->
  <xsl:function name="f:iiif-base" as="xs:string?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="request" as="xs:string" select="
      '/(full|square|(pct:)?[\d.]+,[\d.]+,[\d.]+,[\d.]+)/[^/?#]+/!?\d+(\.\d+)?/(default|native|color|gray|bitonal)\.\w+$|/info\.json$'"/>
    <xsl:sequence select="$address[f:is-web(.)][matches(., '^https?://[^?#]+$', 'i')][matches(., $request)] ! replace(., $request, '')"/>
  </xsl:function>

  <!-- The facsimile of a page beside its text: a small picture that leads to the large one, or a link to the web. @facs
       names the picture, or what in the facsimile holds it. -->
  <xsl:function name="f:facsimile-of" as="element()?">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="first" as="xs:string" select="string(tokenize($break/@facs)[1])"/>
    <xsl:variable name="meant" as="element()?" select="key('v:by-id', substring-after($first, '#'), root($break))[1][starts-with($first, '#')]"/>
    <xsl:variable name="address" as="xs:string" select="string(($meant/descendant-or-self::tei:graphic[@url][1]/@url, $first)[1])"/>
    <xsl:variable name="medium" as="map(*)?" select="f:medium($address)[?kind = 'image']"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(l:label('facsimile', normalize-space($break/@n)))"/>
    <xsl:choose>
      <xsl:when test="exists($medium)">
        <a class="leaf" href="{$medium?href}">
          <xsl:sequence select="f:image($medium, $words)"/>
        </a>
      </xsl:when>
      <xsl:when test="matches($address, '^https?://', 'i') and f:is-web($address)">
        <a class="leaf" href="{(f:iiif-base($address)[ends-with($address, '/info.json')] ! (. || '/full/max/0/default.jpg'), $address)[1]}" rel="noopener">{$words}</a>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
