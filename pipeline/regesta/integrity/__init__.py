"""Integrity: what only the whole collection shows: pointers that lead nowhere, entries twice, numbers left out.

Each family is a module with a function from values to findings; `check` puts them in order. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from regesta.catalogue import Catalogue
from regesta.findings import Finding
from regesta.integrity import chronology, identifiers, links, numbering, pointers, registers
from regesta.integrity.material import Claimed, Read, Surroundings

__all__ = ["Claimed", "Read", "Surroundings", "check"]


def check(
    catalogue: Catalogue, claims: Sequence[Claimed], sources: Mapping[str, Read], surroundings: Surroundings
) -> Iterator[Finding]:
    """Yield the findings across documents.

    `claims` are the identifiers that documents ask for, in the catalogue's order; `sources` what was read, by name.
    """
    places = {claim.given: claim.place for claim in claims}
    yield from identifiers.check(claims, sources)
    yield from identifiers.titles(catalogue.documents, places)
    yield from pointers.check(sources, surroundings)
    yield from links.check(sources, surroundings)
    yield from registers.check(catalogue, sources)
    yield from numbering.check(catalogue.documents, places, sources)
    yield from chronology.check(catalogue.documents, places, sources, surroundings)
