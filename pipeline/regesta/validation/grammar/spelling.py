"""Spelling: which known name a wrong one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_CASE, _TWIN, _SWAP, _LOST, _BESIDE, _OTHER = 0.1, 0.6, 0.7, 0.8, 0.8, 1.0
"""What a slip costs: wrong case, a letter twice, two letters swapped, one lost, the key beside it, any other."""
_KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONGEST = 60


def nearest(wrong: str, known: Iterable[str]) -> list[str]:
    """Return the names that `wrong` may be a slip of, the likeliest first; those as likely in their given order."""
    if len(wrong) > _LONGEST:
        return []
    limit = max(1.0, 0.34 * len(wrong))
    rated = []
    for number, name in enumerate(dict.fromkeys(known)):
        if abs(len(name) - len(wrong)) <= limit / _TWIN:
            cost = distance(wrong, name)
            if cost <= limit and cost < len(name):
                rated.append((round(cost, 3), number, name))
    return [name for _cost, _number, name in sorted(rated)]


def distance(wrong: str, right: str) -> float:
    """Return what the slips cost that lead from `right` to `wrong` (a weighted Damerau–Levenshtein distance)."""
    before: list[float] = []
    row = [_LOST * at for at in range(len(right) + 1)]
    for at, letter in enumerate(wrong):
        above, before_that, before = row, before, row
        row = [above[0] + _OTHER]
        for other, meant in enumerate(right):
            costs = [
                above[other] + _replaced(letter, meant),
                row[other] + _LOST,
                above[other + 1] + (_TWIN if at and letter == wrong[at - 1] else _OTHER),
            ]
            if at and other and letter == right[other - 1] and wrong[at - 1] == meant and letter != meant:
                costs.append(before_that[other - 1] + _SWAP)
            row.append(min(costs))
    return row[-1]


def _replaced(letter: str, meant: str) -> float:
    if letter == meant:
        return 0.0
    if letter.casefold() == meant.casefold():
        return _CASE
    for keys in _KEYS:
        place = keys.find(letter.lower())
        if place >= 0 and meant.lower() in keys[max(place - 1, 0) : place + 2]:
            return _BESIDE
    return _OTHER
