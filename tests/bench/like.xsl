<?xml version="1.0" encoding="UTF-8"?>
<!-- A page of about the content of Regesta's own, for measurements only: record, text, names, notes at the foot. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" expand-text="yes"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">
  <xsl:output method="html" html-version="5" indent="no"/>
  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:template match="/">
    <xsl:variable name="header" as="element()" select="/TEI/teiHeader"/>
    <html lang="en">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{$header//titleStmt/title}</title>
        <link rel="stylesheet" href="../assets/page.css"/>
        <xsl:for-each select="$header//titleStmt/author"><meta name="citation_author" content="{.}"/></xsl:for-each>
      </head>
      <body>
        <nav><a href="../index.html">All documents</a> <a href="../persons/index.html">Persons</a>
          <a href="../timeline.html">Timeline</a> <a href="../search.html">Search</a></nav>
        <main>
          <h1>{$header//titleStmt/title}</h1>
          <dl>
            <xsl:for-each select="$header//creation/date"><dt>{@type}</dt><dd>{.}</dd></xsl:for-each>
            <xsl:for-each select="$header//correspAction/persName">
              <dt>{../@type}</dt><dd><xsl:apply-templates select="."/></dd>
            </xsl:for-each>
            <dt>held by</dt><dd>{$header//repository}, {normalize-space($header//msIdentifier/idno)}</dd>
            <xsl:for-each select="$header//abstract/p"><dt>abstract</dt><dd>{.}</dd></xsl:for-each>
          </dl>
          <article><xsl:apply-templates select="/TEI/text"/></article>
          <ol class="notes">
            <xsl:for-each select="/TEI/text//note">
              <li id="note-{position()}"><xsl:apply-templates/> <a href="#call-{position()}">back</a></li>
            </xsl:for-each>
          </ol>
          <ul class="names">
            <xsl:for-each-group select="/TEI//(persName | placeName | orgName)[@ref]" group-by="@ref">
              <li><xsl:apply-templates select="."/>: {count(current-group())}</li>
            </xsl:for-each-group>
          </ul>
        </main>
        <footer>{$header//publisher}. {$header//licence}</footer>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="text | body | div | opener | closer"><div class="{name()}"><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="head"><h2><xsl:apply-templates/></h2></xsl:template>
  <xsl:template match="p | salute | signed | dateline"><p class="{name()}"><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="pb"><span class="pb" id="page-{@n}">[{@n}]</span></xsl:template>
  <xsl:template match="persName[@ref] | placeName[@ref] | orgName[@ref]">
    <a class="{name()}" href="../entities/{substring-after(@ref, '#')}.html"><xsl:apply-templates/></a>
  </xsl:template>
  <xsl:template match="orgName | date | unclear"><span class="{name()}"><xsl:apply-templates/></span></xsl:template>
  <xsl:template match="choice"><span class="choice"><xsl:apply-templates select="corr"/><s>{sic}</s></span></xsl:template>
  <xsl:template match="corr"><xsl:apply-templates/></xsl:template>
  <xsl:template match="hi"><em class="{@rend}"><xsl:apply-templates/></em></xsl:template>
  <xsl:template match="note">
    <xsl:variable name="number" as="xs:integer" select="count(preceding::note[ancestor::text]) + 1"/>
    <a class="call" id="call-{$number}" href="#note-{$number}"><sup>{$number}</sup></a>
  </xsl:template>
</xsl:stylesheet>
