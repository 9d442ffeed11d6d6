"""Around a document: what stands before and after it in time and in its journal, what points to it, what is akin to it.

Each fact names few documents and depends on few, so that a new document changes few pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from regesta.catalogue import Catalogue, CataloguedDocument

Around = tuple[str, CataloguedDocument]
"""What another document is to this one (earlier, later, in-journal-earlier, in-journal-later, has-draft-of …, akin)."""

Resolve = Callable[[str, str], CataloguedDocument | None]
"""What finds the document that a relation's target means, from the source that it stands in."""

_MOST_IN_COMMON = 20
"""A name that more documents share says nothing about any two of them."""
_MOST_AKIN = 3
_ENOUGH_IN_COMMON = 2
_PART_OF = frozenset({"part-of", "same-journal"})


def around(catalogue: Catalogue, resolve: Resolve) -> dict[str, tuple[Around, ...]]:
    """Return for each document id what is around it, the nearest kind of relation first."""
    found: dict[str, list[Around]] = defaultdict(list)
    for name, document, other in (
        *_pointing(catalogue, resolve),
        *_in_journals(catalogue, resolve),
        *_in_time(catalogue),
    ):
        found[document].append((name, other))
    documents = {document.id: document for document in catalogue.documents}
    for document, akin in _akin(catalogue):
        found[document] += [("akin", documents[other]) for other in akin]
    return {document: tuple(dict.fromkeys(each)) for document, each in found.items()}


_Found = Iterator[tuple[str, str, CataloguedDocument]]


def _pointing(catalogue: Catalogue, resolve: Resolve) -> _Found:
    """Yield for each document those that say of themselves that they are its draft, its translation, its enclosure."""
    for document in catalogue.documents:
        for relation in document.record.relations:
            meant = resolve(relation.target, document.source)
            if meant is not None and meant.id != document.id and relation.name not in _PART_OF:
                yield f"has-{relation.name}", meant.id, document


def _in_time(catalogue: Catalogue) -> _Found:
    documents = {document.id: document for document in catalogue.documents}
    dated = (documents[name] for name in catalogue.by_date if documents[name].sort_date)
    yield from _neighbours(dated, "")


def _in_journals(catalogue: Catalogue, resolve: Resolve) -> _Found:
    """Yield the neighbours of documents that are parts of the same one, by date."""
    journals: dict[str, list[CataloguedDocument]] = defaultdict(list)
    for document in catalogue.documents:
        for relation in document.record.relations:
            if relation.name == "part-of":
                journal = resolve(relation.target, document.source)
                journals[journal.id if journal else relation.target].append(document)
    for parts in journals.values():
        yield from _neighbours(sorted(parts, key=lambda part: (part.sort_date == "", part.sort_date)), "in-journal-")


def _neighbours(documents: Iterable[CataloguedDocument], prefix: str) -> _Found:
    for before, after in pairwise(documents):
        yield f"{prefix}later", before.id, after
        yield f"{prefix}earlier", after.id, before


def _akin(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Yield for each document the ids of those that share most of its rarer names, at least two of them."""
    naming: Mapping[str, tuple[str, ...]] = {entity.id: entity.documents for entity in catalogue.entities}
    rank = {document.id: at for at, document in enumerate(catalogue.documents)}
    for document in catalogue.documents:
        shared: Counter[str] = Counter()
        for entity in set(catalogue.links.get(document.id, {}).values()):
            if 1 < len(naming[entity]) <= _MOST_IN_COMMON:
                shared.update(naming[entity])
        del shared[document.id]
        akin = [other for other, count in shared.items() if count >= _ENOUGH_IN_COMMON]
        if akin:
            yield document.id, sorted(akin, key=lambda other: (-shared[other], rank[other]))[:_MOST_AKIN]
