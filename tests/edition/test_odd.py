"""The ODD says the same as the grammar, and what it takes away from TEI is all that the grammar does not have."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import edition_sources as sources
import pytest
from lxml import etree

from regesta.validation.grammar import Grammar
from regesta.validation.grammar.automata import attributes
from regesta.validation.grammar.names import listed
from regesta.validation.grammar.patterns import Choice, Group, ListOf, OneOrMore, Pattern, Value

ODD = sources.REPOSITORY / "schema" / "regesta.odd"
TEI = f"{{{sources.NAMESPACES['t']}}}"
Attributes = dict[str, dict[str, tuple[str, ...]]]


@cache
def schema_spec() -> etree._Element:
    return next(etree.parse(ODD).getroot().iter("{*}schemaSpec"))


@cache
def grammar() -> Grammar:
    return Grammar(sources.REPOSITORY / "schema" / "regesta.rng")


def elements_of_the_grammar() -> Attributes:
    """Return the listed values of every attribute of every element, () where other values are allowed."""
    found: dict[str, dict[str, set[str] | None]] = {}
    for element in grammar().automata.elements:
        for name in map(plain, listed(element.names)):
            own = found.setdefault(name, {})
            for attribute in attributes(element.content):
                values = set(literals(attribute.body))
                for key in map(plain, listed(attribute.names)):
                    before = own.get(key, set())
                    own[key] = None if "*" in values or before is None else values | before
    return {
        name: {key: tuple(sorted(values or ())) for key, values in sorted(own.items())} for name, own in found.items()
    }


def literals(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, Value):
        yield pattern.literal
    elif isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from literals(part)
    elif isinstance(pattern, ListOf | OneOrMore):
        yield from literals(pattern.body)
    else:
        yield "*"


def plain(name: str) -> str:
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:").rpartition("}")[2]


def elements_of_the_odd() -> Attributes:
    return {
        str(element.get("ident")): {
            str(each.get("ident")): tuple(sorted(str(item.get("ident")) for item in each.iter("{*}valItem")))
            for each in element.iterfind("{*}attList/{*}attDef[@mode='change']")
        }
        for element in schema_spec().iterfind("{*}elementSpec")
    }


def test_the_modules_include_the_elements_of_the_grammar() -> None:
    included = " ".join(each.get("include", "") for each in schema_spec().iterfind("{*}moduleRef")).split()
    assert sorted(included) == sorted(elements_of_the_grammar())


def test_attributes_and_listed_values_are_those_of_the_grammar() -> None:
    assert elements_of_the_odd() == elements_of_the_grammar()


@pytest.mark.parametrize(
    ("element", "attribute", "usage"),
    [
        ("TEI", "type", "req"),
        ("gap", "reason", "req"),
        ("note", "type", "opt"),
        ("idno", "type", "req"),
        ("geo", "source", "opt"),
    ],
)
def test_what_is_required_is_required(element: str, attribute: str, usage: str) -> None:
    spec = schema_spec().find(f"{{*}}elementSpec[@ident='{element}']/{{*}}attList/{{*}}attDef[@ident='{attribute}']")
    assert spec is not None and spec.get("usage") == usage


def test_what_is_left_of_tei_is_what_the_grammar_has(corpora: Path) -> None:
    """The attributes of an element by its classes, less those that the ODD deletes from either."""
    tei = {
        str(each.get("ident")): each
        for each in etree.parse(corpora / "tei-schema" / "p5subset.xml").iter(f"{TEI}elementSpec", f"{TEI}classSpec")
    }
    deleted = {
        (str(spec.get("ident")), str(each.get("ident")))
        for spec in schema_spec().iterfind("{*}*[@mode='change']")
        for each in spec.iterfind("{*}attList/{*}attDef[@mode='delete']")
    }

    def of(name: str, seen: set[str]) -> set[str]:
        if name in seen or name not in tei:
            return set()
        seen.add(name)
        own = {str(each.get("ident")) for each in tei[name].iterfind("{*}attList//{*}attDef")}
        inherited = (of(str(each.get("key")), seen) for each in tei[name].iterfind("{*}classes/{*}memberOf"))
        return {each for each in own.union(*inherited) if (name, each) not in deleted}

    left = {}
    for name in elements_of_the_grammar():
        kept = of(name, set()) | of("att.global", set())
        left[name] = sorted(each for each in kept if (name, each) not in deleted)
    assert left == {name: sorted(own) for name, own in elements_of_the_grammar().items()}


def test_it_is_made_from_the_grammar_as_it_is_now(corpora: Path) -> None:
    tool = sources.REPOSITORY / "tools" / "make_odd.py"
    command = [sys.executable, str(tool), "--check", "--tei", str(corpora / "tei-schema")]
    checked = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stderr


def test_it_is_valid_tei(corpora: Path) -> None:
    tei_all = Grammar(corpora / "tei-schema" / "tei_all.rng")
    assert tei_all.judge(etree.parse(ODD).getroot()).faults == ()
