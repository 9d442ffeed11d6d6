"""Works in the formats of reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from regesta.citing.work import Day, Work

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "%&#$_"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Format:
    """A format: its `name` (as `regesta export` has it), what readers call it, extension, media type.

    `pieces` yields a file of works in pieces: all of them need not be held at once.
    """

    name: str
    label: str
    extension: str
    media_type: str
    pieces: Callable[[Iterable[Work]], Iterator[str]]

    def write(self, works: Iterable[Work]) -> str:
        """Return the works in this format."""
        return "".join(self.pieces(works))


def _bibtex_pieces(works: Iterable[Work]) -> Iterator[str]:
    """Yield the works as BibTeX (`@misc`: the format has no type for archival papers)."""
    separator = ""
    for work in works:
        yield separator + _bibtex(work)
        separator = "\n"


def _ris_pieces(works: Iterable[Work]) -> Iterator[str]:
    """Yield the works as RIS: letters as personal communication, others as manuscripts; lines end as RIS wants."""
    for work in works:
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(work))


def _csl_pieces(works: Iterable[Work]) -> Iterator[str]:
    """Yield the works as a CSL-JSON array, an item a line."""
    yield "["
    separator = ""
    for work in works:
        yield separator + json.dumps(_csl(work), ensure_ascii=False)
        separator = ",\n"
    yield "]\n"


BIBTEX = Format("bibtex", "BibTeX", "bib", "application/x-bibtex", _bibtex_pieces)
RIS = Format("ris", "RIS", "ris", "application/x-research-info-systems", _ris_pieces)
CSL_JSON = Format("csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", _csl_pieces)
FORMATS = (BIBTEX, RIS, CSL_JSON)


def _bibtex(work: Work) -> str:
    first = work.issued[0] if work.issued else ()
    place = ", ".join(part for part in (work.archive, work.archive_place, work.location) if part)
    fields = {
        "author": _names(work.authors),
        "title": f"{{{_tex(work.title)}}}",
        "date": "/".join(map(iso, work.issued)),
        "year": work.year,
        "month": _MONTHS[first[1] - 1] if len(first) > 1 else "",
        "howpublished": _tex(place),
        "booktitle": _tex(work.edition),
        "editor": _names(work.editors),
        "translator": _names(work.translators),
        "publisher": _tex(work.publisher),
        "type": _tex(work.genre),
        "number": _tex(work.number),
        "language": _tex(", ".join(work.languages)),
        "doi": _tex(work.doi),
        "url": work.url,
    }
    lines = (f"  {name} = {_value(name, value)},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(work.id)},\n{''.join(lines)}}}\n"


def _value(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"


def _names(names: Iterable[str]) -> str:
    """Return names as they are written: braces keep BibTeX from taking them apart, even at an "and" within."""
    return " and ".join(f"{{{_tex(name)}}}" for name in names)


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _key(identifier: str) -> str:
    """Return the identifier as a citation key; one with characters that a key cannot have gets a digest for them."""
    key = re.sub(r"[^A-Za-z0-9:._/+-]+", "-", identifier)
    return key if key == identifier else f"{key}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"


def _ris(work: Work) -> Iterable[tuple[str, str]]:
    """Yield tag and value of each line, the type first and the end of the record last."""
    values = [
        ("ID", work.id),
        ("TI", work.title),
        *(("AU", name) for name in work.authors),
        *(("A2", name) for name in work.recipients if work.is_letter),  # so the type PCOMM has it
        *(("ED", name) for name in work.editors),
        *(("A4", name) for name in work.translators),
        ("T2", work.edition),
        ("PY", work.year),
        ("DA", _ris_date(work)),
        ("M3", work.genre),
        ("DB", work.archive),
        ("AV", ", ".join(part for part in (work.archive, work.archive_place) if part)),
        ("CN", work.location),
        ("PB", work.publisher),
        *(("LA", language) for language in work.languages),
        ("AB", work.abstract),
        ("DO", work.doi),
        ("UR", work.url),
    ]
    yield "TY", "PCOMM" if work.is_letter else "MANSCPT"
    yield from ((tag, " ".join(value.split())) for tag, value in values if value)
    yield "ER", ""


def _ris_date(work: Work) -> str:
    """Return YYYY/MM/DD/wording, with nothing between the slashes for what is not known."""
    if not work.issued:
        return f"///{work.written}" if work.written else ""
    day = [f"{work.issued[0][0]:04}", *(f"{part:02}" for part in work.issued[0][1:])]
    return "/".join([*day, *[""] * (4 - len(day))])


def _csl(work: Work) -> dict[str, object]:
    texts = {
        "title": work.title,
        "genre": work.genre,
        "archive": work.archive,
        "archive-place": work.archive_place,
        "archive_location": work.location,
        "number": work.number,
        "container-title": work.edition,
        "publisher": work.publisher,
        "language": ", ".join(work.languages),
        "abstract": work.abstract,
        "DOI": work.doi,
        "URL": work.url,
    }
    names = {
        "author": work.authors,
        "editor": work.editors,
        "translator": work.translators,
        "recipient": work.recipients,
    }
    item: dict[str, object] = {"id": work.id, "type": "personal_communication" if work.is_letter else "manuscript"}
    item |= {key: [{"literal": name} for name in value] for key, value in names.items() if value}
    item |= {key: value for key, value in texts.items() if value}
    if work.issued:
        item["issued"] = {"date-parts": [list(day) for day in work.issued]}
    elif work.written:
        item["issued"] = {"literal": work.written}
    return item


def iso(day: Day) -> str:
    """Return the day as ISO 8601 writes it, as far as it is known: 1956, 1956-09, 1956-09-16."""
    return "-".join([f"{day[0]:04}", *(f"{part:02}" for part in day[1:])])
