"""The page that tells what has changed in the edition: errata, additions, withdrawals, from its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.history import CHANGES, History, Release
from regesta.indexing.models import ChangedDocument, ChangesPage, ReleaseChanges, ReleaseOnPage, Target
from regesta.rendering import EditionFacts

MOST = 200
"""So many documents of one kind of change are named; the first release of an edition may add thousands."""


def changes_page(catalogue: Catalogue, edition: EditionFacts, history: History) -> Iterator[ChangesPage]:
    """Yield the page, where the edition has releases."""
    documents = {document.id: document for document in catalogue.documents}
    titles = {each.id: each.title for each in history.documents}
    rows = tuple(_release(each, documents, titles) for each in history.releases)
    if rows:
        yield ChangesPage(edition.changes, edition, "", rows)


def _release(release: Release, documents: Mapping[str, CataloguedDocument], titles: Mapping[str, str]) -> ReleaseOnPage:
    def changed(name: str) -> ChangedDocument:
        document = documents.get(name)
        target = Target(document.label, document.page) if document else Target(titles.get(name) or name)
        return ChangedDocument(target, tuple((each.when, each.words) for each in release.said.get(name, ())))

    groups = (
        ReleaseChanges(key, tuple(map(changed, names[:MOST])), max(0, len(names) - MOST))
        for key in CHANGES
        if (names := release.changes.get(key, ()))
    )
    return ReleaseOnPage(release.date, release.label, release.note, tuple(groups))
