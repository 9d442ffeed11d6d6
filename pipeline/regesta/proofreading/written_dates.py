"""Dates as documents write them: what a reader of several languages makes of "30. VIII. 56" or "1956년 8월 30일"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MONTHS = (
    "january jan januar jänner jaenner janvier janv 1월",
    "february feb februar feber février fevrier févr fevr fév",
    "march mar märz maerz mrz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août aout",
    "september sept sep septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)
_RUSSIAN = (
    "январ[ьяе]|янв", "феврал[ьяе]|фев(?:р)?", "март[ае]?|мар", "апрел[ьяе]|апр", "ма[йяе]", "июн[ьяе]", "июл[ьяе]",
    "август[ае]?|авг", "сентябр[ьяе]|сент?", "октябр[ьяе]|окт", "ноябр[ьяе]|ноя(?:б)?", "декабр[ьяе]|дек",
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class Written:
    """A date as read: what is not written is None; `short` tells a year of two digits."""

    year: int | None
    month: int | None = None
    day: int | None = None
    short: bool = False


def _month_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}


_NUMBERS = _month_numbers()
_NAMES = "|".join(sorted((re.escape(name) for name in _NUMBERS), key=len, reverse=True))
_NAMED = rf"(?P<month>(?:{_NAMES}|{'|'.join(_RUSSIAN)})(?!\w))\.?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?![\d.:]|\s*(?:uhr|h\b))"
_DAY = r"(?<![\d.])(?P<day>\d{1,2})"
_FORMS = (
    re.compile(
        rf"{_DAY}\s*(?:\.|-?(?:st|nd|rd|th|er|го|е)\b|º)?\s*(?:of |de |day of )?{_NAMED}(?:,?\s*(?:de |of )?{_YEAR})?"
    ),
    re.compile(rf"(?<!\w){_NAMED}\s*(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:\s*,?\s*(?P<year>\d{{4}}))?"),
    re.compile(rf"(?<!\w){_NAMED},?\s*(?:of |de )?(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"{_DAY}[./\s]\s*(?P<roman>[ivx]+)[-./\s]\s*{_YEAR}"),
    re.compile(rf"{_DAY}\.\s*(?P<number>\d{{1,2}})\.\s*{_YEAR}"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\s*[-./]\s*(?P<number>\d{1,2})\s*[-./]\s*(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<number>\d{1,2})\s*[月월](?:\s*(?P<day>\d{1,2})\s*[日일])?"),
)
_EITHER = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_BARE_YEAR = re.compile(r"(?<![\d.,/])(1[0-9]{3}|20\d\d)(?![\d/])")
_ERA = re.compile("[昭大明][和正治]|民國|民国|主体|주체|단기")
_HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")


def read(text: str) -> list[Written]:
    """Return the dates that can be read in `text`; where day and month may be either, both readings; [] for none."""
    if _ERA.search(text):
        return []
    folded = _digits(unicodedata.normalize("NFC", text).casefold())
    found = [each for form in _FORMS for each in _matches(form, folded)]
    found += [reading for pair in ambiguous(text) for reading in pair]
    if not found:
        found = [Written(int(year)) for year in _BARE_YEAR.findall(folded)]
    months = {reading.month for reading in found if reading.day is not None}
    return list(dict.fromkeys(each for each in found if each.day is not None or each.month not in months))


def ambiguous(text: str) -> Iterator[tuple[Written, ...]]:
    """Yield for each date written with slashes or hyphens its readings: day first, then month first."""
    for first, _sign, second, year in _EITHER.findall(text):
        pairs = ((int(second), int(first)), (int(first), int(second)))
        number, short = int(year), len(year) == 2
        readings = [Written(number, month, day, short) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31]
        yield tuple(dict.fromkeys(readings))


def _matches(form: re.Pattern[str], text: str) -> Iterable[Written]:
    for found in form.finditer(text):
        parts = found.groupdict()
        month = _month(parts)
        day = int(parts["day"]) if parts.get("day") else None
        written = (parts.get("year") or "").lstrip("'’")
        if 1 <= month <= 12 and (day is None or 1 <= day <= 31):
            yield Written(int(written) if written else None, month, day, len(written) == 2)


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("month")
    if name:
        if name in _NUMBERS:
            return _NUMBERS[name]
        return next((n for n, form in enumerate(_RUSSIAN, start=1) if re.fullmatch(form, name)), 0)
    roman = parts.get("roman")
    if roman:
        return _ROMAN.index(roman) + 1 if roman in _ROMAN else 0
    return int(parts.get("number") or 0)


def _digits(text: str) -> str:
    """Return `text` with the Chinese numbers before 年, 月 and 日 as digits."""
    year = re.sub("[〇零一二三四五六七八九]{4}(?=年)", lambda found: found.group().translate(_HAN), text)
    return re.sub("[十一二三四五六七八九]{1,3}(?=[月日])", _below_hundred, year)


def _below_hundred(found: re.Match[str]) -> str:
    tens, ten, ones = found.group().rpartition("十")
    if not ten:
        return found.group().translate(_HAN)
    value = (int(tens.translate(_HAN)) if tens and "十" not in tens else 1) * 10
    return str(value + (int(ones.translate(_HAN)) if ones else 0))
