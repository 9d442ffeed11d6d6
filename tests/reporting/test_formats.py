"""The reports for programs, each read back by a reader that is not ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, TestCase
from samples import HOSTILE, finding, many, results, several

from regesta import __version__
from regesta.findings import Finding, Severity, count_by_severity
from regesta.keeping import as_dict
from regesta.reporting import FOR_PROGRAMS, Format, Layout, github, junit, plain_json, report, sarif
from regesta.reporting.results import Results

_MULTITOOL = "@microsoft/sarif-multitool-linux@5.7.0"


# ── JSON ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("given", [[], several()[:1], several()], ids=["none", "one", "several"])
def test_json_is_written_a_finding_at_a_time_as_if_it_were_written_whole(given: list[Finding]) -> None:
    rows = [each.to_json() for each in given]
    whole = {"regesta": __version__, "findings": rows, "summary": count_by_severity(given)}
    assert "".join(plain_json.chunks(Results(given))) == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def test_json_has_the_keys_of_the_contract_and_no_others() -> None:
    row = json.loads("".join(plain_json.chunks(results())))["findings"][0]
    assert list(row) == ["rule", "severity", "path", "line", "column", "xpath", "message", "hint", "excerpt"]


# ── SARIF ──────────────────────────────────────────────────────────────────────────────────────────────────


def log(given: Results) -> Any:
    return json.loads("".join(sarif.chunks(given)))


def test_sarif_counts_in_code_points_and_names_rules_with_their_help() -> None:
    (run,) = log(results())["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["not-well-formed", "pointer-dangling", "schema-none", "tei-p4"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["help"]["text"] and "{" not in rule["shortDescription"]["text"] for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error", "error", "note", "warning", "error"]


def test_sarif_paths_are_relative_uris_that_lead_back_to_the_path() -> None:
    for path in ("tei/a.xml", "tei/c d,e:%.xml", "tei/평양.xml", "../other/a.xml"):
        place = log(Results([finding(path=path)]))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", place["artifactLocation"]["uri"])
        assert unquote(place["artifactLocation"]["uri"]) == path


@pytest.mark.parametrize(("path", "uri"), [("/srv/a b.xml", "file:///srv/a%20b.xml"), ("C:/a.xml", "file:///C:/a.xml")])
def test_sarif_names_absolute_paths_as_files(path: str, uri: str) -> None:
    place = log(Results([finding(path=path)]))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": uri}


def test_a_sarif_snippet_is_the_text_of_its_region() -> None:
    line = "x" * 200 + "<b/>" + "y" * 200
    cut = finding(excerpt="…" + line[161:279] + "…", caret=41)
    cut = Finding(**{**as_dict(cut), "column": 201})
    place = log(Results([cut]))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    context = place["contextRegion"]
    assert line[context["startColumn"] - 1 : context["endColumn"] - 1] == context["snippet"]["text"]
    region = place["region"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "<b"
    assert context["startColumn"] <= region["startColumn"] < context["endColumn"]


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    place = log(results())["runs"][0]["results"][2]["locations"][0]["physicalLocation"]
    assert list(place) == ["artifactLocation"]


def test_sarif_fingerprints_survive_a_shift_and_tell_twins_apart() -> None:
    def prints(*lines: int) -> list[str]:
        run = log(Results([finding(line=line) for line in lines]))["runs"][0]
        return [result["partialFingerprints"]["regestaFinding/v1"] for result in run["results"]]

    assert prints(3, 5) == prints(30, 50)
    assert len(set(prints(3, 5))) == 2


@pytest.fixture(scope="session")
def multitool(request: pytest.FixtureRequest) -> Path:
    """Return the folder of Microsoft's SARIF tool, which holds the official schema; got once, through npm."""
    kept = request.config.cache.mkdir("sarif-multitool")
    folder = kept / "package"
    if not (folder / "sarif-2.1.0.json").is_file():
        npm = shutil.which("npm")
        got = npm and subprocess.run([npm, "pack", "--silent", _MULTITOOL], cwd=kept, timeout=300, check=False)
        archives = sorted(kept.glob("*.tgz"))
        if not got or got.returncode or not archives:
            reason = f"needs npm and the package {_MULTITOOL}"
            pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
        with tarfile.open(archives[0]) as archive:
            archive.extractall(kept, filter="data")
    return folder


