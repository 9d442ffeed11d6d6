"""States: an edition as its documents' digests, which tell two states apart without either of them at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from lxml import etree

from regesta import digests
from regesta.exchange.material import Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed
from regesta.exchange.prose import plain
from regesta.including import XML_ID
from regesta.reading import local_name

_PLACES = ("id", "page", "tei", "source", "order", "part")
_LENGTH = 32


@dataclass(frozen=True)
class Known:
    """A document as digests.

    `hash` is that of its record: what the header says, without the identifier, and without names that stand in the text
    only. `text` is that of its words in their order, "" where there are none. `body` and `header` are those of the
    encoding of both (canonical XML, https://www.w3.org/TR/xml-c14n2/), without comments and instructions.
    """

    id: str
    source: str
    title: str
    hash: str
    text: str
    body: str = ""
    header: str = ""


@dataclass(frozen=True)
class State:
    """The documents of an edition by their identifiers.

    `words_of` gives the words of a document, `revisions_of` day and words of what it says of its changes itself, where
    they are at hand.
    """

    documents: Mapping[str, Known]
    words_of: Callable[[str], list[str]] | None = None
    revisions_of: Callable[[str], list[tuple[str, str]]] | None = None


def state_of(material: Material) -> State:
    """Return the state of an edition that was read."""
    by_id = material.by_id

    def words_of(document_id: str) -> list[str]:
        return words(material.tei(document_id), by_id[document_id].source)

    def revisions_of(document_id: str) -> list[tuple[str, str]]:
        return revisions(material.tei(document_id), by_id[document_id].source)

    return State({each.id: _known(each, material.tei(each.id)) for each in material.documents}, words_of, revisions_of)


def revisions(tei: bytes, source: str) -> list[tuple[str, str]]:
    """Return day and words of each change that a document records (TEI `revisionDesc`), where it names the day."""
    header = next((child for child in parsed(tei, source) if local_name(child) == "teiHeader"), None)
    described = [] if header is None else header.iterfind("{*}revisionDesc//{*}change")
    return [
        (when, " ".join("".join(each.itertext()).split()))
        for each in described
        if (when := (each.get("when") or each.get("when-iso") or "").strip())
    ]


def words(tei: bytes, source: str) -> list[str]:
    """Return the words of a document's text in their order: what stands between two spaces; notes are in brackets."""
    return plain(tei, source).split()


def _known(document: Exported, tei: bytes) -> Known:
    root = parsed(tei, document.source)
    headers = [child for child in root if isinstance(child.tag, str) and local_name(child) == "teiHeader"]
    header = _digest(*map(_canonical, headers))
    for each in headers:
        root.remove(each)
    root.attrib.pop(XML_ID, None)  # That is the identifier.
    text = words(tei, document.source)
    return Known(
        id=document.id,
        source=document.source,
        title=document.title,
        hash=_digest(_record(document)),
        text=_digest(" ".join(text)) if text else "",
        body=_digest(_canonical(root)),
        header=header,
    )


def _record(document: Exported) -> str:
    """Return what the header states, as JSON: registers may call a person otherwise, the document stays as it is."""
    stated = {key: value for key, value in asdict(document).items() if key not in _PLACES}
    stated["names"] = [(each.kind, each.label, each.roles) for each in document.names if each.roles != ("mentioned",)]
    stated["relations"] = [(each.relation, each.target, each.label) for each in document.relations]
    return json.dumps(stated, ensure_ascii=False, sort_keys=True)


def _canonical(element: etree._Element) -> str:
    return str(etree.canonicalize(etree.tostring(element, encoding="unicode", with_tail=False)))


def _digest(*parts: str | bytes) -> str:
    return digests.digest(*parts)[:_LENGTH]
