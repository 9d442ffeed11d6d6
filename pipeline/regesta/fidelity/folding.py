"""Folds letters for comparison: other normal forms, letter cases, quotation marks and dashes become alike.

What is alike when folded but not in the text as it is was changed on the way; what is not even alike was
lost.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from regesta.fidelity.boundaries import UNSPACED

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʹʼ`´′‹›", "'"),
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)


@dataclass(frozen=True)
class Folded:
    """A text for comparison.

    `original` holds its characters, `text` the folded ones; `origins` gives for each folded character, and
    for the end, the place of its original character, or is None where the places are the same. `word_edges`
    are the folded places where a word begins, with the end as the last.
    """

    original: str
    text: str
    origins: array[int] | None
    word_edges: array[int]

    @property
    def size(self) -> int:
        """The number of original characters."""
        return len(self.original)

    @cached_property
    def _edges(self) -> frozenset[int]:
        return frozenset(self.word_edges)

    def is_word_edge(self, place: int) -> bool:
        """Tell whether a word begins or the text ends at this folded place."""
        return place in self._edges

    def cuts(self, start: int, end: int) -> list[int]:
        """Return `start`, the beginnings of words between, and `end`."""
        inner = self.word_edges[bisect_right(self.word_edges, start) : bisect_left(self.word_edges, end)]
        return [start, *inner, end]

    def original_place(self, place: int) -> int | None:
        """Return where the original character of a folded place begins; None if none begins there."""
        if self.origins is None:
            return place
        origin = self.origins[place]
        return origin if place == 0 or origin != self.origins[place - 1] else None


def fold(characters: str, joints: Iterable[int]) -> Folded:
    """Return a text, given as its characters and the places between its words, folded for comparison.

    Characters of scripts written without spaces are words of their own.
    """
    cuts = {0, len(characters), *joints}
    for character in UNSPACED.finditer(characters):
        cuts |= {character.start(), character.end()}
    edges = array("L", sorted(cuts))
    if characters.isascii():
        return Folded(characters, characters.lower(), None, edges)
    starts = [n for n, character in enumerate(characters) if not unicodedata.combining(character) or not n]
    ends = [*starts[1:], len(characters)]
    pieces = [_fold_cluster(characters[i:k]) for i, k in zip(starts, ends, strict=True)]
    text = "".join(pieces)
    if len(starts) == len(characters) == len(text):
        return Folded(characters, text, None, edges)
    origins = array("L")
    for start, piece in zip(starts, pieces, strict=True):
        origins.extend([start] * len(piece))
    origins.append(len(characters))
    return Folded(characters, text, origins, array("L", (bisect_left(origins, edge) for edge in edges)))


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    """Return a character with its combining marks in compatibility form and lower case, never empty."""
    return unicodedata.normalize("NFKD", cluster.translate(_LOOKALIKES)).casefold().translate(_LOOKALIKES)
