"""The text of a document as XHTML for an e-book: every character once, notes as footnotes that readers pop up.

Elements that hold blocks become `div`, others `span` with the element's name as class, so that what no rule knows is
shown all the same. What is added (the number of a note, the sign of a gap) is marked by its class.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

import langcodes
from lxml import etree

from regesta.exchange.blocks import READINGS, heads_a_division, holds_blocks, is_inline, is_regular, style_of
from regesta.exchange.prose import is_other
from regesta.reading import local_name

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STYLES = {"bold": "b", "ital": "i", "underl": "u", "sup": "sup", "sub": "sub"}
_NAME = re.compile(r"[^\W\d][\w.-]*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+")
_LAST_LEVEL = 6


def element(name: str, text: str = "", **attributes: str) -> etree._Element:
    """Return an element of XHTML; `cls` is its class, `epub` its epub:type, and `_` stands for hyphens."""
    names = {"cls": "class", "epub": f"{{{EPUB}}}type"}
    made = etree.Element(f"{{{XHTML}}}{name}", nsmap={None: XHTML, "epub": EPUB})
    for key, value in attributes.items():
        made.set(names.get(key, key.replace("_", "-")), value)
    made.text = text or None
    return made


@dataclass
class Chapter:
    """Makes XHTML of one document; `documents` are the ids of those that the book holds besides."""

    documents: Container[str] = frozenset()
    notes: list[etree._Element] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def text(self, root: etree._Element) -> list[etree._Element]:
        """Return the text of a TEI document and its footnotes; nothing where it has none."""
        texts = [each for each in root.iterchildren(etree.Element) if local_name(each) == "text"]
        if not any("".join(each.itertext()).strip() for each in texts):
            return []
        body = element("div", cls="text")
        for each in texts:
            body.append(self._made(each, 1))
        made = [body]
        if self.notes:
            footnotes = element("section", epub="footnotes", cls="footnotes")
            footnotes.extend(self.notes)
            made.append(footnotes)
        self._mend_links(made)
        return made

    def _made(self, source: etree._Element, level: int) -> etree._Element:
        """Return what an element becomes, with all that is in it."""
        name = local_name(source)
        if name == "note":
            return self._note(source, level)
        if name in {"lb", "cb"}:
            return element("br")
        if name == "pb":
            return self._page_break(source)
        if name == "gap":
            return element("span", "[…]", cls="gap generated")
        made = self._shell(source, name, level)
        self._fill(made, source, level + (name == "div"))
        if name in READINGS and is_other(source):
            made.text, last = f"[{made.text or ''}", made[-1] if len(made) else None
            if last is None:
                made.text += "]"
            else:
                last.tail = f"{last.tail or ''}]"
            made.set("class", f"{name} other")
        return made

    def _shell(self, source: etree._Element, name: str, level: int) -> etree._Element:
        blocks = holds_blocks(source)
        if name in {"ref", "ptr"} and not blocks:
            return self._link(source)
        if name in {"p", "ab"}:
            made = element("div" if blocks else "p", cls=name)
        elif name == "head" and not blocks and heads_a_division(source):
            made = element(f"h{min(level, _LAST_LEVEL)}")
        elif name in {"list", "table"} and is_regular(source):
            made = element(("ol" if source.get("type") == "ordered" else "ul") if name == "list" else "table")
        elif name in {"item", "row", "cell"} and _is_regular_part(source):
            made = element({"item": "li", "row": "tr", "cell": "td"}[name])
            _span(made, source)
        elif name == "hi" and not blocks:
            made = element(_STYLES.get(style_of(source), "span"), cls="hi")
        elif name == "quote" and not is_inline(source):
            made = element("blockquote")
        else:
            made = element("span" if is_inline(source) else "section" if name == "div" else "div", cls=name)
        self._identify(made, source)
        return made

    def _fill(self, made: etree._Element, source: etree._Element, level: int) -> None:
        bare = local_name(made) in {"ul", "ol", "table", "tr"}  # in which white space only lays the source out
        made.text = None if bare else source.text
        for child in source:
            tail = child.tail
            if isinstance(child.tag, str):
                inner = self._made(child, level)
                inner.tail = None if bare else tail
                made.append(inner)
            elif tail and not bare:
                _add_words(made, tail)

    def _note(self, source: etree._Element, level: int) -> etree._Element:
        number = len(self.notes) + 1
        aside = element("aside", epub="footnote", role="doc-footnote", id=f"note-{number}")
        self.notes.append(aside)
        stated = source.get(f"{_XML}id")
        if stated:
            self.ids.setdefault(stated, f"note-{number}")
        aside.append(element("a", str(number), href=f"#noteref-{number}", cls="number generated", role="doc-backlink"))
        body = element("div", cls="note")
        self._fill(body, source, level)
        aside.append(body)
        return element(
            "a", str(number), epub="noteref", role="doc-noteref", href=f"#note-{number}", id=f"noteref-{number}",
            cls="generated",
        )  # fmt: skip

    def _page_break(self, source: etree._Element) -> etree._Element:
        made = element("span", epub="pagebreak", role="doc-pagebreak", cls="pb")
        if source.get("n"):
            made.set("aria-label", source.get("n", ""))
        self._identify(made, source)
        return made

    def _link(self, source: etree._Element) -> etree._Element:
        """Return a link to the web, within the document or to another one of the book; else its words."""
        target = (source.get("target") or "").split(" ")[0]
        path, _mark, fragment = target.partition("#")
        within = any(local_name(each) in {"note", "ref", "ptr"} for each in source.iterdescendants(etree.Element))
        outside = any(local_name(each) == "ref" for each in source.iterancestors())
        address = ""
        if _ADDRESS.fullmatch(target):
            address = target
        elif fragment and not path:
            address = f"#{fragment}"
        elif path.endswith(".xml") and path.removesuffix(".xml") in self.documents:
            address = f"{path.removesuffix('.xml')}.xhtml"
        empty = not (source.text or len(source))
        linked = bool(address) and not within and not outside and not empty
        made = element("a", href=address) if linked else element("span", cls=local_name(source))
        self._identify(made, source)
        return made

    def _identify(self, made: etree._Element, source: etree._Element) -> None:
        """Give an element its id, once, and its language where that is one."""
        stated = source.get(f"{_XML}id", "")
        if stated and stated not in self.ids and _NAME.fullmatch(stated) and not re.match(r"note(ref)?-\d", stated):
            self.ids[stated] = stated
            made.set("id", stated)
        language = source.get(f"{_XML}lang", "")
        if language and langcodes.tag_is_valid(language):
            made.set(f"{_XML}lang", language)
            made.set("lang", language)

    def _mend_links(self, made: list[etree._Element]) -> None:
        """Lead links within the document to what is there; one that leads to nothing is words only."""
        for link in (each for root in made for each in root.iter(f"{{{XHTML}}}a")):
            target = link.get("href", "").removeprefix("#")
            if link.get("href", "").startswith("#") and not link.get("role"):
                if target in self.ids:
                    link.set("href", f"#{self.ids[target]}")
                else:
                    link.tag = f"{{{XHTML}}}span"
                    del link.attrib["href"]


def _is_regular_part(source: etree._Element) -> bool:
    """Return whether an item, row or cell stands in a list or table that becomes one."""
    parent = source.getparent()
    if parent is None or local_name(source) == "item":
        return parent is not None and local_name(parent) == "list" and is_regular(parent)
    table = parent if local_name(source) == "row" else parent.getparent()
    return table is not None and local_name(table) == "table" and is_regular(table)


def _span(made: etree._Element, source: etree._Element) -> None:
    for name, attribute in (("cols", "colspan"), ("rows", "rowspan")):
        if re.fullmatch(r"[1-9]\d{0,2}", source.get(name, "")) and source.get(name) != "1" and made.tag.endswith("td"):  # type: ignore[union-attr, arg-type]
            made.set(attribute, source.get(name, ""))


def _add_words(made: etree._Element, words: str) -> None:
    if len(made):
        made[-1].tail = f"{made[-1].tail or ''}{words}"
    else:
        made.text = f"{made.text or ''}{words}"
