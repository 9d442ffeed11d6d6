"""Batches: what is worked out of some documents at a time, by whoever is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from regesta import keeping
from regesta.search.digests import SearchableDocument
from regesta.search.runs import run
from regesta.search.shards import document_files, occurrences

Numbered = tuple[int, SearchableDocument]
"""A document with its number."""

Batch = tuple[int, list[Numbered]]
"""Some documents with their numbers, and the number of the batch."""

_BLOCK = 500
"""So many rows of a run are in memory while all are merged."""


def on_batch(batch: Batch, work: Callable[[Iterable[Numbered]], Any]) -> tuple[int, Any]:
    """Return the number of the batch, and what `work` makes of its documents."""
    number, documents = batch
    return number, work(documents)


def counted(documents: Iterable[Numbered]) -> Counter[str]:
    """Return how often each word occurs in documents."""
    counts: Counter[str] = Counter()
    for _number, document in documents:
        counts.update(occurrences(document))
    return counts


def made(documents: Iterable[Numbered], frequent: frozenset[str]) -> tuple[list[tuple[str, bytes]], list[bytes]]:
    """Return the files of documents, and the blocks of their run."""
    files = [each for number, document in documents for each in document_files(number, document)]
    rows = run(documents, frequent)
    return files, [keeping.pack(rows[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK)]
