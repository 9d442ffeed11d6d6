"""Runs of some documents, merged, are the index of all: however the documents are parted."""

from __future__ import annotations

import random

import pytest

from regesta.search import SearchableDocument, search_files
from regesta.search.runs import merged, run
from regesta.search.shards import document_files, term_files
from regesta.site_data import numbers

WORDS = ["북한", "pleno", "𝔘nicode", "ﬀ", "plenum", "пленум", "plenums", "of", "the", "1956", "Kim", "kims"]


def documents(count: int, seed: int) -> dict[str, SearchableDocument]:
    """Return made-up documents by their identifiers, in several languages."""
    pick = random.Random(seed)  # noqa: S311 - a sample, not a secret
    made = {}
    for number in range(count):
        name = f"d{number}"
        text = " ".join(pick.choices([*WORDS, *(f"w{pick.randrange(300)}" for _ in range(5))], k=pick.randrange(60)))
        stemmers = pick.choice([("english", "russian"), ("spanish", "russian"), ("", "")])
        made[name] = SearchableDocument(name, f"Title {number}", text=text, stemmers=stemmers)
    return made


@pytest.mark.parametrize("seed", range(6))
def test_parts_of_any_size_give_the_files_of_the_whole(seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311
    made = documents(pick.choice([1, 5, 90]), seed)
    frequent = frozenset(pick.sample(["of", "the", "kim", "plenum"], 2))
    numbered = [(number, made[name]) for name, number in numbers(made).items()]
    runs = []
    rest = numbered
    while rest:
        at = pick.randrange(1, 30)
        runs.append(run(rest[:at], frequent))
        rest = rest[at:]
    stemmers = {name for each in made.values() for name in each.stemmers if name}
    parted = dict(term_files(runs, len(numbered), frequent, stemmers))
    whole = dict(term_files([run(numbered, frequent)], len(numbered), frequent, stemmers))
    assert parted == whole
    files = dict(search_files([*made], made.__getitem__))
    assert {
        path: data for number, each in numbered for path, data in document_files(number, each)
    }.items() <= files.items()


def test_merged_terms_are_sorted_as_browsers_sort() -> None:
    made = documents(40, 7)
    halves = [[(n, each) for n, each in enumerate(made.values()) if n // 20 == half] for half in (0, 1)]
    terms = [term for term, _postings, _stems in merged(run(half, frozenset()) for half in halves)]
    assert len(set(terms)) == len(terms) > 100
    assert terms == sorted(terms, key=lambda term: term.encode("utf-16-be"))
