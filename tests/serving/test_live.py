"""While an editor works: what is saved is seen, what is found is shown, and what is broken breaks nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clients import Command, ask, serving
from playwright.sync_api import Browser, Page, expect

from readers import browser_at, page_without_faults
from regesta.build import Options
from regesta.edition import Edition, open_edition
from regesta.progress import Silent
from regesta.serving.live import STEP, Live, State
from regesta.serving.mounting import Mounts
from regesta.serving.server import Server
from regesta.serving.session import Session
from regesta.serving.site import Site
from regesta.serving.watching import Watcher
from regesta.survey import Folders
from small_editions import TITLED, person, register, tei, tree_bytes, write

LONG = 20_000
"""Milliseconds that a machine with much else to do may take."""

BOX = "#regesta-live"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browser_at(chromium) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_without_faults(browser) as page:
        yield page


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    css = f'{TITLED}\n[render]\ncss = "own.css"\n'
    return write(tmp_path / "e", {"edition.toml": css, "own.css": "", "tei/a.xml": tei(), "tei/b.xml": tei("<p>B</p>")})


@pytest.fixture
def command(edition: Path) -> Iterator[Command]:
    with serving(edition) as command:
        yield command


def test_what_is_saved_after_the_settings_were_read_is_not_missed(edition: Path) -> None:
    settings = edition / "edition.toml"
    whole = settings.read_text().replace("Small", "Mended")
    pending: list[str] = []

    def opened() -> Edition:
        found = open_edition(edition, None, edition / "build")
        if pending:
            settings.write_text(pending.pop())
        return found

    session = Session(opened, Options(jobs=1), Silent())
    session.start("http://127.0.0.1/")
    settings.write_text("")  # half a save: the other half comes when this has been read
    pending.append(whole)
    for _ in range(2):
        session.renew({settings}, lambda _told: None)
    assert "Mended" in (edition / "build" / "site" / "documents" / "a.html").read_text()


@pytest.mark.browser
def test_what_is_saved_is_seen(edition: Path, command: Command, page: Page) -> None:
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"tei/a.xml": tei("<p>Something else.</p>")})
    expect(page.locator("main")).to_contain_text("Something else.", timeout=LONG)
    write(edition, {"own.css": "body { color: rgb(1, 2, 3) }"})
    expect(page.locator("body")).to_have_css("color", "rgb(1, 2, 3)", timeout=LONG)
    write(edition, {"edition.toml": TITLED.replace("Small", "Greater")})
    expect(page).to_have_title(re.compile("Greater"), timeout=LONG)


@pytest.mark.browser
def test_findings_stand_on_the_page_that_has_them(edition: Path, command: Command, page: Page) -> None:
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"tei/a.xml": tei('<p><ref target="#nowhere">There</ref>.</p>')})
    found = page.locator(f"{BOX} li.warning", has_text="nowhere")
    expect(found).to_be_visible(timeout=LONG)
    expect(found.locator("code")).to_contain_text("tei/a.xml:1:")
    page.goto(f"{command.url}documents/b.html")
    expect(page.locator(f"{BOX}", has_text="nowhere")).to_have_count(0, timeout=LONG)
    write(edition, {"tei/a.xml": tei("<p>No pointer.</p>")})
    page.goto(f"{command.url}documents/a.html")
    expect(page.locator(f"{BOX}", has_text="nowhere")).to_have_count(0, timeout=LONG)


@pytest.mark.browser
@pytest.mark.parametrize(
    "broken", [tei("<p>Half a <hi>word.</p>"), tei().partition("</body>")[0] + "<p ren", "", b"\xff\x00"]
)
def test_what_is_broken_while_one_types_leaves_the_page_as_it_was(
    edition: Path, command: Command, page: Page, broken: str | bytes
) -> None:
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"tei/a.xml": broken})
    expect(page.locator(f"{BOX} .error")).to_contain_text("a.xml", timeout=LONG)
    expect(page.locator(f"{BOX} summary")).to_contain_text("as it was")
    expect(page.locator("main")).to_contain_text("Words.")
    page.goto(f"{command.url}index.html")
    expect(page.locator(f"{BOX} .error")).to_contain_text("a.xml", timeout=LONG)
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"tei/a.xml": tei("<p>Half a <hi>word</hi>.</p>")})
    expect(page.locator("main")).to_contain_text("Half a word.", timeout=LONG)
    expect(page.locator(f"{BOX} .error")).to_have_count(0, timeout=LONG)


@pytest.mark.browser
@pytest.mark.parametrize("broken", ["[edition\n", '[edition]\ntitel = "Small"\n', '[render]\ncss = "none.css"\n'])
def test_a_broken_configuration_is_told(edition: Path, command: Command, page: Page, broken: str) -> None:
    good = (edition / "edition.toml").read_text()
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"edition.toml": broken})
    expect(page.locator(f"{BOX} .error")).to_be_visible(timeout=LONG)
    write(edition, {"edition.toml": good.replace("Small", "Mended")})
    expect(page).to_have_title(re.compile("Mended"), timeout=LONG)


@pytest.mark.browser
def test_what_was_closed_stays_closed_until_something_else_is_found(
    edition: Path, command: Command, page: Page
) -> None:
    page.goto(f"{command.url}documents/a.html")
    write(edition, {"tei/a.xml": tei('<p><ref target="#nowhere">There</ref>.</p>')})
    summary, items = page.locator(f"{BOX} summary"), page.locator(f"{BOX} li.warning")
    expect(items).to_be_visible(timeout=LONG)
    expect(summary).to_contain_text("1 warning")
    summary.click()
    page.reload()
    expect(summary).to_be_visible()
    expect(items).to_be_hidden()
    write(edition, {"tei/a.xml": tei('<p><ref target="#elsewhere">There</ref>.</p>')})
    expect(items).to_contain_text("elsewhere", timeout=LONG)
    expect(items).to_be_visible()


@pytest.mark.browser
def test_pages_that_are_gone_come_back(edition: Path, command: Command, browser: Browser) -> None:
    """Also where the server was ended, which the page says."""
    page = browser.new_page()
    page.goto(f"{command.url}documents/a.html")
    (edition / "tei/a.xml").unlink()
    expect(page.locator("h1")).to_have_text("Not found", timeout=LONG)
    write(edition, {"tei/a.xml": tei("<p>Here again.</p>")})
    expect(page.locator("main")).to_contain_text("Here again.", timeout=LONG)
    command.end()
    expect(page.locator(f"{BOX} .warning")).to_contain_text("does not answer", timeout=LONG)
    page.close()


@pytest.mark.browser
def test_a_register_that_is_gone_comes_back(edition: Path, command: Command, page: Page) -> None:
    names = tei('<p><persName ref="persons.xml#kim">K</persName></p>')
    write(edition, {"tei/persons.xml": register(person("kim", "Kim")), "tei/a.xml": names})
    page.goto(f"{command.url}documents/a.html")
    link = page.locator("a[href$='persons/kim.html']").first
    expect(link).to_be_visible(timeout=LONG)
    (edition / "tei/persons.xml").unlink()
    expect(page.locator(f"{BOX} .warning")).to_contain_text("persons.xml", timeout=LONG)
    expect(link).to_have_count(0, timeout=LONG)
    write(edition, {"tei/persons.xml": register(person("kim", "Kim"))})
    expect(link).to_be_visible(timeout=LONG)
    expect(page.locator(f"{BOX} .warning")).to_have_count(0, timeout=LONG)


def test_nothing_of_it_stands_on_the_site(edition: Path, command: Command) -> None:
    assert b"_regesta/live.js" in ask(command.url, "/documents/a.html").body
    assert not [name for name, data in tree_bytes(edition / "build" / "site").items() if b"_regesta" in data]


def test_markup_in_a_file_stays_text(edition: Path, command: Command) -> None:
    """What sources hold is told as JSON and shown as text."""
    write(edition, {"tei/a.xml": "<TEI><script>alert(1)</script>"})
    until = time.monotonic() + 20
    state: dict[str, list[dict[str, str]]] = {"faults": []}
    while not state["faults"] and time.monotonic() < until:
        got = ask(command.url, "/_regesta/state?page=documents/a.html")
        assert got.headers["content-type"] == "application/json"
        state = json.loads(got.body)
    assert state["faults"][0]["path"] == "tei/a.xml"
    assert ask(command.url, "/_regesta/../edition.toml").status in {400, 404}
    assert ask(command.url, "/_regesta/other").status == 404
    assert ask(command.url, "/_regesta/state?" + "page=x&" * 5_000).status in {200, 414, 431}


def test_a_page_is_served_before_its_build_has_ended_and_is_no_other_afterwards(tmp_path: Path) -> None:
    path = "documents/a.html"
    site = write(tmp_path, {path: "<p>Old</p>"})
    live = Live(site)
    with Server(Mounts(Site(site, live), {STEP: live}), "127.0.0.1", 0) as server:
        old, mark = ask(server.url, f"/{path}"), live.mark(path)
        live.preview(path, b"<p>New</p>")
        new = ask(server.url, f"/{path}", If_None_Match=old.headers["etag"])
        assert b"<p>New</p>" in new.body
        assert live.mark(path) != mark
        mark = live.mark(path)
        write(site, {path: "<p>New</p>"})
        live.show(State(builds=1))
        assert live.mark(path) == mark
        assert ask(server.url, f"/{path}", If_None_Match=new.headers["etag"]).status == 304
        live.show(State(builds=2, others=1))
        assert live.mark(path) != mark


def test_changes_are_told_and_output_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"edition.toml": "", "tei/a.xml": "A", "tei/.b.xml.swp": "", "build/.regesta-output": ""})
    watcher = Watcher(Folders(tmp_path, tmp_path / "tei", tmp_path / "build"))
    assert watcher.changed() == frozenset()
    write(tmp_path, {"tei/a.xml": "AA", "tei/sub/c.xml": "C", "tei/.b.xml.swp": "x", "build/site/index.html": "x"})
    real = tmp_path.resolve()
    assert watcher.changed() == {real / "tei/a.xml", real / "tei/sub/c.xml"}
    (tmp_path / "tei/a.xml").unlink()
    assert watcher.wait() == {real / "tei/a.xml"}
