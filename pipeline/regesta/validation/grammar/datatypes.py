"""Datatypes: RELAX NG's own two, and those of XML Schema Part 2 with their facets.

A datatype turns a literal into a value; two literals are the same when their values are. `INVALID` stands for
"not in the lexical space".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regesta.validation.grammar import expressions
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.moments import Duration, moment

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
WHITE_SPACE = " \t\n\r"
INVALID: Final = object()

Prefixes = Mapping[str | None, str]
_SPACES = re.compile("[ \t\n\r]+")
_XML = "http://www.w3.org/XML/1998/namespace"


def words(text: str) -> list[str]:
    """Return the words of `text` between white space, as XML counts it."""
    collapsed = _SPACES.sub(" ", text).strip(" ")
    return collapsed.split(" ") if collapsed else []


@dataclass(frozen=True, eq=False)
class Datatype:
    """A datatype: `read` turns a literal, its white space dealt with already, into a value or INVALID.

    `space` is preserve, replace or collapse (section 4.3.6); `length` measures a value for the length facets, None
    where they do not apply; `ordered` says whether the bounds apply. `role` is ID, IDREF or IDREFS for those types.
    `words` describe the type in a message.
    """

    name: str
    words: str
    read: Callable[[str, Prefixes], object]
    space: str = "collapse"
    length: Callable[[object], int] | None = None
    ordered: bool = False
    decimal: bool = False
    contextual: bool = False
    role: str = ""

    def value(self, literal: str, prefixes: Prefixes) -> object:
        """Return the value of `literal`, or INVALID; `prefixes` are the namespaces in scope (for QName)."""
        return self.read(self.normalised(literal), prefixes)

    def normalised(self, literal: str) -> str:
        """Return the literal with its white space as the type has it."""
        if self.space == "collapse":
            return _SPACES.sub(" ", literal).strip(" ")
        return re.sub("[\t\n\r]", " ", literal) if self.space == "replace" else literal


@dataclass(frozen=True)
class Facet:
    """A restriction of a datatype by a `param`: a test of the normalised literal and its value."""

    name: str
    text: str
    holds: Callable[[str, object], bool]


@dataclass(frozen=True)
class Restricted:
    """A datatype with facets (RELAX NG: `data` with `param`)."""

    base: Datatype
    facets: tuple[Facet, ...] = ()

    def allows(self, literal: str, prefixes: Prefixes) -> bool:
        """Say whether the literal is in the type's lexical space and keeps all facets."""
        normalised = self.base.normalised(literal)
        value = self.base.read(normalised, prefixes)
        return value is not INVALID and all(facet.holds(normalised, value) for facet in self.facets)


def datatype(library: str, name: str) -> Datatype:
    """Return the datatype `name` of the library. Raises GrammarError when either is not known."""
    if library not in _LIBRARIES:
        raise GrammarError(f"its datatype library {library} is not known")
    if name not in _LIBRARIES[library]:
        raise GrammarError(f"its datatype {name} is not known in {library or 'the library of RELAX NG itself'}")
    return _LIBRARIES[library][name]


def restricted(base: Datatype, library: str, params: tuple[tuple[str, str], ...]) -> Restricted:
    """Return `base` with the facets that `params` (name and text) ask for. Raises GrammarError for a wrong one."""
    if params and library != XSD:
        raise GrammarError(f"its datatype {base.name} takes no parameters")
    return Restricted(base, tuple(_facet(base, name, text) for name, text in params))


def _facet(base: Datatype, name: str, text: str) -> Facet:
    holds = None
    if name == "pattern":
        try:
            expression = expressions.compiled(text)
        except ValueError as error:
            raise GrammarError(str(error)) from None
        return Facet(name, text, lambda literal, _value: expression.matches(literal))
    if name in _LENGTHS and base.length is not None:
        holds = _length_facet(base.length, name, _count(name, text))
    elif name in _BOUNDS and base.ordered:
        holds = _bound_facet(base, name, text)
    elif name in {"totalDigits", "fractionDigits"} and base.decimal:
        most = _count(name, text)
        total = name == "totalDigits"
        holds = lambda _literal, value: _digits(value)[0 if total else 1] <= most  # noqa: E731
    if holds is None:
        raise GrammarError(f"its parameter {name} does not apply to the datatype {base.name}")
    return Facet(name, text, holds)


