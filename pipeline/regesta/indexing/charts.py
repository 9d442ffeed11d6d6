"""How documents lie in time: bars of equal steps, as fine as fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from regesta.catalogue import CataloguedDocument
from regesta.indexing.dating import year_and_month
from regesta.indexing.models import Bar, Chart

_MOST_BARS = 120
_MOST_WEEKS = 320
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def chart(dated: Sequence[CataloguedDocument]) -> Chart | None:
    """Return the chart in the finest unit that fits, or None when no date can be shown in it.

    Weeks fit when at most a tenth of the dated documents has no day; a chart leaves out dates that are too vague for
    its unit: no guesses.
    """
    months = [point for document in dated if (point := year_and_month(document))[0]]
    weeks = [week for document in dated if (week := _week(document)) is not None]
    if weeks and len(weeks) * 10 >= len(months) * 9 and max(weeks) - min(weeks) < _MOST_WEEKS:
        return _drawn("week", weeks, len(months) - len(weeks))
    points = [(int(year) * 12 + int(month or 1) - 1, bool(month)) for year, month in months]
    if not points:
        return None
    first, last = min(points)[0], max(points)[0]
    fitting = (unit for unit, size in _MONTHS.items() if last // size - first // size < _MOST_BARS)
    unit = next(fitting, "century")
    steps = [point // _MONTHS[unit] for point, exact in points if exact or unit != "month"]
    return _drawn(unit, steps, len(points) - len(steps)) if steps else None


def _drawn(unit: str, found: Sequence[int], left_out: int) -> Chart:
    counts = Counter(found)
    steps = range(min(counts), max(counts) + 1)
    return Chart(
        unit=unit,
        bars=tuple(Bar(at, counts[step], _name(step, unit)) for at, step in enumerate(steps) if counts[step]),
        steps=len(steps),
        most=max(counts.values()),
        first=_name(steps[0], unit),
        last=_name(steps[-1], unit),
        left_out=left_out,
    )


def _week(document: CataloguedDocument) -> int | None:
    """Return the week of the document's day, counted from the year 1; None without a day that exists."""
    found = _DAY.fullmatch(document.sort_date)
    try:
        return (date(*map(int, found.groups())).toordinal() - 1) // 7 if found else None
    except ValueError:
        return None


def _name(step: int, unit: str) -> str:
    """Return the day with which a week begins, the month, or the year, as numbers."""
    if unit == "week":
        return (date.min + timedelta(days=step * 7)).isoformat()
    months = step * _MONTHS[unit]
    return f"{months // 12}-{months % 12 + 1:02}" if unit == "month" else str(months // 12)
