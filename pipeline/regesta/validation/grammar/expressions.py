"""Regular expressions of XML Schema (XML Schema Part 2, appendix F), matched by derivatives.

They are no Python expressions: they have character class subtraction, Unicode categories and blocks and the names of
XML, but no anchors and no references back. A lazy automaton whose states are derivatives is exact and takes time
linear in the text, so that no schema can make matching slow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from regesta.validation.grammar.blocks import BLOCKS

CharacterClass = Callable[[str], bool]

_MOST_STATES = 20_000
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_SPECIAL = "\\|.-^?*+{}()[]"
_MINOR_CATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = {major + minor for major, minors in _MINOR_CATEGORIES.items() for minor in ("", *minors)}
# NameStartChar and what NameChar adds to it (XML 1.0, fifth edition, productions 4 and 4a).
_NAME_START = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_MORE = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def starts_name(character: str) -> bool:
    """Say whether an XML name may begin with the character (a colon included)."""
    code = ord(character)
    return any(low <= code <= high for low, high in _NAME_START)


def goes_on_name(character: str) -> bool:
    """Say whether an XML name may hold the character after its first (a colon included)."""
    code = ord(character)
    return starts_name(character) or any(low <= code <= high for low, high in _NAME_MORE)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


_MULTIPLE: dict[str, CharacterClass] = {
    "s": lambda character: character in " \t\n\r",
    "i": starts_name,
    "c": goes_on_name,
    "d": _is_digit,
    "w": _is_word,
}


class Expression:
    """An expression compiled from `source`. Raises ValueError, with a reason, when it is none."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._nodes = _Nodes()
        self._start = _Parser(source, self._nodes).parse()
        self._moves: dict[tuple[_Node, str], _Node] = {}

    def matches(self, text: str) -> bool:
        """Say whether the whole of `text` is in the expression's language."""
        moves, state = self._moves, self._start
        for character in text:
            key = (state, character)
            found = moves.get(key)
            if found is None:
                if len(moves) > _MOST_STATES:
                    moves.clear()
                found = moves[key] = state.derive(character)
            if found is self._nodes.nothing:
                return False
            state = found
        return state.nullable


@lru_cache(maxsize=1000)
def compiled(source: str) -> Expression:
    """Return the expression, compiled once a process. Raises ValueError when it is none."""
    return Expression(source)


class _Node:
    """A piece of an expression; pieces that are alike are one object."""

    nullable = False

    def __init__(self, nodes: _Nodes) -> None:
        self.nodes = nodes

    def derive(self, _character: str) -> _Node:
        """Return what is left to be matched after the character."""
        return self.nodes.nothing


class _Empty(_Node):
    nullable = True


class _One(_Node):
    def __init__(self, nodes: _Nodes, accepts: CharacterClass) -> None:
        super().__init__(nodes)
        self.accepts = accepts

    def derive(self, character: str) -> _Node:
        return self.nodes.empty if self.accepts(character) else self.nodes.nothing


class _Sequence(_Node):
    def __init__(self, nodes: _Nodes, first: _Node, rest: _Node) -> None:
        super().__init__(nodes)
        self.first, self.rest = first, rest
        self.nullable = first.nullable and rest.nullable

    def derive(self, character: str) -> _Node:
        after = self.nodes.sequence(self.first.derive(character), self.rest)
        if not self.first.nullable:
            return after
        return self.nodes.choice((after, self.rest.derive(character)))


class _Choice(_Node):
    def __init__(self, nodes: _Nodes, among: tuple[_Node, ...]) -> None:
        super().__init__(nodes)
        self.among = among
        self.nullable = any(each.nullable for each in among)

    def derive(self, character: str) -> _Node:
        return self.nodes.choice(tuple(each.derive(character) for each in self.among))


class _Repeat(_Node):
    """`body` from `least` to `most` times (`most` None: without end)."""

    def __init__(self, nodes: _Nodes, body: _Node, least: int, most: int | None) -> None:
        super().__init__(nodes)
        self.body, self.least, self.most = body, least, most
        self.nullable = not least or body.nullable

    def derive(self, character: str) -> _Node:
        most = None if self.most is None else self.most - 1
        return self.nodes.sequence(
            self.body.derive(character), self.nodes.repeat(self.body, max(self.least - 1, 0), most)
        )


class _Nodes:
    """Makes nodes, each once, in their simplest form."""

    def __init__(self) -> None:
        self.nothing = _Node(self)
        self.empty: _Node = _Empty(self)
        self._known: dict[tuple[object, ...], _Node] = {}

    def one(self, accepts: CharacterClass) -> _Node:
        return _One(self, accepts)

    def sequence(self, first: _Node, rest: _Node) -> _Node:
        if first is self.nothing or rest is self.nothing:
            return self.nothing
        if first is self.empty:
            return rest
        if rest is self.empty:
            return first
        if isinstance(first, _Sequence):
            return self.sequence(first.first, self.sequence(first.rest, rest))
        return self._known.setdefault((_Sequence, first, rest), _Sequence(self, first, rest))

    def choice(self, among: tuple[_Node, ...]) -> _Node:
        flat: dict[_Node, None] = {}
        for each in among:
            flat.update(dict.fromkeys(each.among if isinstance(each, _Choice) else (each,)))
        flat.pop(self.nothing, None)
        if len(flat) < 2:
            return next(iter(flat), self.nothing)
        key = (_Choice, frozenset(flat))
        return self._known.setdefault(key, _Choice(self, tuple(flat)))

    def repeat(self, body: _Node, least: int, most: int | None) -> _Node:
        if most == 0 or body is self.empty:
            return self.empty
        if (least, most) == (1, 1):
            return body
        return self._known.setdefault((_Repeat, body, least, most), _Repeat(self, body, least, most))