_LENGTHS: Mapping[str, Callable[[int, int], bool]] = {
    "length": lambda length, bound: length == bound,
    "minLength": lambda length, bound: length >= bound,
    "maxLength": lambda length, bound: length <= bound,
}
_BOUNDS = {"minInclusive", "minExclusive", "maxInclusive", "maxExclusive"}


def _count(name: str, text: str) -> int:
    stripped = text.strip(WHITE_SPACE)
    if not (stripped.isascii() and stripped.isdigit()):
        raise GrammarError(f'its parameter {name} is "{text}", which is no number')
    return int(stripped[:18])


def _length_facet(length: Callable[[object], int], name: str, bound: int) -> Callable[[str, object], bool]:
    compare = _LENGTHS[name]
    return lambda _literal, value: compare(length(value), bound)


def _bound_facet(base: Datatype, name: str, text: str) -> Callable[[str, object], bool]:
    bound = base.value(text, {})
    if bound is INVALID:
        raise GrammarError(f'its parameter {name} is "{text}", which is no {base.name}')
    lower, inclusive = name.startswith("min"), name.endswith("Inclusive")

    def holds(_literal: str, value: object) -> bool:
        if inclusive and value == bound:
            return True
        return _less(bound, value) if lower else _less(value, bound)

    return holds


def _less(one: object, other: object) -> bool:
    if isinstance(one, _NotANumber) or isinstance(other, _NotANumber):
        return False
    return bool(one < other)  # type: ignore[operator] # ordered types have comparable values


def _digits(value: object) -> tuple[int, int]:
    """Return the number of digits, and of those behind the point, that the value needs."""
    if not isinstance(value, Decimal) or not value:
        return 1, 0
    digits = str(abs(value)) if "E" not in str(value) else f"{abs(value):f}"
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    return len(whole) + len(fraction), len(fraction)


# ── lexical spaces ────────────────────────────────────────────────────────────────────────────────────────────


def _text(literal: str, _prefixes: Prefixes) -> object:
    return literal


def _of(expression: str) -> Callable[[str, Prefixes], object]:
    """Return a reader of the strings that the Python expression describes."""
    matches = re.compile(expression, re.ASCII).fullmatch
    return lambda literal, _prefixes: literal if matches(literal) else INVALID


def _is_name(literal: str, *, colon: bool) -> bool:
    if literal.isascii():
        return bool((_ASCII_NAME if colon else _ASCII_NCNAME)(literal))
    if ":" in literal and not colon:
        return False
    return expressions.starts_name(literal[0]) and all(map(expressions.goes_on_name, literal))


_ASCII_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9._:\-]*").fullmatch
_ASCII_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._\-]*").fullmatch


def _name(literal: str, _prefixes: Prefixes) -> object:
    return literal if literal and _is_name(literal, colon=True) else INVALID


def _ncname(literal: str, _prefixes: Prefixes) -> object:
    return literal if literal and _is_name(literal, colon=False) else INVALID


def _nmtoken(literal: str, _prefixes: Prefixes) -> object:
    return literal if literal and all(map(expressions.goes_on_name, literal)) else INVALID


def _several(item: Callable[[str, Prefixes], object]) -> Callable[[str, Prefixes], object]:
    def read(literal: str, prefixes: Prefixes) -> object:
        values = tuple(item(each, prefixes) for each in literal.split(" ")) if literal else ()
        return INVALID if not values or INVALID in values else values

    return read


def _qname(literal: str, prefixes: Prefixes) -> object:
    prefix, colon, local = literal.rpartition(":")
    if not local or not _is_name(local, colon=False) or (colon and not (prefix and _is_name(prefix, colon=False))):
        return INVALID
    if not colon:
        return prefixes.get(None, ""), local
    namespace = _XML if prefix == "xml" else prefixes.get(prefix)
    return INVALID if namespace is None else (namespace, local)


