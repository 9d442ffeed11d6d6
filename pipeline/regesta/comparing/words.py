"""Words: two texts word by word, by the fewest words taken out and put in.

E. W. Myers, An O(ND) Difference Algorithm and Its Variations (Algorithmica 1, 1986), between runs of words that occur
once in both texts. The work is bounded: a passage that has next to nothing in common is told as replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_RUN = 3
_LONG = 2_000
"""Texts of more words are parted first."""

_MOST = 1_000
"""So many words taken out and put in are looked for within one passage, at most."""


@dataclass(frozen=True)
class Passage:
    """Words that are in both texts (`sign` " "), in the old one only ("-"), or in the new one only ("+")."""

    sign: str
    words: tuple[str, ...]


def passages(old: Sequence[str], new: Sequence[str]) -> list[Passage]:
    """Return both texts in one: the words with "-" or " " are the old one, those with "+" or " " the new one."""
    found: list[tuple[str, str]] = list(_compared(old, new))
    ordered: list[Passage] = []
    for same, group in groupby(found, key=lambda row: row[0] == " "):
        rows = list(group)
        for sign in " " if same else "-+":
            words = tuple(word for mark, word in rows if mark == sign)
            if words:
                ordered.append(Passage(sign, words))
    return ordered


_Row = tuple[str, str]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[_Row]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((" ", word) for word in old[:start])
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end])
    yield from ((" ", word) for word in old[len(old) - end :])


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[_Row]:
    if not old or not new:
        yield from _replaced(old, new)
    elif len(old) + len(new) <= _LONG:
        yield from _fewest(old, new)
    else:
        anchors = _anchors(old, new)
        if not anchors:
            yield from _fewest(old, new)
            return
        last = (0, 0)
        for place in [*anchors, (len(old), len(new))]:
            if place[0] < last[0] or place[1] < last[1]:
                continue
            part = old[last[0] : place[0]], new[last[1] : place[1]]
            yield from _compared(*part) if len(part[0]) + len(part[1]) < len(old) + len(new) else _fewest(*part)
            at_end = place == (len(old), len(new))
            if not at_end:
                yield from ((" ", word) for word in old[place[0] : place[0] + _RUN])
            last = (place[0] + _RUN, place[1] + _RUN)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[_Row]:
    yield from (("-", word) for word in old)
    yield from (("+", word) for word in new)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return where runs of words stand that are once in each text, as many as are in the same order in both."""
    runs = [[tuple(text[at : at + _RUN]) for at in range(len(text) - _RUN + 1)] for text in (old, new)]
    once = [{run for run, count in Counter(each).items() if count == 1} for each in runs]
    places = {run: at for at, run in enumerate(runs[1])}
    pairs = [(at, places[run]) for at, run in enumerate(runs[0]) if run in once[0] and run in once[1]]
    return _ascending(pairs)


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest part of the pairs in which the second numbers ascend as the first ones do."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_first, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            last.append(number)
        else:
            tails[at], last[at] = second, number
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _fewest(old: Sequence[str], new: Sequence[str]) -> Iterator[_Row]:
    """Yield the texts with the fewest words taken out and put in, or all replaced when these are too many."""
    trace: list[dict[int, int]] = []
    reached = {1: 0}
    for steps in range(min(len(old) + len(new), _MOST) + 1):
        trace.append(dict(reached))
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (
                diagonal != steps and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
            )
            x = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            while x < len(old) and 0 <= x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            reached[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                yield from reversed(list(_back(old, new, trace)))
                return
    yield from _replaced(old, new)


def _back(old: Sequence[str], new: Sequence[str], trace: Sequence[dict[int, int]]) -> Iterator[_Row]:
    x, y = len(old), len(new)
    for steps in range(len(trace) - 1, -1, -1):
        reached, diagonal = trace[steps], x - y
        down = diagonal == -steps or (
            diagonal != steps and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
        )
        before = diagonal + 1 if down else diagonal - 1
        at_x = reached[before] if steps else 0
        at_y = at_x - before if steps else 0
        while x > at_x and y > at_y:
            x, y = x - 1, y - 1
            yield " ", old[x]
        if steps:
            yield ("+", new[at_y]) if down else ("-", old[at_x])
        x, y = at_x, at_y
