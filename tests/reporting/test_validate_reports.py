"""`regesta validate` as its users and their machines run it: options, exit statuses, files, hooks, workflows."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from regesta.cli import main
from regesta.cli.validate import validate
from regesta.reporting import Format
from small_editions import TITLED, tei, write

REGESTA = Path(sys.executable).parent


def invoke(folder: Path, *arguments: str, **variables: str) -> Result:
    with contextlib.chdir(folder):
        return CliRunner(env=variables).invoke(main, ["validate", "--jobs", "1", *arguments])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return write(tmp_path / "edition", {"edition.toml": TITLED, "tei/a.xml": tei(), "tei/b.xml": "<TEI>\n  <p>"})


# ── options ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("style", [each.value for each in Format])
def test_a_report_in_a_file_is_the_report_on_the_terminal(bad: Path, style: str) -> None:
    printed = invoke(bad, "--format", style)
    written = invoke(bad, "--format", style, "--output", "report.out")
    assert (printed.exit_code, written.exit_code, written.stdout) == (1, 1, "")
    assert (bad / "report.out").read_text(encoding="utf-8") == printed.stdout
    assert "tei/b.xml" in printed.stdout
    assert [each.name for each in bad.iterdir() if each.name.endswith(".part")] == []


def test_a_report_takes_the_place_of_the_old_one_and_keeps_its_permissions(bad: Path) -> None:
    report = bad / "report.json"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o640)
    link = bad / "link.json"
    link.symlink_to("report.json")
    invoke(bad, "--format", "json", "--output", "link.json")
    assert link.is_symlink()
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["error"] == 1
    assert stat.S_IMODE(report.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced(bad: Path) -> None:
    assert invoke(bad, "--format", "json", "--output", os.devnull).exit_code == 1
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("style", ["json", "sarif", "junit", "github"])
def test_complete_formats_leave_nothing_out(bad: Path, style: str) -> None:
    done = invoke(bad, "--format", style, "--most", "3")
    assert done.exit_code == 2
    assert "holds every finding" in done.stderr


def test_grouping_is_for_text(bad: Path) -> None:
    assert invoke(bad, "--group", "rule", "--format", "html").exit_code == 2
    assert "not-well-formed  error, 1 in all" in invoke(bad, "--group", "rule").stdout


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
    ids=["no terminal", "forced", "refused"],
)
def test_colours_are_for_those_who_want_them(bad: Path, variables: dict[str, str], coloured: bool) -> None:
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "validate"],
        cwd=bad,
        env={**clean, **variables, "TERM": "xterm-256color"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (b"\x1b[" in done.stdout) is coloured


# ── a baseline ─────────────────────────────────────────────────────────────────────────────────────────────


def test_with_a_baseline_only_new_findings_count(bad: Path) -> None:
    assert invoke(bad, "--write-baseline", "known.json").exit_code == 0
    known = invoke(bad, "--baseline", "known.json")
    assert known.exit_code == 0
    assert "New: no errors" in known.stdout
    write(bad, {"tei/c.xml": "<TEI>\n  <p>"})
    new = invoke(bad, "--baseline", "known.json", "--format", "json")
    assert new.exit_code == 1
    assert {row["path"] for row in json.loads(new.stdout)["findings"] if row["severity"] == "error"} == {"tei/c.xml"}


def test_a_stale_baseline_says_how_many_are_gone(bad: Path) -> None:
    invoke(bad, "--write-baseline", "known.json")
    write(bad, {"tei/b.xml": tei(title="Another letter")})
    assert "1 entry of it no longer occurs" in invoke(bad, "--baseline", "known.json").stdout
    assert "no longer" not in invoke(bad, "tei/a.xml", "--baseline", "known.json").stdout
    invoke(bad, "--baseline", "known.json", "--write-baseline", "known.json")
    assert "no longer" not in invoke(bad, "--baseline", "known.json").stdout


def test_a_baseline_that_is_not_there_is_wrong_usage(bad: Path) -> None:
    done = invoke(bad, "--baseline", "known.json")
    assert done.exit_code == 2
    assert "--write-baseline" in done.stderr


# ── before a commit ────────────────────────────────────────────────────────────────────────────────────────


def commit(folder: Path, hook: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Make `folder` a repository with `hook`, run pre-commit on all its files, and return what came of it."""
    settings = {"repos": [{"repo": "local", "hooks": [hook]}]}
    write(folder, {".pre-commit-config.yaml": yaml.safe_dump(settings)})
    git = shutil.which("git")
    if git is None:
        pytest.skip("needs git")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    variables |= {"PATH": f"{REGESTA}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": str(folder.parent / "home")}
    run: Any = {"cwd": folder, "env": variables, "capture_output": True, "text": True, "timeout": 120}
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run([git, *command], check=True, **run)
    return subprocess.run([sys.executable, "-m", "pre_commit", "run", "--all-files"], check=False, **run)


