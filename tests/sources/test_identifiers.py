"""Identifiers are safe in every file system, unique in all of them, and stay what they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.identifiers import Claim, assign, fold, path_safe

DEVICES = ["con", "CON", "nul.xml", "Com1", "lpt9.", "aux.a.b", "prn"]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a-b_c.d1", "a-b_c.d1"),
        ("16 September, 1956", "16-September-1956"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("Ελληνικά", "Ελληνικά"),
        ("평양 1956", "평양-1956"),
        (unicodedata.normalize("NFD", "café"), "café"),
        ("", "document"),
        ("...", "document"),
        ("\0\n", "document"),
    ],
)  # fmt: skip
def test_names_are_made_safe(wanted: str, name: str) -> None:
    assert path_safe(wanted) == name


@pytest.mark.parametrize("wanted", DEVICES)
def test_devices_of_windows_are_no_names(wanted: str) -> None:
    stem = path_safe(wanted).partition(".")[0].lower()
    assert stem not in {"con", "nul", "com1", "lpt9", "aux", "prn"}
    assert path_safe(wanted) == path_safe(wanted)


@pytest.mark.parametrize("letter", ["a", "é", "평", "𠀀"])
def test_long_names_are_cut_and_told_apart(letter: str) -> None:
    one, other = path_safe(letter * 300), path_safe(letter * 301)
    assert one != other
    assert len(one.encode()) <= 120


@given(st.text(max_size=200))
def test_any_text_gives_a_safe_name(wanted: str) -> None:
    name = path_safe(wanted)
    assert 0 < len(name.encode()) <= 140
    assert not set(name) & set('/\\:*?"<>| \0')
    assert name == name.strip(".-")
    assert path_safe(name) == name
    assert unicodedata.is_normalized("NFC", name)


wishes = st.lists(
    st.tuples(st.sampled_from(["x", "X", "ß", "SS", "é", "e\u0301", "con", "a b", "a-b"]), st.booleans()), max_size=12
)


def claims(wanted: list[tuple[str, bool]]) -> list[Claim]:
    return [Claim(name, f"{number}.xml", firm=firm) for number, (name, firm) in enumerate(wanted)]


@given(wishes, st.randoms())
def test_identifiers_differ_and_do_not_depend_on_order(wanted: list[tuple[str, bool]], chance: object) -> None:
    made = assign(claims(wanted))
    folded = [fold(identifier) for identifier in made.values()]
    assert len(set(folded)) == len(folded) == len(wanted)
    shuffled = claims(wanted)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign(shuffled) == made


@given(wishes)
def test_what_got_a_suffix_keeps_it(wanted: list[tuple[str, bool]]) -> None:
    first = claims(wanted)
    made = assign(first)
    more = assign([*first, Claim("x", "zz.xml"), Claim("é", "zzz.xml")])
    assert all(more[claim] == made[claim] for claim in first)


def test_the_file_that_bears_a_name_keeps_it() -> None:
    firm, loose = Claim("x", "z/x.xml", firm=True), Claim("x", "a.xml")
    assert assign([loose, firm])[firm] == "x"
    assert assign([loose, firm], {"x": "a.xml"})[loose] == "x"


def test_a_suffix_never_takes_the_name_of_another() -> None:
    both = [Claim("x", "a.xml"), Claim("x", "b.xml")]
    suffixed = assign(both)[both[1]]
    made = assign([*both, Claim(suffixed, "c.xml")])
    assert len(set(made.values())) == 3
    assert made[Claim(suffixed, "c.xml")] == suffixed
