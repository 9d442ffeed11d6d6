"""Citation trees: the units by which a document can be cited, as its refsDecl declares them, else as it is built.

TEI Guidelines, section 17.2.5.4 (citeStructure). Of the XPath in `match` and `use` the plain paths are understood:
names, `*`, `/`, `//`, `@name`, and conditions on an attribute or a place. A declaration that says more is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from regesta.reading import local_name

_TEI = "http://www.tei-c.org/ns/1.0"
_NAMES = {"tei": _TEI, "xml": "http://www.w3.org/XML/1998/namespace"}
_NAME = r"(?:[\w.\-]+:)?[\w.\-]+"
_CONDITION = rf"\[(?:\d{{1,6}}|@{_NAME}(?:\s*=\s*(?:'[^']*'|\"[^\"]*\"))?)\]"
_PATH = re.compile(rf"(?://?)?(?:(?:{_NAME}|\*)(?:{_CONDITION})*)(?://?(?:{_NAME}|\*)(?:{_CONDITION})*){{0,12}}")
_USE = re.compile(rf"@{_NAME}|position\(\)|{_NAME}")
_STEP = re.compile(rf"(?<![@\w.:\-'\"])({_NAME})(?![\w.\-]*['\"])")
_TITLE = "http://purl.org/dc/terms/title"
_LONGEST_TITLE = 200
_MOST_UNITS = 50_000
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
        kinds = {unit.ref: unit.kind for unit in self.units}
        paths: dict[str, tuple[str, ...]] = {}
        found: dict[tuple[str, ...], None] = {}
        for unit in self.units:
            paths[unit.ref] = (*paths.get(unit.parent, ()), kinds[unit.ref])
            found[paths[unit.ref]] = None
        return _nested((), list(found))


def citation_trees(root: etree._Element) -> tuple[CitationTree, ...]:
    """Return the ways to cite a document (a TEI element): at least one."""
    numbers = {element: number for number, element in enumerate(root.iter(etree.Element))}
    declared = []
    for declaration in root.iterfind(f"{{{_TEI}}}teiHeader//{{{_TEI}}}refsDecl"):
        structures = declaration.findall(f"{{{_TEI}}}citeStructure")
        units = _distinct(_declared(structures, root, None, numbers)) if structures else ()
        if units:
            declared.append((declaration.get("default") != "true", declaration.get("n", ""), units))
    if not declared:
        return (CitationTree("", _distinct(_built(root, numbers))),)
    declared.sort(key=lambda row: row[0])
    return tuple(
        CitationTree("" if place == 0 else name or str(place), units)
        for place, (_later, name, units) in enumerate(declared)
    )


def _declared(
    structures: Iterable[etree._Element],
    context: etree._Element,
    parent: Unit | None,
    numbers: dict[etree._Element, int],
) -> Iterator[Unit]:
    """Yield the units that these citeStructures find below `context`, in document order, each before its own."""
    found: list[tuple[int, etree._Element, etree._Element, str]] = []
    for structure in structures:
        value = structure.get("use", "@n")
        for place, element in enumerate(_select(context, structure.get("match", ""), is_first=parent is None), 1):
            name = _used(element, value, place)
            if name and element in numbers:
                found.append((numbers[element], element, structure, structure.get("delim", "") + name))
    for number, element, structure, name in sorted(found, key=lambda row: row[0]):
        around = (parent.ref, parent.level) if parent else ("", 0)
        unit = Unit(around[0] + name, around[1] + 1, around[0], structure.get("unit", "unit"), number,
                    _stated_title(element, structure))  # fmt: skip
        yield unit
        yield from _declared(structure.findall(f"{{{_TEI}}}citeStructure"), element, unit, numbers)


def _select(context: etree._Element, path: str, *, is_first: bool) -> list[etree._Element]:
    """Return the elements that a path leads to; none for a path that is not plain."""
    path = path.strip()
    if not _PATH.fullmatch(path):
        return []
    named = _STEP.sub(lambda step: step[1] if ":" in step[1] or step[1].isdecimal() else f"tei:{step[1]}", path)
    start = context.getroottree().getroot() if is_first else context
    try:
        found = start.xpath(named if named.startswith("/") and is_first else f"./{named.lstrip('/')}"
                            if not named.startswith("//") else f".{named}", namespaces=_NAMES)  # fmt: skip
    except etree.XPathError:
        return []
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


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
    for unit in units:
        if (not unit.parent or unit.parent in found) and len(found) < _MOST_UNITS:
            found.setdefault(unit.ref, unit)
    return tuple(found.values())


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(each) for each in element.itertext()).split())[:_LONGEST_TITLE]


def _nested(around: tuple[str, ...], paths: list[tuple[str, ...]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in paths:
        if len(path) == len(around) + 1 and path[: len(around)] == around:
            within = _nested(path, paths)
            one: dict[str, object] = {"@type": "CiteStructure", "citeType": path[-1]}
            found.append({**one, "citeStructure": within} if within else one)
    return found
