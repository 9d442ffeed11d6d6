"""Spans: lines and columns of findings, in code points from 1, and of editors, in UTF-16 units from 0."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_LINE_END = re.compile("\r\n|\r|\n")
_WORD = re.compile(r"<[/?!]?[^\s<>/]*|[^\s<>\"'=]+")


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a text as editors count it: lines from 0, and UTF-16 code units from 0."""

    line: int
    unit: int


@dataclass(frozen=True)
class Text:
    """The characters of a document."""

    characters: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.characters))]

    def span(self, line: int, column: int) -> tuple[Spot, Spot]:
        """Return the span of what stands at a finding's place: the name of a tag or an attribute, or a word."""
        if not 0 < line <= len(self._starts):
            return Spot(0, 0), Spot(0, 0)
        start = min(self._starts[line - 1] + column - 1, len(self.characters))
        word = _WORD.match(self.characters, start)
        return self.spot(start), self.spot(word.end() if word else start)

    def spot(self, offset: int) -> Spot:
        """Return the place of the character at `offset`."""
        line = bisect_right(self._starts, offset) - 1
        before = self.characters[self._starts[line] : offset]
        return Spot(line, len(before) + sum(character > "\uffff" for character in before))
