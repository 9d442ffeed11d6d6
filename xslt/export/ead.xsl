<?xml version="1.0" encoding="UTF-8"?>
<!-- EAD 2002: the edition as a finding aid, each document an item. -->
<xsl:stylesheet version="3.0"
  xmlns="urn:isbn:1-931666-22-9"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="xs f m t"
  expand-text="yes">

  <xsl:template match=".[?form = 'ead']" mode="m:file" as="element()">
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <ead>
      <eadheader langencoding="iso639-2b" dateencoding="iso8601">
        <eadid>
          <xsl:if test="$edition?agency != ''">
            <xsl:attribute name="mainagencycode" select="$edition?agency"/>
          </xsl:if>
          <xsl:if test="$edition?url != ''">
            <xsl:attribute name="url" select="$edition?url"/>
          </xsl:if>
          <xsl:text>{f:finding-aid-id($edition)}</xsl:text>
        </eadid>
        <filedesc>
          <titlestmt>
            <titleproper>{$edition?title}</titleproper>
            <xsl:sequence select="f:ead('subtitle', $edition?subtitle)"/>
            <xsl:sequence select="f:ead('author', string-join($edition?editors?*, '; '))"/>
          </titlestmt>
          <xsl:if test="$edition?publisher || $edition?date != ''">
            <publicationstmt>
              <xsl:sequence select="f:ead('publisher', $edition?publisher)"/>
              <xsl:sequence select="f:ead('date', $edition?date)"/>
            </publicationstmt>
          </xsl:if>
        </filedesc>
      </eadheader>
      <archdesc level="collection" type="edition">
        <did>
          <unittitle>{f:collection-title($edition)}</unittitle>
          <xsl:for-each select="?dates[. != '']">
            <unitdate normal="{.}">{replace(., '/', '–')}</unitdate>
          </xsl:for-each>
          <physdesc>
            <extent>{?count} documents</extent>
          </physdesc>
          <xsl:sequence select="f:ead-repository(f:keeper($edition))"/>
          <xsl:sequence select="f:ead-languages(?languages?*)"/>
        </did>
        <xsl:sequence select="f:ead-paragraph('userestrict', '', string-join(($edition?licence, $edition?rights)[. != ''], '. '))"/>
        <dsc type="in-depth">
          <xsl:for-each select="?records?*">
            <xsl:call-template name="t:ead-item">
              <xsl:with-param name="edition" select="$edition"/>
            </xsl:call-template>
          </xsl:for-each>
        </dsc>
      </archdesc>
    </ead>
  </xsl:template>

  <xsl:template name="t:ead-item" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <xsl:variable name="page" as="xs:string" select="?page"/>
    <c01 level="item">
      <did>
        <unitid type="local">{?id}</unitid>
        <xsl:for-each select="?identifiers?*">
          <unitid type="identifier">
            <xsl:if test="?type != ''">
              <xsl:attribute name="label" select="?type"/>
            </xsl:if>
            <xsl:text>{?value}</xsl:text>
          </unitid>
        </xsl:for-each>
        <xsl:for-each select="?number">
          <unitid type="number">{.}</unitid>
        </xsl:for-each>
        <unittitle>{?title}</unittitle>
        <xsl:for-each select="?subtitles?*">
          <unittitle type="sub">{.}</unittitle>
        </xsl:for-each>
        <xsl:for-each select="?dates?*">
          <unitdate label="{?kind}">
            <xsl:if test="?start != '' and ?end != ''">
              <xsl:attribute name="normal" select="f:iso(.)"/>
            </xsl:if>
            <xsl:if test="?approximate">
              <xsl:attribute name="certainty" select="'approximate'"/>
            </xsl:if>
            <xsl:text>{f:written(.)}</xsl:text>
          </unitdate>
        </xsl:for-each>
        <xsl:for-each select="f:creators(.)">
          <origination label="{string-join(?roles?*, ', ')}">
            <xsl:call-template name="t:ead-name"/>
          </origination>
        </xsl:for-each>
        <xsl:if test="?extent != ''">
          <physdesc>
            <xsl:sequence select="f:ead('extent', ?extent)"/>
          </physdesc>
        </xsl:if>
        <xsl:sequence select="f:ead-languages(?languages?*)"/>
        <xsl:sequence select="f:ead-repository(string(?holdings?*[1]?repository))"/>
        <xsl:for-each select="?holdings?*[1] ! f:shelfmark(.)[. != '']">
          <physloc type="shelfmark">{.}</physloc>
        </xsl:for-each>
        <xsl:for-each select="?online[not(. = ('', f:address($edition, $page)))]">
          <dao xlink:type="simple" xlink:href="{.}"/>
        </xsl:for-each>
        <xsl:for-each select="f:address($edition, ?page)[. != '']">
          <dao xlink:type="simple" altrender="page" xlink:href="{.}"/>
        </xsl:for-each>
      </did>
      <xsl:sequence select="f:ead-paragraph('scopecontent', '', ?abstract)"/>
      <xsl:sequence select="f:ead-paragraph('accessrestrict', 'status', ?access)"/>
      <xsl:sequence select="f:ead-paragraph('accessrestrict', 'classification', ?classification)"/>
      <xsl:if test="?rights || ?rights_url != ''">
        <userestrict type="licence">
          <p>
            <xsl:sequence select="f:ead-reference(?rights_url, ?rights)"/>
          </p>
        </userestrict>
      </xsl:if>
      <xsl:sequence select="?holdings?* ! f:ead-holding(.)"/>
      <xsl:for-each select="?relations?*">
        <relatedmaterial type="{?relation}">
          <p>
            <xsl:sequence select="f:ead-reference(f:related-address(., $edition), ?label)"/>
          </p>
        </relatedmaterial>
      </xsl:for-each>
      <xsl:sequence select="f:ead-paragraph('odd', 'collection', ?collection)"/>
      <xsl:sequence select="f:ead-paragraph('odd', 'membership', ?membership)"/>
      <xsl:sequence select="?notes?* ! f:ead-paragraph('odd', ?type, ?text)"/>
      <xsl:variable name="others" as="map(*)*" select="f:contributors(.), f:subjects(.)"/>
      <xsl:if test="exists($others) or ?type != ''">
        <controlaccess>
          <xsl:for-each select="?type[. != '']">
            <genreform type="type">{.}</genreform>
          </xsl:for-each>
          <xsl:for-each select="$others">
            <xsl:call-template name="t:ead-name"/>
          </xsl:for-each>
        </controlaccess>
      </xsl:if>
    </c01>
  </xsl:template>

  <xsl:template name="t:ead-name" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:element name="{f:ead-name(?kind)}">
      <xsl:if test="f:ead-name(?kind) = 'subject'">
        <xsl:attribute name="altrender" select="?kind"/>
      </xsl:if>
      <xsl:if test="?kind = ('person', 'organisation') and ?roles?* != 'mentioned'">
        <xsl:attribute name="role" select="string-join(?roles?*, ', ')"/>
      </xsl:if>
      <xsl:for-each select="f:authority(.)">
        <xsl:attribute name="authfilenumber" select="."/>
      </xsl:for-each>
      <xsl:text>{?name}</xsl:text>
    </xsl:element>
  </xsl:template>

  <!-- The elements of both versions of EAD for a kind of name. -->
  <xsl:function name="f:ead-name" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="(map { 'person': 'persname', 'organisation': 'corpname', 'place': 'geogname' }($kind), 'subject')[1]"/>
  </xsl:function>

  <xsl:function name="f:collection-title" as="xs:string">
    <xsl:param name="edition" as="map(*)"/>
    <xsl:sequence select="($edition?collection, $edition?title)[. != ''][1]"/>
  </xsl:function>

  <xsl:function name="f:keeper" as="xs:string">
    <xsl:param name="edition" as="map(*)"/>
    <xsl:sequence select="string(($edition?repository, $edition?holder, $edition?publisher)[. != ''][1])"/>
  </xsl:function>

  <!-- What the finding aid is called by: its address, else the agency's code, else its title. -->
  <xsl:function name="f:finding-aid-id" as="xs:string">
    <xsl:param name="edition" as="map(*)"/>
    <xsl:sequence select="($edition?url, $edition?identifier_prefix, $edition?title)[. != ''][1]"/>
  </xsl:function>

  <xsl:function name="f:ead-languages" as="element()?">
    <xsl:param name="languages" as="map(*)*"/>
    <xsl:if test="exists($languages)">
      <langmaterial>
        <xsl:for-each select="$languages">
          <language>
            <xsl:if test="?code != ''">
              <xsl:attribute name="langcode" select="?code"/>
            </xsl:if>
            <xsl:text>{?tag}</xsl:text>
          </language>
        </xsl:for-each>
      </langmaterial>
    </xsl:if>
  </xsl:function>

  <!-- Where a witness lies, in its parts: no element of EAD holds settlement, collection and parts of a shelfmark. -->
  <xsl:function name="f:ead-holding" as="element()">
    <xsl:param name="holding" as="map(*)"/>
    <originalsloc>
      <list type="deflist">
        <xsl:for-each select="f:holding-parts($holding)">
          <defitem>
            <label>{?label}</label>
            <item>{?value}</item>
          </defitem>
        </xsl:for-each>
      </list>
    </originalsloc>
  </xsl:function>

  <xsl:function name="f:ead-reference" as="node()">
    <xsl:param name="address" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$address != ''">
        <extref xlink:type="simple" xlink:href="{$address}">{($words, $address)[. != ''][1]}</extref>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$words}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="f:ead-repository" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:if test="$name != ''">
      <repository>
        <corpname>{$name}</corpname>
      </repository>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:ead-paragraph" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="$text != ''">
      <xsl:element name="{$element}">
        <xsl:if test="$type != ''">
          <xsl:attribute name="type" select="$type"/>
        </xsl:if>
        <p>{$text}</p>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:ead" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="f:stated(QName('urn:isbn:1-931666-22-9', $element), $text)"/>
  </xsl:function>

</xsl:stylesheet>
