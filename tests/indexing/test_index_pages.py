"""The pages that `xslt/index.xsl` makes: every link leads somewhere, nothing is doubled, texts are texts."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from index_editions import EDITION, catalogue, document, edition_of
from lxml import etree

from regesta.indexing import render_index, to_json
from regesta.indexing.models import EntityListPage, Entry, Letter
from regesta.saxon import Saxon, Stylesheet

Pages = dict[str, etree._Element]


@pytest.fixture(scope="module")
def render(repository: Path) -> Callable[[str], str]:
    saxon = Saxon((Stylesheet("index", path=repository / "xslt" / "index.xsl"),))
    return lambda model: saxon.call("index", {"model": model})


@pytest.fixture(scope="module", params=[0, 1, 10, 157, 501])
def pages(request: pytest.FixtureRequest, render: Callable[[str], str]) -> Pages:
    return rendered(render, request.param)


def parsed(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


def rendered(render: Callable[[str], str], count: int) -> Pages:
    found = edition_of(count)
    return {path: parsed(page) for path, page in render_index(found, EDITION, render)}


def text(page: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.xpath(path)]


def test_every_link_resolves(pages: Pages) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            if href.startswith("https://"):
                continue
            address, fragment = urldefrag(unquote(href))
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if not target.startswith("documents/"):
                assert target in pages, f"{path} → {href}"
                assert not fragment or fragment in ids[target], f"{path} → {href}"


def test_ids_are_unique_and_nothing_is_inline(pages: Pages) -> None:
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"), path
        assert len(page.xpath("//h1")) == 1, path
        assert page.xpath("//title")[0].text, path


def test_page_links_in_the_navigation_are_there_even_without_documents(render: Callable[[str], str]) -> None:
    pages = rendered(render, 0)
    assert text(pages["index.html"], "//p[@class='empty']") == ["This edition has no documents yet."]
    assert text(pages["places/index.html"], "//p[@class='empty']") == ["Places: this edition names none yet."]
    assert text(pages["timeline.html"], "//p[@class='empty']") == ["This edition has no documents yet."]


@pytest.mark.parametrize(
    ("count", "path", "words"),
    [
        (1, "index.html", "1 of 1"),
        (10, "index.html", "1–10 of 10"),
        (157, "index.html", "1–10 of 157"),
        (157, "lists/collection-10-2.html", "11–20"),
        (157, "lists/date-50-4.html", "151–157"),
        (157, "lists/collection-all.html", "1–157 of 157"),
    ],
)
def test_ranges_say_where_one_is(render: Callable[[str], str], count: int, path: str, words: str) -> None:
    assert text(rendered(render, count)[path], "//p[@class='range']") == [words]


def test_what_sources_say_stays_text(render: Callable[[str], str]) -> None:
    pages = rendered(render, 10)
    front = pages["index.html"]
    assert text(front, "//h1") == ["Cables & minutes <1956>"]
    assert text(front, "//li[@class='document'][1]/h2[@dir='auto']/a") == ["Cable 0 & <reply>"]
    assert "Somebody <unknown>" in text(front, "//li[@class='document'][1]//bdi")
    assert text(front, "//p[@class='about']") == ["10 documents, 1955, collection: The Archive"]
    persons = "Kim Il Sung (author, sender); Somebody <unknown> (addressee); Mao"
    assert persons in text(front, "//li[@class='document'][1]//dd")
    assert "State Archive, f. 5, op. 0" in text(front, "//li[@class='document'][1]//dd")


def test_documents_without_transcript_and_without_date_say_so(render: Callable[[str], str]) -> None:
    documents = [document(0, sort_date=""), document(1)]
    full = replace(documents[1], record=replace(documents[1].record, transcript="full"))
    pages = dict(render_index(catalogue([documents[0], full]), EDITION, render))
    front = parsed(pages["index.html"])
    assert text(front, "//li[@class='document'][1]/p[1]/span[@data-generated]") == [
        "undated",
        "no transcript",
    ]
    assert text(front, "//li[@class='document'][2]/p[1]/span[@data-generated]") == []


def test_an_entity_page_says_what_the_register_says(render: Callable[[str], str]) -> None:
    page = rendered(render, 10)["persons/kim.html"]
    assert text(page, "//dl//dd") == ["김일성", "Ким Ир Сен", "Premier 1948–1972", "12345", "x & y"]
    assert page.xpath("//bdi/@lang") == ["ko", "ru"]
    assert page.xpath("//dl//a/@href") == ["https://viaf.org/viaf/12345"]
    assert len(page.xpath("//ul[@class='occurrences']/li")) == 10
    assert text(page, "//ul[@class='occurrences']/li[1]//span[@data-generated]") == ["author, sender"]


def test_the_chart_draws_what_the_headings_count(render: Callable[[str], str]) -> None:
    page = rendered(render, 157)["timeline.html"]
    bars = page.xpath("//*[local-name()='rect']")
    months = page.xpath("//h3[@id]")
    assert len(bars) == len(months) == 24
    assert max(float(bar.get("height")) for bar in bars) == 100
    assert page.xpath("//*[local-name()='svg']/@aria-label") == ["Documents by month, January 1955 to December 1956"]


def test_a_million_is_written_in_full(render: Callable[[str], str]) -> None:
    letter = Letter("A", "letter-41", (Entry("A", "persons/a.html", 1_000_000),))
    page = EntityListPage("persons/index.html", EDITION, "../", "persons", (), (letter,))
    assert "1000000 documents" in render(to_json(page))


def test_the_same_model_makes_the_same_bytes(render: Callable[[str], str]) -> None:
    first = list(render_index(edition_of(30), EDITION, render))
    assert first == list(render_index(edition_of(30), EDITION, render))
