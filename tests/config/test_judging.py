from __future__ import annotations

from pathlib import Path

from regesta import rules
from regesta.config import EditionConfig, load
from regesta.findings import Finding, Place, Severity
from regesta.judging import judge, remarks

STATED = "edition.title = 'x'\nedition.editors = ['E']\nedition.url = 'http://x.org'\n"
FILE = "edition.toml"


def settings(folder: Path, text: str) -> EditionConfig:
    (folder / FILE).write_text(text, encoding="utf-8")
    return load(folder)


def found() -> list[Finding]:
    broken = [rules.finding("not-well-formed", Place("b.xml", line), reason="x") for line in (1, 2)]
    return [
        rules.finding("xml-too-large", Place("c.xml"), reason="x"),
        *broken,
        rules.finding("file-empty", Place("a.xml")),
    ]


def test_what_the_edition_does_not_state_is_said(tmp_path: Path) -> None:
    said = remarks(load(tmp_path), FILE)
    assert [(finding.rule, finding.severity, finding.path) for finding in said] == [
        ("setting-missing", Severity.INFO, FILE)
    ] * 3
    assert [finding.message.split()[6].rstrip(":") for finding in said] == ["title", "editors", "url"]
    assert remarks(settings(tmp_path, STATED), FILE) == []


def test_a_rule_made_milder_needs_a_reason(tmp_path: Path) -> None:
    said = remarks(settings(tmp_path, STATED + "validation.schematron = 'info'"), FILE)
    assert [finding.rule for finding in said] == ["severity-unexplained"]
    assert 'schematron = { severity = "info", reason = "…" }' in said[0].hint
    reasoned = STATED + "validation.schematron = { severity = 'info', reason = 'Work goes on' }"
    assert remarks(settings(tmp_path, reasoned), FILE) == []
    assert remarks(settings(tmp_path, STATED + "validation.rule-off = 'error'"), FILE) == []


def test_severities_are_those_of_the_edition_and_the_findings_are_sorted(tmp_path: Path) -> None:
    config = settings(tmp_path, STATED + "validation.file-empty = { severity = 'warning', reason = 'Slots' }")
    judged = judge(found(), config, FILE)
    assert [(finding.path, finding.line, finding.severity) for finding in judged] == [
        ("a.xml", 1, Severity.WARNING),
        ("b.xml", 1, Severity.ERROR),
        ("b.xml", 2, Severity.ERROR),
        ("c.xml", 1, Severity.ERROR),
    ]


def test_a_rule_that_is_off_is_not_dropped_in_silence(tmp_path: Path) -> None:
    config = settings(tmp_path, STATED + "validation.not-well-formed = { severity = 'off', reason = 'Old scans' }")
    judged = judge(found(), config, FILE)
    assert [finding.rule for finding in judged] == ["file-empty", "xml-too-large", "rule-off"]
    assert judged[-1].path == FILE
    assert "reported 2 times: Old scans" in judged[-1].message


def test_remarks_on_the_configuration_can_be_judged_too(tmp_path: Path) -> None:
    config = settings(tmp_path, "validation.setting-missing = { severity = 'off', reason = 'A trial' }")
    assert [finding.rule for finding in judge([], config, FILE)] == ["rule-off"]
