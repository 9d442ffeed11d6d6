"""Identifiers across sources: doubled, copied with the file, or other than the file's name; and missing titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from regesta import rules
from regesta.catalogue import CataloguedDocument
from regesta.findings import Finding, Place
from regesta.identifiers import fold, path_safe
from regesta.integrity.material import Claimed, Read

_FEW = 3


def check(claims: Sequence[Claimed], sources: Mapping[str, Read]) -> Iterator[Finding]:
    """Yield what is wrong with the identifiers of documents and of their files' root elements."""
    copied = dict(_copied(sources))
    yield from (finding for _source, finding in sorted(copied.items()))
    yield from _claims(claims, copied)
    yield from _other_names(sources, copied)


def titles(documents: Iterable[CataloguedDocument], places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield the documents without a title."""
    for document in documents:
        if not document.record.title:
            yield rules.finding("title-missing", places[document.id], id=document.id)


def _copied(sources: Mapping[str, Read]) -> Iterator[tuple[str, Finding]]:
    """Yield the sources whose root bears the name of another file, which has it too: they were made by copying it."""
    originals = {fold(read.stem): read for read in sources.values() if fold(read.root_id) == fold(read.stem)}
    for read in sources.values():
        original = originals.get(fold(read.root_id)) if read.root_id else None
        if original is not None and fold(read.stem) != fold(original.stem):
            values: dict[str, Any] = {"id": read.root_id, "other": original.shown, "name": read.stem}
            yield read.name, rules.finding("id-copied", _root(read), **values)


def _claims(claims: Sequence[Claimed], copied: Mapping[str, Finding]) -> Iterator[Finding]:
    first: dict[str, Claimed] = {}
    for claim in sorted(claims, key=lambda claim: (claim.given != path_safe(claim.wanted), claim.place.path)):
        known = first.setdefault(fold(path_safe(claim.wanted)), claim)
        if known is not claim:
            other = f"{known.place.path}:{known.place.line}" if known.place.line else known.place.path
            if claim.source not in copied:
                yield rules.finding("id-doubled", claim.place, id=claim.wanted, other=other, given=claim.given)
        elif claim.given != claim.wanted:
            yield rules.finding("id-odd", claim.place, id=claim.wanted, given=claim.given)


def _other_names(sources: Mapping[str, Read], copied: Mapping[str, Finding]) -> Iterator[Finding]:
    """Yield the sources whose root is not called as its file is; once, where that is the custom of the edition."""
    named = [read for read in sources.values() if read.root_id and not read.is_register]
    others = [read for read in named if fold(read.root_id) != fold(read.stem) and read.name not in copied]
    custom = len(others) > _FEW and len(others) * 2 > len(named)
    for read in others[:1] if custom else others:
        count = len(others) if custom else 1
        yield rules.finding("id-not-file-name", _root(read), id=read.root_id, name=read.stem, count=count)


def _root(read: Read) -> Place:
    anchor = read.anchors.get(read.root_id)
    return anchor.place if anchor else Place(read.shown)