def hooks(repository: Path) -> list[dict[str, Any]]:
    """Return the hooks that users get, to be run with the `regesta` that is installed here."""
    offered = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return [{**hook, "language": "system"} for hook in offered]


def test_the_hooks_are_what_pre_commit_understands(repository: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert subprocess.run(command, cwd=repository, check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("number", [0, 1], ids=["changed files", "whole edition"])
def test_a_hook_lets_a_good_commit_pass_and_stops_a_bad_one(repository: Path, bad: Path, number: int) -> None:
    hook = hooks(repository)[number]
    stopped = commit(bad, hook)
    assert stopped.returncode == 1
    assert "tei/b.xml" in stopped.stdout
    assert "not-well-formed" in stopped.stdout
    write(bad, {"tei/b.xml": tei(title="Another letter")})
    passed = commit(bad, hook)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True)


def test_the_hook_in_the_guide_is_the_one_that_is_offered(repository: Path) -> None:
    guide = (repository / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(repos:.*?)```", guide, re.DOTALL)]
    (shown,) = blocks[1]["repos"][0]["hooks"]
    offered = hooks(repository)[0]
    assert shown | {"name": offered["name"]} == {key: offered[key] for key in shown}
    assert blocks[0]["repos"][0]["hooks"][0]["id"] == offered["id"]


# ── in continuous integration ──────────────────────────────────────────────────────────────────────────────


def workflow(repository: Path) -> list[str]:
    """Return the commands of the example workflow that call `regesta`."""
    text = (repository / "docs" / "examples" / "validate.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["validate"]["steps"]
    return [step["run"] for step in steps if step.get("run", "").startswith("regesta")]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash, as the runner has it")
def test_the_commands_of_the_workflow_do_what_they_say(repository: Path, bad: Path) -> None:
    def runs(command: str) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, "PATH": f"{REGESTA}{os.pathsep}{os.environ['PATH']}"}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        return subprocess.run(shell, cwd=bad, env=variables, capture_output=True, text=True, check=False, timeout=60)

    validate, report = workflow(repository)
    assert runs(validate).returncode == 1
    assert runs(validate).stdout.startswith("::error file=tei/b.xml,")
    assert runs(report).returncode == 0
    assert (bad / "findings.html").stat().st_size > 1_000
    write(bad, {"tei/b.xml": tei(title="Another letter")})
    assert runs(validate).returncode == 0


def test_every_option_and_file_in_the_guide_is_there(repository: Path) -> None:
    guide = (repository / "docs" / "ci.md").read_text(encoding="utf-8")
    options = {name for parameter in validate.params for name in parameter.opts}
    assert set(re.findall(r"--[a-z][a-z-]*", guide)) <= options
    assert {each.value for each in Format} == set(re.findall(r"^\| `([a-z]+)` \|", guide, re.MULTILINE))
    assert all((repository / "docs" / link).is_file() for link in re.findall(r"\]\(([^:)]+)\)", guide))
