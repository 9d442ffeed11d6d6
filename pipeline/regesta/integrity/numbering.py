"""The numbers that documents bear, in a volume or in a collection: doubled or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from regesta import rules
from regesta.catalogue import CataloguedDocument
from regesta.findings import Finding, Place
from regesta.integrity.material import Read, some

_DENSE = 0.5
"""The share of a range that must be there before the rest of it counts as missing: a selection has no holes."""


def check(
    documents: Sequence[CataloguedDocument], places: Mapping[str, Place], sources: Mapping[str, Read]
) -> Iterator[Finding]:
    """Yield the numbers that two documents bear, and those that none bears though its neighbours are there."""
    for read in sources.values():
        rows = [(int(each.number), each.place) for each in read.facts.numbered if each.number.isdecimal()]
        yield from _numbers(rows, "in this volume")
    yield from _numbers(
        [
            (document.record.order, places[document.id])
            for document in documents
            if document.record.order is not None and document.unit == "TEI"
        ],
        "in the collection",
    )


def _numbers(rows: Sequence[tuple[int, Place]], where: str) -> Iterator[Finding]:
    first: dict[int, Place] = {}
    for number, place in rows:
        known = first.setdefault(number, place)
        if known is not place:
            yield rules.finding("number-doubled", place, number=number, where=where, other=f"{known.path}:{known.line}")
    present = sorted(first)
    if len(present) < 3 or len(present) < _DENSE * (present[-1] - present[0] + 1):
        return
    missing = [str(number) for number in range(present[0], present[-1]) if number not in first]
    if missing:
        after = first[next(number for number in present if number > int(missing[0]))]
        yield rules.finding("number-missing", after, numbers=some(missing), where=where, count=len(missing))
