"""RO-Crate 1.1: the TEI package as a research object, with what is known of each file beside it (JSON-LD, flattened).

https://www.researchobject.org/ro-crate/specification/1.1/: a root data set, data entities for files, and entities for
persons, bodies, places and the licence. All that is said stands in the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from regesta.exchange import tei
from regesta.exchange.material import File, Material
from regesta.exchange.model import AGENTS, Exported, Name

_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_CONFORMS = "https://w3id.org/ro/crate/1.1"
_TEI = "application/tei+xml"
_LOST = "an RO-Crate"
_KINDS = {"person": "Person", "organisation": "Organization", "place": "Place"}
_ROLES = {"author": "author", "sender": "sender", "addressee": "recipient", "translator": "translator"}


def files(material: Material) -> Iterator[File]:
    """Yield the files of the crate, `ro-crate-metadata.json` last; nothing without the date that a crate must have.

    What else a crate should state and the edition does not, is told and left out.
    """
    edition = material.edition
    if not edition.date:
        material.unset("[edition] date", _LOST)
        return
    if not (edition.licence_url or edition.licence):
        material.unset("[edition] licence", "the licence of the RO-Crate")
    sizes = {}
    for path, data in tei.package(material):
        sizes[path] = len(data)
        yield path, data
    yield "ro-crate-metadata.json", _metadata(material, sizes)


def _metadata(material: Material, sizes: dict[str, int]) -> bytes:
    documents = {f"documents/{each.id}.xml": each for each in material.documents}
    names = {_id(name): name for each in material.documents for name in each.names if name.kind in _KINDS}
    graph = [
        _descriptor(),
        _root(material, list(sizes)),
        *_context_of_edition(material),
        *(_file(path, size, documents.get(path), material) for path, size in sizes.items()),
        *(_named(identifier, name) for identifier, name in names.items()),
        *_licences(material),
    ]
    data = {"@context": _CONTEXT, "@graph": [_stated(each) for each in graph]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CONFORMS},
        "about": {"@id": "./"},
    }


def _root(material: Material, paths: list[str]) -> dict[str, Any]:
    edition = material.edition
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": edition.title,
        "description": edition.subtitle or f"{edition.title}: {len(material.documents)} documents in TEI",
        "datePublished": edition.date,
        "license": _licence(edition.licence_url, edition.licence),
        "editor": [{"@id": _local("editor", name)} for name in edition.editors],
        "publisher": {"@id": _local("publisher", edition.publisher)} if edition.publisher else None,
        "inLanguage": [language.tag for language in edition.languages],
        "url": edition.url,
        "hasPart": [{"@id": _address(path)} for path in paths],
    }


def _context_of_edition(material: Material) -> Iterator[dict[str, Any]]:
    edition = material.edition
    yield from ({"@id": _local("editor", name), "@type": "Person", "name": name} for name in edition.editors)
    if edition.publisher:
        yield {"@id": _local("publisher", edition.publisher), "@type": "Organization", "name": edition.publisher}


def _file(path: str, size: int, document: Exported | None, material: Material) -> dict[str, Any]:
    """Return a file; a register has a name and no more."""
    stated: dict[str, Any] = {
        "@id": _address(path),
        "@type": "File",
        "name": document.title if document else path.rpartition("/")[2],
        "encodingFormat": _TEI,
        "contentSize": str(size),
    }
    if document is None:
        return stated
    roles: dict[str, list[dict[str, str]]] = {}
    for name in document.names:
        if name.kind in _KINDS:
            acting = [_ROLES[role] for role in name.roles if role in _ROLES and name.kind in AGENTS] or ["mentions"]
            for role in acting:
                roles.setdefault(role, []).append({"@id": _id(name)})
    date = document.date
    return stated | {
        "identifier": [document.id, *(each.value for each in document.identifiers)],
        "dateCreated": date.start if date and date.start == date.end else "",
        "temporalCoverage": f"{date.start or '..'}/{date.end or '..'}" if date and date.start != date.end else "",
        "inLanguage": [language.tag for language in document.languages],
        "genre": document.type,
        "abstract": document.abstract,
        "license": _licence(document.rights_url, document.rights),
        "conditionsOfAccess": document.access,
        "url": material.address(document.page),
        **roles,
    }


def _licence(address: str, words: str) -> dict[str, str] | str:
    return {"@id": address} if address else words


def _licences(material: Material) -> Iterator[dict[str, Any]]:
    stated = {each.rights_url: each.rights for each in reversed(material.documents) if each.rights_url}
    if material.edition.licence_url:
        stated.setdefault(material.edition.licence_url, material.edition.licence)
    for address, words in sorted(stated.items()):
        yield {"@id": address, "@type": "CreativeWork", "name": words or address}


def _named(identifier: str, name: Name) -> dict[str, Any]:
    latitude, _space, longitude = name.coordinates.partition(" ")
    return {
        "@id": identifier,
        "@type": _KINDS[name.kind],
        "name": name.name,
        "sameAs": name.authority if name.authority != identifier else "",
        "latitude": latitude if longitude else "",
        "longitude": longitude,
    }


def _id(name: Name) -> str:
    """Return what identifies a name in the crate: its address in an authority file, else one of the crate's own."""
    return name.authority or _local(name.kind, name.id.partition("/")[2] or name.name)


def _local(kind: str, name: str) -> str:
    return f"#{kind}-{quote(name, safe='')}"


def _address(path: str) -> str:
    return quote(path)


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
