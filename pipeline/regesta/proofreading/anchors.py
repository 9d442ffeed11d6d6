"""Identifiers within one source: the same `xml:id` given twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from regesta import rules
from regesta.findings import Finding, Fix, Remedy
from regesta.walking import Walk


def check(walk: Walk) -> Iterator[Finding]:
    """Yield a finding for each `xml:id` that an element before it in the same source bears already."""
    first: dict[str, int] = {}
    pointed = {word for _met, _attribute, value in walk.pointers for word in value.split()}
    taken = {identifier for _met, identifier in walk.ids}
    for met, identifier in walk.ids:
        before = first.setdefault(identifier, met.index)
        if before == met.index:
            continue
        place, known = walk.tree.place(met.index, met.element), walk.tree.place(before)
        if (place.path, place.line, place.column) != (known.path, known.line, known.column):
            where = f"line {known.line}" if known.path == place.path else f"{known.path}:{known.line}"
            fix = None
            if f"#{identifier}" not in pointed:  # else it is not sure which of the two is meant
                fresh = next(each for number in count(2) if (each := f"{identifier}-{number}") not in taken)
                taken.add(fresh)
                fix = Fix(Remedy.REPLACE_VALUE, identifier, fresh, "xml:id")
            yield rules.finding("xml-id-doubled", place, fix, id=identifier, element=met.name, other=where)
