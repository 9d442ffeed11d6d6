"""Render: a document and its page facts become an HTML page, by `xslt/page.xsl`."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from regesta.documents import UNIT
from regesta.keeping import Recurring, Value, as_dict
from regesta.records import Record
from regesta.saxon import Saxon

_PLACEHOLDER = f"{{{UNIT}}}document"
_MATHML = "http://www.w3.org/1998/Math/MathML"
# What browsers run in any XML file that they open, and what stands before its name in a download.
_ACTIVE = {"http://www.w3.org/1999/xhtml": "xhtml", "http://www.w3.org/2000/svg": "svg"}
_RUN_BY_BROWSERS = tuple(f"{{{namespace}}}*" for namespace in (*_ACTIVE, _MATHML))
_FACING = '<div data-facing=""></div>'
_HEAD = re.compile(r"^<!DOCTYPE[^>]*>\s*", re.IGNORECASE)
_INERT = "urn:regesta:inert:"
_ACTIVE_IN_MATHML = re.compile(r"(\{.*\})?(on.*|href|src|altimg|style)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link(Recurring):
    """A link that a page may show: `href` is relative to the page, `label` is what it says."""

    href: str
    label: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class NameLink(Recurring):
    """What a pointer of the document leads to.

    `ref` is as written; `kind` is person, organisation, place, event, term or document; `href` is relative to the
    page; `label` the register's name for it.
    """

    kind: str
    ref: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Medium(Value):
    """A picture or recording of the edition that the document names.

    `ref` is the pointer as written, `href` relative to the page, `kind` image or audio; sizes in pixels, 0 unknown.
    """

    ref: str
    href: str
    kind: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class EditionFacts(Value):
    """What every page says of the edition, and how it wants its pages; empty strings are not shown.

    `menu` follows the standard entries; `logo` and `styles` are addresses below the site; `reading` and `notes`
    are the policies of `[render]` (see regesta.config.Render). `stated_title` is the title by which the edition is
    cited: empty where it has none and `title` is the name of its folder; `feed` the address of the feed of changes,
    `changes` that of the page that tells them.
    """

    title: str
    subtitle: str = ""
    language: str = "en"
    publisher: str = ""
    licence: str = ""
    licence_url: str = ""
    url: str = ""
    date: str = ""
    holder: str = ""
    rights: str = ""
    menu: tuple[Link, ...] = ()
    logo: str = ""
    styles: tuple[str, ...] = ()
    reading: str = "normalised"
    notes: str = "foot"
    feed: str = ""
    stated_title: str = ""
    editors: tuple[str, ...] = ()
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Facing(Value):
    """The document whose text stands beside this one's: its original or its translation (`relation`)."""

    id: str
    href: str
    label: str
    relation: str


@dataclass(frozen=True, slots=True)
class PageFacts(Value):
    """The only catalogue facts that a document's page may show.

    `around` are others with what they are to this one (regesta.around); `facing` is the document that stands beside it;
    `is_facing` wants of this one only what stands beside another.
    """

    id: str
    label: str
    unit: str
    written_date: str
    edition: EditionFacts
    root: str = "../"
    tei_href: str = ""
    previous: Link | None = None
    next: Link | None = None
    names: tuple[NameLink, ...] = ()
    relations: tuple[Link, ...] = ()
    parts: tuple[Link, ...] = ()
    media: tuple[Medium, ...] = ()
    around: tuple[Link, ...] = ()
    facing: Facing | None = None
    is_facing: bool = False


@dataclass(frozen=True)
class Download:
    """The TEI offered for download: without comments and processing instructions, with how many were taken out.

    `inert` counts what a browser would run if a reader opened the file there: elements of XHTML and SVG, which
    are put in a namespace of ours, and attributes of MathML, which are left out.
    """

    data: bytes
    comments: int
    instructions: int
    inert: int = 0


def page(saxon: Saxon, root: etree._Element, record: Record, facts: PageFacts, citing: str = "{}") -> str:
    """Return the HTML page of the document `root` (a TEI element), with `citing` (regesta.citing.Citing as JSON).

    Raises TransformFailure when page.xsl fails.
    """
    parameters = {"record": to_json(record), "facts": to_json(facts), "citing": citing}
    return saxon.transform(
        "page", saxon.document(etree.tostring(root, encoding="unicode", with_tail=False)), parameters
    )


def facing_text(saxon: Saxon, root: etree._Element, record: Record, facts: PageFacts) -> str:
    """Return the text and notes of a document as they stand on the page of another. Raises TransformFailure."""
    return _HEAD.sub("", page(saxon, root, record, replace(facts, is_facing=True, facing=None)))


def face(page: str, text: str) -> str:
    """Return a page whose facts name a facing document with the text of that document in its place."""
    return page.replace(_FACING, text, 1)


def download(root: etree._Element) -> Download:
    """Return the document as a TEI file of its own; the marks that only our pipeline reads are taken out."""
    copied = deepcopy(root)
    copied.tail = None
    comments = list(copied.iter(etree.Comment))
    instructions = list(copied.iter(etree.ProcessingInstruction))
    for node in (*comments, *instructions):
        _remove(node)
    for mark in list(copied.iter(_PLACEHOLDER)):
        mark.tag = f"{{{etree.QName(copied).namespace}}}div"
        mark.set("type", "document-elsewhere")
        mark.set("corresp", f"#{mark.attrib.pop('ref', '')}")
    copied.attrib.pop(f"{{{UNIT}}}unit", None)
    inert = sum(map(_disarm, list(copied.iter(*_RUN_BY_BROWSERS))))
    etree.cleanup_namespaces(
        copied,
        top_nsmap={prefix: _INERT + name for name, prefix in _ACTIVE.items()} if inert else None,
        keep_ns_prefixes=[prefix for prefix in copied.nsmap if prefix and prefix != "rg"],
    )
    data = etree.tostring(copied, encoding="utf-8", xml_declaration=True) + b"\n"
    return Download(data, len(comments), len(instructions), inert)


def _disarm(element: etree._Element) -> int:
    """Make an element one that no browser runs, and return how much there was to do."""
    name = etree.QName(element)
    if name.namespace in _ACTIVE:
        element.tag = f"{{{_INERT}{name.namespace}}}{name.localname}"
        return 1
    if name.namespace != _MATHML:
        return 0
    active = [key for key in element.attrib if _ACTIVE_IN_MATHML.fullmatch(str(key))]
    for key in active:
        del element.attrib[key]
    return len(active)


def _remove(node: etree._Element) -> None:
    """Take a comment or instruction out, keeping the text that follows it."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    tail = node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def to_json(value: object) -> str:
    """Return a frozen dataclass of such, tuples and plain values as JSON: the keys are the fields, in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_dict)
