"""Every kind of page in a browser: for readers with any eyes, hands, screen, script or paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from small_editions import Built, build_in, register, tei, write

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = {
    "front": "index.html",
    "timeline": "timeline.html",
    "search": "search.html",
    "list": "lists/date-10.html",
    "register": "persons/index.html",
    "empty register": "events/index.html",
    "person": "persons/torvin.html",
    "place": "places/lindhaven.html",
    "organisation": "organisations/lamp-office.html",
    "term": "terms/kano.html",
    "telegram": "documents/telegram-1953-06-09-torvin.html",
    "conversation": "documents/conversation-1953-06-07-belmar.html",
    "journal": "documents/journal-1953-06-torvin.html",
    "letter": "documents/letter-1953-06-12-belmar.html",
    "facsimile": "documents/decision-1953-06-20-lamps.html",
}
NAVIGATION = """[...document.querySelectorAll('nav')].filter((nav) => nav.checkVisibility())
    .map((nav) => nav.getAttribute('aria-label'))"""
FURNITURE = 100 * 1024
"""Bytes that a page may need beside its document's text and pictures, uncompressed."""


@dataclass(frozen=True)
class Reader:
    """A browser with the specimen of the encoding open in it."""

    browser: Browser
    built: Built

    def open(self, path: str, width: int = 1280, **context: object) -> Page:
        page = self.browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()  # type: ignore[arg-type]
        page.goto((self.built.site / path).as_uri())
        return page


@pytest.fixture(scope="module")
def reader(chromium: str, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("specimen")
    files = {
        path.relative_to(repository / "tests/golden/specimen").as_posix(): path.read_bytes()
        for path in (repository / "tests/golden/specimen").rglob("*")
        if path.is_file()
    }
    built = build_in(write(folder, files))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield Reader(browser, built)
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(reader: Reader, kind: str, scheme: str) -> None:
    width = {"light": 1280, "dark": 360}[scheme]
    page = reader.open(KINDS[kind], width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}}})")
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    page.context.close()


def test_axe_would_find_something(reader: Reader) -> None:
    page = reader.open(KINDS["person"], bypass_csp=True)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x><a href=#></a>')")
    page.evaluate(AXE)
    found = {each["id"] for each in page.evaluate("axe.run()")["violations"]}
    assert {"image-alt", "link-name"} <= found


@pytest.mark.parametrize("width", [360, 768, 1920, 3840])
def test_no_page_is_wider_than_the_screen(reader: Reader, width: int) -> None:
    for kind, path in KINDS.items():
        page = reader.open(path, width)
        sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert sizes[0] <= sizes[1], kind
        page.context.close()


def test_a_line_of_text_stays_readable_on_a_wide_screen(reader: Reader) -> None:
    page = reader.open(KINDS["letter"], 3840)
    column = page.evaluate("document.querySelector('article p, article .p').getBoundingClientRect().width")
    assert column < 45 * 17  # some 90 letters


@pytest.mark.parametrize("kind", KINDS)
def test_furniture_stays_within_its_budget(reader: Reader, kind: str) -> None:
    page = reader.open(KINDS[kind])
    site = reader.built.site
    assets = page.evaluate(
        "[...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((each) => each.href || each.src)"
    )
    sizes = {url: (site / "assets" / url.rpartition("/")[2]).stat().st_size for url in assets if "/assets/" in url}
    own = (site / KINDS[kind]).read_text(encoding="utf-8")
    text = page.evaluate("(document.querySelector('article') || {outerHTML: ''}).outerHTML")
    assert sum(sizes.values()) + len(own.encode()) - len(text.encode()) <= FURNITURE
    assert len(sizes) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_anyone_else(reader: Reader, kind: str) -> None:
    page = reader.browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((reader.built.site / KINDS[kind]).as_uri())
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(reader.built.site.as_uri())] == []


