"""PDF of the whole edition by Typst (the extra `regesta[pdf]`): contents, running heads, page numbers, footnotes.

The file is PDF/A-2b where the edition states its day and the fonts at hand have every character. Texts are
handed to Typst as strings, so that no sign in them is taken for a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from regesta import rules
from regesta.errors import RegestaError, UsageError
from regesta.exchange.blocks import READINGS, heads_a_division, holds_blocks, is_inline, is_regular, style_of
from regesta.exchange.material import Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed
from regesta.exchange.prose import is_other
from regesta.findings import Place
from regesta.reading import local_name

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_GLYPH = re.compile(r'the text `"(.*?)"`', re.DOTALL)
_STYLES = {"bold": "strong", "ital": "emph", "underl": "underline", "sup": "super", "sub": "sub"}
_ADDRESS = re.compile(r"https?://\S+")
_SPACE = re.compile(r"[ \t\r\n]+")
_LAST_LEVEL = 5
_MARKS = {"lb": "linebreak()", "cb": "linebreak()", "gap": '"[…]"'}
_LAYOUT = """#set page(paper: "a4", numbering: "1", header: context {
  let titles = query(heading.where(level: 1)).filter(it => it.location().page() <= here().page())
  if titles.len() > 0 and titles.last().location().page() < here().page() { text(size: 8pt, titles.last().body) }
})
#set text(size: 10.5pt)
#set par(justify: true)
#show heading.where(level: 1): it => { pagebreak(weak: true); it }
"""


def file(material: Material) -> bytes:
    """Return the PDF. A character that no font here has is told, and the file is then no PDF/A.

    Raises UsageError where the extra is not installed, RegestaError when Typst fails.
    """
    try:
        import typst  # noqa: PLC0415 - an extra, and large
    except ImportError:
        told = "PDF files are made by a library that is not installed."
        raise UsageError(told, "Install it: pip install 'regesta[pdf]'.") from None
    source = "".join(_source(material)).encode("utf-8")
    if not _DAY.fullmatch(material.edition.date):
        material.unset("[edition] date (a whole day)", "marks of PDF/A in PDF files")
        return _bytes(typst.compile(source))
    try:
        return _bytes(typst.compile(source, pdf_standards="a-2b"))
    except typst.TypstError as error:
        missing = _GLYPH.search(str(error))
        if missing is None:
            raise RegestaError(f"The PDF could not be made: {error}.", "Report this.") from None
    place = Place(material.configuration, 1, 1)
    material.found.append(rules.finding("pdf-character", place, character=missing[1]))
    return _bytes(typst.compile(source))


def _bytes(made: Any) -> bytes:
    return bytes(made)


def _source(material: Material) -> Iterator[str]:
    """Yield the source in Typst: layout, title page, contents, documents."""
    edition = material.edition
    title = ": ".join(filter(None, (edition.title, edition.subtitle)))
    authors = "".join(f"{_string(name)}, " for name in edition.editors)
    day = _DAY.fullmatch(edition.date)
    date = f"datetime(year: {int(day[1])}, month: {int(day[2])}, day: {int(day[3])})" if day else "none"
    yield f"#set document(title: {_string(title)}, author: ({authors}), date: {date})\n"
    if edition.languages:
        yield f"#set text(lang: {_string(edition.languages[0].tag.partition('-')[0].lower())})\n"
    yield _LAYOUT
    stated = (*edition.editors, edition.publisher, edition.date, edition.licence, edition.rights, edition.url)
    lines = "".join(f"par({_string(each)}); " for each in stated if each)
    yield f"#align(center + horizon, {{ text(size: 20pt, {_string(title)}); {lines}}})\n"
    yield "#pagebreak()\n#outline(depth: 1)\n"
    for document in material.documents:
        root = parsed(material.tei(document.id), document.source)
        yield f"#{{ {'; '.join(_document(document, root))} }}\n"


def _document(document: Exported, root: etree._Element) -> Iterator[str]:
    yield f"heading(level: 1, {_string(document.title)})"
    facts = [document.date.written if document.date else ""]
    facts += [", ".join(filter(None, (each.repository, each.collection, each.shelfmark))) for each in document.holdings]
    yield from (f"block(text(fill: luma(40%), {_string(each)}))" for each in facts if each)
    if document.abstract:
        yield f"block({_string(document.abstract)})"
    for child in root.iterchildren(etree.Element):
        if local_name(child) == "text":
            yield _made(child, 1)


def _made(source: etree._Element, level: int) -> str:
    """Return what an element becomes: an expression of Typst with all that is in it."""
    name = local_name(source)
    if name in _MARKS:
        return _MARKS[name]
    content = _content(source, level + (name == "div"))
    if name == "note":
        return f"footnote({content})"
    if name in READINGS and is_other(source):
        return f'"["; {content}; "]"'
    return _line(source, name, content) if is_inline(source) else _block(source, name, content, level)


def _block(source: etree._Element, name: str, content: str, level: int) -> str:
    if name in {"list", "table"} and is_regular(source):
        return _regular(source, name, level)
    if name in {"p", "ab"} and not holds_blocks(source):
        return f"par({content})"
    if name == "head" and not holds_blocks(source) and heads_a_division(source):
        return f"heading(level: {min(level + 1, _LAST_LEVEL)}, outlined: false, {content})"
    return f"quote(block: true, {content})" if name == "quote" else f"block({content})"


def _line(source: etree._Element, name: str, content: str) -> str:
    target, style = source.get("target", ""), _STYLES.get(style_of(source), "") if name == "hi" else ""
    if style:
        return f"{style}({content})"
    if name == "ref" and _ADDRESS.fullmatch(target) and (source.text or len(source)):
        return f"link({_string(target)}, {content})"
    return content


def _content(source: etree._Element, level: int) -> str:
    """Return what stands in an element; white space between blocks only lays the source out."""
    blocks = holds_blocks(source)
    parts = []
    for child in (None, *source):
        words = source.text if child is None else child.tail
        if child is not None and isinstance(child.tag, str):
            parts.append(_made(child, level))
        if words and (words.strip() or not blocks):
            parts.append(_string(words))
    return f"{{ {'; '.join(parts)} }}" if parts else "[]"


def _regular(source: etree._Element, name: str, level: int) -> str:
    """Return a list of items, or a table of rows with as many columns as the longest."""
    rows = list(source.iterchildren(etree.Element))
    if name == "list":
        kind = "enum" if source.get("type") == "ordered" else "list"
        return f"{kind}({', '.join(_content(each, level) for each in rows)})"
    cells = [list(row.iterchildren(etree.Element)) for row in rows]
    width = max(map(len, cells))
    made = (_content(each, level) for row in cells for each in row)
    filled = (", ".join([*(next(made) for _cell in row), *["[]"] * (width - len(row))]) for row in cells)
    return f"table(columns: {width}, {', '.join(filled)})"


def _string(text: str) -> str:
    """Return a text as a string of Typst, its white space folded: only quotation marks and backslashes are escaped."""
    folded = _SPACE.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{folded}"'
