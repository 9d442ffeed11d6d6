"""One walk through a source's tree: what proofreading and integrity look at, picked out once and cheaply.

Elements are handed on with their numbers in document order, from which `SourceTree.place` makes exact places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from regesta.including import XML_ID, SourceTree

TEI = "http://www.tei-c.org/ns/1.0"
_EXAMPLES = "http://www.tei-c.org/ns/Examples"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# fmt: off
POINTERS = frozenset({
    "active", "ana", "calendar", "change", "children", "copyOf", "corresp", "datingPoint", "decls", "edRef", "exclude",
    "facs", "given", "hand", "inst", "lemmaRef", "mergedIn", "mutual", "next", "nymRef", "parent", "passive", "period",
    "prev", "ref", "rendition", "resp", "sameAs", "scheme", "scribeRef", "scriptRef", "select", "source", "spanTo",
    "synch", "target", "targetEnd", "toWhom", "url", "who", "wit",
})
DATING = ("when", "from", "to", "notBefore", "notAfter")
# fmt: on
_LANGUAGES = frozenset({XML_LANG, "ident", "mainLang", "otherLangs"})
_LANGUAGE_OWNERS = {"ident": {"language"}, "mainLang": {"textLang"}, "otherLangs": {"textLang"}}
_NOT_DATES = frozenset({"app", "biblScope", "citedRange", "span", "link"})
"""Elements whose `from` and `to` are pointers or page numbers."""


@dataclass(frozen=True)
class Met:
    """An element met on the walk: its number in document order, and its name ("" outside TEI's namespace)."""

    index: int
    element: etree._Element
    name: str


@dataclass
class Walk:
    """What the walk picked out, in document order."""

    tree: SourceTree
    ids: list[tuple[Met, str]] = field(default_factory=list)
    pointers: list[tuple[Met, str, str]] = field(default_factory=list)
    languages: list[tuple[Met, str, str]] = field(default_factory=list)
    dated: list[tuple[Met, Mapping[str, str]]] = field(default_factory=list)
    pages: list[Met] = field(default_factory=list)
    divisions: list[Met] = field(default_factory=list)
    header: list[Met] = field(default_factory=list)
    prefixes: list[Met] = field(default_factory=list)


def walk(tree: SourceTree) -> Walk:
    """Return what one pass over `tree` picks out. Pointers, languages and dates come with attribute and value."""
    found = Walk(tree)
    header_depth: etree._Element | None = None
    in_header = False
    for index, element in enumerate(tree.root.iter(etree.Element)):
        namespace, _, name = str(element.tag).rpartition("}")
        if namespace[1:] != TEI:
            name = ""
        if name == "teiHeader":
            header_depth, in_header = element, True
        elif name in {"text", "facsimile", "standOff", "sourceDoc"} or (
            header_depth is not None and element.getparent() is header_depth.getparent()
        ):
            in_header = False
        met: Met | None = None
        if in_header and name:
            met = Met(index, element, name)
            found.header.append(met)
        # What stands in an example (egXML) is shown, not meant.
        items = element.items()
        if namespace[1:] == _EXAMPLES:
            items = [pair for pair in items if pair[0] == XML_ID]
        if name in {"pb", "div", "prefixDef"} or items:
            met = met or Met(index, element, name)
            _file(found, met, items)
    return found


def _file(found: Walk, met: Met, items: list[tuple[str, str]]) -> None:
    if met.name == "pb":
        found.pages.append(met)
    elif met.name == "div":
        found.divisions.append(met)
    elif met.name == "prefixDef":
        found.prefixes.append(met)
    dates: dict[str, str] = {}
    for attribute, value in items:
        if attribute in POINTERS:
            found.pointers.append((met, attribute, value))
        elif attribute == XML_ID:
            found.ids.append((met, value))
        elif attribute in DATING:
            dates[attribute] = value
        elif attribute in _LANGUAGES and met.name in _LANGUAGE_OWNERS.get(attribute, {met.name}):
            found.languages.append((met, attribute, value))
    if dates and met.name not in _NOT_DATES:
        found.dated.append((met, dates))


def local_attribute(attribute: str) -> str:
    """Return an attribute's name as an editor writes it."""
    return "xml:" + attribute.rpartition("}")[2] if attribute.startswith("{http://www.w3.org/XML/") else attribute
