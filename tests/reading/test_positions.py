"""Lines and columns are exact, in code points, whatever ends the lines and however long the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import positions, reading
from regesta.findings import Finding
from regesta.positions import Break
from regesta.reading import ParsedFile

LINES = [
    '<?xml version="1.0"?>',
    "<!-- один",
    "два -->",
    "<a",
    '   b="평양"',
    "   >𠀀𠀀<b/><c>é<d",
    "/>",
    "</c>",
    "</a>",
]
TAGS = [(4, 1), (6, 7), (6, 11), (6, 15)]


def parsed(text: str, encoding: str = "utf-8") -> ParsedFile:
    result = reading.parse(text.encode(encoding), "a.xml")
    assert isinstance(result, ParsedFile), result
    return result


def places(file: ParsedFile) -> list[tuple[int, int]]:
    return [(file.place(each).line, file.place(each).column) for each in file.root.iter("*")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_tag_is_found_at_its_first_character(end: str, encoding: str) -> None:
    assert places(parsed(end.join(LINES), encoding)) == TAGS


def test_mixed_line_ends_count_once_each() -> None:
    assert places(parsed("<a>\r\n\r\n\n\r<b/></a>")) == [(1, 1), (5, 1)]


def test_a_line_past_seventy_thousand_is_exact() -> None:
    file = parsed("<a>" + "\n" * 70_000 + " <b/>\n<c/></a>")
    assert places(file) == [(1, 1), (70_001, 2), (70_002, 1)]


def test_tags_from_an_entity_stand_where_it_is_referred_to() -> None:
    file = parsed('<!DOCTYPE a [<!ENTITY two "<b/><c/>">]>\n<a>\n &two;<d/></a>')
    assert len(file.positions) == 4
    assert [line for line, _ in places(file)] == [2, 3, 3, 3]
    assert places(file)[3] == (3, 7)


def test_a_doctype_that_is_blanked_shifts_nothing() -> None:
    doctype = '<!DOCTYPE a PUBLIC "-//TEI//DTD\nP5"\r\n "http://example.org/a.dtd" [\n]>'
    assert places(parsed(f"{doctype}<a><b/></a>")) == [(4, 3), (4, 6)]


def test_an_excerpt_is_the_line_of_the_file() -> None:
    file = parsed("<a>\r\n  <b>words</b>  \r\n</a>")
    assert file.place(file.root[0]).excerpt == "<b>words</b>"


def test_a_long_line_is_cut() -> None:
    assert len(positions.excerpt(["x" * 5_000], 1)) == 120
    assert positions.excerpt(["one"], 2) == positions.excerpt(["one"], 0) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
def test_broken_markup_is_named_with_what_is_still_open(end: str) -> None:
    found = reading.parse(end.join(["<a>", "<b>", "é</c>", "</a>"]).encode(), "a.xml")
    assert isinstance(found, Finding)
    assert (found.rule, found.line, found.column) == ("not-well-formed", 3, 4)
    assert "<b>, opened in line 2" in found.message
    assert found.excerpt == "é</c>"


def test_a_file_that_just_stops_is_broken_at_its_end() -> None:
    broken = positions.scan(b"<a>\n<b>")
    assert isinstance(broken, Break)
    assert broken.line == 2
    assert broken.open_tag is not None
    assert (broken.open_tag.name, broken.open_tag.line) == ("b", 2)


@given(st.lists(st.sampled_from(["\n", "\r\n", "\r", "é", "𠀀", "a", "<b/>"]), max_size=40))
def test_positions_are_those_of_counting(pieces: list[str]) -> None:
    text = "".join(pieces)
    file = parsed(f"<a>{text}</a>")
    before = [f"<a>{text}</a>"[: at.start()] for at in re.finditer("<[ab]", f"<a>{text}</a>")]
    expected = [(len(lines), len(lines[-1]) + 1) for lines in (positions.split_lines(each) for each in before)]
    assert places(file) == expected


def test_an_xpath_counts_twins_only() -> None:
    root = parsed('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p/><ab/><p><hi/></p></text></TEI>').root
    assert reading.xpath(root[0][2][0]) == "/TEI/text/p[2]/hi"
    assert reading.xpath(root) == "/TEI"
