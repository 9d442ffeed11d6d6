"""The commands as a user runs them: exit statuses, what goes where, and never a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli import COMMANDS, main
from small_editions import TITLED, tei, write

GOOD: dict[str, str | bytes] = {"edition.toml": TITLED, "tei/a.xml": tei()}
BAD: dict[str, str | bytes] = {**GOOD, "tei/b.xml": "<TEI>"}


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `regesta` in `folder`; whatever happens, it must not show a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "regesta", *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def invoke(folder: Path, *arguments: str) -> Done:
    """Run `regesta` in `folder`, in this process."""
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write(tmp_path, GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return write(tmp_path, BAD)


# ── exit statuses ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        pytest.param(GOOD, ["build"], 0, id="build"),
        pytest.param(BAD, ["build"], 1, id="build with errors"),
        pytest.param(BAD, ["build", "--strict"], 4, id="strict build with errors"),
        pytest.param(GOOD, ["build", "--strict"], 0, id="strict build"),
        pytest.param(GOOD, ["validate"], 0, id="validate"),
        pytest.param(BAD, ["validate"], 1, id="validate with errors"),
        pytest.param(BAD, ["validate", "tei/a.xml"], 0, id="validate the good file only"),
        pytest.param(BAD, ["validate", "tei/b.xml"], 1, id="validate the bad file only"),
        pytest.param(GOOD, ["rules", "not-tei"], 0, id="rules"),
        pytest.param(GOOD, ["rules", "not-tie"], 2, id="no such rule"),
        pytest.param(GOOD, ["bild"], 2, id="no such command"),
        pytest.param(GOOD, ["build", "--fast"], 2, id="no such option"),
        pytest.param(GOOD, ["build", "--jobs", "0"], 2, id="no process"),
        pytest.param(GOOD, ["build", "--edition", "nowhere"], 2, id="no such edition"),
        pytest.param(GOOD, ["build", "--source", "nowhere"], 2, id="no such sources"),
        pytest.param(GOOD, ["build", "--source", "tei/a.xml"], 2, id="sources that are a file"),
        pytest.param(GOOD, ["validate", "nowhere.xml"], 2, id="no such file"),
        pytest.param(GOOD, ["validate", "--schema", "nowhere.rng"], 2, id="no such schema"),
        pytest.param(GOOD, ["validate", "--schema", "edition.toml"], 2, id="no schema at all"),
        pytest.param({"edition.toml": TITLED}, ["build"], 2, id="no tei/"),
        pytest.param({"tei": "a file"}, ["build"], 2, id="tei is a file"),
        pytest.param({**GOOD, "edition.toml": "[edition]\ntitel = 1"}, ["build"], 2, id="wrong edition.toml"),
        pytest.param({**GOOD, "edition.toml": "[edition"}, ["build"], 2, id="broken edition.toml"),
        pytest.param({**GOOD, "edition.toml": b"\xff\xfe\0"}, ["build"], 2, id="edition.toml in no encoding"),
        pytest.param({**GOOD, "history.json": "[]"}, ["build"], 2, id="wrong history"),
        pytest.param(GOOD, ["validate", "--output", "no/such/folder.txt"], 3, id="nowhere to write"),
        pytest.param({**GOOD, "build": "a file"}, ["build"], 3, id="the output is a file"),
        pytest.param({**GOOD, "out/mine.txt": "mine"}, ["build", "--output", "out"], 3, id="a stranger's folder"),
    ],
)  # fmt: skip
def test_exit_status(files: dict[str, str | bytes], arguments: list[str], status: int, tmp_path: Path) -> None:
    done = invoke(write(tmp_path, files), *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    if status >= 2 and status != 4:
        assert done.stdout == ""
        assert done.stderr.strip()


def test_a_failure_says_what_to_do(tmp_path: Path) -> None:
    done = invoke(write(tmp_path, {"edition.toml": TITLED}), "build")
    assert "--source" in done.stderr
    assert invoke(tmp_path, "rules", "not-tie").stderr.count("not-tei") == 1


def test_all_faults_of_edition_toml_are_told_with_their_lines(tmp_path: Path) -> None:
    text = '[edition]\ntitel = "x"\n\n[render]\nnotes = "nowhere"\n'
    done = invoke(write(tmp_path, {**GOOD, "edition.toml": text}), "build")
    assert "line 2" in done.stderr
    assert "title" in done.stderr
    assert "line 5" in done.stderr


def test_an_unexpected_fault_is_one_sentence_and_a_traceback_only_for_those_who_ask(good: Path) -> None:
    broken = (
        "import sys, regesta.gathering as g\n"
        "def fail(*a, **k): raise ZeroDivisionError('oh')\n"
        "import regesta.build, regesta.cli\n"
        "regesta.build.gather = fail\n"
        "regesta.cli.main()\n"
    )
    plain, debugging = (
        subprocess.run(
            [sys.executable, "-c", broken, *arguments], cwd=good, capture_output=True, text=True, check=False
        )
        for arguments in (["build"], ["--debug", "build"])
    )
    assert plain.returncode == debugging.returncode == 70
    assert "Traceback" not in plain.stderr
    assert "ZeroDivisionError: oh" in plain.stderr
    assert "Traceback" in debugging.stderr


# ── what goes where ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", [[], ["build"], ["validate"], ["rules"]])
def test_every_command_explains_itself(command: list[str], tmp_path: Path) -> None:
    done = invoke(tmp_path, *command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")
    assert done.stderr == ""
    assert invoke(tmp_path, *command, "-h").stdout == done.stdout


def test_help_lists_every_command(tmp_path: Path) -> None:
    told = invoke(tmp_path, "--help").stdout
    assert all(f"\n  {name} " in told for name in COMMANDS)


def test_json_is_all_that_goes_to_standard_output(bad: Path) -> None:
    done = run(bad, "validate", "--format", "json")
    report = json.loads(done.stdout)
    assert list(report) == ["regesta", "findings", "summary"]
    assert report["summary"]["error"] == 1
    assert report["findings"][0]["path"] == "tei/a.xml"


def test_json_is_utf_8_wherever_it_goes(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "tei/평양.xml": "<TEI>é"})
    done = run(tmp_path, "validate", "--format", "json", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert any(row["path"] == "tei/평양.xml" for row in json.loads(done.stdout)["findings"])


@pytest.mark.parametrize("command", ["build", "validate"])
def test_words_that_the_terminal_lacks_are_no_failure(command: str, tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "tei/평양.xml": "<TEI>é"})
    done = run(tmp_path, command, PYTHONIOENCODING="ascii")
    assert done.returncode == 1, done.stderr


def test_a_report_is_written_where_it_is_wanted(bad: Path) -> None:
    done = invoke(bad, "validate", "--format", "json", "--output", "found.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((bad / "found.json").read_text(encoding="utf-8"))["summary"]["error"] == 1
    invoke(bad, "validate", "--output", "found.txt")
    assert "tei/b.xml" in (bad / "found.txt").read_text(encoding="utf-8")


def test_quiet_says_nothing_when_all_is_well(good: Path) -> None:
    done = run(good, "build", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_says_what_went_wrong(bad: Path) -> None:
    assert "tei/b.xml" in invoke(bad, "build", "--quiet").stdout


def test_a_build_says_what_came_of_it(bad: Path) -> None:
    out = invoke(bad, "build").stdout
    assert "1 document published" in out
    assert "b.xml" in out
    assert "build/site/index.html" in out
    assert "1 error" in out


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False), ({}, False)],
)
def test_colours_are_only_for_those_who_want_them(variables: dict[str, str], *, coloured: bool, bad: Path) -> None:
    cleared = {"FORCE_COLOR": "", "NO_COLOR": "", "TERM": "xterm-256color"}
    out = run(bad, "validate", **(cleared | variables)).stdout
    assert ("\x1b[3" in out or "\x1b[1;3" in out) is coloured


# ── which edition is meant ─────────────────────────────────────────────────────────────────────────────────


def test_sources_anywhere_are_built_here(tmp_path: Path) -> None:
    write(tmp_path, {"there/a.xml": tei(), "here/x": "", "there/edition.toml": '[edition]\ntitle = "There"\n'})
    assert invoke(tmp_path / "here", "build", "--source", "../there").returncode == 0
    report = json.loads((tmp_path / "here/build/report.json").read_text(encoding="utf-8"))
    assert report["edition"] == "There"
    assert not (tmp_path / "there" / "build").exists()


def test_nothing_around_the_sources_is_used(tmp_path: Path) -> None:
    write(tmp_path, {"edition.toml": "[edition", "tei/a.xml": tei()})
    assert invoke(tmp_path, "build", "--source", "tei", "--output", "out").returncode == 0


def test_an_edition_elsewhere_is_built_there(tmp_path: Path) -> None:
    write(tmp_path, {f"there/{name}": content for name, content in GOOD.items()})
    assert invoke(tmp_path, "build", "--edition", "there").returncode == 0
    assert (tmp_path / "there/build/site/index.html").is_file()


def test_a_path_limits_what_is_told_and_not_what_is_read(tmp_path: Path) -> None:
    link = tei("<p><persName ref='persons.xml#kim'>Kim</persName></p>", title="")
    persons = tei("<listPerson><person xml:id='kim'><persName>Kim</persName></person></listPerson>")
    write(tmp_path, {**GOOD, "tei/a.xml": link, "tei/b.xml": tei(title=""), "tei/persons.xml": persons})
    report = json.loads(invoke(tmp_path, "validate", "tei/a.xml", "--format", "json").stdout)
    told = {(row["path"], row["rule"]) for row in report["findings"]} - {("tei/a.xml", "schema-none")}
    assert told == {("tei/a.xml", "title-missing")}


def test_single_files_outside_an_edition_are_judged(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": tei("<p><persName ref='p.xml#k'>K</persName></p>"), "b.xml": tei(title="")})
    report = json.loads(invoke(tmp_path, "validate", "a.xml", "b.xml", "--format", "json").stdout)
    told = [row["rule"] for row in report["findings"] if row["rule"] != "schema-none"]
    assert told == ["pointer-outside", "title-missing"]


def test_checking_a_file_loads_nothing_of_builds(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei(), encoding="utf-8")
    code = (
        "import sys\nfrom regesta.cli import main\n"
        "try: main(['validate', 'a.xml'])\nexcept SystemExit: pass\n"
        "unwanted = {'regesta.build', 'regesta.page_making', 'regesta.config', 'pydantic', 'rich'}\n"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
