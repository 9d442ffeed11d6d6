"""Makes schema/regesta.odd from schema/regesta.rng: the same customisation for people who work with TEI's own tools.

An ODD names what it keeps of TEI, so this needs TEI itself: the folder of p5subset.xml (--tei). The
ODD says the same as the grammar in its elements, attributes and value lists; the order of elements is TEI's there, and
stricter in the grammar, which can tell a note of the header from one of the text.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.builder import ElementMaker

from regesta.validation.grammar.names import listed
from regesta.validation.grammar.patterns import (
    Attribute,
    Choice,
    Group,
    Interleave,
    ListOf,
    OneOrMore,
    Pattern,
    Text,
    Value,
)
from regesta.validation.grammar.reading import Schema

REPOSITORY = Path(__file__).resolve().parents[1]
SCHEMA = REPOSITORY / "schema"
DEFAULT_TEI = REPOSITORY.parent / "shared" / "corpora" / "tei-schema"
TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {XML: "xml:"}
_E = ElementMaker(namespace=TEI, nsmap={None: TEI})


@dataclass
class Kept:
    """What the grammar keeps of an attribute: `values` None where it lists none, `required` where all patterns are."""

    values: set[str] | None = field(default_factory=set)
    required: bool = True


def kept(path: Path) -> dict[str, dict[str, Kept]]:
    """Return the attributes of every element of the grammar at `path`, its patterns of one name taken together."""
    found: dict[str, list[dict[str, Kept]]] = defaultdict(list)
    for element in Schema(path).elements():
        for name in listed(element.names):
            found[local(name)].append(_attributes(element.content))
    return {name: _merged(patterns) for name, patterns in sorted(found.items())}


def local(name: str) -> str:
    """Return a name as TEI writes it: `p`, `xml:id`."""
    namespace, _, plain = name.removeprefix("{").rpartition("}")
    return _PREFIXES.get(namespace, "") + plain


def _attributes(content: Pattern) -> dict[str, Kept]:
    found: dict[str, Kept] = {}
    for attribute, required in _attribute_patterns(content, required=True):
        for name in listed(attribute.names):
            values = set(_values(attribute.body))
            listing = None if "" in values else values
            before = found.get(local(name))
            if before is not None:
                listing = None if listing is None or before.values is None else listing | before.values
            # An attribute in every branch of a choice is required; a pair of such attributes is enough to know it.
            found[local(name)] = Kept(listing, required if before is None else before.required or required)
    return found


def _attribute_patterns(pattern: Pattern, *, required: bool) -> Iterator[tuple[Attribute, bool]]:
    if isinstance(pattern, Attribute):
        yield pattern, required
    elif isinstance(pattern, Choice):
        branches = [
            {id_ for each, sure in _attribute_patterns(part, required=True) if sure for id_ in listed(each.names)}
            for part in pattern.parts
        ]
        everywhere = set.intersection(*branches)
        for part in pattern.parts:
            for each, _ in _attribute_patterns(part, required=False):
                yield each, required and set(listed(each.names)) <= everywhere
    elif isinstance(pattern, Group | Interleave):
        for part in pattern.parts:
            yield from _attribute_patterns(part, required=required)
    elif isinstance(pattern, OneOrMore):
        yield from _attribute_patterns(pattern.body, required=required)


def _values(pattern: Pattern) -> Iterator[str]:
    """Yield the values that a pattern lists, and "" where it takes others as well."""
    if isinstance(pattern, Value):
        yield pattern.literal
    elif isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from _values(part)
    elif isinstance(pattern, ListOf | OneOrMore):
        yield from _values(pattern.body)
    elif isinstance(pattern, Text) or type(pattern).__name__ != "Empty":
        yield ""


def _merged(patterns: list[dict[str, Kept]]) -> dict[str, Kept]:
    merged: dict[str, Kept] = {}
    for name in sorted({name for each in patterns for name in each}):
        those = [each[name] for each in patterns if name in each]
        lists = [each.values for each in those]
        values = None if None in lists else set().union(*(each for each in lists if each is not None))
        merged[name] = Kept(values, len(those) == len(patterns) and all(each.required for each in those))
    return merged


# ── the ODD ───────────────────────────────────────────────────────────────────────────────────────────────────────


def odd(grammar: Path, tei: Path) -> bytes:
    """Return the ODD of the grammar. Raises OSError when TEI's files are not there."""
    elements = kept(grammar)
    source = Source.of(tei / "p5subset.xml")
    by_module: dict[str, list[str]] = defaultdict(list)
    for name in elements:
        by_module[source.modules[name]].append(name)
    unwanted = {name: source.inherited(name) for name in elements}
    for name, attributes in elements.items():
        unwanted[name] = {pair for pair in unwanted[name] if pair[1] not in attributes}
    wanted = {pair for name in elements for pair in source.inherited(name) - unwanted[name]}
    nowhere = set().union(*unwanted.values()) - wanted
    spec = _E.schemaSpec(
        _E.moduleRef(key="tei"),
        *(_E.moduleRef(key=module, include=" ".join(names)) for module, names in sorted(by_module.items())),
        *_classes({pair for pair in nowhere if pair[0]}, source),
        *(
            _element(
                name,
                source.modules[name],
                attributes,
                {attribute for owner, attribute in unwanted[name] if not owner or (owner, attribute) not in nowhere},
            )
            for name, attributes in elements.items()
        ),
        ident="regesta",
        start="TEI",
        docLang="en",
    )
    root = _E.TEI(_header(), _E.text(_E.body(*_prose(), spec)))
    root.set(f"{{{XML}}}lang", "en")
    etree.indent(root)
    notice = "<!-- Made from regesta.rng by tools/make_odd.py: edit regesta.rnc, then run the tool. -->"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{notice}\n{etree.tostring(root, encoding="unicode")}\n'.encode()


