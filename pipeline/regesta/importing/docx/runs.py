"""The words of a paragraph of a .docx: runs, tracked changes, links, fields, notes, comments (17.3, 17.13, 17.16)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from regesta.importing.docx.looks import Looks
from regesta.importing.docx.parts import R, Relation, w
from regesta.importing.inline import Inline, Mark, Marks
from regesta.importing.markup import element

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_CHANGES = {"ins": "add", "moveTo": "add", "del": "del", "moveFrom": "del"}
_THROUGH = frozenset(["smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir", "rubyBase", "oMathPara"])
_WITHOUT_WORDS = frozenset(
    ["pPr", "rPr", "proofErr", "lastRenderedPageBreak", "bookmarkEnd", "commentRangeEnd", "permStart",
     "permEnd", "sdtPr", "sdtEndPr", "footnoteRef", "endnoteRef", "annotationRef", "separator",
     "continuationSeparator", "rubyPr", "smartTagPr", "customXmlPr", "moveFromRangeStart", "moveFromRangeEnd",
     "moveToRangeStart", "moveToRangeEnd", "ruby", "instrText", "delInstrText", "fldData", "pgNum",
     "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
     "subDoc", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong", "tblPr", "tblGrid",
     "trPr", "tcPr", "sectPr"]
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)
_SAFE = re.compile(r"(?:https?|mailto|ftp):[^\s<>\"]+", re.IGNORECASE)
_SYMBOLS = {"F0B7": "\u2022", "F0A7": "\u25aa", "F0D8": "\u27a2", "F0FC": "\u2713", "F0E0": "\u2192", "F0A3": "\u2264"}


class Host(Protocol):
    """What runs ask of the document that they stand in."""

    relations: dict[str, Relation]
    looks: Looks
    told: Counter[str]

    def note(self, kind: str, identifier: str) -> etree._Element | None:
        """Return the note or comment, None when it is not there or has been used."""

    def reviser(self, change: etree._Element, what: str) -> str:
        """Return the id of whoever made a tracked change."""

    def box(self, content: etree._Element) -> None:
        """Take a text box, to be put after the paragraph."""

    def anchor(self, kind: str, name: str) -> str:
        """Return the id of the anchor that a comment or link wants here, "" when none does."""


@dataclass
class _Field:
    """A field while it is read: its code, whether its result has begun, and the link that it is."""

    code: str = ""
    result: bool = False
    mark: Mark | None = None


@dataclass
class Runs:
    """Reads the children of paragraphs one after the other; fields may run over several paragraphs."""

    host: Host
    fields: list[_Field] = field(default_factory=list)
    links: int = 0

    def read(self, paragraph: etree._Element, style: str, into: Inline, marks: Marks = ()) -> None:
        """Put the words of the paragraph (of this style) into `into`."""
        for child in paragraph.iterchildren(etree.Element):
            self._node(child, style, into, marks)

    def _node(self, node: etree._Element, style: str, into: Inline, marks: Marks) -> None:
        name = etree.QName(node).localname
        if etree.QName(node).namespace == MATH and name == "oMath":
            self._math(node, into, marks)
        elif name == "r":
            self._run(node, style, into, marks)
        elif name in _CHANGES:
            who = self.host.reviser(node, _CHANGES[name])
            change = Mark(_CHANGES[name], (("resp", f"#{who}"),) if who else ())
            self.read(node, style, into, (*marks, change))
        elif name == "hyperlink":
            self.read(node, style, into, (*marks, *self._link(node)))
        elif name == "fldSimple":
            link = self._target(node.get(w("instr"), ""))
            self.read(node, style, into, (*marks, *([link] if link else [])))
        elif name == "commentRangeStart":
            self._anchor("comment", node.get(w("id"), ""), into, marks)
        elif name == "bookmarkStart":
            self._anchor("bookmark", node.get(w("name"), ""), into, marks)
        elif name == "AlternateContent":
            for chosen in alternatives(node):
                self.read(chosen, style, into, marks)
        elif name in _THROUGH:
            self.read(node, style, into, marks)
        elif name not in _WITHOUT_WORDS:
            self.host.told[name] += 1
            self.read(node, style, into, marks)

    def _run(self, run: etree._Element, style: str, into: Inline, marks: Marks) -> None:
        look = self.host.looks.marks(run.find(w("rPr")), style)
        links = tuple(each.mark for each in self.fields if each.result and each.mark)
        hidden = (Mark("hi", (("rend", "hidden"),)),) if any(not each.result for each in self.fields) else ()
        outer = (*marks, *links)
        self._pieces(run, style, into, (*outer, *look, *hidden), outer)

    def _pieces(  # noqa: PLR0912 - one branch an element of a run
        self, run: etree._Element, style: str, into: Inline, marks: Marks, outer: Marks
    ) -> None:
        """Read what a run holds; `outer` are the marks without the run's own look, for notes."""
        for piece in run.iterchildren(etree.Element):
            name = etree.QName(piece).localname
            if name in {"t", "delText"}:
                into.text(piece.text or "", marks)
            elif name in _SIGNS:
                into.text(_SIGNS[name], marks)
            elif name in {"br", "cr"}:
                into.put(element("pb" if piece.get(w("type")) == "page" else "lb"), outer)
            elif name == "sym":
                into.text(self._symbol(piece), marks)
            elif name in {"footnoteReference", "endnoteReference", "commentReference"}:
                made = self.host.note(name.removesuffix("Reference"), piece.get(w("id"), ""))
                if made is not None:
                    into.put(made, outer)
            elif name == "fldChar":
                self._field(piece.get(w("fldCharType"), ""))
            elif name in {"instrText", "delInstrText"} and self.fields and not self.fields[-1].result:
                self.fields[-1].code += piece.text or ""
            elif name == "ruby":
                self._ruby(piece, style, into, marks)
            elif name in {"drawing", "pict", "object"}:
                self._picture(piece, into, outer)
            elif name == "AlternateContent":
                for chosen in alternatives(piece):
                    self._pieces(chosen, style, into, marks, outer)
            elif name not in _WITHOUT_WORDS:
                self._node(piece, style, into, marks)

    def _ruby(self, ruby: etree._Element, style: str, into: Inline, marks: Marks) -> None:
        """Put the base, then the gloss, as readers take them in."""
        for part, rend in (("rubyBase", ""), ("rt", "ruby")):
            for each in ruby.iterchildren(w(part)):
                self.read(each, style, into, (*marks, *([Mark("hi", (("rend", rend),))] if rend else [])))

    def _picture(self, piece: etree._Element, into: Inline, marks: Marks) -> None:
        """Hand on the text boxes in a drawing; leave a gap for a picture, with the words that describe it."""
        boxes = list(outermost_boxes(piece))
        for box in boxes:
            self.host.box(box)
        if boxes:
            return
        described = next((each.get("descr") or each.get("title") or "" for each in piece.iter("{*}docPr")), "")
        self.host.told["picture"] += 1
        words = f"Picture: {' '.join(described.split())}" if described.strip() else "Picture"
        into.put(element("gap", element("desc", words), reason="editorial"), marks)

    def _math(self, node: etree._Element, into: Inline, marks: Marks) -> None:
        self.host.told["formula"] += 1
        words = "".join(each.text or "" for each in node.iter(f"{{{MATH}}}t", w("t")))
        into.text(words, (*marks, Mark("hi", (("rend", "formula"),))))

    def _symbol(self, piece: etree._Element) -> str:
        return symbol(piece.get(w("char"), ""))

    def _anchor(self, kind: str, name: str, into: Inline, marks: Marks) -> None:
        identifier = self.host.anchor(kind, name)
        if identifier:
            into.put(element("anchor", xml_id=identifier), marks)

    # ── links and fields ───────────────────────────────────────────────────────────────────────────────────

    def _link(self, node: etree._Element) -> list[Mark]:
        relation = self.host.relations.get(node.get(f"{{{R}}}id", ""))
        address = relation.target if relation else ""
        return self._mark(address, node.get(w("anchor"), ""))

    def _target(self, code: str) -> Mark | None:
        found = _HYPERLINK.match(code)
        if not found:
            return None
        inside = re.search(r"\\l\s", code[: found.end()]) is not None
        return next(iter(self._mark("" if inside else found[1], found[1] if inside else "")), None)

    def _mark(self, address: str, bookmark: str) -> list[Mark]:
        if _SAFE.fullmatch(address):
            target = address
        elif bookmark and (identifier := self.host.anchor("link", bookmark)):
            target = f"#{identifier}"
        else:
            self.host.told["link"] += bool(address)
            return []
        self.links += 1
        return [Mark("ref", (("target", target),), str(self.links))]

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
            self.fields[-1].mark = self._target(self.fields[-1].code)
        elif kind == "end" and self.fields:
            self.fields.pop()


def alternatives(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the one of several forms of the same thing that is read: the first choice, else the fallback."""
    choices = list(node.iterchildren("{*}Choice")) or list(node.iterchildren("{*}Fallback"))
    yield from choices[:1]


def outermost_boxes(piece: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a drawing that stand in no other one, each once."""
    for child in piece.iterchildren(etree.Element):
        name = etree.QName(child).localname
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            for chosen in alternatives(child):
                yield from outermost_boxes(chosen)
        else:
            yield from outermost_boxes(child)


def symbol(code: str) -> str:
    """Return the character of a symbol font's code (17.3.3.30), U+FFFD for a code that is none."""
    if code.upper() in _SYMBOLS:
        return _SYMBOLS[code.upper()]
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if "\ud800" <= character <= "\udfff" or character < " " else character
