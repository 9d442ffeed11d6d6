"""Search: the documents' words become static data that `assets/search.js` reads, a small file at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.search.shards import SearchableDocument, search_files

__all__ = ["SearchableDocument", "build_search", "search_files", "searchable_documents"]


def build_search(catalogue: Catalogue, text_of: Callable[[CataloguedDocument], str]) -> dict[str, bytes]:
    """Return the search data as files by their address below the site.

    `text_of` gives a document's whole text, "" where there is none; it is asked once for each, in collection
    order, so that no more than one text need be in memory.
    """
    return dict(search_files(searchable_documents(catalogue, text_of)))


def searchable_documents(
    catalogue: Catalogue, text_of: Callable[[CataloguedDocument], str]
) -> Iterator[SearchableDocument]:
    """Yield what is to be found of each document: also under every name of the entities that it names."""
    names_by_entity = {
        entity.id: (entity.entity.label, *(name.text for name in entity.entity.names)) for entity in catalogue.entities
    }
    for document in catalogue.documents:
        linked = sorted(set(catalogue.links.get(document.id, {}).values()))
        record = document.record
        yield SearchableDocument(
            page=document.page,
            title=document.label,
            date=document.written_date,
            abstract=record.abstract,
            names=tuple(name for entity in linked for name in names_by_entity.get(entity, ())),
            text=text_of(document),
            language=record.languages[0] if record.languages else "",
        )
