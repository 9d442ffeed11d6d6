"""Every rule has a folder in `rules/`, and the folder is the test.

`wrong/` is a tiny edition that breaks the rule: its `expected.json` lists all findings of the rule, by place, and
nothing else is found of it. `right/` is the same edition mended. An optional `how.toml` beside them says what the two
need: `jobs`, the number of processes; `files = true`, to have the files checked one by one, outside any edition;
`deadline`, the seconds that the wrong source may take; `links`, symbolic links to make, which packages do not keep.
"""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from regesta import execution
from regesta.findings import Finding
from regesta.rules import all_rules
from regesta.worker_pool import LIMITS, Limits
from small_editions import build_in, check_files

FOLDER = Path(__file__).resolve().parent / "rules"
# What an import or an export finds is no fault of an edition: tests/importing/ and tests/exchange/ have their cases.
FOUND_IN_EDITIONS = sorted(rule_id for rule_id, rule in all_rules().items() if rule.stage not in {"import", "exchange"})
KEYS = ("rule", "path", "line", "column")


@dataclass(frozen=True)
class How:
    """What `how.toml` says."""

    jobs: int = 1
    files: bool = False
    deadline: float = LIMITS.seconds
    links: Mapping[str, str] = field(default_factory=dict)


def how(rule_id: str) -> How:
    path = FOLDER / rule_id / "how.toml"
    return How(**tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else How()


def copied(rule_id: str, how: How, folder: Path) -> Path:
    """Return a copy of the rule's folder with its links."""
    copy = shutil.copytree(FOLDER / rule_id, folder / rule_id)
    for name, target in how.links.items():
        (copy / name).symlink_to(target)
    return copy


def findings(case: Path, how: How) -> list[Finding]:
    if how.files:
        return check_files(*sorted(case.rglob("*.xml")))
    return list(build_in(case, jobs=how.jobs).report.findings)


def told(found: Iterable[Finding], rule_id: str, case: Path) -> list[dict[str, object]]:
    """Return the findings of one rule as expected.json lists them, with paths below the case's folder."""
    return [
        {
            "rule": each.rule,
            "path": Path(os.path.relpath(each.path, case)).as_posix(),
            "line": each.line,
            "column": each.column,
        }
        for each in found
        if each.rule == rule_id
    ]


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == FOUND_IN_EDITIONS


@pytest.mark.parametrize("rule_id", FOUND_IN_EDITIONS)
def test_the_wrong_case_is_found_where_it_is_wrong(
    rule_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manner = how(rule_id)
    monkeypatch.setattr(execution, "LIMITS", Limits(seconds=manner.deadline))
    case = copied(rule_id, manner, tmp_path) / "wrong"
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert expected, "a wrong case has at least one finding"
    assert all(tuple(row) == KEYS and row["rule"] == rule_id for row in expected)
    assert told(findings(case, manner), rule_id, case) == expected


@pytest.mark.parametrize("rule_id", FOUND_IN_EDITIONS)
def test_the_right_case_is_right(rule_id: str, tmp_path: Path) -> None:
    case = copied(rule_id, how(rule_id), tmp_path) / "right"
    assert case.is_dir()
    assert told(findings(case, how(rule_id)), rule_id, case) == []
