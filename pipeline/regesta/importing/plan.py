"""What an import would do: files, the fate of every row, and findings. Nothing here touches the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from regesta.findings import Finding


class Fate(StrEnum):
    """What became of one row, entry or file of the source."""

    MADE = "made"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, entry or file of the source: where it stands, what it is called, what became of it and why."""

    number: int
    label: str
    fate: Fate
    target: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a transcript (a paragraph, a table, a note): its row, its number there, its words, what it became."""

    row: int
    number: int
    label: str
    became: str


@dataclass(frozen=True, slots=True)
class Bytes:
    """The content of a file that is at hand already."""

    data: bytes

    def __call__(self) -> bytes:
        """Return the file."""
        return self.data


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to make: its POSIX path below the edition's folder; `content` makes the bytes when they are wanted.

    A `merged` file holds all that was in the one that it takes the place of, so it may be written over that.
    """

    path: str
    content: Callable[[], bytes]
    merged: bool = False


@dataclass
class Import:
    """The result of reading a source: what would be written, and the account of it.

    `registers` says for each register how many entries were there and how many are new.
    """

    files: list[NewFile] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    registers: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def counts(self) -> dict[Fate, int]:
        """Return how many rows met which fate; the numbers add up to all rows."""
        found = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in Fate}

    def notable(self) -> Iterator[Row]:
        """Yield the rows that did not become a new document."""
        return (row for row in self.rows if row.fate is not Fate.MADE)
