"""Words as the search knows them: the same in the index and in a reader's query.

`assets/words.js` does to a query what `words` does to a text; the ranges of characters travel to it in the
manifest, so that they stand here only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

IGNORED = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x0300, 0x036F),  # diacritics of Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew accents and points, but not the maqaf, which divides words
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Arabic marks, and tatweel
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x200C, 0x200F),  # joiners and marks of direction
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x2069),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)
"""Characters that make no difference. Vowel signs of Indic scripts are not among them, nor the marks that
tell か from が: there they make another letter."""

UNSPACED = (
    (0x1100, 0x11FF),  # Hangul letters
    (0x3005, 0x3007),
    (0x3031, 0x3035),
    (0x303B, 0x303C),
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x3105, 0x312F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Scripts whose words stand together or take endings: pairs of characters are sought instead of words."""

LONGEST = 60
"""So many characters of a word count; longer ones are no words of a language."""


def _character_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_UNSPACED_CLASS = _character_class(UNSPACED)
_RUNS = re.compile(f"([{_UNSPACED_CLASS}]+)|[^{_UNSPACED_CLASS}]+")


class _Translation(dict[int, str | None]):
    """What becomes of a code point, found when it is first met: kept, ignored, or a space between words."""

    def __missing__(self, point: int) -> str | None:
        if any(first <= point <= last for first, last in IGNORED):
            self[point] = None
        else:
            char = chr(point)
            self[point] = char if unicodedata.category(char)[0] in "LNM" else " "
        return self[point]


_translation = _Translation()


_SHORT_I = re.compile("([Ии])\u0306")


def fold(text: str) -> str:
    """Return the text without case, diacritics, compatibility forms and punctuation, words divided by spaces.

    Case goes by way of capitals (so that ß meets ss), as JavaScript has no case folding. Й is a letter of its own, by
    which Russian words are inflected.
    """
    letters = _SHORT_I.sub(_letter, unicodedata.normalize("NFKD", text)).translate(_translation)
    return unicodedata.normalize("NFC", letters.upper().lower().replace("ς", "σ"))


def _letter(found: re.Match[str]) -> str:
    return "Й" if found[1] == "И" else "й"


def words(text: str) -> Iterator[str]:
    """Yield the words of the text; of an unspaced run each pair of neighbours, and its last character alone.

    So a single character, too, is found as the beginning of a pair or as a run's end.
    """
    for word in fold(text).split():
        for run in _RUNS.finditer(word):
            chars = run[0]
            if run[1] is None:
                yield chars[:LONGEST]
            else:
                yield from (chars[at : at + 2] for at in range(len(chars) - 1))
                yield chars[-1]


_COMPOUND = re.compile(r"[^\W\d_]+(?:['’ʼ‘`´‐‑-][^\W\d_]+)+")


def compounds(text: str) -> Iterator[str]:
    """Yield the words that hyphens or apostrophes join, as one word each: so that Pilgyu finds P’il-gyu."""
    for found in _COMPOUND.finditer(text):
        joined = fold(re.sub(r"[\W_]", "", found[0]))
        if joined and not _RUNS.match(joined)[1]:  # type: ignore[index]  # the pattern matches every text
            yield joined[:LONGEST]
