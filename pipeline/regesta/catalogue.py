"""The catalogue: all records and entities, sorted, with the links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from regesta import dates
from regesta.identifiers import Claim, assign
from regesta.keeping import Value
from regesta.records import DocumentFacts, Entity, Identifier, Mention, Record

FOLDERS = {
    "person": "persons",
    "organisation": "organisations",
    "place": "places",
    "event": "events",
    "term": "terms",
}
_PART_LABELS = {"front": "front matter", "body": "contents", "back": "back matter", "group": "introduction"}


@dataclass(frozen=True, slots=True)
class CataloguedDocument(Value):
    """A document with its place in the edition.

    `id` is unique and path-safe; `page` the address below the site; `source` the ledger's path and `part` the
    document within it; `unit` is TEI, division, front, back, body or group; `label` the title to show (never empty);
    `sort_date` an ISO-like key ("" sorts last, as undated); `written_date` the date to show.
    """

    id: str
    page: str
    source: str
    unit: str
    label: str
    record: Record
    sort_date: str
    written_date: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class CataloguedEntity(Value):
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
    `unresolved` are the mentions whose pointer leads nowhere, with the id of their document.
    """

    documents: tuple[CataloguedDocument, ...]
    by_date: tuple[str, ...]
    entities: tuple[CataloguedEntity, ...]
    links: Mapping[str, Mapping[tuple[str, str], str]]
    unresolved: tuple[tuple[str, Mention], ...]


@dataclass(frozen=True)
class Entry:
    """A document on its way into the catalogue: its claim to an identifier, and what was read from it."""

    claim: Claim
    unit: str
    facts: DocumentFacts
    position: int


def catalogue(
    entries: Sequence[Entry],
    registers: Sequence[tuple[str, Sequence[Entity]]],
    *,
    former: Mapping[str, str] | None = None,
    by_date: bool = False,
) -> Catalogue:
    """Return the catalogue of documents and registers (each with its source).

    `former` maps released ids to their source; `by_date` makes the dates the collection's own order.
    """
    identifiers = assign([entry.claim for entry in entries], former)
    documents = [_document(entry, identifiers[entry.claim]) for entry in entries]
    ordered = _in_order(documents, entries, by_date=by_date)
    entities = _Entities(registers, entries)
    links, unresolved = entities.link(ordered)
    return Catalogue(
        documents=tuple(ordered),
        by_date=tuple(document.id for document in sorted(ordered, key=_date_key)),
        entities=entities.catalogued(ordered, links),
        links=links,
        unresolved=tuple(unresolved),
    )


def _document(entry: Entry, identifier: str) -> CataloguedDocument:
    record = entry.facts.record
    date = dates.primary(record.dates)
    title = record.title or identifier
    part = _PART_LABELS.get(entry.unit)
    return CataloguedDocument(
        id=identifier,
        page=f"documents/{identifier}.html",
        source=entry.claim.source,
        unit=entry.unit,
        label=f"{title}: {part}" if part else title,
        record=record,
        sort_date=dates.sort_key(date),
        written_date=dates.shown(date),
        part=entry.claim.part,
    )


def _date_key(document: CataloguedDocument) -> tuple[bool, str]:
    return (document.sort_date == "", document.sort_date)


def _in_order(
    documents: list[CataloguedDocument], entries: Sequence[Entry], *, by_date: bool
) -> list[CataloguedDocument]:
    """Sort by the collection's own numbers; the rest by date behind them, or, where none has a number, as they lie."""
    numbered = any(document.record.order is not None for document in documents)

    def key(pair: tuple[CataloguedDocument, Entry]) -> tuple[bool, int, bool, str, str, int]:
        document, entry = pair
        order = None if by_date else document.record.order
        undated, date = _date_key(document) if numbered or by_date else (False, "")
        return (order is None, order or 0, undated, date, document.source, entry.position)

    return [document for document, _entry in sorted(zip(documents, entries, strict=True), key=key)]


@dataclass
class _Draft:
    """An entity while its sources are gathered."""

    entity: Entity
    sources: list[str]
    registered: bool = False
    id: str = ""


