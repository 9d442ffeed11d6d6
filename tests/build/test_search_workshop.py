"""The search's data are made by whoever works, and a worker that dies takes nothing of them along."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest

from regesta import search_workshop
from regesta.execution import open_executor
from regesta.search import SearchableDocument

NAMES = [f"d{number}" for number in range(200)]


def document(name: str) -> SearchableDocument:
    """Return the document called so."""
    return SearchableDocument(name, name, text=f"the words of {name}")


def names_of(documents: Iterable[tuple[int, SearchableDocument]]) -> list[str]:
    """Return the identifiers of documents."""
    return [each.id for _number, each in documents]


def dying(documents: Iterable[tuple[int, SearchableDocument]], parent: int) -> list[str]:
    """End the process, where it is a worker, when it meets a certain document; else return the identifiers."""
    names = names_of(documents)
    if "d77" in names and os.getpid() != parent:
        os._exit(9)
    return names


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("work", [names_of, partial(dying, parent=os.getpid())])
def test_every_document_is_in_one_batch(jobs: int, work: Any) -> None:
    wanted = list(enumerate(NAMES))
    with open_executor(jobs=jobs) as executor:
        found = dict(search_workshop._done(executor, work, wanted, document))
    assert [name for number in sorted(found) for name in found[number]] == NAMES
    assert len(found) > 1


def test_long_texts_stand_in_batches_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_workshop, "_CHARACTERS", 100)
    batches = list(search_workshop._batches(list(enumerate(NAMES)), document))
    assert [number for number, _documents in batches] == list(range(len(batches)))
    assert all(sum(len(each.text) for _number, each in documents) <= 100 for _number, documents in batches)
    assert [each.id for _number, documents in batches for _at, each in documents] == NAMES
