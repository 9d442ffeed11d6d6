<?xml version="1.0" encoding="UTF-8"?>
<!-- The words that Regesta itself says on pages. One table: a language is a map, a key is a word.
     To add a language, add a map with the same keys; what it lacks is said in English. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:l="urn:regesta:labels"
  expand-text="yes">

  <!-- The language in which the site speaks to its readers (not that of the documents). -->
  <xsl:param name="l:language" as="xs:string" static="yes" select="'en'"/>

  <xsl:variable name="l:table" as="map(xs:string, map(xs:string, xs:string))" select="map {
    'en': map {
      'skip': 'Skip to the text',
      'navigation': 'Edition',
      'nav-documents': 'Documents',
      'nav-timeline': 'Timeline',
      'nav-persons': 'Persons',
      'nav-organisations': 'Organisations',
      'nav-places': 'Places',
      'nav-search': 'Search',
      'published-by': 'Published by',
      'licence': 'Licence',
      'held-by': 'Documents held by',
      'abstract-source': 'Summary from',
      'show-readings': 'Show the source’s own readings',
      'no-transcript': 'This edition holds no transcript of the document.',
      'read-online': 'It can be read at',
      'read-at': 'It can be read at',
      'notes': 'Notes',
      'back-to-call': 'Note {}: back to the text',
      'names': 'Names in this document',
      'neighbours': 'Neighbouring documents',
      'previous': 'Previous',
      'next': 'Next',
      'number': 'no. {}',
      'picture': 'image',
      'download-tei': 'TEI-XML',
      'dates': 'Dates',
      'mentions-person': 'Persons',
      'mentions-organisation': 'Organisations',
      'mentions-place': 'Places',
      'mentions-event': 'Events',
      'mentions-work': 'Works',
      'mentions-term': 'Terms',
      'holdings': 'Held at',
      'classification': 'Classification',
      'languages': 'Language',
      'extent': 'Extent',
      'identifiers': 'Identifiers',
      'collection': 'Collection',
      'relations': 'Related documents',
      'note-discrepancy': 'Discrepancies',
      'note-source': 'Source note',
      'note-access': 'Note on access',
      'note-general': 'Notes on the record',
      'online': 'Online',
      'access': 'Access',
      'rights': 'Rights',
      'download': 'Download',
      'date-event': 'event',
      'date-signed': 'signed',
      'date-sent': 'sent',
      'date-received': 'received',
      'date-registered': 'registered',
      'date-written': 'written',
      'date-listing': 'as listed',
      'role-author': 'author',
      'role-sender': 'sender',
      'role-addressee': 'addressee',
      'role-participant': 'participant',
      'role-translator': 'translator',
      'role-provider': 'provider',
      'membership-certain': 'certain',
      'membership-probable': 'probable',
      'membership-doubtful': 'doubtful',
      'relation-draft-of': 'draft of',
      'relation-translation-of': 'translation of',
      'relation-enclosure-of': 'enclosure of',
      'relation-part-of': 'part of',
      'language-de': 'German',
      'language-en': 'English',
      'language-fr': 'French',
      'language-he': 'Hebrew',
      'language-ja': 'Japanese',
      'language-ko': 'Korean',
      'language-pl': 'Polish',
      'language-ru': 'Russian',
      'language-yi': 'Yiddish',
      'language-zh': 'Chinese',
      'break-pb': 'p. {}',
      'break-cb': 'col. {}',
      'break-gb': 'quire {}',
      'break-milestone': '{}'
    }
  }"/>

  <!-- The word for $key in the site's language, else in English; a key that English lacks is our own fault. -->
  <xsl:function name="l:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="word" as="xs:string?" select="($l:table?($l:language)?($key), $l:table?en?($key))[1]"/>
    <xsl:sequence select="if (exists($word)) then $word
      else error(QName('urn:regesta:labels', 'l:unknown'), 'There is no label &quot;' || $key || '&quot;.')"/>
  </xsl:function>

  <!-- The words for $key with $value in the place of their braces. -->
  <xsl:function name="l:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="l:label($key) => tokenize('\{\}') => string-join($value)"/>
  </xsl:function>

  <!-- True when the table has a word for $key: for keys that are made from what a source says. -->
  <xsl:function name="l:known" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($l:table?en, $key)"/>
  </xsl:function>

</xsl:stylesheet>
