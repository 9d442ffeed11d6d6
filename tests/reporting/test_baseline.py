"""A baseline knows old findings again, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import finding, many, several

from regesta.errors import UsageError
from regesta.findings import Finding, Severity
from regesta.reporting import baseline
from regesta.reporting.results import Results


def learn(file: Path, findings: Sequence[Finding], covered: Sequence[Path] = ()) -> None:
    file.write_text("".join(baseline.chunks(findings, file, covered)), encoding="utf-8", errors="backslashreplace")


def counted(results: Results) -> tuple[int, int, int]:
    """Return how many findings are new, known and gone."""
    assert results.baseline is not None
    return len(results.findings), results.baseline.known, results.baseline.gone


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("known.json")


def test_what_it_learned_it_knows(file: Path) -> None:
    learn(file, several())
    assert counted(baseline.compare(several(), file)) == (0, 5, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"line": 90, "column": 40},
        {"severity": Severity.WARNING},
        {"excerpt": '  <persName\tref="#kim">'},
        {"message": "A newer version says it in other words."},
        {"xpath": "/TEI[1]/text[1]/body[1]"},
        {"hint": "Other advice."},
    ],
    ids=["moved", "other severity", "indented", "reworded", "nested", "other hint"],
)
def test_a_finding_that_only_moved_is_known(file: Path, change: dict[str, object]) -> None:
    learn(file, [finding()])
    assert counted(baseline.compare([replace(finding(), **change)], file)) == (0, 1, 0)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"rule": "tei-p4"}, {"path": "tei/b.xml"}, {"excerpt": '<persName ref="#lee">'}])
def test_another_rule_file_or_line_is_new(file: Path, change: dict[str, str]) -> None:
    learn(file, [finding()])
    assert counted(baseline.compare([replace(finding(), **change)], file)) == (1, 0, 1)  # type: ignore[arg-type]


def test_each_entry_is_good_for_one_finding(file: Path) -> None:
    learn(file, [finding(line=3), finding(line=5)])
    found = baseline.compare([finding(line=line) for line in (3, 5, 7)], file)
    assert counted(found) == (1, 2, 0)
    assert found.findings[0].line == 7


def test_numbers_of_lines_in_a_message_may_change_but_not_names(file: Path) -> None:
    def about(words: str) -> Finding:
        return finding(line=0, message=words, excerpt="", caret=0)

    learn(file, [about("Opened in line 12, still open."), about("Nothing answers to #kim1.")])
    assert counted(baseline.compare([about("Opened in line 19, still open.")], file)) == (0, 1, 1)
    assert counted(baseline.compare([about("Nothing answers to #kim2.")], file)) == (1, 0, 2)


def test_what_was_mended_is_counted(file: Path) -> None:
    learn(file, several())
    assert counted(baseline.compare(several()[:2], file)) == (0, 2, 3)


def test_files_that_were_not_looked_at_are_not_gone(file: Path) -> None:
    learn(file, several())
    assert counted(baseline.compare([], file, [Path("tei/b.xml")])) == (0, 0, 2)
    assert counted(baseline.compare([], file, [Path("tei")])) == (0, 0, 5)
    assert counted(baseline.compare([], file, [Path("te")])) == (0, 0, 0)
    assert counted(baseline.compare([], file, [Path()])) == (0, 0, 5)


def test_learning_a_part_keeps_the_rest(file: Path) -> None:
    learn(file, several())
    learn(file, [], [Path("tei/b.xml")])
    assert counted(baseline.compare(several(), file)) == (2, 3, 0)


def test_it_does_not_matter_where_regesta_is_started(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(file, [finding(path="tei/a.xml")])
    Path("tei").mkdir()
    monkeypatch.chdir("tei")
    assert counted(baseline.compare([finding(path="a.xml")], Path("../known.json"))) == (0, 1, 0)


def test_the_same_findings_give_the_same_bytes(file: Path) -> None:
    assert "".join(baseline.chunks(several(), file)) == "".join(baseline.chunks(several()[::-1], file))
    assert json.loads("".join(baseline.chunks(several(), file)))["baseline"][0]["path"] == "tei/a.xml"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"baseline": 3}', '{"baseline": [{"rule": "x"}]}', "[" * 99_999])
def test_another_file_is_refused(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"is not a baseline"):
        baseline.compare([], file)


def test_a_baseline_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        baseline.compare([], file)


@given(st.lists(st.sampled_from([*several(), *many(4)])), st.lists(st.sampled_from([*several(), *many(4)])))
def test_every_finding_is_new_or_known_and_every_entry_used_or_gone(old: list[Finding], now: list[Finding]) -> None:
    rows = json.loads("".join(baseline.chunks(old, Path("x.json"))))["baseline"]
    assert sum(row["count"] for row in rows) == len(old)
    common = sum(min(old.count(each), now.count(each)) for each in set(now))
    found = _compared(old, now)
    assert counted(found) == (len(now) - common, common, len(old) - common)


def _compared(old: list[Finding], now: list[Finding]) -> Results:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "known.json"
        learn(file, old)
        return baseline.compare(now, file)
