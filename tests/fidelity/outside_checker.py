"""A checker from outside: compares a TEI file with its page by what is promised; it shares no code with the proof.

It knows the two marks of a page (`data-generated`, and a note with its call) and very little TEI. The page is read by
html5lib, which builds the tree that browsers build. Notes are put back in the places of their calls, so that both sides
are one line of text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher

import html5lib
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
# Elements whose edges end a word in any reading of TEI, and those that end one in any browser.
_NAMES = "p ab head item cell row l speaker div opener closer salute table list"
_APART = frozenset(f"{TEI}{name}" for name in _NAMES.split())
_BOX_NAMES = """
address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul br
"""
_BOXES = frozenset(_BOX_NAMES.split())
_ALIGNED = 4_000_000  # pairs of characters that may be compared one by one
_SILENT = frozenset(("head", "script", "style", "template", "noscript"))


@dataclass
class Line:
    """A text as one line: its characters without white space, and between which of them something stands.

    `certain` are the places where words end, `possible` those where they may, by the number of characters before.
    """

    pieces: list[str] = field(default_factory=list)
    certain: set[int] = field(default_factory=set)
    possible: set[int] = field(default_factory=set)
    length: int = 0

    def write(self, text: str, *, edges: bool) -> None:
        """Add text; white space at its edges is certain only with `edges`."""
        words = text.split()
        if not words:
            (self.certain if edges and text else self.possible).add(self.length)
            return
        if text[0].isspace():
            (self.certain if edges else self.possible).add(self.length)
        for number, word in enumerate(words):
            if number:
                self.certain.add(self.length)
            self.pieces.append(word)
            self.length += len(word)
        if text[-1].isspace():
            (self.certain if edges else self.possible).add(self.length)

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(self.pieces)


@dataclass(frozen=True)
class Verdict:
    """How a page differs from its source, in characters; `glued` and `split` in places."""

    characters: int = 0
    missing: int = 0
    doubled: int = 0
    moved: int = 0
    changed: int = 0
    glued: int = 0
    split: int = 0
    added: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def is_faultless(self) -> bool:
        return self == Verdict(self.characters)


def compare(tei: bytes, page: bytes) -> Verdict:
    """Return how the page differs from the text of the TEI file."""
    return judge(source_line(etree.fromstring(tei, _PARSER)), page_line(page))


def judge(source: Line, page: Line) -> Verdict:
    """Return how one line differs from the other."""
    ours, theirs = source.text, page.text
    if ours == theirs:
        ends = {0, source.length}
        glued = source.certain - page.certain - page.possible - ends
        split = page.certain - source.certain - source.possible - ends
        return Verdict(source.length, glued=len(glued), split=len(split))
    return _differences(ours, theirs)


def _differences(ours: str, theirs: str) -> Verdict:
    if len(ours) * len(theirs) > _ALIGNED:  # by sums: which are missing, not where
        whole, shown = Counter(ours), Counter(theirs)
        return Verdict(len(ours), (whole - shown).total(), added=(shown - whole).total())
    lost: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            lost.update(ours[a:b])
            more.update(theirs[c:d])
    moved = sum((lost & more).values())
    missing, added = (lost - more).total(), (more - lost).total()
    changed = min(missing, added)
    known = Counter(ours)
    doubled = sum(count for letter, count in (more - lost).items() if letter in known) if not missing else 0
    return Verdict(len(ours), missing - changed, doubled, moved, changed, added=added - changed - doubled)


# ── the source ──────────────────────────────────────────────────────────────────────────────────────────────

_PARSER = etree.XMLParser(collect_ids=False, huge_tree=True, no_network=True)


def source_line(root: etree._Element) -> Line:
    """Return what stands under `text` elements, in order."""
    line = Line()
    for text in root.iter(f"{TEI}text"):
        if next(text.iterancestors(f"{TEI}text"), None) is None:
            _write_source(text, line)
    return line


def _write_source(element: etree._Element, line: Line) -> None:
    (line.certain if element.tag in _APART else line.possible).add(line.length)
    mixed = _is_mixed(element)
    line.write(element.text or "", edges=mixed)
    for child in element:
        if isinstance(child.tag, str):
            _write_source(child, line)
        line.write(child.tail or "", edges=mixed)
    (line.certain if element.tag in _APART else line.possible).add(line.length)


def _is_mixed(element: etree._Element) -> bool:
    """Tell whether words stand right in the element: then the white space in it is text too."""
    own = [element.text or "", *(child.tail or "" for child in element)]
    return any(text.strip() for text in own) and not any("\n" in text and not text.strip() for text in own)


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────


def page_line(page: bytes) -> Line:
    """Return what a page shows as the source's, notes in the places of their calls; those not called come last."""
    root = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False, transport_encoding="utf-8")
    notes: dict[str, list[ET.Element]] = {}
    for element, generated in _walk(root):
        if not generated and "data-note" in element.attrib:
            notes.setdefault(element.attrib["data-note"], []).append(element)
    line = Line()
    _write_page(root, line, notes)
    for left in [note for group in notes.values() for note in group]:
        _write_note(left, line, {})
    return line


def _walk(element: ET.Element, generated: bool = False) -> Iterator[tuple[ET.Element, bool]]:
    generated = generated or "data-generated" in element.attrib
    yield element, generated
    for child in element:
        yield from _walk(child, generated)


def _write_page(element: ET.Element, line: Line, notes: dict[str, list[ET.Element]]) -> None:
    if not isinstance(element.tag, str) or element.tag in _SILENT or "data-note" in element.attrib:
        return
    if "data-generated" in element.attrib:
        _write_generated(element, line, notes)
        return
    _write_content(element, line, notes)


def _write_note(note: ET.Element, line: Line, notes: dict[str, list[ET.Element]]) -> None:
    line.possible.add(line.length)
    _write_content(note, line, notes, boxed=False)
    line.possible.add(line.length)


def _write_content(element: ET.Element, line: Line, notes: dict[str, list[ET.Element]], *, boxed: bool = True) -> None:
    box = boxed and element.tag in _BOXES
    if box:
        line.certain.add(line.length)
    line.write(element.text or "", edges=True)
    for child in element:
        _write_page(child, line, notes)
        line.write(child.tail or "", edges=True)
    if box:
        line.certain.add(line.length)


def _write_generated(element: ET.Element, line: Line, notes: dict[str, list[ET.Element]]) -> None:
    """Write the notes that are called here: each goes to its first call."""
    line.possible.add(line.length)
    for called in element.iter():
        found = notes.get(called.attrib.get("data-note-call", ""))
        if found:
            _write_note(found.pop(0), line, notes)
    line.possible.add(line.length)
