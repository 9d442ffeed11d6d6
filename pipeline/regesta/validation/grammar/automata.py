"""Automata: what an element pattern asks of attributes and children, as states that are made when first reached.

A state is a pattern with what is known of its derivatives. Attributes that stand alone in an element's pattern, which
is nearly all of them, are looked up in a table; those that depend on each other are derived like children.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from regesta.validation.grammar import names, restrictions
from regesta.validation.grammar.datatypes import WHITE_SPACE, Prefixes
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.names import Name
from regesta.validation.grammar.patterns import (
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    ListOf,
    Literal,
    OneOrMore,
    Pattern,
    Patterns,
    Text,
    Value,
)
from regesta.validation.grammar.reading import Schema

_MOST_VALUES = 20_000
_MOST_STEPS = 20_000
_MOST_REMEMBERED = 1_000_000


class Values:
    """Which texts a pattern takes as a whole, remembered; `role` is ID, IDREF or IDREFS where the schema types them."""

    def __init__(self, pattern: Pattern, patterns: Patterns) -> None:
        self.pattern = pattern
        self._patterns = patterns
        self._known: dict[str, bool] = {}
        self.contextual = any(each.type.contextual for each in _values(pattern) if isinstance(each, Value)) or any(
            each.type.base.contextual for each in _values(pattern) if isinstance(each, Data)
        )
        self._all = isinstance(pattern, Text)
        roles = {each.type.base.role for each in _values(pattern) if isinstance(each, Data)}
        self.role = next(iter(sorted(roles - {""})), "")

    def take(self, text: str, prefixes: Prefixes) -> bool:
        """Say whether the pattern takes the text; `prefixes` are the namespaces in scope."""
        if self._all:
            return True
        found = self._known.get(text)
        if found is None:
            found = self._patterns.takes(self.pattern, Literal(text, prefixes))
            if not self.contextual:
                if len(self._known) > _MOST_VALUES:
                    self._known.clear()
                self._known[text] = found
        return found


def _values(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the patterns for text within a pattern for text."""
    if isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from _values(part)
    elif isinstance(pattern, OneOrMore | ListOf):
        yield from _values(pattern.body)
    else:
        yield pattern


