"""Where each key of a TOML file stands, so that a wrong value is reported with its line.

`tomllib` gives values without places. This scanner gives places without values: it walks over text that
`tomllib` has already accepted, and so needs to know only where keys, strings, comments and brackets begin and
end (TOML 1.0, sections "Keys", "String", "Array", "Inline Table").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NoReturn

from regesta.errors import RegestaError

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN_VALUE = re.compile(r"[^,\]}\r\n#]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"((?:[^"\\]|\\.)*)"'),
    re.compile(r"'([^']*)'"),
)
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([btnfr"\\]))')
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line, from 1, on which each table, key and list item of `text` begins.

    A path is what leads to the value in what `tomllib.loads` returns: `("site", "menu", 0, "label")`. `text`
    must be TOML that `tomllib` has accepted; for other text RegestaError is raised or the lines are wrong.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    """One walk over the text; `at` is where it stands, `lines` what it has found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]` and return the path of the table that it opens."""
        start, in_list = self.at, self._peek("[[")
        self._advance(2 if in_list else 1)
        path = self._resolve(self._key())
        self._advance(2 if in_list else 1)
        if in_list:
            index = self._counts.get(path, 0)
            self._counts[path] = index + 1
            self._note(path, start)
            path = (*path, index)
        self._note(path, start)
        return path

    def _resolve(self, key: tuple[str, ...]) -> KeyPath:
        """Return the path of a header's key: in a list of tables the last one is meant."""
        path: KeyPath = ()
        for depth, part in enumerate(key):
            path = (*path, part)
            if path in self._counts and depth < len(key) - 1:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        start, key = self.at, self._key()
        for depth in range(1, len(key) + 1):
            self._note((*table, *key[:depth]), start)
        self._advance(1)  # the equals sign
        self._skip(_SPACE)
        self._value((*table, *key))

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            parts.append(self._key_part())
            self._skip(_SPACE)
            if not self._peek("."):
                return tuple(parts)
            self._advance(1)

    def _key_part(self) -> str:
        if self._peek('"'):
            return _ESCAPE.sub(_unescape, self._take(_STRINGS[2]).group(1))
        if self._peek("'"):
            return self._take(_STRINGS[3]).group(1)
        return self._take(_BARE_KEY).group()

    def _value(self, path: KeyPath) -> None:
        if self._peek("["):
            self._sequence("]", lambda index: self._item((*path, index)))
        elif self._peek("{"):
            self._sequence("}", lambda _: self._pair(path))
        elif self._peek('"') or self._peek("'"):
            self._string()
        else:
            self._skip(_PLAIN_VALUE)

    def _item(self, path: KeyPath) -> None:
        self._note(path, self.at)
        self._value(path)

    def _sequence(self, closing: str, element: Callable[[int], None]) -> None:
        """Read an array or an inline table up to its closing bracket; `element` reads one part."""
        self._advance(1)
        self._skip(_BLANK)
        index = 0
        while not self._peek(closing):
            before = self.at
            element(index)
            if self.at == before:
                self._give_up()
            index += 1
            self._skip(_BLANK)
            if self._peek(","):
                self._advance(1)
                self._skip(_BLANK)
        self._advance(1)

    def _string(self) -> None:
        for kind in _STRINGS:
            found = kind.match(self.text, self.at)
            if found:
                self.at = found.end()
                return
        self._give_up()

    def _note(self, path: KeyPath, start: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, start) + 1)

    def _peek(self, expected: str) -> bool:
        return self.text.startswith(expected, self.at)

    def _advance(self, count: int) -> None:
        self.at += count
        if self.at > len(self.text):
            self._give_up()

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self.at = self._take(pattern).end()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.at)
        if found is None:
            self._give_up()
        self.at = found.end()
        return found

    def _give_up(self) -> NoReturn:
        raise RegestaError(f"The scanner for TOML keys lost its way at character {self.at}.", "Please report this.")


def _unescape(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    return _ESCAPED[letter] if letter else chr(int(short or long, 16))
