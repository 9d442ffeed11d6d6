<?xml version="1.0" encoding="UTF-8"?>
<!-- Whom and what a document names (TEI Guidelines, 13 Names, Dates, People, and Places). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    expand-text="yes"
    exclude-result-prefixes="#all">

  <xsl:function name="r:mentions" as="map(xs:string, item()*)">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="all" as="map(*)*">
      <xsl:apply-templates select="$tei/teiHeader/fileDesc/titleStmt, $tei/teiHeader/profileDesc" mode="r:mention"/>
      <xsl:apply-templates select="$tei/* except $tei/teiHeader" mode="r:mention"/>
    </xsl:variable>
    <xsl:variable name="once" as="map(*)*">
      <xsl:for-each-group select="$all" composite="yes"
          group-by="?kind, ?ref, ?role, string(?in_text), (if (?ref = '') then ?label else '')">
        <xsl:sequence select="current-group()[1]"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="map { 'mentions': array { $once } }"/>
  </xsl:function>

  <!-- Only elements are looked at: there are far more texts and attributes. -->
  <xsl:template match="*" mode="r:mention" as="map(*)*" priority="-1">
    <xsl:apply-templates select="*" mode="#current"/>
  </xsl:template>

  <xsl:template match="titleStmt/author" mode="r:mention" as="map(*)*">
    <xsl:sequence select="r:mention((persName, orgName, name, .)[1], 'author')"/>
  </xsl:template>

  <xsl:template match="titleStmt/editor[@role]" mode="r:mention" as="map(*)*">
    <xsl:sequence select="r:mention((persName, orgName, name, .)[1], string(@role))"/>
  </xsl:template>

  <xsl:template match="titleStmt/respStmt | titleStmt/editor[not(@role)] | titleStmt/title" mode="r:mention" as="map(*)*"/>

  <xsl:template match="correspAction" mode="r:mention" as="map(*)*">
    <xsl:variable name="role" as="xs:string" select="
      if (@type = 'sent') then 'sender' else if (@type = 'received') then 'addressee' else 'mentioned'"/>
    <xsl:sequence select="(persName | orgName | name) ! r:mention(., $role)"/>
    <xsl:sequence select="(placeName | settlement | country) ! r:mention(., 'mentioned')"/>
  </xsl:template>

  <!-- Entries of lists are entities, not mentions of them. -->
  <xsl:template match="person | org | place | event | personGrp | nym | bibl[parent::listBibl]" mode="r:mention" as="map(*)*"/>

  <xsl:template mode="r:mention" as="map(*)*" match="
    persName | orgName | placeName | geogName | settlement | country | region | name | rs | term | eventName">
    <xsl:if test="@ref or @key or not(ancestor::text or ancestor::standOff or ancestor::sourceDoc)">
      <xsl:sequence select="r:mention(., 'mentioned')"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="r:mention"/>
  </xsl:template>

  <!-- A term that is nothing but a name: the name is what is mentioned. -->
  <xsl:template match="term[persName | orgName | placeName | eventName][not(text()[normalize-space()])]" mode="r:mention" as="map(*)*" priority="1">
    <xsl:apply-templates select="*" mode="r:mention"/>
  </xsl:template>

  <xsl:function name="r:mention" as="map(xs:string, item())*">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="part" as="xs:string"/>
    <xsl:variable name="role" as="xs:string" select="
      if ($part = 'mentioned' and $name/@role = ('author', 'sender', 'addressee', 'participant')) then string($name/@role) else $part"/>
    <xsl:variable name="kind" as="xs:string" select="r:kind($name)"/>
    <xsl:variable name="refs" as="xs:string*" select="r:pointers(($name/@ref, $name/@key)[1])"/>
    <xsl:variable name="label" as="xs:string" select="r:text($name)"/>
    <xsl:variable name="cert" as="xs:string" select="string($name/@cert)"/>
    <xsl:variable name="in-text" as="xs:boolean" select="empty($name/ancestor::teiHeader)"/>
    <xsl:if test="$kind ne '' and ($label ne '' or exists($refs))">
      <xsl:for-each select="if (exists($refs)) then $refs else ''">
        <xsl:sequence select="map {
          'kind': $kind, 'ref': ., 'label': $label, 'role': $role, 'cert': $cert, 'in_text': $in-text }"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <!-- What a name names; "" when it does not say. -->
  <xsl:function name="r:kind" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="said" as="xs:string" select="if ($name/self::name or $name/self::rs) then lower-case($name/@type) else local-name($name)"/>
    <xsl:sequence select="
      if ($said = ('persName', 'person', 'pers', 'author', 'editor')) then 'person'
      else if ($said = ('orgName', 'org', 'organisation', 'organization')) then 'organisation'
      else if ($said = ('placeName', 'place', 'geogName', 'settlement', 'country', 'region')) then 'place'
      else if ($said = ('event', 'eventName')) then 'event'
      else if ($said = 'term') then 'term'
      else if ($said = ('work', 'bibl', 'title')) then 'work'
      else ''"/>
  </xsl:function>
</xsl:stylesheet>
