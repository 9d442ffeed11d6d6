"""What a finding aid of Regesta marks by kind (`@localtype`, in EAD 2002 `@type`), put back where it stood.

Finding aids of others hardly mark anything so; what they say is read as archivists write it (`ead_item.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from regesta.importing import described
from regesta.importing.ead_words import kind_of
from regesta.importing.facts import Facts
from regesta.importing.markup import folded
from regesta.reading import local_name
from regesta.records import Holding, ShelfmarkPart

_PART = "part: "
_XLINK = "{http://www.w3.org/1999/xlink}href"
_HOLDING = ("repository", "settlement", "collection", "shelfmark")


def holdings(component: etree._Element) -> Iterator[Holding]:
    """Yield where witnesses lie, as far as the item says it in parts."""
    for found in component.iterfind("{*}originalsloc/{*}list"):
        stated = [
            (_words(each.find("{*}label")), _words(each.find("{*}item"))) for each in found.iterfind("{*}defitem")
        ]
        if stated and all(label in _HOLDING or label.startswith(_PART) for label, _value in stated):
            known = dict(stated)
            parts = (
                ShelfmarkPart(label.removeprefix(_PART), value) for label, value in stated if label.startswith(_PART)
            )
            yield Holding(**{name: known.get(name, "") for name in _HOLDING}, parts=tuple(parts))


def put(component: etree._Element, facts: Facts, ids: Mapping[str, str]) -> set[etree._Element]:
    """Put what is marked into the facts, and return the elements that it stands in; `ids` are those of addresses."""
    facts.holdings = list(holdings(component))
    told = set(component.iterchildren("{*}originalsloc")) if facts.holdings else set()
    marked = {(name, kind): each for each in component.iterchildren(etree.Element)
              if (kind := kind_of(each)) and (name := local_name(each))}  # fmt: skip
    for genre in component.iterfind("{*}controlaccess/{*}genreform"):
        if kind_of(genre) == "type":
            described.put_type(facts, _words(genre))
    if (status := marked.get(("accessrestrict", "status"))) is not None:
        described.put_access(facts, _words(status))
        told.add(status)
    if (written := marked.get(("accessrestrict", "classification"))) is not None:
        described.put_classification(facts, _words(written))
        told.add(written)
    if (licence := marked.get(("userestrict", "licence"))) is not None:
        facts.rights, facts.rights_url = _reference(licence)
        told.add(licence)
    for related in component.iterchildren("{*}relatedmaterial"):
        if kind_of(related):
            words, address = _reference(related)
            described.put_relation(facts, kind_of(related), ids.get(address, address), words, ids.values())
            told.add(related)
    return told | _put_notes(component, facts)


def _put_notes(component: etree._Element, facts: Facts) -> set[etree._Element]:
    told, series = set(), {"collection": "", "membership": ""}
    for each in component.iterchildren("{*}odd"):
        kind, words = kind_of(each), _words(each)
        if kind in series:
            series[kind] = words
        elif kind:
            described.put_note(facts, kind, words)
        if kind:
            told.add(each)
    numbers = [_words(each) for each in component.iterfind("{*}did/{*}unitid") if kind_of(each) == "number"]
    described.put_collection(facts, series["collection"], series["membership"], "".join(numbers[:1]))
    return told


def _reference(parent: etree._Element) -> tuple[str, str]:
    """Return words and address of a statement; words that are nothing but the address are none."""
    reference = next((each for each in parent.iter("{*}ref", "{*}extref")), None)
    words = _words(parent)
    address = "" if reference is None else reference.get("href") or reference.get(_XLINK) or ""
    return ("" if words == address else words), address


def _words(element: etree._Element | None) -> str:
    return "" if element is None else folded("".join(element.itertext()))
