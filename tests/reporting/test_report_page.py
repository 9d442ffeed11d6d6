"""The report as a page: opens from disk, runs nothing, shows hostile text as text, can be filtered."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Page, sync_playwright
from samples import HOSTILE, finding, many, results, several

from regesta.reporting import html
from regesta.reporting.results import Baseline, Results


def page(given: Results, most: int = 1_000) -> str:
    return "".join(html.chunks(given, most))


def test_nothing_but_the_style_is_allowed_and_the_hash_is_that_of_the_style() -> None:
    text = page(results())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_text_is_text() -> None:
    tree = lxml_html.document_fromstring(page(results()))
    assert not tree.xpath("//img|//script|//link|//iframe|//@onerror|//@style")
    assert "</script><img src=x onerror=alert(1)>" in tree.text_content()
    assert not set(page(results())) & set("\x1b\x07\u202e")
    assert HOSTILE not in page(results())


def test_the_character_in_question_is_marked_with_what_combines_with_it() -> None:
    text = page(Results([finding(excerpt="<p>e\u0301t</p>", caret=4)]))
    assert "&lt;p&gt;<mark>e\u0301</mark>t&lt;/p&gt;" in text
    assert "mark>" not in page(Results([finding(caret=0)]))


def test_what_is_left_out_is_counted() -> None:
    text = page(Results([finding(line=line) for line in range(1, 21)]), most=5)
    assert text.count('<li class="finding') == 5
    assert "15 more of pointer-dangling" in text
    assert 'pointer-dangling <span class="count">(20)</span>' in text
    assert page(Results([finding(line=line) for line in range(1, 21)]), most=0).count('<li class="finding') == 20


def test_a_baseline_is_spoken_of() -> None:
    text = page(Results([], Baseline("known.json", 40, 3)))
    assert "Only new findings: 40 are known from known.json. 3 of its entries no longer occur." in text
    assert "Nothing was found." in text


def test_every_rule_is_explained_once() -> None:
    tree = lxml_html.document_fromstring(page(results()))
    targets = {link.get("href", "")[1:] for link in tree.xpath("//li//a")}
    assert targets == {element.get("id") for element in tree.xpath("//div[@class='rule']")}
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def opened(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file: Path = tmp_path_factory.mktemp("report") / "findings.html"
    file.write_text(page(results()), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page()
        said: list[str] = []
        shown.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        shown.on("pageerror", lambda error: said.append(error.message))
        shown.goto(file.as_uri())
        yield shown
        browser.close()
    assert said == []


def visible(shown: Page) -> list[str]:
    return shown.locator(".finding:visible strong").all_inner_texts()


@pytest.mark.browser
def test_filters_work_from_disk(opened: Page) -> None:
    assert visible(opened) == [each.severity.value for each in several()]
    opened.get_by_label("warnings (1)").check()
    assert visible(opened) == ["warning"]
    assert opened.locator("main h2:visible").all_inner_texts() == ["tei/b.xml"]
    opened.get_by_label("all (5)").first.check()
    opened.get_by_label("pointer-dangling (2)").check()
    assert visible(opened) == ["error", "error"]
    opened.get_by_label("all (5)").last.check()
    assert len(visible(opened)) == 5


@pytest.mark.browser
def test_filters_work_by_keyboard(opened: Page) -> None:
    opened.get_by_label("all (5)").first.focus()
    opened.keyboard.press("ArrowRight")
    assert set(visible(opened)) == {"error"}
    opened.keyboard.press("ArrowLeft")
    assert len(visible(opened)) == 5


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(opened: Page, scheme: str) -> None:
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ratios = opened.evaluate(
        """() => {
          const canvas = document.createElement('canvas').getContext('2d');
          const rgb = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
                                  return canvas.getImageData(0, 0, 1, 1).data };
          const light = colour => { const [r, g, b] = [...rgb(colour)].slice(0, 3).map(v => v / 255)
            .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b };
          const behind = e => { for (; e; e = e.parentElement) {
            const back = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(back)) return back }
            return 'white' };
          return [...document.querySelectorAll('p,strong,a,mark,code,legend,label,h1,h2')].map(e => {
            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
            return (a + .05) / (b + .05) }) }"""
    )
    assert len(ratios) > 20
    assert min(ratios) >= 4.5


@pytest.mark.browser
def test_nothing_is_wider_than_a_telephone(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


def test_many_files_make_many_sections() -> None:
    assert page(Results(list(many(1_000)))).count("<section class=") == 10
