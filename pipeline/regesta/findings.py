"""Findings: what is wrong in the sources, where, and what to do (DESIGN: words, output)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from regesta.keeping import Choice, Value


class Severity(Choice):
    """How much a finding weighs; an error makes `validate` and `build` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Place(Value):
    """Where a finding stands. `line` and `column` count from 1 in code points; 0 means the whole file.

    `excerpt` is (part of) that line, and `caret` the place within it that `column` stands for, from 1 in code points;
    0 when it is not known. `positions.place` makes places with both.
    """

    path: str
    line: int = 0
    column: int = 0
    xpath: str = ""
    excerpt: str = ""
    caret: int = 0


class Remedy(Choice):
    """The changes that `validate --fix` makes: only such as cannot change what the text says."""

    RENAME_ELEMENT = "rename-element"
    RENAME_ATTRIBUTE = "rename-attribute"
    REPLACE_VALUE = "replace-value"


@dataclass(frozen=True, slots=True)
class Fix(Value):
    """How to mend a fault, in the start tag where its finding stands.

    `old` and `new` are the names of the element or attribute as written, prefix included; with REPLACE_VALUE they are
    words of the value of `attribute`. With `everywhere` that is done in all elements of this name in the file.
    """

    remedy: Remedy
    old: str
    new: str
    attribute: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Finding(Value):
    """A problem in the sources; the fields up to `excerpt` are the keys of `findings.json`, in this order.

    `caret` is the place of the fault in the excerpt (see `Place`), `fix` how it can be mended without a doubt.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    xpath: str
    message: str
    hint: str
    excerpt: str
    caret: int = 0
    fix: Fix | None = None

    def to_json(self) -> dict[str, str | int]:
        """Return the finding with the keys of DESIGN's contract."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "xpath": self.xpath,
            "message": self.message,
            "hint": self.hint,
            "excerpt": self.excerpt,
        }

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