class _Entities:
    """The entities of registers and of documents' own lists, and what pointers lead to.

    Entries of a document's own list join the register's entry of the same kind and `xml:id`; otherwise they are one
    entity where kind, `xml:id` and name agree. Nothing is merged by name alone.
    """

    def __init__(self, registers: Sequence[tuple[str, Sequence[Entity]]], entries: Sequence[Entry]) -> None:
        self.drafts: list[_Draft] = []
        self.by_key: dict[str, list[_Draft]] = defaultdict(list)
        self.by_address: dict[str, _Draft] = {}
        self.local: dict[tuple[str, str, str], _Draft] = {}
        for source, entities in registers:
            for entity in entities:
                self._add(entity, source).registered = True
        known = {(draft.entity.kind, draft.entity.key): draft for draft in self.drafts if draft.entity.key}
        same: dict[tuple[str, str, str], _Draft] = {}
        for entry in entries:
            source = entry.claim.source
            for entity in entry.facts.entities:
                draft = known.get((entity.kind, entity.key)) if entity.key else None
                draft = draft or same.get((entity.kind, entity.key, entity.label)) or self._add(entity, source)
                same[(entity.kind, entity.key, entity.label)] = draft
                if source not in draft.sources:
                    draft.sources.append(source)
                if entity.key:
                    self.local.setdefault((source, entity.kind, entity.key), draft)

    def _add(self, entity: Entity, source: str) -> _Draft:
        draft = _Draft(entity, [source])
        self.drafts.append(draft)
        if entity.key:
            self.by_key[entity.key].append(draft)
        for authority in entity.authorities:
            if authority.value.startswith(("http://", "https://")):
                self.by_address.setdefault(authority.value, draft)
        return draft

    def resolve(self, mention: Mention, source: str) -> _Draft | None:
        """Return what the mention's pointer leads to: the document's own list first, then the registers.

        The list of another document answers only where it is the only one that could.
        """
        ref = mention.ref
        if ref.startswith(("http://", "https://")):
            known = self.by_address.get(ref)
            return known or self._named_by_address(mention)
        key = ref.rpartition("#")[2]
        if not ref.partition("#")[0]:
            own = self.local.get((source, mention.kind, key))
            if own is not None:
                return own
        candidates = [draft for draft in self.by_key.get(key, []) if draft.entity.kind == mention.kind]
        registered = next((draft for draft in candidates if draft.registered), None)
        return registered or (candidates[0] if len(candidates) == 1 else None)

    def _named_by_address(self, mention: Mention) -> _Draft | None:
        """Make an entity of an address that no register explains: its name is the one in the text."""
        if mention.kind not in FOLDERS or not mention.label:
            return None
        draft = self._add(Entity(mention.kind, "", mention.label), "")
        draft.entity = replace(draft.entity, authorities=(Identifier("URI", mention.ref),))
        self.by_address[mention.ref] = draft
        return draft

    def link(
        self, documents: Iterable[CataloguedDocument]
    ) -> tuple[dict[str, dict[tuple[str, str], str]], list[tuple[str, Mention]]]:
        """Return for each document what its pointers lead to, and the mentions that lead nowhere."""
        found: list[tuple[str, Mention, _Draft]] = []
        unresolved: list[tuple[str, Mention]] = []
        for document in documents:
            for mention in document.record.mentions:
                if not mention.ref or mention.kind not in FOLDERS:
                    continue
                draft = self.resolve(mention, document.source)
                if draft is None:
                    unresolved.append((document.id, mention))
                else:
                    found.append((document.id, mention, draft))
        self._name_all()
        links: dict[str, dict[tuple[str, str], str]] = {}
        pointers: dict[tuple[str, str], tuple[str, str]] = {}
        for document_id, mention, draft in found:
            pointer = (mention.kind, mention.ref)  # Most of them recur: each is held once.
            links.setdefault(document_id, {})[pointers.setdefault(pointer, pointer)] = draft.id
        return links, unresolved

    def _name_all(self) -> None:
        """Give every entity its identifier, unique among those of its kind."""
        for kind in FOLDERS:
            drafts = [draft for draft in self.drafts if draft.entity.kind == kind]
            claims = [
                Claim(draft.entity.key or draft.entity.label, draft.sources[0], part=f"{kind}/{number}")
                for number, draft in enumerate(drafts)
            ]
            names = assign(claims)
            for draft, claim in zip(drafts, claims, strict=True):
                draft.id = f"{kind}/{names[claim]}"

    def catalogued(
        self, documents: Sequence[CataloguedDocument], links: Mapping[str, Mapping[tuple[str, str], str]]
    ) -> tuple[CataloguedEntity, ...]:
        """Return the entities with their pages and documents, sorted by kind and identifier."""
        naming: dict[str, list[str]] = defaultdict(list)
        for document in documents:
            for target in dict.fromkeys(links.get(document.id, {}).values()):
                naming[target].append(document.id)
        return tuple(
            CataloguedEntity(
                id=draft.id,
                page=f"{FOLDERS[draft.entity.kind]}/{draft.id.partition('/')[2]}.html",
                entity=draft.entity if draft.entity.label else replace(draft.entity, label=draft.id.partition("/")[2]),
                sources=tuple(source for source in draft.sources if source),
                documents=tuple(naming[draft.id]),
            )
            for draft in sorted(self.drafts, key=lambda draft: draft.id)
            if draft.entity.kind in FOLDERS
        )
