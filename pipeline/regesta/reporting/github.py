"""Annotations of GitHub workflows: a command a finding, which GitHub shows beside the line.

GitHub keeps the first ten of each kind a step, so errors come before warnings and remarks.
"""

from __future__ import annotations

from collections.abc import Iterator

from regesta.findings import Finding, Severity
from regesta.reporting.characters import printable
from regesta.reporting.results import Results

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def chunks(results: Results) -> Iterator[str]:
    """Yield a line a finding, errors first."""
    for severity in Severity:
        yield from (_command(finding) for finding in results.findings if finding.severity is severity)


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, "title": finding.rule}
    if finding.line:
        properties |= {"line": str(finding.line), "col": str(max(finding.column, 1))}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = "\n".join(printable(part) for part in (finding.message, finding.excerpt, finding.hint) if part)
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(text)}\n"


def _data(text: str) -> str:
    """Return `text` so that it cannot end the command or begin another (percent first, or it would be done twice)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
