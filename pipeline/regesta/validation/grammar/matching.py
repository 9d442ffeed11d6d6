"""Matching: a document against a schema, each element once (RELAX NG, section 6).

An element whose name leaves one element pattern is judged by that; where the names leave several, the element is
tried as all of them at once and those that it matches go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from regesta.validation.grammar.automata import Automata, State, is_blank
from regesta.validation.grammar.names import tag
from regesta.validation.grammar.patterns import Element

Judged = tuple[etree._Element, Element]


@dataclass(frozen=True)
class Identifier:
    """An attribute whose type makes it an identifier, or a reference to one (RELAX NG DTD compatibility)."""

    element: etree._Element
    name: str
    value: str
    role: str


@dataclass
class Matcher:
    """Judges elements by element patterns, and notes the identifiers that it meets."""

    automata: Automata
    identifiers: list[Identifier] = field(default_factory=list)

    def matches(self, element: etree._Element, pattern: Element, todo: list[Judged]) -> bool:
        """Say whether the element's attributes and children are as the pattern asks.

        Children that one pattern judges are put on `todo`; those that several may judge are judged at once.
        """
        state = self.attributes(element, pattern)
        if state is None:
            return False
        return self._content(element, state, todo)

    def attributes(self, element: etree._Element, pattern: Element) -> State | None:
        """Return the state before the element's content; None when the attributes are not as the pattern asks."""
        model = self.automata.model(pattern)
        state, attributes = model.start, element.attrib
        if attributes:
            for name, value in attributes.items():
                values = model.single.get(name)
                role = ""
                if values is not None:
                    if not values.take(value, element.nsmap if values.contextual else {}):
                        return None
                    role = values.role
                else:
                    after, role = state.attribute(name, value, element.nsmap)
                    if after is None:
                        return None
                    state = after
                if role:
                    self.identifiers.append(Identifier(element, name, value, role))
        for name in model.required:
            if name not in attributes:
                return None
        return state.bare

    def _content(self, element: etree._Element, state: State, todo: list[Judged]) -> bool:
        if state.pattern.has_values and not has_elements(element):
            return state.values.take(whole_text(element), element.nsmap)
        text = element.text
        if text and not is_blank(text):
            after = state.text
            if after is None:
                return False
            state = after
        for child in element:
            name = child.tag
            if name.__class__ is str:
                among, after = state.steps.get(name) or state.step(name)
                if after is not None:
                    todo.append((child, among[0]))
                else:
                    fit = self.fitting(child, among) if among else ()
                    after = state.after(fit) if fit else None
                    if after is None:
                        return False
                state = after
            text = child.tail
            if text and not is_blank(text):
                after = state.text
                if after is None:
                    return False
                state = after
        return state.nullable

    def fitting(self, element: etree._Element, among: tuple[Element, ...]) -> tuple[Element, ...]:
        """Return those of several element patterns that the element, with all below it, matches.

        From the leaves up, every element is compared with all patterns of its name; so it is done in one pass,
        however the patterns are nested.
        """
        fit: dict[etree._Element, tuple[Element, ...]] = {}
        for _event, each in etree.iterwalk(element, events=("end",), tag="*"):
            candidates = among if each is element else self.automata.named(tag(each))
            fit[each] = tuple(pattern for pattern in candidates if self._fits(each, pattern, fit))
        return fit[element]

    def _fits(self, element: etree._Element, pattern: Element, fit: dict[etree._Element, tuple[Element, ...]]) -> bool:
        state = self.attributes(element, pattern)
        if state is None:
            return False
        if state.pattern.has_values and not has_elements(element):
            return state.values.take(whole_text(element), element.nsmap)
        for token in tokens(element):
            if token.element is None:
                after = state.text
            else:
                among, _after = state.step(tag(token.element))
                chosen = tuple(each for each in among if each in fit[token.element])
                after = state.after(chosen) if chosen else None
            if after is None:
                return False
            state = after
        return state.nullable


@dataclass(frozen=True)
class Token:
    """A child element, or a run of text: `before` is the child whose tail it is, None at the beginning."""

    element: etree._Element | None
    before: etree._Element | None = None


def tokens(element: etree._Element) -> Iterator[Token]:
    """Yield the children of the element and the text between them, white space left out."""
    if not is_blank(element.text):
        yield Token(None)
    for child in element:
        if child.tag.__class__ is str:
            yield Token(child)
        if not is_blank(child.tail):
            yield Token(None, child)


def whole_text(element: etree._Element) -> str:
    """Return the text of an element without child elements, whatever comments stand in it."""
    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def has_elements(element: etree._Element) -> bool:
    """Say whether the element has child elements."""
    return any(child.tag.__class__ is str for child in element)
