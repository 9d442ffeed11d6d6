<?xml version="1.0" encoding="UTF-8"?>
<!-- A custom-page stylesheet that spoils a page in one place. TEI/@n of the document says how and where: "drop-word 7".
     The kinds whose names end in -word spoil a text node with at least three words, the others an element. -->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:m="urn:regesta:mode"
  xmlns:s="urn:sabotage"
  exclude-result-prefixes="#all">

  <xsl:function name="s:kind" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="string(tokenize(root($node)/*/@n)[1])"/>
  </xsl:function>

  <xsl:function name="s:number" as="xs:integer">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="xs:integer(tokenize(root($node)/*/@n)[2])"/>
  </xsl:function>

  <!-- The one text node or element of the document that is spoilt. -->
  <xsl:function name="s:target" as="node()?">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="body" as="element()?" select="root($node)//tei:body"/>
    <xsl:variable name="fit" as="node()*" select="
      if (ends-with(s:kind($node), '-word')) then $body//text()[count(tokenize(.)) ge 3]
      else if (ends-with(s:kind($node), '-edge')) then $body//text()[matches(., '^\s\S|\S\s$')][../text()[normalize-space()]]
      else if (ends-with(s:kind($node), '-note')) then $body//tei:note
      else $body//(tei:hi | tei:persName | tei:quote | tei:p | tei:head | tei:table | tei:list)[count(tokenize(.)) ge 2]"/>
    <xsl:sequence select="$fit[1 + s:number($node) mod count($fit)]"/>
  </xsl:function>

  <!-- The text in pieces, words and what stands between them; a word in the middle is the one to spoil. -->
  <xsl:template mode="m:text" match="text()[. is s:target(.)]" priority="100" as="text()?">
    <xsl:variable name="pieces" as="xs:string*" select="analyze-string(., '\s+')/* ! string()"/>
    <xsl:variable name="inner" as="xs:integer*" select="
      for $i in 2 to count($pieces) - 2 return
      $i[normalize-space($pieces[$i]) and not(normalize-space($pieces[$i + 1])) and normalize-space($pieces[$i + 2])]"/>
    <xsl:variable name="at" as="xs:integer?" select="if (empty($inner)) then () else $inner[1 + s:number(current()) mod count($inner)]"/>
    <xsl:value-of select="s:spoil(s:kind(.), ., $pieces, $at)"/>
  </xsl:template>

  <xsl:function name="s:spoil" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="pieces" as="xs:string*"/>
    <xsl:param name="at" as="xs:integer?"/>
    <xsl:variable name="word" as="xs:string" select="string($pieces[$at])"/>
    <xsl:variable name="before" as="xs:string" select="string-join($pieces[position() lt $at])"/>
    <xsl:variable name="after" as="xs:string" select="string-join($pieces[position() gt $at + 1])"/>
    <xsl:variable name="space" as="xs:string" select="string($pieces[$at + 1])"/>
    <xsl:choose>
      <xsl:when test="$kind = 'normalise-word'">{normalize-unicode($text, 'NFD')}</xsl:when>
      <xsl:when test="$kind = 'capitals-word'">{upper-case($text)}</xsl:when>
      <xsl:when test="$kind = 'trim-edge'">{replace($text, '^\s+|\s+$', '')}</xsl:when>
      <xsl:when test="empty($at)">{$text}</xsl:when>
      <xsl:when test="$kind = 'drop-word'">{$before}{$after}</xsl:when>
      <xsl:when test="$kind = 'double-word'">{$before}{$word} {$word}{$space}{$after}</xsl:when>
      <xsl:when test="$kind = 'swap-word'">{$before}{$pieces[$at + 2]}{$space}{$word}{string-join($pieces[position() gt $at + 2])}</xsl:when>
      <xsl:when test="$kind = 'glue-word'">{$before}{$word}{$after}</xsl:when>
      <xsl:when test="$kind = 'split-word'">{$before}{substring($word, 1, 1)} {substring($word, 2)}{$space}{$after}</xsl:when>
      <xsl:when test="$kind = 'insert-word'">{$before}zzqxj {$word}{$space}{$after}</xsl:when>
      <xsl:when test="$kind = 'no-break-word'">{$before}{$word}&#xA0;{$after}</xsl:when>
      <xsl:otherwise>{error((), 'no such sabotage: ' || $kind)}</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template mode="m:text" match="*[. is s:target(.)]" priority="100" as="node()*">
    <xsl:variable name="shown" as="node()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:variable name="kind" as="xs:string" select="s:kind(.)"/>
    <xsl:sequence select="
      if ($kind = ('drop-element', 'drop-note')) then ()
      else if ($kind = ('double-element', 'double-note')) then ($shown, $shown)
      else $shown"/>
    <xsl:if test="$kind = 'insert-element'">
      <b>zzqxj</b>
    </xsl:if>
  </xsl:template>

  <!-- What a template that looks only at names of attributes and not at words does: the text goes where no reader finds it. -->
  <xsl:template mode="m:text" match="*[s:kind(.) = 'hide-element'][. is s:target(.)]" priority="101" as="element()">
    <span title="{.}"/>
  </xsl:template>

  <xsl:template mode="m:text" match="*[s:kind(.) = 'generate-element'][. is s:target(.)]" priority="101" as="element()">
    <span data-generated="">{.}</span>
  </xsl:template>

  <xsl:template mode="m:text" match="*[s:kind(.) = 'backwards-element'][. is s:target(.)]" priority="101" as="element()">
    <span>{string-join(reverse(tokenize(.)), ' ')}</span>
  </xsl:template>

  <xsl:template mode="m:foot" match="tei:note[s:kind(.) = 'empty-note'][. is s:target(.)]" priority="101" as="element()?"/>

</xsl:stylesheet>
