"""Exact positions: the line and column of every start tag, and where broken markup breaks.

libxml2 reports the last line of a tag, no columns, and loses count past line 65,535 and in files whose lines
end in CR. One expat pass over the same characters gives all of it (XML 1.0, section 2.11: CR, LF and CR LF each
end a line).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from regesta.findings import Place

_LINE_END = re.compile("\r\n|\r|\n")
_EXCERPT_WIDTH = 120
_BEFORE = 40  # characters of a long line that are quoted before the place in question


@dataclass(frozen=True)
class OpenTag:
    """An element that is open where the markup breaks."""

    name: str
    line: int


@dataclass(frozen=True)
class Break:
    """Where and why XML stops being well-formed: place from 1 in code points, reason, and the innermost open tag."""

    line: int
    column: int
    reason: str
    open_tag: OpenTag | None


@dataclass(frozen=True)
class Positions:
    """Line and column, from 1 in code points, of the n-th element's start tag in document order (n from 0)."""

    lines: array[int]
    columns: array[int]

    def __len__(self) -> int:
        return len(self.lines)

    def of(self, index: int) -> tuple[int, int]:
        """Return (line, column) of element `index`; (0, 0) when it is not known."""
        if 0 <= index < len(self.lines):
            return self.lines[index], self.columns[index]
        return 0, 0


def scan(data: bytes) -> Positions | Break:
    """Return the positions of all start tags in `data` (UTF-8), or the place where it is not well-formed.

    External entities and DTDs are never read: expat has no handler that would.
    """
    parser: Any = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    lines, columns = array("L"), array("L")

    def start(_name: str, _attributes: object) -> None:
        lines.append(parser.CurrentLineNumber)
        columns.append(parser.CurrentColumnNumber + 1)

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code) or "unreadable markup"
        return Break(error.lineno, error.offset + 1, reason, _innermost_open(data))
    return Positions(lines, columns)


def _innermost_open(data: bytes) -> OpenTag | None:
    """Return the innermost element that is open where the markup breaks."""
    parser: Any = expat.ParserCreate("utf-8")
    open_tags: list[OpenTag] = []
    parser.StartElementHandler = lambda name, _attributes: open_tags.append(OpenTag(name, parser.CurrentLineNumber))
    parser.EndElementHandler = lambda _name: open_tags.pop()
    with suppress(expat.ExpatError):
        parser.Parse(data, True)
    return open_tags[-1] if open_tags else None


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` as XML counts them, without their ends."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def place(path: str, lines: Sequence[str], line: int, column: int, xpath: str = "") -> Place:
    """Return the place at `line` and `column` (from 1 in code points) of the file at `path`, with its excerpt."""
    text, caret = _quote(lines[line - 1], column) if 0 < line <= len(lines) else ("", 0)
    return Place(path, line, column, xpath, text, caret)


def excerpt(lines: Sequence[str], line: int, column: int = 1) -> str:
    """Return the readable part of `line` around `column` (from 1); "" when there is no such line."""
    return _quote(lines[line - 1], column)[0] if 0 < line <= len(lines) else ""


def _quote(line: str, column: int) -> tuple[str, int]:
    """Return the part of `line` around `column`, and where in that part the column falls (from 1; 0 if nowhere).

    Leaves out the white space at both ends, unless the column stands in it, and cuts what is too long, which an
    ellipsis in the place of one character shows.
    """
    if not line.strip():
        return "", 0
    known = 1 <= column <= len(line) + 1
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    at = column - 1 if known else start
    start, end = min(start, at), max(end, min(at + 1, len(line)))
    first = max(start, min(at - _BEFORE, end - _EXCERPT_WIDTH))
    last = min(end, first + _EXCERPT_WIDTH)
    before, after = ("…" if first > start else ""), ("…" if last < end else "")
    text = before + line[first + len(before) : last - len(after)] + after
    return text, at - first + 1 if known else 0
