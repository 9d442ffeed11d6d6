"""Places: the line and column of an attribute or of a run of text, where a finding is about no tag as a whole.

Tags are found by their positions; what stands within or behind them is read off the characters of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from regesta import positions
from regesta.findings import Place
from regesta.including import SourceTree
from regesta.reading import ParsedFile

_LINE_END = re.compile("\r\n|\r|\n")
_ATTRIBUTE = re.compile(r"\s([^\s=/>]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_MARKUP = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?P<end>/?)[^\s/>!?](?:[^>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*(?P<empty>/?)>",
    re.DOTALL,
)


@dataclass(frozen=True)
class _Source:
    """The characters of a file, with the offset at which each line begins."""

    file: ParsedFile

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.file.text))]

    def offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column - 1 if 0 < line <= len(self._starts) else -1

    def place(self, offset: int, xpath: str) -> Place:
        line = bisect_right(self._starts, offset)
        return positions.place(self.file.path, self.file.lines, line, offset - self._starts[line - 1] + 1, xpath)

    def markup(self, offset: int) -> Iterator[re.Match[str]]:
        """Yield the pieces of markup from `offset` on."""
        return _MARKUP.finditer(self.file.text, offset)


class Places:
    """Finds places in one source; `elements` are those that will be asked for."""

    def __init__(self, tree: SourceTree, elements: Iterable[etree._Element]) -> None:
        wanted = set(elements)
        self._tree = tree
        self._numbers = {each: number for number, each in enumerate(tree.root.iter(etree.Element)) if each in wanted}
        self._sources = [_Source(file) for file in tree.files]

    def of_tag(self, element: etree._Element) -> Place:
        """Return the place of the element's start tag."""
        return self._tree.place(self._numbers[element], element)

    def of_attribute(self, element: etree._Element, name: str) -> Place:
        """Return the place of the attribute (named as lxml names it); that of its tag where it is not to be found."""
        place = self.of_tag(element)
        source, start = self._start(element)
        tag = next(source.markup(start), None) if start >= 0 else None
        number = list(element.attrib).index(name) if name in element.attrib else -1
        if tag is None or number < 0:
            return place
        written = [each for each in _ATTRIBUTE.finditer(tag[0]) if not each[1].startswith("xmlns")]
        if number < len(written) and written[number][1].rpartition(":")[2] == name.rpartition("}")[2]:
            return source.place(start + written[number].start(1), place.xpath)
        return place

    def of_text(self, element: etree._Element, before: etree._Element | None) -> Place:
        """Return the place where a text of `element` begins: its first, or that behind its child `before`."""
        place = self.of_tag(element)
        source, start = self._start(element)
        if start < 0 or self._spans_files(element):
            return place
        children = [] if before is None else [*before.itersiblings(preceding=True), before]
        end = _behind(source, start, sum(isinstance(each.tag, str) for each in children), _remarks(children))
        if end < 0:
            return place
        blank = re.compile(r"[ \t\r\n]*(?:<!\[CDATA\[[ \t\r\n]*)?").match(source.file.text, end)
        return source.place(blank.end() if blank else end, place.xpath)

    def _start(self, element: etree._Element) -> tuple[_Source, int]:
        """Return the file of the element and the offset of its tag there, -1 when it is not known."""
        file_number, number = self._spot(self._numbers[element])
        source = self._sources[file_number]
        offset = source.offset(*source.file.positions.of(number))
        return source, offset if source.file.text[offset : offset + 1] == "<" else -1

    def _spot(self, number: int) -> tuple[int, int]:
        spots = self._tree.spots
        if spots is None:
            return 0, number
        return spots[number] if number < len(spots) else (0, -1)

    def _spans_files(self, element: etree._Element) -> bool:
        """Say whether part of the element's content was included from elsewhere."""
        if self._tree.spots is None:
            return False
        first = self._numbers[element]
        size = sum(1 for _ in element.iter(etree.Element))
        return len({self._spot(number)[0] for number in range(first, first + size)}) > 1


def _remarks(children: Iterable[etree._Element]) -> int:
    """Return how many of the children are comments or processing instructions."""
    return sum(not isinstance(each.tag, str) for each in children)


def _behind(source: _Source, start: int, elements: int, remarks: int) -> int:
    """Return the offset behind the start tag at `start` and so many child elements and remarks; -1 if not found."""
    depth = 0
    for piece in source.markup(start):
        if piece["end"] is None:
            remarks -= depth == 1 and not piece[0].startswith("<![CDATA[")
        elif piece["end"]:
            depth -= 1
            elements -= depth == 1
        elif piece["empty"]:
            elements -= depth == 1
        else:
            depth += 1
        if depth == 1 and elements <= 0 and remarks <= 0:
            return piece.end()
        if depth < 1:
            return -1
    return -1
