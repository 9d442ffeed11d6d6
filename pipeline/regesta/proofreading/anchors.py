"""Identifiers within one source: the same `xml:id` given twice."""

from __future__ import annotations

from collections.abc import Iterator

from regesta import rules
from regesta.findings import Finding
from regesta.walking import Walk


def check(walk: Walk) -> Iterator[Finding]:
    """Yield a finding for each `xml:id` that an element before it in the same source bears already."""
    first: dict[str, int] = {}
    for met, identifier in walk.ids:
        before = first.setdefault(identifier, met.index)
        if before == met.index:
            continue
        place, known = walk.tree.place(met.index, met.element), walk.tree.place(before)
        if (place.path, place.line, place.column) != (known.path, known.line, known.column):
            where = f"line {known.line}" if known.path == place.path else f"{known.path}:{known.line}"
            yield rules.finding("xml-id-doubled", place, id=identifier, element=met.name, other=where)
