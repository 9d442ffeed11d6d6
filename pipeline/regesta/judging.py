"""Judge: what the edition makes of rules (`[validation]` in edition.toml), and what is to be said of that file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from regesta import rules
from regesta.config import EditionConfig, Judgement
from regesta.findings import Finding, Place, Severity, sort_findings


def judge(findings: Iterable[Finding], config: EditionConfig, path: str) -> list[Finding]:
    """Return the findings, sorted, with the severities that the edition gives to their rules.

    Findings of a rule that is off are left out; a finding in the file `path`, the edition's `edition.toml`, says how
    many and why. What that file leaves out or plays down is found here too.
    """
    kept: list[Finding] = []
    silenced: Counter[str] = Counter()
    for finding in [*findings, *remarks(config, path)]:
        judgement = config.validation.get(finding.rule)
        if judgement is None:
            kept.append(finding)
        elif judgement.severity == "off":
            silenced[finding.rule] += 1
        else:
            kept.append(replace(finding, severity=Severity(judgement.severity)))
    kept += [_silence(rule_id, count, config.validation[rule_id], path) for rule_id, count in silenced.items()]
    return sort_findings(kept)


def remarks(config: EditionConfig, path: str) -> list[Finding]:
    """Return what `config` leaves out or plays down, as findings in the file `path`."""
    place = Place(path)
    stated = {
        "[edition] title": (config.edition.title, "citations"),
        "[edition] editors": (config.edition.editors, "editors in citations"),
        "[edition] url": (config.edition.url, "canonical links, sitemap, feed and BEACON files"),
    }
    found = [
        rules.finding("setting-missing", place, key=key, lost=lost)
        for key, (value, lost) in stated.items()
        if not value
    ]
    found += [
        rules.finding("severity-unexplained", place, silenced=rule_id, severity=judgement.severity)
        for rule_id, judgement in sorted(config.validation.items())
        if not judgement.reason and _is_milder(rule_id, judgement)
    ]
    return found


def _silence(rule_id: str, count: int, judgement: Judgement, path: str) -> Finding:
    reason = judgement.reason.rstrip(".") or "no reason is given"
    return rules.finding("rule-off", Place(path), silenced=rule_id, count=count, reason=reason)


def _is_milder(rule_id: str, judgement: Judgement) -> bool:
    weights = ["off", *reversed([severity.value for severity in Severity])]
    return weights.index(judgement.severity) < weights.index(rules.all_rules()[rule_id].severity)
