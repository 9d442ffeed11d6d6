"""What the proof of a document says: its figures and its faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regesta.keeping import Recurring, Value, values_of


@dataclass(frozen=True, slots=True)
class Fidelity(Recurring):
    """How the text of a page compares with its source; the fields are the keys of `report.json`.

    All count code points that are not white space, except that `glued` and `split` count places between
    words. `characters` are those of the source, `duplicated` and `inserted` those that only the page has.
    """

    characters: int = 0
    missing: int = 0
    duplicated: int = 0
    moved: int = 0
    glued: int = 0
    split: int = 0
    changed: int = 0
    inserted: int = 0
    excluded: int = 0

    def __add__(self, other: Fidelity) -> Fidelity:
        return total([self, other])

    @property
    def is_perfect(self) -> bool:
        """Tell whether the page holds every character once, in order, with none added."""
        return self == Fidelity(characters=self.characters, excluded=self.excluded)


def total(parts: Iterable[Fidelity]) -> Fidelity:
    """Return the sum of the figures."""
    return Fidelity(*map(sum, zip(*map(values_of, parts), strict=True)))


@dataclass(frozen=True, slots=True)
class Fault(Value):
    """A place where the page is not true to its source.

    `kind` is a field of `Fidelity`, or "unhandled" for an element that the page has no rule for. `words` are
    the words concerned, shortened to 80 characters. `element` is the number, from 0 in document order, of
    the source's element that holds the text, or None where the page has text that belongs to none; `context`
    names it with its parent ("note in p"). `count` is in the unit of the field: characters, places or
    elements.
    """

    kind: str
    words: str
    element: int | None
    context: str
    count: int
