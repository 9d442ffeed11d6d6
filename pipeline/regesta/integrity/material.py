"""What integrity is given: the sources as read, the identifiers asked for, and what lies around the sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import PurePosixPath

from regesta.findings import Place
from regesta.keeping import Packed
from regesta.records import Entity
from regesta.source_facts import Anchor, SourceFacts


@dataclass(frozen=True)
class Claimed:
    """An identifier that a document asks for, where it stands, the one that it got, and the document's source."""

    wanted: str
    given: str
    place: Place
    source: str


@dataclass(frozen=True)
class Read:
    """A source as it was read: its name below the source folder, its path as shown, its facts, its entries if any.

    `packed_facts` are unpacked whenever `facts` are asked for: those of all sources are more than memory should hold.
    """

    name: str
    shown: str
    packed_facts: Packed[SourceFacts]
    entities: tuple[Entity, ...] = ()
    is_register: bool = False

    @property
    def facts(self) -> SourceFacts:
        """Return what the whole edition must know of the source."""
        return next(iter(self.packed_facts.rows(SourceFacts)), SourceFacts())

    @cached_property
    def root_id(self) -> str:
        """Return the `xml:id` of the source's root element, "" where it has none."""
        return self.facts.root_id

    @property
    def stem(self) -> str:
        """Return the file's name without its suffix."""
        return PurePosixPath(self.name).stem

    @cached_property
    def anchors(self) -> dict[str, Anchor]:
        """Return what pointers into this source can lead to, by `xml:id`."""
        return {anchor.id: anchor for anchor in reversed(self.facts.anchors)}


def _nothing_known(_name: str) -> bool | None:
    return None


@dataclass(frozen=True)
class Surroundings:
    """What is known beyond the sources.

    `complete` tells whether all of an edition was read; `earliest` and `latest` bound its collection ("" for no
    bound); `has_file` tells whether there is a file of that name below the source folder, None if it cannot be told.
    """

    complete: bool = True
    earliest: str = ""
    latest: str = ""
    has_file: Callable[[str], bool | None] = _nothing_known


def did_you_mean(wanted: str, known: Sequence[str], before: str = "#") -> str:
    """Return a sentence that proposes the nearest of the `known` names, with a space after it; "" when none is near."""
    near = get_close_matches(wanted, known, n=3, cutoff=0.8) if len(wanted) < 100 else []
    alike = [each for each in near if _digits(each) == _digits(wanted)]  # another number is another thing
    return f"Did you mean {before}{alike[0]}? " if alike else ""


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def some(names: Sequence[str], most: int = 5) -> str:
    """Return the first few of `names` as words, and how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def where(place: Place, seen_from: Place) -> str:
    """Return a place in words: its line, and its file if that is another than the one it is seen from."""
    return f"line {place.line}" if place.path == seen_from.path else f"{place.path}:{place.line}"
