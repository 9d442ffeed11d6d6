"""Dates, times and durations of XML Schema Part 2 (sections 3.2.6 to 3.2.14), with their partial orders."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from fractions import Fraction

_DAY = 86_400
_MOST_OFFSET = 14 * 3_600
"""A moment without a time zone may be up to 14 hours off one with a zone (section 3.2.7.4)."""
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_YEAR = r"(?P<year>-?(?!0000)(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY_OF_MONTH = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-3]|24(?=:00:00(?:\.0+)?(?:$|[Z+-]))):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_FORMS = {
    kind: re.compile(form + _ZONE, re.ASCII)
    for kind, form in {
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}T{_TIME}",
        "date": f"{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}",
        "time": _TIME,
        "gYear": _YEAR,
        "gYearMonth": f"{_YEAR}-{_MONTH}",
        "gMonth": f"--{_MONTH}",
        "gMonthDay": f"--{_MONTH}-{_DAY_OF_MONTH}",
        "gDay": f"---{_DAY_OF_MONTH}",
    }.items()
}
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
# Durations are compared by what they make of these months (section 3.2.6.2).
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


@dataclass(frozen=True)
class Moment:
    """A point on the time line in seconds, or, without a zone, a stretch of possible ones around it."""

    seconds: Fraction
    zoned: bool

    def __lt__(self, other: Moment) -> bool:
        if self.zoned is other.zoned:
            return self.seconds < other.seconds
        return self.seconds + _MOST_OFFSET < other.seconds


@dataclass(frozen=True)
class Duration:
    """Months and seconds; which of two is longer may depend on the months they are added to."""

    months: int
    seconds: Fraction

    @classmethod
    def read(cls, literal: str) -> Duration | None:
        """Return the duration that the literal stands for, None when it is none."""
        found = _DURATION.fullmatch(literal)
        if found is None:
            return None
        part = {name: Fraction(text or 0) for name, text in found.groupdict().items() if name != "sign"}
        sign = -1 if found["sign"] else 1
        months = part["years"] * 12 + part["months"]
        seconds = part["days"] * _DAY + part["hours"] * 3_600 + part["minutes"] * 60 + part["seconds"]
        return cls(sign * int(months), sign * seconds)

    def __lt__(self, other: Duration) -> bool:
        return all(self._after(*start) < other._after(*start) for start in _REFERENCES)

    def _after(self, year: int, month: int) -> Fraction:
        total = year * 12 + month - 1 + self.months
        return _days(total // 12, total % 12 + 1, 1) * _DAY + self.seconds


def moment(kind: str, literal: str) -> Moment | None:
    """Return the moment that a literal of the type `kind` stands for, None when it is none."""
    found = _FORMS[kind].fullmatch(literal)
    if found is None:
        return None
    part = found.groupdict()
    year, month, day = int(part.get("year") or 2_000), int(part.get("month") or 1), int(part.get("day") or 1)
    year += year < 0  # there is no year 0000: -0001 is the leap year before 0001
    if day > _MONTHS[month - 1] + (month == 2 and isleap(year)):
        return None
    seconds = Fraction(_days(year, month, day) * _DAY)
    seconds += int(part.get("hour") or 0) * 3_600 + int(part.get("minute") or 0) * 60
    seconds += Fraction(part.get("second") or 0) - _offset(part["zone"])
    return Moment(seconds, part["zone"] is not None)


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3_600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


def _days(year: int, month: int, day: int) -> int:
    """Return the number of the day in the proleptic Gregorian calendar."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return before * 365 + leaps + sum(_MONTHS[: month - 1]) + (month > 2 and isleap(year)) + day
