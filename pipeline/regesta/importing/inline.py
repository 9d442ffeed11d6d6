"""Builds the words of a paragraph: pieces of text, each with the marks that hold on it, become nested elements.

Neighbours that share a mark share its element, so that a word processor's many runs leave no trace.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from regesta.importing.markup import append, element


@dataclass(frozen=True)
class Mark:
    """An element around words: its name and attributes; marks with different keys never share an element."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    key: str = ""


Marks = tuple[Mark, ...]


class Inline:
    """Fills `parent` with words in the order in which they come."""

    def __init__(self, parent: etree._Element) -> None:
        self.parent = parent
        self._open: list[tuple[Mark, etree._Element]] = []

    def text(self, words: str, marks: Marks = ()) -> None:
        """Add words under these marks, the first being the outermost."""
        if words:
            append(self._within(marks), words)

    def put(self, made: etree._Element, marks: Marks = ()) -> None:
        """Add an element under these marks."""
        append(self._within(marks), made)

    def _within(self, marks: Marks) -> etree._Element:
        shared = 0
        while shared < min(len(marks), len(self._open)) and self._open[shared][0] == marks[shared]:
            shared += 1
        del self._open[shared:]
        for mark in marks[shared:]:
            made = element(mark.name, **dict(mark.attributes))
            append(self._open[-1][1] if self._open else self.parent, made)
            self._open.append((mark, made))
        return self._open[-1][1] if self._open else self.parent


def is_empty(made: etree._Element) -> bool:
    """Return whether the element says nothing: no words and no element that stands for something."""
    return not "".join(made.itertext()).strip() and not any(
        etree.QName(each).localname not in _HOLLOW for each in made.iterdescendants(etree.Element)
    )


def move(source: etree._Element, target: etree._Element) -> None:
    """Move all that `source` holds to the end of `target`."""
    append(target, source.text or "")
    for child in list(source):
        target.append(child)


_HOLLOW = frozenset({"hi", "add", "del", "ref", "persName", "placeName", "orgName", "eventName", "term", "lb"})
