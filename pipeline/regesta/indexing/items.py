"""Documents as lists show them, and as entity pages and the timeline do, more briefly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.indexing.models import Item, Occurrence, Participant, Target
from regesta.records import Holding, Mention

_ROLES_NOT_LISTED = frozenset({"provider"})
"""Roles that most documents of an edition share, so that a list would repeat them at each."""


def items_of(catalogue: Catalogue) -> Iterator[tuple[str, Item]]:
    """Yield the id of each document and how lists show it, in the order of the collection."""
    entities = {entity.id: entity for entity in catalogue.entities}
    for document in catalogue.documents:
        yield document.id, _item(document, catalogue.links.get(document.id, {}), entities)


def occurrence(document: CataloguedDocument, roles: tuple[str, ...] = ()) -> Occurrence:
    """Return the document as a line: date, title and the roles that an entity has in it."""
    return Occurrence(document.label, document.page, document.written_date, roles)


def roles_in(document: CataloguedDocument, links: Mapping[tuple[str, str], str], entity_id: str) -> tuple[str, ...]:
    """Return the roles of an entity in the document, each once; being mentioned is not one."""
    mentions = (mention for mention in document.record.mentions if mention.role != "mentioned")
    roles = (mention.role for mention in mentions if links.get((mention.kind, mention.ref)) == entity_id)
    return tuple(dict.fromkeys(roles))


def entity_label(entity: CataloguedEntity) -> str:
    """Return the name to show for the entity; never empty."""
    return entity.entity.label or entity.entity.key or entity.id


def _item(
    document: CataloguedDocument,
    links: Mapping[tuple[str, str], str],
    entities: Mapping[str, CataloguedEntity],
) -> Item:
    record = document.record
    return Item(
        title=document.label,
        href=document.page,
        date=document.written_date,
        type=record.type,
        participants=_participants(record.mentions, links, entities),
        holdings=tuple(line for holding in record.holdings if (line := _holding_line(holding))),
        abstract=record.abstract,
        transcript=record.transcript,
    )


def _participants(
    mentions: tuple[Mention, ...],
    links: Mapping[tuple[str, str], str],
    entities: Mapping[str, CataloguedEntity],
) -> tuple[Participant, ...]:
    """Return who the header names, each once with all roles; those without a role come last."""
    roles: dict[Target, dict[str, None]] = {}
    for mention in filter(_is_listed, mentions):
        entity = entities.get(links.get((mention.kind, mention.ref), ""))
        name = Target(entity_label(entity), entity.page) if entity else Target(mention.label)
        if name.label:
            known = roles.setdefault(name, {})
            known.update({mention.role: None} if mention.role != "mentioned" else {})
    return tuple(Participant(name, tuple(roles[name])) for name in sorted(roles, key=lambda name: not roles[name]))


def _is_listed(mention: Mention) -> bool:
    if mention.in_text or mention.role in _ROLES_NOT_LISTED:
        return False
    return mention.kind == "person" or (mention.kind == "organisation" and mention.role != "mentioned")


def _holding_line(holding: Holding) -> str:
    shelfmark = holding.shelfmark or " ".join(f"{part.unit} {part.value}" for part in holding.parts)
    parts = (holding.repository, holding.settlement, holding.collection, shelfmark)
    return ", ".join(part for part in parts if part)
