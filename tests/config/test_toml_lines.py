from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import RegestaError
from regesta.toml_lines import KeyPath, key_lines

EXAMPLE = '''# a comment = 1
title = "x # not a comment"
"quoted key" = 'y'   # [not.a.table]
text = """
[edition]
key = 1
\\""" still inside
"""
a.b = [
  1, # one
  "two, ]",
  { c = 3, d = [4,
    5] },
]

[ table . "sub.table" ]
key = 1979-05-27T07:32:00Z

[[rows]]
n = 1
[[rows]]
n = 2
[rows.inner]
deep = """two quotes at the end"""""
last = 0
'''


def test_lines_of_every_kind_of_key() -> None:
    expected: dict[KeyPath, int] = {
        ("title",): 2,
        ("quoted key",): 3,
        ("text",): 4,
        ("a",): 9,
        ("a", "b"): 9,
        ("a", "b", 0): 10,
        ("a", "b", 1): 11,
        ("a", "b", 2): 12,
        ("a", "b", 2, "c"): 12,
        ("a", "b", 2, "d"): 12,
        ("a", "b", 2, "d", 0): 12,
        ("a", "b", 2, "d", 1): 13,
        ("table", "sub.table"): 16,
        ("table", "sub.table", "key"): 17,
        ("rows",): 19,
        ("rows", 0): 19,
        ("rows", 0, "n"): 20,
        ("rows", 1): 21,
        ("rows", 1, "n"): 22,
        ("rows", 1, "inner"): 23,
        ("rows", 1, "inner", "deep"): 24,
        ("rows", 1, "inner", "last"): 25,
    }
    assert dict(key_lines(EXAMPLE)) == expected


def test_line_ends_of_windows_count_once() -> None:
    assert key_lines("a = 1\r\n\r\nb = 2\r\n") == {("a",): 1, ("b",): 3}


def test_escapes_in_keys_are_resolved() -> None:
    assert key_lines('"\\u00e9\\t" = 1') == {("é\t",): 1}


@pytest.mark.parametrize("text", ["= nothing", "a = [\n# never closed", "a = [}", "a = 'open"])
def test_text_that_is_not_toml_is_a_fault_of_the_caller(text: str) -> None:
    with pytest.raises(RegestaError):
        key_lines(text)


_values = st.recursive(
    st.one_of(st.integers(-(2**62), 2**62), st.booleans(), st.text(), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), _values, max_size=4))
def test_every_key_of_any_toml_is_found(data: dict[str, object]) -> None:
    text = tomlkit.dumps(data)
    lines = key_lines(text)
    missing = [path for path in _paths(tomllib.loads(text), ()) if path not in lines]
    assert missing == []


def _paths(value: object, path: KeyPath) -> Iterator[KeyPath]:
    """Yield the paths of all keys whose values are not tables: a table may have no line of its own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        yield path
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))
    else:
        yield path
