"""The terminal: progress, findings and summaries for people. Colours respect NO_COLOR and pipes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from regesta.findings import Finding
from regesta.reporting.results import Results
from regesta.reporting.text import MOST, Group, Line, Role, lines, plain
from regesta.reporting.text import summary as summary_line

Each = TypeVar("Each")

_RICH = {
    Role.PLAIN: "",
    Role.HEADING: "bold",
    Role.ERROR: "bold red",
    Role.WARNING: "yellow",
    Role.INFO: "cyan",
    Role.ASIDE: "dim",
    Role.CARET: "bold red",
}
# A report can have a hundred thousand lines: click colours them fifty times as fast as rich.
_CLICK: dict[Role, dict[str, Any]] = {
    Role.PLAIN: {},
    Role.HEADING: {"bold": True},
    Role.ERROR: {"fg": "red", "bold": True},
    Role.WARNING: {"fg": "yellow"},
    Role.INFO: {"fg": "cyan"},
    Role.ASIDE: {"dim": True},
    Role.CARET: {"fg": "red", "bold": True},
}
_WIDEST = 110
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
    """Print the findings grouped by file, at most a few of one rule, and a summary."""
    print_report(Results(findings))


def print_report(results: Results, group: Group = Group.FILE, most: int | None = None) -> None:
    """Print the report for people, in colour on a terminal that has it (NO_COLOR and FORCE_COLOR are respected)."""
    out = console()
    coloured = out.is_terminal and out.color_system is not None and not out.no_color
    for line in lines(results, group=group, most=MOST if most is None else most, width=min(out.width, _WIDEST)):
        click.echo(_coloured(line) if coloured else plain(line), nl=False, color=coloured)


def summary(findings: Sequence[Finding]) -> Text:
    """Return the line that counts the findings: "2 errors, 1 warning, no remarks"."""
    return Text.assemble(*((span.text, _RICH[span.role]) for span in summary_line(findings)))


def _coloured(line: Line) -> str:
    return "".join(click.style(span.text, **_CLICK[span.role]) for span in line) + "\n"
