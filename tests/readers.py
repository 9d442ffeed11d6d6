"""A reader's browser for tests: headless Chromium, with whatever it complains of written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from regesta.catalogue import Catalogue
from regesta.indexing import index_data, render_index
from regesta.rendering import EditionFacts
from regesta.resources import folder
from regesta.saxon import Saxon, Stylesheet
from regesta.search import Searchable

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


@contextmanager
def browser_at(chromium: str) -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def page_without_faults(browser: Browser, width: int = 1280, height: int = 900) -> Iterator[Page]:
    """Open a page; afterwards nothing may stand in its console, no error been raised and no dialog opened."""
    page = browser.new_page(viewport={"width": width, "height": height})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    yield page
    page.close()
    assert faults == []


def index_saxon() -> Saxon:
    """Return a processor with the stylesheet of index pages, in English."""
    return Saxon((Stylesheet("index", path=folder("xslt") / "index.xsl"),))


def write_site(
    root: Path, catalogue: Catalogue, edition: EditionFacts, saxon: Saxon, texts: Mapping[str, str] | None = None
) -> Path:
    """Write the site of a catalogue without its documents' pages, and return its folder."""
    render: Callable[[str], str] = lambda model: saxon.call("index", {"model": model})  # noqa: E731
    known = texts or {}
    files = [(path, html.encode()) for path, html in render_index(catalogue, edition, render)]
    files += [*index_data(catalogue), *Searchable(catalogue, lambda document: known.get(document.id, "")).files()]
    files += [
        (f"assets/{path.relative_to(folder('assets'))}", path.read_bytes())
        for path in folder("assets").rglob("*")
        if path.is_file()
    ]
    for path, data in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