@pytest.mark.proof
@pytest.mark.parametrize("given", [[], several(), list(many(500))], ids=["none", "several", "many"])
def test_sarif_is_valid_against_the_official_schema(multitool: Path, given: list[Finding]) -> None:
    schema = json.loads((multitool / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    made = log(Results(given))
    validator.validate(made)
    made["runs"][0]["columnKind"] = "bytes"
    assert not validator.is_valid(made)


@pytest.mark.proof
def test_the_sarif_validator_of_microsoft_finds_no_error(multitool: Path, tmp_path: Path) -> None:
    def complaints(text: str) -> str:
        (tmp_path / "log.sarif").write_text(text, encoding="utf-8")
        command = [str(tool), "validate", "log.sarif"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False).stdout

    tool = multitool / "Sarif.Multitool"
    tool.chmod(0o755)
    text = "".join(sarif.chunks(results()))
    assert "Analysis completed successfully" in complaints(text)
    assert " error " not in complaints(text)
    assert " error " in complaints(text.replace('"version": "2.1.0"', '"version": "1.0"'))


# ── JUnit ──────────────────────────────────────────────────────────────────────────────────────────────────


def suites(given: list[Finding]) -> Any:
    return JUnitXml.fromstring("".join(junit.chunks(Results(given))).encode("utf-8"))


def test_junit_has_a_suite_a_file_and_a_case_a_rule() -> None:
    read = suites(several())
    assert [(suite.name, [case.name for case in suite]) for suite in read] == [
        ("tei/a.xml", ["pointer-dangling"]),
        ("tei/b.xml", ["schema-none", "tei-p4"]),
        ("tei/c d,e:%.xml", ["not-well-formed"]),
    ]
    assert (read.tests, read.failures) == (4, 2)
    told = (read.tests, read.failures)
    read.update_statistics()
    assert (read.tests, read.failures) == told


def test_in_junit_only_errors_fail() -> None:
    cases = [case for suite in suites(several()) for case in suite]
    assert [[type(each) for each in case.result] for case in cases] == [[Failure], [], [], [Failure]]
    assert "tei/b.xml:12:15: warning" in str(cases[2].system_out)


def test_a_junit_failure_tells_every_place() -> None:
    case: TestCase = next(iter(next(iter(suites(several())))))
    (failure,) = case.result
    assert failure.message == "Nothing answers to the pointer #kim. (and 1 more)"
    assert "tei/a.xml:3:15" in failure.text
    assert "tei/a.xml:9:15" in failure.text


def test_junit_without_findings_has_one_case_that_passes() -> None:
    read = suites([])
    assert [case.is_passed for suite in read for case in suite] == [True]
    assert read.tests == 1


def test_junit_keeps_hostile_text_as_text() -> None:
    (failure,) = list(suites(several()))[2].__iter__().__next__().result
    assert not isinstance(failure, Error)
    assert "</script><img src=x onerror=alert(1)>" in failure.message
    assert "\x1b" not in failure.text


# ── GitHub ─────────────────────────────────────────────────────────────────────────────────────────────────


def commands(given: list[Finding]) -> list[tuple[str, dict[str, str], str]]:
    """Return what a runner of GitHub's actions reads: command, properties, message."""
    read = []
    for line in "".join(github.chunks(Results(given))).split("\n")[:-1]:
        matched = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert matched, line
        pairs = (pair.split("=", 1) for pair in matched[2].split(","))
        properties = {key: _decoded(value).replace("%3A", ":").replace("%2C", ",") for key, value in pairs}
        read.append((matched[1], properties, _decoded(matched[3])))
    return read


def _decoded(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_annotations_come_with_errors_first() -> None:
    assert [command for command, _, _ in commands(several())] == ["error"] * 3 + ["warning", "notice"]


def test_annotations_lead_back_to_file_line_and_message() -> None:
    command, properties, text = commands(several()[:1])[0]
    assert command == "error"
    assert properties == {"file": "tei/a.xml", "line": "3", "col": "15", "title": "pointer-dangling"}
    assert text.startswith("Nothing answers to the pointer #kim.\n<persName")


def test_a_finding_cannot_begin_an_annotation_of_its_own() -> None:
    bad = finding(message="x\n::error::y\r\n::set-env name=A::b %0A 100%", path="a,line=1::b\n.xml")
    text = "".join(github.chunks(Results([bad])))
    assert text.count("\n") == 1
    assert "\r" not in text
    (command,) = commands([bad])
    assert command[1]["file"] == "a,line=1::b\n.xml"
    assert "%0A 100%" in command[2]


def test_a_whole_file_is_annotated_without_a_line() -> None:
    assert "line" not in commands(several())[-1][1]


# ── all of them ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("style", list(Format))
def test_every_format_can_be_written_whatever_a_path_holds(style: Format) -> None:
    broken = finding(path="tei/\udce9.xml", excerpt=HOSTILE, caret=2)
    text = b"".join(report(Results([broken]), Layout(style)))
    assert text.decode("utf-8")


@pytest.mark.parametrize("style", list(FOR_PROGRAMS))
def test_formats_for_programs_hold_every_finding(style: Format) -> None:
    given = list(many(2_000))
    text = b"".join(report(Results(given), Layout(style))).decode("utf-8")
    assert all(f"#p{number}." in text for number in range(2_000))
    assert count_by_severity(given)[Severity.ERROR.value] == 667