@dataclass(frozen=True)
class Source:
    """TEI itself: the module of each element and class, its classes, and the attributes that each defines."""

    modules: dict[str, str]
    classes: dict[str, tuple[str, ...]]
    own: dict[str, frozenset[str]]

    @classmethod
    def of(cls, path: Path) -> Source:
        """Return TEI as its compiled ODD at `path` has it."""
        specs = list(etree.parse(path).getroot().iter(f"{{{TEI}}}elementSpec", f"{{{TEI}}}classSpec"))
        return cls(
            {_ident(each): str(each.get("module")) for each in specs},
            {_ident(each): tuple(str(m.get("key")) for m in each.iterfind("{*}classes/{*}memberOf")) for each in specs},
            {_ident(each): frozenset(_ident(a) for a in each.iterfind("{*}attList//{*}attDef")) for each in specs},
        )

    def inherited(self, name: str) -> set[tuple[str, str]]:
        """Return the attributes of an element with the class that each is from, "" for its own."""
        found = {("", attribute) for attribute in self.own[name]}
        todo = [*self.classes[name], "att.global"]
        seen: set[str] = set()
        while todo:
            owner = todo.pop()
            if owner in self.classes and owner not in seen:
                seen.add(owner)
                todo.extend(self.classes[owner])
                found |= {(owner, attribute) for attribute in self.own[owner]}
        return found


def _ident(spec: etree._Element) -> str:
    return str(spec.get("ident"))


def _classes(unwanted: set[tuple[str, str]], source: Source) -> Iterator[etree._Element]:
    """Yield the classes without the attributes that no element keeps."""
    for owner in sorted({owner for owner, _attribute in unwanted}):
        deleted = [_E.attDef(ident=each, mode="delete") for of, each in sorted(unwanted) if of == owner]
        yield _E.classSpec(_E.attList(*deleted), ident=owner, type="atts", module=source.modules[owner], mode="change")


def _header() -> etree._Element:
    return _E.teiHeader(
        _E.fileDesc(
            _E.titleStmt(_E.title("The encoding of Regesta editions")),
            _E.publicationStmt(_E.publisher("The Regesta edition"), _E.availability(_E.p("The MIT licence."))),
            _E.sourceDesc(_E.p("Made from the grammar regesta.rng.")),
        )
    )


def _prose() -> tuple[etree._Element, ...]:
    return (
        _E.head("The encoding of Regesta editions"),
        _E.p(
            "A strict subset of TEI for diplomatic and government papers. Elements, attributes and lists of values are"
            " those of the grammar regesta.rng. The grammar is stricter in the order of elements, and regesta.sch"
            " says what neither can. The guide is docs/encoding.md."
        ),
    )


def _element(name: str, module: str, attributes: dict[str, Kept], unwanted: set[str]) -> etree._Element:
    deleted = [_E.attDef(ident=each, mode="delete") for each in sorted(unwanted)]
    changed = [_attribute(each, what) for each, what in attributes.items()]
    return _E.elementSpec(_E.attList(*changed, *deleted), ident=name, module=module, mode="change")


def _attribute(name: str, what: Kept) -> etree._Element:
    made = _E.attDef(ident=name, mode="change", usage="req" if what.required else "opt")
    if what.values:
        items = [_E.valItem(ident=value) for value in sorted(what.values)]
        made.append(_E.valList(*items, type="closed", mode="replace"))
    return made


def main() -> int:
    """Write the ODD, or with --check return 1 when the committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tei", type=Path, default=DEFAULT_TEI, help="folder with p5subset.xml")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if regesta.odd is stale")
    asked = parser.parse_args()
    made, target = odd(SCHEMA / "regesta.rng", asked.tei), SCHEMA / "regesta.odd"
    if not asked.check:
        target.write_bytes(made)
        return 0
    if target.is_file() and target.read_bytes().replace(b"\r\n", b"\n") == made:
        return 0
    print(f"{target.name} is not what regesta.rng says; run tools/make_odd.py.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
