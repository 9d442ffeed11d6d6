"""EPUB 3.3: the whole edition as a book, and each document as one of its own (W3C, EPUB 3.3)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from regesta.exchange.epub_text import Chapter, element
from regesta.exchange.material import File, Material
from regesta.exchange.model import Exported
from regesta.exchange.packing import zipped
from regesta.exchange.pointers import parsed, places, rewrite
from regesta.exchange.tei import register_places

_MIMETYPE = ("mimetype", b"application/epub+zip")
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_STYLE = """body { line-height: 1.5; }
h1 { font-size: 1.4em; line-height: 1.2; }
.facts, .gap, .number { color: #555; }
.text p, .text .p { margin: 0.5em 0; }
blockquote { margin: 0.7em 2em; }
td { padding: 0.2em 0.6em; vertical-align: top; }
.l, .item, .label { display: block; }
.signed, .dateline { text-align: right; }
aside { margin: 0.4em 0; font-size: 0.9em; }
aside .note, aside .number { display: inline; }
a[role="doc-noteref"] { vertical-align: super; font-size: 0.75em; line-height: 0; }
.other { color: #555; }
"""
_FEATURES = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Text with headings and footnotes; there are no pictures."),
)


@dataclass(frozen=True)
class _Book:
    """What a book says of itself, and its chapters: id, title, XHTML."""

    name: str
    title: str
    languages: tuple[str, ...]
    creators: tuple[str, ...]
    chapters: Sequence[tuple[str, str, bytes]]
    description: str = ""


def files(material: Material) -> Iterator[File]:
    """Yield `edition.epub` and `documents/ID.epub`; nothing without the day that a book must state as its last change.

    The pictures of pages are left out, and so is the language where nothing states one ("und").
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", material.edition.date):
        material.unset("[edition] date (a whole day)", "books in EPUB")
        return
    if not material.edition.languages:
        material.unset("[edition] languages", "the language of the EPUB of the whole edition")
    edition = material.edition
    known = places(material, "", register_places(material, "registers/"))
    ids = {document.id for document in material.documents}
    chapters = []
    for document in material.documents:
        root = parsed(material.tei(document.id), document.source)
        rewrite(root, document.source, known.lead_from(document.source, f"{document.id}.xml"))
        chapters.append((document.id, document.title, _chapter(document, root, ids)))
    tags = tuple(language.tag for language in edition.languages)
    title = ": ".join(filter(None, (edition.title, edition.subtitle)))
    whole = _Book("edition", title, tags, edition.editors, chapters)
    yield "edition.epub", _packed(whole, material)
    for document in material.documents:
        root = parsed(material.tei(document.id), document.source)
        languages = tuple(language.tag for language in document.languages)
        makers = tuple(name.name for name in document.creators())
        chapter = (document.id, document.title, _chapter(document, root, frozenset()))
        book = _Book(document.id, document.title, languages, makers, [chapter], document.abstract)
        yield f"documents/{document.id}.epub", _packed(book, material)


def _chapter(document: Exported, root: etree._Element, ids: Container[str]) -> bytes:
    """Return a document: its title, what identifies it, its abstract, its text."""
    section = element("section", epub="chapter", role="doc-chapter")
    section.append(element("h1", document.title))
    stated = [document.date.written if document.date else ""]
    stated += [
        ", ".join(filter(None, (each.repository, each.collection, each.shelfmark))) for each in document.holdings
    ]
    section.extend(element("p", each, cls="facts") for each in stated if each)
    if document.abstract:
        section.append(element("p", document.abstract, cls="abstract"))
    section.extend(Chapter(ids).text(root))
    return _page(document.title, [section], next((each.tag for each in document.languages), ""))


def _page(title: str, content: Iterable[etree._Element], language: str = "") -> bytes:
    html, head, body = element("html"), element("head"), element("body")
    if language:
        html.set("lang", language)
        html.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head.append(element("title", title or "…"))
    head.append(element("link", rel="stylesheet", type="text/css", href="style.css"))
    body.extend(content)
    html.extend([head, body])
    etree.cleanup_namespaces(html, keep_ns_prefixes=["epub"])
    return etree.tostring(html, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")


def _packed(book: _Book, material: Material) -> bytes:
    pages = [("title.xhtml", _title_page(book, material)), ("nav.xhtml", _contents(book))]
    pages += [(f"{identifier}.xhtml", data) for identifier, _title, data in book.chapters]
    parts = [("META-INF/container.xml", _CONTAINER.encode()), ("EPUB/package.opf", _package(book, material))]
    parts += [("EPUB/style.css", _STYLE.encode()), *((f"EPUB/{name}", data) for name, data in pages)]
    return zipped(parts, first=_MIMETYPE)


def _title_page(book: _Book, material: Material) -> bytes:
    edition = material.edition
    section = element("section", epub="titlepage")
    section.append(element("h1", book.title))
    stated = (*book.creators, edition.publisher, edition.date, edition.licence, edition.rights, edition.url)
    section.extend(element("p", each) for each in stated if each)
    return _page(book.title, [section], next(iter(book.languages), ""))


def _contents(book: _Book) -> bytes:
    nav = element("nav", epub="toc", role="doc-toc")
    listed = element("ol")
    for identifier, title, _data in book.chapters:
        item = element("li")
        item.append(element("a", title or identifier, href=quote(f"{identifier}.xhtml")))
        listed.append(item)
    nav.extend([element("h1", book.title), listed])
    return _page(book.title, [nav], next(iter(book.languages), ""))


def _package(book: _Book, material: Material) -> bytes:
    """Return the package document (EPUB 3.3, 5)."""
    edition = material.edition
    root = etree.Element(f"{{{_OPF}}}package", nsmap={None: _OPF})
    root.attrib.update({"version": "3.0", "unique-identifier": "id", "prefix": "schema: http://schema.org/"})
    metadata = etree.SubElement(root, f"{{{_OPF}}}metadata", nsmap={"dc": _DC})
    identifier = etree.SubElement(metadata, f"{{{_DC}}}identifier", id="id")
    identifier.text = f"urn:uuid:{_uuid(edition.url or edition.title, book.name)}"
    stated = [("title", book.title), *(("language", tag) for tag in book.languages or ("und",))]
    stated += [*(("creator", name) for name in book.creators), ("publisher", edition.publisher)]
    stated += [("date", edition.date), ("rights", edition.rights or edition.licence), ("description", book.description)]
    for name, value in stated:
        if value:
            etree.SubElement(metadata, f"{{{_DC}}}{name}").text = value
    for name, value in (("dcterms:modified", f"{edition.date}T00:00:00Z"), *_FEATURES):
        etree.SubElement(metadata, f"{{{_OPF}}}meta", property=name).text = value
    names = ["title.xhtml", "nav.xhtml", *(f"{identifier}.xhtml" for identifier, _title, _data in book.chapters)]
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{_OPF}}}spine")
    for number, name in enumerate(names):
        item = etree.SubElement(manifest, f"{{{_OPF}}}item", id=f"i{number}", href=quote(name))
        item.set("media-type", "application/xhtml+xml")
        if name == "nav.xhtml":
            item.set("properties", "nav")
        etree.SubElement(spine, f"{{{_OPF}}}itemref", idref=f"i{number}")
    style = etree.SubElement(manifest, f"{{{_OPF}}}item", id="style", href="style.css")
    style.set("media-type", "text/css")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _uuid(edition: str, name: str) -> str:
    """Return the same number for the same book of the same edition (RFC 9562, version 8: of a digest)."""
    digest = hashlib.sha256(f"{edition}\0{name}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
