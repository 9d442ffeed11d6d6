"""Dates against the collection: documents older or younger than it says it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regesta import dates, rules
from regesta.catalogue import CataloguedDocument
from regesta.findings import Finding, Place
from regesta.integrity.material import Read, Surroundings


def check(
    documents: Sequence[CataloguedDocument],
    places: Mapping[str, Place],
    sources: Mapping[str, Read],
    surroundings: Surroundings,
) -> Iterator[Finding]:
    """Yield the documents whose date, as far as it is known, lies wholly outside the collection's."""
    earliest, latest = surroundings.earliest, surroundings.latest
    if not earliest and not latest:
        return
    for document in documents:
        if document.unit not in {"TEI", "division"}:
            continue
        event = dates.primary(document.record.dates)
        first = document.sort_date
        if event is None or not first:
            continue
        ends = [value for value in (event.when, event.date_to, event.not_after) if dates.is_iso(value)]
        last = ends[0][:10] if ends else first
        early, late = _before(last, earliest), _before(latest, first)
        if early or late:
            values: dict[str, Any] = {
                "date": first,
                "relation": "earlier" if early else "later",
                "bound": earliest if early else latest,
            }
            yield rules.finding("date-outside", _place(document, first, places, sources), **values)


def _before(one: str, other: str) -> bool:
    """Return whether the date `one` ends before `other` begins; years and months are compared as such."""
    shared = min(len(one), len(other))
    return bool(one) and bool(other) and one[:shared] < other[:shared]


def _place(document: CataloguedDocument, value: str, places: Mapping[str, Place], sources: Mapping[str, Read]) -> Place:
    """Return where the document is dated so; where that is written nowhere, where it begins."""
    start = places[document.id]
    within = document.unit == "division"
    return next(
        (
            dated.place
            for dated in sources[document.source].facts.dates
            if dated.value.startswith(value) and (not within or dated.place.line >= start.line)
        ),
        start,
    )
