"""Whole numbers as short text: the index is read by a script, which takes text faster than lists of numbers.

A number below 61 is one character, one below 1,891 two. The 91 characters are those of ASCII that need no escape in a
script, "#" to "~" without the backslash.
"""

from __future__ import annotations

DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
LAST, MORE = 61, 30
"""A digit below LAST ends a number; another adds its excess over LAST and counts the rest by MORE."""

_KNOWN = 4096


def _spell(number: int) -> bytes:
    spelt = bytearray()
    while number >= LAST:
        number -= LAST
        spelt += DIGITS[LAST + number % MORE].encode()
        number //= MORE
    return bytes(spelt) + DIGITS[number].encode()


_SPELT = tuple(map(_spell, range(_KNOWN)))


def spell(number: int) -> bytes:
    """Return the number, which is not negative, as ASCII."""
    return _SPELT[number] if number < _KNOWN else _spell(number)


def read(text: str) -> list[int]:
    """Return the numbers in a text; as `assets/engine.js` reads them."""
    found: list[int] = []
    total, weight = 0, 1
    for char in text:
        digit = DIGITS.index(char)
        if digit < LAST:
            found.append(total + weight * digit)
            total, weight = 0, 1
        else:
            total += weight * digit
            weight *= MORE
    return found