class _Parser:
    """Reads an expression by the productions of appendix F."""

    def __init__(self, source: str, nodes: _Nodes) -> None:
        self.source, self.nodes, self.at = source, nodes, 0

    def parse(self) -> _Node:
        node = self._alternatives()
        if self.at < len(self.source):
            raise self._error("an unexpected )")
        return node

    def _error(self, reason: str) -> ValueError:
        return ValueError(f'the expression "{self.source}" has {reason} at character {self.at + 1}')

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _next(self) -> str:
        character = self._peek()
        if not character:
            raise self._error("an end")
        self.at += 1
        return character

    def _alternatives(self) -> _Node:
        branches = [self._branch()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch())
        return self.nodes.choice(tuple(branches))

    def _branch(self) -> _Node:
        pieces = []
        while self._peek() not in {"", "|", ")"}:
            pieces.append(self._piece())
        node = self.nodes.empty
        for piece in reversed(pieces):
            node = self.nodes.sequence(piece, node)
        return node

    def _piece(self) -> _Node:
        atom = self._atom()
        mark = self._peek()
        if mark not in {"?", "*", "+", "{"}:
            return atom
        self.at += 1
        if mark == "{":
            least, most = self._quantity()
        else:
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[mark]
        return self.nodes.repeat(atom, least, most)

    def _quantity(self) -> tuple[int, int | None]:
        end = self.source.find("}", self.at)
        low, comma, high = self.source[self.at : end].partition(",")
        if end < 0 or not _is_number(low) or (high and not _is_number(high)):
            raise self._error("a quantity that is none")
        self.at = end + 1
        least = int(low)
        most = int(high) if high else None if comma else least
        if most is not None and most < least:
            raise self._error("a quantity whose end is below its beginning")
        return least, most

    def _atom(self) -> _Node:
        character = self._next()
        if character == "(":
            inner = self._alternatives()
            if self._peek() != ")":
                raise self._error("no ) for its (")
            self.at += 1
            return inner
        if character == "[":
            return self.nodes.one(self._class())
        if character == ".":
            return self.nodes.one(lambda each: each not in "\n\r")
        if character == "\\":
            return self.nodes.one(self._escape())
        if character in "?*+{}]":
            raise self._error(f"an unexpected {character}")
        return self.nodes.one(_exactly(character))

    def _escape(self) -> CharacterClass:
        character = self._next()
        if character in "pP":
            return self._property(complement=character == "P")
        if character.lower() in _MULTIPLE:
            found = _MULTIPLE[character.lower()]
            return _not(found) if character.isupper() else found
        return _exactly(self._single(character))

    def _single(self, character: str) -> str:
        if character in _ESCAPES:
            return _ESCAPES[character]
        if character not in _SPECIAL:
            raise self._error(f"an unknown escape \\{character}")
        return character

    def _property(self, *, complement: bool) -> CharacterClass:
        end = self.source.find("}", self.at)
        if self._peek() != "{" or end < 0:
            raise self._error("a \\p without {…}")
        name = self.source[self.at + 1 : end]
        self.at = end + 1
        if name.startswith("Is") and name[2:] in BLOCKS:
            found = _between(*BLOCKS[name[2:]])
        elif name in _CATEGORIES:
            found = _in_category(name)
        else:
            raise self._error(f"an unknown property {name}")
        return _not(found) if complement else found

    def _class(self) -> CharacterClass:
        complement = self._peek() == "^"
        self.at += complement
        members: list[CharacterClass] = []
        without: CharacterClass | None = None
        while self._peek() != "]" or not members:
            if self._peek() == "-" and self.source[self.at + 1 : self.at + 2] == "[" and members:
                self.at += 2
                without = self._class()
                if self._peek() != "]":
                    raise self._error("something after a subtraction")
                break
            members.append(self._member())
        self.at += 1
        chosen = tuple(members)

        def inside(character: str) -> bool:
            taken = any(each(character) for each in chosen) is not complement
            return taken and not (without and without(character))

        return inside

    def _member(self) -> CharacterClass:
        character = self._next()
        if character == "[":
            raise self._error("an unexpected [")
        if character == "\\":
            following = self._peek()
            if following.lower() in {*_MULTIPLE, "p"}:
                return self._escape()
            character = self._single(self._next())
        if self._peek() != "-" or self.source[self.at + 1 : self.at + 2] in {"]", "["}:
            return _exactly(character)
        self.at += 1
        last = self._next()
        if last == "\\":
            last = self._single(self._next())
        if last < character:
            raise self._error("a range whose end is below its beginning")
        return _between(ord(character), ord(last))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _exactly(character: str) -> CharacterClass:
    return character.__eq__


def _not(accepts: CharacterClass) -> CharacterClass:
    return lambda character: not accepts(character)


def _between(low: int, high: int) -> CharacterClass:
    return lambda character: low <= ord(character) <= high


def _in_category(name: str) -> CharacterClass:
    return lambda character: unicodedata.category(character).startswith(name)
