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
      'held-by': 'Collection:',
      'abstract-source': 'Summary from',
      'show-readings': 'Show the source’s own readings',
      'show-edited': 'Show the editors’ readings',
      'no-transcript': 'This edition holds no transcript of the document.',
      'read-online': 'It can be read at',
      'read-at': 'The original is held by',
      'notes': 'Notes',
      'back-to-call': 'Note {}: back to the text',
      'note-of-editor': 'Editors’ note',
      'note-of-translator': 'Translator’s note',
      'hand': 'hand: {}',
      'gap-redacted': 'redacted',
      'apparatus-to': 'to {}',
      'facsimile': 'facsimile {}',
      'names': 'Names in this document',
      'neighbours': 'Neighbouring documents',
      'previous': 'Previous',
      'next': 'Next',
      'number': 'no. {}',
      'picture': 'image',
      'recording': 'recording',
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
      'relation-same-journal': 'from the same journal',
      'relation-other-translation': 'another translation of the same text',
      'relation-possibly-same': 'possibly the same document',
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
      'break-milestone': '{}',
      'undated': 'undated',
      'transcript-mark-none': 'no transcript',
      'transcript-mark-partial': 'partial transcript',
      'document-count-one': '1 document',
      'document-count': '{} documents',
      'list-collection': 'Documents in the order of the collection',
      'list-date': 'Documents by date',
      'list-page': '{1}, page {2}',
      'list-held-by': 'collection: {}',
      'list-empty': 'This edition has no documents yet.',
      'list-range-of': '{1} of {2}',
      'list-order': 'Order',
      'list-size': 'On a page',
      'list-holding': 'archive',
      'order-collection': 'collection',
      'order-date': 'date',
      'size-all': 'all',
      'size-year': 'by year',
      'pager': 'Pages',
      'pager-previous': 'Previous',
      'pager-next': 'Next',
      'pager-page': 'Page {}',
      'list-persons': 'names',
      'folder-persons': 'Persons',
      'folder-organisations': 'Organisations',
      'folder-places': 'Places',
      'folder-events': 'Events',
      'folder-terms': 'Terms',
      'folder-works': 'Works',
      'entity-lists': 'Registers',
      'entity-letters': 'Letters',
      'entity-list-count': '{1} ({2})',
      'entity-list-empty': '{}: this edition names none yet.',
      'entity-documents': 'Documents',
      'entity-no-documents': 'No document of this edition names this entry.',
      'entity-names': 'other names',
      'entity-coordinates': 'coordinates',
      'authority-viaf': 'VIAF',
      'authority-gnd': 'GND',
      'authority-wikidata': 'Wikidata',
      'authority-geonames': 'GeoNames',
      'authority-lcnaf': 'Library of Congress',
      'timeline-years': 'Years',
      'chart-month': 'Documents by month, {1} to {2}',
      'chart-year': 'Documents by year, {1} to {2}',
      'chart-decade': 'Documents by decade, {1} to {2}',
      'chart-century': 'Documents by century, {1} to {2}',
      'chart-most-month': 'at most {} in a month',
      'chart-most-year': 'at most {} in a year',
      'chart-most-decade': 'at most {} in a decade',
      'chart-most-century': 'at most {} in a century',
      'chart-left-out': '{} without a month not shown',
      'month-and-year': '{1} {2}',
      'month-none': 'month not known',
      'month-01': 'January',
      'month-02': 'February',
      'month-03': 'March',
      'month-04': 'April',
      'month-05': 'May',
      'month-06': 'June',
      'month-07': 'July',
      'month-08': 'August',
      'month-09': 'September',
      'month-10': 'October',
      'month-11': 'November',
      'month-12': 'December',
      'search-words': 'Words to find',
      'search-help': 'Finds documents that hold all the words; of the last word the beginning is enough.',
      'search-no-script': 'The search needs JavaScript. Without it, find documents through the lists:',
      'search-found-one': '1 document found',
      'search-found': '{} documents found',
      'search-none': 'Nothing found.',
      'search-loading': 'Searching …',
      'search-failed': 'The search data could not be loaded.',
      'search-broad': 'Too many words begin like the last one: only the whole word was sought.',
      'search-more': 'Show more'
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
