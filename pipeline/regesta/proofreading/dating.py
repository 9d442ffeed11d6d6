"""Dates within one source: values that are no dates, ranges that end before they begin, letters that arrive before
they are sent, and machine dates that the written date beside them contradicts.
"""  # noqa: D205

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from regesta import rules
from regesta.findings import Finding
from regesta.proofreading import written_dates
from regesta.proofreading.written_dates import Written
from regesta.reading import local_name
from regesta.walking import Met, Walk

_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00:00"
_VALUE = re.compile(
    rf"(?P<year>-?\d{{4}})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d)(?:T(?:{_TIME}))?)?)?{_ZONE}"
    rf"|--(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?{_ZONE}|---(?:0[1-9]|[12]\d|3[01]){_ZONE}|(?:{_TIME}){_ZONE}"
)
_WRITERS = frozenset({"date", "origDate", "docDate", "creation"})
_LONGEST = 120
_OPEN = re.compile(
    r"\d\.?\s*(?:–|and|und|u\.|et|и)\s*\d|(?<!\d)\d{1,2}\.?-\d{1,2}\.? \w"
    r"|\b(?:vor|nach|bis|seit|ab|before|after|until|till|since|avant|après|jusqu|depuis|до|после|с|по)\b|이전|이후|以前|以后|以後"
)
"""What makes of the date beside it one of several, or the end of a span, and not the date itself."""
_JULIAN_UNTIL = 1923
"""The year in which the last country of Europe gave up the Julian calendar."""
Day = tuple[int, int, int]


def check(walk: Walk) -> Iterator[Finding]:
    """Yield the faults of dates, each at the element that bears them."""
    ambiguous: list[tuple[Met, str]] = []
    for met, dates in walk.dated:
        wrong = [(attribute, value) for attribute, value in dates.items() if not _is_date(value)]
        for attribute, value in wrong:
            place = walk.tree.place(met.index, met.element)
            yield rules.finding("date-malformed", place, value=value, attribute=attribute, element=met.name)
        if wrong:
            continue
        yield from _reversed(walk, met, dates)
        text = _text(met)
        if text:
            yield from _contradicted(walk, met, dates, text)
            if _is_ambiguous(text, dates):
                ambiguous.append((met, text))
    if ambiguous:
        met, text = ambiguous[0]
        value = met.element.get("when", "")
        place = walk.tree.place(met.index, met.element)
        yield rules.finding("date-ambiguous", place, written=text, value=value, count=len(ambiguous))
    yield from _early_receipts(walk)


def _is_date(value: str) -> bool:
    """Return whether `value` is a W3C date, time, year, month or day that exists (XML Schema 1.1, part 2)."""
    found = _VALUE.fullmatch(value.strip())
    if found is None:
        return False
    if not found["day"]:
        return True
    year = abs(int(found["year"])) or 4
    return 1 <= int(found["day"]) <= calendar.monthrange(year % 400 + 2000, int(found["month"]))[1]


def interval(dates: Mapping[str, str]) -> tuple[Day, Day] | None:
    """Return the first and the last day that the attributes allow; None when they are open or no days of an era."""
    if "when" in dates:
        start = end = dates["when"]
    else:
        start = dates.get("notBefore") or dates.get("from") or ""
        end = dates.get("notAfter") or dates.get("to") or ""
    first, last = _bound(start, last=False), _bound(end, last=True)
    return (first, last) if first and last else None


def _bound(value: str, *, last: bool) -> Day | None:
    found = _VALUE.fullmatch(value.strip())
    if found is None or not found["year"] or found["year"].startswith("-"):
        return None
    year = int(found["year"])
    month = int(found["month"] or (12 if last else 1))
    longest = calendar.monthrange(year % 400 + 2000, month)[1]
    return (year, month, int(found["day"] or (longest if last else 1)))


def _reversed(walk: Walk, met: Met, dates: Mapping[str, str]) -> Iterator[Finding]:
    for start, end in (("notBefore", "notAfter"), ("from", "to"), ("from", "notAfter"), ("notBefore", "to")):
        first, last = _bound(dates.get(start, ""), last=False), _bound(dates.get(end, ""), last=True)
        if first and last and first > last:
            place = walk.tree.place(met.index, met.element)
            values: dict[str, Any] = {"start": start, "earliest": dates[start], "end": end, "latest": dates[end]}
            yield rules.finding("date-reversed", place, element=met.name, **values)
            return


def _text(met: Met) -> str:
    """Return the words of a date when they are short and its own: without notes and the words of later hands."""
    if met.name not in _WRITERS or met.element.get("calendar", "").lower().find("jul") >= 0:
        return ""
    if any(local_name(each) in {"note", "date", "choice", "subst"} for each in met.element.iterdescendants()):
        return ""
    text = " ".join("".join(met.element.itertext(etree.Element)).split())
    return text if len(text) <= _LONGEST else ""


def _contradicted(walk: Walk, met: Met, dates: Mapping[str, str], text: str) -> Iterator[Finding]:
    span = interval(dates)
    readings = written_dates.read(text)
    if _OPEN.search(text.casefold()):
        return
    if span and readings and not any(_agree(reading, span) for reading in readings):
        place = walk.tree.place(met.index, met.element)
        machine = ", ".join(f'{attribute}="{value}"' for attribute, value in dates.items())
        yield rules.finding("date-contradicted", place, element=met.name, machine=machine, written=text)


def _agree(reading: Written, span: tuple[Day, Day]) -> bool:
    """Return whether the date read lies between the first and last day, as far as both are known."""
    years = range(span[0][0], span[1][0] + 1)
    if reading.year is None:
        return any(_lies_within((year, reading.month, reading.day), span) for year in years)
    if reading.short:
        return any(
            year % 100 == reading.year and _lies_within((year, reading.month, reading.day), span) for year in years
        )
    return _lies_within((reading.year, reading.month, reading.day), span)


def _lies_within(date: tuple[int, int | None, int | None], span: tuple[Day, Day]) -> bool:
    year, month, day = date
    first = (year, month or 1, day or 1)
    last = (year, month or 12, day or 31)
    if first <= span[1] and last >= span[0]:
        return True
    return year <= _JULIAN_UNTIL and day is not None and _is_julian(first, span)


def _is_julian(written: Day, span: tuple[Day, Day]) -> bool:
    """Return whether the day written is that of the Julian calendar, ten to thirteen days behind the machine date."""
    try:
        old, new = datetime.date(*written), datetime.date(*span[0])
    except ValueError:
        return False
    return 9 <= (new - old).days <= 13


def _is_ambiguous(text: str, dates: Mapping[str, str]) -> bool:
    return "when" in dates and any(len(readings) > 1 for readings in written_dates.ambiguous(text))


def _early_receipts(walk: Walk) -> Iterator[Finding]:
    """Yield the correspondences whose receipt lies wholly before their dispatch."""
    sent: dict[etree._Element, tuple[Day, str]] = {}
    received: list[tuple[Met, etree._Element, Day, str]] = []
    for met, dates in walk.dated:
        action = met.element.getparent()
        description = None if action is None else action.getparent()
        span = interval(dates)
        if action is None or description is None or span is None or local_name(action) != "correspAction":
            continue
        value = dates.get("when") or " to ".join(dates.values())
        if action.get("type") == "sent":
            sent.setdefault(description, (span[0], value))
        elif action.get("type") == "received":
            received.append((met, description, span[1], value))
    for met, description, last, value in received:
        if description in sent and last < sent[description][0]:
            place = walk.tree.place(met.index, met.element)
            yield rules.finding("date-received-early", place, received=value, sent=sent[description][1])
