"""The edition in docs/examples/own-elements does what docs/customising.md says, and the page says what is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from small_editions import Built, build_in, tei, write


@pytest.fixture(scope="module")
def example(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("example") / "edition"
    shutil.copytree(repository / "docs" / "examples" / "own-elements", folder)
    return build_in(folder, jobs=1)


def texts(page: str, path: str) -> list[str]:
    return [" ".join(str(each.text_content()).split()) for each in html.fromstring(page).xpath(path)]


def test_the_example_is_whole(example: Built) -> None:
    assert example.ids() == ["telegram-41"]
    assert set(example.rules()) <= {"schema-none", "setting-missing"}
    assert example.report.proof.text.is_perfect


def test_an_element_of_its_own_has_a_look_and_a_link(example: Built) -> None:
    page = example.page("documents/telegram-41.html")
    assert texts(page, "//div[@class='slip']/p[@data-generated]") == ["Routed to"]
    assert texts(page, "//div[@class='slip']/a[@href='../organisations/eastern.html']") == ["Eastern Department"]
    assert "unhandled" not in page


def test_next_match_calls_ours(example: Built) -> None:
    assert texts(example.page("documents/telegram-41.html"), "//strong/span[@class='person']") == ["Novak"]


def test_a_region_can_be_left_out(example: Built) -> None:
    assert 'id="names"' not in example.page("documents/telegram-41.html")


def test_the_record_and_the_index_are_its_own_too(example: Built) -> None:
    office = example.page("organisations/eastern.html")
    assert texts(office, "//p[@class='office']") == ["An office of the Foreign Ministry"]
    assert texts(office, "//a[@href='../documents/telegram-41.html']") == ["Telegram no. 41"]


def test_its_style_sheet_comes_last(example: Built) -> None:
    for path in ("documents/telegram-41.html", "index.html", "organisations/eastern.html"):
        sheets = html.fromstring(example.page(path)).xpath("//link[@rel='stylesheet']/@href")
        assert sheets[-1].endswith("assets/edition.css")
    assert ".slip" in example.page("assets/edition.css")


def test_without_its_stylesheets_the_text_is_whole_and_the_element_is_reported(example: Built, tmp_path: Path) -> None:
    shutil.copytree(example.edition.root / "tei", tmp_path / "tei")
    plain = build_in(tmp_path, jobs=1)
    assert plain.rules("telegram-41.xml").count("element-unhandled") == 2
    assert plain.report.proof.text == example.report.proof.text


# ── policies ────────────────────────────────────────────────────────────────────────────────────────────────

POLICIES = "<p>The <choice><sic>ministre</sic><corr>minister</corr></choice> left<note>By train.</note>.</p>"


def _page(folder: Path, render: str) -> str:
    return build_in(write(folder, {"edition.toml": f"[render]\n{render}", "tei/a.xml": tei(POLICIES)}), jobs=1).page(
        "documents/a.html"
    )


@pytest.mark.parametrize(("reading", "folded"), [("normalised", ["ministre"]), ("diplomatic", ["minister"])])
def test_the_reading_shown_first_is_the_edition_s_choice(tmp_path: Path, reading: str, folded: list[str]) -> None:
    page = _page(tmp_path, f'reading = "{reading}"\n')
    assert texts(page, "//*[contains(concat(' ', @class, ' '), ' folded ')]") == folded


@pytest.mark.parametrize(("notes", "place"), [("foot", "foot"), ("margin", "in-margin"), ("inline", "in-inline")])
def test_notes_stand_where_the_edition_wants_them(tmp_path: Path, notes: str, place: str) -> None:
    page = _page(tmp_path, f'notes = "{notes}"\n')
    found = texts(page, f"//*[contains(concat(' ', @class, ' '), ' {place} ')]")
    assert len(found) == 1
    assert "By train." in found[0]


def test_a_stylesheet_that_loses_words_is_found_and_strict_publishes_nothing(tmp_path: Path) -> None:
    sheet = (
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="urn:regesta:mode"'
        ' xmlns:tei="http://www.tei-c.org/ns/1.0">\n<xsl:template mode="m:text" match="tei:hi"/>\n</xsl:stylesheet>'
    )
    files = {
        "edition.toml": '[render]\ncustom-page = "own.xsl"\n',
        "own.xsl": sheet,
        "tei/a.xml": tei("\n<p>Not <hi>lost</hi>.</p>"),
    }
    built = build_in(write(tmp_path, files), jobs=1, strict=True)
    (fault,) = [found for found in built.report.findings if found.rule == "text-missing"]
    assert (fault.line, "lost" in fault.message) == (2, True)
    assert 'the template match="tei:hi" in own.xsl, line 2' in fault.message
    assert not built.report.published
    assert not built.site.exists()


# ── the page in the docs ────────────────────────────────────────────────────────────────────────────────────


def test_every_variable_of_the_style_sheet_is_documented(repository: Path) -> None:
    guide = (repository / "docs" / "customising.md").read_text(encoding="utf-8")
    sheet = (repository / "pipeline" / "regesta" / "assets" / "regesta.css").read_text(encoding="utf-8")
    root = re.search(r":root \{(.*?)\}", sheet, re.DOTALL)
    assert root
    named = set(re.findall(r"(--[\w-]+):", root[1]))
    assert named == set(re.findall(r"`(--[\w-]+)`", guide))


def test_every_variable_and_mode_that_is_documented_is_there(repository: Path) -> None:
    guide = (repository / "docs" / "customising.md").read_text(encoding="utf-8")
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted((repository / "xslt").rglob("*.xsl")))
    variables = re.findall(r"^\| `((?:v|shell):[\w-]+)`", guide, re.MULTILINE)
    assert len(variables) == 7
    assert [name for name in variables if f'<xsl:variable name="{name}"' not in sheets] == []
    modes = re.findall(r"`([mr]:[\w-]+)`", guide)
    assert [name for name in modes if f'<xsl:mode name="{name}"' not in sheets] == []


def test_the_guide_shows_what_the_example_has(repository: Path) -> None:
    guide = (repository / "docs" / "customising.md").read_text(encoding="utf-8")
    example = (repository / "docs" / "examples" / "own-elements" / "custom-page.xsl").read_text(encoding="utf-8")
    shown = re.findall(r"```xml\n(.*?)```", guide, re.DOTALL)
    folded = " ".join(example.split())
    pieces = [piece for block in shown for piece in block.split("\n\n")]
    assert len(pieces) == 3
    assert [piece for piece in pieces if " ".join(piece.split()) not in folded] == []
