"""Reports: what `regesta validate` found, for people and for programs.

Each format is a module with `chunks(results)`, which yields the report piece by piece, so that a hundred thousand
findings take no more memory than the findings themselves. `text.py` yields lines with roles for the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from regesta.errors import UsageError
from regesta.reporting import html, text
from regesta.reporting.results import Results
from regesta.reporting.text import Group


class Format(StrEnum):
    """The formats of a report, as `--format` names them."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    HTML = "html"


FOR_PROGRAMS: Mapping[Format, str] = {
    Format.JSON: "plain_json",
    Format.SARIF: "sarif",
    Format.JUNIT: "junit",
    Format.GITHUB: "github",
}
"""The formats that hold every finding, with their modules, which are loaded when they are asked for."""


@dataclass(frozen=True)
class Layout:
    """How to report: the format, what text is grouped by, how many of one rule (None: as many as suits the format)."""

    style: Format = Format.TEXT
    group: Group = Group.FILE
    most: int | None = None

    def __post_init__(self) -> None:
        """Raise UsageError when options do not go together, rather than ignore one."""
        if self.most is not None and self.style in FOR_PROGRAMS:
            raise UsageError(
                f"--most does not go with --format {self.style.value}.", "That format holds every finding."
            )
        if self.group is not Group.FILE and self.style is not Format.TEXT:
            raise UsageError(f"--group does not go with --format {self.style.value}.", "It is for text alone.")


def report(results: Results, layout: Layout) -> Iterator[bytes]:
    """Yield the report as UTF-8.

    A lone surrogate, which only a broken file name has, is written as a backslash escape.
    """
    return (piece.encode("utf-8", "backslashreplace") for piece in _pieces(results, layout))


def _pieces(results: Results, layout: Layout) -> Iterator[str]:
    if layout.style is Format.TEXT:
        most = text.MOST if layout.most is None else layout.most
        return map(text.plain, text.lines(results, group=layout.group, most=most))
    if layout.style is Format.HTML:
        return html.chunks(results, html.MOST if layout.most is None else layout.most)
    pieces: Iterator[str] = import_module(f"regesta.reporting.{FOR_PROGRAMS[layout.style]}").chunks(results)
    return pieces
