"""Former addresses of documents: pages that lead on to where a document is now, or say that it is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regesta.catalogue import Catalogue
from regesta.history import Released
from regesta.identifiers import fold
from regesta.indexing.models import FormerPage
from regesta.rendering import EditionFacts


def former_pages(catalogue: Catalogue, edition: EditionFacts, history: Iterable[Released]) -> Iterator[FormerPage]:
    """Yield a page for each identifier that a document had or that a deleted one has, where no other page stands."""
    documents = {document.id: document for document in catalogue.documents}
    taken = {fold(document.page) for document in catalogue.documents}
    for released in sorted(history, key=lambda each: each.id):
        document = documents.get(released.id)
        names = released.former if document else (*released.former, released.id) if released.deleted else ()
        for name in names:
            path = f"documents/{name}.html"
            if fold(path) not in taken:
                taken.add(fold(path))
                label, target = (document.label, document.page) if document else (released.title or name, "")
                yield FormerPage(path, edition, "../", label, target)
