"""The report for programs: the same bytes as `findings.json` (DESIGN: output), a finding at a time."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.report import findings_json
from regesta.reporting.results import Results


def chunks(results: Results) -> Iterator[str]:
    """Yield the report."""
    yield from findings_json(results.findings)
