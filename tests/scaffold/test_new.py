"""`regesta new` makes an edition that is right, shows one of each main thing, and writes over nothing."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

from regesta.cli import main
from regesta.scaffold import default_title, files

TITLE = "The Lamp Affair"


def regesta(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scaffold") / "lamps"
    assert regesta("new", str(folder), "--title", TITLE).exit_code == 0
    made = regesta("build", "--edition", str(folder), "--executor", "serial", "--quiet")
    assert made.exit_code == 0, made.output
    return folder


def test_it_has_nothing_to_find_but_what_it_leaves_open(built: Path) -> None:
    found = json.loads((built / "build" / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert [(each["severity"], each["rule"]) for each in found] == [("info", "setting-missing")]


def test_every_character_is_on_its_pages(built: Path) -> None:
    report = json.loads((built / "build" / "report.json").read_text(encoding="utf-8"))
    assert report["documents"]["published"] == 4
    assert report["documents"]["without_text"] == 1
    assert report["fidelity"]["characters"] > 500
    faults = ("missing", "duplicated", "moved", "glued", "split", "changed", "inserted")
    assert not any(report["fidelity"][each] for each in faults)


MAIN_THINGS = {
    "a letter": ("letter-1953-06-12-belmar", "opener", "closer", "salute", "postscript", "stamp"),
    "changes by hand": ("letter-1953-06-12-belmar", "subst", "gap", "note"),
    "talks": ("conversation-1953-06-07-belmar", "sp", "table", "list", "choice"),
    "a translation with a picture": ("decision-1953-06-20-lamps", "facsimile", "graphic", "pb"),
    "a record": ("telegram-1953-06-09-torvin", "abstract", "relatedItem", "gap"),
}


@pytest.mark.parametrize("thing", MAIN_THINGS)
def test_it_shows_one_of_each_main_thing(thing: str, built: Path) -> None:
    name, *elements = MAIN_THINGS[thing]
    root = etree.parse(built / "tei" / "documents" / f"{name}.xml").getroot()
    assert [each for each in elements if root.find(f".//{{*}}{each}") is None] == []
    assert (built / "build" / "site" / "documents" / f"{name}.html").is_file()


def test_the_picture_of_a_page_is_shown(built: Path) -> None:
    page = html.parse(str(built / "build" / "site" / "documents" / "decision-1953-06-20-lamps.html")).getroot()
    shown = [str(each.get("src")) for each in page.iter("img")]
    assert shown
    assert all((built / "build" / "site" / "documents" / each).resolve().is_file() for each in shown)


@pytest.mark.parametrize("register", ["persons", "organisations", "places", "events", "terms"])
def test_each_register_has_an_entry_that_a_document_names(register: str, built: Path) -> None:
    pages = [path for path in (built / "build" / "site" / register).glob("*.html") if path.name != "index.html"]
    assert pages
    assert any("../documents/" in path.read_text(encoding="utf-8") for path in pages)


def test_its_files_teach_by_comments(built: Path) -> None:
    sources = sorted((built / "tei").rglob("*.xml"))
    assert all("<!--" in path.read_text(encoding="utf-8") for path in sources)
    assert (built / "edition.toml").read_text(encoding="utf-8").count("\n#") > 8


def test_no_placeholder_stands_where_a_reader_sees_it(built: Path) -> None:
    texts = [html.parse(str(path)).getroot().text_content() for path in (built / "build" / "site").rglob("*.html")]
    assert not [text for text in texts if re.search("Your (name|institution)|@@", text)]


@pytest.mark.parametrize("title", [TITLE, 'Of "lamps" \\ <oil> & é 한글', "@@TITLE@@", "x" * 300])
def test_any_title_will_do(title: str, tmp_path: Path) -> None:
    assert regesta("new", str(tmp_path / "a b"), "--title", title).exit_code == 0
    stated = tomllib.loads((tmp_path / "a b" / "edition.toml").read_text(encoding="utf-8"))
    assert stated["edition"]["title"] == title
    assert regesta("validate", "--edition", str(tmp_path / "a b")).exit_code == 0


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "a\x00b", "x" * 301])
def test_a_title_that_is_none_is_one_sentence(title: str, tmp_path: Path) -> None:
    result = regesta("new", str(tmp_path / "new"), "--title", title)
    assert result.exit_code == 2
    assert "title" in result.output
    assert not (tmp_path / "new").exists()


def test_it_asks_nothing_when_given_a_title_and_nobody_without_a_terminal(tmp_path: Path) -> None:
    assert "?" not in regesta("new", str(tmp_path / "one"), "--title", TITLE).output
    assert regesta("new", str(tmp_path / "lamp-papers")).exit_code == 0
    stated = tomllib.loads((tmp_path / "lamp-papers" / "edition.toml").read_text(encoding="utf-8"))
    assert stated["edition"]["title"] == "Lamp papers" == default_title(Path("lamp-papers"))


def test_it_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "tei" / "documents").mkdir(parents=True)
    mine = tmp_path / "tei" / "documents" / "letter-1953-06-12-belmar.xml"
    mine.write_text("mine", encoding="utf-8")
    result = regesta("new", str(tmp_path), "--title", TITLE)
    assert result.exit_code == 2
    assert "letter-1953-06-12-belmar.xml would be written over" in result.output
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [mine.name]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_other_things_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert regesta("new", str(tmp_path), "--title", TITLE).exit_code == 0
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition" / "edition.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert regesta("new", str(tmp_path / "edition"), "--title", TITLE).exit_code == 2
    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lamps").write_text("mine", encoding="utf-8")
    result = regesta("new", str(tmp_path / "lamps"), "--title", TITLE)
    assert (result.exit_code, (tmp_path / "lamps").read_text(encoding="utf-8")) == (2, "mine")
    (tmp_path / "tei").write_text("mine", encoding="utf-8")
    assert regesta("new", str(tmp_path), "--title", TITLE).exit_code == 2
    assert not (tmp_path / "edition.toml").exists()


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    real = Path.open

    def refusing(self: Path, *words: object, **keys: object) -> object:
        nonlocal count
        count += words[:1] == ("xb",)
        if count > 5:
            raise OSError(28, "No space left on device", os.fspath(self))
        return real(self, *words, **keys)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    result = regesta("new", str(tmp_path / "lamps"), "--title", TITLE)
    assert result.exit_code >= 3
    assert "Nothing was made: No space left on device" in result.output
    assert not (tmp_path / "lamps").exists()


def test_the_files_are_the_same_each_time() -> None:
    assert files(TITLE) == files(TITLE)
