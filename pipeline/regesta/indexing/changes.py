"""The page that tells what has changed in the edition: errata, additions, withdrawals, from its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.history import CHANGES, History, Release, Released, Said
from regesta.indexing.models import ChangedDocument, ChangesPage, ReleaseChanges, ReleaseOnPage, Target
from regesta.rendering import EditionFacts

MOST = 200
"""So many documents of one kind of change are named; the first release of an edition may add thousands."""


def changes_page(catalogue: Catalogue, edition: EditionFacts, history: History) -> Iterator[ChangesPage]:
    """Yield the page, where the edition has releases."""
    shelf = _Shelf.of(catalogue, history.documents)
    rows = tuple(_release(each, shelf) for each in history.releases)
    if rows:
        yield ChangesPage(edition.changes, edition, "", rows)


@dataclass(frozen=True)
class _Shelf:
    """The documents by all identifiers that they have or had, in the collection's order, and titles of those gone."""

    documents: Mapping[str, CataloguedDocument]
    titles: Mapping[str, str]
    places: Mapping[str, int]

    @classmethod
    def of(cls, catalogue: Catalogue, released: Iterable[Released]) -> _Shelf:
        documents = {document.id: document for document in catalogue.documents}
        places = {name: place for place, name in enumerate(documents)}
        titles = {}
        for each in released:
            now = documents.get(each.id)
            for name in (each.id, *each.former):
                titles[name] = each.title
                if now:
                    documents.setdefault(name, now)
        return cls(documents, titles, places)

    def place(self, name: str) -> int:
        document = self.documents.get(name)
        return self.places[document.id] if document else len(self.places)

    def changed(self, name: str, said: Iterable[Said]) -> ChangedDocument:
        words = tuple((each.when, each.words) for each in said)
        document = self.documents.get(name)
        if document is None:
            return ChangedDocument(Target(self.titles.get(name) or name), said=words)
        return ChangedDocument(Target(document.label, document.page), document.written_date, words)


def _release(release: Release, shelf: _Shelf) -> ReleaseOnPage:
    return ReleaseOnPage(release.date, release.label, release.note, tuple(_groups(release, shelf)))


def _groups(release: Release, shelf: _Shelf) -> Iterator[ReleaseChanges]:
    """Yield the groups. Whoever has changed a text or a description also says so in the encoding: that is no news."""
    told: set[str] = set()
    for key in CHANGES:
        names = sorted(release.changes.get(key, ()), key=shelf.place)
        if key == "markup":
            names = [name for name in names if name not in told]
        if names:
            named = tuple(
                shelf.changed(name, () if name in told else release.said.get(name, ())) for name in names[:MOST]
            )
            yield ReleaseChanges(key, named, len(names), len(names) - len(named))
        told.update(names)
