"""Characters that are no letters of the text: control, private, invisible and lost ones, mixed forms, look-alikes.

They are looked for in the file as it is written, so that line and column are exact; comments are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from regesta import positions, rules
from regesta.findings import Finding, Place
from regesta.reading import ParsedFile

_ODD = re.compile(
    "(?P<control>[\x7f-\x84\x86-\x9f])"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010fffd])"
    "|(?P<replacement>\ufffd)"
    "|(?P<invisible>[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    "|(?P<reference>&#(?:x[0-9A-Fa-f]+|[0-9]+);)"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BEYOND_LATIN_1 = re.compile("[\x7f-\x9f\u0300-\uffff\U00010000-\U0010ffff]")
_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]|[\u1100-\u1112][\u1161-\u1175]")
_LATIN, _CYRILLIC, _GREEK = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f", "\u0400-\u04ff", "\u0370-\u03ff"
_TWO_SCRIPTS = re.compile(
    f"[{_LATIN}][{_CYRILLIC}{_GREEK}]|[{_CYRILLIC}][{_LATIN}{_GREEK}]|[{_GREEK}][{_LATIN}{_CYRILLIC}]"
)
_LETTERS = re.compile(f"[{_LATIN}{_CYRILLIC}{_GREEK}]+")
_TWINS = {
    "LATIN": frozenset("ABCEHIJKMOPSTXYZaceijkmnopstuvxyäëïöüÄËÏÖÜ"),
    "CYRILLIC": frozenset("АВЕЅІЈКМНОРСТХУаеосрхуіјѕтпигкмв"),
    "GREEK": frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρυ"),
}
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


def check(parsed: ParsedFile) -> Iterator[Finding]:
    """Yield the odd characters of the file, one finding a kind and character, at the first of them."""
    if parsed.text.isascii() and "&#" not in parsed.text:
        return
    file = _File(parsed)
    yield from _odd(file)
    if _BEYOND_LATIN_1.search(parsed.text):
        yield from _mixed_forms(file)
        yield from _lookalikes(file)


class _File:
    """The text of a file, the places in it, and where its comments are, found out when they are wanted."""

    def __init__(self, parsed: ParsedFile) -> None:
        self.parsed = parsed
        self.text = parsed.text
        self._comments: list[tuple[int, int]] | None = None

    def in_comment(self, offset: int) -> bool:
        """Return whether the character at `offset` stands in a comment."""
        if self._comments is None:
            self._comments = [found.span() for found in _COMMENT.finditer(self.text)]
        number = bisect_right(self._comments, (offset, len(self.text))) - 1
        return number >= 0 and offset < self._comments[number][1]

    def place(self, offset: int) -> Place:
        """Return the place of the character at `offset`."""
        before = positions.split_lines(self.text[:offset])
        return positions.place(self.parsed.path, self.parsed.lines, len(before), len(before[-1]) + 1)


def local(parsed: ParsedFile, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Place]]:
    """Yield what `pattern` finds in the file outside comments, with its place."""
    file: _File | None = None
    for found in pattern.finditer(parsed.text):
        file = file or _File(parsed)
        if not file.in_comment(found.start()):
            yield found, file.place(found.start())


_RULES = {
    "control": "character-control",
    "invisible": "character-invisible",
    "private": "character-private",
    "replacement": "character-replacement",
}


def _odd(file: _File) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str], int] = {}
    for found in _ODD.finditer(file.text):
        kind, character = found.lastgroup or "", found.group()
        if kind == "reference":
            character = _referred(character)
            real = _ODD.fullmatch(character) if character else None
            kind = (real.lastgroup or "") if real else ""
        if not kind or file.in_comment(found.start()):
            continue
        first.setdefault((kind, character), found.start())
        counts[kind, character] = counts.get((kind, character), 0) + 1
    for (kind, character), offset in first.items():
        if kind == "invisible" and character in _DIRECTION and _RIGHT_TO_LEFT.search(file.text):
            continue
        yield rules.finding(
            _RULES[kind], file.place(offset), character=_named(character), count=counts[kind, character]
        )


def _referred(reference: str) -> str:
    digits = reference[2:-1]
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return chr(code) if code <= 0x10FFFF else ""


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def _mixed_forms(file: _File) -> Iterator[Finding]:
    """Yield one finding where some letters are decomposed and others, which could be, are not."""
    if unicodedata.is_normalized("NFC", file.text):
        return
    apart = [found for found in _COMBINED.finditer(file.text) if len(unicodedata.normalize("NFC", found.group())) == 1]
    apart = [found for found in apart if not file.in_comment(found.start())]
    together = next((each for each in file.text if each >= "\u00c0" and _splits(each)), "")
    if apart and together:
        example = unicodedata.normalize("NFC", apart[0].group())
        yield rules.finding(
            "normal-forms-mixed",
            file.place(apart[0].start()),
            example=example,
            code=" ".join(f"U+{ord(each):04X}" for each in apart[0].group()),
            other=together,
            count=len(apart),
        )


def _splits(character: str) -> bool:
    decomposed = unicodedata.normalize("NFD", character)
    return len(decomposed) > 1 and unicodedata.normalize("NFC", decomposed) == character


def _lookalikes(file: _File) -> Iterator[Finding]:
    """Yield a finding for each word with a few letters of another script that look like those of its own."""
    told: set[str] = set()
    for seam in _TWO_SCRIPTS.finditer(file.text):
        start, end = _word(file.text, seam.start())
        word = file.text[start:end]
        if word in told or file.in_comment(start):
            continue
        told.add(word)
        scripts = [_script(letter) for letter in word]
        strange = min(sorted(set(scripts)), key=lambda script: (scripts.count(script), scripts.index(script) == 0))
        letters = [letter for letter, script in zip(word, scripts, strict=True) if script == strange]
        if len(set(scripts)) == 2 and all(letter in _TWINS[strange] for letter in letters):
            at = start + scripts.index(strange)
            yield rules.finding(
                "letters-of-two-scripts",
                file.place(at),
                word=word,
                letters=", ".join(dict.fromkeys(_named(letter) for letter in letters)),
            )


def _word(text: str, offset: int) -> tuple[int, int]:
    found = _LETTERS.match(text, offset)
    end = found.end() if found else offset + 1
    start = offset
    while start and _LETTERS.match(text[start - 1]):
        start -= 1
    return start, end


def _script(letter: str) -> str:
    return "CYRILLIC" if "\u0400" <= letter <= "\u04ff" else "GREEK" if "\u0370" <= letter <= "\u03ff" else "LATIN"
