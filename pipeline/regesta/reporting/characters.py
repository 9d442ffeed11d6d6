"""Characters on a terminal: which can be printed, how many columns they take, and where lines may break.

A terminal shows East Asian wide characters in two columns and combining ones in none (Unicode Standard Annex 11).
Where it reorders characters (right-to-left scripts) or joins them (emoji), no column can be relied on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Controls would steer the terminal, directional formatting would disguise what follows; a lone surrogate cannot be
# written at all.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile("[\t\n\r]")
_REORDERED = frozenset({"R", "AL", "AN"})
_JOINED = re.compile("[\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_PLAIN = re.compile("[ -~]*")
_HANGUL_INSIDE_A_SYLLABLE = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


def printable(text: str) -> str:
    """Return `text` on one line with what cannot be shown replaced, character for character."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _SPACE.sub(" ", text))


def cells(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return len(text) if _PLAIN.fullmatch(text) else sum(map(_cells, text))


def has_sure_columns(text: str) -> bool:
    """Say whether the columns of `text` can be told: not if a terminal would reorder or join its characters."""
    if _PLAIN.fullmatch(text):
        return True
    return not _JOINED.search(text) and not any(unicodedata.bidirectional(each) in _REORDERED for each in text)


def wrap(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` columns, broken at spaces, or within a word that is too long."""
    lines = [""]
    for word in _pieces(text, width):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def window(text: str, caret: int, width: int) -> tuple[str, int]:
    """Return the part of `text` around `caret` that fits into `width` columns, and where the caret is in it.

    Ellipses stand where something is left out. `caret` counts characters from 1; 0 means that there is none.
    """
    if cells(text) <= width:
        return text, caret
    first = 0
    while cells(text[first : max(caret - 1, 0)]) > width * 2 // 3:
        first += 1
    before = "…" if first else ""
    last, taken = first, len(before) + 1
    while last < len(text) and taken + _cells(text[last]) <= width:
        taken += _cells(text[last])
        last += 1
    after = "…" if last < len(text) else ""
    return before + text[first:last] + after, caret - first + len(before) if caret else 0


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if _HANGUL_INSIDE_A_SYLLABLE.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of `text`, those wider than `width` in pieces."""
    for word in text.split():
        piece = ""
        for character in word if cells(word) > width else [word]:
            if piece and cells(piece) + cells(character) > width:
                yield piece
                piece = ""
            piece += character
        yield piece
