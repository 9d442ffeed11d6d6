"""Judge: the edition's own opinion of rules: another severity, or off (`[validation]` in edition.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from regesta.config import Judgement
from regesta.findings import Finding, Severity


def judge(findings: Iterable[Finding], judgements: Mapping[str, Judgement]) -> list[Finding]:
    """Return the findings with the severities that the edition chose; those of rules that are off are left out."""
    judged: list[Finding] = []
    for finding in findings:
        judgement = judgements.get(finding.rule)
        if judgement is None:
            judged.append(finding)
        elif judgement.severity != "off":
            judged.append(replace(finding, severity=Severity(judgement.severity)))
    return judged
