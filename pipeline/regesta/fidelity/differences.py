"""Names what became of the text that source and page do not share in place.

What a source has alone and the page has elsewhere was moved; what stands in its place and looks much alike
was changed; the rest of it is missing. What a page has alone and the source has too is duplicated, anything
else inserted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from regesta.fidelity.alignment import Gap, Kind, Span, common_prefix
from regesta.fidelity.streams import Stream

_MOVED = 8  # characters: the shortest stretch that is taken as moved without being a whole run or word
_REPEATED = 16  # characters: the shortest stretch of an insertion that is taken as a duplicate
_ALIKE = 40  # characters: the longest replacement by as many others that is taken as a change
_WORD = re.compile(r"\w+")


class Fate(StrEnum):
    """What became of text."""

    MISSING = "missing"
    DUPLICATED = "duplicated"
    MOVED = "moved"
    CHANGED = "changed"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Pair:
    """A stream of the source with that of the page; one of them is empty when the other has no counterpart."""

    source: Stream
    page: Stream
    spans: Sequence[Span]


@dataclass(frozen=True)
class Difference:
    """Characters `start`–`end` of `stream`, one of the two of `pair`, and what became of them.

    `place` is where they stand, or should, among the characters of the source. `page_length` tells how many
    characters of the page they became, for what was moved or changed.
    """

    fate: Fate
    pair: Pair
    stream: Stream
    start: int
    end: int
    place: int
    page_length: int = 0


@dataclass(frozen=True)
class _Run:
    """Text that only one side has: `start`–`end` of the stream of that side, at `place` of the source."""

    pair: Pair
    stream: Stream
    start: int
    end: int
    place: int
    gap: int

    @property
    def text(self) -> str:
        return self.stream.characters[self.start : self.end]

    def part(self, start: int, end: int) -> _Run:
        """Return the part between two offsets of the run's own text."""
        place = self.place + start if self.stream is self.pair.source else self.place
        return _Run(self.pair, self.stream, self.start + start, self.start + end, place, self.gap)

    def words(self) -> list[_Run]:
        """Return the words of the run as runs."""
        cuts = [0]
        while cuts[-1] < self.end - self.start:
            end = self.stream.word_around(self.start + cuts[-1])[1]
            cuts.append(min(end, self.end) - self.start)
        return [self.part(a, b) for a, b in pairwise(cuts)]

    def becomes(self, fate: Fate, page_length: int = 0) -> Difference:
        return Difference(fate, self.pair, self.stream, self.start, self.end, self.place, page_length)


def differences(pairs: Sequence[Pair]) -> list[Difference]:
    """Return what became of all that the spans of the pairs do not call the same, no character twice.

    What was moved or changed is told from the side of the source only.
    """
    found = [
        Difference(Fate.CHANGED, pair, pair.source, span.start, span.end, span.start, span.page_end - span.page_start)
        for pair in pairs
        for span in pair.spans
        if span.kind is Kind.CHANGED
    ]
    lost, added = _runs(pairs)
    if lost and added:
        for find in (_equal_runs, _equal_stretches, _left_in_place, _equal_words, _exchanges):
            moved, lost, added = find(lost, added)
            found += [run.becomes(Fate.MOVED, run.end - run.start) for run in moved]
        changed, lost, added = _replacements(lost, added)
        found += [run.becomes(Fate.CHANGED, run.end - run.start) for run in changed]
    found += [run.becomes(Fate.MISSING) for run in lost]
    if added:
        repeats = _Repeats([pair.source for pair in pairs])
        found += [part for run in added for part in repeats.judge(run)]
    return found


def _runs(pairs: Sequence[Pair]) -> tuple[list[_Run], list[_Run]]:
    lost: list[_Run] = []
    added: list[_Run] = []
    gaps = ((pair, span) for pair in pairs for span in pair.spans if span.kind is Kind.GAP)
    for number, (pair, span) in enumerate(gaps):
        if span.start < span.end:
            lost.append(_Run(pair, pair.source, span.start, span.end, span.start, number))
        if span.page_start < span.page_end:
            added.append(_Run(pair, pair.page, span.page_start, span.page_end, span.start, number))
    return lost, added


