"""Where a finding's column falls in its excerpt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import positions
from regesta.reading import ParsedFile, parse


def at_caret(line: str, column: int) -> str:
    place = positions.place("a.xml", [line], 1, column)
    return place.excerpt[place.caret - 1 : place.caret] if place.caret else "nowhere"


@pytest.mark.parametrize(
    ("line", "column", "character"),
    [
        ("<p>x</p>", 1, "<"),
        ("\t  <p>x</p>  ", 4, "<"),
        ("  평양의 金", 5, "의"),
        ("   <p/>", 2, " "),
        ("<p/>  ", 6, " "),
        ("<p/>", 5, ""),
        ("<p/>", 6, "nowhere"),
        ("<p/>", 0, "nowhere"),
        ("   ", 2, "nowhere"),
        ("x" * 500 + "!" + "y" * 500, 501, "!"),
        ("!" + "y" * 500, 1, "!"),
        ("x" * 500 + "!", 501, "!"),
    ],
)
def test_the_caret_points_at_the_character_of_the_column(line: str, column: int, character: str) -> None:
    assert at_caret(line, column) == character


@given(st.text("a b\t金ש", max_size=400), st.integers(1, 401))
def test_the_excerpt_is_a_piece_of_the_line_around_the_column(line: str, column: int) -> None:
    place = positions.place("a.xml", [line], 1, column)
    assert len(place.excerpt) <= 120
    if column > len(line) + 1 or not line.strip():
        assert place.caret == 0
        return
    start = column - place.caret
    quoted = line[start : start + len(place.excerpt)]
    differing = [i for i, (mine, theirs) in enumerate(zip(place.excerpt, quoted, strict=True)) if mine != theirs]
    assert set(differing) <= {0, len(place.excerpt) - 1}
    assert {place.excerpt[i] for i in differing} <= {"…"}
    assert place.caret - 1 not in differing


def test_a_line_that_is_not_there_has_no_excerpt() -> None:
    assert positions.place("a.xml", ["<p/>"], 2, 1).excerpt == ""
    assert positions.place("a.xml", ["<p/>"], 0, 0).caret == 0


def test_findings_in_files_know_their_caret() -> None:
    file = parse(b"<a>\n  <b/> <c/>\n</a>", "a.xml")
    assert isinstance(file, ParsedFile)
    place = file.place(file.root[1])
    assert (place.line, place.column, place.excerpt, place.caret) == (2, 8, "<b/> <c/>", 6)
