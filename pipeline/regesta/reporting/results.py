"""What a report tells: the findings, and what a baseline has taken off them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regesta.findings import Finding


@dataclass(frozen=True)
class Baseline:
    """What comparing with a baseline gave: the file, how many findings it knew, how many entries no longer occur."""

    path: str
    known: int
    gone: int


@dataclass(frozen=True)
class Results:
    """The findings to report, sorted by place; with a baseline only those that are new."""

    findings: Sequence[Finding]
    baseline: Baseline | None = None


@dataclass(frozen=True)
class Selection:
    """The findings that a report for people shows, and how many of each rule it leaves out."""

    shown: Sequence[Finding]
    hidden: Counter[str]


def select(findings: Sequence[Finding], most: int) -> Selection:
    """Return the first `most` findings of each rule; all of them when `most` is 0."""
    seen: Counter[str] = Counter()
    shown: list[Finding] = []
    for finding in findings:
        seen[finding.rule] += 1
        if not most or seen[finding.rule] <= most:
            shown.append(finding)
    hidden = Counter({rule: count - most for rule, count in seen.items() if most and count > most})
    return Selection(shown, hidden)
