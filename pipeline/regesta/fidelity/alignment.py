"""Aligns two texts that differ: what they share in order, what was changed, what only one has.

The work is bounded for any input. First long stretches that occur once are found by their beginnings and
kept in the longest common order (patience, with blocks as rsync takes them); what lies between is aligned
word by word with the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm" (1986), within a
budget; and between two words by their common ends. Letters are compared as `folding` folds them, so that
another normal form, case or quotation mark is a change and no loss.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, takewhile

from regesta.fidelity.folding import Folded

_ANCHOR_LENGTHS = (32, 12)  # characters; the second serves what lies between the anchors of the first
_REACH = 64  # characters by which the edge of a gap may move to stand between words
_LEAF = 32  # characters; so few are compared one by one
_BUDGET = 1_500_000  # steps of the word alignment for one text: about a second
_EDITS = 800  # words that may differ within one gap


class Kind(Enum):
    """What a span of two aligned texts is."""

    SAME = "same"
    CHANGED = "changed"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start`–`end` of the source beside `page_start`–`page_end` of the page."""

    kind: Kind
    start: int
    end: int
    page_start: int
    page_end: int


@dataclass(frozen=True, slots=True)
class _Block:
    """`length` characters from `a` of one text that are those from `b` of the other."""

    a: int
    b: int
    length: int

    @property
    def a_end(self) -> int:
        return self.a + self.length

    @property
    def b_end(self) -> int:
        return self.b + self.length


@dataclass(frozen=True, slots=True)
class Gap:
    """The characters `a`–`a_end` of one text and `b`–`b_end` of the other."""

    a: int
    a_end: int
    b: int
    b_end: int

    @property
    def is_replacement(self) -> bool:
        """Tell whether both texts have something here."""
        return self.a < self.a_end and self.b < self.b_end


def align(source: Folded, page: Folded) -> list[Span]:
    """Return spans that cover both texts completely and in order."""
    blocks = _by_anchors(source.text, page.text)
    blocks = _between_words(blocks, source, page)
    budget = [_BUDGET]
    refined: list[_Block] = []
    for gap, block in _gaps(blocks, len(source.text), len(page.text)):
        if gap.is_replacement:
            refined += _by_words(gap, source, page, budget)
        if block is not None:
            refined.append(block)
    refined = _slide(_merge(refined), source, page)
    return list(_spans(refined, source, page))


# ── long stretches ──────────────────────────────────────────────────────────────────────────────────────────


def _by_anchors(a: str, b: str) -> list[_Block]:
    """Return blocks in the order of both texts: their common ends, and long stretches between."""
    blocks = _common_ends(a, b, Gap(0, len(a), 0, len(b)))
    for length in _ANCHOR_LENGTHS:
        finer: list[_Block] = []
        for gap, block in _gaps(blocks, len(a), len(b)):
            if gap.is_replacement:
                finer += _anchored(a, b, gap, length)
            if block is not None:
                finer.append(block)
        blocks = finer
    return _merge(blocks)


def _common_ends(a: str, b: str, gap: Gap) -> list[_Block]:
    head = common_prefix(a, b, gap)
    tail = _common_suffix(a, b, Gap(gap.a + head, gap.a_end, gap.b + head, gap.b_end))
    blocks = (_Block(gap.a, gap.b, head), _Block(gap.a_end - tail, gap.b_end - tail, tail))
    return [block for block in blocks if block.length]


