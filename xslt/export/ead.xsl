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
      <archdesc level="collection">
        <did>
          <unittitle>{f:collection-title($edition)}</unittitle>
          <xsl:for-each select="?dates[. != '']">
            <unitdate normal="{.}">{replace(., '/', '–')}</unitdate>
          </xsl:for-each>
          <physdesc>
            <extent>{?count} documents</extent>
          </physdesc>
          <xsl:sequence select="f:ead-repository(f:keeper($edition))"/>
          <xsl:if test="exists(?languages?*[?code != ''])">
            <langmaterial>
              <xsl:for-each select="?languages?*[?code != '']">
                <language langcode="{?code}">{?tag}</language>
              </xsl:for-each>
            </langmaterial>
          </xsl:if>
        </did>
        <xsl:sequence select="f:ead-paragraph('userestrict', string-join(($edition?licence, $edition?rights)[. != ''], '. '))"/>
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
    <c01 level="item">
      <did>
        <unitid type="local">{?id}</unitid>
        <xsl:for-each select="?identifiers?*">
          <unitid>
            <xsl:if test="?type != ''">
              <xsl:attribute name="label" select="?type"/>
            </xsl:if>
            <xsl:text>{?value}</xsl:text>
          </unitid>
        </xsl:for-each>
        <unittitle>{?title}</unittitle>
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
        <xsl:if test="?extent || ?type != ''">
          <physdesc>
            <xsl:sequence select="f:ead('extent', ?extent)"/>
            <xsl:sequence select="f:ead('genreform', ?type)"/>
          </physdesc>
        </xsl:if>
        <xsl:if test="exists(?languages?*[?code != ''])">
          <langmaterial>
            <xsl:for-each select="?languages?*[?code != '']">
              <language langcode="{?code}">{?tag}</language>
            </xsl:for-each>
          </langmaterial>
        </xsl:if>
        <xsl:variable name="addresses" as="xs:string*" select="(f:address($edition, ?page), ?online)[. != '']"/>
        <xsl:for-each select="$addresses">
          <dao xlink:type="simple" xlink:href="{.}"/>
        </xsl:for-each>
      </did>
      <xsl:sequence select="f:ead-paragraph('scopecontent', ?abstract)"/>
      <xsl:sequence select="f:ead-paragraph('accessrestrict', ?access)"/>
      <xsl:sequence select="f:ead-paragraph('accessrestrict', ?classification[. != ''] ! ('Original classification: ' || .))"/>
      <xsl:sequence select="f:ead-paragraph('userestrict', string-join((?rights, ?rights_url)[. != ''], ' '))"/>
      <xsl:sequence select="?holdings?* ! f:ead-paragraph('originalsloc', f:holding(.))"/>
      <xsl:sequence select="?relations?* ! f:ead-paragraph('relatedmaterial', f:relation-words(., $edition))"/>
      <xsl:sequence select="?notes?* ! f:ead-paragraph('odd', ?text)"/>
      <xsl:variable name="others" as="map(*)*" select="f:contributors(.), f:subjects(.)"/>
      <xsl:if test="exists($others)">
        <controlaccess>
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

  <xsl:function name="f:relation-words" as="xs:string">
    <xsl:param name="related" as="map(*)"/>
    <xsl:param name="edition" as="map(*)"/>
    <xsl:sequence select="string-join(($related?relation, $related?label, f:related($related, $edition))[. != ''], ': ')"/>
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
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="$text != ''">
      <xsl:element name="{$element}">
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
