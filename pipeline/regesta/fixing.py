"""Fix: `validate --fix` changes a name or a pointer where there is no doubt, and not one byte besides.

A fix is done at the place of its finding and only if what it wants to replace stands there. The file is decoded, cut
and encoded again; unless that gives back all other bytes, a well-formed document and the same text, nothing is done.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from regesta import positions, reading
from regesta.findings import Finding, Fix, Remedy
from regesta.reading import ParsedFile
from regesta.reporting.characters import printable
from regesta.reporting.writing import write

_LINE_END = re.compile("\r\n|\r|\n")
_VALUE = r"""(?:"[^"]*"|'[^']*')"""
_MARKUP = re.compile(
    rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)([^\s<>/!?=\"']+)((?:\s+[^\s=<>/]+\s*=\s*{_VALUE})*)\s*(/?)>",
    re.DOTALL,
)
_WORD = re.compile(r"\S+")
_ATTRIBUTE = re.compile(rf"\s([^\s=<>/]+)\s*=\s*({_VALUE})")


@dataclass(frozen=True, order=True)
class Edit:
    """The replacement of the characters from `start` to `end` of the file's text by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Mended:
    """A file before and after its fixes: `done` were made, `left` of them could not be."""

    path: str
    before: bytes
    after: bytes
    changes: tuple[str, ...]
    done: int
    left: int


def mend(findings: Iterable[Finding]) -> Iterator[Mended]:
    """Yield what becomes of every file that has a finding with a fix; nothing is written."""
    fixable = sorted((each for each in findings if each.fix), key=lambda each: each.sort_key)
    for path, in_file in groupby(fixable, key=lambda each: each.path):
        yield _mend_file(path, list(in_file))


def edits(text: str, findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits that mend the findings in the file's text, in order; those that cannot be made are left out."""
    return _all_edits(text, findings)[0]


def save(mended: Mended) -> None:
    """Write the file. Raises OutputError when that cannot be done."""
    if mended.after != mended.before:
        write(Path(mended.path), [mended.after])


def _mend_file(path: str, findings: list[Finding]) -> Mended:
    untouched = Mended(path, b"", b"", (), 0, len(findings))
    try:
        before = Path(path).read_bytes()
        encoding = reading.declared_encoding(before)
        text = codecs.lookup(encoding).decode(before)[0]
        if text.encode(encoding) != before:
            return untouched
        edits, done = _all_edits(text, findings)
        after = _applied(text, edits)
        encoded = after.encode(encoding)
    except (OSError, LookupError, UnicodeError):
        return untouched
    if not _says_the_same(before, encoded, path):
        return untouched
    changes = tuple(_changes(text, after, edits))
    return Mended(path, before, encoded, changes, done, len(findings) - done)


def _all_edits(text: str, findings: Iterable[Finding]) -> tuple[list[Edit], int]:
    """Return the edits of all fixes that can be made, in order, and how many fixes that are."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    edits: set[Edit] = set()
    done = 0
    for finding in findings:
        if finding.fix is None or not 0 < finding.line <= len(starts):
            continue
        mark = text.startswith("\ufeff") and finding.line == 1  # no column of the first line
        wanted = _edits(text, starts[finding.line - 1] + mark + finding.column - 1, finding.fix)
        if wanted and not any(_collide(mine, theirs) for mine in wanted for theirs in edits - set(wanted)):
            edits.update(wanted)
            done += 1
    return sorted(edits), done


def _collide(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _edits(text: str, at: int, fix: Fix) -> list[Edit]:
    """Return the edits of one fix whose finding stands at `at`; none when the text there is not what it was."""
    start = at if text[at : at + 1] == "<" else text.rfind("<", 0, at)  # no attribute can hold a "<"
    tag = _MARKUP.match(text, start) if start >= 0 else None
    if tag is None or tag[1] or not tag[2]:
        return []
    if fix.remedy is Remedy.RENAME_ELEMENT:
        return _renamed_element(text, tag, fix)
    written = list(_ATTRIBUTE.finditer(text, *tag.span(3)))
    if fix.remedy is Remedy.RENAME_ATTRIBUTE:
        free = all(each[1] != fix.new for each in written)
        return [Edit(*each.span(1), fix.new) for each in written if free and each[1] == fix.old]
    tags = _MARKUP.finditer(text) if fix.everywhere and _replaced(text, tag, fix) else [tag]
    return [edit for each in tags if each[2] == tag[2] and not each[1] for edit in _replaced(text, each, fix)]


def _replaced(text: str, tag: re.Match[str], fix: Fix) -> list[Edit]:
    """Return the edits that replace a word in the value of one attribute of a start tag."""
    values = [each.span(2) for each in _ATTRIBUTE.finditer(text, *tag.span(3)) if each[1] == fix.attribute]
    words = [word for start, end in values for word in _WORD.finditer(text, start + 1, end - 1)]
    return [Edit(*word.span(), fix.new) for word in words if word[0] == fix.old]


def _renamed_element(text: str, tag: re.Match[str], fix: Fix) -> list[Edit]:
    """Return the edits of the start tag and of the end tag that belongs to it."""
    if tag[2] != fix.old:
        return []
    edits = [Edit(*tag.span(2), fix.new)]
    depth = 0
    for each in _MARKUP.finditer(text, tag.start()):
        if each[2] and not each[4]:
            depth += -1 if each[1] else 1
        if not depth:
            return [*edits, Edit(*each.span(2), fix.new)] if each[1] else edits
    return []


def _applied(text: str, edits: Iterable[Edit]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _says_the_same(before: bytes, after: bytes, path: str) -> bool:
    """Say whether both are well-formed and hold the same text in as many elements."""
    old, new = reading.parse(before, path), reading.parse(after, path)
    if not isinstance(old, ParsedFile) or not isinstance(new, ParsedFile):
        return False
    return len(old.positions) == len(new.positions) and list(old.root.itertext()) == list(new.root.itertext())


def _changes(before: str, after: str, edits: Iterable[Edit]) -> Iterator[str]:
    """Yield each line that changes, as it was and as it will be, once however many edits it has."""
    old, new = positions.split_lines(before), positions.split_lines(after)
    ends = [found.end() for found in _LINE_END.finditer(before)]
    first = {bisect_right(ends, edit.start): edit for edit in reversed(list(edits))}
    for number, edit in sorted(first.items()):
        column = edit.start - (ends[number - 1] if number else 0) + 1
        yield f"  line {number + 1}"
        yield f"  - {printable(positions.excerpt(old, number + 1, column))}"
        yield f"  + {printable(positions.excerpt(new, number + 1, column))}"