def _anchored(a: str, b: str, gap: Gap, length: int) -> list[_Block]:
    """Return the stretches of the gap that begin with a block found once, in the longest common order."""
    places: dict[str, int] = {}
    for i in range(gap.a, gap.a_end - length + 1, length):
        gram = a[i : i + length]
        places[gram] = -1 if gram in places else i
    if not places:
        return []
    pairs = [(i, j) for j in range(gap.b, gap.b_end - length + 1) if (i := places.get(b[j : j + length], -1)) >= 0]
    blocks: list[_Block] = []
    a_from, b_from = gap.a, gap.b
    for i, j in _longest_rising(pairs):
        if i < a_from or j < b_from:
            continue
        before = _common_suffix(a, b, Gap(a_from, i, b_from, j))
        after = common_prefix(a, b, Gap(i, gap.a_end, j, gap.b_end))
        blocks.append(_Block(i - before, j - before, before + after))
        a_from, b_from = i + after, j + after
    return blocks


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection that rises in both numbers of pairs sorted by the second."""
    tops: list[int] = []  # for each length, the smallest first number that ends a selection of that length
    ends: list[int] = []
    previous: list[int] = []
    for index, (i, _) in enumerate(pairs):
        length = bisect_left(tops, i)
        previous.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(i)
            ends.append(index)
        else:
            tops[length] = i
            ends[length] = index
    chosen: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = previous[index]
    return chosen[::-1]


def common_prefix(a: str, b: str, gap: Gap) -> int:
    """Return how many characters at the beginning of the two stretches are the same."""
    limit = min(gap.a_end - gap.a, gap.b_end - gap.b)
    shared, step = 0, 16
    while shared < limit:
        step = min(step, limit - shared)
        i, j = gap.a + shared, gap.b + shared
        if a[i : i + step] == b[j : j + step]:
            shared += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return shared


def _common_suffix(a: str, b: str, gap: Gap) -> int:
    limit = min(gap.a_end - gap.a, gap.b_end - gap.b)
    shared, step = 0, 16
    while shared < limit:
        step = min(step, limit - shared)
        i, j = gap.a_end - shared, gap.b_end - shared
        if a[i - step : i] == b[j - step : j]:
            shared += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return shared


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _between_words(blocks: list[_Block], source: Folded, page: Folded) -> list[_Block]:
    """Draw back the edges of blocks beside a replacement until both texts have the edge of a word there.

    Otherwise chance letters that two different words share would hide where one of them went.
    """
    firsts = [gap.is_replacement for gap, _ in _gaps(blocks, len(source.text), len(page.text))]
    drawn: list[_Block] = []
    for index, block in enumerate(blocks):
        start, end = 0, block.length
        if firsts[index]:
            forth = range(min(_REACH, end) + 1)
            start = next((n for n in forth if _at_word(block, n, source, page)), start)
        if firsts[index + 1]:
            back = range(end, max(start, end - _REACH) - 1, -1)
            end = next((n for n in back if _at_word(block, n, source, page)), end)
        drawn.append(_Block(block.a + start, block.b + start, end - start))
    return [block for block in drawn if block.length > 0]


def _at_word(block: _Block, offset: int, source: Folded, page: Folded) -> bool:
    return source.is_word_edge(block.a + offset) and page.is_word_edge(block.b + offset)


def _by_words(gap: Gap, source: Folded, page: Folded, budget: list[int]) -> list[_Block]:
    """Return blocks within the gap: equal words, and the equal ends of what stands between them."""
    if source.text[gap.a : gap.a_end] == page.text[gap.b : gap.b_end]:
        return [_Block(gap.a, gap.b, gap.a_end - gap.a)]
    a_cuts, b_cuts = source.cuts(gap.a, gap.a_end), page.cuts(gap.b, gap.b_end)
    a_words = [source.text[i:k] for i, k in pairwise(a_cuts)]
    b_words = [page.text[i:k] for i, k in pairwise(b_cuts)]
    pairs = _common_words(a_words, b_words, budget)
    equal = _merge([_Block(a_cuts[i], b_cuts[j], len(a_words[i])) for i, j in pairs])
    blocks: list[_Block] = []
    inner = Gap(gap.a, 0, gap.b, 0)
    for block in [*equal, _Block(gap.a_end, gap.b_end, 0)]:
        inner = Gap(inner.a, block.a, inner.b, block.b)
        if inner.is_replacement:
            for pair in _word_by_word(inner, source, page):
                blocks += _within_word(source.text, page.text, pair)
        blocks.append(block)
        inner = Gap(block.a_end, 0, block.b_end, 0)
    return blocks


def _word_by_word(gap: Gap, source: Folded, page: Folded) -> list[Gap]:
    """Return the gap in pairs of words if both sides have as many, else as it is."""
    a_cuts, b_cuts = source.cuts(gap.a, gap.a_end), page.cuts(gap.b, gap.b_end)
    if len(a_cuts) != len(b_cuts):
        return [gap]
    return [Gap(*a, *b) for a, b in zip(pairwise(a_cuts), pairwise(b_cuts), strict=True)]


def _within_word(a: str, b: str, gap: Gap) -> list[_Block]:
    """Return the common ends of two stretches, if together they are most of the shorter one."""
    blocks = _common_ends(a, b, gap)
    shared = sum(block.length for block in blocks)
    return blocks if 2 * shared >= min(gap.a_end - gap.a, gap.b_end - gap.b) else []


def _common_words(a: list[str], b: list[str], budget: list[int]) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence; none if the words differ too much or too long.

    `budget` holds the steps that are left for the whole text.
    """
    if abs(len(a) - len(b)) > _EDITS:
        return []
    reached = {1: 0}  # diagonal → how far along `a` the furthest path on it has come
    trail: list[dict[int, int]] = []
    for edits in range(min(len(a) + len(b), _EDITS) + 1):
        trail.append(reached.copy())
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
            i = start = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            j = i - diagonal
            while i < len(a) and j < len(b) and a[i] == b[j]:
                i += 1
                j += 1
            reached[diagonal] = i
            budget[0] -= 1 + i - start
            if i >= len(a) and j >= len(b):
                return _walk_back(trail, len(a), len(b))
            if budget[0] < 0:
                return []
    return []