def _boolean(literal: str, _prefixes: Prefixes) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(literal, INVALID)


_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII).fullmatch
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII).fullmatch
_FLOAT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII).fullmatch


def _decimal(literal: str, _prefixes: Prefixes) -> object:
    return Decimal(literal) if _DECIMAL(literal) else INVALID


def _integer(least: int | None, most: int | None) -> Callable[[str, Prefixes], object]:
    def read(literal: str, _prefixes: Prefixes) -> object:
        if not _INTEGER(literal):
            return INVALID
        value = Decimal(literal)
        inside = (least is None or value >= least) and (most is None or value <= most)
        return value if inside else INVALID

    return read


@dataclass(frozen=True)
class _NotANumber:
    """NaN: the same as itself, before and after nothing (section 3.2.4)."""


def _floating(*, single: bool) -> Callable[[str, Prefixes], object]:
    def read(literal: str, _prefixes: Prefixes) -> object:
        if literal == "NaN":
            return _NotANumber()
        if literal in {"INF", "-INF"}:
            return float(literal.replace("INF", "inf"))
        if not _FLOAT(literal):
            return INVALID
        return _as_single(float(literal)) if single else float(literal)

    return read


def _as_single(value: float) -> float:
    import struct  # noqa: PLC0415 - for the rare schema with floats

    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _moment(kind: str) -> Callable[[str, Prefixes], object]:
    def read(literal: str, _prefixes: Prefixes) -> object:
        found = moment(kind, literal)
        return INVALID if found is None else found

    return read


def _duration(literal: str, _prefixes: Prefixes) -> object:
    found = Duration.read(literal)
    return INVALID if found is None else found


def _hexadecimal(literal: str, _prefixes: Prefixes) -> object:
    return bytes.fromhex(literal) if re.fullmatch(r"([0-9A-Fa-f]{2})*", literal) else INVALID


def _base64(literal: str, _prefixes: Prefixes) -> object:
    import binascii  # noqa: PLC0415 - for the rare schema with base64

    packed = literal.replace(" ", "")
    end = r"([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
    if not re.fullmatch(rf"([A-Za-z0-9+/]{{4}})*{end}", packed):
        return INVALID
    return binascii.a2b_base64(packed)


_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"([^:/?#]*):(?=(.?))", re.DOTALL)
_SCHEME_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*").fullmatch
_AUTHORITY = re.compile(r"([^:/?#]*:)?//(?P<host>[^/?#]*)(?P<path>[^?#]*)")
_NUMBERED_HOST = re.compile(r"([^@\[\]]*@)?\[[0-9A-Fa-f:.]+\](:\d*)?").fullmatch


def _address(literal: str, _prefixes: Prefixes) -> object:
    """Return an anyURI: nearly anything, as other characters are thought escaped (section 3.2.17; RFC 2396, 2732).

    Square brackets stand in queries and fragments, and around a host that is given as a number.
    """
    if _BAD_ESCAPE.search(literal) or literal.count("#") > 1:
        return INVALID
    scheme = _SCHEME.match(literal)
    if scheme and (not _SCHEME_NAME(scheme[1]) or scheme[2] in {"", "#"}):
        return INVALID
    authority = _AUTHORITY.match(literal)
    opaque = scheme is not None and scheme[2] != "/"
    host, path = (authority["host"], authority["path"]) if authority else ("", re.split("[?#]", literal)[0])
    if authority and authority.end() == len(literal) and not host + path:
        return INVALID
    wrong_host = _has_bracket(host) and not _NUMBERED_HOST(host)
    return INVALID if wrong_host or (_has_bracket(path) and not opaque) else literal


def _has_bracket(text: str) -> bool:
    return "[" in text or "]" in text


def _length(value: object) -> int:
    return len(value)  # type: ignore[arg-type] # strings, bytes and tuples: the types that have lengths


