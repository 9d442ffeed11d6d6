"""A build after some texts have changed makes only what these change, and the bytes of a clean build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regesta import digests
from regesta.cli import main
from regesta.search_workshop import SearchWorkshop
from small_editions import TITLED, person, register, tei, tree_bytes, write

LETTER = "<p>The <persName ref='../persons.xml#p1'>keeper</persName> of <ref target='b.xml'>the lamp</ref> wrote.</p>"
BROKEN = "<p>To <ref target='nowhere.xml'>nothing</ref>.</p>"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Return an edition of four letters and a register that was built once."""
    folder = tmp_path / "edition"
    letters = {f"tei/letters/{name}.xml": tei(LETTER, title=f"Letter {name}") for name in "abcd"}
    write(folder, {**letters, "tei/persons.xml": register(person("p1", "Ada Lamp")), "edition.toml": TITLED})
    build(folder)
    return folder


def build(folder: Path, *options: str) -> dict[str, object]:
    """Build the edition and return its report."""
    done = CliRunner().invoke(main, ["build", "--edition", str(folder), "--executor", "serial", "--quiet", *options])
    assert done.exit_code in {0, 1}, done.output
    report: dict[str, object] = json.loads((folder / "build" / "report.json").read_text("utf-8"))
    return report


def was_revised(report: dict[str, object]) -> bool:
    """Tell whether the lists were not even looked at."""
    seconds = report["seconds"]
    assert isinstance(seconds, dict)
    return "index" not in seconds


def assert_like_a_clean_build(folder: Path) -> None:
    again = folder.with_name("again")
    shutil.rmtree(again, ignore_errors=True)
    shutil.copytree(folder, again, ignore=shutil.ignore_patterns("build"))
    build(again)
    assert tree_bytes(folder / "build" / "site") == tree_bytes(again / "build" / "site")
    findings, others = (json.loads((each / "build" / "findings.json").read_text("utf-8")) for each in (folder, again))
    assert json.dumps(findings).replace(str(folder), "") == json.dumps(others).replace(str(again), "")
    ledgers = [json.loads((each / "build" / "report.json").read_text("utf-8")) for each in (folder, again)]
    for report in ledgers:
        del report["seconds"], report["pages"]
    assert ledgers[0] == ledgers[1]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "tei" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_another_text_changes_its_page_and_nothing_else(edition: Path) -> None:
    change(edition, "letters/a.xml", "The", "The good")
    report = build(edition)
    assert was_revised(report)
    pages = report["pages"]
    assert isinstance(pages, dict)
    assert (pages["written"], pages["unchanged"], pages["removed"]) == (1, pages["total"] - 1, 0)
    assert_like_a_clean_build(edition)


def test_one_change_follows_another(edition: Path) -> None:
    for number in range(4):
        change(edition, f"letters/{'abab'[number]}.xml", "wrote", f"wrote plenum{number} wrote")
        assert was_revised(build(edition))
    assert_like_a_clean_build(edition)


def test_a_finding_of_the_changed_source_comes_and_goes(edition: Path) -> None:
    change(edition, "letters/a.xml", "The", "The TODO")
    assert was_revised(build(edition))
    assert_like_a_clean_build(edition)
    change(edition, "letters/a.xml", "The TODO", "The")
    assert was_revised(build(edition))
    assert_like_a_clean_build(edition)


def test_a_text_that_moves_the_place_of_a_finding_across_sources(edition: Path) -> None:
    change(edition, "letters/a.xml", "<p>", f"{BROKEN}<p>")
    build(edition)
    change(edition, "letters/a.xml", "<p>The", "\n\n<p>The")
    assert not was_revised(build(edition))
    change(edition, "letters/b.xml", "<p>The", "\n\n<p>The")
    assert was_revised(build(edition))
    assert_like_a_clean_build(edition)


@pytest.mark.parametrize(
    "edit",
    [
        lambda folder: change(folder, "letters/a.xml", "Letter a", "Another"),
        lambda folder: change(folder, "letters/a.xml", "persons.xml#p1", "persons.xml#p2"),
        lambda folder: change(folder, "letters/a.xml", "</p>", ""),
        lambda folder: change(folder, "persons.xml", "Ada Lamp", "Ada Lampe"),
        lambda folder: (folder / "tei" / "letters" / "d.xml").unlink(),
        lambda folder: write(folder, {"tei/letters/e.xml": tei(LETTER, title="E")}),
        lambda folder: write(folder, {"edition.toml": TITLED.replace("Small", "Large")}),
    ],
    ids=["title", "name", "broken", "register", "removed", "added", "configuration"],
)
def test_what_others_can_see_needs_the_whole_build(edition: Path, edit: Callable[[Path], object]) -> None:
    edit(edition)
    change(edition, "letters/b.xml", "wrote", "spoke")
    assert not was_revised(build(edition))
    assert_like_a_clean_build(edition)


def test_a_text_that_stands_beside_another_needs_the_whole_build(tmp_path: Path) -> None:
    english = tei("<p>The translation</p>", title="A letter")
    relation = '</publicationStmt><notesStmt><relatedItem type="translation-of" target="ru.xml"/></notesStmt>'
    files = {"tei/ru.xml": tei("<p>Оригинал</p>", title="Письмо"), "edition.toml": TITLED}
    files["tei/en.xml"] = english.replace("</publicationStmt>", relation)
    edition = write(tmp_path / "edition", files)
    build(edition)
    for name, old in (("ru.xml", "Оригинал"), ("en.xml", "translation")):
        change(edition, name, old, f"{old} 1956")
        assert not was_revised(build(edition))
        assert_like_a_clean_build(edition)


@pytest.mark.parametrize("name", ["state", "entries.sqlite", "manifest"])
def test_what_was_kept_is_not_believed_when_it_is_damaged(edition: Path, name: str) -> None:
    path = edition / "build" / "cache" / name
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :])
    change(edition, "letters/b.xml", "wrote", "spoke")
    build(edition)
    assert_like_a_clean_build(edition)


def test_another_regesta_makes_all_search_data_anew(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revise, revised = SearchWorkshop.revise, []

    def noted(self: SearchWorkshop, *arguments: Any) -> bool:
        revised.append(revise(self, *arguments))
        return revised[-1]

    monkeypatch.setattr(SearchWorkshop, "revise", noted)
    change(edition, "letters/a.xml", "Letter a", "Another")
    build(edition)
    monkeypatch.setattr(digests, "product", lambda: "another")
    build(edition)
    assert revised == [True, False]


def test_a_damaged_page_is_made_again(edition: Path) -> None:
    (edition / "build" / "site" / "documents" / "d.html").write_text("damaged", "utf-8")
    (edition / "build" / "site" / "stranger.html").write_text("not ours", "utf-8")
    change(edition, "letters/b.xml", "wrote", "spoke")
    build(edition)
    assert_like_a_clean_build(edition)
