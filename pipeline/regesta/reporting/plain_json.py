"""The report for programs: the same bytes as `findings.json` (DESIGN: output), a finding at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from regesta import __version__
from regesta.findings import count_by_severity
from regesta.reporting.results import Results


def chunks(results: Results) -> Iterator[str]:
    """Yield the report."""
    yield f'{{\n "regesta": {_dumps(__version__)},\n "findings": ['
    for number, finding in enumerate(results.findings):
        inner = json.dumps(finding.to_json(), ensure_ascii=False, indent=1)
        yield ("," if number else "") + "\n  " + inner.replace("\n", "\n  ")
    end = "\n ]" if results.findings else "]"
    summary = json.dumps(count_by_severity(results.findings), indent=1).replace("\n", "\n ")
    yield f'{end},\n "summary": {summary}\n}}\n'


def _dumps(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
