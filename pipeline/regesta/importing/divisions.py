"""Builds the body of a transcript: a row of headings, paragraphs, items and breaks becomes nested divisions and lists.

What TEI allows only at the beginning or end of a division (a dateline, a signature) and is met elsewhere becomes a
paragraph that says what it looked like, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree

from regesta.documents import TEI
from regesta.importing.inline import move
from regesta.importing.markup import element


class Kind(Enum):
    """Where a block may stand: a heading, the beginning or end of a division, between them, in a list, anywhere."""

    HEAD = auto()
    TOP = auto()
    BLOCK = auto()
    ITEM = auto()
    QUOTE = auto()
    BOTTOM = auto()
    MARK = auto()


@dataclass(frozen=True)
class Block:
    """A piece of a body. `level` is that of a heading (0: title) or item (0: outermost); `list` tells lists apart."""

    kind: Kind
    element: etree._Element
    level: int = 0
    list: str = ""
    list_type: str = ""


TOPS, BOTTOMS = frozenset({"dateline", "salute", "opener"}), frozenset({"closer", "signed", "trailer"})


def kind_of(name: str) -> Kind:
    """Return where an element of this name may stand."""
    if name in TOPS:
        return Kind.TOP
    return Kind.BOTTOM if name in BOTTOMS else Kind.BLOCK


class Body:
    """The body while it grows; `told` holds what could not stand where it was met."""

    def __init__(self) -> None:
        self.root = element("body")
        self.told: list[str] = []
        self._stack: list[tuple[int, etree._Element]] = []

    def fill(self, blocks: Iterable[Block]) -> etree._Element:
        """Return the body with these blocks in it."""
        for block in grouped(blocks):
            self._add(block)
        if not self._stack:
            self._open(0)
        return self.root

    def _add(self, block: Block) -> None:
        if block.kind is Kind.HEAD:
            self._head(block)
            return
        division = self._stack[-1][1] if self._stack else self._open(0)
        if (block.kind is Kind.TOP) == _has_blocks(division) and block.kind in {Kind.TOP, Kind.BOTTOM}:
            self._settle_end(division)
            division.append(self._as_paragraph(block.element))
        else:
            if block.kind is Kind.BLOCK:
                self._settle_end(division)
            division.append(block.element)

    def _head(self, block: Block) -> None:
        if self._stack:
            level, current = self._stack[-1]
            title_goes_on = block.level == level == 0 and not _has_blocks(current)
            if title_goes_on or (len(self._stack) == 1 and not _has_words(current) and not level):
                self._stack[-1] = (block.level, current)
                current.append(block.element)
                return
        while self._stack and self._stack[-1][0] >= block.level:
            self._stack.pop()
        if self._stack and not self._titled():
            self._stack.clear()  # what stands before the first heading is a division of its own
        self._open(block.level).append(block.element)

    def _titled(self) -> bool:
        """Return whether the outermost division has a heading, and so may hold the others."""
        return self._stack[0][1].find(f"{{{TEI}}}head") is not None

    def _open(self, level: int) -> etree._Element:
        parent = self._stack[-1][1] if self._stack else self.root
        if self._stack:
            self._settle_end(parent)
        made = element("div")
        parent.append(made)
        self._stack.append((level, made))
        return made

    def _settle_end(self, division: etree._Element) -> None:
        """Make paragraphs of signatures and the like after which the division goes on."""
        for child in list(division):
            if etree.QName(child).localname in BOTTOMS:
                division.replace(child, self._as_paragraph(child))

    def _as_paragraph(self, made: etree._Element) -> etree._Element:
        name = etree.QName(made).localname
        self.told.append(name)
        paragraph = element("p", rend=name)
        move(made, paragraph)
        return paragraph


def _has_blocks(division: etree._Element) -> bool:
    return any(
        etree.QName(child).localname in {"p", "list", "table", "quote", "div", *BOTTOMS}
        for child in division.iterchildren(etree.Element)
    )


def _has_words(division: etree._Element) -> bool:
    return any(etree.QName(child).localname not in {"pb", "fw", "anchor"} for child in division)


def grouped(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with items gathered into lists and paragraphs of a quotation into one; breaks stay in place."""
    lists: list[tuple[int, str, etree._Element]] = []
    quote: etree._Element | None = None
    waiting: list[Block] = []
    for block in blocks:
        if block.kind is Kind.MARK and (lists or quote is not None):
            waiting.append(block)
            continue
        goes_on = (block.kind is Kind.ITEM and lists) or (block.kind is Kind.QUOTE and quote is not None)
        if goes_on:
            inner = lists[-1][2] if lists else quote
            for mark in waiting:
                inner.append(mark.element)  # type: ignore[union-attr]
        else:
            yield from waiting
        waiting = []
        if block.kind is Kind.ITEM:
            quote = None
            made = _place(block, lists)
            if made is not None:
                yield Block(Kind.BLOCK, made)
        elif block.kind is Kind.QUOTE:
            lists.clear()
            if quote is None:
                quote = element("quote")
                yield Block(Kind.BLOCK, quote)
            quote.append(block.element)
        else:
            lists.clear()
            quote = None
            yield block
    yield from waiting


def _place(block: Block, lists: list[tuple[int, str, etree._Element]]) -> etree._Element | None:
    """Put an item into its list; return that list when it is a new one that stands in no other."""
    while lists and (lists[-1][0] > block.level or (lists[-1][0] == block.level and lists[-1][1] != block.list)):
        lists.pop()
    if lists and lists[-1][0] == block.level:
        lists[-1][2].append(block.element)
        return None
    made = element("list", block.element, type=block.list_type)
    if lists:
        list(lists[-1][2].iterchildren(f"{{{TEI}}}item"))[-1].append(made)
    outermost = not lists
    lists.append((block.level, block.list, made))
    return made if outermost else None


def flat(blocks: Iterable[Block]) -> list[etree._Element]:
    """Return the blocks as what a cell or note may hold: paragraphs, lists and breaks; the others become paragraphs."""
    found: list[etree._Element] = []
    for block in list(grouped(blocks)):
        name = etree.QName(block.element).localname
        if block.kind is Kind.MARK or name in {"p", "list"}:
            found.append(block.element)
        elif name == "table":
            found += [_paragraph(cell, "cell") for cell in block.element.iter(f"{{{TEI}}}cell")]
        elif name == "quote":
            found += list(block.element)
        else:
            found.append(_paragraph(block.element, name))
    return found


def _paragraph(made: etree._Element, rend: str) -> etree._Element:
    paragraph = element("p", rend=rend)
    inner = list(made.iterchildren(f"{{{TEI}}}p", f"{{{TEI}}}list"))
    if not inner:
        move(made, paragraph)
        return paragraph
    for number, each in enumerate(inner):
        if number and etree.QName(each).localname == "p":
            paragraph.append(element("lb"))
        if etree.QName(each).localname == "p":
            move(each, paragraph)
        else:
            paragraph.append(each)
    return paragraph


def fill(parent: etree._Element, blocks: Iterable[Block]) -> None:
    """Put the blocks into a cell, note or item: a single paragraph as plain words, several as paragraphs."""
    found = flat(blocks)
    paragraphs = [each for each in found if etree.QName(each).localname == "p"]
    listed = any(etree.QName(each).localname == "list" for each in found)
    if len(paragraphs) == 1 and not listed and paragraphs[0].get("rend") in {None, "right", "center"}:
        rend = paragraphs[0].get("rend")
        if rend:
            parent.set("rend", rend)
        for each in found:
            if each is paragraphs[0]:
                move(each, parent)
            else:
                parent.append(each)
        return
    for each in found:
        parent.append(each)
