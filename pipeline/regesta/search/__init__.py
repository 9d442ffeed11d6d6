"""Search: the documents' words become static data that `assets/engine.js` reads, a small file at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.records import EntityName
from regesta.search.digests import SearchableDocument
from regesta.search.shards import search_files
from regesta.search.stems import Stemmers, prevailing, stemmers

__all__ = ["Searchable", "SearchableDocument", "search_files"]

_NAMED = ("person", "organisation", "place", "event", "work", "term")


class Searchable:
    """The documents of an edition as they are searched for.

    `text_of` gives a document's whole text, "" where there is none.
    """

    def __init__(self, catalogue: Catalogue, text_of: Callable[[CataloguedDocument], str]) -> None:
        self._documents = {document.id: document for document in catalogue.documents}
        self._latin = prevailing(document.record.languages for document in catalogue.documents)
        self._names = _Names(catalogue)
        self._text_of = text_of

    @cached_property
    def stemmers(self) -> Counter[str]:
        """Return how many documents use each stemmer."""
        return Counter(name for each in self._documents for name in set(self._stemmers(each)) if name)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield address and bytes of each file of search data."""
        return search_files([*self._documents], self.document)

    def document(self, document_id: str) -> SearchableDocument:
        """Return what is to be found of a document."""
        document = self._documents[document_id]
        return replace(self.frame(document_id), text=self._text_of(document))

    def frame(self, document_id: str) -> SearchableDocument:
        """Return what is to be found of a document, without its text."""
        document = self._documents[document_id]
        record = document.record
        return SearchableDocument(
            id=document.id,
            title=document.label,
            date=document.sort_date,
            written=document.written_date,
            kind=record.type,
            abstract=record.abstract,
            fields=tuple(_fields(document, self._names)),
            language=record.languages[0] if len(record.languages) == 1 else "",
            stemmers=self._stemmers(document_id),
        )

    def _stemmers(self, document_id: str) -> Stemmers:
        return stemmers(self._documents[document_id].record.languages, self._latin)


class _Names:
    """All names of the entities that a document names: so it is found by a form that it does not use itself."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._links = catalogue.links
        self._of = {
            entity.id: (
                entity.entity.kind,
                tuple(dict.fromkeys((entity.entity.label, *_sought(entity.entity.names)))),
            )
            for entity in catalogue.entities
        }

    def of(self, document: CataloguedDocument) -> Iterator[tuple[str, str]]:
        """Yield kind and name: of entities all names, of those whom no register explains what the header says."""
        for entity in sorted(set(self._links.get(document.id, {}).values())):
            kind, names = self._of.get(entity, ("", ()))
            yield from ((kind, name) for name in names if name)
        linked = self._links.get(document.id, {})
        for mention in document.record.mentions:
            if (mention.kind, mention.ref) not in linked and mention.kind in _NAMED and mention.label:
                yield mention.kind, mention.label


def _sought(names: Iterable[EntityName]) -> Iterator[str]:
    """Yield the names under which an entity is sought; a short one (Kim) says who is meant in one text only."""
    return (name.text for name in names if name.type not in {"short", "sort"})


def _fields(document: CataloguedDocument, names: _Names) -> Iterator[tuple[str, str]]:
    record = document.record
    yield "title", " ".join((document.label, *record.subtitles))
    if record.abstract:
        yield "abstract", record.abstract
    yield from dict.fromkeys(names.of(document))
    yield "type", record.type.replace("-", " ")
    for holding in record.holdings:
        yield "archive", " ".join((holding.repository, holding.settlement, holding.collection, holding.shelfmark))
    yield from (("language", language) for language in record.languages)
    yield from (("translator", mention.label) for mention in record.mentions if mention.role == "translator")
    if record.classification:
        yield "classification", record.classification
    yield from (("number", identifier.value) for identifier in record.identifiers)
    yield from (("note", note.text) for note in record.notes)
