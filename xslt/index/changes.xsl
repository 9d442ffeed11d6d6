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

  <!-- More documents of one kind of change are folded: the first release of an edition adds all of them. -->
  <xsl:variable name="f:few" as="xs:integer" select="20"/>

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
          <xsl:choose>
            <xsl:when test="?count gt $f:few">
              <details>
                <summary>{f:documents(?count)}</summary>
                <xsl:sequence select="f:changed-documents(., $root)"/>
              </details>
            </xsl:when>
            <xsl:otherwise>
              <xsl:sequence select="f:changed-documents(., $root)"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:stated-release" as="xs:string?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:sequence select="$label[. != ''] ! l:label('changes-release', .)"/>
  </xsl:function>

  <xsl:function name="f:changed-documents" as="element()">
    <xsl:param name="group" as="map(*)"/>
    <xsl:param name="root" as="xs:string"/>
    <ul>
      <xsl:for-each select="$group?documents?*">
        <li>
          <xsl:sequence select="f:changed-document(., $root)"/>
        </li>
      </xsl:for-each>
      <xsl:if test="$group?more gt 0">
        <li>{l:label('changes-more', f:plain($group?more))}</li>
      </xsl:if>
    </ul>
  </xsl:function>

  <!-- The document, which may be gone, and what it says of the change. -->
  <xsl:function name="f:changed-document" as="node()+">
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
    <xsl:for-each select="$changed?date[. != '']">
      <xsl:text> </xsl:text>
      <span class="date" dir="auto">{f:date(.)}</span>
    </xsl:for-each>
    <xsl:for-each select="$changed?said?*">
      <p dir="auto">{string-join((f:date(?1), ?2)[. != ''], ': ')}</p>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
