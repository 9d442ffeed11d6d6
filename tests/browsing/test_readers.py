"""What a reader does, from the front page to the place in a text: on our edition, a real one, and a large one."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from readers import browser_at, page_without_faults
from small_editions import Built, build_in, build_sources

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browser_at(chromium) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_without_faults(browser) as page:
        yield page


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Built:
    return build_in(repository, output=tmp_path_factory.mktemp("ours") / "build")


@pytest.fixture(scope="module")
def ehri(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Built:
    return build_sources(corpora / "ehri-editions", tmp_path_factory.mktemp("ehri") / "build")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Built:
    sys.path.insert(0, str(repository / "tests" / "bench"))
    from letters import write_edition

    folder = tmp_path_factory.mktemp("large")
    write_edition(folder, 10_000)
    return build_in(folder)


def front(page: Page, built: Built, query: str = "") -> None:
    page.goto((built.site / "index.html").as_uri() + query)
    expect(page.locator("#choose")).to_be_visible(timeout=20_000)


def count(page: Page) -> str:
    return page.locator(".result-count").inner_text()


def search(page: Page, built: Built, question: str) -> list[str]:
    """Return the addresses of the first results."""
    page.goto((built.site / "search.html").as_uri())
    page.fill("#search-words", question)
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_have_text(re.compile("found"), timeout=20_000)
    return [str(link.get_attribute("href")) for link in page.locator("#search-results h2 a").all()]


def choose(page: Page, facet: str, at: int = 0) -> tuple[str, int]:
    """Choose a value of the facet and return its name and the count that it showed."""
    box = page.locator(f"details[data-facet={facet}]")
    if not box.evaluate("box => box.open"):
        box.locator("summary").click()
    item = box.locator(".values li").nth(at)
    expect(item).to_be_visible()
    name, number = item.locator("label > span").all_inner_texts()
    item.locator("input").click()
    return name, int(number)


# ── our edition ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_telegrams_of_september_1956_are_found_by_facets(page: Page, ours: Built) -> None:
    front(page, ours)
    assert count(page).startswith(f"{len(ours.ids())} documents")
    page.locator("details[data-facet=type] li", has_text="telegram").locator("input").click()
    page.locator("details[data-facet=date] li", has_text="1956").first.locator("input").click()
    page.locator("details[data-facet=date] .month", has_text="September 1956").locator("input").click()
    expect(page.locator(".chip bdi")).to_have_text(["September 1956", "telegram"])
    dates = page.locator("#choose .document .date").all_inner_texts()
    assert dates
    assert all("September" in date and "1956" in date for date in dates)
    assert set(page.locator("#choose .document .type").all_inner_texts()) == {"telegram"}


def test_a_person_is_found_under_every_name_of_the_register(page: Page, ours: Built) -> None:
    under_variant = search(page, ours, '"Li Pil Kyu"')
    assert under_variant
    under_name = search(page, ours, '"Ri Pil-gyu"')
    assert {each.partition("?")[0] for each in under_variant} == {each.partition("?")[0] for each in under_name}


@pytest.mark.parametrize(("sought", "known"), [("Yi Pil-gyu", "Ri Pil-gyu"), ("Мао Цзэдун", "Mao Zedong")])
def test_other_romanisations_and_scripts_find_the_same(page: Page, ours: Built, sought: str, known: str) -> None:
    assert search(page, ours, sought)
    answers = []
    for name in (sought, known):
        assert search(page, ours, f'person:"{name}"')
        answers.append(page.locator("#search-status").inner_text())
    assert answers[0] == answers[1]


def test_what_nobody_has_leads_to_what_there_is(page: Page, ours: Built) -> None:
    assert search(page, ours, "plenum zebras") == []
    page.get_by_role("link", name="plenum", exact=True).click()
    expect(page.locator("#search-results li")).not_to_have_count(0)


def test_a_result_leads_to_the_place_in_the_document(page: Page, ours: Built) -> None:
    search(page, ours, '"August plenum"')
    page.locator("#search-results h2 a").first.click()
    expect(page.locator("#find")).to_be_visible()
    marks = page.locator("main mark")
    assert {text.lower() for text in marks.all_text_contents()} == {"august plenum"}
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.get_by_role("button", name="Next place").click()
    page.get_by_role("button", name="Remove the marks").click()
    expect(marks).to_have_count(0)


def test_a_search_is_narrowed_down_in_the_index(page: Page, ours: Built) -> None:
    search(page, ours, "Mikoyan")
    found = int(page.locator("#search-status").inner_text().split()[0])
    page.get_by_role("link", name="Sort these").click()
    expect(page.locator("#choose")).to_be_visible()
    assert count(page).startswith(f"{found} of ")
    _name, number = choose(page, "type")
    expect(page.locator(".result-count")).to_have_text(re.compile(f"^{number} of"))


def test_every_facet_count_is_what_its_choice_leaves(page: Page, ours: Built) -> None:
    front(page, ours)
    for facet in page.locator("details.facet").evaluate_all("boxes => boxes.map(box => box.dataset.facet)"):
        front(page, ours)
        _name, number = choose(page, facet)
        expect(page.locator(".result-count")).to_have_text(re.compile(f"^{number} (of|documents)"))


# ── a real edition in six languages ────────────────────────────────────────────────────────────────────────


@pytest.mark.proof
def test_letters_in_many_languages_are_searched_in_one_box(page: Page, ehri: Built) -> None:
    for question in ("Flüchtling", "uprchlíci", "refugees", "Niemcy"):
        assert search(page, ehri, question), question
        expect(page.locator("#search-results mark").first).to_be_visible()


@pytest.mark.proof
def test_an_edition_of_others_is_a_place_to_work_too(page: Page, ehri: Built) -> None:
    front(page, ehri)
    all_ = int(count(page).split()[0])
    name, number = choose(page, "language")
    expect(page.locator(".result-count")).to_have_text(re.compile(f"^{number} of {all_} "))
    page.reload()
    expect(page.locator(".chip bdi")).to_have_text(name)
    page.locator("#choose h2 a").first.click()
    page.go_back()
    expect(page.locator(".chip bdi")).to_have_text(name)


# ── ten thousand letters ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.proof
def test_one_letter_among_ten_thousand_is_found(page: Page, large: Built) -> None:
    front(page, large)
    assert count(page).startswith("10000 documents")
    assert search(page, large, "title:4711")[0].endswith("documents/letter-04711.html?find=title%3A4711")
    page.locator("#search-results h2 a").click()
    expect(page.locator("h1")).to_contain_text("Letter 4711")


@pytest.mark.proof
def test_an_answer_loads_no_more_than_two_hundred_kilobytes(page: Page, large: Built) -> None:
    loaded: dict[str, int] = {}
    questions = (
        "plenum",
        "lens",
        '"Ada Lamp"',
        'person:"Ada Lamp"',
        "harb*",
        "storm -fog",
        "landing stage",
        "telegrams",
    )
    for question in questions:
        search(page, large, question)
        files = page.evaluate("[...document.querySelectorAll('head script')].map(each => new URL(each.src).pathname)")
        loaded[question] = sum(Path(each).stat().st_size for each in files if "/data/" in each or "/stemmers/" in each)
    assert max(loaded.values()) <= 200_000, loaded


@pytest.mark.proof
def test_facets_of_ten_thousand_letters_count_right(page: Page, large: Built) -> None:
    front(page, large)
    first, number = choose(page, "person")
    expect(page.locator(".result-count")).to_have_text(re.compile(f"^{number} of 10000 "))
    data = (large.site / "data" / "index").glob("columns-*.js")
    naming = 0
    for path in data:
        column = json.loads(re.fullmatch(r"regesta\.add\([^,]+,(.*)\);\n", path.read_text("utf-8"), re.DOTALL)[1])  # type: ignore[index]
        naming += column["facets"]["person"]["values"].count(column["facets"]["person"]["labels"].index(first))
    assert naming == number
    page.fill("#choose-from", "1905-08")
    page.fill("#choose-to", "1905-08")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(3)
    assert all("August 1905" in date for date in page.locator("#choose .document .date").all_inner_texts())
