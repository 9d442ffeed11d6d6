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
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_LOOSE_DATE = re.compile(
    r"undated|no date|date unknown|n\. ?d\.|"
    r"(?:circa|ca?\.|about|before|after|early|mid|late)[ -].{0,30}\b(?:1\d|20)\d\d\??|(?:1\d|20)\d\d ?\?",
    re.IGNORECASE,
)
_LONGEST_DATE = 45
_SITE = re.compile(
    r"skip to (?:main )?content|(?:next|previous|first|last)(?: page)?|[«»‹›]+|(?:page )?\d{1,3}|sort by.*|"
    r"show(?:ing)?:?|results?|filters?|search|home|menu|collections?|documents?|date|title|back to top|load more",
    re.IGNORECASE,
)
_TYPES = (
    ("memorandum-of-conversation", r"(?:memorandum|record|notes?) (?:of|from) (?:a )?conversation|conversation with"),
    ("cable", "cable"), ("telegram", "telegram"), ("journal", "(?:from the )?(?:journal|diary)"),
    ("minutes", "minutes|record of a meeting"), ("decision", "decision|resolution"), ("letter", "letter"),
    ("report", "report"), ("speech", "speech"),
    ("agreement", "agreement|treaty"), ("article", "article"), ("note", "(?:official )?note"),
)  # fmt: skip
_MOST_OF_A_PAGE, _MOST_OF_A_LISTING, _MOST_RANGES = 100_000, 1_000_000, 12
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
        elif _is_date(line) and (entry is None or entry.title):
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
    return _with_their_counts(pages), strange


def _is_date(line: str) -> bool:
    """Return whether the line is a date and nothing else, perhaps one that cannot be read exactly."""
    if len(line) > _LONGEST_DATE:
        return False
    return (_YEAR.search(line) is not None and when.read(line) is not None) or _LOOSE_DATE.fullmatch(line) is not None


def _with_their_counts(pages: list[Page]) -> list[Page]:
    """Return the pages that have entries or a count of their own, where a site counts below its entries as well.

    A count that is repeated below a page is dropped; where counts stand only below, each goes with the entries above.
    """
    found = [page for page in pages if page.entries or page.total]
    below = len(found) > 1 and not found[0].total and not found[-1].entries
    if below:
        counts = [(page.line, page.start, page.end, page.total) for page in found[1:]]
        for page, (line, start, end, total) in zip(found, counts, strict=False):
            page.line, page.start, page.end, page.total = line, start, end, total
        found.pop()
    kept: list[Page] = []
    for page in found:
        last = kept[-1] if kept else None
        if not page.entries and last and (last.start, last.end, last.total) == (page.start, page.end, page.total):
            continue
        kept.append(page)
    return kept


def read(source: Path, edition: Path, publisher: str, series: str = "", holder: str = "") -> Import:
    """Return what the listing at `source` would become; `series` and `holder` name the collection and who keeps it."""
    shown = printable(source)
    pages, strange = parse(read_text(source, "utf-8"))
    result = Import()
    for line, text in strange:
        result.findings.append(rules.finding("listing-line", Place(shown, line, 1), line=text))
    entries = [entry for page in pages for entry in _numbered(page, shown, result)]
    _tell_coverage(pages, shown, result)
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


def _tell_coverage(pages: list[Page], shown: str, result: Import) -> None:
    """Tell which numbers of the whole listing the pages do not cover, and where they disagree on its length."""
    counted = [page for page in pages if page.total]
    totals = sorted({page.total for page in counted})
    if len(totals) > 1:
        told = " and ".join(str(total) for total in totals)
        result.findings.append(rules.finding("listing-totals", Place(shown, counted[0].line, 1), totals=told))
    if not totals:
        return
    covered = {
        number for page in counted for number in range(page.start, min(page.end, page.start + _MOST_OF_A_PAGE) + 1)
    }
    missing = [number for number in range(1, min(totals[-1], _MOST_OF_A_LISTING) + 1) if number not in covered]
    if missing:
        place = Place(shown, counted[0].line, 1)
        count, total, ranges = len(missing), totals[-1], _ranges(missing)
        finding = rules.finding("listing-missing", place, count=count, total=total, ranges=ranges)
        result.findings.append(finding)


def _ranges(numbers: list[int]) -> str:
    """Return numbers in words: 3-5, 9."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [f"{start}" if start == end else f"{start}-{end}" for start, end in found[:_MOST_RANGES]]
    return ", ".join(shown) + (" …" if len(found) > _MOST_RANGES else "")


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
    if facts.dates[0].when is None:
        result.findings.append(rules.finding("import-date-unknown", place, value=entry.date))
    facts.order = entry.number
    facts.abstract = " ".join(entry.summary)
    if facts.abstract:
        result.findings.append(rules.finding("wording-third-party", place, title=entry.title, source=holder))
    return facts
