"""JSON-LD: the edition and its documents in the words of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from regesta.catalogue import CataloguedEntity
from regesta.exchange.material import Material
from regesta.exchange.model import Exported, Name, When

_CORRESPONDENCE = frozenset({"letter", "telegram", "cable", "note"})
_TYPES = {"person": "Person", "organisation": "Organization", "place": "Place", "event": "Event", "term": "DefinedTerm"}
_PROPERTIES = {"author": "author", "sender": "sender", "addressee": "recipient", "translator": "translator"}


def file(material: Material) -> bytes:
    """Return one graph: the collection, its documents, and the persons, organisations, places and events they name."""
    graph = [_collection(material), *(_document(material, each) for each in material.documents)]
    graph += [_entity(material, entity) for entity in material.entities]
    data = {"@context": "https://schema.org/", "@graph": graph}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _collection(material: Material) -> dict[str, Any]:
    edition = material.edition
    return _stated(
        {
            "@type": "ArchiveComponent",
            "@id": edition.url or "urn:x-regesta:edition",
            "name": edition.title,
            "alternativeHeadline": edition.subtitle,
            "url": edition.url,
            "editor": list(edition.editors),
            "publisher": _named("Organization", edition.publisher),
            "license": edition.licence_url or edition.licence,
            "datePublished": edition.date,
            "inLanguage": [language.tag for language in edition.languages],
            "holdingArchive": _named("ArchiveOrganization", edition.holder),
        }
    )


def _document(material: Material, document: Exported) -> dict[str, Any]:
    kind = ["ArchiveComponent"] + (["Message"] if document.type in _CORRESPONDENCE else [])
    roles: dict[str, list[dict[str, str]]] = {}
    for name in document.names:
        for role in name.roles:
            roles.setdefault(_PROPERTIES.get(role, "about"), []).append(_reference(material, name))
    page = material.address(document.page)
    return _stated(
        {
            "@type": kind,
            "@id": page or f"urn:x-regesta:document:{document.id}",
            "name": document.title,
            "genre": document.type,
            "identifier": [document.id, *(each.value for each in document.identifiers)],
            "dateCreated": _interval(document.date),
            "inLanguage": [language.tag for language in document.languages],
            "abstract": document.abstract,
            "isPartOf": {"@id": material.edition.url or "urn:x-regesta:edition"},
            "itemLocation": [_named("Place", ", ".join(_words(holding))) for holding in document.holdings],
            "license": document.rights_url or document.rights,
            "conditionsOfAccess": document.access,
            "url": page,
            "sameAs": document.online,
            "encoding": _stated(
                {
                    "@type": "MediaObject",
                    "encodingFormat": "application/tei+xml",
                    "contentUrl": material.address(document.tei),
                }
            ),
            **roles,
        }
    )


def _words(holding: Any) -> Iterator[str]:
    return filter(None, (holding.repository, holding.settlement, holding.collection, holding.shelfmark))


def _entity(material: Material, entity: CataloguedEntity) -> dict[str, Any]:
    described = entity.entity
    latitude, _, longitude = described.coordinates.replace(",", " ").partition(" ")
    position = {"@type": "GeoCoordinates", "latitude": latitude.strip(), "longitude": longitude.strip()}
    return _stated(
        {
            "@type": _TYPES[described.kind],
            "@id": _entity_id(material, entity.id, entity.page),
            "name": described.label,
            "alternateName": [name.text for name in described.names if name.text != described.label],
            "sameAs": [each.value for each in described.authorities if each.value.startswith(("http://", "https://"))],
            "geo": position if longitude.strip() else None,
        }
    )


def _reference(material: Material, name: Name) -> dict[str, str]:
    if name.id:
        return {"@id": _entity_id(material, name.id, name.page)}
    return {"@type": _TYPES.get(name.kind, "Thing"), "name": name.name}


def _entity_id(material: Material, identifier: str, page: str) -> str:
    return material.address(page) or f"urn:x-regesta:{identifier.replace('/', ':')}"


def _interval(date: When | None) -> str:
    if date is None or not (date.start or date.end):
        return ""
    return date.start if date.start == date.end else f"{date.start or '..'}/{date.end or '..'}"


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is stated: nothing empty stands in the graph."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
