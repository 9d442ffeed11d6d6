"""Reads the streams of a finished page as a browser builds it."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from regesta.fidelity.boundaries import BROKEN, CALL, EDGE
from regesta.fidelity.streams import MAIN, Key, Page, Stream

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
_CALLS = etree.XPath("descendant-or-self::*/@data-note-call", smart_strings=False)

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
    if root is None:
        return Page(((MAIN, Stream(is_source=False)),), {})
    return Page(tuple(_Reader().read(root)), _unhandled(root) if b"data-element" in data else {})


class _Reader:
    """Walks through a page once, with the stream that is being written."""

    def __init__(self) -> None:
        self._current = Stream(is_source=False)
        self._streams: list[tuple[Key, Stream]] = [(MAIN, self._current)]
        self._beside: dict[str, Stream] = {}
        # The displaced notes and the parts beside the text that are open, each with the stream to return to.
        self._opened: list[tuple[etree._Element, Stream]] = []

    def read(self, root: etree._Element) -> list[tuple[Key, Stream]]:
        skipped: etree._Element | None = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in _NOT_TEXT or _is_generated(element):
                    walk.skip_subtree()
                    skipped = element
                    _read_generated(element, self._current)
                    continue
                self._start(element)
                text = element.text
            else:
                if element is not skipped:
                    self._end(element)
                text = element.tail
            if text:
                self._current.pieces.append(text)
        return self._streams

    def _edge(self, element: etree._Element) -> None:
        if edge := _EDGES.get(str(element.tag)):
            self._current.pieces.append(edge)

    def _start(self, element: etree._Element) -> None:
        attributes = element.attrib
        if "data-note" in attributes:
            self._open(element, _number(attributes["data-note"]), Stream(is_source=False))
            return
        self._edge(element)
        if "data-generated" in attributes:
            name = attributes["data-source"]
            known = self._beside.get(name)
            self._open(
                element, None if known else name, known or self._beside.setdefault(name, Stream(is_source=False))
            )
            self._edge(element)

    def _open(self, element: etree._Element, key: Key | None, stream: Stream) -> None:
        """Go on in `stream`, which is new where it has a key, until the element ends."""
        self._opened.append((element, self._current))
        self._current = stream
        if key is not None:
            self._streams.append((key, stream))

    def _end(self, element: etree._Element) -> None:
        ends = bool(self._opened) and self._opened[-1][0] is element
        if not (ends and "data-note" in element.attrib):
            self._edge(element)
        if ends:
            self._current = self._opened.pop()[1]
            if "data-note" not in element.attrib:
                self._edge(element)


def _is_generated(element: etree._Element) -> bool:
    return "data-generated" in element.attrib and "data-source" not in element.attrib


def _read_generated(element: etree._Element, stream: Stream) -> None:
    """Note the calls in text that is not the source's, and whether it separates the words around it."""
    if element.tag in _NOT_TEXT:
        return
    for call in _CALLS(element):
        stream.pieces.append(CALL)
        stream.calls.append(_number(call))
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
