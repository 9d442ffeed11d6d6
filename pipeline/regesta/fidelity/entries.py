"""Proves the prose of register entries: what an entry says beside names and numbers stands on its entity's page.

A register has no page of its own. Its entries become pages of persons, places …, and each element of an entry that is
prose (`note`, `desc`, `occupation` …) stands there in an element with `data-place`, its number in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from regesta.fidelity.boundaries import characters_of
from regesta.fidelity.page_streams import parse_page
from regesta.fidelity.policy import TEI
from regesta.fidelity.proof import prove
from regesta.fidelity.results import Fault, Fidelity
from regesta.findings import Place
from regesta.keeping import Value


def _names(text: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in text.split())


# Entries with the list that each stands in, right there or below (TEI Guidelines 14.3).
_LISTS = {"person": "listPerson", "org": "listOrg", "place": "listPlace", "event": "listEvent"}
# What of an entry is no prose: names, identifiers, coordinates, and entries within it.
_NOT_PROSE = {
    "person": _names("persName name idno"),
    "org": _names("orgName name idno listPerson org"),
    "place": _names("placeName geogName settlement district region country bloc name idno place listPlace"),
    "event": _names("eventName label head idno event"),
}


@dataclass(frozen=True, slots=True)
class Prose(Value):
    """Prose of an entry: the element as XML, its number in the document (from 0), that of its entry, and its place."""

    number: int
    entry: int
    xml: str
    place: Place


@dataclass(frozen=True)
class EntryFault:
    """A fault in the words of an entry, at `place`."""

    fault: Fault
    place: Place


def prose_of(root: etree._Element) -> Iterator[tuple[int, int, str]]:
    """Yield (number, number of the entry, XML) of each element of a register that is prose, in order."""
    numbers: dict[etree._Element, int] = {}
    for number, element in enumerate(root.iter(etree.Element)):
        numbers[element] = number
        entry = _entry_of(element)
        if entry is not None and characters_of("".join(map(str, element.itertext()))):
            yield number, numbers[entry], etree.tostring(element, encoding="unicode", with_tail=False)


def _entry_of(element: etree._Element) -> etree._Element | None:
    """Return the entry whose prose the element is: its parent, or in a glossary the term before it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return None
    if element.tag == f"{TEI}item" and before is not None and before.tag == f"{TEI}label":
        return before if parent.get("type") in ("gloss", "glossary") else None
    kind = _kind(parent)
    return parent if kind and not _is_apart(element, kind) else None


def _is_apart(element: etree._Element, kind: str) -> bool:
    """Tell whether a child of an entry is no prose."""
    measured = element.tag == f"{TEI}location" and element.find(f"{TEI}geo") is not None
    return measured or element.tag in _NOT_PROSE[kind]


def _kind(entry: etree._Element) -> str:
    """Return what the element is an entry of, "" for other elements."""
    kind = str(entry.tag).removeprefix(TEI)
    parent = entry.getparent()
    if kind not in _LISTS or parent is None:
        return ""
    listed = f"{TEI}{_LISTS[kind]}"
    if kind == "place":
        return kind if next(entry.iterancestors(listed), None) is not None else ""
    return kind if parent.tag == listed else ""


def prove_entry(prose: Iterable[Prose], page: bytes) -> tuple[Fidelity, tuple[EntryFault, ...]]:
    """Return how true the page of an entity is to the prose of its entry, with each fault at its place."""
    shown = _shown(page)
    total, faults = Fidelity(), []
    for each in prose:
        regions = shown.get(str(each.number), [])
        source = etree.fromstring(each.xml, _PARSER)
        proof = prove(source, "<body>" + "".join(regions[:1]) + _again(regions[1:]))
        total += proof.text
        faults += [EntryFault(fault, each.place) for fault in proof.faults]
    return total, tuple(faults)


_PARSER = etree.XMLParser(collect_ids=False, huge_tree=True, no_network=True, resolve_entities=False)


def _shown(page: bytes) -> Mapping[str, list[str]]:
    """Return what a page shows of each numbered element."""
    root = parse_page(page)
    shown: dict[str, list[str]] = {}
    for element in () if root is None else root.iterfind(".//*[@data-place]"):
        html = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
        shown.setdefault(element.attrib["data-place"], []).append(html)
    return shown


def _again(regions: Iterable[str]) -> str:
    return "".join(f"<div>{region}</div>" for region in regions)
