"""The blocks of a .docx story: paragraphs, tables, text boxes become blocks of a body (17.3, 17.4, 17.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from regesta.importing.divisions import Block, Kind, fill, flat, kind_of
from regesta.importing.docx.parts import Document, is_on, value, w
from regesta.importing.docx.runs import Host, Runs, alternatives
from regesta.importing.inline import Inline, is_empty
from regesta.importing.markup import element
from regesta.importing.transcript_mapping import PLAIN_PARAGRAPHS, ParagraphMeaning, TranscriptMapping
from regesta.importing.transcripts import part
from regesta.reading import local_name

_THROUGH = frozenset(["sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"])
_IGNORED = frozenset(
    ["sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "bookmarkEnd",
     "proofErr", "commentRangeEnd", "permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd",
     "moveToRangeStart", "moveToRangeEnd"]
)  # fmt: skip
_ANCHORS = frozenset(["commentRangeStart", "bookmarkStart"])
_SIDES = {"right": "right", "end": "right", "center": "center"}


@dataclass
class _Cell:
    """A cell on its way: the grid column in which it begins, how it is merged, and what it holds."""

    column: int
    span: int
    merge: str | None
    blocks: list[Block]


class Blocks:
    """Reads one story after the other; what its paragraphs became is counted in `became`."""

    def __init__(self, document: Document, mapping: TranscriptMapping, host: Host, runs: Runs) -> None:
        self.document, self.mapping, self.host, self.runs = document, mapping, host, runs
        self.became: list[tuple[str, str]] = []
        self.unknown: Counter[str] = Counter()
        self._boxes: list[etree._Element] = []
        self._loose: list[etree._Element] = []

    def box(self, content: etree._Element) -> None:
        """Keep a text box until the paragraph ends that it stands in."""
        self._boxes.append(content)

    def put_aside(self) -> tuple[list[etree._Element], list[etree._Element]]:
        """Return what waits for the end of the paragraph, which another story interrupts."""
        kept = self._boxes, self._loose
        self._boxes, self._loose = [], []
        return kept

    def take_up(self, kept: tuple[list[etree._Element], list[etree._Element]]) -> None:
        """Go on with what `put_aside` returned."""
        self._boxes, self._loose = kept

    def read(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body, cell, note or text box."""
        for child in parent.iterchildren(etree.Element):
            name = etree.QName(child).localname
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                made = self._table(child)
                if len(made.element):
                    yield made
            elif name in _THROUGH:
                yield from self.read(child)
            elif name == "AlternateContent":
                for chosen in alternatives(child):
                    yield from self.read(chosen)
            elif name in _ANCHORS:
                self._loose.append(child)
            elif name == "altChunk":
                self.host.told["embedded file with text"] += 1
            elif name not in _IGNORED:
                yield from self._strange(child)

    def _strange(self, child: etree._Element) -> Iterator[Block]:
        """Yield a paragraph of whatever stands where a paragraph should."""
        made = element("p")
        holder = etree.Element(w("p"))
        holder.append(child)
        self.runs.read(holder, "", Inline(made))
        if not is_empty(made):
            yield self._done(Block(Kind.BLOCK, made))
        yield from self._after()

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        properties = paragraph.find(w("pPr"))
        style = value(properties, "pStyle") or self.document.default_paragraph_style
        meaning = self._meaning(style, properties)
        label = self._label(properties, style)
        name = _name(meaning, label is not None)
        made = element(name)
        loose = etree.Element(w("p"))
        loose.extend(self._loose)
        self._loose = []
        into = Inline(made)
        self.runs.read(loose, style, into)
        self.runs.read(paragraph, style, into)
        if is_on(properties, "pageBreakBefore") or (
            is_on(properties, "pageBreakBefore") is None and self._breaks(style)
        ):
            yield Block(Kind.MARK, element("pb"))
        self._track_mark(properties)
        yield from self._finished(made, meaning, label, properties, style)
        yield from self._after()
        if properties is not None and _ends_page(properties.find(w("sectPr"))):
            yield Block(Kind.MARK, element("pb"))

    def _finished(
        self,
        made: etree._Element,
        meaning: ParagraphMeaning,
        label: tuple[int, str, str, str] | None,
        properties: etree._Element | None,
        style: str,
    ) -> Iterator[Block]:
        if is_empty(made):
            self.became.append(("", "empty paragraph"))
            return
        marks = [each for each in made if etree.QName(each).localname in {"pb", "anchor"}]
        if not "".join(made.itertext()).strip() and len(marks) == len(made):
            for each in marks:
                each.tail = None
                yield Block(Kind.MARK, each)
            self.became.append(("", "page break"))
            return
        if label is not None and meaning in {"p", "item"}:
            depth, listed, kind, number = label
            if number:
                made.set("n", number)
            yield self._done(Block(Kind.ITEM, made, depth, listed, kind))
            return
        if label is not None and label[3]:
            made.set("n", label[3])
        side = self._side(properties, style)
        if side and local_name(made) == "p":
            made.set("rend", side)
        if meaning == "title" or meaning.startswith("head-"):
            yield self._done(Block(Kind.HEAD, made, 0 if meaning == "title" else int(meaning[-1])))
        elif meaning == "quote":
            yield self._done(Block(Kind.QUOTE, made))
        elif meaning == "item":
            yield self._done(Block(Kind.ITEM, made, 0, "styled", "simple"))
        else:
            yield self._done(Block(kind_of(meaning), made))

    def _done(self, block: Block) -> Block:
        self.became.append(part(block.element))
        return block

    def _after(self) -> Iterator[Block]:
        """Yield the paragraphs of the text boxes that were met in the paragraph before."""
        while self._boxes:
            box, rest = self._boxes[0], self._boxes[1:]
            self._boxes = []
            self.host.told["text box"] += 1
            for made in flat(list(self.read(box))):
                if local_name(made) in {"p", "list"}:
                    made.set("rend", " ".join(filter(None, (made.get("rend"), "text-box"))))
                    yield Block(Kind.BLOCK, made)
                else:
                    yield Block(Kind.MARK, made)
            self._boxes = [*self._boxes, *rest]

    # ── what a paragraph is ────────────────────────────────────────────────────────────────────────────────

    def _meaning(self, style: str, properties: etree._Element | None) -> ParagraphMeaning:
        outline = value(properties, "outlineLvl")
        ancestry = self.document.ancestry(style)
        for each in ancestry:
            stated = self.mapping.paragraph(each.name)
            if stated is not None:
                return stated
        levels = [outline, *(value(each.element.find(w("pPr")), "outlineLvl") for each in ancestry)]
        level = next((each for each in levels if each is not None), "9")
        if level in {"0", "1", "2", "3", "4", "5"}:
            return f"head-{int(level) + 1}"  # type: ignore[return-value]
        if ancestry and ancestry[0].name.casefold() not in PLAIN_PARAGRAPHS:
            self.unknown[ancestry[0].name] += 1
        return "p"

    def _label(self, properties: etree._Element | None, style: str) -> tuple[int, str, str, str] | None:
        """Return depth, list, kind of list and label of a numbered paragraph, None for one that is not."""
        stated = [properties, *(each.element.find(w("pPr")) for each in self.document.ancestry(style))]
        settings = [each.find(w("numPr")) for each in stated if each is not None]
        number = next((found for each in settings if (found := value(each, "numId"))), None)
        if number is None or number == "0":
            return None
        depth_text = next((found for each in settings if (found := value(each, "ilvl"))), "0")
        depth = int(depth_text) if depth_text in set("012345678") else 0
        level = self.document.numbering.level(number, depth)
        if level is None:
            return None
        label = self.document.numbering.label(number, depth)
        kind = "bulleted" if level.format == "bullet" else "simple" if level.format == "none" else "ordered"
        return depth, number, kind, label

    def _side(self, properties: etree._Element | None, style: str) -> str:
        stated = [properties, *(each.element.find(w("pPr")) for each in self.document.ancestry(style))]
        return _SIDES.get(next((found for each in stated if (found := value(each, "jc"))), ""), "")

    def _breaks(self, style: str) -> bool:
        stated = (is_on(each.element.find(w("pPr")), "pageBreakBefore") for each in self.document.ancestry(style))
        return next((each for each in stated if each is not None), False)

    def _track_mark(self, properties: etree._Element | None) -> None:
        """Tell of a paragraph whose end was inserted or deleted: the paragraphs stay apart."""
        run = None if properties is None else properties.find(w("rPr"))
        for name in ("ins", "del", "moveTo", "moveFrom"):
            change = None if run is None else run.find(w(name))
            if change is not None:
                self.host.reviser(change, "paragraph end")

    # ── tables ─────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: etree._Element) -> Block:
        made = element("table")
        above: dict[int, etree._Element] = {}
        for row in _rows(table):
            made.append(self._row(row, above))
        self.became.append(part(made))
        return Block(Kind.BLOCK, made)

    def _row(self, row: etree._Element, above: dict[int, etree._Element]) -> etree._Element:
        properties = row.find(w("trPr"))
        made = element("row", role="label" if is_on(properties, "tblHeader") else None)
        for name, rend in (("ins", "inserted"), ("del", "deleted")):
            change = None if properties is None else properties.find(w(name))
            if change is not None:
                made.set("rend", rend)
                self.host.reviser(change, f"row {rend}")
        for cell in self._cells(row, _count(value(properties, "gridBefore"))):
            upper = above.get(cell.column)
            if cell.merge == "continue" and upper is not None and not cell.blocks:
                upper.set("rows", str(int(upper.get("rows", "1")) + 1))
                continue
            new = element("cell", cols=str(cell.span) if cell.span > 1 else None)
            self._nested(cell.blocks)
            fill(new, cell.blocks)
            made.append(new)
            if cell.merge is None:
                above.pop(cell.column, None)
            else:
                above[cell.column] = new
        if not len(made):
            made.append(element("cell"))  # a row whose every cell goes on from the row above
        return made

    def _cells(self, row: etree._Element, column: int) -> Iterator[_Cell]:
        for cell in _through(row, "tc"):
            properties = cell.find(w("tcPr"))
            span = max(1, _count(value(properties, "gridSpan")))
            merge = value(properties, "vMerge")
            yield _Cell(column, span, "continue" if merge == "" else merge, list(self.read(cell)))
            column += span

    def _nested(self, blocks: Iterable[Block]) -> None:
        self.host.told["table in a cell"] += sum(local_name(each.element) == "table" for each in blocks)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _through(table, "tr")


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield the children of that name, also those in content controls and the like."""
    for child in parent.iterchildren(etree.Element):
        name = etree.QName(child).localname
        if name == wanted:
            yield child
        elif name in _THROUGH:
            yield from _through(child, wanted)


def _name(meaning: ParagraphMeaning, listed: bool) -> str:
    if meaning == "item" or (listed and meaning == "p"):
        return "item"
    if meaning in {"p", "quote"}:
        return "p"
    return "head" if meaning == "title" or meaning.startswith("head-") else meaning


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _ends_page(section: etree._Element | None) -> bool:
    """Return whether a section ends here and the next begins on a new page."""
    return section is not None and (value(section, "type") or "nextPage") != "continuous"
