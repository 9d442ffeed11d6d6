"""The terminal: progress, findings and summaries for people. Colours respect NO_COLOR and pipes."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regesta.findings import Finding
from regesta.reporting.results import Results
from regesta.reporting.text import MOST, Group, Line, Role, lines, plain
from regesta.reporting.text import summary as summary_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

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
    from rich.console import Console  # noqa: PLC0415 - slow to load, and of no use in a pipe

    return Console(stderr=errors, highlight=False, soft_wrap=True)


def _may_be_rich(*, errors: bool = False) -> bool:
    """Tell whether the stream is a terminal, or to be taken for one."""
    stream = sys.stderr if errors else sys.stdout
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


class Shown:
    """Progress that can be seen: a bar on a terminal, one plain line a stage elsewhere."""

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things, showing how many of `total` are done."""
        if _may_be_rich(errors=True):
            yield from self._bar(each, stage, total)
            return
        start, done = time.monotonic(), 0
        for one in each:
            yield one
            done += 1
        if time.monotonic() - start > _NOTABLE:
            click.echo(f"{stage}: {done} of {total}", err=True)

    def _bar(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        from rich.progress import (  # noqa: PLC0415 - slow to load, and of no use in a pipe
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console(errors=True), transient=True) as bars:
            yield from bars.track(each, total=total, description=stage)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the findings grouped by file, at most a few of one rule, and a summary."""
    print_report(Results(findings))


def print_report(results: Results, group: Group = Group.FILE, most: int | None = None) -> None:
    """Print the report for people, in colour on a terminal that has it (NO_COLOR and FORCE_COLOR are respected)."""
    coloured, width = False, shutil.get_terminal_size().columns
    if _may_be_rich():
        out = console()
        coloured, width = out.is_terminal and out.color_system is not None and not out.no_color, out.width
    for line in lines(results, group=group, most=MOST if most is None else most, width=min(width, _WIDEST)):
        click.echo(_coloured(line) if coloured else plain(line), nl=False, color=coloured)


def summary(findings: Sequence[Finding]) -> Text:
    """Return the line that counts the findings: "2 errors, 1 warning, no remarks"."""
    from rich.text import Text  # noqa: PLC0415 - slow to load, and of no use in a pipe

    return Text.assemble(*((span.text, _RICH[span.role]) for span in summary_line(findings)))


def _coloured(line: Line) -> str:
    return "".join(click.style(span.text, **_CLICK[span.role]) for span in line) + "\n"
