"""Citation trees: the units by which a document can be cited, as its refsDecl declares them, else as it is built.

TEI Guidelines, section 17.2.5.4 (citeStructure). Of the XPath in `match` and `use` the plain paths are understood:
names, `*`, `/`, `//`, `@name`, and conditions on an attribute or a place. A declaration that says more is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from regesta.reading import local_name

_TEI = "http://www.tei-c.org/ns/1.0"
_NAMES = {"tei": _TEI, "xml": "http://www.w3.org/XML/1998/namespace"}
_NAME = r"(?:[\w.\-]+:)?[\w.\-]+"
_CONDITION = rf"\[(?:\d{{1,6}}|@{_NAME}(?:\s*=\s*(?:'[^']*'|\"[^\"]*\"))?)\]"
_PATH = re.compile(rf"(?://?)?(?:(?:{_NAME}|\*)(?:{_CONDITION})*)(?://?(?:{_NAME}|\*)(?:{_CONDITION})*){{0,12}}")
_USE = re.compile(rf"@{_NAME}|position\(\)|{_NAME}")
_PART = re.compile(rf"//?|{_CONDITION}|{_NAME}|\*")
_MOST_DEEP = 2
_Kinds = dict[str, "_Kinds"]
_TITLE = "http://purl.org/dc/terms/title"
_LONGEST_TITLE = 200
_MOST_UNITS = 50_000
_MOST_FOUND = 200_000
"""So many elements are looked at, at most, for one declaration: one that finds all in all would never end."""
_PASSED_THROUGH = frozenset({"text", "group", "front", "body", "back"})
_DIVISION = re.compile(r"div[0-7]?")


@dataclass(frozen=True)
class Unit:
    """A citable unit: its reference, its level from 1, that of the unit around it ("" for none), what it is.

    `element` is the number of its element in the document, in document order from 0; `title` may be empty.
    """

    ref: str
    level: int
    parent: str
    kind: str
    element: int
    title: str = ""


@dataclass(frozen=True)
class CitationTree:
    """A way to cite a document: the units in its order. `name` is "" for the first of several ways."""

    name: str
    units: tuple[Unit, ...]

    def structure(self) -> list[dict[str, object]]:
        """Return which kinds of units stand in which, as the values of citeStructure."""
        top: _Kinds = {}
        below: dict[str, _Kinds] = {"": top}
        for unit in self.units:
            below[unit.ref] = below[unit.parent].setdefault(unit.kind, {})
        return _nested(top)


def citation_trees(root: etree._Element) -> tuple[CitationTree, ...]:
    """Return the ways to cite a document (a TEI element): at least one."""
    numbers = {element: number for number, element in enumerate(root.iter(etree.Element))}
    declared = []
    for declaration in root.iterfind(f"{{{_TEI}}}teiHeader//{{{_TEI}}}refsDecl"):
        structures = declaration.findall(f"{{{_TEI}}}citeStructure")
        units = _distinct(_Declared(numbers).units(structures, root)) if structures else ()
        if units:
            declared.append((declaration.get("default") != "true", declaration.get("n", ""), units))
    if not declared:
        return (CitationTree("", _distinct(_built(root, numbers))),)
    declared.sort(key=lambda row: row[0])
    return tuple(
        CitationTree("" if place == 0 else name or str(place), units)
        for place, (_later, name, units) in enumerate(declared)
    )


class _Declared:
    """Finds the units that a declaration names; once it has looked at very many elements, no more."""

    def __init__(self, numbers: dict[etree._Element, int]) -> None:
        self._numbers = numbers
        self._left = _MOST_FOUND

    def units(
        self, structures: Iterable[etree._Element], context: etree._Element, parent: Unit | None = None
    ) -> Iterator[Unit]:
        """Yield the units that these citeStructures find below `context`, in document order, each before its own."""
        found: list[tuple[int, etree._Element, etree._Element, str]] = []
        for structure in structures:
            value = structure.get("use", "@n")
            for place, element in enumerate(self._select(context, structure.get("match", ""), parent is None), 1):
                name = _used(element, value, place)
                if name and element in self._numbers:
                    found.append((self._numbers[element], element, structure, structure.get("delim", "") + name))
        around = (parent.ref, parent.level) if parent else ("", 0)
        for number, element, structure, name in sorted(found, key=lambda row: row[0]):
            kind, title = structure.get("unit", "unit"), _stated_title(element, structure)
            unit = Unit(around[0] + name, around[1] + 1, around[0], kind, number, title)
            yield unit
            yield from self.units(structure.findall(f"{{{_TEI}}}citeStructure"), element, unit)

    def _select(self, context: etree._Element, path: str, is_first: bool) -> list[etree._Element]:
        """Return the elements that a path leads to; none for a path that is not plain."""
        path = path.strip()
        if self._left <= 0 or not _PATH.fullmatch(path) or path.count("//") > _MOST_DEEP:
            return []
        named = "".join(_in_tei(part) for part in _PART.findall(path))
        if not is_first:
            named = f".{named}" if named.startswith("//") else f"./{named.lstrip('/')}"
        try:
            found = context.xpath(named, namespaces=_NAMES)
        except etree.XPathError:
            return []
        elements = [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []
        self._left -= len(elements) + 1
        return elements


def _in_tei(part: str) -> str:
    """Return a part of a path, its name, if it is one without a prefix, with that of TEI."""
    return part if part.startswith(("/", "[", "*")) or ":" in part else f"tei:{part}"


def _used(element: etree._Element, use: str, place: int) -> str:
    """Return what names a unit: an attribute, a child's text, or its place."""
    use = use.strip()
    if not _USE.fullmatch(use):
        return ""
    if use == "position()":
        return str(place)
    if use.startswith("@"):
        prefix, _, name = use[1:].rpartition(":")
        return element.get(f"{{{_NAMES[prefix]}}}{name}" if prefix in _NAMES else name, "").strip()
    child = element.find(f"{{{_TEI}}}{use.rpartition(':')[2]}")
    return "" if child is None else _text(child)


