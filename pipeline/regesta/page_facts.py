"""Page facts: what the catalogue lets a document's page show: neighbours, names, relations, parts."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from regesta.around import around
from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.rendering import EditionFacts, Facing, Link, Medium, NameLink, PageFacts

_FACING = {"translation-of": ("original", "translation"), "corresponds-to": ("parallel", "parallel")}
"""Relations of documents whose texts stand side by side: what the other is to this one, and this to the other."""

FindMedium = Callable[[str, str], Medium | None]
"""What finds the picture or recording that a source's pointer leads to."""


class PageFactsMaker:
    """Makes the facts of a document's page whenever they are asked for: those of all are too much to hold."""

    def __init__(self, catalogue: Catalogue, edition: EditionFacts, find_medium: FindMedium) -> None:
        documents = catalogue.documents
        self._catalogue = catalogue
        self._edition = edition
        self._find_medium = find_medium
        self._places = {document.id: number for number, document in enumerate(documents)}
        self._entities = {entity.id: entity for entity in catalogue.entities}
        self._targets = _Targets(documents)
        self._parts = _parts(documents)
        self._volumes = {_volume_of(document): document for document in documents if document.unit == "body"}
        self._facing = _facing(documents, self._targets)
        self._around = around(catalogue, lambda target, source: self._targets.resolve(target, source)[0])

    def of(self, document: CataloguedDocument, pointers: Iterable[str], media: Iterable[str]) -> PageFacts:
        """Return the facts of a document's page.

        `pointers` are the targets in its text that may mean other documents, as written, and `media` those that may
        mean pictures and recordings.
        """
        documents, number = self._catalogue.documents, self._places[document.id]
        volume = _volume_of(document)
        return PageFacts(
            id=document.id,
            label=document.label,
            unit=document.unit,
            written_date=document.written_date,
            edition=self._edition,
            tei_href=f"../tei/{quote(document.id)}.xml",
            previous=_neighbour(documents[number - 1], "previous") if number else None,
            next=_neighbour(documents[number + 1], "next") if number + 1 < len(documents) else None,
            names=tuple(_names(self._catalogue, document, self._entities, self._targets, pointers)),
            relations=(*_volume(document, self._volumes), *_relations(document, self._targets)),
            parts=tuple(self._parts.get(volume, ())) if document.unit in {"front", "body", "back"} else (),
            facing=self._facing.get(document.id),
            around=tuple(_neighbour(other, relation) for relation, other in self._around.get(document.id, ())),
            media=tuple(found for each in media if (found := self._find_medium(document.source, each)) is not None),
        )


def _facing(documents: Iterable[CataloguedDocument], targets: _Targets) -> dict[str, Facing]:
    """Return by id what stands beside documents: beside a translation its original, beside that its first translation.

    Both must have a text. A document that answers another one, no matter which is the original, stands beside it too.
    """
    found: dict[str, Facing] = {}
    for document in documents:
        for relation in document.record.relations:
            original, _fragment = targets.resolve(relation.target, document.source)
            if relation.name not in _FACING or original is None or original is document:
                continue
            if "none" not in {document.record.transcript, original.record.transcript}:
                there, back = _FACING[relation.name]
                found.setdefault(document.id, Facing(original.id, href(original.page), original.label, there))
                found.setdefault(original.id, Facing(document.id, href(document.page), document.label, back))
    return found


def href(page: str) -> str:
    """Return the address of `page` (below the site) as seen from a page one folder down."""
    return "../" + quote(page)


def _neighbour(document: CataloguedDocument, relation: str) -> Link:
    return Link(href(document.page), document.label, relation)


def _parts(documents: Iterable[CataloguedDocument]) -> dict[tuple[str, str], list[Link]]:
    """Return links to the documents of each volume, with their names in it."""
    parts: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for document in documents:
        if document.unit == "division":
            name = document.part.rpartition("/")[2]
            parts[_volume_of(document)].append(Link(href(document.page), document.label, name))
    return parts


def _volume_of(document: CataloguedDocument) -> tuple[str, str]:
    """Return what a document of a volume shares with the others: the source, and the volume's place in a corpus."""
    return document.source, document.part.rpartition("/")[0]


def _volume(document: CataloguedDocument, volumes: Mapping[tuple[str, str], CataloguedDocument]) -> Iterator[Link]:
    """Yield the link from a document of a volume to the volume: without it the page could not be cited."""
    volume = volumes.get(_volume_of(document))
    if volume is not None and document.unit in {"division", "front", "back"}:
        yield Link(href(volume.page), volume.record.title or volume.label, "part-of")


def _names(
    catalogue: Catalogue,
    document: CataloguedDocument,
    entities: Mapping[str, CataloguedEntity],
    targets: _Targets,
    pointers: Iterable[str],
) -> Iterator[NameLink]:
    for (kind, ref), target in catalogue.links.get(document.id, {}).items():
        entity = entities[target]
        yield NameLink(kind, ref, href(entity.page), entity.entity.label)
    for pointer in pointers:
        meant, fragment = targets.resolve(pointer, document.source)
        if meant is not None and meant.id != document.id:
            yield NameLink("document", pointer, href(meant.page) + fragment, meant.label)


def _relations(document: CataloguedDocument, targets: _Targets) -> Iterator[Link]:
    for relation in document.record.relations:
        if not relation.target:
            continue  # a document that is only described
        meant, _fragment = targets.resolve(relation.target, document.source)
        if meant is not None:
            yield Link(href(meant.page), relation.label or meant.label, relation.name)
        elif relation.target.startswith(("http://", "https://")):
            yield Link(relation.target, relation.label or relation.target, relation.name)


class _Targets:
    """Which document a pointer means: a path to its file, or its identifier."""

    def __init__(self, documents: Iterable[CataloguedDocument]) -> None:
        self.by_source: dict[str, CataloguedDocument] = {}
        self.by_part: dict[tuple[str, str], CataloguedDocument] = {}
        self.by_id: dict[str, CataloguedDocument] = {}
        for document in documents:
            self.by_source.setdefault(document.source, document)
            self.by_part[document.source, document.part.rpartition("/")[2]] = document
            self.by_id[document.id] = document

    def resolve(self, pointer: str, source: str) -> tuple[CataloguedDocument | None, str]:
        """Return the document meant and the fragment ("#p3" or "") within its page."""
        try:
            parts = urlsplit(pointer)
        except ValueError:
            return None, ""
        if parts.scheme or parts.netloc:
            return None, ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if not parts.path:
            return self.by_part.get((source, parts.fragment)), ""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))
        if (name, parts.fragment) in self.by_part and parts.fragment:
            return self.by_part[name, parts.fragment], ""
        return self.by_source.get(name) or self.by_id.get(parts.path), fragment
