"""`regesta import listing`: a page of a collection as a reader copied it becomes records.

An entry is a date on a line of its own, the title on the next, and what follows up to the next date is the summary.
Lines of the site around them are known or reported. The line "1 - 10 of 129" is checked against the entries below it,
and gives them their numbers if it is right. Summaries are somebody's prose: they keep their source, and a finding says
so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from regesta import rules
from regesta.findings import Place
from regesta.importing import existing, when
from regesta.importing.facts import Bibl, Dated, Facts
from regesta.importing.headers import Frame
from regesta.importing.mapping import RecordText
from regesta.importing.plan import Fate, Import, Row
from regesta.importing.records import Candidate, add_records
from regesta.importing.table import NOT_XML, read_text
from regesta.sources import printable

_RANGE = re.compile(r"(\d[\d,]*)\s*[-–]\s*(\d[\d,]*)\s+of\s+(\d[\d,]*)(?:\s+\w+)?", re.IGNORECASE)
_DATE = re.compile(r"(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|(?:\d{1,2} )?[A-Z][a-z]+ \d{4}|\d{4}|\d{4}-\d\d(?:-\d\d)?)")
_SITE = re.compile(
    r"skip to (?:main )?content|(?:next|previous|first|last)(?: page)?|[«»‹›]+|(?:page )?\d{1,3}|sort by.*|"
    r"show(?:ing)?:?|results?|filters?|search|home|menu|collections?|documents?|date|title|back to top|load more",
    re.IGNORECASE,
)
_TYPES = (
    ("memorandum-of-conversation", r"(?:memorandum|record|notes?) (?:of|from) (?:a )?conversation|conversation with"),
    ("cable", "cable"), ("telegram", "telegram"), ("journal", "(?:from the )?(?:journal|diary)"),
    ("minutes", "minutes|record of a meeting"), ("decision", "decision|resolution"), ("letter", "letter"),
    ("report", "report"), ("note", "(?:official )?note"),
)  # fmt: skip
_DRAFT = re.compile(r"draft (?:of (?:an? )?)?", re.IGNORECASE)


@dataclass
class Entry:
    """One entry: its date and title as written, the lines of its summary, where it stands, its number if known."""

    line: int
    date: str
    title: str = ""
    summary: list[str] = field(default_factory=list)
    number: int | None = None


@dataclass
class Page:
    """The entries below one line such as "1 - 10 of 129", and what that line says."""

    line: int
    start: int = 0
    end: int = 0
    total: int = 0
    entries: list[Entry] = field(default_factory=list)


def parse(text: str) -> tuple[list[Page], list[tuple[int, str]]]:
    """Return the pages of a copied listing, and the lines (with their numbers) that belong to no entry."""
    pages, strange = [Page(1)], []
    entry: Entry | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = " ".join(raw.split())
        found = _RANGE.fullmatch(line)
        if found:
            start, end, total = (int(each.replace(",", "")) for each in found.groups())
            if not pages[-1].total or pages[-1].entries:
                pages.append(Page(number, start, end, total))
            entry = None
        elif not line:
            continue
        elif _DATE.fullmatch(line) and when.read(line) and (entry is None or entry.title):
            entry = Entry(number, line)
            pages[-1].entries.append(entry)
        elif _SITE.fullmatch(line) and (entry is None or entry.title):
            continue
        elif entry is None:
            strange.append((number, line))
        elif not entry.title:
            entry.title = line
        else:
            entry.summary.append(line)
    return [page for page in pages if page.entries or page.total], strange


def read(source: Path, edition: Path, publisher: str, series: str = "", holder: str = "") -> Import:
    """Return what the listing at `source` would become; `series` and `holder` name the collection and who keeps it."""
    shown = printable(source)
    pages, strange = parse(read_text(source, "utf-8"))
    result = Import()
    for line, text in strange:
        result.findings.append(rules.finding("listing-line", Place(shown, line, 1), line=text))
    entries = [entry for page in pages for entry in _numbered(page, shown, result)]
    held = existing.look(edition)
    named = holder or "the site that it was copied from"
    words = RecordText(publisher=publisher, change="Record made by regesta import from a listing.")
    usable = _usable(entries, shown, result)
    candidates = [
        Candidate(number, Place(shown, entry.line, 1), facts, (facts.abstract,))
        for number, entry in usable
        for facts in [_facts(entry, named, result, shown)]
    ]
    add_records(candidates, held, Frame(words, series), result)
    return result


def _numbered(page: Page, shown: str, result: Import) -> list[Entry]:
    """Return the entries of a page, with their numbers where the page's own count agrees."""
    if not page.total:
        return page.entries
    wanted = page.end - page.start + 1
    if wanted != len(page.entries) or page.end > page.total:
        stated = f"{page.start} - {page.end} of {page.total}"
        place = Place(shown, page.line, 1)
        result.findings.append(rules.finding("listing-count", place, stated=stated, found=len(page.entries)))
        return page.entries
    for number, entry in enumerate(page.entries, start=page.start):
        entry.number = number
    return page.entries


def _usable(entries: list[Entry], shown: str, result: Import) -> list[tuple[int, Entry]]:
    """Return the entries that can become records, each once; the others are refused or told."""
    same = Counter((entry.date, entry.title, " ".join(entry.summary)) for entry in entries)
    seen: dict[tuple[str, str, str], int] = {}
    usable: list[tuple[int, Entry]] = []
    for number, entry in enumerate(entries, start=1):
        place = Place(shown, entry.line, 1)
        key = (entry.date, entry.title, " ".join(entry.summary))
        strange = NOT_XML.search("".join(key))
        if not entry.title or strange:
            finding = (
                rules.finding("import-character", place, character=f"U+{ord(strange.group()):04X}")
                if strange
                else rules.finding("import-no-title", place)
            )
            result.findings.append(finding)
            result.rows.append(Row(number, entry.title or entry.date, Fate.REFUSED, reason=finding.message))
        elif key in seen:
            result.rows.append(Row(number, entry.title, Fate.KEPT, reason=f"the same as entry {seen[key]}"))
        else:
            seen[key] = number
            usable.append((number, entry))
            if same[key] > 1:
                finding = rules.finding("listing-doubled", place, title=entry.title, date=entry.date, count=same[key])
                result.findings.append(finding)
    return usable


def _facts(entry: Entry, holder: str, result: Import, shown: str) -> Facts:
    place = Place(shown, entry.line, 1)
    draft = _DRAFT.match(entry.title)
    rest = entry.title[draft.end() :] if draft else entry.title
    kind = next((name for name, pattern in _TYPES if re.match(rf"(?:{pattern})\b", rest, re.IGNORECASE)), "")
    if not kind:
        result.findings.append(
            rules.finding("import-value-unknown", place, what="type in the title", value=entry.title, instead="other")
        )
    facts = Facts(kind or "other", entry.title, draft=bool(draft), source="listing", membership="high")
    facts.bibls = [Bibl("listing", "listing", text=f"Listing of {holder}")]
    facts.dates = [Dated("listing", entry.date, when.read(entry.date))]
    facts.order = entry.number
    facts.abstract = " ".join(entry.summary)
    if facts.abstract:
        result.findings.append(rules.finding("wording-third-party", place, title=entry.title, source=holder))
    return facts
