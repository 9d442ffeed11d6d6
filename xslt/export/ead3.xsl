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
      <archdesc level="collection" localtype="edition">
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
        <xsl:sequence select="f:ead3-paragraph('userestrict', '', string-join(($edition?licence, $edition?rights)[. != ''], '. '))"/>
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
    <xsl:variable name="page" as="xs:string" select="?page"/>
    <c01 level="item">
      <did>
        <unitid localtype="local">{?id}</unitid>
        <xsl:for-each select="?identifiers?*">
          <unitid localtype="identifier">
            <xsl:if test="?type != ''">
              <xsl:attribute name="label" select="?type"/>
            </xsl:if>
            <xsl:text>{?value}</xsl:text>
          </unitid>
        </xsl:for-each>
        <xsl:for-each select="?number">
          <unitid localtype="number">{.}</unitid>
        </xsl:for-each>
        <unittitle>{?title}</unittitle>
        <xsl:for-each select="?subtitles?*">
          <unittitle localtype="sub">{.}</unittitle>
        </xsl:for-each>
        <xsl:sequence select="?dates?* ! f:ead3-date(.)"/>
        <xsl:for-each select="f:creators(.)">
          <origination label="{string-join(?roles?*, ', ')}">
            <xsl:call-template name="t:ead3-name"/>
          </origination>
        </xsl:for-each>
        <xsl:sequence select="f:ead3('physdesc', ?extent)"/>
        <xsl:sequence select="f:ead3-languages(?languages?*)"/>
        <xsl:for-each select="?holdings?*[1]?repository[. != '']">
          <repository>
            <corpname>
              <part>{.}</part>
            </corpname>
          </repository>
        </xsl:for-each>
        <xsl:for-each select="?holdings?*[1] ! f:shelfmark(.)[. != '']">
          <physloc localtype="shelfmark">{.}</physloc>
        </xsl:for-each>
        <xsl:for-each select="?online[not(. = ('', f:address($edition, $page)))]">
          <dao daotype="derived" href="{.}"/>
        </xsl:for-each>
        <xsl:for-each select="f:address($edition, ?page)[. != '']">
          <dao daotype="derived" localtype="page" href="{.}"/>
        </xsl:for-each>
      </did>
      <xsl:sequence select="f:ead3-paragraph('scopecontent', '', ?abstract)"/>
      <xsl:sequence select="f:ead3-paragraph('accessrestrict', 'status', ?access)"/>
      <xsl:sequence select="f:ead3-paragraph('accessrestrict', 'classification', ?classification)"/>
      <xsl:if test="?rights || ?rights_url != ''">
        <userestrict localtype="licence">
          <p>
            <xsl:sequence select="f:ead3-reference(?rights_url, ?rights)"/>
          </p>
        </userestrict>
      </xsl:if>
      <xsl:sequence select="?holdings?* ! f:ead3-holding(.)"/>
      <xsl:for-each select="?relations?*">
        <relatedmaterial localtype="{?relation}">
          <p>
            <xsl:sequence select="f:ead3-reference(f:related-address(., $edition), ?label)"/>
          </p>
        </relatedmaterial>
      </xsl:for-each>
      <xsl:sequence select="f:ead3-paragraph('odd', 'collection', ?collection)"/>
      <xsl:sequence select="f:ead3-paragraph('odd', 'membership', ?membership)"/>
      <xsl:sequence select="?notes?* ! f:ead3-paragraph('odd', ?type, ?text)"/>
      <xsl:variable name="others" as="map(*)*" select="f:contributors(.), f:subjects(.)"/>
      <xsl:if test="exists($others) or ?type != ''">
        <controlaccess>
          <xsl:for-each select="?type[. != '']">
            <genreform localtype="type">
              <part>{.}</part>
            </genreform>
          </xsl:for-each>
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
      <xsl:if test="f:ead-name(?kind) = 'subject'">
        <xsl:attribute name="localtype" select="?kind"/>
      </xsl:if>
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

  <!-- A date; one of which only the beginning or the end is known has its parts apart, since @normal wants both. -->
  <xsl:function name="f:ead3-date" as="element()">
    <xsl:param name="date" as="map(*)"/>
    <xsl:variable name="open" as="xs:string" select="if ($date?start = '') then 'to' else 'from'"/>
    <xsl:variable name="known" as="xs:string" select="string(($date?start, $date?end)[. != ''][1])"/>
    <xsl:variable name="doubt" as="attribute()?">
      <xsl:if test="$date?approximate">
        <xsl:attribute name="certainty" select="'approximate'"/>
      </xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$known != '' and ($date?start = '' or $date?end = '')">
        <unitdatestructured label="{$date?kind}">
          <xsl:sequence select="$doubt"/>
          <daterange>
            <xsl:element name="{$open}date">
              <xsl:attribute name="standarddate" select="$known"/>
              <xsl:text>{f:written($date)}</xsl:text>
            </xsl:element>
          </daterange>
        </unitdatestructured>
      </xsl:when>
      <xsl:otherwise>
        <unitdate label="{$date?kind}">
          <xsl:if test="$known != ''">
            <xsl:attribute name="normal" select="f:iso($date)"/>
          </xsl:if>
          <xsl:sequence select="$doubt"/>
          <xsl:text>{f:written($date)}</xsl:text>
        </unitdate>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Where a witness lies, in its parts: no element of EAD holds settlement, collection and parts of a shelfmark. -->
  <xsl:function name="f:ead3-holding" as="element()">
    <xsl:param name="holding" as="map(*)"/>
    <originalsloc>
      <list listtype="deflist">
        <xsl:for-each select="f:holding-parts($holding)">
          <defitem>
            <label>{?label}</label>
            <item>{?value}</item>
          </defitem>
        </xsl:for-each>
      </list>
    </originalsloc>
  </xsl:function>

  <xsl:function name="f:ead3-reference" as="node()">
    <xsl:param name="address" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$address != ''">
        <ref href="{$address}">{($words, $address)[. != ''][1]}</ref>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$words}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="f:ead3-paragraph" as="element()?">
    <xsl:param name="element" as="xs:string"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:if test="$text != ''">
      <xsl:element name="{$element}">
        <xsl:if test="$type != ''">
          <xsl:attribute name="localtype" select="$type"/>
        </xsl:if>
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
