"""What archives are told of a document: its record with every name resolved in the registers and every date as ISO.

The classes here are handed as JSON to `xslt/export.xsl`. Texts are as the sources have them; an empty string or tuple
means that nothing is stated, and no format puts anything in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regesta import dates
from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.indexing.authorities import AUTHORITIES, identifier_in
from regesta.records import DatedEvent, HeaderNote, Holding, Identifier, Mention

CREATORS = frozenset({"author", "sender"})
AGENTS = ("person", "organisation")

_ZONE = re.compile(r"(?:T.*|Z|[+-]\d\d:\d\d)\Z")


@dataclass(frozen=True)
class When:
    """A date: `kind` as in the record, `written` as worded, `start` and `end` ISO 8601 (equal for a single date).

    `start` or `end` is "" where the source leaves it open; `approximate` when the source doubts it.
    """

    kind: str
    written: str
    start: str
    end: str
    approximate: bool = False


@dataclass(frozen=True)
class Name:
    """A person, organisation, place, event or term: the register's name, and what the document calls it.

    `roles` are the record's (author, sender, addressee …); `id` is that of the entity in the edition, "" for a name
    that no register explains; `page` its address below the site; `coordinates` "latitude longitude"; `authority` the
    address of the first of its identifiers that has one (VIAF, GND, Wikidata …).
    """

    kind: str
    name: str
    label: str
    roles: tuple[str, ...] = ()
    id: str = ""
    page: str = ""
    identifiers: tuple[Identifier, ...] = ()
    coordinates: str = ""
    authority: str = ""

    @property
    def created(self) -> bool:
        """Return whether the name is one of those who made the document."""
        return bool(CREATORS & set(self.roles))


@dataclass(frozen=True)
class Language:
    """A language: its tag as stated (BCP 47) and the code of ISO 639-2/B that finding aids want, "" if it has none."""

    tag: str
    code: str


@dataclass(frozen=True)
class Related:
    """Another document: its relation, its id in the edition ("" for one outside it), its address or its words."""

    relation: str
    id: str
    target: str
    label: str


@dataclass(frozen=True)
class Exported:
    """One document for archives.

    `page` and `tei` are addresses below the site; `order` is the place in the collection's order, from 1, and `number`
    the one that the record states itself; `source` is the path of its TEI in the edition, and `part` says which of the
    documents there it is.
    """

    id: str
    title: str
    page: str
    tei: str
    source: str
    order: int
    part: str = ""
    type: str = ""
    subtitles: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    date: When | None = None
    dates: tuple[When, ...] = ()
    languages: tuple[Language, ...] = ()
    extent: str = ""
    names: tuple[Name, ...] = ()
    holdings: tuple[Holding, ...] = ()
    classification: str = ""
    rights: str = ""
    rights_url: str = ""
    access: str = ""
    abstract: str = ""
    online: str = ""
    transcript: str = ""
    collection: str = ""
    membership: str = ""
    number: int | None = None
    relations: tuple[Related, ...] = ()
    notes: tuple[HeaderNote, ...] = ()

    def agents(self) -> Iterator[Name]:
        """Yield the persons and organisations, in the order in which the record names them."""
        return (name for name in self.names if name.kind in AGENTS)

    def creators(self) -> Iterator[Name]:
        """Yield those who made the document."""
        return (name for name in self.agents() if name.created)


@dataclass(frozen=True)
class EditionFacts:
    """What archives are told of the edition itself; `url` ends in a slash or is ""."""

    title: str
    subtitle: str = ""
    editors: tuple[str, ...] = ()
    publisher: str = ""
    licence: str = ""
    licence_url: str = ""
    rights: str = ""
    languages: tuple[Language, ...] = ()
    url: str = ""
    date: str = ""
    collection: str = ""
    holder: str = ""
    repository: str = ""
    agency: str = ""
    admin_email: str = ""
    identifier_prefix: str = ""


def exported(catalogue: Catalogue) -> tuple[Exported, ...]:
    """Return every document of the catalogue for archives, in the collection's order."""
    entities = {entity.id: entity for entity in catalogue.entities}
    ids = {document.source: document.id for document in reversed(catalogue.documents)}
    ids |= {document.id: document.id for document in catalogue.documents}
    return tuple(
        _exported(document, catalogue.links.get(document.id, {}), entities, ids, order)
        for order, document in enumerate(catalogue.documents, start=1)
    )


