"""Dates as people write them, turned into W3C dates; what cannot be read for certain is not read at all."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "i"),
            ("february", "feb", "ii"),
            ("march", "mar", "iii"),
            ("april", "apr", "iv"),
            ("may", "v"),
            ("june", "jun", "vi"),
            ("july", "jul", "vii"),
            ("august", "aug", "viii"),
            ("september", "sept", "sep", "ix"),
            ("october", "oct", "x"),
            ("november", "nov", "xi"),
            ("december", "dec", "xii"),
        ),
        start=1,
    )
    for name in names
}
_YEAR = r"(?P<{}>1\d{{3}}|20\d{{2}})"
_NAMED = "|".join(sorted((name for name in _MONTHS if set(name) - set("ivx")), key=len, reverse=True))
_ROMAN = "XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I"
_DAY = r"(?P<{}>\d{{1,2}})"
_TO = r"\s*(?:-|–|to|through)\s*"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR.format('y1')}(?:-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?)?",
        rf"(?P<m1>{_NAMED})\.?\s+{_DAY.format('d1')},?\s+{_YEAR.format('y1')}",
        rf"(?:{_DAY.format('d1')}\s+)?(?P<m1>{_NAMED})\.?(?:,?\s+{_YEAR.format('y1')})?",
        rf"{_DAY.format('d1')}\.\s?(?P<m1>{_ROMAN})\.\s?{_YEAR.format('y1')}",
        rf"{_YEAR.format('y1')}{_TO}{_YEAR.format('y2')}",
        rf"{_DAY.format('d1')}(?:{_TO}|/){_DAY.format('d2')}\s+(?P<m2>{_NAMED})(?:\s+{_YEAR.format('y2')})?",
        rf"{_DAY.format('d1')}(?:-\d{{1,2}})*-{_DAY.format('d2')}\.\s?(?P<m2>{_ROMAN})\.\s?{_YEAR.format('y2')}",
        rf"{_DAY.format('d1')}\s+(?P<m1>{_NAMED})(?:\s+{_YEAR.format('y1')})?{_TO}"
        rf"{_DAY.format('d2')}\s+(?P<m2>{_NAMED})(?:\s+{_YEAR.format('y2')})?",
    )
)


@dataclass(frozen=True, slots=True)
class When:
    """A day, month or year (`start` and `end` alike), a period, or the `bounds` of a day that is not known."""

    start: str
    end: str
    bounds: bool = False

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes of TEI's att.datable that say this."""
        if self.bounds:
            stated = {"notBefore": self.start, "notAfter": self.end}
        else:
            stated = {"when": self.start} if self.start == self.end else {"from": self.start, "to": self.end}
        return {name: value for name, value in stated.items() if value}

    def covers(self, other: When) -> bool:
        """Return whether `other` lies within this one, as exactly as the coarser of the two can tell."""
        start, end = min(len(self.start), len(other.start)), min(len(self.end), len(other.end))
        return self.start[:start] <= other.start[:start] and other.end[:end] <= self.end[:end]


def read(text: str, year: str = "") -> When | None:
    """Return what `text` says, or None when it is no date or not certainly one; `year` serves where it names none.

    Days and months in figures alone ("3.4.1956") are not read: their order is anybody's guess.
    """
    stripped = " ".join(text.split())
    for form in _FORMS:
        found = form.fullmatch(stripped)
        if found:
            return _when({name: value or "" for name, value in found.groupdict().items()}, year)
    return None


def iso(text: str) -> When | None:
    """Return the date that `text` is in ISO form (a year, month or day), or None."""
    found = _FORMS[0].fullmatch(text.strip())
    return _when({name: value or "" for name, value in found.groupdict().items()}, "") if found else None


def _when(parts: dict[str, str], year: str) -> When | None:
    end_year = parts.get("y2") or parts.get("y1") or year
    start_year = parts.get("y1") or end_year
    end_month = parts.get("m2") or parts.get("m1", "")
    start_month = parts.get("m1") or end_month
    start = _day(start_year, start_month, parts.get("d1", ""))
    end = _day(end_year, end_month, parts.get("d2") or parts.get("d1", "")) if _is_period(parts) else start
    return When(start, end) if start and end and start <= end else None


def _is_period(parts: dict[str, str]) -> bool:
    return bool(parts.get("d2") or parts.get("y2"))


def _day(year: str, month: str, day: str) -> str:
    """Return the W3C form, "" when there is no such day."""
    if not year:
        return ""
    if not month:
        return year
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    if not 1 <= number <= 12:
        return ""
    if not day:
        return f"{year}-{number:02}"
    if not 1 <= int(day) <= monthrange(int(year), number)[1]:
        return ""
    return f"{year}-{number:02}-{int(day):02}"
