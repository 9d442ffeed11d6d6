"""The catalogue: all records and entities, sorted, with the links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regesta.records import Entity, Mention, Record


@dataclass(frozen=True)
class CataloguedDocument:
    """A document with its place in the edition.

    `id` is unique and path-safe; `page` the address below the site; `source` the ledger's path; `unit` is TEI,
    division, front, back, body or group; `label` the title to show (never empty); `sort_date` an ISO-like key
    ("" sorts last, as undated); `written_date` the date to show.
    """

    id: str
    page: str
    source: str
    unit: str
    label: str
    record: Record
    sort_date: str
    written_date: str


@dataclass(frozen=True)
class CataloguedEntity:
    """An entity with its page (`persons/ID.html` …) and the ids of the documents that name it, in order."""

    id: str
    page: str
    entity: Entity
    sources: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All that the edition knows. `documents` is in collection order, `by_date` holds the same ids by date.

    `links` says for each document id which entity ids its mentions lead to, keyed by (kind, ref as written).
    """

    documents: tuple[CataloguedDocument, ...]
    by_date: tuple[str, ...]
    entities: tuple[CataloguedEntity, ...]
    links: Mapping[str, Mapping[tuple[str, str], str]]
    unresolved: tuple[tuple[str, Mention], ...]
