"""What a reader does with a text: changes readings, looks at notes, opens the facsimile, by mouse, keyboard, touch."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from small_editions import TITLED, Built, build_in, tei, write

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from pictures import png

pytestmark = pytest.mark.browser

ZONES = (
    '<facsimile><surface lrx="200" lry="100"><graphic url="leaf.png"/><zone xml:id="z1" ulx="10" uly="10" lrx="190"'
    ' lry="40"/><zone xml:id="z2" ulx="10" uly="50" lrx="190" lry="90"/></surface></facsimile>'
)
READINGS = (
    "<p>The <choice><sic>brigde</sic><corr>bridge</corr></choice> Re-<lb break='no'/>gesta"
    "<note>About it, <hi>shortly</hi>.</note> <app><lem wit='#A'>fell</lem><rdg wit='#B'>stood</rdg></app>.</p>"
)
LINES = "<p><lb facs='#z1'/>One line <lb facs='#z2'/>and another.</p>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    zoned = tei(LINES).replace("<text>", f"{ZONES}<text>", 1)
    files: dict[str, str | bytes] = {
        "edition.toml": TITLED,
        "tei/readings.xml": tei(READINGS),
        "tei/zoned.xml": zoned,
        "tei/leaf.png": png(400, 200),
    }
    return build_in(write(tmp_path_factory.mktemp("texts"), files), jobs=1)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


class Reading:
    """A page open in a browser, with what went wrong on it."""

    def __init__(self, browser: Browser, built: Built, name: str, **options: Any) -> None:
        self.page = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options}).new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.goto((built.site / "documents" / f"{name}.html").as_uri())

    def text(self) -> str:
        """Return what the article shows, as a reader would read it."""
        return " ".join(self.page.inner_text("article p").split())

    def lines(self) -> int:
        """Return on how many lines the paragraph stands."""
        top = "Math.round(each.getBoundingClientRect().top)"
        script = f"p => new Set([...p.querySelectorAll('.choice, .app')].map(each => {top})).size"
        return int(self.page.eval_on_selector("article p", script))

    @property
    def focused(self) -> str:
        """Return id or class of what has the focus."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_the_switch_between_readings_works_by_keyboard(browser: Browser, built: Built) -> None:
    reading = Reading(browser, built, "readings")
    assert reading.text() == "The bridge Regesta1 fell."
    assert reading.lines() == 1
    reading.page.focus("#readings-edited")
    reading.page.keyboard.press("ArrowRight")
    assert reading.focused == "readings-source"
    assert reading.text() == "The brigde Re-gesta1 fell."
    assert reading.lines() == 2
    reading.page.keyboard.press("ArrowRight")
    assert reading.text() == "The brigdebridge Re-gesta1 fell Astood B."
    reading.page.emulate_media(media="print")
    assert reading.text() == "The brigdebridge Re-gesta1 fell Astood B."
    assert [label.inner_text() for label in reading.page.query_selector_all("label") if label.is_visible()] == ["Both"]


def test_without_scripts_the_switch_and_the_notes_work_too(browser: Browser, built: Built) -> None:
    reading = Reading(browser, built, "readings", java_script_enabled=False)
    reading.page.check("#readings-source")
    assert reading.page.locator("article .sic").is_visible()
    assert not reading.page.locator("article .corr").is_visible()
    reading.page.click("a.call")
    assert reading.page.url.endswith("#note-1")


def test_a_note_shows_beside_its_call_by_keyboard_and_goes_by_escape(browser: Browser, built: Built) -> None:
    reading = Reading(browser, built, "readings")
    reading.page.focus("#readings-edited")
    reading.page.keyboard.press("Tab")
    assert reading.focused == "call-1"
    assert reading.page.inner_text(".note-preview") == "About it, shortly."
    reading.page.keyboard.press("Escape")
    assert not reading.page.locator(".note-preview").is_visible()
    assert reading.faults == []


def test_a_first_tap_shows_the_note_and_a_second_one_leads_to_it(browser: Browser, built: Built) -> None:
    phone = {"width": 375, "height": 700}
    reading = Reading(browser, built, "readings", has_touch=True, viewport=phone)
    reading.page.tap("a.call")
    assert reading.page.locator(".note-preview").is_visible()
    box = reading.page.locator(".note-preview").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 375
    assert "#note" not in reading.page.url
    reading.page.tap("a.call")
    assert reading.page.url.endswith("#note-1")


def test_zones_and_lines_lead_to_each_other(browser: Browser, built: Built) -> None:
    reading = Reading(browser, built, "zoned", java_script_enabled=False)
    reading.page.click(".zone-link >> nth=1")
    assert reading.page.url.endswith("#z2")
    reading.page.click("#z1")
    assert reading.page.url.endswith("#at-z1")


def test_the_picture_opens_beside_the_text_and_shows_the_zone(browser: Browser, built: Built) -> None:
    reading = Reading(browser, built, "zoned")
    assert reading.page.evaluate("typeof window.OpenSeadragon") == "undefined"
    reading.page.click(".graphic > a")
    reading.page.wait_for_selector(".viewer .zone-mark")
    assert reading.page.locator(".viewer canvas").count() > 0
    assert reading.page.locator(".viewer .zone-mark").count() == 2
    reading.page.click(".zone-link >> nth=1")
    reading.page.wait_for_selector(".viewer .zone-mark.shown[data-zone=z2]")
    reading.page.keyboard.press("Escape")
    assert not reading.page.locator(".viewer").is_visible()
    assert reading.faults == []