_Found = tuple[list[_Run], list[_Run], list[_Run]]


def _equal_runs(lost: list[_Run], added: list[_Run]) -> _Found:
    """Pair runs of two or more characters that are the same; return them, and what is left of both sides."""
    waiting: dict[str, list[_Run]] = defaultdict(list)
    for run in reversed(lost):
        if run.end - run.start > 1:
            waiting[run.text].append(run)
    moved: list[_Run] = []
    left: list[_Run] = []
    for run in added:
        if origin := waiting.get(run.text):
            moved.append(origin.pop())
        else:
            left.append(run)
    gone = set(map(id, moved))
    return moved, [run for run in lost if id(run) not in gone], left


def _equal_words(lost: list[_Run], added: list[_Run]) -> _Found:
    """Pair the words of runs. What is left keeps its runs whole where none of their words found a partner."""
    moved, lost_words, added_words = _equal_runs(
        [word for run in lost for word in run.words()], [word for run in added for word in run.words()]
    )
    return moved, _rejoin(lost_words), _rejoin(added_words)


def _rejoin(parts: list[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.gap == part.gap and last.end == part.start:
            joined[-1] = _Run(last.pair, last.stream, last.start, part.end, last.place, last.gap)
        else:
            joined.append(part)
    return joined


def _equal_stretches(lost: list[_Run], added: list[_Run]) -> _Found:
    """Pair stretches within runs, the longest that begin at each place first come first served."""
    index = _Index("\0".join(run.text for run in lost), _MOVED)
    used = bytearray(len(index.text))
    moved_at: list[tuple[int, int]] = []
    left: list[_Run] = []
    for run in added:
        text, start = run.text, 0
        for place, at, length in index.stretches(text, used):
            moved_at.append((at, at + length))
            left += [run.part(start, place)] if start < place else []
            start = place + length
        left += [run.part(start, len(text))] if start < len(text) else []
    moved: list[_Run] = []
    kept: list[_Run] = []
    cuts = sorted(moved_at)
    base = number = 0
    for run in lost:
        done, size = 0, run.end - run.start
        while number < len(cuts) and cuts[number][0] < base + size:
            start, end = cuts[number][0] - base, cuts[number][1] - base
            kept += [run.part(done, start)] if done < start else []
            moved.append(run.part(start, end))
            done, number = end, number + 1
        kept += [run.part(done, size)] if done < size else []
        base += size + 1
    return moved, kept, left


def _left_in_place(lost: list[_Run], added: list[_Run]) -> _Found:
    """Drop what is the same on both sides of a gap, now that what was moved out of it is known."""
    kept = {
        number
        for number, (ours, theirs) in _by_gap(lost, added).items()
        if "".join(run.text for run in ours) != "".join(run.text for run in theirs)
    }
    return [], [run for run in lost if run.gap in kept], [run for run in added if run.gap in kept]


def _by_gap(lost: list[_Run], added: list[_Run]) -> dict[int, tuple[list[_Run], list[_Run]]]:
    sides: dict[int, tuple[list[_Run], list[_Run]]] = defaultdict(lambda: ([], []))
    for run in lost:
        sides[run.gap][0].append(run)
    for run in added:
        sides[run.gap][1].append(run)
    return sides


def _exchanges(lost: list[_Run], added: list[_Run]) -> _Found:
    """Find gaps in which two neighbours changed places; the shorter of them counts as moved."""
    moved: list[_Run] = []
    settled: set[int] = set()
    for number, (ours, theirs) in _by_gap(lost, added).items():
        if len(ours) == len(theirs) == 1 and (place := _exchanged(ours[0].text, theirs[0].text)):
            moved.append(ours[0].part(*place))
            settled.add(number)
    return moved, [run for run in lost if run.gap not in settled], [run for run in added if run.gap not in settled]


def _exchanged(ours: str, theirs: str) -> tuple[int, int] | None:
    """Return where the shorter of two neighbours stands in `ours` that stand the other way round in `theirs`."""
    if len(ours) != len(theirs) or len(ours) > 2 * _ALIKE:
        return None
    whole = Gap(0, len(ours), 0, len(theirs))
    start = common_prefix(ours, theirs, whole)
    end = len(ours) - min(common_prefix(ours[::-1], theirs[::-1], whole), len(ours) - start)
    length = (ours[start:end] * 2).find(theirs[start:end])
    if length <= 0:
        return None
    return (start, start + length) if 2 * length <= end - start else (start + length, end)


def _replacements(lost: list[_Run], added: list[_Run]) -> _Found:
    """Pair what is left of a gap's two sides when it is short and of one length."""
    changed = [
        (ours[0], theirs[0])
        for ours, theirs in _by_gap(lost, added).values()
        if len(ours) == len(theirs) == 1 and len(ours[0].text) == len(theirs[0].text) <= _ALIKE
    ]
    gone = {id(run) for both in changed for run in both}
    return (
        [run for run, _ in changed],
        [run for run in lost if id(run) not in gone],
        [run for run in added if id(run) not in gone],
    )


class _Index:
    """Finds stretches of at least `length` characters (some more in long texts) that a text has too."""

    _STRIDE_FROM = 200_000  # characters from which on only every `length`-th place is indexed
    _ATTEMPTS = 300_000  # comparisons for one text: a second or two
    _CANDIDATES = 4  # places that are tried for each beginning

    def __init__(self, text: str, length: int) -> None:
        self.text = text
        self._attempts = self._ATTEMPTS
        self.length = length
        stride = 1 if len(text) < self._STRIDE_FROM else length
        self._places: dict[str, list[int]] = defaultdict(list)
        for place in range(0, len(text) - length + 1, stride):
            places = self._places[text[place : place + length]]
            if len(places) < self._CANDIDATES:
                places.append(place)

    def stretches(self, other: str, used: bytearray | None = None) -> Iterator[tuple[int, int, int]]:
        """Yield (place in `other`, place in the text, length) of stretches that do not overlap in `other`.

        With `used`, one byte for each character of the text, no character of the text is given twice.
        """
        place = 0
        while place <= len(other) - self.length and self._attempts > 0:
            best, best_at = 0, 0
            for at in self._places.get(other[place : place + self.length], ()):
                self._attempts -= 1
                length = common_prefix(self.text, other, Gap(at, len(self.text), place, len(other)))
                taken = used.find(1, at, at + length) if used is not None else -1
                length = length if taken < 0 else taken - at
                if length > best:
                    best, best_at = length, at
            if best >= self.length:
                yield place, best_at, best
                if used is not None:
                    used[best_at : best_at + best] = b"\1" * best
                place += best
            else:
                place += 1


class _Repeats:
    """Tells whether what only a page has repeats the source."""

    _SEARCHES = 500  # whole-text searches for one document

    def __init__(self, sources: Sequence[Stream]) -> None:
        self._text = "\0".join(stream.characters for stream in sources)
        self._words = {word for stream in sources for word in _WORD.findall(stream.settled)}
        self._searches = 0
        self._index: _Index | None = None

    def judge(self, run: _Run) -> Iterator[Difference]:
        """Yield the run in parts that are duplicated or inserted."""
        text = run.text
        if len(text) < _REPEATED:
            yield run.becomes(Fate.DUPLICATED if self._has_short(run) else Fate.INSERTED)
            return
        if self._index is None:
            self._index = _Index(self._text, _MOVED)
        done = 0
        for start, _, length in self._index.stretches(text):
            if length >= _REPEATED:
                if done < start:
                    yield run.part(done, start).becomes(Fate.INSERTED)
                yield run.part(start, start + length).becomes(Fate.DUPLICATED)
                done = start + length
        if done < len(text):
            yield run.part(done, len(text)).becomes(Fate.INSERTED)

    def _has_short(self, run: _Run) -> bool:
        words = _WORD.findall(run.stream.words(run.start, run.end))
        if not all(word in self._words for word in words):
            return False
        self._searches += 1
        return len(words) == 1 or (self._searches < self._SEARCHES and run.text in self._text)
