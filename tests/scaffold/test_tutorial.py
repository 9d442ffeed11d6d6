"""The tutorial leads from an empty folder to a published edition: its every command is run, in order, as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_COMMANDS = re.compile(r"^```sh\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(repository: Path) -> list[str]:
    text = (repository / "docs" / "tutorial.md").read_text(encoding="utf-8")
    return [found["commands"] for found in _COMMANDS.finditer(text)]


@pytest.fixture(scope="module")
def run(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder in which the tutorial was followed, and all that was printed."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("needs bash, in which the tutorial's commands are written")
    folder = tmp_path_factory.mktemp("tutorial")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    script = "set -e\n" + "\n".join(f"echo '== step {number}'\n{step}" for number, step in enumerate(steps(repository)))
    done = subprocess.run(
        [shell, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout + done.stderr


def test_there_are_commands_in_it(repository: Path) -> None:
    found = steps(repository)
    assert len(found) >= 8
    assert {"new", "validate", "build", "import", "rules"} <= {
        word for step in found for word in re.findall(r"^regesta (\w+)", step, re.MULTILINE)
    }


def test_it_ends_with_a_published_edition(run: tuple[Path, str]) -> None:
    site = run[0] / "public"
    assert (site / "index.html").is_file()
    assert (site / "documents" / "letter-1953-06-12-belmar.html").is_file()
    assert (site / "documents" / "minutes-1953-06-22-reeds.html").is_file()
    assert not (site / "documents" / "note-1953-06-15-pilsek.html").exists()


def test_its_words_about_what_is_printed_hold(run: tuple[Path, str]) -> None:
    printed = run[1]
    assert "no errors, no warnings, 1 remark" in printed
    assert "there are errors" in printed
    assert "persName" in printed
    assert "every one once, in order, none added" in printed


def test_the_slip_in_it_is_mended(run: tuple[Path, str]) -> None:
    text = (run[0] / "lamps" / "tei" / "documents" / "note-1953-06-15-pilsek.xml").read_text(encoding="utf-8")
    assert text.count("persName") == 2
    assert "persname" not in text


def test_links_of_the_tutorial_lead_somewhere(repository: Path) -> None:
    text = (repository / "docs" / "tutorial.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (repository / "docs" / link).resolve().is_file()] == []
