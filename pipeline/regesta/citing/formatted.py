"""Citations in words: CSL styles of ours, run by citeproc-py (Citation Style Language 1.0).

A style stands in `styles/NAME.csl`. What it makes is handed on as runs of text, upright or italic, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from citeproc import Citation as Cites
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import BibliographySource, Date, LiteralDate, Name, Reference
from citeproc.string import String

from regesta.citing.work import Work

STYLES = ("documentary", "chicago", "mla", "apa")

# Marks that no text has use for: the end of a title in quotation marks, the ends of what is set in italics, and from
# _VALUE on the places of values.
_TITLE_END, _ITALIC, _UPRIGHT, _VALUE = "\U0010fff0", "\U0010fff1", "\U0010fff2", 0x10F000
_MARKS = re.compile("[\U0010f000-\U0010fff2]")
_STOP_AFTER_MARK = re.compile(
    f"[.,](?:(?<=[?!…],)(?={_TITLE_END})|(?<=[?!….][.])(?=[ {_TITLE_END}]|$)|(?<={_TITLE_END}”[.])"
    f"|(?<=[?!….]{_UPRIGHT}[.])(?=[ ]|$))"
)

_YEAR, _DAY = 1111, 22
"""What stands for the year and the day in a template: of a date only the month is a word."""


@dataclass(frozen=True)
class Run:
    """A piece of a citation."""

    text: str
    italic: bool = False


@dataclass(frozen=True)
class Citation:
    """A citation in one style: documentary, chicago, mla or apa."""

    style: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class _Shape:
    """What of a work the wording of its citation depends on: all but the values, which are put in afterwards.

    citeproc needs about a millisecond for a citation, and works of one edition have few shapes. `date` is empty, (0)
    for a date in words or a range (on some ranges citeproc-py fails), or year, month and day as far as they go.
    """

    texts: tuple[str, ...]
    authors: int
    translators: int
    editors: int
    date: tuple[int, ...]


def citations(work: Work) -> tuple[Citation, ...]:
    """Return the citation of the work in each style."""
    texts = _texts(work)
    shape = _shape(work, texts)
    values = [*texts.values(), *work.authors, *work.translators, *work.editors, work.written]
    numbers = {str(_YEAR): work.year, str(_DAY): str(work.issued[0][-1])} if shape.date[:1] == (_YEAR,) else {}
    return tuple(Citation(name, _runs(_filled(_template(name, shape), values, numbers))) for name in STYLES)


def _texts(work: Work) -> dict[str, str]:
    """Return the texts that are stated, by the names that citeproc-py has for the variables."""
    texts = {
        "title": work.title,
        "genre": (work.genre[:1].upper() + work.genre[1:]).replace("-", " "),
        "archive": work.archive,
        "archive_place": work.archive_place,
        "archive_location": work.location,
        "number": work.number,
        "container_title": work.edition,
        "publisher": work.publisher if work.publisher not in work.editors else "",
        "URL": work.url,
    }
    return {name: text for name, text in texts.items() if text}


def _shape(work: Work, texts: Iterable[str]) -> _Shape:
    return _Shape(
        texts=tuple(texts),
        authors=len(work.authors),
        translators=len(work.translators),
        editors=len(work.editors),
        date=_date(work),
    )


def _date(work: Work) -> tuple[int, ...]:
    if len(work.issued) == 1:
        day = work.issued[0]
        return (_YEAR, *day[1:2], *([_DAY] if len(day) > 2 else []))
    return (0,) if work.written else ()


@lru_cache(maxsize=4096)
def _template(name: str, shape: _Shape) -> str:
    """Return the citation of a work of this shape, with marks for its values and _YEAR and _DAY in its date."""
    marks = map(chr, count(_VALUE))
    stated: dict[str, object] = {text: String(next(marks)) for text in shape.texts}
    for role in ("author", "translator", "editor"):
        names = [Name(literal=next(marks)) for _ in range(getattr(shape, f"{role}s"))]
        stated |= {role: names} if names else {}
    if shape.date:
        parts = dict(zip(("year", "month", "day"), shape.date, strict=False))
        stated["issued"] = Date(**parts) if shape.date[0] else LiteralDate(next(marks))
    source = BibliographySource()
    source.add(Reference("work", "manuscript", **stated))
    bibliography = CitationStylesBibliography(_style(name), source, _FORMATTER)
    bibliography.register(Cites([CitationItem("work")]))
    return "".join(str(part) for part in bibliography.bibliography()[0])


def _filled(template: str, values: Sequence[str], numbers: Mapping[str, str]) -> str:
    """Return the template with the values in their places."""
    dated = re.sub("|".join(numbers), lambda found: numbers[found[0]], template) if numbers else template
    return re.sub("[\U0010f000-\U0010f3ff]", lambda found: _MARKS.sub("", values[ord(found[0]) - _VALUE]), dated)


def _runs(cited: str) -> tuple[Run, ...]:
    """Return the text in runs; what ends with a mark of its own needs no stop behind it."""
    text = _STOP_AFTER_MARK.sub("", cited).replace(_TITLE_END, "")
    pieces = re.split(f"[{_ITALIC}{_UPRIGHT}]", text)
    return tuple(Run(piece, italic=at % 2 == 1) for at, piece in enumerate(pieces) if piece)


@cache
def _style(name: str) -> CitationStylesStyle:
    path = Path(__file__).parent / "styles" / f"{name}.csl"
    return CitationStylesStyle(str(path), validate=False)


def _italic(text: str) -> str:
    return f"{_ITALIC}{text}{_UPRIGHT}"


_FORMATTER = SimpleNamespace(
    preformat=str,
    Italic=_italic,
    Oblique=_italic,
    Bold=str,
    Light=str,
    Underline=str,
    Superscript=str,
    Subscript=str,
    SmallCaps=str,
)
