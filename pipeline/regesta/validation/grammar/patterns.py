"""Patterns of the simple form of RELAX NG (section 5), and their derivatives.

The derivative of a pattern by a token is what may follow the token (J. Clark, "An algorithm for RELAX NG validation").
A token here is a child element, taken as one of the element patterns that its name allows, an attribute likewise, a
run of text, or a value. Patterns are made by `Patterns`, which keeps one object for those that are alike, so that a
set of derivatives is a lazy automaton.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regesta.validation.grammar.datatypes import WHITE_SPACE, Datatype, Prefixes, Restricted, words
from regesta.validation.grammar.names import NameClass


class Pattern:
    """A pattern. `nullable`: it matches nothing at all. The other flags say what it holds, elements' content apart."""

    __slots__ = ("has_attributes", "has_content", "has_values", "nullable", "state")
    has_attributes: bool
    has_content: bool
    has_values: bool

    def __init__(self, *, nullable: bool = False, parts: tuple[Pattern, ...] = ()) -> None:
        self.nullable = nullable
        self.has_attributes = self.has_values = self.has_content = False
        for part in parts:
            self.has_attributes |= part.has_attributes
            self.has_values |= part.has_values
            self.has_content |= part.has_content
        self.state: object = None


class Empty(Pattern):
    """Nothing."""

    __slots__ = ()


class NotAllowed(Pattern):
    """What no document matches."""

    __slots__ = ()


class Text(Pattern):
    """Any text."""

    __slots__ = ()


class Data(Pattern):
    """Text of a datatype, that of `without` excepted."""

    __slots__ = ("type", "without")

    def __init__(self, restricted: Restricted, without: Pattern | None) -> None:
        super().__init__()
        self.type, self.without = restricted, without
        self.has_values = self.has_content = True


class Value(Pattern):
    """The text that means the same as `literal` in the datatype."""

    __slots__ = ("literal", "type", "value")

    def __init__(self, datatype: Datatype, literal: str, value: object) -> None:
        super().__init__()
        self.type, self.literal, self.value = datatype, literal, value
        self.has_values = self.has_content = True


class ListOf(Pattern):
    """Values between white space."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__()
        self.body = body
        self.has_values = self.has_content = True


class Attribute(Pattern):
    """An attribute of one of the names, with content."""

    __slots__ = ("body", "names")

    def __init__(self, names: NameClass, body: Pattern) -> None:
        super().__init__()
        self.names, self.body = names, body
        self.has_attributes = True


class Element(Pattern):
    """An element of one of the names; `content` is read from the schema when it is first asked for."""

    __slots__ = ("_content", "_read", "model", "names")

    def __init__(self, names: NameClass, read: Callable[[], Pattern]) -> None:
        super().__init__()
        self.names, self._read = names, read
        self._content: Pattern | None = None
        self.model: object = None
        self.has_content = True

    @property
    def content(self) -> Pattern:
        """Return the pattern of attributes and children. Raises GrammarError when the schema is wrong there."""
        if self._content is None:
            self._content = self._read()
        return self._content


class Choice(Pattern):
    """Any one of the patterns."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=any(part.nullable for part in parts), parts=parts)
        self.parts = parts


class Group(Pattern):
    """The patterns one after the other."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=all(part.nullable for part in parts), parts=parts)
        self.parts = parts


class Interleave(Pattern):
    """The patterns in any order, their children mixed."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=all(part.nullable for part in parts), parts=parts)
        self.parts = parts


