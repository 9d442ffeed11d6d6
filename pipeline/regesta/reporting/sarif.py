"""SARIF 2.1.0 (OASIS), for code scanning and editors.

Places are in code points (columnKind). Paths are relative to the folder in which `regesta` was started, which SARIF
calls by the name %SRCROOT% without saying where it is on this machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from regesta import __version__
from regesta.findings import Finding, Severity
from regesta.reporting.results import Results
from regesta.rules import Rule, all_rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# What an editor underlines: the name in a tag, else the word or sign.
_WORD = re.compile(r"</?[^\s<>/=]+|[^\s<>\"'=]+|.", re.DOTALL)
_FIELD = re.compile(r"\{\w*[^{}]*\}")


def chunks(results: Results) -> Iterator[str]:
    """Yield the log: one run, the rules that found something, a result a finding."""
    used = sorted({finding.rule for finding in results.findings})
    numbers = {rule: number for number, rule in enumerate(used)}
    seen: Counter[str] = Counter()
    driver = {"name": "Regesta", "version": __version__, "rules": [_rule(all_rules()[rule]) for rule in used]}
    base = {"%SRCROOT%": {"description": {"text": "The folder in which regesta was started."}}}
    yield f'{{"$schema": {_dumps(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n"tool": {{"driver": {_dumps(driver)}}},\n'
    yield f'"columnKind": "unicodeCodePoints", "originalUriBaseIds": {_dumps(base)},\n"results": ['
    for number, finding in enumerate(results.findings):
        yield ("," if number else "") + "\n" + _dumps(_result(finding, numbers, seen))
    yield "\n]}]}\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": _template(rule.message)},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"{rule.explanation}\n\nWhat to do: {_template(rule.hint)}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["TEI", rule.stage]},
    }


def _template(text: str) -> str:
    """Return a message as it reads before anything is filled in."""
    return _FIELD.sub("…", text.replace("{{", "\0").replace("}}", "\1")).replace("\0", "{").replace("\1", "}")


def _result(finding: Finding, numbers: Mapping[str, int], seen: Counter[str]) -> dict[str, object]:
    text = f"{finding.message} {finding.hint}".strip()
    location: dict[str, object] = {"physicalLocation": _physical(finding)}
    if finding.xpath:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.xpath, "kind": "element"}]
    key = "\n".join((finding.rule, finding.path, finding.excerpt or finding.message))
    seen[key] += 1
    fingerprint = hashlib.sha256(f"{key}\n{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"regestaFinding/v1": fingerprint},
    }


def _physical(finding: Finding) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": _artifact(finding.path)}
    if not finding.line:
        return physical
    region: dict[str, object] = {"startLine": finding.line}
    if finding.column:
        region["startColumn"] = finding.column
    physical["region"] = region
    if finding.caret and finding.excerpt:
        start, text = _quoted(finding)
        found = _WORD.match(text, finding.column - start)
        length = len(found[0]) if found else 0
        region |= {"endLine": finding.line, "endColumn": finding.column + length}
        if length < len(text):  # SARIF 3.29.5: a context is more than the region
            end = {"endLine": finding.line, "endColumn": start + len(text)}
            physical["contextRegion"] = {
                "startLine": finding.line,
                "startColumn": start,
                **end,
                "snippet": {"text": text},
            }
    return physical


def _quoted(finding: Finding) -> tuple[int, str]:
    """Return the excerpt without the ellipses for what it leaves out, and the column in which it begins."""
    whole = finding.excerpt
    text = whole.removeprefix("…") if finding.caret > 1 else whole
    start = finding.column - finding.caret + 1 + len(whole) - len(text)
    shown = text.removesuffix("…") if finding.column < start + len(text) - 1 else text
    return start, shown


def _artifact(path: str) -> dict[str, str]:
    """Return the location of a file: relative to the working folder, or a file URI if it was named absolutely."""
    if path.startswith("/"):
        return {"uri": "file://" + quote(path, errors="surrogatepass")}
    if re.match(r"[A-Za-z]:/", path):
        return {"uri": f"file:///{path[:2]}{quote(path[2:], errors='surrogatepass')}"}
    return {"uri": quote(path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
