"""JUnit XML, for the test reports of continuous integration: a suite a file, a case a rule that found something there.

Errors are failures; warnings and remarks are output of a case that passes, as they let `validate` pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from regesta.findings import Finding, Severity
from regesta.reporting.results import Results

# What XML 1.0 cannot hold (section 2.2), not even as a character reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def chunks(results: Results) -> Iterator[str]:
    """Yield the report; without any finding, one suite with one case that passes."""
    suites = [(path, _cases(list(rows))) for path, rows in groupby(results.findings, key=lambda each: each.path)]
    tests = sum(len(cases) for _, cases in suites)
    failures = sum(_fails(rows) for _, cases in suites for rows in cases)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="regesta validate" tests="{tests or 1}" failures="{failures}" errors="0">\n'
    for path, cases in suites:
        failed = sum(map(_fails, cases))
        yield (
            f' <testsuite name={_attribute(path)} tests="{len(cases)}" failures="{failed}" errors="0" skipped="0">\n'
        )
        yield from map(_case, cases)
        yield " </testsuite>\n"
    if not suites:
        yield ' <testsuite name="regesta" tests="1" failures="0" errors="0" skipped="0">\n'
        yield '  <testcase classname="regesta" name="validate"/>\n </testsuite>\n'
    yield "</testsuites>\n"


def _cases(rows: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings of one file by rule, errors first in each."""
    ordered = sorted(rows, key=lambda each: (each.rule, list(Severity).index(each.severity)))
    return [list(of_rule) for _, of_rule in groupby(ordered, key=lambda each: each.rule)]


def _fails(rows: Sequence[Finding]) -> bool:
    return rows[0].severity is Severity.ERROR


def _case(rows: Sequence[Finding]) -> str:
    first = rows[0]
    line = f' line="{first.line}"' if first.line else ""
    start = f"  <testcase classname={_attribute(first.path)} name={_attribute(first.rule)}"
    start += f" file={_attribute(first.path)}{line}>"
    body = _text("\n\n".join(map(_told, rows)))
    if not _fails(rows):
        return f"{start}\n   <system-out>{body}</system-out>\n  </testcase>\n"
    message = first.message if len(rows) == 1 else f"{first.message} (and {len(rows) - 1} more)"
    failure = f"<failure message={_attribute(message)} type={_attribute(first.rule)}>{body}</failure>"
    return f"{start}\n   {failure}\n  </testcase>\n"


def _told(finding: Finding) -> str:
    where = f":{finding.line}:{finding.column}" if finding.line else ""
    parts = (f"{finding.path}{where}: {finding.severity.value}: {finding.message}", finding.excerpt, finding.hint)
    return "\n".join(part for part in parts if part)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    escaped = escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    return '"' + escaped.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;") + '"'
