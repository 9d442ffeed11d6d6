"""The report for people."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from samples import HOSTILE, finding, many, results, several

from regesta.findings import Severity
from regesta.reporting.characters import cells, has_sure_columns, printable, window, wrap
from regesta.reporting.results import Baseline, Results
from regesta.reporting.text import Group, lines, plain


def shown(given: Results, group: Group = Group.FILE, most: int = 10, width: int = 80) -> str:
    return "".join(map(plain, lines(given, group=group, most=most, width=width)))


def test_a_finding_says_where_what_and_what_to_do() -> None:
    assert shown(Results([finding()])) == (
        "tei/a.xml\n"
        "       3:15  error: Nothing answers to the pointer #kim.  pointer-dangling\n"
        '             │ <persName ref="#kim">\n'
        "             │           ^\n"
        "             → Mend the pointer.\n"
        "\n"
        "1 error, no warnings, no remarks in 1 file\n"
    )


def test_nothing_found_is_said() -> None:
    assert shown(Results([])) == "no errors, no warnings, no remarks\n"


@pytest.mark.parametrize("group", list(Group))
@pytest.mark.parametrize("width", [60, 80, 110])
def test_no_line_is_wider_than_asked_for(group: Group, width: int) -> None:
    long = finding(message="Wörter 金日成平壤 " * 40, excerpt="x" * 90 + "金" * 30, caret=100)
    text = shown(Results([*several(), long]), group, width=width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("group", list(Group))
def test_what_would_steer_a_terminal_is_not_printed(group: Group) -> None:
    text = shown(results(), group)
    assert HOSTILE not in text
    assert "<img src=x" in text
    assert not set(text) & set("\x1b\x07\u202e")


def test_at_most_n_of_a_rule_and_the_rest_is_counted() -> None:
    text = shown(Results([finding(line=line) for line in range(1, 216)]), most=3)
    assert text.count("error: ") == 3
    assert "… and 212 more of pointer-dangling" in text
    assert "      215  pointer-dangling" in text
    assert text.endswith("215 errors, no warnings, no remarks in 1 file\n")
    assert shown(Results([finding(line=line) for line in range(1, 216)]), most=0).count("error: ") == 215


def test_files_whose_findings_are_all_left_out_are_counted() -> None:
    text = shown(Results(list(many(1_000))), most=2)
    assert "tei/00009.xml" not in text
    assert text.endswith("in 10 files\n")


def test_by_rule_the_weightiest_and_most_frequent_come_first() -> None:
    text = shown(Results([*several(), finding("tei-p4", Severity.ERROR)]), Group.RULE)
    headings = [line for line in text.splitlines() if " in all" in line]
    assert headings[0] == "pointer-dangling  error, 2 in all"
    assert headings[-1] == "schema-none  info, 1 in all"
    assert "  tei/a.xml:9:15" in text


def test_by_rule_a_hint_is_not_repeated() -> None:
    assert shown(Results(several()[:2]), Group.RULE).count("→ Mend the pointer.") == 1


def test_a_baseline_is_spoken_of() -> None:
    text = shown(Results([], Baseline("known.json", 40, 3)))
    assert text.startswith("New: no errors")
    assert "40 findings known from known.json" in text
    assert "3 entries of it no longer occur; --write-baseline known.json" in text


@pytest.mark.parametrize(
    "excerpt",
    [
        "<p>평양에서 <b/>",  # wide
        unicodedata.normalize("NFD", "<p>평양 <b/>"),  # which a terminal joins
        "<p>e\u0301te\u0301 <b/>",  # combining
        "<p>\t<b/>",
        "<b/>",
        "x" * 60 + "金" * 30 + "<b/>",  # cut
    ],
)
def test_the_caret_stands_below_its_character(excerpt: str) -> None:
    text = shown(Results([finding(excerpt=excerpt, caret=excerpt.index("<b") + 1)]))
    quoted, mark = [line.partition("│ ")[2] for line in text.splitlines()[2:4]]
    assert mark.strip() == "^"
    assert cell_len(quoted[: quoted.index("<b")]) == len(mark) - 1


@pytest.mark.parametrize("excerpt", ["שלום <b/>", "<p>مرحبا <b/>", "<p>👩\u200d🔬 <b/>"])
def test_where_columns_are_not_sure_the_mark_stands_in_the_line(excerpt: str) -> None:
    text = shown(Results([finding(excerpt=excerpt, caret=excerpt.index("<b") + 1)]))
    assert "‸<b/>" in text
    assert "‸ marks the place" in text
    assert "^" not in text


def test_without_a_known_column_there_is_no_caret() -> None:
    text = shown(Results([finding(caret=0)]))
    assert '│ <persName ref="#kim">' in text
    assert "^" not in text


@given(st.text(max_size=60))
def test_printable_keeps_every_other_character_in_place(text: str) -> None:
    kept = printable(text)
    assert len(kept) == len(text)
    assert all(mine in (theirs, " ", "\N{REPLACEMENT CHARACTER}") for mine, theirs in zip(kept, text, strict=True))
    kept.encode("utf-8")


@given(st.text("ab 金e\u0301", max_size=80), st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_no_character(text: str, width: int) -> None:
    wrapped = wrap(text, width)
    assert all(cells(line) <= width for line in wrapped)
    assert "".join("".join(wrapped).split()) == "".join(text.split())


@given(st.text("ab<金e\u0301", min_size=1, max_size=120), st.integers(10, 60), st.data())
def test_a_window_fits_and_keeps_the_character_at_the_caret(text: str, width: int, data: st.DataObject) -> None:
    caret = data.draw(st.integers(1, len(text)))
    part, at = window(text, caret, width)
    assert cells(part) <= width
    assert part[at - 1] == text[caret - 1]


def test_columns_agree_with_those_of_rich() -> None:
    for text in ("plain", "金日成", "평양", "café", "Ｆｕｌｌ", "русский"):
        assert cells(text) == cell_len(text)
    assert has_sure_columns("金日成 é")
    assert not has_sure_columns("a א b")
