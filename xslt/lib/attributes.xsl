<?xml version="1.0" encoding="UTF-8"?>
<!-- The attributes that an element of the text takes with it: class, id, lang, dir. Nothing else crosses over. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:regesta:function"
  xmlns:l="urn:regesta:labels"
  xmlns:m="urn:regesta:mode"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <xsl:key name="v:by-id" match="*[@xml:id][not(ancestor-or-self::tei:teiHeader)]" use="string(@xml:id)"/>

  <!-- Words in @rend, @rendition and @style that a reader should see, and the class that shows them. -->
  <xsl:variable name="v:renditions" as="map(xs:string, xs:string)" static="yes" select="
    let $words := map {
      'italic': 'italic italics ital it i slant(italic) font-style:italic',
      'bold': 'bold b strong sectiontitlebold font-weight:bold',
      'underline': 'underline underlined u ul text-decoration:underline wavyunderline',
      'double-underline': 'doubleunderline double-underline',
      'strike': 'strike strikethrough strike-through overstrike line-through text-decoration:line-through',
      'superscript': 'sup superscript super vertical-align:super',
      'subscript': 'sub subscript vertical-align:sub',
      'small-caps': 'smallcaps small-caps sc smcap font-variant:small-caps',
      'capitals': 'caps allcaps capitals uppercase case(allcaps) text-transform:uppercase',
      'letterspaced': 'letterspaced spaced-out spaced gesperrt wide g',
      'center': 'center centre centered centred align(center) text-align:center',
      'right': 'right alignright flushright align(right) text-align:right',
      'left': 'left alignleft flushleft align(left) text-align:left',
      'indent': 'indent indented hanging',
      'quotation': 'blockquote display',
      'typewriter': 'typewriter monospace tt code gothic-tt' }
    return map:merge(for $class in map:keys($words), $word in tokenize($words($class)) return map:entry($word, $class))"/>

  <!-- The classes for how $element looks in its source; words that are not in the table say nothing. -->
  <xsl:function name="f:look" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/(@rend | @rendition | @style)">
      <xsl:variable name="words" as="xs:string*" select="
        tokenize(lower-case(string-join(($element/@rend, $element/@rendition), ' ')), '[\s;,]+|#|simple:'),
        tokenize(lower-case(replace($element/@style, '\s+', '')), ';')"/>
      <xsl:sequence select="distinct-values($words ! $v:renditions(.))"/>
    </xsl:if>
  </xsl:function>

  <!-- What an element is by its @type or @place, where the look of a page tells it apart. -->
  <xsl:variable name="v:sorts" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    classification registration copy-number distribution attachment attachments enclosure participants agenda letterhead
    simple inline bulleted') ! map:entry(., true()))"/>

  <xsl:variable name="v:places" as="map(xs:string, xs:boolean)" static="yes"
    select="map:merge(tokenize('above below margin left right top bottom') ! map:entry(., true()))"/>

  <xsl:function name="f:sort" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      $element/@type ! tokenize(.)[map:contains($v:sorts, .)] ! ('is-' || .),
      $element/@place ! tokenize(.)[map:contains($v:places, .)] ! ('at-' || .),
      'preserved'[$element/@xml:space = 'preserve'],
      $element[self::tei:l]/@part[. = ('I', 'M', 'F')] ! ('part-' || lower-case(.)),
      if (f:is-block($element)) then f:parallel-classes($element) else ()"/>
  </xsl:function>

  <xsl:key name="v:header-id" match="tei:teiHeader//*[@xml:id]" use="string(@xml:id)"/>

  <!-- What the local pointers of an attribute lead to in the header: hands, witnesses, people. -->
  <xsl:function name="f:in-header" as="element()*">
    <xsl:param name="context" as="element()"/>
    <xsl:param name="pointers" as="xs:string?"/>
    <xsl:sequence select="tokenize($pointers)[starts-with(., '#')] ! key('v:header-id', substring(., 2), root($context))[1]"/>
  </xsl:function>

  <!-- The name of a hand: what its description says, else its pointer. -->
  <xsl:function name="f:hand-name" as="xs:string">
    <xsl:param name="context" as="element()"/>
    <xsl:param name="pointer" as="xs:string?"/>
    <xsl:variable name="note" as="element()?" select="f:in-header($context, $pointer)[1]"/>
    <xsl:sequence select="normalize-space(
      ($note ! normalize-space(), $note ! string-join((@scribe, @medium), ', '), replace($pointer, '^#', ''))[. != ''][1])"/>
  </xsl:function>

  <!-- What the encoding says of a passage beside its words: the hand, why it is unclear, what damaged it. -->
  <xsl:function name="f:remark" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="local-name($element)"/>
    <xsl:sequence select="if (empty($element/(@hand | @reason | @agent))) then '' else string-join((
      $element/@hand ! f:hand-name(.., .)[. != ''] ! l:label('hand', .),
      $element[l:known('remark-' || $kind)]/(@reason, @agent)[normalize-space()][1]
        ! (l:label('remark-' || $kind) || ': ' || translate(., '_', ' '))), '; ')"/>
  </xsl:function>

  <!-- The HTML id of $element: of elements that share an xml:id only the first has it. Ids that pages use
       themselves, and ids made like the ones that step aside for them, get a prefix. -->
  <xsl:function name="f:html-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="id" as="xs:string" select="string($element/@xml:id)"/>
    <xsl:sequence select="
      if ($id = '') then $element[@facs] ! f:zone-of(.) ! ('at-' || @xml:id)
      else if (matches($id, '\s') or not(key('v:by-id', $id, root($element))[1] is $element)) then ()
      else if (matches($id, '^(tei-)*(main|readings(-.*)?|foot|names|cite(-heading)?|around(-heading)?|trail|(note|call|p)-[0-9]+|(place|page|milestone|at|beside)-.*)$'))
        then 'tei-' || $id
      else $id"/>
  </xsl:function>

  <xsl:template mode="m:attributes" match="*" as="attribute()*">
    <xsl:param name="class" as="xs:string*" select="local-name()"/>
    <xsl:variable name="also" as="xs:string*" select="f:sort(.), f:look(.), f:whose(.), f:folded(.)"/>
    <xsl:attribute name="class" select="if (exists($also)) then string-join(distinct-values(($class, $also)), ' ') else $class"/>
    <!-- Most elements of a text have no attributes, and nothing more to say. -->
    <xsl:if test="@*">
      <xsl:where-populated>
        <xsl:attribute name="id" select="f:html-id(.)"/>
      </xsl:where-populated>
      <xsl:where-populated>
        <xsl:attribute name="title" select="f:remark(.)"/>
      </xsl:where-populated>
      <xsl:sequence select="f:language-attributes(.)"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
