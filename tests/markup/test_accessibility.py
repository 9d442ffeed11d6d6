"""Pages in a real browser, looked at by axe-core: landmarks, order of headings, names of links, contrast, languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from pages_to_check import Site, sites
from playwright.sync_api import Browser, sync_playwright

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return JSON.stringify(found.violations.map(each => [each.id, each.nodes.length, each.nodes[0].html.slice(0, 160)]));
}"""
PAGES = 22
PAGES_OF_PROOF = 150


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def faults(browser: Browser, path: Path, scheme: str = "light", width: int = 1280) -> list[Any]:
    """Return what axe finds on the page: rule, how often, and the first place."""
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    page.goto(path.as_uri())
    page.evaluate(AXE)
    found: list[Any] = json.loads(page.evaluate(RUN))
    page.close()
    return found


@pytest.mark.browser
def test_a_sample_of_pages_is_accessible(browser: Browser, our_sites: list[Site]) -> None:
    found = {}
    for number, path in enumerate(sites(our_sites, PAGES)):
        if wrong := faults(browser, path, ("light", "dark")[number % 2], (1280, 375)[number // 2 % 2]):
            found[str(path)] = wrong
    assert found == {}


@pytest.mark.browser
@pytest.mark.proof
def test_pages_of_the_corpora_are_accessible(browser: Browser, corpora_sites: list[Site]) -> None:
    found = {str(path): wrong for path in sites(corpora_sites, PAGES_OF_PROOF) if (wrong := faults(browser, path))}
    assert found == {}


@pytest.mark.browser
def test_axe_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    bad = "<!DOCTYPE html><html><title>t</title><body><h1>a</h1><h3>b</h3><img src='x.png'><a href='#x'></a>"
    (tmp_path / "bad.html").write_text(bad, encoding="utf-8")
    rules = {rule for rule, _, _ in faults(browser, tmp_path / "bad.html")}
    assert rules >= {"html-has-lang", "heading-order", "image-alt", "link-name", "region"}
