<?xml version="1.0" encoding="UTF-8"?>
<!-- Correspondence Metadata Interchange Format: who wrote to whom, when and from where, for the documents that say so. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?form = 'cmif']" mode="m:file" as="element()">
    <xsl:variable name="edition" as="map(*)" select="?edition"/>
    <TEI>
      <teiHeader>
        <fileDesc>
          <titleStmt>
            <title>{$edition?title}</title>
            <xsl:for-each select="$edition?editors?*">
              <editor>
                <xsl:text>{.}</xsl:text>
                <xsl:if test="position() = 1 and $edition?admin_email != ''">
                  <email>{$edition?admin_email}</email>
                </xsl:if>
              </editor>
            </xsl:for-each>
          </titleStmt>
          <publicationStmt>
            <publisher>
              <ref target="{$edition?url}">{$edition?publisher}</ref>
            </publisher>
            <idno type="url">{$edition?url}exchange/cmif.xml</idno>
            <date when="{$edition?date}"/>
            <availability>
              <licence target="{$edition?licence_url}">{$edition?licence}</licence>
            </availability>
          </publicationStmt>
          <sourceDesc>
            <bibl type="online">
              <xsl:attribute name="xml:id" select="?uuid"/>
              <xsl:text>{$edition?title}. {$edition?publisher}, {substring($edition?date, 1, 4)}. </xsl:text>
              <ref target="{$edition?url}">{$edition?url}</ref>
            </bibl>
          </sourceDesc>
        </fileDesc>
        <profileDesc>
          <xsl:variable name="source" as="xs:string" select="'#' || ?uuid"/>
          <xsl:for-each select="?records?*">
            <correspDesc key="{?id}" ref="{f:address($edition, ?page)}" source="{$source}">
              <xsl:call-template name="t:correspondence"/>
            </correspDesc>
          </xsl:for-each>
        </profileDesc>
      </teiHeader>
      <text>
        <body>
          <p/>
        </body>
      </text>
    </TEI>
  </xsl:template>

  <xsl:template name="t:correspondence" as="element()*">
    <xsl:context-item as="map(*)" use="required"/>
    <xsl:variable name="senders" as="map(*)*"
      select="let $stated := ?names?*[?kind = ('person', 'organisation')][?roles?* = 'sender']
              return if (exists($stated)) then $stated else f:creators(.)"/>
    <correspAction type="sent">
      <xsl:sequence select="$senders ! f:correspondent(.)"/>
      <xsl:sequence select="f:correspondence-date((?dates?*[?kind = 'sent'], ?date)[1])"/>
    </correspAction>
    <xsl:variable name="addressees" as="map(*)*" select="?names?*[?roles?* = 'addressee']"/>
    <xsl:variable name="received" as="map(*)?" select="(?dates?*[?kind = 'received'])[1]"/>
    <xsl:if test="exists(($addressees, $received))">
      <correspAction type="received">
        <xsl:sequence select="$addressees ! f:correspondent(.)"/>
        <xsl:sequence select="f:correspondence-date($received)"/>
      </correspAction>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:correspondent" as="element()">
    <xsl:param name="name" as="map(*)"/>
    <xsl:element name="{if ($name?kind = 'organisation') then 'orgName' else 'persName'}">
      <xsl:for-each select="f:authority($name)">
        <xsl:attribute name="ref" select="."/>
      </xsl:for-each>
      <xsl:text>{$name?name}</xsl:text>
    </xsl:element>
  </xsl:function>

  <xsl:function name="f:correspondence-date" as="element()?">
    <xsl:param name="date" as="map(*)?"/>
    <xsl:if test="exists($date) and f:iso($date) != ''">
      <date>
        <xsl:choose>
          <xsl:when test="$date?start = $date?end">
            <xsl:attribute name="when" select="$date?start"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="$date?start[. != '']">
              <xsl:attribute name="{if ($date?approximate) then 'notBefore' else 'from'}" select="."/>
            </xsl:for-each>
            <xsl:for-each select="$date?end[. != '']">
              <xsl:attribute name="{if ($date?approximate) then 'notAfter' else 'to'}" select="."/>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </date>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
