"""Citations in words: four styles, shelfmark and translator, texts as they are, no placeholder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from works import ALL, BARE, CABLE, EDITION, HOSTILE, cited

from regesta.citing import citing
from regesta.citing.formatted import STYLES, citations
from regesta.citing.work import Work
from regesta.rendering import EditionFacts


def words(work: Work) -> dict[str, str]:
    """Return the citations of a work with what is italic between underscores."""
    return {
        each.style: "".join(f"_{run.text}_" if run.italic else run.text for run in each.runs)
        for each in citations(work)
    }


def test_a_cable_is_cited_down_to_the_leaf_in_four_styles() -> None:
    url = "https://example.org/harbour/documents/doc-1.html"
    held = "State Archive, Moscow"
    marks = "fond 0102, opis 12, papka 68, delo 4, list 1–5"
    assert words(ALL["cable"]) == {
        "documentary": (
            f"P. Pilot: Cable on the dredging of berths, 16 September 1956. {held}, {marks}. Translated by Jane Doe. "
            f"_Papers of the Harbour Board_, no. 7, {url}."
        ),
        "chicago": (
            f"P. Pilot, “Cable on the dredging of berths,” September 16, 1956, trans. Jane Doe, {marks}, {held}, "
            f"in _Papers of the Harbour Board_, ed. Ada Quay and The Harbour Society, {url}."
        ),
        "mla": (
            f"P. Pilot. “Cable on the dredging of berths.” 16 September 1956, translated by Jane Doe, {held}, {marks}. "
            f"_Papers of the Harbour Board_, edited by Ada Quay and The Harbour Society, Mole Press, {url}."
        ),
        "apa": (
            f"P. Pilot. (1956, September 16). _Cable on the dredging of berths_ [Cable] (Jane Doe, trans.). {marks}, "
            f"{held}. In Ada Quay & The Harbour Society (eds.), _Papers of the Harbour Board_. Mole Press. {url}"
        ),
    }


def test_what_is_not_stated_leaves_no_trace() -> None:
    bare = cited(BARE, edition=EditionFacts("E", stated_title="E"))
    assert words(bare) == {
        "documentary": "Untitled. _E_.",
        "chicago": "“Untitled,” in _E_.",
        "mla": "“Untitled.” _E_.",
        "apa": "_Untitled_. (n.d.). In _E_",
    }


def test_without_a_title_of_the_edition_nothing_is_cited_in_words() -> None:
    unnamed = replace(EDITION, stated_title="")
    found = citing("doc-1", CABLE.title, CABLE, unnamed)
    assert (found.citations, found.references) == ((), ())
    assert any(tag.name == "citation_title" for tag in found.tags)


@pytest.mark.parametrize("style", STYLES)
def test_a_title_is_cited_as_it_stands(style: str) -> None:
    title = HOSTILE.title.replace("\U0010f000", "").replace("\U0010fff1", "")
    assert title in words(ALL["hostile"])[style].replace("_", "").replace("$5x", "$5_x")


@pytest.mark.parametrize(("title", "cited_as"), [("Who?", "“Who?” in"), ("Stop.", "“Stop.,” in"), ("Go!", "“Go!” in")])
def test_a_title_with_a_mark_at_its_end_gets_no_second_one(title: str, cited_as: str) -> None:
    assert cited_as in words(cited(replace(BARE, title=title)))["chicago"]
    assert "”." not in words(cited(replace(BARE, title=title)))["mla"]


@pytest.mark.parametrize(
    ("when", "shown"),
    [("1956", "1956"), ("1956-09", "September 1956"), ("1956-09-06", "6 September 1956"), ("0987", "987")],
)
def test_a_date_is_cited_as_far_as_it_is_known(when: str, shown: str) -> None:
    dated = replace(BARE, dates=(replace(CABLE.dates[0], when=when),))
    assert f"Untitled, {shown}. " in words(cited(dated))["documentary"]


def test_shapes_that_are_kept_do_not_mix_values() -> None:
    first = words(cited(CABLE, "a"))
    again = words(cited(replace(CABLE, title="Other", dates=(replace(CABLE.dates[0], when="1957-09-01"),)), "b"))
    assert words(cited(CABLE, "a")) == first
    assert "Other, 1 September 1957." in again["documentary"]
    assert "documents/b.html" in again["apa"]
