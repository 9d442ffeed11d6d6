"""Restrictions on schemas (RELAX NG, section 7), checked on the simple form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from regesta.validation.grammar import names
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.names import Name, NameClass
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


class _Content(IntEnum):
    """The content types of section 7.2; a greater one takes in the lesser ones."""

    EMPTY = 0
    COMPLEX = 1
    SIMPLE = 2


# What may not stand below what (section 7.1).
_IN_ATTRIBUTE = (Attribute, Element)
_IN_LIST = (ListOf, Element, Attribute, Text, Interleave)
_IN_EXCEPTION = (Attribute, Element, ListOf, Text, Group, Interleave, OneOrMore, Empty)
_IN_START = (Attribute, Data, Value, Text, ListOf, Group, Interleave, OneOrMore, Empty)


def check(start: Pattern, elements: Iterable[Element]) -> None:
    """Raise GrammarError for the first restriction that the schema breaks."""
    _check_start(start)
    checker = _Checker()
    for element in elements:
        checker.check_element(element)


def _check_start(start: Pattern) -> None:
    for each in start.parts if isinstance(start, Choice) else (start,):
        if isinstance(each, _IN_START):
            raise GrammarError(f"its start allows {_kind(each)}, but a document is one element (section 7.1.5)")


def _kind(pattern: Pattern) -> str:
    return {"ListOf": "list", "OneOrMore": "oneOrMore"}.get(type(pattern).__name__, type(pattern).__name__.lower())


class _Checker:
    """Checks patterns, each once however often it is used."""

    def __init__(self) -> None:
        self._content: dict[Pattern, _Content] = {}
        self._named: dict[tuple[Pattern, bool], Sequence[NameClass]] = {}
        self._checked: set[Pattern] = set()

    def check_element(self, element: Element) -> None:
        self._content_type(element.content)
        self._attributes(element.content, repeated=False)
        self._order(element.content, element)

    # ── 7.1 and 7.2: what stands below what, and what kind of content it makes ────────────────────────────────

    def _content_type(self, pattern: Pattern) -> _Content:
        found = self._content.get(pattern)
        if found is None:
            found = self._content[pattern] = self._new_content_type(pattern)
        return found

    def _new_content_type(self, pattern: Pattern) -> _Content:  # noqa: PLR0911 - a case for each kind of pattern
        if isinstance(pattern, Choice):
            return max(self._content_type(part) for part in pattern.parts)
        if isinstance(pattern, Group | Interleave):
            return _grouped([self._content_type(part) for part in pattern.parts])
        if isinstance(pattern, OneOrMore):
            return _grouped([self._content_type(pattern.body)] * 2)
        if isinstance(pattern, Attribute):
            _forbid(pattern.body, _IN_ATTRIBUTE, "an attribute (section 7.1.1)")
            self._content_type(pattern.body)
            return _Content.EMPTY
        if isinstance(pattern, ListOf):
            _forbid(pattern.body, _IN_LIST, "a list (section 7.1.3)")
            return _Content.SIMPLE
        if isinstance(pattern, Data):
            if pattern.without is not None:
                _forbid(pattern.without, _IN_EXCEPTION, "an exception of data (section 7.1.4)")
            return _Content.SIMPLE
        if isinstance(pattern, Value):
            return _Content.SIMPLE
        return _Content.COMPLEX if isinstance(pattern, Element | Text) else _Content.EMPTY

    # ── 7.3: attributes ──────────────────────────────────────────────────────────────────────────────────────

    def _attributes(self, pattern: Pattern, *, repeated: bool) -> Sequence[NameClass]:
        """Return the names of the attributes in the pattern; `repeated`: it stands in a oneOrMore."""
        if not pattern.has_attributes:
            return ()
        found = self._named.get((pattern, repeated))
        if found is None:
            found = self._named[pattern, repeated] = self._new_attributes(pattern, repeated=repeated)
        return found

    def _new_attributes(self, pattern: Pattern, *, repeated: bool) -> Sequence[NameClass]:
        if isinstance(pattern, Attribute):
            if names.is_open(pattern.names) and not repeated:
                raise GrammarError("it has an attribute of any name that is not in a oneOrMore (section 7.3)")
            if names.is_open(pattern.names) and not isinstance(pattern.body, Text):
                raise GrammarError("it has an attribute of any name whose value is not text (section 7.3)")
            return [pattern.names]
        if isinstance(pattern, OneOrMore):
            _forbid_repeated(pattern.body)
            return self._attributes(pattern.body, repeated=True)
        if not isinstance(pattern, Choice | Group | Interleave):
            raise TypeError(pattern)
        found = [self._attributes(part, repeated=repeated) for part in pattern.parts]
        if not isinstance(pattern, Choice):
            shared = _shared(found)
            if shared:
                raise GrammarError(f"it gives one element the attribute {shared} twice (section 7.3)")
        return [each for part in found for each in part]

    # ── 7.4: interleave ──────────────────────────────────────────────────────────────────────────────────────

    def _order(self, pattern: Pattern, element: Element) -> None:
        if pattern in self._checked or not pattern.has_content:
            return
        self._checked.add(pattern)
        if isinstance(pattern, OneOrMore):
            self._order(pattern.body, element)
        elif isinstance(pattern, Choice | Group | Interleave):
            for part in pattern.parts:
                self._order(part, element)
            if isinstance(pattern, Interleave):
                _check_interleave(pattern)


def _grouped(types: Sequence[_Content]) -> _Content:
    if _Content.SIMPLE in types and len([each for each in types if each is not _Content.EMPTY]) > 1:
        raise GrammarError("it wants a value beside other content, or more than one (section 7.2)")
    return max(types)


def _forbid(pattern: Pattern, kinds: tuple[type[Pattern], ...], where: str) -> None:
    if isinstance(pattern, kinds):
        raise GrammarError(f"it has {_kind(pattern)} within {where}")
    if isinstance(pattern, Choice | Group | Interleave):
        for part in pattern.parts:
            # "a or nothing" is written as a choice with empty; only an empty of its own is forbidden.
            if not (isinstance(part, Empty) and isinstance(pattern, Choice)):
                _forbid(part, kinds, where)
    elif isinstance(pattern, OneOrMore | ListOf):
        _forbid(pattern.body, kinds, where)


def _forbid_repeated(pattern: Pattern) -> None:
    """Raise GrammarError for attributes in a group within a oneOrMore (section 7.1.2)."""
    if isinstance(pattern, Group | Interleave) and pattern.has_attributes:
        raise GrammarError("it has an attribute in a group within a oneOrMore (section 7.1.2)")
    if isinstance(pattern, Choice):
        for part in pattern.parts:
            _forbid_repeated(part)
    elif isinstance(pattern, OneOrMore):
        _forbid_repeated(pattern.body)


def _shared(parts: Sequence[Sequence[NameClass]]) -> str:
    """Return a name that two of the parts share, or an empty string."""
    listed: dict[NameClass, int] = {}
    wide: list[tuple[int, NameClass]] = []
    for number, part in enumerate(parts):
        for each in part:
            if isinstance(each, Name):
                if listed.setdefault(each, number) != number:
                    return each.local
            else:
                wide.append((number, each))
    for number, each in wide:
        others = [*((other, name) for name, other in listed.items()), *wide]
        if any(other != number and names.overlap(each, name) for other, name in others):
            return "of any name"
    return ""


def _check_interleave(pattern: Interleave) -> None:
    """Raise GrammarError when parts of an interleave share element names or text (section 7.4)."""
    found = [list(_elements(part)) for part in pattern.parts]
    if sum(any(isinstance(each, Text) for each in part) for part in found) > 1:
        raise GrammarError("it interleaves text with text (section 7.4)")
    shared = _shared([[each.names for each in part if isinstance(each, Element)] for part in found])
    if shared:
        raise GrammarError(f"it interleaves the element {shared} with itself (section 7.4)")


def _elements(pattern: Pattern) -> Iterable[Element | Text]:
    """Yield the element patterns and text in the pattern, not those deeper down."""
    if isinstance(pattern, Element | Text):
        yield pattern
    elif isinstance(pattern, Choice | Group | Interleave):
        for part in pattern.parts:
            yield from _elements(part)
    elif isinstance(pattern, OneOrMore):
        yield from _elements(pattern.body)