class OneOrMore(Pattern):
    """The pattern again and again."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__(nullable=body.nullable, parts=(body,))
        self.body = body


@dataclass(frozen=True)
class Literal:
    """Text to be taken as a value, with the namespaces in scope there."""

    text: str
    prefixes: Prefixes


Token = Element | Attribute | Literal | Text


class Patterns:
    """Makes patterns, one object for those that are alike, in the simplest form (sections 4.20 and 4.21)."""

    def __init__(self) -> None:
        self.empty: Pattern = Empty(nullable=True)
        self.not_allowed: Pattern = NotAllowed()
        self.text = Text(nullable=True)
        self.text.has_content = True
        self._known: dict[tuple[object, ...], Pattern] = {}
        self._derived: dict[tuple[Pattern, Token], Pattern] = {}
        self._bare: dict[Pattern, Pattern] = {}

    def __len__(self) -> int:
        """Return how much is remembered."""
        return len(self._known) + len(self._derived)

    def choice(self, parts: Iterable[Pattern]) -> Pattern:
        """Return the choice of the parts."""
        flat: dict[Pattern, None] = {}
        for part in parts:
            if type(part) is Choice:
                flat.update(dict.fromkeys(part.parts))
            elif part is not self.not_allowed:
                flat[part] = None
        if len(flat) > 1 and self.empty in flat and any(part.nullable for part in flat if part is not self.empty):
            del flat[self.empty]
        if len(flat) < 2:
            return next(iter(flat), self.not_allowed)
        key = (Choice, frozenset(flat))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Choice(tuple(flat))
        return found

    def group(self, parts: Iterable[Pattern]) -> Pattern:
        """Return the parts in sequence."""
        flat = self._flat(Group, parts)
        if flat is None:
            return self.not_allowed
        if len(flat) < 2:
            return flat[0] if flat else self.empty
        key = (Group, *flat)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Group(tuple(flat))
        return found

    def interleave(self, parts: Iterable[Pattern]) -> Pattern:
        """Return the parts mixed."""
        flat = self._flat(Interleave, parts)
        if flat is None:
            return self.not_allowed
        if len(flat) < 2:
            return flat[0] if flat else self.empty
        key = (Interleave, *flat)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Interleave(tuple(flat))
        return found

    def _flat(self, kind: type[Group | Interleave], parts: Iterable[Pattern]) -> list[Pattern] | None:
        flat: list[Pattern] = []
        for part in parts:
            if part is self.not_allowed:
                return None
            if type(part) is kind:
                flat.extend(part.parts)
            elif part is not self.empty:
                flat.append(part)
        return flat

    def one_or_more(self, body: Pattern) -> Pattern:
        """Return the repetition of `body`."""
        if body is self.empty or body is self.not_allowed or body is self.text or type(body) is OneOrMore:
            return body
        return self._known.setdefault((OneOrMore, body), OneOrMore(body))

    def optional(self, body: Pattern) -> Pattern:
        """Return `body` or nothing."""
        return body if body.nullable else self.choice((body, self.empty))

    def attribute(self, names: NameClass, body: Pattern) -> Pattern:
        """Return an attribute."""
        if body is self.not_allowed:
            return body
        return self._known.setdefault((Attribute, names, body), Attribute(names, body))

    def list_of(self, body: Pattern) -> Pattern:
        """Return a list."""
        return body if body is self.not_allowed else self._known.setdefault((ListOf, body), ListOf(body))

    def data(self, restricted: Restricted, params: object, without: Pattern | None) -> Pattern:
        """Return text of a datatype; `params` tells one restriction from another."""
        key = (Data, restricted.base, params, without)
        return self._known.setdefault(key, Data(restricted, without))

    def value(self, datatype: Datatype, literal: str, value: object) -> Pattern:
        """Return one value of a datatype."""
        return self._known.setdefault((Value, datatype, literal, value), Value(datatype, literal, value))

    # ── derivatives ──────────────────────────────────────────────────────────────────────────────────────────

    def derive(self, pattern: Pattern, token: Token) -> Pattern:
        """Return what may follow `token` where `pattern` is expected; not_allowed when the token may not stand there.

        Attributes may come in any order, so by an attribute a group is derived as an interleave is.
        """
        kind = type(pattern)
        if kind is Choice:
            return self.choice([self.derive(part, token) for part in pattern.parts])  # type: ignore[attr-defined]
        if pattern is token:
            return pattern if kind is Text else self.empty
        if kind is Group or kind is Interleave or kind is OneOrMore:
            if type(token) is Literal:
                return self._derived_composite(pattern, token)
            key = (pattern, token)
            found = self._derived.get(key)
            if found is None:
                found = self._derived[key] = self._derived_composite(pattern, token)
            return found
        if type(token) is Literal:
            return self.empty if self._means(pattern, token) else self.not_allowed
        return self.not_allowed

    def _derived_composite(self, pattern: Pattern, token: Token) -> Pattern:
        if isinstance(pattern, OneOrMore):
            after = self.derive(pattern.body, token)
            return after if after is self.not_allowed else self.group((after, self.optional(pattern)))
        if not isinstance(pattern, Group | Interleave):
            raise TypeError(pattern)
        anywhere = type(pattern) is Interleave or type(token) is Attribute
        make = self.interleave if type(pattern) is Interleave else self.group
        parts, found = pattern.parts, []
        for number, part in enumerate(parts):
            after = self.derive(part, token)
            if after is not self.not_allowed:
                before = parts[:number] if anywhere else ()
                found.append(make((*before, after, *parts[number + 1 :])))
            if not anywhere and not part.nullable:
                break
        return self.choice(found)

    def _means(self, pattern: Pattern, literal: Literal) -> bool:
        """Say whether a pattern for text as a whole takes the literal."""
        if isinstance(pattern, Text):
            return True
        if isinstance(pattern, Value):
            return pattern.type.value(literal.text, literal.prefixes) == pattern.value
        if isinstance(pattern, Data):
            excepted = pattern.without is not None and self.takes(pattern.without, literal)
            return pattern.type.allows(literal.text, literal.prefixes) and not excepted
        if isinstance(pattern, ListOf):
            state = pattern.body
            for word in words(literal.text):
                state = self.derive(state, Literal(word, literal.prefixes))
                if state is self.not_allowed:
                    return False
            return state.nullable
        return False

    def takes(self, pattern: Pattern, literal: Literal) -> bool:
        """Say whether `pattern` matches the literal as the whole text (Clark: a text node, white space or not)."""
        if pattern.nullable and not literal.text.strip(WHITE_SPACE):
            return True
        return self.derive(pattern, literal).nullable

    def bare(self, pattern: Pattern) -> Pattern:
        """Return what is left when all attributes are seen: one still required makes its branch not allowed."""
        if not pattern.has_attributes:
            return pattern
        found = self._bare.get(pattern)
        if found is None:
            found = self._bare[pattern] = self.without_attributes(pattern, self.bare, self.not_allowed)
        return found

    def forgiving(self, pattern: Pattern) -> Pattern:
        """Return what is left when all attributes are seen and none is asked for any more."""
        if not pattern.has_attributes:
            return pattern
        return self.without_attributes(pattern, self.forgiving, self.empty)

    def without_attributes(self, pattern: Pattern, again: Callable[[Pattern], Pattern], instead: Pattern) -> Pattern:
        """Return `pattern` with every attribute replaced, by way of `again` for its parts."""
        if isinstance(pattern, Attribute):
            return instead
        if isinstance(pattern, Choice):
            return self.choice([again(part) for part in pattern.parts])
        if isinstance(pattern, Group):
            return self.group([again(part) for part in pattern.parts])
        if isinstance(pattern, Interleave):
            return self.interleave([again(part) for part in pattern.parts])
        if not isinstance(pattern, OneOrMore):
            raise TypeError(pattern)
        return self.one_or_more(again(pattern.body))
