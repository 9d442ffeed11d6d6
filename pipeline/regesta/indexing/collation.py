"""The order of names and the letters under which they stand.

Saxon-HE ignores collation languages, and a locale's order differs from machine to machine: so keys are ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

DIGITS, HAN, OTHER = "0–9", "漢", "#"


def collation_key(text: str) -> str:
    """Return a key that sorts without regard to case, diacritics and leading punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
    return re.sub(r"^[\W_]+", "", letters)


def initial(key: str) -> str:
    """Return the heading for a key: its letter, for Hangul the first consonant, for Han one for all."""
    first = key[:1]
    if first.isdecimal():
        return DIGITS
    if not first.isalpha():
        return OTHER
    if unicodedata.name(first, "").startswith("CJK UNIFIED"):
        return HAN
    return _hangul_letters().get(first, first.upper()[0])


@cache
def _hangul_letters() -> Mapping[str, str]:
    """Return the letter to show for each leading consonant into which NFKD takes Hangul apart."""
    shown = map(chr, range(0x3131, 0x314F))
    return {unicodedata.normalize("NFKD", letter): letter for letter in shown}
