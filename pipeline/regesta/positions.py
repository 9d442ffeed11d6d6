"""Exact positions: the line and column of every start tag, and where broken markup breaks.

libxml2 reports the last line of a tag, no columns, and loses count past line 65,535 and in files whose lines
end in CR. One expat pass over the same characters gives all of it (XML 1.0, section 2.11: CR, LF and CR LF each
end a line).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

_LINE_END = re.compile("\r\n|\r|\n")
_EXCERPT_WIDTH = 120


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
    lines, columns = array("L"), array("L")
    open_tags: list[OpenTag] = []

    def start(name: str, _attributes: object) -> None:
        lines.append(parser.CurrentLineNumber)
        columns.append(parser.CurrentColumnNumber + 1)
        open_tags.append(OpenTag(name, parser.CurrentLineNumber))

    def end(_name: str) -> None:
        open_tags.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code) or "unreadable markup"
        return Break(error.lineno, error.offset + 1, reason, open_tags[-1] if open_tags else None)
    return Positions(lines, columns)


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` as XML counts them, without their ends."""
    return _LINE_END.split(text)


def excerpt(lines: Sequence[str], line: int) -> str:
    """Return line `line` (from 1) cut to a readable width; "" when there is no such line."""
    if not 0 < line <= len(lines):
        return ""
    content = lines[line - 1].strip()
    return content if len(content) <= _EXCERPT_WIDTH else content[: _EXCERPT_WIDTH - 1] + "…"
