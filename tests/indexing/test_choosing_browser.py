"""The combined index as a reader works in it: in Chromium, from `file://`, with the site's own policy in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from index_editions import EDITION, catalogue, document, edition_of
from playwright.sync_api import Browser, Locator, Page, expect

from readers import browser_at, index_saxon, page_without_faults, write_site
from regesta.catalogue import CataloguedDocument
from regesta.saxon import Saxon

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
def saxon() -> Saxon:
    return index_saxon()


def varied(number: int) -> CataloguedDocument:
    """Return a document whose type, archive and language depend on its number."""
    plain = document(number)
    record = replace(
        plain.record,
        type=("telegram", "memorandum-of-conversation", "")[number % 3],
        languages=(("ru",), ("en", "ko"), ())[number % 3],
        transcript=("none", "full")[number % 2],
        membership=("certain", "probable")[number % 5 == 0],
    )
    return replace(plain, record=record)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, saxon: Saxon) -> Path:
    found = catalogue([varied(number) for number in range(157)])
    texts = {f"d{number}": f"The {'plenum' if number % 50 == 7 else 'board'} met." for number in range(157)}
    return write_site(tmp_path_factory.mktemp("a site"), found, EDITION, saxon, texts)


def opened(page: Page, site: Path, query: str = "") -> Page:
    page.goto((site / "index.html").as_uri() + query)
    expect(page.locator("#choose")).to_be_visible()
    return page


def count(page: Page) -> Locator:
    return page.locator(".result-count")


def value(page: Page, facet: str, name: str) -> Locator:
    box = page.locator(f"details[data-facet={facet}]")
    if not box.evaluate("box => box.open"):
        box.locator("summary").click()
    return box.locator("li", has=page.get_by_text(name, exact=True))


def choose(page: Page, facet: str, name: str) -> None:
    value(page, facet, name).locator("input").click()


def titles(page: Page) -> list[str]:
    return [str(title) for title in page.locator("#choose .document h2").all_inner_texts()]


def test_the_whole_collection_is_listed_with_all_that_is_known(page: Page, site: Path) -> None:
    opened(page, site)
    assert count(page).inner_text() == "157 documents, 1–25 shown"
    expect(page.locator("#lists")).to_be_hidden()
    first = page.locator("#choose .document").first
    expect(first.locator(".abstract")).to_have_text("What stands in document 0.")
    assert first.locator("h2 a").inner_text() == "Cable 0 & <reply>"
    assert first.locator(".date").inner_text() == "1 January 1955"
    assert "Kim Il Sung (author, sender); Somebody <unknown> (addressee); Mao" in first.inner_text()
    assert "State Archive, f. 5, op. 0" in first.inner_text()


def test_several_values_of_a_facet_add_up_and_facets_narrow_each_other(page: Page, site: Path) -> None:
    opened(page, site)
    expect(value(page, "type", "telegram").locator(".count")).to_have_text("53")
    choose(page, "type", "telegram")
    expect(count(page)).to_have_text("53 of 157 documents, 1–25 shown")
    choose(page, "type", "memorandum of conversation")
    expect(count(page)).to_have_text("105 of 157 documents, 1–25 shown")
    choose(page, "language", "Korean")
    expect(count(page)).to_have_text("52 of 157 documents, 1–25 shown")
    expect(value(page, "type", "telegram").locator(".count")).to_have_text("0")
    expect(value(page, "language", "Russian").locator(".count")).to_have_text("53")


def test_what_is_chosen_can_be_taken_away_by_keyboard(page: Page, site: Path) -> None:
    opened(page, site, "?type=telegram&transcript=full&date=1955")
    expect(page.locator(".chip")).to_have_count(3)
    page.get_by_role("button", name="Remove Type telegram").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".chip").nth(1)).to_be_focused()
    page.get_by_role("button", name="Clear all").press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(count(page)).to_be_focused()


def test_all_that_is_chosen_stands_in_the_address_and_back_goes_back(page: Page, site: Path) -> None:
    opened(page, site)
    choose(page, "type", "telegram")
    page.select_option("#choose-sort", "title")
    choose(page, "date", "1956")
    expect(page.locator(".chip")).to_have_count(2)
    assert page.url.endswith("?date=1956&type=telegram&sort=title")
    seen = titles(page)
    page.reload()
    expect(page.locator("#choose")).to_be_visible()
    assert titles(page) == seen
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    assert page.input_value("#choose-sort") == "title"
    page.go_back()
    expect(page.locator("#choose-sort")).to_have_value("collection")
    page.go_forward()
    expect(page.locator("#choose-sort")).to_have_value("title")


@pytest.mark.parametrize("order", ["date", "title", "type", "archive"])
def test_lists_are_sorted_with_what_has_no_key_last(page: Page, site: Path, order: str) -> None:
    opened(page, site, f"?sort={order}")
    found = titles(page)
    page.goto(f"{(site / 'index.html').as_uri()}?sort={order}&page=7")
    expect(page.locator("#choose .document")).to_have_count(7)
    last = titles(page)
    documents = [varied(number) for number in range(157)]
    keys: dict[str, Callable[[CataloguedDocument], object]] = {
        "date": lambda each: (each.sort_date == "", each.sort_date),
        "title": lambda each: int(re.findall(r"\d+", each.label)[0]),
        "type": lambda each: (each.record.type == "", each.record.type),
        "archive": lambda _each: 0,
    }
    wanted = [each.label for each in sorted(documents, key=keys[order])]  # type: ignore[arg-type]
    assert found + last == wanted[:25] + wanted[150:]


@pytest.mark.parametrize(
    ("range_", "test"),
    [
        ("from=1956-03", lambda date: date[:7] >= "1956-03" or date == "1956"),
        ("to=1955-02-10", lambda date: "" < date <= "1955-02-10"),
        ("from=1955-12&to=1956-01", lambda date: date[:7] in {"1955-12", "1956-01", "1955", "1956"}),
        ("from=1956&undated=yes", lambda date: date >= "1956" or date == ""),
    ],
)
def test_a_range_of_dates_takes_in_what_may_lie_in_it(
    page: Page, site: Path, range_: str, test: Callable[[str], bool]
) -> None:
    opened(page, site, f"?{range_}")
    wanted = sum(test(varied(number).sort_date) for number in range(157))
    expect(count(page)).to_contain_text(f"{wanted} of 157 documents")


def test_a_range_is_typed_and_what_is_no_date_is_refused(page: Page, site: Path) -> None:
    opened(page, site)
    page.fill("#choose-from", "soon")
    page.keyboard.press("Enter")
    expect(page.locator("#choose-from")).to_have_attribute("aria-invalid", "true")
    assert page.url.endswith("index.html")
    page.fill("#choose-from", "3.1956")
    page.keyboard.press("Enter")
    expect(page.locator(".chip bdi")).to_have_text("1956-03")
    assert page.url.endswith("?from=1956-03")


def test_the_undated_have_a_value_of_their_own(page: Page, site: Path) -> None:
    opened(page, site)
    choose(page, "date", "undated")
    undated = sum(varied(number).sort_date == "" for number in range(157))
    expect(count(page)).to_have_text(f"{undated} of 157 documents")
    assert set(page.locator("#choose .document .date").all_inner_texts()) == {"undated"}


def test_a_month_takes_the_place_of_its_year(page: Page, site: Path) -> None:
    opened(page, site)
    choose(page, "date", "1956")
    choose(page, "date", "March 1956")
    expect(page.locator(".chip bdi")).to_have_text("March 1956")
    assert page.url.endswith("?date=1956-03")


def test_words_are_sought_within_what_is_chosen(page: Page, site: Path) -> None:
    opened(page, site, "?transcript=full")
    page.fill("#choose-q", "plenum")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("3 of 157 documents")
    expect(page.locator("#choose .quote mark").first).to_have_text("plenum")
    assert page.url.endswith("?q=plenum&transcript=full")
    assert page.input_value("#choose-sort") == "relevance"
    link = page.locator("#choose h2 a").first.get_attribute("href")
    assert link and link.endswith(".html?find=plenum")


def test_pages_follow_each_other(page: Page, site: Path) -> None:
    opened(page, site)
    page.get_by_role("link", name="Next").click()
    expect(count(page)).to_have_text("157 documents, 26–50 shown")
    expect(count(page)).to_be_focused()
    assert page.url.endswith("?page=2")
    assert titles(page)[0] == "Cable 25 & <reply>"
    page.go_back()
    expect(count(page)).to_have_text("157 documents, 1–25 shown")


@pytest.mark.parametrize(
    "query",
    [
        "?type=unknown",
        "?person=%3Cimg+src%3Dx%3E&page=99999999&sort=nothing&from=x",
        "?page=-1&date=__proto__",
        f"?q={'a' * 5000}",
    ],
)
def test_an_address_that_means_nothing_does_no_harm(page: Page, site: Path, query: str) -> None:
    opened(page, site, query)
    expect(count(page)).not_to_be_empty()
    expect(count(page)).not_to_have_text("Searching …")
    assert page.locator("#choose img").count() == 0


def test_a_phone_has_the_facets_in_a_drawer_and_nothing_overflows(browser: Browser, site: Path) -> None:
    with page_without_faults(browser, 360, 740) as page:
        opened(page, site)
        expect(page.locator(".facet").first).to_be_hidden()
        page.locator(".drawer > summary").click()
        choose(page, "type", "telegram")
        expect(page.locator(".drawer .picked").first).to_have_text("1")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_javascript_the_lists_stay(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    expect(page.locator("#choose")).to_be_hidden()
    expect(page.locator("#lists .document")).to_have_count(10)
    context.close()


# ── bad input ──────────────────────────────────────────────────────────────────────────────────────────────

Rows = Sequence[CataloguedDocument]


def named(number: int, title: str) -> CataloguedDocument:
    return replace(varied(number), label=title, record=replace(varied(number).record, title=title))


BAD: dict[str, Rows] = {
    "quotes": [named(number, f"\"It's\" <b>bold</b> & 'done' {number}") for number in range(5)],
    "rtl": [named(0, "מברק מפיונגיאנג"), named(1, "برقية من \u202eبيونغ يانغ")],
    "long": [named(number, "W" * 200 if number else "word " * 40) for number in range(3)],
    "undated": [replace(varied(number), sort_date="", written_date="") for number in range(30)],
    "one": [varied(0)],
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("width", [360, 1280])
def test_what_sources_say_fits_the_page_as_text(
    browser: Browser, saxon: Saxon, tmp_path: Path, kind: str, width: int
) -> None:
    site = write_site(tmp_path, catalogue(BAD[kind]), EDITION, saxon)
    with page_without_faults(browser, width) as page:
        opened(page, site)
        assert titles(page) == [" ".join(each.label.split()) for each in BAD[kind][:25]]
        assert page.locator("#choose b").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_documents_leave_the_page_as_it_was(page: Page, saxon: Saxon, tmp_path: Path) -> None:
    site = write_site(tmp_path, edition_of(0), EDITION, saxon)
    page.goto((site / "index.html").as_uri())
    page.wait_for_function("regesta.table")
    expect(page.locator(".empty")).to_have_text("This edition has no documents yet.")
    expect(page.locator("#choose")).to_be_hidden()
