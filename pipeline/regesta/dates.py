"""Dates: which of a document's dates it is sorted and shown by, and how imprecise ones sort.

Values are those of TEI's att.datable.w3c (Guidelines, 13.4); ISO forms sort as text once years have four digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regesta.records import DatedEvent

_PRECEDENCE = ("listing", "sent", "signed", "written", "event", "registered", "received", "printed")
_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:T.*|Z|[+-]\d\d:\d\d)?\Z")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")


def primary(dates: Iterable[DatedEvent]) -> DatedEvent | None:
    """Return the date by which a document is listed: the listing's own, else sent, signed, written and so on.

    Of equally good ones the first that can be sorted wins; None when there is no date at all.
    """
    ranked = sorted(dates, key=lambda date: (sort_key(date) == "", _rank(date.kind)))
    return ranked[0] if ranked else None


def sort_key(date: DatedEvent | None) -> str:
    """Return an ISO-like text by which dates sort ("1956" before "1956-09" before "1956-09-16"); "" for undated.

    The start of a range counts; without machine-readable attributes the first year of the written form does, so
    that "1800?" sorts among the documents of 1800.
    """
    if date is None:
        return ""
    for value in (date.when, date.date_from, date.not_before, date.date_to, date.not_after):
        found = _ISO.match(value)
        if found:
            return "-".join(part for part in found.groups() if part)
    year = _YEAR.search(date.written)
    return year.group() if year else ""


def is_iso(value: str) -> bool:
    """Return whether `value` is a year, month or day that can be sorted (W3C date, gYearMonth, gYear)."""
    return bool(_ISO.match(value))


def shown(date: DatedEvent | None) -> str:
    """Return the date as it is shown: as written, else its machine form; "" for undated."""
    if date is None:
        return ""
    if date.written:
        return date.written
    if date.when:
        return date.when
    start, end = date.date_from or date.not_before, date.date_to or date.not_after
    return "–".join(part for part in (start, end) if part) if start != end else start


def malformed(date: DatedEvent) -> list[str]:
    """Return the attribute values that are no W3C date of the Common Era and so cannot be sorted."""
    values = (date.when, date.date_from, date.date_to, date.not_before, date.not_after)
    return [value for value in values if value and not is_iso(value)]


def _rank(kind: str) -> int:
    return _PRECEDENCE.index(kind) if kind in _PRECEDENCE else len(_PRECEDENCE)
