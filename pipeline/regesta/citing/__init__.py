"""Citing: how a document is cited, in words and in the formats of reference managers and harvesters.

Everything here follows from a document's record and what the edition says of itself, so that it is made with the page
and kept with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from regesta.citing.files import FORMATS
from regesta.citing.formatted import Citation, citations
from regesta.citing.metadata import Tag, coins, json_ld, tags
from regesta.citing.work import work
from regesta.keeping import as_dict
from regesta.records import Record
from regesta.rendering import EditionFacts


@dataclass(frozen=True)
class Reference:
    """The document in a format of reference managers, ready to be saved as the file `name`."""

    label: str
    name: str
    media_type: str
    text: str


@dataclass(frozen=True)
class Citing:
    """All that a page says of how its document is cited; without a title of the edition nothing is cited in words.

    `url` is the page's whole address, "" where the edition has none; `json_ld` is safe within a script element.
    """

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    tags: tuple[Tag, ...]
    json_ld: str
    coins: str
    url: str


def citing(identifier: str, title: str, record: Record, edition: EditionFacts) -> Citing:
    """Return what is said of citing the document with this `identifier` and `title`."""
    cited = work(identifier, title, record, edition)
    references = (
        Reference(each.label, f"{identifier}.{each.extension}", each.media_type, each.write([cited]).replace("\r", ""))
        for each in FORMATS
    )
    return Citing(
        citations=citations(cited) if edition.stated_title else (),
        references=tuple(references) if edition.stated_title else (),
        tags=tags(cited),
        json_ld=json_ld(cited, record),
        coins=coins(cited),
        url=cited.url,
    )


def to_json(value: Citing) -> str:
    """Return what is said of citing as the parameter `citing` of page.xsl wants it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_dict)
