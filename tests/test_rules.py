"""`schema/rules.toml` and the code agree: each rule is complete, is used, and gets the values it names."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

import pytest

from regesta import rules
from regesta.findings import Place, Severity
from regesta.resources import PACKAGE, folder

FIELDS = {"stage", "severity", "message", "hint", "explanation"}
STAGES = [
    "configure",
    "read",
    "validate",
    "record",
    "catalogue",
    "integrity",
    "render",
    "prove",
    "index",
    "search",
    "publish",
    "run",
    "import",
    "exchange",
]


@dataclass(frozen=True)
class Call:
    """A call of `finding` in the code: the rule, if named there, and the values, if they can be known."""

    rule: str | None
    values: frozenset[str] | None


def entries() -> dict[str, dict[str, str]]:
    return tomllib.loads((folder("schema") / "rules.toml").read_text(encoding="utf-8"))


def incomplete(rule_id: str, entry: Mapping[str, str]) -> list[str]:
    """Return what is wrong with one entry of the table."""
    faults = []
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule_id):
        faults.append("the id is not in kebab-case")
    if set(entry) != FIELDS:
        faults.append(f"fields: {sorted(set(entry) ^ FIELDS)}")
    faults += [f"{name} is empty" for name in sorted(FIELDS & set(entry)) if not entry[name].strip()]
    if entry.get("stage") not in STAGES:
        faults.append("unknown stage")
    if entry.get("severity") not in set(Severity):
        faults.append("unknown severity")
    return faults


def wanted(template: str) -> set[str]:
    """Return the names that a message or hint wants. Raises ValueError for anything but plain names."""
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    if not all(name.isidentifier() for name in names):
        raise ValueError(f"only plain names may stand in braces: {template}")
    return names


def calls(source: str) -> Iterator[Call]:
    """Yield each call of `finding(rule, place, …)` or `rules.finding(…)` in `source`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if function == "finding":
            first = node.args[0]
            literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
            names = [keyword.arg for keyword in node.keywords]
            yield Call(literal, None if None in names else frozenset(name for name in names if name))


def faulty(call: Call, templates: Mapping[str, set[str]]) -> str:
    """Return what is wrong with a call: an unknown rule, or values that the rule names and the call lacks."""
    if call.rule is None:
        return ""
    if call.rule not in templates:
        return f"{call.rule} is not in rules.toml"
    missing = templates[call.rule] - (templates[call.rule] if call.values is None else call.values)
    return f"{call.rule} lacks {sorted(missing)}" if missing else ""


def texts(source: str) -> set[str]:
    """Return the string literals of a module."""
    nodes = ast.walk(ast.parse(source))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def compositions(source: str) -> list[re.Pattern[str]]:
    """Return a pattern for each f-string that begins with a fixed part, as in f"text-{kind}"."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr) and len(node.values) == 2]
    heads = [node.values[0].value for node in nodes if isinstance(node.values[0], ast.Constant)]
    return [re.compile(re.escape(str(head)) + "(.+)") for head in heads if str(head).endswith("-")]


def unused(rule_ids: Iterable[str], sources: Iterable[str]) -> list[str]:
    """Return the rules that no module names, whole or as a fixed head and a tail that some module names."""
    modules = list(sources)
    named = {text for source in modules for text in texts(source)}
    heads = [pattern for source in modules for pattern in compositions(source)]
    return [
        rule_id
        for rule_id in rule_ids
        if rule_id not in named and not any((m := head.fullmatch(rule_id)) and m[1] in named for head in heads)
    ]


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}


@pytest.fixture(scope="module")
def templates() -> dict[str, set[str]]:
    return {rule_id: wanted(entry["message"]) | wanted(entry["hint"]) for rule_id, entry in entries().items()}


@pytest.mark.parametrize("rule_id", entries())
def test_each_rule_is_complete(rule_id: str) -> None:
    assert incomplete(rule_id, entries()[rule_id]) == []


@pytest.mark.parametrize("rule_id", entries())
def test_each_rule_makes_a_finding(rule_id: str, templates: dict[str, set[str]]) -> None:
    values = {name: f"value-of-{name}" for name in templates[rule_id]}
    finding = rules.finding(rule_id, Place("a.xml", 1, 2), None, **values)
    assert finding.rule == rule_id
    assert (finding.path, finding.line, finding.column) == ("a.xml", 1, 2)
    assert all(value in finding.message + finding.hint for value in values.values())


def test_every_call_names_a_rule_and_gives_its_values(sources: dict[str, str], templates: dict[str, set[str]]) -> None:
    found = {name: [faulty(call, templates) for call in calls(source)] for name, source in sources.items()}
    assert sum(map(len, found.values())) > 20
    assert {name: wrong for name, all_ in found.items() if (wrong := [fault for fault in all_ if fault])} == {}


def test_every_rule_is_used(sources: dict[str, str]) -> None:
    assert unused(entries(), sources.values()) == []


# ── the checks themselves ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rule_id", "change"),
    [
        ("Upper", {}),
        ("good", {"stage": "nowhere"}),
        ("good", {"severity": "fatal"}),
        ("good", {"hint": " "}),
        ("good", {"extra": "x"}),
    ],
)
def test_an_incomplete_rule_is_found(rule_id: str, change: dict[str, str]) -> None:
    entry = {"stage": "read", "severity": "error", "message": "m", "hint": "h", "explanation": "e"}
    assert incomplete("good", entry) == []
    assert incomplete(rule_id, entry | change)


@pytest.mark.parametrize("template", ["{0}", "{}", "{a.b}", "{a[0]}", "{a"])
def test_a_template_that_could_fail_is_found(template: str) -> None:
    with pytest.raises(ValueError, match=r"brace|expected"):
        wanted(template)


def test_a_faulty_call_is_found() -> None:
    templates = {"known": {"a"}}

    def wrong(source: str) -> list[str]:
        return [fault for call in calls(source) if (fault := faulty(call, templates))]

    assert wrong("rules.finding('unknown', place, a=1)") == ["unknown is not in rules.toml"]
    assert wrong("finding('known', place, b=1)") == ["known lacks ['a']"]
    assert wrong("finding('known', place, a=1); finding('known', place, **values); finding(rule, place)") == []


def test_an_unused_rule_is_found() -> None:
    sources = ["finding('whole', place)", "finding(f'head-{kind}', place)", "kinds = ['tail']"]
    assert unused(["whole", "head-tail", "head-other", "other"], sources) == ["head-other", "other"]
