"""The rules: `schema/rules.toml` is the only place with ids, severities, messages and explanations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from regesta.findings import Finding, Fix, Place, Severity
from regesta.resources import folder


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong. `message` and `hint` are templates with `{named}` fields."""

    id: str
    stage: str
    severity: Severity
    message: str
    hint: str
    explanation: str


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its id, in the order of `schema/rules.toml`."""
    text = (folder("schema") / "rules.toml").read_text(encoding="utf-8")
    return {
        rule_id: Rule(
            id=rule_id,
            stage=entry["stage"],
            severity=Severity(entry["severity"]),
            message=entry["message"],
            hint=entry["hint"],
            explanation=entry["explanation"].strip(),
        )
        for rule_id, entry in tomllib.loads(text).items()
    }


def finding(rule_id: str, place: Place, fix: Fix | None = None, **values: object) -> Finding:
    """Return the finding of rule `rule_id` at `place`, its message and hint filled in with `values`.

    `fix` says how to mend the fault where that is beyond doubt, for `validate --fix` and editors.

    Raises KeyError for an unknown rule or a value that the template wants: both are faults of the tool,
    and `tests/test_rules.py` looks for them.
    """
    rule = all_rules()[rule_id]
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        path=place.path,
        line=max(place.line, 1),
        column=max(place.column, 1),
        xpath=place.xpath,
        message=rule.message.format(**values),
        hint=rule.hint.format(**values),
        excerpt=place.excerpt,
        caret=place.caret,
        fix=fix,
    )
