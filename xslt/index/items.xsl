<?xml version="1.0" encoding="UTF-8"?>
<!-- One document as lists show it, at length and in a line. What the source says is set with dir="auto":
     its direction is not known here; what the tool adds is marked with data-generated. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:l="urn:regesta:labels"
  xmlns:f="urn:regesta:function"
  xmlns:m="urn:regesta:mode"
  xmlns:t="urn:regesta:template"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:template match=".[. instance of map(*)]" mode="m:item" as="element()">
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:param name="level" as="xs:integer" required="yes"/>
    <li class="document">
      <xsl:call-template name="t:item-line">
        <xsl:with-param name="item" select="."/>
      </xsl:call-template>
      <xsl:element name="h{$level}">
        <xsl:attribute name="dir" select="'auto'"/>
        <a href="{$root}{?href}">{?title}</a>
      </xsl:element>
      <xsl:if test="?abstract != ''">
        <p class="abstract" dir="auto">{?abstract}</p>
      </xsl:if>
      <xsl:call-template name="t:details">
        <xsl:with-param name="item" select="."/>
        <xsl:with-param name="root" select="$root"/>
      </xsl:call-template>
    </li>
  </xsl:template>

  <!-- Above the title: date, type, and whether there is a text to read. -->
  <xsl:template name="t:item-line" as="element()">
    <xsl:param name="item" as="map(*)" required="yes"/>
    <p class="item-line">
      <xsl:call-template name="t:date">
        <xsl:with-param name="date" select="$item?date"/>
      </xsl:call-template>
      <xsl:if test="$item?type != ''">
        <xsl:text> </xsl:text>
        <span class="type" dir="auto">{f:term('type', $item?type)}</span>
      </xsl:if>
      <xsl:if test="$item?transcript = ('none', 'partial')">
        <xsl:text> </xsl:text>
        <span class="mark" data-generated="">{l:label('transcript-mark-' || $item?transcript)}</span>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="t:date" as="element()">
    <xsl:param name="date" as="xs:string" required="yes"/>
    <xsl:choose>
      <xsl:when test="$date != ''">
        <span class="date" dir="auto">{f:date($date)}</span>
      </xsl:when>
      <xsl:otherwise>
        <span class="date" data-generated="">{l:label('undated')}</span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Below the abstract: who took part, and where the witnesses lie. -->
  <xsl:template name="t:details" as="element()?">
    <xsl:param name="item" as="map(*)" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:if test="exists(($item?participants?*, $item?holdings?*))">
      <dl class="details">
        <xsl:if test="exists($item?participants?*)">
          <div>
            <dt data-generated="">{l:label('list-persons')}</dt>
            <dd>
              <xsl:for-each select="$item?participants?*">
                <xsl:if test="position() > 1">
                  <xsl:text>; </xsl:text>
                </xsl:if>
                <xsl:call-template name="t:participant">
                  <xsl:with-param name="participant" select="."/>
                  <xsl:with-param name="root" select="$root"/>
                </xsl:call-template>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:if>
        <xsl:if test="exists($item?holdings?*)">
          <div>
            <dt data-generated="">{l:label('list-holding')}</dt>
            <xsl:for-each select="$item?holdings?*">
              <dd dir="auto">{.}</dd>
            </xsl:for-each>
          </div>
        </xsl:if>
      </dl>
    </xsl:if>
  </xsl:template>

  <!-- A name, linked where the edition has a page for it, and its roles in the document. -->
  <xsl:template name="t:participant" as="node()+">
    <xsl:param name="participant" as="map(*)" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:variable name="name" as="map(*)" select="$participant?name"/>
    <xsl:choose>
      <xsl:when test="$name?href != ''">
        <a href="{$root}{$name?href}" dir="auto">{$name?label}</a>
      </xsl:when>
      <xsl:otherwise>
        <bdi>{$name?label}</bdi>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="exists($participant?roles?*)">
      <xsl:text> </xsl:text>
      <span class="roles" data-generated="">({f:roles($participant?roles)})</span>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:roles" as="xs:string">
    <xsl:param name="roles" as="array(xs:string)"/>
    <xsl:sequence select="string-join($roles?* ! f:term('role', .), ', ')"/>
  </xsl:function>

  <!-- Documents in a line each: date, title, roles. -->
  <xsl:template name="t:occurrences" as="element()?">
    <xsl:param name="documents" as="map(*)*" required="yes"/>
    <xsl:param name="root" as="xs:string" required="yes"/>
    <xsl:if test="exists($documents)">
      <ul class="occurrences">
        <xsl:for-each select="$documents">
          <li>
            <xsl:call-template name="t:date">
              <xsl:with-param name="date" select="?date"/>
            </xsl:call-template>
            <xsl:text> </xsl:text>
            <span class="occurrence">
              <a href="{$root}{?href}" dir="auto">{?title}</a>
              <xsl:if test="exists(?roles?*)">
                <xsl:text> </xsl:text>
                <span class="mark" data-generated="">{f:roles(?roles)}</span>
              </xsl:if>
            </span>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
