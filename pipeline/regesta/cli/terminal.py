"""The terminal: progress, findings and summaries for people. Colours respect NO_COLOR and pipes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from regesta.findings import Finding, count_by_severity

Each = TypeVar("Each")

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_MOST_OF_A_RULE = 5
_NOTABLE = 1.0
"""Seconds of work after which a plain line is worth printing."""


def console(*, errors: bool = False) -> Console:
    """Return where to print: standard output, or standard error with `errors`."""
    return Console(stderr=errors, highlight=False, soft_wrap=True)


class Shown:
    """Progress that can be seen: a bar on a terminal, one plain line a stage elsewhere."""

    def __init__(self) -> None:
        self._console = console(errors=True)

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things, showing how many of `total` are done."""
        if self._console.is_terminal:
            yield from self._bar(each, stage, total)
            return
        start, done = time.monotonic(), 0
        for one in each:
            yield one
            done += 1
        if time.monotonic() - start > _NOTABLE:
            self._console.print(f"{stage}: {done} of {total}", markup=False)

    def _bar(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Bars(*columns, console=self._console, transient=True) as bars:
            yield from bars.track(each, total=total, description=stage)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the findings grouped by file, at most a few of one rule in each, and a summary."""
    out = console()
    for path, in_file in groupby(findings, key=lambda finding: finding.path):
        out.print(Text(path, style="bold"))
        rows = list(in_file)
        for finding, hidden in _abridged(rows):
            _print_finding(out, finding)
            if hidden:
                out.print(Text(f"    … and {hidden} more of {finding.rule} in this file", style="dim"))
        out.print()
    out.print(summary(findings))


def summary(findings: Sequence[Finding]) -> Text:
    """Return the line that counts the findings: "2 errors, 1 warning, no remarks"."""
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("remark", "remarks")}
    text = Text()
    for severity, count in count_by_severity(findings).items():
        one, many = words[severity]
        piece = f"{count} {one if count == 1 else many}" if count else f"no {many}"
        text.append(", " if text else "").append(piece, style=_STYLES[severity] if count else "dim")
    return text


def _abridged(findings: Sequence[Finding]) -> Iterator[tuple[Finding, int]]:
    """Yield the findings of one file, with how many of the same rule are left out after each (nearly always 0)."""
    seen: dict[str, int] = {}
    totals: dict[str, int] = {}
    for finding in findings:
        totals[finding.rule] = totals.get(finding.rule, 0) + 1
    for finding in findings:
        number = seen[finding.rule] = seen.get(finding.rule, 0) + 1
        if number < _MOST_OF_A_RULE:
            yield finding, 0
        elif number == _MOST_OF_A_RULE:
            yield finding, totals[finding.rule] - number


def _print_finding(out: Console, finding: Finding) -> None:
    where = f"{finding.line}:{finding.column}" if finding.line else "-"
    line = Text(f"  {where:>9}  ").append(finding.severity.value, style=_STYLES[finding.severity])
    out.print(line.append(f"  {finding.message}  ").append(finding.rule, style="dim"))
    if finding.excerpt:
        out.print(Text(f"             │ {finding.excerpt}", style="dim"))
    if finding.hint:
        out.print(Text(f"             → {finding.hint}"))
