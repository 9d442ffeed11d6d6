"""An edition for programs: the page of the documentation is run, and what it says holds."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import regesta
from regesta.errors import UsageError
from small_editions import TITLED, person, register, tei, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    body = "<p>To <persName ref='persons.xml#p1'>A.</persName><note>Lost.</note></p>"
    files = {"tei/a.xml": tei(body, title="A letter"), "tei/b.xml": tei("<p>Слово</p>", title="Another")}
    return write(tmp_path, {**files, "tei/persons.xml": register(person("p1", "Ada Lamp")), "edition.toml": TITLED})


def test_documents_entities_and_texts(folder: Path) -> None:
    edition = regesta.open(folder, jobs=1)
    assert (edition.title, len(edition), [document.id for document in edition]) == ("Small", 2, ["a", "b"])
    assert edition["a"].title == "A letter"
    assert [(each.entity.label, each.documents) for each in edition.entities] == [("Ada Lamp", ("a",))]
    assert "To A." in edition.text("a")
    assert "Lost." in edition.text("a")
    assert "Слово".encode() in edition.tei("b")
    with pytest.raises(KeyError):
        edition.text("c")


def test_any_folder_of_tei_will_do(folder: Path) -> None:
    (folder / "edition.toml").unlink()
    assert len(regesta.open(folder / "tei", jobs=1)) == 2
    with pytest.raises(UsageError, match="There is no folder"):
        regesta.open(folder / "none")


def test_the_page_of_the_documentation_runs(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    page = (repository / "docs" / "python.md").read_text("utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL))
    known: dict[str, Any] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "docs/python.md", "exec"), known)  # noqa: S102 - our own page
    assert said.getvalue().startswith("The crisis in the Korean Workers' Party around the August 1956 plenum 157\n")
    assert known["often"].documents
    assert known["tei"].startswith(b"<?xml")


def test_commands_do_not_load_what_only_programs_use() -> None:
    code = "import sys, regesta; print('regesta.library' in sys.modules, 'lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