def _walk_back(trail: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        reached = trail[edits]
        diagonal = i - j
        down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        i_before = reached[before] if edits else 0
        j_before = i_before - before if edits else 0
        while i > i_before and j > j_before and i > 0 and j > 0:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        i, j = i_before, j_before
    return pairs[::-1]


# ── order and cover ─────────────────────────────────────────────────────────────────────────────────────────


def _gaps(blocks: list[_Block], a_end: int, b_end: int) -> Iterator[tuple[Gap, _Block | None]]:
    """Yield what lies before each block with the block, and last what lies behind them all with None."""
    a = b = 0
    for block in blocks:
        yield Gap(a, block.a, b, block.b), block
        a, b = block.a_end, block.b_end
    yield Gap(a, a_end, b, b_end), None


def _merge(blocks: list[_Block]) -> list[_Block]:
    merged: list[_Block] = []
    for block in blocks:
        if not block.length:
            continue
        last = merged[-1] if merged else None
        if last and last.a_end == block.a and last.b_end == block.b:
            merged[-1] = _Block(last.a, last.b, last.length + block.length)
        else:
            merged.append(block)
    return merged


def _slide(blocks: list[_Block], source: Folded, page: Folded) -> list[_Block]:
    """Shift what only one text has to where whole words stand: "the [the] thing", not "th[e th]e thing"."""
    slid = blocks[:1]
    for block in blocks[1:]:
        last = slid[-1]
        by = _shift(last, block, source, page)
        slid[-1] = _Block(last.a, last.b, last.length - by)
        slid.append(_Block(block.a - by, block.b - by, block.length + by))
    return [block for block in slid if block.length]


def _shift(last: _Block, block: _Block, source: Folded, page: Folded) -> int:
    """Return by how much to move to the left what one text alone has between the blocks.

    Of the places where it may stand as well, that with most word edges is the best, and the nearest of these.
    """
    if last.a_end == block.a:
        text, start, end = page.text, last.b_end, block.b
    elif last.b_end == block.b:
        text, start, end = source.text, last.a_end, block.a
    else:
        return 0
    reach = end - start + _REACH
    left = takewhile(lambda by: text[start - by] == text[end - by], range(1, min(last.length, reach) + 1))
    right = takewhile(lambda by: text[start + by - 1] == text[end + by - 1], range(1, min(block.length, reach) + 1))
    return max(
        (0, *left, *(-by for by in right)),
        key=lambda by: (
            source.is_word_edge(last.a_end - by)
            + source.is_word_edge(block.a - by)
            + page.is_word_edge(last.b_end - by)
            + page.is_word_edge(block.b - by),
            -abs(by),
        ),
    )


def _spans(blocks: list[_Block], source: Folded, page: Folded) -> Iterator[Span]:
    """Turn blocks of folded text into spans of the texts as they are."""
    a = b = 0
    for block in blocks:
        for kind, start, end, page_start, page_end in _unfold(block, source, page):
            if a < start or b < page_start:
                yield Span(Kind.GAP, a, start, b, page_start)
            yield Span(kind, start, end, page_start, page_end)
            a, b = end, page_end
    if a < source.size or b < page.size:
        yield Span(Kind.GAP, a, source.size, b, page.size)


def _unfold(block: _Block, source: Folded, page: Folded) -> Iterator[tuple[Kind, int, int, int, int]]:
    """Yield the stretches of a block that are the same in the texts as they are, and those that are changed."""
    start: tuple[int, int] | None = None
    last, kind = (0, 0), Kind.SAME
    for cut in _common_cuts(block, source, page):
        if start is not None:
            equal = source.original[last[0] : cut[0]] == page.original[last[1] : cut[1]]
            this = Kind.SAME if equal else Kind.CHANGED
            if this is not kind and last != start:
                yield kind, start[0], last[0], start[1], last[1]
                start = last
            kind = this
        start, last = start or cut, cut
    if start is not None and last != start:
        yield kind, start[0], last[0], start[1], last[1]


def _common_cuts(block: _Block, source: Folded, page: Folded) -> Iterator[tuple[int, int]]:
    """Yield, in order, places that begin a character in both original texts, as few as possible between equal ones.

    A place may come twice.
    """
    first = _common_cut(block, 0, source, page)
    last = _common_cut(block, block.length, source, page)
    if first and last and source.original[first[0] : last[0]] == page.original[first[1] : last[1]]:
        yield from (first, last)
        return
    middle = block.length // 2 if block.length > _LEAF else 0
    while 0 < middle < block.length and not _common_cut(block, middle, source, page):
        middle += 1
    if 0 < middle < block.length:
        yield from _common_cuts(_Block(block.a, block.b, middle), source, page)
        yield from _common_cuts(_Block(block.a + middle, block.b + middle, block.length - middle), source, page)
    else:
        yield from (cut for n in range(block.length + 1) if (cut := _common_cut(block, n, source, page)))


def _common_cut(block: _Block, offset: int, source: Folded, page: Folded) -> tuple[int, int] | None:
    place, page_place = source.original_place(block.a + offset), page.original_place(block.b + offset)
    return None if place is None or page_place is None else (place, page_place)
