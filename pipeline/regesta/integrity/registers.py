"""Registers: entries that no document names, entries twice, and names that two entries share."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regesta import rules
from regesta.catalogue import Catalogue
from regesta.findings import Finding, Place
from regesta.integrity.material import Read, some, where
from regesta.records import Entity, Identifier

# fmt: off
_AUTHORITIES = {
    "viaf": "VIAF", "gnd": "GND", "d-nb": "GND", "wikidata": "Wikidata", "geonames": "GeoNames", "lccn": "LCCN",
    "id.loc.gov": "LCCN", "isni": "ISNI", "bnf": "BnF", "orcid": "ORCID",
}
# fmt: on
_NUMBER = re.compile(r"[A-Za-z]{0,3}\d[\w-]*")


@dataclass(frozen=True)
class _Entry:
    """An entry of a register with its place."""

    entity: Entity
    place: Place
    source: str


def check(catalogue: Catalogue, sources: Mapping[str, Read]) -> Iterator[Finding]:
    """Yield what is wrong with the entries of all registers."""
    entries = list(_entries(sources))
    yield from _same_ids(entries)
    doubled: set[frozenset[Place]] = set()
    for finding, pair in _twice(entries):
        doubled.add(pair)
        yield finding
    yield from _shared_names(entries, doubled)
    yield from _unused(entries, catalogue, sources)


def _entries(sources: Mapping[str, Read]) -> Iterator[_Entry]:
    """Yield the entries that have an `xml:id`; the others are names in an entry, such as the guests of an event."""
    for read in sources.values():
        if read.is_register:
            for entity in read.entities:
                anchor = read.anchors.get(entity.key)
                if anchor is not None:
                    yield _Entry(entity, anchor.place, read.name)


def _same_ids(entries: Iterable[_Entry]) -> Iterator[Finding]:
    """Yield the entries whose `xml:id` an entry of another register has; within one, proofreading tells."""
    first: dict[str, _Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.entity.key, entry)
        if known.source != entry.source:
            values: dict[str, Any] = {
                "id": entry.entity.key,
                "label": entry.entity.label,
                "other": where(known.place, entry.place),
            }
            yield rules.finding("entry-id-doubled", entry.place, other_label=known.entity.label, **values)


def _twice(entries: Iterable[_Entry]) -> Iterator[tuple[Finding, frozenset[Place]]]:
    """Yield the entries that are there already, by authority number or by kind and name, and the pair of places."""
    numbers: dict[tuple[str, str, str], _Entry] = {}
    names: dict[tuple[str, str], _Entry] = {}
    for entry in entries:
        same: tuple[_Entry, str] | None = None
        for authority, number in _numbers(entry.entity):
            known = numbers.setdefault((entry.entity.kind, authority, number), entry)
            if known is not entry:
                same = (known, f"both have the {authority} number {number}")
        name = fold_name(entry.entity.label)
        known = names.setdefault((entry.entity.kind, name), entry) if name else entry
        if known is not entry and same is None and _may_be_one(known.entity, entry.entity):
            same = (known, "kind and name are the same")
        if same is not None and same[0].entity.key != entry.entity.key:
            twin, why = same
            values: dict[str, Any] = {
                "label": entry.entity.label,
                "other": where(twin.place, entry.place),
                "id": twin.entity.key,
            }
            yield rules.finding("entry-doubled", entry.place, why=why, **values), frozenset({entry.place, twin.place})


def _may_be_one(one: Entity, other: Entity) -> bool:
    """Return whether nothing sets two entries of one name apart: other numbers or other dates of life would."""
    numbers, others = dict(_numbers(one)), dict(_numbers(other))
    if any(numbers[authority] != others[authority] for authority in numbers.keys() & others.keys()):
        return False
    lives, other_lives = (
        {(fact.kind, fact.dates or fact.text) for fact in each.facts if fact.kind in {"birth", "death"}}
        for each in (one, other)
    )
    return lives == other_lives and one.coordinates == other.coordinates


def _numbers(entity: Entity) -> Iterator[tuple[str, str]]:
    for each in entity.authorities:
        authority = _authority(each)
        found = _NUMBER.findall(each.value.rstrip("/").rpartition("/")[2]) if authority else []
        if authority == "GeoNames":
            found = re.findall(r"\d{3,}", each.value)
        if found:
            yield authority, found[0]


def _authority(identifier: Identifier) -> str:
    stated = f"{identifier.type} {identifier.value}".casefold()
    return next((name for key, name in _AUTHORITIES.items() if key in stated), "")


def _shared_names(entries: Iterable[_Entry], doubled: set[frozenset[Place]]) -> Iterator[Finding]:
    """Yield the entries with a variant that is another entry's main name."""
    entries = list(entries)
    main: dict[tuple[str, str], _Entry] = {}
    for entry in entries:
        main.setdefault((entry.entity.kind, fold_name(entry.entity.label)), entry)
    for entry in entries:
        for name in entry.entity.names:
            other = main.get((entry.entity.kind, fold_name(name.text)))
            own = fold_name(name.text) == fold_name(entry.entity.label)
            if other is None or other is entry or own or not name.text or {entry.place, other.place} in doubled:
                continue
            if other.entity.key != entry.entity.key:
                values: dict[str, Any] = {
                    "label": entry.entity.label,
                    "name": name.text,
                    "other": where(other.place, entry.place),
                }
                yield rules.finding("entry-name-shared", entry.place, id=other.entity.key, **values)
                break


def _unused(entries: Iterable[_Entry], catalogue: Catalogue, sources: Mapping[str, Read]) -> Iterator[Finding]:
    """Yield for each register the entries that nothing points to; nothing where nothing points to anything."""
    pointed, used = set[str](), set[str]()
    known_as: list[tuple[str, str]] = []
    for read in sources.values():
        facts = read.facts
        pointed.update(
            pointer.value.rpartition("#")[2]
            for pointer in facts.pointers
            if not (read.is_register and pointer.value.startswith("#"))
        )
        used.update(facts.addresses)
        known_as += facts.known_as
    pointed.update(key for key, address in known_as if address in used)
    named = {(each.entity.kind, each.entity.key or each.entity.label) for each in catalogue.entities if each.documents}
    by_source: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source].append(entry)
    for group in by_source.values():
        unused = [
            entry
            for entry in group
            if entry.entity.key not in pointed
            and (entry.entity.kind, entry.entity.key or entry.entity.label) not in named
        ]
        if unused and catalogue.documents:
            labels = some([entry.entity.label or entry.entity.key for entry in unused])
            yield rules.finding("entry-unused", unused[0].place, count=len(unused), total=len(group), labels=labels)


def fold_name(name: str) -> str:
    """Return a name as it is compared: letters and digits only, case and normal form folded."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return " ".join(re.findall(r"\w+", folded))
