"""The search as a reader meets it: in Chromium, from `file://`, with the site's own policy in force."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from regesta.indexing import to_json
from regesta.indexing.models import SearchPage
from regesta.rendering import EditionFacts
from regesta.resources import folder
from regesta.saxon import Saxon, Stylesheet
from regesta.search import SearchableDocument, search_files
from regesta.search.words import words

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

DOCUMENTS = [
    SearchableDocument("documents/cable.html", "Câble de Mikoyan", "1956", text="Réunion du Parti à Pékin"),
    SearchableDocument("documents/mention.html", "Other", text="Mikoyan was there, " + "and so on " * 200),
    SearchableDocument("documents/zh.html", "电报", "1956-09", text="毛泽东同志会见朝鲜代表团"),
    SearchableDocument("documents/he.html", "מברק", text="שָׁלוֹם מן השגרירות", language="he"),
    SearchableDocument("documents/bad.html", "<img src=x onerror=alert(1)>", abstract="</p><script>alert(2)</script>"),
    *(
        SearchableDocument(f"documents/n{n}.html", f"Minutes {n}", text=f"unique{n} {'x' * (n % 40)}y")
        for n in range(2000)
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    root = tmp_path_factory.mktemp("site with space")
    saxon = Saxon((Stylesheet("index", path=repository / "xslt" / "index.xsl"),))
    model = to_json(SearchPage("search.html", EditionFacts("Cables"), ""))
    (root / "search.html").write_text(saxon.call("index", {"model": model}), encoding="utf-8")
    shutil.copytree(folder("assets"), root / "assets")
    for path, body in search_files(DOCUMENTS):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body)
    return root


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    yield page
    page.close()
    assert faults == []


def ask(page: Page, site: Path, query: str) -> list[str]:
    """Return the titles that are shown once the status has said how many there are."""
    page.goto((site / "search.html").as_uri())
    page.fill("#search-words", query)
    page.keyboard.press("Enter")
    return answer(page)


def answer(page: Page) -> list[str]:
    expect(page.locator("#search-status")).to_have_text(re.compile("found"))
    return [str(title) for title in page.locator("#search-results h2").all_inner_texts()]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("reunion PARTI", ["Câble de Mikoyan"]),
        ("mikoyan", ["Câble de Mikoyan", "Other"]),
        ("mikoy", ["Câble de Mikoyan", "Other"]),
        ("毛泽东", ["电报"]),
        ("团", ["电报"]),
        ("朝鲜 毛泽", ["电报"]),
        ("שלום", ["מברק"]),
        ("unique1234", ["Minutes 1234"]),
        ("minutes unique7 ", ["Minutes 7"]),
        ("constructor", []),
        ("mikoyan 毛泽东", []),
        ("!?", []),
    ],
)
def test_readers_find(page: Page, site: Path, query: str, titles: list[str]) -> None:
    found = ask(page, site, query)
    assert found[: len(titles)] == titles
    if not titles:
        assert found == []
        assert page.inner_text("#search-status") == "Nothing found."


def test_a_result_shows_title_date_opening_and_link(page: Page, site: Path) -> None:
    ask(page, site, "电报")
    assert page.inner_text("#search-status") == "1 document found"
    result = page.locator("#search-results li")
    assert result.locator(".date").inner_text() == "1956-09"
    assert result.locator(".abstract").inner_text() == "毛泽东同志会见朝鲜代表团"
    assert result.locator("a").get_attribute("href") == "documents/zh.html"
    ask(page, site, "שלום")
    assert page.locator("#search-results .abstract").get_attribute("lang") == "he"
    assert page.locator("#search-results .date").inner_text() == "undated"


def test_what_sources_say_is_never_markup(page: Page, site: Path) -> None:
    assert ask(page, site, "onerror") == ["<img src=x onerror=alert(1)>"]
    assert page.locator("#search-results img, #search-results script").count() == 0


def test_the_query_stands_in_the_address(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri() + "?q=%E6%AF%9B%E6%B3%BD%E4%B8%9C")
    assert answer(page) == ["电报"]
    assert page.input_value("#search-words") == "毛泽东"
    page.fill("#search-words", "reunion parti")
    expect(page.locator("#search-results a")).to_have_attribute("href", "documents/cable.html")
    assert page.url.endswith("?q=reunion%20parti")
    page.reload()
    assert answer(page) == ["Câble de Mikoyan"]


def test_many_results_come_twenty_at_a_time_by_keyboard(page: Page, site: Path) -> None:
    assert len(ask(page, site, "minutes")) == 20
    assert page.inner_text("#search-status") == "2000 documents found"
    page.focus("#search-more")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li")).to_have_count(40)
    expect(page.locator("#search-results a").nth(20)).to_be_focused()


def test_only_the_files_that_a_query_needs_are_loaded(page: Page, site: Path) -> None:
    ask(page, site, "unique1234 ")
    loaded = page.evaluate("[...document.querySelectorAll('head script')].map(each => each.src)")
    in_folder = list((site / "data" / "search").glob("*.js"))
    assert len(in_folder) > 30
    assert len([each for each in loaded if "/data/search/" in each]) <= 4


def test_a_missing_file_is_said(browser: Browser, site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(site, broken)
    (broken / "data" / "search" / "manifest.js").unlink()
    page = browser.new_page()
    page.goto((broken / "search.html").as_uri() + "?q=x")
    expect(page.locator("#search-status")).to_have_text("The search data could not be loaded.")
    page.close()


def test_without_javascript_the_lists_are_named(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    assert page.locator("noscript a").evaluate_all("links => links.map(each => each.getAttribute('href'))") == [
        "index.html",
        "timeline.html",
    ]
    context.close()


SAMPLES = (
    "Élan STRASSE Straße İstanbul ıssız ŉ ﬁn Ǆ Λόγος ΟΔΥΣΣΕΎΣ ᾳ Йлкин Ёлкин և "
    "שָׁלוֹם בֵּית־סֵפֶר צה״ל مُحَمَّد محـمد हिन्दी ไทย 김일성 편지 조선말 毛泽东 㐂 𠀀 がか ﾃﾞﾝﾎﾟｳ ヴ ー々〇 ⅣⅨ ½ ² "
    "soft\u00adhyphen zero\u200bwidth join\u200der No. 5/3-7 f_oo a´b ¨ Ⓐ 🙂 e\u0301\u0323"
)


def test_the_script_divides_words_as_the_index_does(page: Page, site: Path) -> None:
    """A query for each word of a sample, typed alone, asks for the same words that the index would hold."""
    page.goto((site / "search.html").as_uri())
    source = (site / "assets" / "search.js").read_text(encoding="utf-8")
    start = source.index("  function characterClass")
    functions = source[start : source.index("  // Finding")]
    manifest = dict(search_files([]))["data/search/manifest.js"].decode().partition(",")[2].rstrip(");\n")
    terms = page.evaluate(
        f"(text) => {{ {functions} return tokenizer({manifest})(text).map(each => each.word); }}", SAMPLES
    )
    ends = _run_ends(SAMPLES)
    assert terms == [word for at, word in enumerate(words(SAMPLES)) if at not in ends], json.dumps(terms)


def _run_ends(text: str) -> set[int]:
    """Return the places of the words that the index adds for the last character of an unspaced run of several."""
    found = list(words(text))
    return {at for at in range(1, len(found)) if len(found[at - 1]) == 2 and found[at - 1][1:] == found[at]}
