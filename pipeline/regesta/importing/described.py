"""What a description says of a document, put where a header has a place for it, else told in a note.

Every way in that reads descriptions (finding aids, MODS, tables of an edition) puts its facts by these functions, so
that what comes back does not depend on the format. `losses.py` states the same from outside: what does not come back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from lxml import etree

from regesta.importing import headers, naming, registers
from regesta.importing.existing import Existing
from regesta.importing.facts import Dated, Facts, Named, Related, Remark
from regesta.importing.mapping import DATE_KINDS, DOCUMENT_TYPES, RELATIONS
from regesta.importing.markup import element
from regesta.importing.registers import Register
from regesta.importing.when import When
from regesta.indexing.authorities import identifier_in
from regesta.records import Identifier

IDENTIFIERS = {kind.casefold(): kind for kind in ("record-number", "former-id", "DOI", "ARK", "URN")}
NOTES = frozenset({"discrepancy", "source", "access", "rights", "general"})
ACCESS = frozenset({"free", "restricted", "unknown"})
CREATORS = frozenset({"author", "sender"})
EDITORS = ("translator", "provider", "transcriber", "editor")
MEMBERSHIPS = {"certain": "high", "probable": "medium", "possible": "low", "unknown": "unknown"}
KINDS = {"person": "person", "organisation": "org", "place": "place", "event": "event"}
AUTHORITIES = {
    "viaf": "VIAF", "gnd": "GND", "wikidata": "Wikidata", "isni": "ISNI", "lcnaf": "LCCN", "geonames": "GeoNames"
}  # fmt: skip
COORDINATES = re.compile(r"-?\d+(\.\d+)? -?\d+(\.\d+)?")
ROLES = frozenset({"author", "sender", "addressee", "participant", "mentioned", *EDITORS})


def told(what: str, words: str) -> Remark:
    """Return the note that keeps what a header has no place for."""
    return Remark("general", f"{what}: {words}")


def put_type(facts: Facts, written: str) -> None:
    """Put what kind of document it is; a kind that the schema does not know is told."""
    if written in DOCUMENT_TYPES:
        facts.type = written
    elif written:
        facts.notes.append(told("type", written))


def put_identifier(facts: Facts, kind: str, value: str) -> None:
    """Put a number or address by which others know the document."""
    known = IDENTIFIERS.get(kind.casefold())
    if known is None:
        facts.notes.append(Remark("source", f"identifier ({kind}): {value}" if kind else f"identifier: {value}"))
        return
    facts.identifiers.append((known, value))
    if known == "record-number" and not facts.record_number:
        facts.record_number = value


def put_date(facts: Facts, kind: str, words: str, meant: When | None, *, approximate: bool = False) -> None:
    """Put a date whose meaning the description states; one of a kind that the schema does not know is a listing's."""
    if meant and approximate and meant.start != meant.end:
        meant = When(meant.start, meant.end, bounds=True)
    doubt = "medium" if approximate and not (meant and meant.bounds) else ""
    facts.dates.append(Dated(kind if kind in DATE_KINDS else "listing", words, meant, doubt, stated=True))


def put_note(facts: Facts, kind: str, words: str) -> None:
    """Put a note about the document; a kind of note that the schema does not know becomes a general one."""
    if kind == "copy-number":
        facts.copies.append(words)
    else:
        facts.notes.append(Remark(kind if kind in NOTES else "general", words))


def put_classification(facts: Facts, written: str) -> None:
    """Put the classification that stands on the paper."""
    facts.classification = headers.classification(written)
    if facts.classification:
        facts.classification_text = written
    elif written:
        facts.notes.append(told("classification", written))


def put_access(facts: Facts, written: str) -> None:
    """Put whether the document can be seen."""
    if written in ACCESS:
        facts.access = written
    elif written:
        facts.notes.append(Remark("access", written))


