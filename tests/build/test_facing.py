"""An original and its translation in two files: each page shows the other text beside its own, and is true to that."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from small_editions import TITLED, Built, build_in, header_of, tei, write

RELATED = (
    "<fileDesc><titleStmt><title>{}</title></titleStmt><publicationStmt><p/></publicationStmt><notesStmt>"
    '<relatedItem type="translation-of" target="{}"/></notesStmt><sourceDesc><p/></sourceDesc></fileDesc>'
)
ORIGINAL = tei("<p xml:id='p1'>Ориг<note>прим</note>инал <ref target='#p1'>здесь</ref></p>", title="Письмо",
               attributes='xml:lang="ru"')  # fmt: skip


def related(title: str, target: str, body: str) -> str:
    document = tei(body, title=title, attributes='xml:lang="en"')
    return document.replace(header_of(title)[len("<teiHeader>") : -len("</teiHeader>")], RELATED.format(title, target))


@pytest.fixture
def files() -> dict[str, str]:
    return {
        "edition.toml": TITLED,
        "tei/letter-ru.xml": ORIGINAL,
        "tei/letter-en.xml": related(
            "A letter", "letter-ru.xml", "<p xml:id='p1'>The translation<note>note</note></p>"
        ),
        "tei/second-en.xml": related("Again", "letter-ru.xml", "<p>Another translation</p>"),
        "tei/alone.xml": tei("<p>Alone</p>"),
    }


def beside(built: Built, name: str) -> etree._Element | None:
    page = etree.fromstring(built.page(f"documents/{name}.html").encode(), etree.HTMLParser(encoding="utf-8"))
    ids = [str(each) for each in page.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert {str(each)[1:] for each in page.xpath("//@href[starts-with(., '#')]")} <= set(ids)
    found = page.xpath("//section[contains(@class, 'beside-it')]")
    return found[0] if found else None


def words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(" ".join(element.itertext()).split())


def test_a_translation_stands_beside_its_original_and_the_reverse(tmp_path: Path, files: dict[str, str]) -> None:
    built = build_in(write(tmp_path, files), jobs=1)
    assert words(beside(built, "letter-en")) == "Original: Письмо Ориг 1 инал здесь Notes 1 прим"
    assert words(beside(built, "letter-ru")) == "Translation: A letter The translation 1 Notes 1 note"
    assert words(beside(built, "second-en")) == "Original: Письмо Ориг 1 инал здесь Notes 1 прим"
    assert beside(built, "alone") is None
    figures = built.json("report.json")["fidelity"]
    assert {name: count for name, count in figures.items() if count and name != "characters"} == {}


def test_the_other_text_keeps_its_language(tmp_path: Path, files: dict[str, str]) -> None:
    shown = beside(build_in(write(tmp_path, files), jobs=1), "letter-en")
    assert shown is not None
    assert [each.get("lang") for each in shown.iter("div") if each.get("class") == "text" and each.get("lang")] == [
        "ru"
    ]


def test_a_change_of_one_changes_the_page_of_the_other(tmp_path: Path, files: dict[str, str]) -> None:
    build_in(write(tmp_path, files), jobs=1)
    changed = files | {"tei/letter-ru.xml": ORIGINAL.replace("здесь", "там")}
    built = build_in(write(tmp_path, changed), jobs=1)
    assert "там" in words(beside(built, "letter-en"))
    assert built.json("report.json")["pages"]["written"] >= 2


def test_texts_that_answer_each_other_stand_side_by_side(tmp_path: Path) -> None:
    files = {
        "tei/a.xml": tei("<p>One</p>", title="A", attributes='corresp="b.xml" xml:lang="de"'),
        "tei/b.xml": tei("<p>Two</p>", title="B", attributes='xml:lang="en"'),
    }
    built = build_in(write(tmp_path, files), jobs=1)
    assert words(beside(built, "a")) == "Parallel text: B Two"
    assert words(beside(built, "b")) == "Parallel text: A One"


def test_without_a_text_there_is_nothing_to_stand_beside(tmp_path: Path, files: dict[str, str]) -> None:
    files["tei/letter-ru.xml"] = tei("<p><gap reason='not-held'/></p>", title="Письмо")
    assert beside(build_in(write(tmp_path, files), jobs=1), "letter-en") is None
