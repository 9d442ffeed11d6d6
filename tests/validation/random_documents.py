"""Random documents that a RELAX NG schema allows, made from the package's own patterns, and what they cover.

Nothing here knows TEI but its namespace: the patterns of the schema are walked, at each choice one branch is taken,
and those that were taken least are preferred, so that some thousand documents meet every element, attribute and
listed value.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from regesta.validation.grammar.datatypes import Restricted
from regesta.validation.grammar.expressions import compiled
from regesta.validation.grammar.names import listed
from regesta.validation.grammar.patterns import (
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    ListOf,
    OneOrMore,
    Pattern,
    Text,
    Value,
)
from regesta.validation.grammar.reading import Schema

MOST_ELEMENTS = 40
SHALLOW = 4
TRIES = 2000
LETTERS = "abcxyz019-012356:/.#?&=%~_+TZé中 "
WORDS = (
    "",
    " ",
    "word",
    "two words",
    " padded ",
    "Ж",
    "中文",
    "한글",
    "x-1",
    "<&>",
    "e\u0301",
    "\U0001f4dc",
    "1956",
    "-",
)
SAMPLES = {
    "language": ("en", "ko", "zh-Hant", "ru-Latn", "x-made-up", "de-1996"),
    "decimal": ("0", "-1.5", "+7", "00.10", "12345678901234567890", ".5", "3."),
    "nonNegativeInteger": ("0", "7", "+12", "007"),
    "positiveInteger": ("1", "7", "+12", "007"),
    "gYear": ("1956", "0001", "9999"),
    "gYearMonth": ("1956-08", "2000-12"),
    "date": ("1956-08-30", "2000-02-29", "0004-01-01"),
    "time": ("00:00:00", "23:59:00", "12:30:00"),
    "anyURI": ("#a", "../b.xml#c-d", "https://example.org/ä?b=c&d=%20", "urn:x:y", "a:b", "?", "."),
    "ID": ("a", "b-1", "c9"),
    "token": ("a", "b-1", "c9", "10px", "(.+)", "../$1"),
}


@dataclass
class Coverage:
    """What of a schema documents have used, and what there is to use; names without their namespace."""

    wanted: set[tuple[str, ...]] = field(default_factory=set)
    met: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def share(self, length: int) -> tuple[int, int]:
        """Return how many were met and how many there are of elements (1), attributes (2) or listed values (3)."""
        there = {key for key in self.wanted if len(key) == length}
        return len(there & set(self.met)), len(there)

    def missing(self) -> list[tuple[str, ...]]:
        """Return what no document has used."""
        return sorted(self.wanted - set(self.met))


class Generator:
    """Makes documents that the schema at `path` allows; the same ones for the same seed."""

    def __init__(self, path: Path, seed: str) -> None:
        self.schema = Schema(path)
        self.elements = self.schema.elements()
        self.random = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self.coverage = Coverage(wanted={key for each in self.elements for key in _wanted(each)})
        self._costs = self._least_costs()
        self._known: dict[Choice, tuple[Pattern, ...]] = {}
        self._taken: Counter[Pattern] = Counter()
        self._count = self._ids = self._depth = self._limit = 0

    def document(self) -> etree._Element:
        """Return the root of a new document."""
        self._count = self._ids = self._depth = 0
        holder = etree.Element("holder", nsmap={None: "http://www.tei-c.org/ns/1.0"})
        self._content(self.schema.start, holder)
        return holder[0]

    # ── sizes ────────────────────────────────────────────────────────────────────────────────────────────────

    def _least_costs(self) -> dict[Element, int]:
        """Return for each element pattern the least number of elements that a document must have there."""
        costs = dict.fromkeys(self.elements, 10**6)
        changed = True
        while changed:
            changed = False
            for element in self.elements:
                cost = 1 + _cost(element.content, costs)
                if cost < costs[element]:
                    costs[element], changed = cost, True
        return costs

    def _cheapest(self, choice: Choice) -> tuple[Pattern, ...]:
        """Return the branches that lead to the end soonest."""
        found = self._known.get(choice)
        if found is None:
            costs = [_cost(part, self._costs) for part in choice.parts]
            least = min(costs)
            found = tuple(part for part, cost in zip(choice.parts, costs, strict=True) if cost == least)
            self._known[choice] = found
        return found

    # ── content ──────────────────────────────────────────────────────────────────────────────────────────────

    def _content(self, pattern: Pattern, node: etree._Element) -> None:
        if isinstance(pattern, Element):
            self._element(pattern, node)
        elif isinstance(pattern, Attribute):
            self._attribute(pattern, node)
        elif isinstance(pattern, Choice):
            self._content(self._chosen(pattern), node)
        elif isinstance(pattern, Group | Interleave):
            for part in pattern.parts:
                self._content(part, node)
        elif isinstance(pattern, OneOrMore):
            self._content(pattern.body, node)
            while self._count < self._limit and self.random.random() < 0.5:
                self._content(pattern.body, node)
        else:
            _append(node, self._value(pattern))

    def _element(self, pattern: Element, node: etree._Element) -> None:
        self._count += 1
        self._depth += 1
        if self._depth <= SHALLOW:  # so that a long header leaves something for the text
            self._limit = self._count + self.random.randrange(MOST_ELEMENTS)
        child = etree.SubElement(node, next(listed(pattern.names)))
        self.coverage.met[(_local(child.tag),)] += 1
        self._content(pattern.content, child)
        self._depth -= 1

    def _attribute(self, pattern: Attribute, node: etree._Element) -> None:
        name = next(listed(pattern.names))
        value = self._value(pattern.body)
        node.set(name, value)
        key = (_local(node.tag), _local(name))
        self.coverage.met[key] += 1
        for word in {value, *value.split()}:
            self.coverage.met[(*key, word)] += 1

    def _chosen(self, choice: Choice) -> Pattern:
        parts = choice.parts
        if self._count >= self._limit:
            parts = self._cheapest(choice)
        if self.random.random() < 0.3:
            rarest = min(self._taken[part] for part in parts)
            parts = tuple(part for part in parts if self._taken[part] == rarest)
        part = self.random.choice(parts)
        self._taken[part] += 1
        return part

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────

    def _value(self, pattern: Pattern) -> str:
        """Return a text that a pattern for text takes as a whole."""
        match pattern:
            case Text():
                value = self.random.choice(WORDS)
            case Value():
                value = pattern.literal
            case Data():
                value = self._data(pattern.type)
            case ListOf() | Choice():
                value = self._value(pattern.body if isinstance(pattern, ListOf) else self._chosen(pattern))
            case Group():
                value = " ".join(self._value(part) for part in pattern.parts)
            case OneOrMore():
                count = 1 + (self.random.random() < 0.3) + (self.random.random() < 0.1)
                value = " ".join(self._value(pattern.body) for _ in range(count))
            case Empty():
                value = ""
            case _:
                raise TypeError(pattern)
        return value

    def _data(self, restricted: Restricted) -> str:
        """Return a literal of the datatype: a sample, or a walk along its pattern."""
        for _ in range(TRIES):
            patterns = [facet.text for facet in restricted.facets if facet.name == "pattern"]
            if patterns and self.random.random() < 0.5:
                literal = self._walk(patterns[0])
            else:
                literal = self.random.choice(SAMPLES[restricted.base.name])
            if restricted.base.role == "ID":
                self._ids += 1
                literal = f"{literal}-{self._ids}"
            if restricted.allows(literal, {}):
                return literal
        raise AssertionError(f"no literal of {restricted.base.name} was found")

    def _walk(self, expression: str) -> str:
        """Return a text of the language of an expression of XML Schema, "" when the walk led nowhere."""
        state, text = compiled(expression)._start, ""
        while not (state.nullable and self.random.random() < 0.3) and len(text) < 30:
            ways = [(each, after) for each in LETTERS if (after := state.derive(each)) is not state.nodes.nothing]
            if not ways:
                break
            letter, state = self.random.choice(ways)
            text += letter
        return text if state.nullable else ""


def _wanted(element: Element) -> Iterator[tuple[str, ...]]:
    """Yield the names of an element, of its attributes and their listed values."""
    for name in map(_local, listed(element.names)):
        yield (name,)
        for attribute in _parts(element.content, Attribute):
            for own in map(_local, listed(attribute.names)):
                yield name, own
                for value in _parts(attribute.body, Value):
                    yield name, own, value.literal


def _parts(pattern: Pattern, kind: type[Pattern]) -> Iterator[Any]:
    if isinstance(pattern, kind):
        yield pattern
    elif isinstance(pattern, Choice | Group | Interleave):
        for part in pattern.parts:
            yield from _parts(part, kind)
    elif isinstance(pattern, OneOrMore | ListOf):
        yield from _parts(pattern.body, kind)


def _cost(pattern: Pattern, costs: dict[Element, int]) -> int:
    if isinstance(pattern, Element):
        return costs[pattern]
    if isinstance(pattern, Choice):
        return min(_cost(part, costs) for part in pattern.parts)
    if isinstance(pattern, Group | Interleave):
        return sum(_cost(part, costs) for part in pattern.parts)
    return _cost(pattern.body, costs) if isinstance(pattern, OneOrMore) else 0


def _append(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]