def test_the_keyboard_reaches_the_text_first_and_everything_in_its_order(reader: Reader) -> None:
    page = reader.open(KINDS["telegram"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    seen: list[list[object]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle,"
            " document.activeElement.getBoundingClientRect().height > 0]"
        )
        if where[0] == "BODY":
            break
        seen.append(where)
    assert len(seen) > 20
    assert [each for each in seen if each[1] == "none" or not each[2]] == []


def test_landmarks_and_headings_lead_a_screen_reader(reader: Reader) -> None:
    for kind, path in KINDS.items():
        page = reader.open(path)
        assert page.get_by_role("main").count() == 1, kind
        assert page.get_by_role("banner").count() == 1, kind
        assert page.get_by_role("contentinfo").count() == 1, kind
        assert page.get_by_role("heading", level=1).count() == 1, kind
        names = page.evaluate(NAVIGATION)
        assert all(names), kind
        assert len(names) == len(set(names)), kind
        page.context.close()


def test_references_are_saved_and_copied(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(KINDS["telegram"], accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    for label, start in (("BibTeX", "@misc{"), ("RIS", "TY  - PCOMM\r\n"), ("CSL-JSON", '[{"id": ')):
        page.get_by_text(label, exact=True).first.click()
        box = page.locator("details", has_text=label).first
        with page.expect_download() as waiting:
            box.get_by_role("button").click()
        saved = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved)
        assert saved.read_bytes().decode("utf-8").startswith(start)
    page.get_by_role("button", name="Copy: MLA").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Torvin, Ilya Markovich. “Telegram")
    assert not copied.endswith("Copy")


def test_the_list_that_a_reader_came_from_goes_on(reader: Reader) -> None:
    page = reader.open(KINDS["person"])
    links = page.locator("#main a[href*='documents/']")
    titles = links.all_text_contents()
    links.nth(1).click()
    trail = page.get_by_role("navigation", name="The list that you came from")
    assert trail.locator("a").all_text_contents() == ["Back to the list", "Previous in the list", "Next in the list"]
    trail.get_by_text("Next in the list").click()
    assert page.get_by_role("heading", level=1).inner_text().strip() == titles[2].strip()
    page.go_back()
    page.get_by_text("Back to the list").click()
    assert page.url.endswith("persons/torvin.html")


def test_a_page_that_is_opened_by_itself_has_no_list(reader: Reader) -> None:
    page = reader.open(KINDS["telegram"])
    assert page.locator("#trail").is_hidden()


def test_names_lead_to_their_places_in_the_text(reader: Reader) -> None:
    page = reader.open(KINDS["telegram"])
    link = page.locator("#names .where a").first
    link.click()
    target = page.evaluate("document.querySelector(':target').closest('article, .foot') !== null")
    assert target


def test_without_script_everything_can_be_read(reader: Reader) -> None:
    page = reader.open(KINDS["telegram"], java_script_enabled=False)
    assert page.locator("#cite dd").count() == 4
    page.get_by_text("BibTeX", exact=True).first.click()
    assert page.locator(".reference pre").first.is_visible()
    assert page.locator("#trail").is_hidden()


def test_paper_gets_text_notes_and_citation_and_no_furniture(reader: Reader) -> None:
    page = reader.open(KINDS["conversation"])
    page.emulate_media(media="print")
    shown = "(name) => [...document.querySelectorAll(name)].some((each) => each.getClientRects().length > 0)"
    assert [name for name in ("article", "h1", "#cite dd", ".foot") if not page.evaluate(shown, name)] == []
    furniture = ("header nav", ".neighbours", ".references", ".skip", "#trail", "footer .files")
    assert [name for name in furniture if page.evaluate(shown, name)] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 5000


@pytest.mark.parametrize("language", ["ko", "ru", "zh", "de", "fr"])
def test_the_site_speaks_the_language_that_it_is_told_to(language: str, tmp_path: Path, reader: Reader) -> None:
    toml = f'[edition]\ntitle = "Eine Ausgabe"\neditors = ["E"]\n[site]\nlanguages = ["{language}"]\n'
    person = '<person xml:id="k"><persName>K</persName></person>'
    date = '<profileDesc><creation><date when="1956-09-16"/></creation></profileDesc>'
    body = '<p>To <persName ref="r.xml#k">K</persName>.</p>'
    files = {"edition.toml": toml, "tei/a.xml": tei(body, header=date), "tei/r.xml": register(person)}
    site = build_in(write(tmp_path, files)).site
    english = {
        "Documents",
        "Timeline",
        "Persons",
        "Search",
        "How to cite",
        "Names in this document",
        "16 September 1956",
    }
    for path in [*site.glob("*.html"), *site.glob("documents/*.html"), site / "persons/index.html"]:
        page = reader.browser.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.lang") == language
        said = english & set(
            page.evaluate(
                "[...document.querySelectorAll('header.site nav a, h2, h3, dt, .date')].map((each) => each.textContent)"
            )
        )
        assert said - ({"Documents"} if language == "fr" else {"September"} if language == "de" else set()) == set(), (
            path
        )
        page.close()
