"""Plain text and Markdown (CommonMark 0.31 with footnotes): the text of each document, for reading and for counting.

Every character of `text` stands in the file once and in order. What must be told apart gets brackets: a note where it
stands, and the other readings of a `choice`. White space is folded; blocks are divided by an empty line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from regesta.exchange.material import File, Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed
from regesta.reading import local_name

# fmt: off
INLINE = frozenset({
    "abbr", "add", "addName", "am", "app", "c", "cb", "certainty", "choice", "corr", "damage", "date", "del",
    "distinct", "emph", "ex", "expan", "foreign", "forename", "fw", "gap", "geogName", "gi", "g", "graphic",
    "handShift", "hi",
    "idno", "lem", "m", "measure", "mentioned", "mod", "name", "note", "num", "orgName", "orig", "pb", "pc", "persName",
    "placeName", "ptr", "q", "rdg", "redo", "ref", "reg", "restore", "retrace", "roleName", "rs", "s", "said", "seg",
    "settlement", "sic", "soCalled", "space", "stamp", "subst", "supplied", "surname", "surplus", "term", "time",
    "title", "unclear", "undo", "unit", "w", "anchor", "milestone", "index", "metamark", "country", "region", "email",
    "code", "ident", "val", "att", "tag", "eventName", "objectName", "author", "editor",
    "publisher", "pubPlace", "biblScope", "citedRange", "ruby", "rb", "rt", "formula", "bibl",
})
# fmt: on
_LINES = frozenset({"l", "row", "item", "label", "addrLine", "signed", "salute", "dateline", "byline"})
_SPACE = re.compile(r"[ \t\n\r]+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BLOCK_START = re.compile(r"(?m)^(\s*)([-+>]|\d+[.)])")
_BOLD = re.compile(r"\bbold\b|\bb\b")
_ITALIC = re.compile(r"\bital|\bi\b|\bunderl")


def text_files(material: Material) -> Iterator[File]:
    """Yield `ID.txt` for each document: title, date, shelfmark, then the text."""
    for document in material.documents:
        text = plain(material.tei(document.id), document.source)
        head = "\n".join((document.title, *_heading(document)))
        yield f"{document.id}.txt", f"{head}\n\n{text}\n".encode()


def markdown_files(material: Material) -> Iterator[File]:
    """Yield `ID.md` for each document: its facts as front matter, then the text."""
    for document in material.documents:
        text = _Writer(markdown=True).write(_text(parsed(material.tei(document.id), document.source)))
        facts = {
            "id": document.id,
            "title": document.title,
            "date": document.date.written if document.date else "",
            "type": document.type,
            "languages": [language.tag for language in document.languages],
        }
        stated = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items() if value)
        title = _MARKDOWN.sub(r"\\\1", document.title)
        yield f"{document.id}.md", f"---\n{stated}---\n\n# {title}\n\n{text}\n".encode()


def plain(data: bytes, source: str) -> str:
    """Return the text of the document whose TEI is `data`, without its header; "" when it has none."""
    return _Writer(markdown=False).write(_text(parsed(data, source)))


def _text(root: etree._Element) -> list[etree._Element]:
    return [child for child in root.iterchildren(etree.Element) if local_name(child) == "text"]


def _heading(document: Exported) -> Iterator[str]:
    if document.date and document.date.written:
        yield document.date.written
    for holding in document.holdings:
        yield ", ".join(filter(None, (holding.repository, holding.collection, holding.shelfmark)))


@dataclass
class _Writer:
    """Writes blocks of text one after the other; what is inline gathers in the block that is open."""

    markdown: bool
    blocks: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    lines: bool = False
    prefix: str = ""
    depth: int = 0

    def write(self, roots: Iterable[etree._Element]) -> str:
        """Return the text of `roots`."""
        for root in roots:
            self._element(root)
        self._close()
        return "\n\n".join(self.blocks)

    def _element(self, element: etree._Element) -> None:
        name = local_name(element)
        if name in {"lb", "cb"} and element.get("break") != "no":
            self.open.append("\v")
        elif name in {"note", "rdg"} or (name in {"orig", "sic", "abbr", "expan", "corr", "reg"} and is_other(element)):
            self._bracketed(element)
        elif name == "cell":
            self.open.append(" " if element.getprevious() is None else " | ")
            self._content(element)
        elif name in INLINE or (name == "quote" and is_within_text(element)):
            self._inline(element, name)
        else:
            self._block(element, name)

    def _block(self, element: etree._Element, name: str) -> None:
        self._close(line=name in _LINES)
        self.depth += name == "div"
        if self.markdown:
            self.prefix = {"head": "#" * min(6, 1 + max(1, self.depth)) + " ", "item": "- ", "quote": "> "}.get(
                name, ""
            )
        self._content(element)
        self._close(line=name in _LINES)
        self.depth -= name == "div"

    def _inline(self, element: etree._Element, name: str) -> None:
        mark = self._emphasis(element) if self.markdown and name in {"hi", "emph"} else ""
        self.open.append(f"\x00{mark}" if mark else "")
        self._content(element)
        self.open.append(f"\x00{mark}" if mark else "")

    def _bracketed(self, element: etree._Element) -> None:
        self.open.append(" \x00[")
        self._flat(element)
        self.open.append("\x00]")

    def _flat(self, element: etree._Element) -> None:
        """Write an element within brackets: its blocks follow each other in one line."""
        self._words(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if local_name(child) not in INLINE:
                    self.open.append(" ")
                self._flat(child)
            self._words(child.tail)

    def _content(self, element: etree._Element) -> None:
        self._words(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child)
            self._words(child.tail)

    def _words(self, text: str | None) -> None:
        if text:
            self.open.append(_MARKDOWN.sub(r"\\\1", text) if self.markdown else text)

    @staticmethod
    def _emphasis(element: etree._Element) -> str:
        rend = f"{element.get('rend', '')} {element.get('rendition', '')} {element.get('style', '')}".lower()
        return "**" if _BOLD.search(rend) else "*" if _ITALIC.search(rend) or local_name(element) == "emph" else ""

    def _close(self, *, line: bool = False) -> None:
        """End the open block; a `line` is set under the one before it, not apart from it."""
        text = _SPACE.sub(" ", "".join(self.open)).replace("\x00", "")
        text = "\n".join(part.strip() for part in text.split("\v")).strip()
        if self.markdown:
            text = self.prefix + _BLOCK_START.sub(r"\1\\\2", text).replace("\n", "  \n") if text else ""
        if text and line and self.lines and not self.markdown:
            self.blocks[-1] += f"\n{text}"
        elif text:
            self.blocks.append(text)
        self.lines = line if text else self.lines and line
        self.open.clear()
        self.prefix = ""


def is_other(element: etree._Element) -> bool:
    """Return whether the element is one of the further readings of a choice."""
    parent = element.getparent()
    return parent is not None and local_name(parent) == "choice" and element.getprevious() is not None


def is_within_text(element: etree._Element) -> bool:
    """Return whether words stand beside the element in its parent."""
    parent = element.getparent()
    if parent is None:
        return False
    return bool((parent.text or "").strip() or any((child.tail or "").strip() for child in parent))
