"""BEACON files: which persons, bodies and places of authority files the edition has a page for.

One file an authority, `data/beacon-gnd.txt` and so on, in the format of https://gbv.github.io/beaconspec/: an
identifier, the number of documents, and the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from regesta.catalogue import Catalogue, CataloguedEntity
from regesta.indexing.authorities import AUTHORITIES, identifier_in
from regesta.rendering import EditionFacts


def beacons(catalogue: Catalogue, edition: EditionFacts) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of a file for each authority that an entity of the edition is known to."""
    for name, prefix in AUTHORITIES.items():
        lines = sorted(set(_lines(catalogue, name)))
        if lines:
            yield (
                f"data/beacon-{name}.txt",
                "\n".join([*_header(edition, name, prefix), "", *lines, ""]).encode("utf-8"),
            )


def _header(edition: EditionFacts, name: str, prefix: str) -> Iterator[str]:
    yield "#FORMAT: BEACON"
    yield f"#PREFIX: {prefix}"
    yield f"#TARGET: {edition.url}{{+ID}}"
    yield f"#FEED: {edition.url}data/beacon-{name}.txt"
    yield f"#NAME: {_line(edition.title)}"
    if edition.publisher:
        yield f"#INSTITUTION: {_line(edition.publisher)}"


def _lines(catalogue: Catalogue, name: str) -> Iterator[str]:
    for entity in catalogue.entities:
        for identifier in _known(entity, name):
            yield f"{identifier}|{len(set(entity.documents))}|{quote(entity.page)}"


def _known(entity: CataloguedEntity, name: str) -> Iterator[str]:
    for each in entity.entity.authorities:
        authority, identifier = identifier_in(each)
        if authority == name:
            yield identifier


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
