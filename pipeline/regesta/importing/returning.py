"""What is left of a document when it comes back: a function for each loss that `losses.py` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from regesta.exchange.model import EditionFacts, Exported, Name, When
from regesta.importing import described, naming, when
from regesta.importing.headers import classification
from regesta.importing.mapping import DATE_KINDS, DOCUMENT_TYPES, RELATIONS
from regesta.indexing.authorities import identifier_in
from regesta.records import HeaderNote, Identifier


def _with_notes(document: Exported, found: Iterable[tuple[str, str]]) -> Exported:
    return replace(document, notes=(*document.notes, *(HeaderNote(*each) for each in found)))


def without_text(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without its transcript."""
    return replace(document, transcript="none")


def with_plain_id(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with an identifier that the schema allows."""
    related = (replace(each, id=each.id and naming.key(each.id, "record")) for each in document.relations)
    return replace(document, id=naming.key(document.id, "record"), relations=tuple(related))


def with_known_type(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with a kind that the schema knows."""
    if document.type in DOCUMENT_TYPES:
        return document
    told = [("general", f"type: {document.type}")] if document.type else []
    return _with_notes(replace(document, type="other"), told)


def with_known_identifiers(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with identifiers of known kinds."""
    kept, told = [], []
    for each in document.identifiers:
        known = described.IDENTIFIERS.get(each.type.casefold())
        if known:
            kept.append(Identifier(known, each.value))
        else:
            told.append(
                ("source", f"identifier ({each.type}): {each.value}" if each.type else f"identifier: {each.value}")
            )
    return _with_notes(replace(document, identifiers=tuple(kept)), told)


def with_known_dates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with dates of known kinds."""
    made = [each if each.kind in DATE_KINDS else replace(each, kind="listing") for each in document.dates]
    return replace(document, dates=tuple(_once(made)))


def _once(dates: Iterable[When]) -> Iterator[When]:
    """Yield the dates but those that say what one of their kind has said."""
    seen = set()
    for each in dates:
        value = (each.start, each.end, each.approximate and each.start != each.end)
        key = (each.kind, value, "" if each.start or each.end else each.written)
        if key not in seen:
            seen.add(key)
            yield each


def with_possible_dates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without values of dates that cannot be."""
    return replace(document, dates=tuple(map(_possible, document.dates)))


def _possible(date: When) -> When:
    start, end = date.start if when.iso(date.start) else "", date.end if when.iso(date.end) else ""
    sound = (start, end) == (date.start, date.end) and not (start and end and start[:4] > end[:4])
    return date if sound else replace(date, start="", end="")


def with_known_notes(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with notes of known kinds."""
    known = {*described.NOTES, "copy-number"}
    notes = (each if each.type in known else replace(each, type="general") for each in document.notes)
    return replace(document, notes=tuple(notes))


def with_known_classification(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with a classification that the schema knows."""
    if not document.classification or classification(document.classification):
        return document
    return _with_notes(
        replace(document, classification=""), [("general", f"classification: {document.classification}")]
    )


def with_named_collection(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without a number and a membership that are those of no collection."""
    if document.collection:
        return document
    return replace(document, membership="", number=None)


def with_known_relations(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with relations that the schema knows."""
    kept, told = [], []
    for each in document.relations:
        target = each.id or each.target
        if each.relation not in RELATIONS:
            told.append(("general", f"related document ({each.relation}): {target or each.label}"))
        elif target or each.label:
            kept.append(replace(each, label="" if target else each.label))
    return _with_notes(replace(document, relations=tuple(kept)), told)


def with_known_roles(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with names in parts that the schema knows."""
    made, told = [], []
    for each in document.names:
        agent = each.kind in {"person", "organisation"}
        known = tuple(role for role in each.roles if role in described.ROLES and agent)
        others = [role for role in each.roles if role not in described.ROLES and agent]
        made.append(replace(each, roles=known or ("mentioned",)))
        if others:
            label = naming.natural(each.name) if each.kind == "person" else each.name
            told.append(("general", f"{label}: {', '.join(others)}."))
    return _with_notes(replace(document, names=tuple(made)), told)


def with_distinct_names(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with one name of two that are written and identified alike."""
    plain = (replace(each, kind="term" if each.kind == "work" else each.kind) for each in document.names)
    return replace(document, names=tuple(_merged(plain)))


def _merged(names: Iterable[Name]) -> Iterator[Name]:
    def said(name: Name) -> tuple[str, ...]:
        return name.kind, name.id, name.name, name.authority, name.coordinates

    for _key, group in groupby(sorted(names, key=said), key=said):
        alike = list(group)
        roles = dict.fromkeys(role for each in alike for role in each.roles)
        acting = tuple(role for role in roles if role != "mentioned")
        yield replace(alike[0], roles=acting or ("mentioned",))


def with_decimal_points(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with coordinates of places only, in decimal numbers."""

    def held(name: Name) -> bool:
        return name.kind == "place" and described.COORDINATES.fullmatch(name.coordinates) is not None

    names = (replace(each, coordinates=each.coordinates if held(each) else "") for each in document.names)
    return replace(document, names=tuple(names))


def with_known_authorities(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with the numbers of known authority files."""

    def known(name: Name) -> str:
        authority, _number = identifier_in(Identifier("", name.authority))
        held = name.kind in {"person", "organisation", "place"} and authority in described.AUTHORITIES
        return name.authority if held else ""

    return replace(document, names=tuple(replace(each, authority=known(each)) for each in document.names))


def without_labels(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with names as registers have them."""
    return replace(document, names=tuple(replace(each, label="") for each in document.names))


def without_keys(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with names that lead to no entry."""
    names = (replace(each, id="", page="", identifiers=()) for each in document.names)
    return replace(document, names=tuple(names))


def without_facts(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with names of which only the key of their entries is known, as the schema allows it."""
    return replace(document, names=tuple(_with_key(replace(each, page="", identifiers=())) for each in document.names))


def _with_key(name: Name) -> Name:
    if name.kind not in described.KINDS:
        return replace(name, id="", label="")
    key = name.id.partition("/")[2]
    return replace(name, id=f"{name.kind}/{naming.key(key, described.KINDS[name.kind])}") if key else name


def with_its_page(document: Exported, edition: EditionFacts) -> Exported:
    """Return the document with the address of its page where none is stated."""
    page = f"{edition.url}{document.page}" if edition.url and document.page else ""
    return replace(document, online=document.online or page)


def with_known_access(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with a status that the schema knows."""
    if not document.access or document.access in described.ACCESS:
        return document
    return _with_notes(replace(document, access=""), [("access", document.access)])


def with_dates_read(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with dates read from their words."""
    return replace(document, dates=tuple(map(_read, document.dates)))


def _read(date: When) -> When:
    meant = None if date.start or date.end else when.iso(date.written) or when.read(date.written)
    return replace(date, start=meant.start, end=meant.end) if meant else date


def without_coordinates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without coordinates."""
    return replace(document, names=tuple(replace(each, coordinates="") for each in document.names))


def without_open_dates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without values of dates with one end."""
    return replace(
        document,
        dates=tuple(each if each.start and each.end else replace(each, start="", end="") for each in document.dates),
    )


def without_parts(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document without the parts of shelfmarks."""
    return replace(document, holdings=tuple(replace(each, parts=()) for each in document.holdings))


# ── letters in an index of correspondence ──────────────────────────────────────────────────────────────────


def without(*names: str) -> Callable[[Exported, EditionFacts], Exported]:
    """Return what leaves the fields called `names` out of a document."""
    empty = Exported("", "", "", "", "", 0)

    def left(document: Exported, _edition: EditionFacts) -> Exported:
        return replace(document, **{name: getattr(empty, name) for name in names})

    return left


def with_page_only(document: Exported, edition: EditionFacts) -> Exported:
    """Return the document with the address of its page, which is all that an index states."""
    return replace(document, online=f"{edition.url}{document.page}" if document.page else document.online)


def as_a_letter(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document as a letter."""
    return replace(document, type="letter")


def with_correspondents(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with those who sent or received it; where no sender is stated, its makers sent it."""
    agents = list(document.agents())
    senders = [each for each in agents if "sender" in each.roles] or [each for each in agents if each.created]
    addressees = [each for each in document.names if "addressee" in each.roles]
    sent = dict.fromkeys(senders, ("author", "sender"))
    names = [replace(each, roles=(*sent.get(each, ()), *(("addressee",) if each in addressees else ())))
             for each in dict.fromkeys((*senders, *addressees))]  # fmt: skip
    return replace(document, names=tuple(names))


def with_postal_dates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with the days on which it was sent and received, as far as they have a value."""
    sent = next((each for each in document.dates if each.kind == "sent"), document.date)
    received = next((each for each in document.dates if each.kind == "received"), None)
    stated = [replace(each, kind=kind) for kind, each in (("sent", sent), ("received", received)) if each]
    known = (each for each in stated if each.start and each.end)
    return replace(document, dates=tuple(replace(each, approximate=each.approximate and each.start != each.end)
                                         for each in known))  # fmt: skip


def without_wording_of_dates(document: Exported, _edition: EditionFacts) -> Exported:
    """Return the document with dates that have a value only."""
    return replace(document, dates=tuple(replace(each, written="") for each in document.dates))
