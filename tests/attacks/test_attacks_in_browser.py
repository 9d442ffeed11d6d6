"""No attack works in a real browser: every file of the site that holds all of them is opened there.

From `file://` and over HTTP, with everything hooked that an attack would set off: dialogs, console, requests,
windows, navigation. What stands on a page is judged by the browser's own parser of HTML and of addresses.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from attack_corpus import edition
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from small_editions import build_in, write

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]

# What the browser itself finds wrong with the page that it has built.
JUDGE = r"""() => {
  const faults = [];
  const html = "http://www.w3.org/1999/xhtml";
  const allowed = new Set([html, "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"]);
  const forbidden = "iframe,frame,object,embed,base,style,template,portal,video,source,applet,meta[http-equiv=refresh]";
  if (window.attacked !== undefined) faults.push("a script ran");
  if (window.length) faults.push("frames");
  if (document.querySelector(forbidden)) faults.push(document.querySelector(forbidden).outerHTML);
  for (const element of document.querySelectorAll("*")) {
    if (!allowed.has(element.namespaceURI)) faults.push("namespace of " + element.outerHTML);
    for (const { name, value } of element.attributes) {
      if (/^(on|style$|srcdoc|srcset|formaction|ping|background|xlink:)/.test(name)) faults.push(name + "=" + value);
    }
    if (element.href && !/^(https?|mailto|file):/.test(new URL(element.href, document.baseURI).protocol)) {
      faults.push(element.outerHTML);
    }
    const data = element.localName === "script" && element.type === "application/ld+json";
    const ours = /\/(assets|data)\/[\w/-]+\.js$/.test(element.src);
    if (element.localName === "script" && !data && !ours) {
      faults.push(element.outerHTML);
    }
    const link = element.localName === "link" && element.rel !== "canonical" && element.href;  // nobody fetches that
    const asked = element.src || element.action || link;
    if (asked) {
      const address = new URL(asked);
      if (address.protocol !== location.protocol || address.host !== location.host) faults.push(element.outerHTML);
    }
  }
  if (document.getElementById("main")?.localName !== "main") faults.push("the main region is another");
  return faults;
}"""


@dataclass
class Watch:
    """A browser page, and what happened in it that an attack may have set off."""

    page: Page
    root: str
    events: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("console", lambda message: self.events.append(f"console {message.text}"))
        self.page.on("pageerror", lambda error: self.events.append(f"error {error}"))
        self.page.on("popup", lambda popup: self.events.append(f"popup {popup.url}"))
        self.page.on("download", lambda download: self.events.append(f"download {download.url}"))
        self.page.on("websocket", lambda socket: self.events.append(f"socket {socket.url}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith(self.root):
            self.events.append(f"request {url}")

    def open(self, name: str) -> list[str]:
        """Open a file of the site and return all that is wrong with it."""
        self.events.clear()
        self.page.goto(self.root + name, wait_until="load")
        found = list(self.page.evaluate(JUDGE)) if name.endswith(".html") else []
        if self.page.evaluate("window.attacked !== undefined"):
            found.append("a script ran")
        if self.page.url != self.root + name:
            found.append(f"navigated to {self.page.url}")
        return [*found, *self.events]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_in(write(tmp_path_factory.mktemp("attacks"), edition()), jobs=1).site


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        super().send_error(204 if self.path == "/favicon.ico" else code, message, explain)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def names(site: Path, suffix: str) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob(f"*{suffix}"))]


@pytest.mark.parametrize(("way", "suffix"), [("file", ".html"), ("http", ".html"), ("file", ".xml")])
def test_nothing_runs_and_nothing_is_asked_for(
    browser: Browser, site: Path, address: str, way: str, suffix: str
) -> None:
    files = names(site, suffix)
    assert len(files) > 60
    watch = Watch(browser.new_page(), site.as_uri() + "/" if way == "file" else address)
    assert {name: found for name in files if (found := watch.open(name))} == {}


def test_search_results_run_nothing(browser: Browser, site: Path) -> None:
    watch = Watch(browser.new_page(), site.as_uri() + "/")
    assert watch.open("search.html") == []
    watch.page.fill("#search-words", "script")
    watch.page.keyboard.press("Enter")
    watch.page.wait_for_selector("#search-results li")
    assert watch.page.locator("#search-results li").count() > 5
    assert [*watch.page.evaluate(JUDGE), *watch.events] == []


def test_previews_and_the_facsimile_run_nothing(browser: Browser, site: Path) -> None:
    """What a reader opens on a page is made of the page: notes beside their calls, a leaf in the viewer."""
    watch = Watch(browser.new_page(), site.as_uri() + "/")
    pages = [name for name in names(site, ".html") if re.match(r"documents/(address-0[0-3]|beside|markup)", name)]
    called = 0
    for name in pages:
        assert watch.open(name) == []
        for call in watch.page.locator("a.call").all()[:3]:
            call.focus()
            call.hover(force=True)
            called += 1
        for button in watch.page.locator("main button").all()[:3]:
            button.click(force=True)
        judged = [
            fault for fault in watch.page.evaluate(JUDGE) if not fault.startswith("style=")
        ]  # scripts place things
        assert [*judged, *watch.events] == [], name
    assert called > 3


def test_the_watch_sees_what_works(browser: Browser, tmp_path: Path) -> None:
    """An attack that works is seen, each in the way of its kind: a watch that sees nothing would let all pass."""
    ran = "<body id=main><script>attacked=1</script>"
    asks = "<img src='http://attack.invalid/x.png'>"
    write(tmp_path, {"ran.html": ran, "asks.html": asks, "says.html": "<script>alert(1)</script>"})
    write(tmp_path, {"ran.xml": '<a><script xmlns="http://www.w3.org/1999/xhtml">window.attacked=1</script></a>'})
    watch = Watch(browser.new_page(), tmp_path.as_uri() + "/")
    assert "a script ran" in watch.open("ran.html")
    assert "a script ran" in watch.open("ran.xml")
    assert "request http://attack.invalid/x.png" in watch.open("asks.html")
    assert "dialog 1" in watch.open("says.html")
