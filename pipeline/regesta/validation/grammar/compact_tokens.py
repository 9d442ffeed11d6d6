"""The compact syntax of RELAX NG as tokens (OASIS committee specification of 21 November 2002, appendix A).

Comments are passed over; documentation ("##") is a token, since annotations may be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from regesta.validation.grammar import expressions
from regesta.validation.grammar.errors import GrammarError


class Kind(Enum):
    """What a token is. WORD is a name without a colon, and QUOTED one with a backslash before it: never a keyword."""

    WORD = "word"
    QUOTED = "quoted"
    NAME = "name"
    NAMESPACE = "namespace"
    LITERAL = "literal"
    SIGN = "sign"
    DOCUMENTATION = "documentation"
    END = "end"


@dataclass(frozen=True)
class Token:
    """A token: `text` is the name, the value of the literal, or the sign; `line` is where it begins."""

    kind: Kind
    text: str
    line: int


_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]{1,6})\}")
_NEWLINE = "\ufdd0"  # no character of XML: a line end that an escape made, which ends no comment and no literal
_NCNAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf'(?P<literal>"""(?:.*?)"""|\'\'\'(?:.*?)\'\'\'|"[^"\n]*"|\'[^\'\n]*\')'
    r"|(?P<documentation>##[^\n]*)"
    r"|(?P<comment>\#[^\n]*)"
    rf"|(?P<namespace>{_NCNAME}:\*)"
    rf"|(?P<name>{_NCNAME}:{_NCNAME})"
    rf"|\\(?P<quoted>{_NCNAME})"
    rf"|(?P<word>{_NCNAME})"
    r"|(?P<sign>\|=|&=|>>|[={}()\[\],&|?*+\-~])"
    r"|(?P<space>\s+)",
    re.DOTALL,
)


def tokens(text: str, name: str) -> Iterator[Token]:
    """Yield the tokens of the schema `text`, of the file `name`, and an END. Raises GrammarError for a stray sign."""
    text = _ESCAPE.sub(_escaped, text.replace("\r\n", "\n").replace("\r", "\n"))
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise GrammarError(
                f"{name} has, in line {line}, what is none of the compact syntax: {text[at : at + 20]!r}"
            )
        token = _token(found, line, name)
        if token is not None:
            yield token
        line += found[0].count("\n")
        at = found.end()
    yield Token(Kind.END, "", line)


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code > 0x10FFFF or code in range(0xD800, 0xE000):
        return found[0]
    return _NEWLINE if code in {0xA, 0xD} else chr(code)


def _token(found: re.Match[str], line: int, name: str) -> Token | None:
    kind = found.lastgroup or ""
    text = found[kind]
    if kind in {"comment", "space"}:
        return None
    if kind == "literal":
        size = 3 if text[:3] in {'"""', "'''"} and len(text) >= 6 else 1
        return Token(Kind.LITERAL, text[size:-size].replace(_NEWLINE, "\n"), line)
    if kind == "documentation":
        return Token(Kind.DOCUMENTATION, text.lstrip("#").removeprefix(" ").rstrip(), line)
    if kind == "sign":
        return Token(Kind.SIGN, text, line)
    for part in text.removesuffix(":*").split(":"):
        if not (expressions.starts_name(part[0]) and all(map(expressions.goes_on_name, part))):
            raise GrammarError(f"{name} has, in line {line}, a name that XML does not know: {text}")
    return Token(Kind(kind), text, line)
