"""What the tests of page.xsl share: making a page, and reading one as strictly as an HTML parser would."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from lxml import etree

from regesta.records import Record
from regesta.rendering import EditionFacts, PageFacts, page
from regesta.saxon import Saxon

TEI = "{http://www.tei-c.org/ns/1.0}"

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
_CLOSES_P = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "ul"),
    )
)
_CHILDREN = {
    "table": {"caption", "tbody"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
}
_PARENTS = {"li": {"ul", "ol"}, "td": {"tr"}, "th": {"tr"}, "tr": {"tbody"}, "tbody": {"table"}}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def facts(**values: object) -> PageFacts:
    """Return page facts with `values` in the place of plain ones."""
    plain = {
        "id": "d1",
        "label": "A label",
        "unit": "TEI",
        "written_date": "",
        "edition": EditionFacts("An edition"),
    }
    return PageFacts(**(plain | values))  # type: ignore[arg-type]


def document(content: str, attributes: str = "", after: str = "") -> etree._Element:
    """Return a TEI document whose body holds `content`; `after` follows its text."""
    return etree.fromstring(
        f'<TEI xmlns="{TEI[1:-1]}" xmlns:rg="urn:regesta:unit" {attributes}><teiHeader><p xml:id="h">Header</p>'
        f"<note>Header note</note></teiHeader><text><body>{content}</body></text>{after}</TEI>",
        etree.XMLParser(collect_ids=False),
    )


def parse(path: Path) -> etree._Element | None:
    """Return the root of a file as the reader hands it on, or None when it is no TEI."""
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError:
        return None
    return root if str(root.tag).startswith(TEI) else None


@dataclass(frozen=True)
class Made:
    """A page: as it is published, as a tree, and as a strict reader sees it."""

    text: str
    tree: etree._Element
    strict: StrictPage

    @property
    def source_text(self) -> str:
        """Return what stands in the page's main text as the source's."""
        return "".join(self.strict.text)

    def all(self, path: str) -> list[etree._Element]:
        """Return the elements of an XPath expression."""
        return list(self.tree.xpath(path))

    def one(self, path: str) -> etree._Element:
        """Return the only element of an XPath expression."""
        (element,) = self.all(path)
        return element

    def words(self, path: str) -> list[str]:
        """Return the texts of elements with white space folded."""
        return [words_of(each) for each in self.all(path)]


class Maker:
    """Makes pages with one processor."""

    def __init__(self, saxon: Saxon) -> None:
        self._saxon = saxon

    def __call__(
        self,
        source: etree._Element | str,
        record: Record | None = None,
        about: PageFacts | None = None,
    ) -> Made:
        """Return the page of a document, or of one whose body holds `source`."""
        root = document(source) if isinstance(source, str) else source
        text = page(self._saxon, root, record or Record(title="T"), about or facts())
        return Made(text, etree.fromstring(text.encode("utf-8"), etree.HTMLParser(encoding="utf-8")), strict(text))


def words_of(element: etree._Element) -> str:
    """Return the text of an element with white space folded."""
    return " ".join("".join(element.itertext()).split())


def strict(text: str) -> StrictPage:
    """Return the page as a parser reads it that forgives nothing."""
    reader = StrictPage()
    reader.feed(text)
    reader.close()
    return reader


@dataclass
class StrictPage(HTMLParser):
    """Reads tags as they are written: where an HTML parser would close, move or drop something is a fault."""

    text: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._check_place(tag)
        self._check_attributes(tag, attributes)
        if "id" in attributes:
            self.ids[str(attributes["id"])] += 1
        if "data-note" in attributes:
            self.notes[int(str(attributes["data-note"]))] = []
        if tag not in _VOID:
            self._open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop()[0] != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in _CHILDREN and data.strip():
            self.faults.append(f"text in {self._open[-1][0]}")
        if any("data-generated" in attributes and "data-source" not in attributes for _, attributes in self._open):
            return
        noted = [attributes["data-note"] for _, attributes in self._open if "data-note" in attributes]
        beside = any("data-source" in attributes for _, attributes in self._open)
        (self.notes[int(str(noted[-1]))] if noted else self.beside if beside else self.text).append(data)

    def _check_place(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        parent = names[-1] if names else ""
        wrong = (
            (tag in _CLOSES_P and "p" in names)
            or (tag == "a" and "a" in names)
            or (tag in _HEADINGS and not _HEADINGS.isdisjoint(names))
            or tag not in _CHILDREN.get(parent, {tag})
            or parent not in _PARENTS.get(tag, {parent})
        )
        if wrong:
            self.faults.append(f"<{tag}> in {' '.join(names[-4:])}")

    def _check_attributes(self, tag: str, attributes: dict[str, str | None]) -> None:
        address = f"{attributes.get('href') or ''}{attributes.get('src') or ''}"
        if tag in ("style", "iframe", "object", "embed", "base") or re.match(
            r"\s*(javascript|data|file|vbscript):", address, re.I
        ):
            self.faults.append(f"{tag} {address}")
        self.faults += [f"@{name}" for name in attributes if name == "style" or name.startswith("on")]


def characters(pieces: list[str]) -> str:
    """Return all that is not white space."""
    return "".join("".join(pieces).split())


@dataclass
class SourceText:
    """The text of a document outside headers: within its text, beside it, and in displaced notes by their number."""

    main: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)


def source_text(root: etree._Element, displaced: frozenset[int]) -> SourceText:
    """Return the text of a document; the notes whose numbers are in `displaced` are kept apart."""
    found = SourceText()
    number = 0

    def walk(element: etree._Element, stream: list[str]) -> None:
        nonlocal number
        if not isinstance(element.tag, str) or element.tag == f"{TEI}teiHeader":
            return
        if element.tag == f"{TEI}text":
            stream = found.main
        if element.tag == f"{TEI}note":
            number += 1
            if number in displaced:
                stream = found.notes.setdefault(number, [])
        stream.append(element.text or "")
        for child in element:
            walk(child, stream)
            stream.append(child.tail or "")

    walk(root, found.beside if root.tag in (f"{TEI}TEI", f"{TEI}teiCorpus") else found.main)
    return found


def infidelities(root: etree._Element, made: Made) -> list[str]:
    """Return what is wrong with a page: text that is not the source's, tags that a parser would mend, doubled ids."""
    text = source_text(root, frozenset(made.strict.notes))
    notes = text.notes
    found = list(made.strict.faults)
    if characters(text.main) != characters(made.strict.text):
        found.append("the main text differs")
    if characters(text.beside) != characters(made.strict.beside):
        found.append("what stands beside the text differs")
    found += [f"note {n} differs" for n in notes if characters(notes[n]) != characters(made.strict.notes[n])]
    found += [f"note {n} is none" for n in made.strict.notes if n not in notes]
    return found + [f"id {name} is doubled" for name, count in made.strict.ids.items() if count > 1]