def _strings() -> list[Datatype]:
    several = "white-space separated "
    return [
        Datatype("string", "any text", _text, "preserve", _length),
        Datatype("normalizedString", "any text", _text, "replace", _length),
        Datatype("token", "any text", _text, "collapse", _length),
        Datatype("language", "a language tag such as en or zh-Hant (BCP 47)", _of(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
                 length=_length),
        Datatype("Name", "an XML name", _name, length=_length),
        Datatype("NCName", "an XML name without a colon", _ncname, length=_length),
        Datatype("NMTOKEN", "a name token without spaces", _nmtoken, length=_length),
        Datatype("NMTOKENS", several + "name tokens", _several(_nmtoken), length=_length),
        Datatype("ID", "an XML name without a colon, once in the document", _ncname, length=_length, role="ID"),
        Datatype("IDREF", "an identifier of this document", _ncname, length=_length, role="IDREF"),
        Datatype("IDREFS", several + "identifiers of this document", _several(_ncname), length=_length, role="IDREFS"),
        Datatype("ENTITY", "the name of an entity", _ncname, length=_length),
        Datatype("ENTITIES", several + "names of entities", _several(_ncname), length=_length),
        Datatype("anyURI", "an address (URI)", _address, length=_length),
        Datatype("QName", "a name whose prefix is declared", _qname, contextual=True),
        Datatype("NOTATION", "the name of a notation", _qname, contextual=True),
        Datatype("hexBinary", "pairs of hexadecimal digits", _hexadecimal, length=_length),
        Datatype("base64Binary", "base64 code", _base64, length=_length),
        Datatype("boolean", "true or false", _boolean),
    ]  # fmt: skip


def _numbers() -> list[Datatype]:
    bounds: dict[str, tuple[int | None, int | None, str]] = {
        "integer": (None, None, "a whole number"),
        "nonPositiveInteger": (None, 0, "a whole number of at most 0"),
        "negativeInteger": (None, -1, "a whole number below 0"),
        "nonNegativeInteger": (0, None, "a whole number of at least 0"),
        "positiveInteger": (1, None, "a whole number above 0"),
        "long": (-(2**63), 2**63 - 1, "a whole number"),
        "int": (-(2**31), 2**31 - 1, "a whole number"),
        "short": (-(2**15), 2**15 - 1, "a whole number"),
        "byte": (-(2**7), 2**7 - 1, "a whole number from -128 to 127"),
        "unsignedLong": (0, 2**64 - 1, "a whole number of at least 0"),
        "unsignedInt": (0, 2**32 - 1, "a whole number of at least 0"),
        "unsignedShort": (0, 2**16 - 1, "a whole number from 0 to 65535"),
        "unsignedByte": (0, 2**8 - 1, "a whole number from 0 to 255"),
    }
    return [
        Datatype("decimal", "a number such as 2 or 1.5", _decimal, ordered=True, decimal=True),
        Datatype("float", "a number such as 1.5 or 2e3", _floating(single=True), ordered=True),
        Datatype("double", "a number such as 1.5 or 2e3", _floating(single=False), ordered=True),
        *(
            Datatype(name, words, _integer(least, most), ordered=True, decimal=True)
            for name, (least, most, words) in bounds.items()
        ),
    ]


def _times() -> list[Datatype]:
    words = {
        "dateTime": "a date and time such as 1956-08-30T14:00:00",
        "date": "a date such as 1956-08-30",
        "time": "a time such as 14:00:00",
        "gYear": "a year such as 1956",
        "gYearMonth": "a year and month such as 1956-08",
        "gMonth": "a month such as --08",
        "gMonthDay": "a month and day such as --08-30",
        "gDay": "a day of the month such as ---30",
    }
    times = [Datatype(name, said, _moment(name), ordered=True) for name, said in words.items()]
    return [*times, Datatype("duration", "a duration such as P1Y6M or PT2H", _duration, ordered=True)]


_XSD_TYPES = {each.name: each for each in (*_strings(), *_numbers(), *_times())}
_LIBRARIES: Mapping[str, Mapping[str, Datatype]] = {
    "": {
        "string": Datatype("string", "any text", _text, "preserve"),
        "token": Datatype("token", "any text", _text, "collapse"),
    },
    XSD: _XSD_TYPES,
    COMPATIBILITY: {name: _XSD_TYPES[name] for name in ("ID", "IDREF", "IDREFS")},
}
