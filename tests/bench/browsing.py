"""How fast a built site is in the browser of a slow machine: the index and the search.

    python tests/bench/browsing.py build/site [QUESTION …]

Chromium runs four times slowed (Emulation.setCPUThrottlingRate) for the index, as fast as it can for the search. A
click is measured until the browser has painted what it changed; an answer until its first results stand on the page.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

_QUESTIONS = (
    "plenum",
    "Ada Lamp",
    '"Ada Lamp"',
    'person:"Ada Lamp"',
    "harb*",
    "storm -fog",
    "landing stage",
    "telegrams",
)
_CLICK = """async ([facet, at]) => {
  const input = document.querySelectorAll(`details[data-facet=${facet}] .values input`)[at];
  if (!input) return null;
  const start = performance.now();
  input.click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return Math.round(performance.now() - start);
}"""
_CLICKS = (("person", 2), ("person", 5), ("date", 3), ("type", 0), ("person", 1), ("date", 2), ("person", 0))


def index(browser: Browser, site: Path) -> None:
    """Print when the first list stood there and how long clicks took, in milliseconds."""
    page = browser.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto((site / "index.html").as_uri())
    page.wait_for_function("performance.getEntriesByName('regesta-first-list').length", timeout=60_000)
    first = page.evaluate("Math.round(performance.getEntriesByName('regesta-first-list')[0].startTime)")
    clicks = []
    for click in _CLICKS:
        page.wait_for_timeout(500)
        clicks.append(page.evaluate(_CLICK, list(click)))
    print(
        f"index: first list after {first} ms; clicks {', '.join(str(each) for each in clicks if each is not None)} ms"
    )
    page.close()


def answer(page: Page, site: Path, question: str) -> None:
    """Print how long the answer took and what it loaded."""
    page.goto((site / "search.html").as_uri() + "?q=" + quote(question))
    page.wait_for_function("performance.getEntriesByName('regesta-answer').length", timeout=60_000)
    milliseconds = page.evaluate("Math.round(performance.getEntriesByName('regesta-answer')[0].duration)")
    addresses = page.evaluate("[...document.querySelectorAll('head script')].map((each) => each.src)")
    files = [Path(unquote(urlsplit(each).path)) for each in addresses if "/data/" in each or "/stemmers/" in each]
    size = sum(path.stat().st_size for path in files) / 1000
    print(f"{question:24} {milliseconds:5} ms {size:7.1f} KB  {page.inner_text('#search-status')}")


def main(site: Path, questions: tuple[str, ...]) -> None:
    """Open the site in Chromium and print the figures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(3):
            index(browser, site)
        for question in questions:
            page = browser.new_page()
            answer(page, site, question)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), tuple(sys.argv[2:]) or _QUESTIONS)
