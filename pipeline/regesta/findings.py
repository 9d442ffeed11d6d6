"""Findings: what is wrong in the sources, where, and what to do (DESIGN: words, output)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; an error makes `validate` and `build` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True)
class Place:
    """Where a finding stands. `line` and `column` count from 1 in code points; 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0
    xpath: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Finding:
    """A problem in the sources; the fields are the keys of `findings.json`, in this order."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    xpath: str
    message: str
    hint: str
    excerpt: str

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Return the key by which reports are sorted: place first, then weight, rule and wording."""
        return (self.path, self.line, self.column, _WEIGHT[self.severity], self.rule, self.message)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without exact repetitions, sorted by place, weight and rule."""
    return sorted(set(findings), key=lambda finding: finding.sort_key)


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return `{"error": n, "warning": n, "info": n}`: the summary that the reports show."""
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}
