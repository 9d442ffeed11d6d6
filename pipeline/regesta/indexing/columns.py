"""The combined index as data: columns for sorting and choosing, and the rest of each document in small blocks.

`assets/facets.js` works on these files:

- `index/manifest`: how many documents there are, and the names and sizes of the other files;
- `index/columns-NAME`: some 1,000 documents in collection order: identifiers, titles, dates, and each facet's values;
- `index/items-NAME`: some sixteen of them: summary, people, archive, to be shown when they come into view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.indexing.items import entity_label, items_of
from regesta.indexing.models import Item, Vocabulary
from regesta.records import Mention
from regesta.site_data import blocks, numbers, script

COLUMNS, ITEMS = 1024, 16
"""So many documents stand on average in a file of columns, and in one of items."""

_ENTITIES = {"person": "person", "organisation": "organisation", "place": "place"}
_CODED = ("type", "language", "transcript", "membership")

Value = tuple[str, str]
"""A facet's value: the key that stands in addresses, and its name, "" where the key is the name."""


def index_data(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of each file of the index's data."""
    documents = catalogue.documents
    ids = [document.id for document in documents]
    numbered = numbers(ids)
    facets = _Facets(catalogue)
    items = items_of(catalogue)
    sizes: dict[str, list[tuple[str, int]]] = {"columns": [], "items": []}
    for name, places in blocks(ids, COLUMNS):
        sizes["columns"].append((name, len(places)))
        yield script(f"index/columns-{name}", _columns([documents[at] for at in places], numbered, facets))
    for name, places in blocks(ids, ITEMS):
        sizes["items"].append((name, len(places)))
        yield script(f"index/items-{name}", [_item(item) for _id, item in islice(items, len(places))])
    yield script("index/manifest", {"documents": len(documents), **sizes})


def vocabulary(catalogue: Catalogue) -> tuple[Vocabulary, ...]:
    """Return the words of fixed vocabularies that the records use: those for which the site's language has others."""
    facets = _Facets(catalogue)
    found = {
        (family, key)
        for document in catalogue.documents
        for family in _CODED
        for key, _label in facets.of[family](document)
    }
    roles = {("role", mention.role) for document in catalogue.documents for mention in document.record.mentions}
    return tuple(Vocabulary(family, word) for family, word in sorted(found | roles))


class _Facets:
    """What a document has of each facet; a facet's values are in the order of the record, each once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entities = {entity.id: entity for entity in catalogue.entities}
        self._links = catalogue.links
        self.of: dict[str, Callable[[CataloguedDocument], Iterable[Value]]] = {
            "type": lambda document: _plain(document.record.type),
            "person": lambda document: self._named(document, "person"),
            "organisation": lambda document: self._named(document, "organisation"),
            "place": lambda document: self._named(document, "place"),
            "archive": lambda document: _plain(*(holding.repository for holding in document.record.holdings)),
            "classification": lambda document: _plain(document.record.classification),
            "language": lambda document: _plain(*document.record.languages),
            "translator": self._translators,
            "transcript": lambda document: _plain(document.record.transcript),
            "membership": lambda document: _plain(document.record.membership),
        }

    def _named(self, document: CataloguedDocument, kind: str) -> Iterator[Value]:
        """Yield those of the kind whom the document names; a name that no register explains only from the header."""
        for mention in document.record.mentions:
            if mention.kind == kind and mention.role != "provider":
                yield from self._value(document, mention)

    def _translators(self, document: CataloguedDocument) -> Iterator[Value]:
        for mention in document.record.mentions:
            if mention.role == "translator":
                yield from self._value(document, mention)

    def _value(self, document: CataloguedDocument, mention: Mention) -> Iterator[Value]:
        linked: Mapping[tuple[str, str], str] = self._links.get(document.id, {})
        entity: CataloguedEntity | None = self._entities.get(linked.get((mention.kind, mention.ref), ""))
        if entity is not None:
            yield entity.id.rpartition("/")[2], entity_label(entity)
        elif mention.label and not mention.in_text:
            yield f"={mention.label}", mention.label


def _plain(*keys: str) -> Iterator[Value]:
    return ((key, "") for key in keys if key)


def _columns(
    documents: Sequence[CataloguedDocument], numbered: Mapping[str, int], facets: _Facets
) -> dict[str, object]:
    return {
        "ids": [document.id for document in documents],
        "numbers": [numbered[document.id] for document in documents],
        "titles": [document.label for document in documents],
        "dates": [document.sort_date for document in documents],
        "written": [document.written_date for document in documents],
        "facets": {
            name: _facet([list(dict.fromkeys(of(each))) for each in documents]) for name, of in facets.of.items()
        },
    }


def _facet(values: Sequence[Sequence[Value]]) -> dict[str, object]:
    """Return the facet's values in these documents, how many each has, and which, all in one row."""
    known = sorted({value for row in values for value in row})
    place = {value: at for at, value in enumerate(known)}
    return {
        "keys": [key for key, _label in known],
        "labels": [label for _key, label in known] if any(label for _key, label in known) else [],
        "counts": [len(row) for row in values],
        "values": [place[value] for row in values for value in row],
    }


def _item(item: Item) -> list[object]:
    people = [[each.name.label, each.name.href, *each.roles] for each in item.participants]
    return [item.abstract, people, list(item.holdings)]
