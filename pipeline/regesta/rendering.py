"""Render: a document and its page facts become an HTML page, by `xslt/page.xsl`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A link that a page may show: `href` is relative to the page, `label` is what it says."""

    href: str
    label: str
    relation: str = ""


@dataclass(frozen=True)
class NameLink:
    """What a pointer of the document leads to: `ref` as written, `kind` person, organisation, place, event,
    term or document; `href` relative to the page; `label` the register's name for it."""

    kind: str
    ref: str
    href: str
    label: str


@dataclass(frozen=True)
class EditionFacts:
    """What every page says of the edition; empty strings are not shown."""

    title: str
    subtitle: str = ""
    language: str = "en"
    publisher: str = ""
    licence: str = ""
    licence_url: str = ""
    url: str = ""
    date: str = ""
    holder: str = ""


@dataclass(frozen=True)
class PageFacts:
    """The only catalogue facts that a document's page may show."""

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