class State:
    """A pattern as a state: what may come, and the state after it."""

    __slots__ = (
        "_after",
        "_attributes",
        "_automata",
        "_bare",
        "_firsts",
        "_text",
        "_values",
        "nullable",
        "pattern",
        "steps",
    )

    def __init__(self, pattern: Pattern, automata: Automata) -> None:
        self.pattern, self._automata = pattern, automata
        self.nullable = pattern.nullable
        self.steps: dict[str, tuple[tuple[Element, ...], State | None]] = {}
        self._after: dict[tuple[Element, ...], State | None] = {}
        self._attributes: dict[str, tuple[Attribute, ...]] = {}
        self._firsts: tuple[Element, ...] | None = None
        self._text: State | None = None
        self._bare: State | None = None
        self._values: Values | None = None

    @property
    def firsts(self) -> tuple[Element, ...]:
        """Return the element patterns that may come first, each once, in the schema's order."""
        if self._firsts is None:
            self._firsts = tuple(dict.fromkeys(_first(self.pattern)))
        return self._firsts

    def step(self, name: str) -> tuple[tuple[Element, ...], State | None]:
        """Return the element patterns that an element of the name may be, and the state after it.

        The state is None when there are several: it depends on which of them the element matches (`after`).
        """
        found = self.steps.get(name)
        if found is None:
            namespace, local = names.split(name)
            among = tuple(each for each in self.firsts if each.names.contains(namespace, local))
            found = among, self.after(among) if len(among) == 1 else None
            if len(self.steps) > _MOST_STEPS:
                self.steps.clear()
            self.steps[name] = found
        return found

    def after(self, elements: tuple[Element, ...]) -> State | None:
        """Return the state after an element that matches all these patterns; None when there is none."""
        if elements not in self._after:
            derive = self._automata.patterns.derive
            self._after[elements] = self._automata.state(
                self._automata.patterns.choice([derive(self.pattern, each) for each in elements])
            )
        return self._after[elements]

    @property
    def text(self) -> State | None:
        """Return the state after text that is not only white space; None when there may be none."""
        if self._text is None:
            after = self._automata.patterns.derive(self.pattern, self._automata.patterns.text)
            self._text = self._automata.state(after) or self._automata.dead
        return None if self._text is self._automata.dead else self._text

    @property
    def bare(self) -> State | None:
        """Return the state when all attributes are seen; None when one is missing."""
        if self._bare is None:
            after = self._automata.patterns.bare(self.pattern)
            self._bare = self._automata.state(after) or self._automata.dead
        return None if self._bare is self._automata.dead else self._bare

    @property
    def forgiving(self) -> State:
        """Return the state when all attributes are seen, and none that is missing counts."""
        return self._automata.state(self._automata.patterns.forgiving(self.pattern)) or self._automata.dead

    @property
    def values(self) -> Values:
        """Return which texts the pattern takes as an element's whole content."""
        if self._values is None:
            self._values = Values(self.pattern, self._automata.patterns)
        return self._values

    def attributes(self, name: str) -> tuple[Attribute, ...]:
        """Return the attribute patterns that an attribute of the name may match."""
        found = self._attributes.get(name)
        if found is None:
            namespace, local = names.split(name)
            among = dict.fromkeys(attributes(self.pattern))
            found = tuple(each for each in among if each.names.contains(namespace, local))
            self._attributes[name] = found
        return found

    def attribute(self, name: str, value: str, prefixes: Prefixes) -> tuple[State | None, str]:
        """Return the state after the attribute, None when it is not allowed, and the role of its type."""
        among = [each for each in self.attributes(name) if self._automata.values(each.body).take(value, prefixes)]
        derive = self._automata.patterns.derive
        after = self._automata.patterns.choice([derive(self.pattern, each) for each in among])
        role = next((self._automata.values(each.body).role for each in among), "")
        return self._automata.state(after), role


@dataclass
class Model:
    """What an element pattern asks: `single` attributes by name, those `required`, and the state of all the rest."""

    single: dict[str, Values]
    required: tuple[str, ...]
    start: State


