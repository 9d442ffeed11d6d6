"""Reads the streams of text to compare: from the TEI source, and from the page as a browser sees it.

A text is one main stream and one stream for each note that the page shows away from its place. In the main
stream a call stands for such a note; a note within a displaced note may be displaced in its turn.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from lxml import etree

from regesta.fidelity.boundaries import (
    BROKEN,
    CALL,
    EDGE,
    FREE,
    JOINED,
    UNSPACED,
    characters_of,
    joints_of,
    settle_page,
    settle_source,
)
from regesta.fidelity.policy import ELEMENTS, HEADER, NOTE, is_milestone, milestone_mark, unknown_element

MAIN = 0


@dataclass
class Stream:
    """A text in the making: its pieces and marks in order, and in a source the element that holds each.

    `calls` are the numbers of the displaced notes, in the order of the `CALL` marks among the pieces.
    """

    is_source: bool
    pieces: list[str] = field(default_factory=list)
    owners: list[etree._Element] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)

    @cached_property
    def raw(self) -> str:
        """The pieces as one string."""
        return "".join(self.pieces)

    @cached_property
    def settled(self) -> str:
        """The stream with one mark, at most, between any two characters."""
        raw = self.raw.replace(CALL, "") if self.calls else self.raw
        if not self.is_source:
            return settle_page(raw)
        unspaced = any(not piece.isascii() and UNSPACED.search(piece) for piece in self.pieces)
        return settle_source(raw, unspaced=unspaced)

    @cached_property
    def characters(self) -> str:
        """The characters alone."""
        return characters_of(self.settled)

    @cached_property
    def joints(self) -> dict[int, str]:
        """The marks by the number of characters that stand before each."""
        return joints_of(self.settled)

    @cached_property
    def joint_places(self) -> list[int]:
        """The places of the joints in order."""
        return list(self.joints)

    @cached_property
    def call_places(self) -> list[tuple[int, int]]:
        """Each call as (characters before it, number of the note)."""
        stretches = [len(characters_of(stretch)) for stretch in self.raw.split(CALL)[:-1]]
        return list(zip(accumulate(stretches), self.calls, strict=True))

    @cached_property
    def piece_ends(self) -> list[int]:
        """For each piece, the number of characters up to its end."""
        return list(accumulate(len(characters_of(piece)) for piece in self.pieces))

    def words(self, start: int, end: int) -> str:
        """Return the characters from `start` to `end` as words, with a blank wherever a mark stands."""
        places = self.joint_places
        cuts = [start, *places[bisect_right(places, start) : bisect_left(places, end)], end]
        return " ".join(self.characters[a:b] for a, b in pairwise(cuts))

    def word_around(self, place: int) -> tuple[int, int]:
        """Return the nearest joints, or ends of the text, before and after `place`."""
        places = self.joint_places
        before, after = bisect_left(places, place), bisect_right(places, place)
        start = places[before - 1] if before else 0
        return start, places[after] if after < len(places) else len(self.characters)

    def owner(self, place: int) -> etree._Element | None:
        """Return the element that holds the character at `place`; None for a stream without owners."""
        index = min(bisect_right(self.piece_ends, max(place, 0)), len(self.owners) - 1)
        return self.owners[index] if self.owners else None


@dataclass(frozen=True)
class Page:
    """What a page shows as the source's: streams in order, with the number of their note or MAIN.

    `unhandled` counts the elements that the page says it has no rule for, by their names.
    """

    streams: tuple[tuple[int, Stream], ...]
    unhandled: Mapping[str, int]

    @property
    def displaced(self) -> frozenset[int]:
        """The numbers of the notes that stand away from their places."""
        return frozenset(number for number, _ in self.streams if number != MAIN)


# ── the source ──────────────────────────────────────────────────────────────────────────────────────────────


def read_source(root: etree._Element, displaced: frozenset[int]) -> dict[int, Stream]:
    """Return the streams of the text of `root`, a TEI element, without its header.

    The notes whose numbers (from 1, in document order, outside the header) are in `displaced` get a stream
    each.
    """
    current = Stream(is_source=True)
    streams = {MAIN: current}
    number = 0
    # For each open element: the mark at its end, whether its content is elements only, the stream to return to.
    above: list[tuple[str, bool, Stream | None]] = [(JOINED, True, None)]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = str(element.tag)
            if tag == HEADER and len(above) == 2:
                walk.skip_subtree()
                above.append((JOINED, True, None))
                continue
            edge, only = ELEMENTS.get(tag) or unknown_element(tag)
            outer = None
            if is_milestone(tag):
                edge = milestone_mark(tag, element.get("break"))
            elif edge == JOINED and above[-1][1]:
                edge = FREE
            elif tag == NOTE:
                number += 1
                if number in displaced:
                    outer, edge = current, JOINED
                    outer.pieces.append(CALL)
                    outer.owners.append(element)
                    outer.calls.append(number)
                    current = streams[number] = Stream(is_source=True)
            above.append((edge, only, outer))
            text = element.text
        else:
            edge, outer = JOINED, None
            if event == "end":
                edge, _, outer = above.pop()
                current = outer or current
            text, only = element.tail, above[-1][1]
        if edge:
            current.pieces.append(edge)
            current.owners.append(element)
        if text and len(above) > 1:
            current.pieces.append(FREE if only and text.isspace() else text)
            parent = element.getparent()
            current.owners.append(element if event == "start" or parent is None else parent)
    return streams


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────

_BLOCKS = """
address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p
pre search section summary table tbody td tfoot th thead tr ul
"""
_EDGES = dict.fromkeys(_BLOCKS.split(), EDGE) | {"br": BROKEN}
_NOT_TEXT = frozenset(("head", "script", "style", "template", "noscript"))

# Text after </body> belongs to the body for browsers; libxml2 drops it.
_BODY_ENDS = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_STRAYS_IN_TABLES = etree.XPath(
    "//*[self::table or self::tbody or self::thead or self::tfoot or self::tr]/"
    "node()[self::text()[normalize-space()] or self::*[not(self::caption or self::colgroup or self::col"
    " or self::tbody or self::thead or self::tfoot or self::tr or self::td or self::th"
    " or self::script or self::style or self::template)]]"
)


_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)


def parse_page(data: bytes) -> etree._Element | None:
    """Return the root of the page as browsers build it, as far as text goes; None when it holds nothing."""
    root = etree.fromstring(_BODY_ENDS.sub(b"", data), _PARSER) if data.strip() else None
    if root is not None and b"<table" in data:
        _foster(root)
    return root


def _foster(root: etree._Element) -> None:
    """Move what may not stand between the cells of a table in front of it, as the HTML standard wants."""
    moved: set[etree._Element] = set()
    for stray in _STRAYS_IN_TABLES(root):
        if isinstance(stray, etree._Element):
            next(stray.iterancestors("table")).addprevious(stray)  # takes the text behind it along
            moved.add(stray)
            continue
        holder = stray.getparent()
        if stray.is_tail and holder in moved:
            continue
        table = holder if holder.tag == "table" and stray.is_text else next(holder.iterancestors("table"))
        if stray.is_tail:
            holder.tail = None
        else:
            holder.text = None
        _append_text(table.getprevious(), table.getparent(), str(stray))


def _append_text(previous: etree._Element | None, parent: etree._Element, text: str) -> None:
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def read_page(page: str | bytes) -> Page:
    """Return what the page shows as the source's text; what it marks as generated only separates words."""
    data = page.encode("utf-8", "replace") if isinstance(page, str) else page
    root = parse_page(data)
    current = Stream(is_source=False)
    streams = [(MAIN, current)]
    if root is None:
        return Page(tuple(streams), {})
    # The displaced notes that are open, each with the stream to return to.
    open_notes: list[tuple[etree._Element, Stream]] = []
    skipped: etree._Element | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        edge = _EDGES.get(str(element.tag), JOINED)
        if event == "start":
            attributes = element.attrib
            if element.tag in _NOT_TEXT or "data-generated" in attributes:
                walk.skip_subtree()
                skipped = element
                _read_generated(element, current)
                continue
            if "data-note" in attributes:
                open_notes.append((element, current))
                current = Stream(is_source=False)
                streams.append((_number(attributes["data-note"]), current))
                edge = JOINED
            text = element.text
        else:
            if element is skipped:
                edge = JOINED
            elif open_notes and open_notes[-1][0] is element:
                current, edge = open_notes.pop()[1], JOINED
            text = element.tail
        if edge:
            current.pieces.append(edge)
        if text:
            current.pieces.append(text)
    return Page(tuple(streams), _unhandled(root) if b"data-element" in data else {})


def _read_generated(element: etree._Element, stream: Stream) -> None:
    """Note the calls in text that is not the source's, and whether it separates the words around it."""
    if element.tag in _NOT_TEXT:
        return
    for inner in element.iter():
        if "data-note-call" in inner.attrib:
            stream.pieces.append(CALL)
            stream.calls.append(_number(inner.attrib["data-note-call"]))
    text = EDGE if element.tag in _EDGES else "".join(element.itertext())
    if text[:1].isspace() or text[-1:].isspace():
        stream.pieces.append(BROKEN)


def _number(value: str) -> int:
    """Return the note's number, or -1 when the page has something else there."""
    return int(value[:9]) if value.isascii() and value.isdigit() and int(value[:9]) > MAIN else -1


def _unhandled(root: etree._Element) -> dict[str, int]:
    marked = root.iterfind(".//*[@data-element]")
    return Counter(
        element.attrib["data-element"] for element in marked if "unhandled" in element.get("class", "").split()
    )
