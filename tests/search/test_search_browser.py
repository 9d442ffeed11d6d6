"""The search as a reader meets it: in Chromium, from `file://`, with the site's own policy in force."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import snowballstemmer
from playwright.sync_api import Browser, Page, expect

from readers import browser_at, index_saxon, page_without_faults
from regesta.indexing import to_json
from regesta.indexing.models import SearchPage
from regesta.rendering import EditionFacts
from regesta.resources import folder
from regesta.search import SearchableDocument, search_files
from regesta.search.words import compounds, words

pytestmark = pytest.mark.browser

DOCUMENTS = [
    SearchableDocument(
        "cable",
        "Câble de Mikoyan",
        "1956-09-16",
        "16 septembre 1956",
        "cable",
        fields=(("title", "Câble de Mikoyan"), ("person", "Микоян"), ("person", "Mikoyan"), ("type", "cable")),
        text="Réunion du Parti à Pékin: l'ambassadeur est arrivé.",
        language="fr",
        stemmers=("french", "russian"),
    ),
    SearchableDocument("mention", "Other", text="Mikoyan was there, " + "and so on " * 2000 + "until the plenum met."),
    SearchableDocument("zh", "电报", "1956-09", text="毛泽东同志会见朝鲜代表团"),
    SearchableDocument("he", "מברק", text="שָׁלוֹם מן השגרירות", language="he"),
    SearchableDocument("ru", "Дневник", "1957-01-02", text="На пленуме говорили о партийных делах.", language="ru"),
    SearchableDocument(
        "ri",
        "Minutes of a talk",
        "1956",
        "1956",
        fields=(
            ("title", "Minutes of a talk"),
            ("person", "Ri Pil-gyu"),
            ("person", "Yi Pil-gyu"),
            ("person", "이필규"),
        ),
        text="The collective leadership discussed factionalism and factions.",
    ),
    SearchableDocument(
        "bad",
        "<img src=x onerror=alert(1)>",
        abstract="</p><script>alert(2)</script>",
        fields=(("title", "<img src=x onerror=alert(1)>"), ("abstract", "</p><script>alert(2)</script>")),
    ),
    *(
        SearchableDocument(
            f"n{n}", f"Notice {n}", fields=(("title", f"Notice {n}"),), text=f"unique{n} {'x' * (n % 40)}y"
        )
        for n in range(2000)
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site with space")
    saxon = index_saxon()
    model = to_json(SearchPage("search.html", EditionFacts("Cables"), ""))
    (root / "search.html").write_text(saxon.call("index", {"model": model}), encoding="utf-8")
    shutil.copytree(folder("assets"), root / "assets")
    by_id = {document.id: document for document in DOCUMENTS}
    for path, body in search_files([*by_id], by_id.__getitem__):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body)
    return root


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browser_at(chromium) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_without_faults(browser) as page:
        yield page


def ask(page: Page, site: Path, query: str) -> list[str]:
    """Return the titles that are shown once the status has said how many there are."""
    page.goto((site / "search.html").as_uri())
    page.fill("#search-words", query)
    page.keyboard.press("Enter")
    return answer(page)


def answer(page: Page) -> list[str]:
    expect(page.locator("#search-status")).to_have_text(re.compile("found"))
    return [str(title) for title in page.locator("#search-results h2").all_inner_texts()]


QUESTIONS = [
    ("reunion PARTI", ["Câble de Mikoyan"]),
    ("mikoyan", ["Câble de Mikoyan", "Other"]),
    ("mikoy*", ["Câble de Mikoyan", "Other"]),
    ("mikoy", []),
    ("Микояна", []),
    ("Микоян", ["Câble de Mikoyan"]),
    ("Yi Pil-gyu", ["Minutes of a talk"]),
    ("Pilgyu", ["Minutes of a talk"]),
    ("이필규", ["Minutes of a talk"]),
    ("ambassadeur", ["Câble de Mikoyan"]),
    ("arrivée", ["Câble de Mikoyan"]),
    ("пленумы", ["Дневник"]),
    ("партийный", ["Дневник"]),
    ("plenums", ["Other"]),
    ("faction", ["Minutes of a talk"]),
    ('"collective leadership"', ["Minutes of a talk"]),
    ('"leadership collective"', []),
    ("“collective leadership", ["Minutes of a talk"]),
    ("leadership collective", ["Minutes of a talk"]),
    ("leadership -factions", []),
    ("mikoyan -pekin", ["Other"]),
    ("title:mikoyan", ["Câble de Mikoyan"]),
    ("person:mikoyan", ["Câble de Mikoyan"]),
    ('person:"yi pil-gyu"', ["Minutes of a talk"]),
    ('person:"pil-gyu yi"', []),
    ("type:cable", ["Câble de Mikoyan"]),
    ("talk after:1957", []),
    ("talk before:1956", []),
    ("talk after:1956-10", ["Minutes of a talk"]),
    ("mikoyan after:1956-09-16 before:1956-09-17", ["Câble de Mikoyan"]),
    ("mikoyan after:1956-09-17", []),
    ("mikoyan before:1956-09-16", []),
    ("date:1957-01", ["Дневник"]),
    ("毛泽东", ["电报"]),
    ("泽毛", []),
    ("毛朝鲜", []),
    ("团", ["电报"]),
    ("朝鲜 毛泽", ["电报"]),
    ("שלום", ["מברק"]),
    ("unique1234", ["Notice 1234"]),
    ("notice unique7", ["Notice 7"]),
    ("constructor", []),
    ("__proto__", []),
    ("mikoyan 毛泽东", []),
    ("!?", []),
    ('"', []),
    ("-", []),
    ("person:", []),
    ("<script>alert(1)</script> mikoyan", []),
]


def test_readers_find(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri())
    answers = page.evaluate(
        """async (questions) => {
          const answers = [];
          for (const question of questions) {
            const { numbers } = await regesta.engine.search(question);
            const row = (number) => regesta.load("search/documents/" + number);
            answers.push((await Promise.all(numbers.slice(0, 9).map(row))).map(({ title }) => title));
          }
          return answers;
        }""",
        [question for question, _ in QUESTIONS],
    )
    found = dict(zip((question for question, _ in QUESTIONS), answers, strict=True))
    assert found == dict(QUESTIONS)


@pytest.mark.parametrize("question", ["!?", "person:", "<script>alert(1)</script> mikoyan"])
def test_what_is_not_found_is_said(page: Page, site: Path, question: str) -> None:
    assert ask(page, site, question) == []
    assert page.inner_text("#search-status") == "Nothing found."


def test_only_an_exclusion_leaves_all_others(page: Page, site: Path) -> None:
    ask(page, site, "-notice")
    assert page.inner_text("#search-status") == "7 documents found"


def test_a_result_shows_title_date_kind_and_the_words_in_their_context(page: Page, site: Path) -> None:
    ask(page, site, "pekin")
    assert page.inner_text("#search-status") == "1 document found"
    result = page.locator("#search-results li")
    assert result.locator(".item-line").inner_text().split("\n") == ["16 septembre 1956", "cable"]
    assert result.locator(".quote mark").all_inner_texts() == ["Pékin"]
    assert result.locator(".quote").get_attribute("lang") == "fr"
    assert str(result.locator("a").get_attribute("href")).endswith("documents/cable.html?find=pekin")
    ask(page, site, "plenum -партийный")
    assert page.inner_text("#search-results .quote").endswith("so on until the plenum met.")
    ask(page, site, "Yi Pil-gyu")
    assert page.locator("#search-results .named").inner_text() == "Ri Pil-gyu; Yi Pil-gyu"
    ask(page, site, "שלום")
    assert page.locator("#search-results .date").inner_text() == "undated"


def test_what_sources_say_is_never_markup(page: Page, site: Path) -> None:
    assert ask(page, site, "onerror") == ["<img src=x onerror=alert(1)>"]
    assert page.locator("#search-results img, #search-results script").count() == 0


@pytest.mark.parametrize("query", ["a" * 10_000, "wort " * 2_000, '"' * 10_000, "-x:" * 3_000, "毛" * 10_000])
def test_a_question_without_end_is_answered(page: Page, site: Path, query: str) -> None:
    page.goto((site / "search.html").as_uri())
    page.fill("#search-words", query)
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_have_text(re.compile("found"), timeout=5_000)


def test_a_date_that_is_none_is_said(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri() + "?q=mikoyan+after:yesterday")
    expect(page.locator("#search-status")).to_contain_text("A date must be")
    assert page.locator("#search-results li").count() == 2


def test_the_last_word_may_be_unfinished_while_a_reader_types(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri())
    page.locator("#search-words").press_sequentially("miko")
    expect(page.locator("#search-status")).to_have_text("2 documents found")


def test_the_query_stands_in_the_address_and_back_goes_back(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri() + "?q=%E6%AF%9B%E6%B3%BD%E4%B8%9C")
    assert answer(page) == ["电报"]
    assert page.input_value("#search-words") == "毛泽东"
    page.fill("#search-words", "reunion parti")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results h2")).to_have_text("Câble de Mikoyan")
    assert page.url.endswith("?q=reunion%20parti")
    page.reload()
    assert answer(page) == ["Câble de Mikoyan"]
    page.go_back()
    expect(page.locator("#search-results h2")).to_have_text("电报")


def test_many_results_come_ten_at_a_time_by_keyboard(page: Page, site: Path) -> None:
    assert len(ask(page, site, "notice")) == 10
    assert page.inner_text("#search-status") == "2000 documents found"
    page.focus("#search-more")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li")).to_have_count(20)
    expect(page.locator("#search-results a").nth(10)).to_be_focused()


def test_only_the_files_that_a_query_needs_are_loaded(page: Page, site: Path) -> None:
    ask(page, site, "unique1234")
    loaded = page.evaluate("[...document.querySelectorAll('head script')].map(each => each.src)")
    assert len(list((site / "data" / "search").glob("*.js"))) > 10
    assert len([each for each in loaded if "/data/search/" in each]) <= 6


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
    "soft\u00adhyphen zero\u200bwidth join\u200der No. 5/3-7 f_oo a´b ¨ Ⓐ 🙂 e\u0301\u0323 P’il-gyu l'Est co-op"
)


def test_the_script_divides_words_as_the_index_does(page: Page, site: Path) -> None:
    """The script's pieces of a sample, runs cut into pairs, are the words that the index would hold."""
    page.goto((site / "search.html").as_uri())
    pieces = page.evaluate(
        """async (text) => {
          const tokens = regesta.tokens(await regesta.load("search/manifest"));
          return [tokens.pieces(text), tokens.compounds(text)];
        }""",
        SAMPLES,
    )
    found: list[str] = []
    for piece in pieces[0]:
        run = piece.get("run")
        found += [run[at] + run[at + 1] for at in range(len(run) - 1)] + [run[-1]] if run else [piece["word"]]
    assert found == list(words(SAMPLES)), json.dumps(found)
    assert pieces[1] == list(compounds(SAMPLES))


@pytest.mark.parametrize(
    ("language", "sample"),
    [
        ("english", "plenum plenums factional factions meetings discussed Stalin's embassies happily arms"),
        ("russian", "пленума партийного посольство дневники товарищ сообщил корейской"),
        ("german", "Botschafter Häuser gesprochen Verhandlungen größte"),
        ("french", "ambassadeurs arrivée réunions l'assemblée coréenne"),
    ],
)
def test_the_stemmers_of_index_and_script_are_twins(page: Page, site: Path, language: str, sample: str) -> None:
    page.goto((site / "search.html").as_uri())
    found = page.evaluate(
        """async ([language, words]) => {
          await regesta.need("stemmers/base.js");
          await regesta.need("stemmers/" + language + ".js");
          const stemmer = new window[language[0].toUpperCase() + language.slice(1) + "Stemmer"]();
          return words.map((word) => stemmer.stemWord(word));
        }""",
        [language, sample.lower().split()],
    )
    assert found == snowballstemmer.stemmer(language).stemWords(sample.lower().split())
