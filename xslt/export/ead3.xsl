<?xml version="1.0" encoding="UTF-8"?>
<!-- EAD3: the edition as a finding aid, each document an item. -->
<xsl:stylesheet version="3.0"
  xmlns="http://ead3.archivists.org/schema/"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?form = 'ead3']" mode="m:file" as="element()">
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <ead>
      <xsl:call-template name="t:ead3-control"/>
      <archdesc level="collection">
        <did>
          <unittitle>{f:collection-title($edition)}</unittitle>
          <xsl:for-each select="?dates[. != '']">
            <unitdate normal="{.}">{replace(., '/', '–')}</unitdate>
          </xsl:for-each>
          <physdescstructured physdescstructuredtype="materialtype" coverage="whole">
            <quantity>{?count}</quantity>
            <unittype>documents</unittype>
          </physdescstructured>
          <xsl:for-each select="f:keeper($edition)[. != '']">
            <repository>
              <corpname>
                <part>{.}</part>
              </corpname>
            </repository>
          </xsl:for-each>
          <xsl:sequence select="f:ead3-languages(?languages?*)"/>
        </did>
        <xsl:sequence select="f:ead3-paragraph('userestrict', string-join(($edition?licence, $edition?rights)[. != ''], '. '))"/>
        <dsc>
          <xsl:for-each select="?records?*">
            <xsl:call-template name="t:ead3-item">
              <xsl:with-param name="edition" select="$edition"/>
            </xsl:call-template>
          </xsl:for-each>
        </dsc>
      </archdesc>
    </ead>
  </xsl:template>

  <!-- The finding aid itself. Its one event of maintenance has the date of the edition, or none. -->
  <xsl:template name="t:ead3-control" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <control langencoding="iso639-2b" dateencoding="iso8601">
      <recordid>
        <xsl:if test="$edition?url != ''">
          <xsl:attribute name="instanceurl" select="$edition?url"/>
        </xsl:if>
        <xsl:text>{f:finding-aid-id($edition)}</xsl:text>
      </recordid>
      <filedesc>
        <titlestmt>
          <titleproper>{$edition?title}</titleproper>
          <xsl:sequence select="f:ead3('subtitle', $edition?subtitle)"/>
          <xsl:sequence select="f:ead3('author', string-join($edition?editors?*, '; '))"/>
        </titlestmt>
        <xsl:if test="$edition?publisher != ''">
          <publicationstmt>
            <publisher>{$edition?publisher}</publisher>
            <xsl:sequence select="f:ead3('date', $edition?date)"/>
          </publicationstmt>
        </xsl:if>
      </filedesc>
      <maintenancestatus value="derived"/>
      <maintenanceagency>
        <xsl:sequence select="f:ead3('agencycode', $edition?agency)"/>
        <agencyname>{f:keeper($edition)}</agencyname>
      </maintenanceagency>
      <maintenancehistory>
        <maintenanceevent>
          <eventtype value="derived"/>
          <eventdatetime>
            <xsl:if test="$edition?date != ''">
              <xsl:attribute name="standarddatetime" select="$edition?date"/>
            </xsl:if>
            <xsl:text>{$edition?date}</xsl:text>
          </eventdatetime>
          <agenttype value="machine"/>
          <agent>Regesta</agent>
        </maintenanceevent>
      </maintenancehistory>
    </control>
  </xsl:template>

  <xsl:template name="t:ead3-item" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:param name="edition" as="map(*)" required="yes"/>
    <c01 level="item">
      <did>
        <unitid localtype="local">{?id}</unitid>
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
            <xsl:call-template name="t:ead3-name"/>
          </origination>
        </xsl:for-each>
        <xsl:sequence select="f:ead3('physdesc', string-join((?extent, ?type)[. != ''], ', '))"/>
        <xsl:sequence select="f:ead3-languages(?languages?*)"/>
        <xsl:for-each select="(f:address($edition, ?page), ?online)[. != '']">
          <dao daotype="derived" href="{.}"/>
        </xsl:for-each>
      </did>
      <xsl:sequence select="f:ead3-paragraph('scopecontent', ?abstract)"/>
      <xsl:sequence select="f:ead3-paragraph('accessrestrict', ?access)"/>
      <xsl:sequence select="f:ead3-paragraph('accessrestrict', ?classification[. != ''] ! ('Original classification: ' || .))"/>
      <xsl:sequence select="f:ead3-paragraph('userestrict', string-join((?rights, ?rights_url)[. != ''], ' '))"/>
      <xsl:sequence select="?holdings?* ! f:ead3-paragraph('originalsloc', f:holding(.))"/>
      <xsl:sequence select="?relations?* ! f:ead3-paragraph('relatedmaterial', f:relation-words(., $edition))"/>
      <xsl:sequence select="?notes?* ! f:ead3-paragraph('odd', ?text)"/>
      <xsl:variable name="others" as="map(*)*" select="f:contributors(.), f:subjects(.)"/>
      <xsl:if test="exists($others)">
        <controlaccess>
          <xsl:for-each select="$others">
            <xsl:call-template name="t:ead3-name"/>
          </xsl:for-each>
        </controlaccess>
      </xsl:if>
    </c01>
  </xsl:template>

  <xsl:template name="t:ead3-name" as="element()">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:element name="{f:ead-name(?kind)}">
      <xsl:if test="?kind = ('person', 'organisation') and ?roles?* != 'mentioned'">
        <xsl:attribute name="relator" select="string-join(?roles?*, ', ')"/>
      </xsl:if>
      <xsl:for-each select="f:authority(.)">
        <xsl:attribute name="identifier" select="."/>
      </xsl:for-each>
      <part>{?name}</part>
      <xsl:if test="?kind = 'place' and ?coordinates != ''">
        <geographiccoordinates coordinatesystem="WGS84">{?coordinates}</geographiccoordinates>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:ead3-languages" as="element()?">
    <xsl:param name="languages" as="map(*)*"/>
    <xsl:if test="exists($languages[?code != ''])">
      <langmaterial>
        <xsl:for-each select="$languages[?code != '']">
          <language langcode="{?code}">{?tag}</language>
        </xsl:for-each>
      </langmaterial>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:ead3-paragraph" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="$text != ''">
      <xsl:element name="{$element}">
        <p>{$text}</p>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:ead3" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="f:stated(QName('http://ead3.archivists.org/schema/', $element), $text)"/>
  </xsl:function>

</xsl:stylesheet>
