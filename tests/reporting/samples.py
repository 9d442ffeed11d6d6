"""Findings as reports get them, some of them meant to do harm."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.findings import Finding, Severity
from regesta.reporting.results import Results

HOSTILE = '</script><img src=x onerror=alert(1)> "&amp;\u202e" \x1b[31m\x07 %0A::error::x, ]]>'


def finding(  # noqa: PLR0917 - tests name what they change
    rule: str = "pointer-dangling",
    severity: Severity = Severity.ERROR,
    path: str = "tei/a.xml",
    line: int = 3,
    message: str = "Nothing answers to the pointer #kim.",
    excerpt: str = '<persName ref="#kim">',
    caret: int = 11,
) -> Finding:
    """Return a finding whose excerpt stands four columns in."""
    column = caret + 4 if caret else int(line > 0)
    xpath = "/TEI[1]/text[1]" if line else ""
    return Finding(rule, severity, path, line, column, xpath, message, "Mend the pointer.", excerpt, caret)


def several() -> list[Finding]:
    """Return findings of all severities in three files, one of them about a whole file, one hostile."""
    hostile = finding("not-well-formed", message=HOSTILE, path="tei/c d,e:%.xml", excerpt=HOSTILE, caret=3)
    return [
        finding(line=3),
        finding(line=9, excerpt='<placeName ref="#平壤">', message="Nothing answers to the pointer #平壤."),
        finding("schema-none", Severity.INFO, line=0, excerpt="", caret=0, path="tei/b.xml"),
        finding("tei-p4", Severity.WARNING, line=12, path="tei/b.xml"),
        hostile,
    ]


def many(count: int) -> Iterator[Finding]:
    """Yield `count` findings of ten rules, a hundred a file."""
    rules = ("pointer-dangling", "tei-p4", "not-tei", "schema-none", "file-empty", "include-missing", "file-outside")
    for number in range(count):
        severity = list(Severity)[number % 3]
        path = f"tei/{number // 100:05}.xml"
        yield finding(rules[number % 7], severity, path, number % 100 + 1, f"Nothing answers to #p{number}.")


def results() -> Results:
    """Return `several` as results without a baseline."""
    return Results(several())