class Automata:
    """The states of one schema. Raises GrammarError, with a reason, when the schema cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.schema = Schema(path)
            self.elements = self.schema.elements()
            restrictions.check(self.schema.start, self.elements)
        except RecursionError:
            raise GrammarError("it is nested too deeply") from None
        self.patterns = self.schema.patterns
        self.dead = State(self.patterns.not_allowed, self)
        start = self.state(self.schema.start)
        if start is None:
            raise GrammarError("it allows no document")
        self.start = start
        self._values: dict[Pattern, Values] = {}
        self._named: dict[str, tuple[Element, ...]] = {}

    @property
    def start_name(self) -> str:
        """Return the name of the first element that may be a root; an empty string when the schema lists none."""
        return next((name for each in self.start.firsts for name in names.listed(each.names)), "")

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for the name of each element, the names of those that may hold it, sorted."""
        found: dict[str, set[str]] = {}
        for element in self.elements:
            own = set(names.listed(element.names))
            for child in set(_held(element.content)):
                for name in names.listed(child.names):
                    found.setdefault(name, set()).update(own)
        return {name: tuple(sorted(own)) for name, own in found.items()}

    @cached_property
    def element_names(self) -> tuple[str, ...]:
        """Return the names of all elements that the schema lists."""
        return tuple(sorted({name for element in self.elements for name in names.listed(element.names)}))

    @cached_property
    def attribute_names(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of all attributes that the schema lists, with the elements that have them, sorted."""
        found: dict[str, set[str]] = {}
        for element in self.elements:
            own = set(names.listed(element.names))
            for attribute in attributes(element.content):
                for name in names.listed(attribute.names):
                    found.setdefault(name, set()).update(own)
        return {name: tuple(sorted(own)) for name, own in found.items()}

    def named(self, name: str) -> tuple[Element, ...]:
        """Return all element patterns of the schema that an element of the name may match."""
        found = self._named.get(name)
        if found is None:
            pair = names.split(name)
            found = self._named[name] = tuple(each for each in self.elements if each.names.contains(*pair))
        return found

    @property
    def is_full(self) -> bool:
        """Say whether so much is remembered that it is better to begin anew."""
        return len(self.patterns) > _MOST_REMEMBERED

    def state(self, pattern: Pattern) -> State | None:
        """Return the state of the pattern, None for not_allowed."""
        if pattern is self.patterns.not_allowed:
            return None
        if not isinstance(pattern.state, State):
            pattern.state = State(pattern, self)
        return pattern.state

    def values(self, pattern: Pattern) -> Values:
        """Return which texts the pattern takes."""
        found = self._values.get(pattern)
        if found is None:
            found = self._values[pattern] = Values(pattern, self.patterns)
        return found

    def model(self, element: Element) -> Model:
        """Return what the element pattern asks of attributes and children."""
        if not isinstance(element.model, Model):
            element.model = self._model(element.content)
        return element.model

    def _model(self, content: Pattern) -> Model:
        single: dict[str, Values] = {}
        required: list[str] = []
        rest = self._take_single(content, single, required)
        return Model(single, tuple(required), self.state(rest) or self.dead)

    def _take_single(self, pattern: Pattern, single: dict[str, Values], required: list[str]) -> Pattern:
        """Return the pattern without the attributes that stand alone in it; they go into the table.

        Attributes in a group or interleave never share a name (section 7.3), so their order does not matter.
        """
        if isinstance(pattern, Group | Interleave) and pattern.has_attributes:
            make = self.patterns.group if isinstance(pattern, Group) else self.patterns.interleave
            return make([self._take_single(part, single, required) for part in pattern.parts])
        optional = isinstance(pattern, Choice) and len(pattern.parts) == 2 and self.patterns.empty in pattern.parts
        among = pattern.parts if isinstance(pattern, Choice) and optional else (pattern,)
        attribute = next((each for each in among if isinstance(each, Attribute)), None)
        if attribute is None or not isinstance(attribute.names, Name):
            return pattern
        name = names.join(attribute.names.namespace, attribute.names.local)
        single[name] = self.values(attribute.body)
        if not optional:
            required.append(name)
        return self.patterns.empty


def _first(pattern: Pattern) -> Iterator[Element]:
    """Yield the element patterns that may come first in the pattern."""
    if isinstance(pattern, Element):
        yield pattern
    elif isinstance(pattern, Choice | Interleave):
        for part in pattern.parts:
            yield from _first(part)
    elif isinstance(pattern, Group):
        for part in pattern.parts:
            yield from _first(part)
            if not part.nullable and not isinstance(part, Attribute):
                break
    elif isinstance(pattern, OneOrMore):
        yield from _first(pattern.body)


def _held(pattern: Pattern) -> Iterator[Element]:
    """Yield the element patterns in the pattern."""
    if isinstance(pattern, Element):
        yield pattern
    elif isinstance(pattern, Choice | Group | Interleave):
        for part in pattern.parts:
            yield from _held(part)
    elif isinstance(pattern, OneOrMore):
        yield from _held(pattern.body)


def attributes(pattern: Pattern) -> Iterator[Attribute]:
    """Yield the attribute patterns in the pattern."""
    if isinstance(pattern, Attribute):
        yield pattern
    elif isinstance(pattern, Choice | Group | Interleave) and pattern.has_attributes:
        for part in pattern.parts:
            yield from attributes(part)
    elif isinstance(pattern, OneOrMore):
        yield from attributes(pattern.body)


def is_blank(text: str | None) -> bool:
    """Say whether the text is white space only, as XML counts it."""
    return not text or not text.strip(WHITE_SPACE)
