"""What machines read in a page: Highwire and Dublin Core tags, Open Graph, schema.org as JSON-LD, COinS.

All of it as data: the stylesheets make elements of it. Whole addresses appear only where the edition has one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from regesta.citing.files import iso
from regesta.citing.work import Work
from regesta.records import Mention, Record

_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What could end a script element, or a line of one, as JSON also writes it."""


@dataclass(frozen=True)
class Tag:
    """A `meta` element of the head; `kind` is the attribute that holds its name: name or property."""

    name: str
    content: str
    kind: str = "name"


def tags(work: Work) -> tuple[Tag, ...]:
    """Return the tags of a document's page: Highwire's for reference managers, then Dublin Core, then Open Graph."""
    return tuple(tag for tag in (*_highwire(work), *_dublin_core(work), *_open_graph(work)) if tag.content)


def json_ld(work: Work, record: Record) -> str:
    """Return the document as schema.org describes it, as JSON that is safe within a script element."""
    return script_json(_described(work, record))


def script_json(value: object) -> str:
    """Return `value` as JSON without any character that means something to an HTML parser."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_SAFE)


def coins(work: Work) -> str:
    """Return the document as a ContextObject in a span (COinS), in the profile for Dublin Core."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.title", work.title),
        *(("rft.creator", name) for name in work.authors),
        *(("rft.contributor", name) for name in work.translators),
        ("rft.date", _date(work)),
        ("rft.type", "letter" if work.is_letter else "manuscript"),
        ("rft.source", _held(work)),
        ("rft.publisher", work.publisher),
        *(("rft.language", language) for language in work.languages),
        ("rft.identifier", work.url),
    ]
    return urlencode([(key, value) for key, value in pairs if value])


def _highwire(work: Work) -> Iterable[Tag]:
    yield Tag("citation_title", work.title)
    yield from (Tag("citation_author", name) for name in work.authors)
    yield Tag("citation_date", "/".join(iso(work.issued[0]).split("-")) if work.issued else work.written)
    yield Tag("citation_publisher", work.publisher)
    yield from (Tag("citation_language", language) for language in work.languages)
    yield Tag("citation_doi", work.doi)
    yield Tag("citation_public_url", work.url)


def _dublin_core(work: Work) -> Iterable[Tag]:
    yield Tag("DC.title", work.title)
    yield from (Tag("DC.creator", name) for name in work.authors)
    yield from (Tag("DC.contributor", name) for name in work.translators)
    yield Tag("DC.date", _date(work))
    yield Tag("DC.type", "Text")
    yield Tag("DC.type", work.genre)
    yield from (Tag("DC.language", language) for language in work.languages)
    yield Tag("DC.source", _held(work))
    yield Tag("DC.relation.isPartOf", work.edition)
    yield Tag("DC.publisher", work.publisher)
    yield Tag("DC.description", work.abstract)
    yield Tag("DC.rights", work.rights)
    yield Tag("DC.identifier", work.url or work.id)


def _open_graph(work: Work) -> Iterable[Tag]:
    yield Tag("og:title", work.title, "property")
    yield Tag("og:type", "article", "property")
    yield Tag("og:description", work.abstract, "property")
    yield Tag("description", work.abstract)


def _date(work: Work) -> str:
    return "/".join(map(iso, work.issued)) or work.written


def _held(work: Work) -> str:
    return ", ".join(part for part in (work.archive, work.archive_place, work.location) if part)


def _described(work: Work, record: Record) -> dict[str, object]:
    """Return the properties that the record states; a letter is a schema.org Message besides."""
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": ["ArchiveComponent", "Message"] if work.is_letter else "ArchiveComponent",
        "@id": work.url,
        "url": work.url,
        "name": work.title,
        "author": _agents(record, work.authors),
        "translator": _agents(record, work.translators),
        "recipient": _agents(record, work.recipients),
        "dateCreated": _date(work) if work.issued else "",
        "inLanguage": list(work.languages),
        "genre": work.genre,
        "abstract": work.abstract,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": each.type, "value": each.value} for each in record.identifiers
        ],
        "holdingArchive": {"@type": "ArchiveOrganization", "name": work.archive} if work.archive else "",
        "itemLocation": work.location,
        "license": work.rights_url if work.rights_url.startswith(("http://", "https://")) else "",
        "isPartOf": _edition(work),
    }
    return {key: value for key, value in described.items() if value}


def _edition(work: Work) -> dict[str, object]:
    edition: dict[str, object] = {"@type": "Collection", "name": work.edition}
    editors = [{"@type": "Thing", "name": name} for name in work.editors]
    publisher = {"@type": "Organization", "name": work.publisher} if work.publisher else None
    edition |= {"editor": editors} if editors else {}
    edition |= {"publisher": publisher} if publisher else {}
    return edition if work.edition else {}


def _agents(record: Record, names: Iterable[str]) -> list[dict[str, str]]:
    kinds = {mention.label: mention for mention in record.mentions if not mention.in_text}
    return [{"@type": _type(kinds.get(name)), "name": name} for name in names]


def _type(mention: Mention | None) -> str:
    return "Organization" if mention is not None and mention.kind == "organisation" else "Person"
