"""feed.xml: what changed in the edition, as its history says (Atom, RFC 4287; deletions, RFC 6721)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.builder import ElementMaker

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.citing.work import address, work
from regesta.history import Released
from regesta.rendering import EditionFacts

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
MOST = 100
"""How many of the last changes the feed names."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_E = ElementMaker(namespace=ATOM, nsmap={None: ATOM, "at": TOMBSTONES})


def feed(catalogue: Catalogue, edition: EditionFacts, history: Iterable[Released]) -> Iterator[tuple[str, bytes]]:
    """Yield the feed, when the history has a dated change: no clock says when anything happened."""
    released = tuple(history)
    documents = {document.id: document for document in catalogue.documents}
    dated = [each for each in released if each.datestamp and (each.deleted or each.id in documents)]
    if not edition.feed:
        return
    latest = sorted(dated, key=lambda each: (each.datestamp, each.id), reverse=True)[:MOST]
    root = _E.feed(
        _E.id(edition.url),
        _E.title(_text(edition.title)),
        _E.link(rel="self", href=edition.url + edition.feed),
        _E.link(rel="alternate", href=edition.url),
        _E.updated(_instant(max(each.datestamp for each in released))),
        *(_E.author(_E.name(_text(name))) for name in edition.editors or (edition.publisher or edition.title,)),
    )
    for each in latest:
        root.append(_tombstone(each, edition) if each.deleted else _entry(each, documents[each.id], edition))
    yield edition.feed, etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entry(released: Released, document: CataloguedDocument, edition: EditionFacts) -> etree._Element:
    cited = work(document.id, document.label, document.record, edition)
    entry = _E.entry(
        _E.id(cited.url),
        _E.title(_text(document.label)),
        _E.link(rel="alternate", href=cited.url),
        _E.updated(_instant(released.datestamp)),
    )
    if cited.abstract:
        entry.append(_E.summary(_text(cited.abstract)))
    return entry


def _tombstone(released: Released, edition: EditionFacts) -> etree._Element:
    ref = address(edition.url, f"documents/{released.id}.html")
    return etree.Element(
        f"{{{TOMBSTONES}}}deleted-entry", {"ref": ref, "when": _instant(released.datestamp)}, nsmap=None
    )


def _instant(stamp: str) -> str:
    """Return the date stamp as RFC 3339 wants it; a day counts from its beginning in UTC."""
    return stamp if "T" in stamp else f"{stamp}T00:00:00Z"


def _text(text: str) -> str:
    return _CONTROL.sub("", text)
