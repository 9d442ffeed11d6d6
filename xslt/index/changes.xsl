<?xml version="1.0" encoding="UTF-8"?>
<!-- What has changed in the edition, release by release. What documents say of their changes are their own words. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[?kind = 'changes']" mode="m:title" as="xs:string">
    <xsl:sequence select="l:label('nav-changes')"/>
  </xsl:template>

  <xsl:template match=".[?kind = 'changes']" mode="m:body" as="element()*">
    <xsl:variable name="root" as="xs:string" select="?root"/>
    <xsl:for-each select="?releases?*">
      <section class="release" data-generated="">
        <h2>{string-join((f:stated-release(?label), f:date(?date)), ' · ')}</h2>
        <xsl:for-each select="?note[. != '']">
          <p dir="auto">{.}</p>
        </xsl:for-each>
        <xsl:for-each select="?changes?*">
          <h3>{l:label('changes-' || ?key)}</h3>
          <ul>
            <xsl:for-each select="?documents?*">
              <li>
                <xsl:sequence select="f:changed-document(., $root)"/>
              </li>
            </xsl:for-each>
            <xsl:if test="?more gt 0">
              <li>{l:label('changes-more', f:plain(?more))}</li>
            </xsl:if>
          </ul>
        </xsl:for-each>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:stated-release" as="xs:string?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:sequence select="$label[. != ''] ! l:label('changes-release', .)"/>
  </xsl:function>

  <!-- The document, which may be gone, and what it says of the change. -->
  <xsl:function name="f:changed-document" as="element()+">
    <xsl:param name="changed" as="map(*)"/>
    <xsl:param name="root" as="xs:string"/>
    <xsl:variable name="document" as="map(*)" select="$changed?document"/>
    <xsl:choose>
      <xsl:when test="$document?href != ''">
        <a dir="auto" href="{$root}{string-join(tokenize($document?href, '/') ! encode-for-uri(.), '/')}">{$document?label}</a>
      </xsl:when>
      <xsl:otherwise>
        <bdi>{$document?label}</bdi>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="$changed?said?*">
      <p dir="auto">{string-join((f:date(?1), ?2)[. != ''], ': ')}</p>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
