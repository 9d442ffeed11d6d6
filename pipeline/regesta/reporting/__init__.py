"""Reports: what `regesta validate` found, for people and for programs.

Each format is a module with `chunks(results)`, which yields the report piece by piece, so that a hundred thousand
findings take no more memory than the findings themselves. `text.py` yields lines with roles for the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from regesta.reporting import github, html, junit, plain_json, sarif, text
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


FOR_PROGRAMS: Mapping[Format, Callable[[Results], Iterator[str]]] = {
    Format.JSON: plain_json.chunks,
    Format.SARIF: sarif.chunks,
    Format.JUNIT: junit.chunks,
    Format.GITHUB: github.chunks,
}
"""The formats that hold every finding."""


def report(results: Results, style: Format, group: Group = Group.FILE, most: int | None = None) -> Iterator[bytes]:
    """Yield the report as UTF-8; `most` and `group` are for text and HTML (`most` None: as many as suits the format).

    A lone surrogate, which only a broken file name has, is written as a backslash escape.
    """
    return (piece.encode("utf-8", "backslashreplace") for piece in _pieces(results, style, group, most))


def _pieces(results: Results, style: Format, group: Group, most: int | None) -> Iterator[str]:
    if style is Format.TEXT:
        return map(text.plain, text.lines(results, group=group, most=text.MOST if most is None else most))
    if style is Format.HTML:
        return html.chunks(results, html.MOST if most is None else most)
    return FOR_PROGRAMS[style](results)