def _stated_title(element: etree._Element, structure: etree._Element) -> str:
    for data in structure.iterfind(f"{{{_TEI}}}citeData"):
        if data.get("property", "") in {_TITLE, "dc:title", "dcterms:title"}:
            return _used(element, data.get("use", ""), 0)
    return ""


def _built(root: etree._Element, numbers: dict[etree._Element, int], parent: Unit | None = None) -> Iterator[Unit]:
    """Yield the divisions of a text, by their numbers, and what stands in them, as p1, p2 and so on."""
    around = (f"{parent.ref}.", parent.level, parent.ref) if parent else ("", 0, "")
    divisions = blocks = 0
    for element in _children(root):
        if _DIVISION.fullmatch(local_name(element)):
            divisions += 1
            head = element.find(f"{{{_TEI}}}head")
            title = "" if head is None else _text(head)
            unit = Unit(f"{around[0]}{divisions}", around[1] + 1, around[2], "div", numbers[element], title)
            yield unit
            yield from _built(element, numbers, unit)
        else:
            blocks += 1
            name = local_name(element)
            yield Unit(f"{around[0]}p{blocks}", around[1] + 1, around[2], name, numbers[element])


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a text or a division, without those that only say which part of a text they are."""
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        if name in _PASSED_THROUGH:
            yield from _children(child)
        elif name != "teiHeader":
            yield child


def _distinct(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return the units, of those with one reference the first; not more than a service can bear."""
    found: dict[str, Unit] = {}
    for unit in islice(units, _MOST_UNITS):
        if not unit.parent or unit.parent in found:
            found.setdefault(unit.ref, unit)
    return tuple(found.values())


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(each) for each in element.itertext()).split())[:_LONGEST_TITLE]


def _nested(kinds: _Kinds) -> list[dict[str, object]]:
    return [
        {"@type": "CiteStructure", "citeType": kind, **({"citeStructure": _nested(within)} if within else {})}
        for kind, within in kinds.items()
    ]
