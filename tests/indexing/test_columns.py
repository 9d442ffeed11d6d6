"""The index as data: columns that say what the records say, in files that a change leaves as they are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from index_editions import catalogue, document, edition_of

from regesta.catalogue import Catalogue
from regesta.indexing import index_data
from regesta.indexing.columns import vocabulary
from regesta.site_data import blocks, number_space, numbers


def data_of(found: Catalogue) -> dict[str, Any]:
    """Return the data by file; asserts that each file is one call."""
    data = {}
    for path, body in index_data(found):
        call = re.fullmatch(r'regesta\.add\("([a-z0-9/-]+)",(.*)\);\n', body.decode("utf-8"), re.DOTALL)
        assert call and path == f"data/{call[1]}.js"
        data[call[1]] = json.loads(call[2])
    return data


def values(column: dict[str, Any]) -> list[list[str]]:
    """Return the keys of a facet's values for each document."""
    keys = iter(column["keys"][value] for value in column["values"])
    return [[next(keys) for _ in range(count)] for count in column["counts"]]


def test_columns_say_what_the_records_say() -> None:
    data = data_of(edition_of(3))
    (columns,) = (each for name, each in data.items() if "/columns-" in name)
    assert columns["ids"] == ["d0", "d1", "d2"]
    assert columns["dates"] == ["1955-01-01", "1955-02-02", "1955-03-03"]
    facets = {name: values(column)[0] for name, column in columns["facets"].items()}
    assert facets["type"] == ["telegram"]
    assert facets["person"] == ["=Mao", "kim", "=Somebody <unknown>"]
    assert facets["place"] == ["pyongyang"]
    assert facets["organisation"] == []
    assert facets["transcript"] == ["none"]
    person = columns["facets"]["person"]
    assert person["labels"][person["keys"].index("kim")] == "Kim Il Sung"


def test_items_say_the_rest_in_the_same_order() -> None:
    data = data_of(edition_of(100))
    items = [item for name, _size in data["index/manifest"]["items"] for item in data[f"index/items-{name}"]]
    assert len(items) == data["index/manifest"]["documents"] == 100
    assert items[1][0] == "What stands in document 1."
    assert items[1][1][0] == ["Kim Il Sung", "persons/kim.html", "author", "sender"]
    assert items[1][2] == ["State Archive, f. 5, op. 1"]


def test_a_changed_or_added_document_rewrites_only_what_holds_it() -> None:
    documents = [document(number) for number in range(3000)]
    before = dict(index_data(catalogue(documents)))
    changed = replace(documents[1500], record=replace(documents[1500].record, abstract="Another."))
    after = dict(index_data(catalogue([*documents[:1500], changed, *documents[1501:]])))
    assert len(_rewritten(before, after)) == 1
    more = dict(index_data(catalogue([*documents[:1500], document(9000), *documents[1500:]])))
    assert len(before) > 100
    assert len(_rewritten(before, more)) <= 5


def _rewritten(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]


def test_the_words_that_a_page_needs_are_those_of_the_records() -> None:
    words = {(each.family, each.word) for each in vocabulary(edition_of(3))}
    assert {("type", "telegram"), ("transcript", "none"), ("role", "author"), ("role", "sender")} <= words


@given(st.sets(st.text(min_size=1, max_size=8), max_size=200))
def test_numbers_are_unique_and_in_their_space(ids: set[str]) -> None:
    found = numbers(ids)
    assert set(found) == ids
    assert len(set(found.values())) == len(ids)
    assert all(0 <= number < number_space(len(ids)) for number in found.values())


def test_a_document_more_moves_few_numbers() -> None:
    ids = [f"document-{n}" for n in range(5000)]
    before, after = numbers(ids), numbers([*ids, "another"])
    assert sum(before[each] != after[each] for each in ids) <= 3


@given(st.lists(st.text(max_size=4), max_size=100), st.integers(1, 20))
def test_blocks_are_the_sequence(marks: list[str], size: int) -> None:
    found = list(blocks(marks, size))
    assert [at for _name, places in found for at in places] == list(range(len(marks)))
    assert len({name for name, _places in found}) == len(found)
