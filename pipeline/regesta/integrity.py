"""Integrity: what only the whole collection shows: doubled identifiers, pointers that lead nowhere, missing titles."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from regesta import dates, rules
from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.findings import Finding, Place
from regesta.identifiers import fold, path_safe


@dataclass(frozen=True)
class Claimed:
    """An identifier that a document asks for, where it stands, and the one that it got."""

    wanted: str
    given: str
    place: Place


def check(
    catalogue: Catalogue,
    claims: Sequence[Claimed],
    places: Mapping[str, Place],
    sources: Collection[str],
    *,
    complete: bool,
) -> Iterator[Finding]:
    """Yield the findings across documents; `places` gives for each document's id where it begins.

    `sources` are the names of those whose entries can be pointed to. `complete` tells whether all of an edition was
    read: otherwise a pointer into a file that was not given is worth a remark, not a warning.
    """
    yield from _identifiers(claims)
    yield from _titles(catalogue.documents, places)
    yield from _dates(catalogue.documents, places)
    yield from _pointers(catalogue, places, sources, complete=complete)


def _identifiers(claims: Sequence[Claimed]) -> Iterator[Finding]:
    first: dict[str, Claimed] = {}
    for claim in sorted(claims, key=lambda claim: (claim.given != path_safe(claim.wanted), claim.place.path)):
        known = first.setdefault(fold(path_safe(claim.wanted)), claim)
        if known is not claim:
            where = f"{known.place.path}:{known.place.line}" if known.place.line else known.place.path
            yield rules.finding("id-doubled", claim.place, id=claim.wanted, other=where, given=claim.given)
        elif claim.given != claim.wanted:
            yield rules.finding("id-odd", claim.place, id=claim.wanted, given=claim.given)


def _titles(documents: Iterable[CataloguedDocument], places: Mapping[str, Place]) -> Iterator[Finding]:
    for document in documents:
        if not document.record.title:
            yield rules.finding("title-missing", places[document.id], id=document.id)


def _dates(documents: Iterable[CataloguedDocument], places: Mapping[str, Place]) -> Iterator[Finding]:
    for document in documents:
        for date in document.record.dates:
            for value in dates.malformed(date):
                yield rules.finding("date-malformed", places[document.id], value=value, kind=date.kind)


def _pointers(
    catalogue: Catalogue, places: Mapping[str, Place], sources: Collection[str], *, complete: bool
) -> Iterator[Finding]:
    """Yield one finding for each pointer that leads nowhere, at the first document that uses it.

    Where a file is no source and nothing in it is found, the file itself is missing: one finding says so.
    """
    users: dict[str, list[str]] = defaultdict(list)
    for document_id, mention in catalogue.unresolved:
        if document_id not in users[mention.ref]:
            users[mention.ref].append(document_id)
    by_file: dict[str, list[str]] = defaultdict(list)
    for ref in sorted(users):
        by_file[ref.rpartition("#")[0]].append(ref)
    source_of = {document.id: document.source for document in catalogue.documents}
    found = {ref.rpartition("#")[0] for links in catalogue.links.values() for _kind, ref in links}
    for file, refs in sorted(by_file.items()):
        user = source_of[users[refs[0]][0]]
        if file and file not in found and _path(file, user) not in sources:
            rule = "register-missing" if complete else "pointer-outside"
            yield rules.finding(rule, places[users[refs[0]][0]], file=file, count=len(refs))
            continue
        for ref in refs:
            yield rules.finding("pointer-dangling", places[users[ref][0]], ref=ref, count=len(users[ref]))


def _path(file: str, source: str) -> str:
    """Return the name below the source folder of the file that a pointer in `source` means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(file)))
