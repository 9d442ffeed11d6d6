"""Build state: what a whole build leaves of each source for a revision, a few hundred bytes each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from regesta.entry_proof import EntryProof
from regesta.findings import Finding
from regesta.keeping import Packed, Value, in_blocks
from regesta.report import Row

_TOGETHER = 200
"""The states of so many sources are packed together."""


@dataclass(frozen=True, slots=True)
class DocumentState(Value):
    """A published document: its part and identifier, and the key of its page."""

    part: str
    id: str
    page: str


@dataclass(frozen=True, slots=True)
class SourceState(Value):
    """What a build made of the source `name`.

    `analysis` is the key of what was found in it; `rows` are its own of the ledger, `findings` those of the source and
    its pages, before they are judged; `removed` counts what the TEI of its pages leaves out. `is_alone` when no other
    page holds its text, and it holds no other's.
    """

    name: str
    analysis: str
    documents: tuple[DocumentState, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    removed: tuple[int, int]
    is_alone: bool


@dataclass(frozen=True, slots=True)
class State(Value):
    """What a build leaves for a revision.

    `survey` is the digest of what it had surveyed, `seal` that of what it published; `blocks` hold the states of
    sources, so many in each but the last; `across` are the findings of no single source.
    """

    survey: str
    seal: str
    blocks: tuple[Packed[SourceState], ...]
    across: tuple[Finding, ...]
    entries: EntryProof

    def sources(self) -> dict[str, SourceState]:
        """Return the state of each source by its name. Raises ValueError for a block that is none of ours."""
        return {each.name: each for block in self.blocks for each in block.rows(SourceState)}


def packed(states: Iterator[SourceState]) -> tuple[Packed[SourceState], ...]:
    """Return the states in blocks."""
    return in_blocks(states, _TOGETHER)


def packed_again(
    blocks: Sequence[Packed[SourceState]], states: Sequence[SourceState], changed: Collection[str]
) -> tuple[Packed[SourceState], ...]:
    """Return the blocks of these states, which are those of before but for the changed ones."""
    parts = [states[start : start + _TOGETHER] for start in range(0, len(states), _TOGETHER)]
    return tuple(
        Packed.of(part) if any(each.name in changed for each in part) else block
        for block, part in zip(blocks, parts, strict=True)
    )
