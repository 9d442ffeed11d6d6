"""Reads the streams of a TEI source."""

from __future__ import annotations

from lxml import etree

from regesta.fidelity.boundaries import CALL, EDGE, FREE, JOINED, LAYOUT
from regesta.fidelity.policy import ELEMENTS, HEADER, NOTE, TEXT, WHOLES, is_milestone, milestone_mark, unknown_element
from regesta.fidelity.streams import MAIN, Key, Stream


def read_source(root: etree._Element, displaced: frozenset[int]) -> dict[Key, Stream]:
    """Return the streams of `root`, a TEI element or a part of a text, without headers.

    The notes whose numbers (from 1, in document order, outside the header) are in `displaced` get a stream each.
    """
    return _Reader(root, displaced).read()


class _Reader:
    """Walks through a source once, with the stream that is being written."""

    def __init__(self, root: etree._Element, displaced: frozenset[int]) -> None:
        self._root = root
        self._displaced = displaced
        self._notes = 0
        main = Stream(is_source=True)
        # What stands right in a TEI element is in none of its parts; anything but a TEI element is text.
        self._loose = Stream(is_source=True)
        self._current = self._loose if root.tag in WHOLES else main
        self._streams: dict[Key, Stream] = {MAIN: main}
        # For each open element: the mark at its end, whether its content is elements only, the stream to return to.
        self._above: list[tuple[str, bool, Stream | None]] = [(JOINED, True, None)]

    def read(self) -> dict[Key, Stream]:
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if element.tag == HEADER and self._current is self._loose:
                    walk.skip_subtree()
                    self._above.append((JOINED, True, None))
                    continue
                self._start(element)
                text, owner = element.text, element
            else:
                if event == "end":
                    self._end(element)
                parent = element.getparent()
                text, owner = element.tail, element if parent is None else parent
            if text and len(self._above) > 1:
                layout = self._above[-1][1] and not text.strip(LAYOUT)
                self._put(FREE if layout else text, owner)
        if self._loose.characters:
            self._streams[_name(self._root)] = self._loose
        return self._streams

    def _put(self, piece: str, owner: etree._Element) -> None:
        self._current.pieces.append(piece)
        self._current.owners.append(owner)

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        edge, only = ELEMENTS.get(tag) or unknown_element(tag)
        outer: Stream | None = None
        if self._current is self._loose and tag not in WHOLES:
            outer, edge = self._loose, EDGE
            self._current = self._part(element)
        if is_milestone(tag):
            edge = milestone_mark(tag, element.get("break"))
        elif edge == JOINED and self._above[-1][1]:
            edge = FREE
        elif tag == NOTE:
            self._notes += 1
            if self._notes in self._displaced:
                outer, edge = outer or self._current, JOINED
                self._call(element)
        self._above.append((edge, only, outer))
        if edge:
            self._put(edge, element)

    def _part(self, element: etree._Element) -> Stream:
        key = MAIN if element.tag == TEXT else _name(element)
        return self._streams.setdefault(key, Stream(is_source=True))

    def _call(self, note: etree._Element) -> None:
        """Leave a call for the note, and go on in a stream of its own."""
        self._put(CALL, note)
        self._current.calls.append(self._notes)
        self._current = self._streams[self._notes] = Stream(is_source=True)

    def _end(self, element: etree._Element) -> None:
        edge, _, outer = self._above.pop()
        if edge:
            self._put(edge, element)
        self._current = outer or self._current


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