def language(tag: str) -> Language:
    """Return the language of a tag; ISO 639-2/B has codes for the larger ones only."""
    import langcodes  # noqa: PLC0415 - its registry takes time to load, and only exports need it

    try:
        code = langcodes.Language.get(tag).to_alpha3(variant="B")
    except (LookupError, ValueError):
        code = ""
    return Language(tag, code)


def when(date: DatedEvent) -> When:
    """Return a date of a record as a range of ISO 8601 dates, without times and zones."""
    start = _iso(date.when) or _iso(date.date_from) or _iso(date.not_before)
    end = _iso(date.when) or _iso(date.date_to) or _iso(date.not_after)
    loose = bool(date.not_before or date.not_after) or date.cert in {"low", "medium", "unknown"}
    return When(date.kind, dates.shown(date), start, end, loose)


def _exported(
    document: CataloguedDocument,
    links: Mapping[tuple[str, str], str],
    entities: Mapping[str, CataloguedEntity],
    ids: Mapping[str, str],
    order: int,
) -> Exported:
    record = document.record
    primary = dates.primary(record.dates)
    return Exported(
        id=document.id,
        title=document.label,
        page=document.page,
        tei=f"tei/{document.id}.xml",
        source=document.source,
        order=order,
        part=document.part,
        type=record.type,
        subtitles=tuple(filter(None, record.subtitles)),
        identifiers=record.identifiers,
        date=when(primary) if primary else None,
        dates=tuple(when(date) for date in record.dates),
        languages=tuple(language(tag) for tag in record.languages if tag),
        extent=record.extent,
        names=tuple(_names(record.mentions, links, entities)),
        holdings=tuple(holding for holding in record.holdings if holding != Holding("")),
        classification=record.classification,
        rights=record.rights,
        rights_url=record.rights_url,
        access=record.access,
        abstract=record.abstract,
        online=record.online,
        transcript=record.transcript,
        collection=record.collection,
        membership=record.membership,
        number=record.order,
        relations=tuple(_relations(document, ids)),
        notes=record.notes,
    )


def _names(
    mentions: Iterable[Mention], links: Mapping[tuple[str, str], str], entities: Mapping[str, CataloguedEntity]
) -> Iterator[Name]:
    """Yield each entity named once, with all its roles, in the order of the first mention."""
    roles: dict[tuple[str, str, str], dict[str, None]] = {}
    first: dict[tuple[str, str, str], Mention] = {}
    for mention in mentions:
        target = links.get((mention.kind, mention.ref), "")
        key = (mention.kind, target, "" if target else mention.label)
        if target or mention.label:
            roles.setdefault(key, {})[mention.role] = None
            first.setdefault(key, mention)
    for key, mention in first.items():
        entity = entities.get(key[1])
        stated = tuple(role for role in roles[key] if role != "mentioned") or ("mentioned",)
        if entity is None:
            yield Name(mention.kind, mention.label, mention.label, stated)
            continue
        yield Name(
            kind=mention.kind,
            name=entity.entity.label,
            label=mention.label,
            roles=stated,
            id=entity.id,
            page=entity.page,
            identifiers=entity.entity.authorities,
            coordinates=entity.entity.coordinates,
            authority=authority_of(entity.entity.authorities),
        )


def authority_of(identifiers: Iterable[Identifier]) -> str:
    """Return the address of the first identifier that has one, "" for none."""
    for identifier in identifiers:
        authority, number = identifier_in(identifier)
        if authority:
            return f"{AUTHORITIES[authority]}{number}"
        if re.fullmatch(r"https?://\S+", identifier.value):
            return identifier.value
    return ""


def _relations(document: CataloguedDocument, ids: Mapping[str, str]) -> Iterator[Related]:
    folder = document.source.rpartition("/")[0]
    for relation in document.record.relations:
        path, _, fragment = relation.target.partition("#")
        near = f"{folder}/{path}" if folder else path
        known = ids.get(near) or ids.get(path) or ids.get(fragment) or ids.get(path.removesuffix(".xml"), "")
        yield Related(relation.name, known, relation.target, relation.label)


def _iso(value: str) -> str:
    return _ZONE.sub("", value) if dates.is_iso(value) else ""
