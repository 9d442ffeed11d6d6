"""The streams of text that are compared: those of a source (`source_streams`), and those of its page (`page_streams`).

The text of a document is what stands within its TEI `text`: one main stream, and one stream for each note that the
page shows away from its place. In the main stream a call stands for such a note; a note within a displaced note may
be displaced in its turn. What a document has beside its text (`standOff`, `sourceDoc`, `facsimile`) is one stream for
each name; the page shows it in elements with `data-source`, and marks these as generated for readers of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from lxml import etree

from regesta.fidelity.boundaries import (
    CALL,
    UNSPACED,
    characters_of,
    joints_of,
    settle_page,
    settle_source,
    spaces_of,
)

Key = int | str
"""Of a stream: `MAIN`, the number of a displaced note (from 1), or the name of what stands beside the text."""

MAIN = 0


@dataclass
class Stream:
    """A text in the making: its pieces and marks in order, and in a source the element that holds each.

    `calls` are the numbers of the displaced notes, in the order of the `CALL` marks among the pieces.
    """

    is_source: bool
    pieces: list[str] = field(default_factory=list)
    owners: list[etree._Element] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)

    @cached_property
    def raw(self) -> str:
        """The pieces as one string."""
        return "".join(self.pieces)

    @cached_property
    def settled(self) -> str:
        """The stream with one mark, at most, between any two characters."""
        raw = self.raw.replace(CALL, "") if self.calls else self.raw
        if not self.is_source:
            return settle_page(raw)
        unspaced = any(not piece.isascii() and UNSPACED.search(piece) for piece in self.pieces)
        return settle_source(raw, unspaced=unspaced)

    @cached_property
    def characters(self) -> str:
        """The characters alone."""
        return characters_of(self.settled)

    @cached_property
    def joints(self) -> dict[int, str]:
        """The marks by the number of characters that stand before each."""
        return joints_of(self.settled)

    @cached_property
    def spaces(self) -> dict[int, str]:
        """The white space that is no layout, by the number of characters that stand before it."""
        return spaces_of(self.raw)

    @cached_property
    def joint_places(self) -> list[int]:
        """The places of the joints in order."""
        return list(self.joints)

    @cached_property
    def call_places(self) -> list[tuple[int, int]]:
        """Each call as (characters before it, number of the note)."""
        stretches = [len(characters_of(stretch)) for stretch in self.raw.split(CALL)[:-1]]
        return list(zip(accumulate(stretches), self.calls, strict=True))

    @cached_property
    def piece_ends(self) -> list[int]:
        """For each piece, the number of characters up to its end."""
        return list(accumulate(len(characters_of(piece)) for piece in self.pieces))

    def words(self, start: int, end: int) -> str:
        """Return the characters from `start` to `end` as words, with a blank wherever a mark stands."""
        places = self.joint_places
        cuts = [start, *places[bisect_right(places, start) : bisect_left(places, end)], end]
        return " ".join(self.characters[a:b] for a, b in pairwise(cuts))

    def word_around(self, place: int) -> tuple[int, int]:
        """Return the nearest joints, or ends of the text, before and after `place`."""
        places = self.joint_places
        before, after = bisect_left(places, place), bisect_right(places, place)
        start = places[before - 1] if before else 0
        return start, places[after] if after < len(places) else len(self.characters)

    def owner(self, place: int) -> etree._Element | None:
        """Return the element that holds the character at `place`; None for a stream without owners."""
        index = min(bisect_right(self.piece_ends, max(place, 0)), len(self.owners) - 1)
        return self.owners[index] if self.owners else None


@dataclass(frozen=True)
class Page:
    """What a page shows as the source's: streams in order, each with its key.

    `unhandled` counts the elements that the page says it has no rule for, by their names.
    """

    streams: tuple[tuple[Key, Stream], ...]
    unhandled: Mapping[str, int]

    @property
    def displaced(self) -> frozenset[int]:
        """The numbers of the notes that stand away from their places."""
        return frozenset(key for key, _ in self.streams if isinstance(key, int) and key != MAIN)