def put_collection(facts: Facts, title: str, membership: str, number: str) -> None:
    """Put the collection to which the record says that the document belongs, and its number there."""
    facts.series = title
    facts.membership = MEMBERSHIPS.get(membership, "")
    facts.order = int(number) if title and re.fullmatch(r"[1-9]\d{0,8}", number) else None


def put_relation(facts: Facts, relation: str, target: str, words: str, ids: Collection[str]) -> None:
    """Put what another document is to this one: one of `ids`, one elsewhere, or one that is only described."""
    if relation not in RELATIONS:
        facts.notes.append(told(f"related document ({relation})", target or words))
    elif target in ids:
        facts.relations.append(Related(relation, naming.key(target, "record")))
    elif re.fullmatch(r"\S+", target):
        facts.relations.append(Related(relation, "", outside=target))
    elif words:
        facts.relations.append(Related(relation, "", words=words))


def put_name(
    facts: Facts,
    held: Existing,
    kind: str,
    name: str,
    roles: Iterable[str] = (),
    *,
    label: str = "",
    key: str = "",
    linked: bool = True,
    authority: str = "",
    coordinates: str = "",
) -> None:
    """Put a name with all its roles; if it is to be `linked`, it leads to an entry, with what identifies it.

    `label` is how the document writes the name, `key` the identifier that the entry should have.
    """
    plain = naming.natural(name) if kind == "person" and linked else name
    found = entry(held, KINDS[kind], (name, key), authority, coordinates) if linked and kind in KINDS else ""
    shown = Named(KINDS.get(kind, "term"), label if label and found else plain, found)
    known = (
        [role for role in roles if role in ROLES and role != "mentioned"] if kind in {"person", "organisation"} else []
    )
    for role in known:
        _put_role(facts, shown, role)
    if not known:
        facts.named.append(shown)
    others = [role for role in roles if role not in ROLES]
    if others:
        facts.notes.append(told(naming.natural(name) if kind == "person" else name, f"{', '.join(others)}."))


def _put_role(facts: Facts, shown: Named, role: str) -> None:
    if role == "author":
        facts.authors.append(shown)
    elif role == "sender":
        facts.senders.append(shown)
    elif role == "addressee":
        facts.addressees.append(shown)
    elif role in EDITORS:
        facts.editors.append(Named(shown.kind, shown.label, shown.key, role))
    else:
        facts.named.append(Named(shown.kind, shown.label, shown.key, role))


def entry(held: Existing, kind: str, called: tuple[str, str], authority: str, coordinates: str) -> str:
    """Return the key of the register's entry of that name and, if one is given, key.

    Names of different numbers, places or keys are never merged.
    """
    register, name = held.registers[kind], called[0]
    idno = authority_in(authority)
    point = coordinates if kind == "place" and COORDINATES.fullmatch(coordinates) else ""
    said = (*called, *idno, point)
    if said not in register.told:
        there = register.keys.get(name, "")
        alike = there in register.old and _may_be(register.entries[there][0], *idno)
        register.told[said] = there if alike else _new_entry(register, called, idno, point)
    return register.told[said]


def authority_in(address: str) -> tuple[str, str]:
    """Return the authority file, as the schema calls it, and the number in it of an address; two "" for another."""
    known, number = identifier_in(Identifier("", address))
    return (AUTHORITIES[known], number) if known in AUTHORITIES else ("", "")


def _may_be(entry: etree._Element, kind: str, number: str) -> bool:
    """Return whether an entry that was there before has no other number of that kind."""
    stated = [each.text for each in entry.iterchildren("{*}idno") if each.get("type") == kind]
    return not stated or number in stated


def _new_entry(register: Register, called: tuple[str, str], idno: tuple[str, str], point: str) -> str:
    name, wanted = called
    key = register.twin(name, naming.key(wanted, register.kind.name) if wanted else "")
    made = registers.plain(register.kind, key, name)
    if point:
        made[0].append(element("location", element("geo", point)))
    if idno[0] and register.kind.name != "event":
        made[0].append(element("idno", idno[1], type=idno[0]))
    register.put(key, *made)
    return key
