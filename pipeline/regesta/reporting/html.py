"""The report as one HTML file that opens from disk: no script, nothing loaded, filters made of radio buttons and CSS.

The style is the only thing that the page's content security policy allows, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from regesta import __version__
from regesta.findings import Finding, Severity, count_by_severity
from regesta.reporting.characters import printable
from regesta.reporting.results import Baseline, Results, select
from regesta.rules import all_rules

MOST = 1_000
"""How many findings of one rule are shown when nothing else is asked for: what a browser opens with ease."""

_NAMES = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}
_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --back: #fff; --soft: #f3f2ee; --line: #75726a; --link: #0b4f9e;
  --error: #a01818; --warning: #7a4a00; --info: #0b4f6c; --mark: #ffd54a; --on-mark: #1b1b1b }
@media (prefers-color-scheme: dark) { :root { --text: #ececea; --back: #16171a; --soft: #24262b; --line: #94918a;
  --link: #8fbcff; --error: #ff9c94; --warning: #f2c063; --info: #86d0ee } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1rem 1.25rem 4rem; color: var(--text); background: var(--back);
  font: 1rem/1.5 system-ui, sans-serif }
h1 { margin: 0 } h2 { font-size: 1.05rem; overflow-wrap: anywhere; margin: 0 0 .5rem }
a { color: var(--link) } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0; padding: .4rem .9rem .6rem;
  display: flex; flex-wrap: wrap; gap: .2rem 1.4rem }
label { cursor: pointer } .count { font-variant-numeric: tabular-nums; opacity: .85 }
.file { border-top: 1px solid var(--line); padding: 1rem 0 0; content-visibility: auto;
  contain-intrinsic-size: auto 20rem }
.file ol { list-style: none; margin: 0; padding: 0 }
.finding { border-inline-start: .3rem solid; padding-inline-start: .8rem; margin: 0 0 1.2rem }
.finding p, .rule p { margin: .15rem 0; overflow-wrap: anywhere }
.finding.error { border-color: var(--error) } .finding.warning { border-color: var(--warning) }
.finding.info { border-color: var(--info) }
.finding.error strong { color: var(--error) } .finding.warning strong { color: var(--warning) }
.finding.info strong { color: var(--info) }
.excerpt { margin: .3rem 0; padding: .35rem .6rem; background: var(--soft); white-space: pre-wrap;
  overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace }
mark { background: var(--mark); color: var(--on-mark); outline: 2px solid var(--mark) }
mark:empty { padding-inline: .15rem }
.xpath { font: .85rem/1.4 ui-monospace, monospace }
.rule { border-top: 1px solid var(--line); padding: .75rem 0 }
:target { background: var(--soft) }
"""


def chunks(results: Results, most: int = MOST) -> Iterator[str]:
    """Yield the page, with the first `most` findings of each rule (0: all)."""
    selection = select(results.findings, most)
    totals = Counter(finding.rule for finding in results.findings)
    yield from _head(results, totals)
    yield from _filters(results, totals)
    yield "<main>\n"
    if selection.hidden:
        left_out = ", ".join(f"{count:,} more of {rule}" for rule, count in sorted(selection.hidden.items()))
        yield f"<p>Not shown: {escape(left_out)}. Run with <code>--most 0</code> to see all.</p>\n"
    for number, (path, in_file) in enumerate(groupby(selection.shown, key=lambda each: each.path), 1):
        yield from _file(number, path, list(in_file))
    yield "</main>\n"
    yield from _explanations(totals)
    yield f"<footer><p>Made by Regesta {escape(__version__)}.</p></footer>\n</body>\n</html>\n"


def _head(results: Results, totals: Counter[str]) -> Iterator[str]:
    style = _STYLE + "".join(_filter_styles(totals))
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    counts = count_by_severity(results.findings)
    told = ", ".join(f"{counts[severity.value]:,} {_NAMES[severity]}" for severity in Severity)
    told = told if results.findings else "Nothing was found."
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>Findings: {told}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>Findings</h1>\n<p>{told}</p>\n"
    if results.baseline:
        yield f"<p>{escape(_known(results.baseline))}</p>\n"
    yield "</header>\n"


def _known(baseline: Baseline) -> str:
    gone = f" {baseline.gone:,} of its entries no longer occur." if baseline.gone else ""
    return f"Only new findings: {baseline.known:,} are known from {printable(baseline.path)}.{gone}"


def _filter_styles(totals: Counter[str]) -> Iterator[str]:
    """Yield the rules of CSS that hide what the chosen filters leave out."""
    for each in (*(severity.value for severity in Severity), *(f"r-{rule}" for rule in sorted(totals))):
        yield f"body:has(#show-{each}:checked) :is(.file,.finding):not(.{each}) {{ display: none }}\n"


def _filters(results: Results, totals: Counter[str]) -> Iterator[str]:
    if not results.findings:
        return
    counts = count_by_severity(results.findings)
    severities = [(each.value, _NAMES[each], counts[each.value]) for each in Severity if counts[each.value]]
    rules = [(f"r-{rule}", rule, totals[rule]) for rule in sorted(totals)]
    yield '<nav aria-label="Filters">\n'
    yield from _choices("severity", "Severity", severities, len(results.findings))
    yield from _choices("rule", "Rule", rules, len(results.findings))
    yield "</nav>\n"


def _choices(name: str, legend: str, choices: Sequence[tuple[str, str, int]], total: int) -> Iterator[str]:
    yield f"<fieldset>\n<legend>{legend}</legend>\n"
    for value, label, count in [(f"all-{name}", "all", total), *choices]:
        checked = " checked" if label == "all" else ""
        button = f'<input type="radio" name="{name}" id="show-{value}"{checked}>'
        yield f'<label>{button} {label} <span class="count">({count:,})</span></label>\n'
    yield "</fieldset>\n"


def _file(number: int, path: str, findings: Sequence[Finding]) -> Iterator[str]:
    classes = sorted({each.severity.value for each in findings} | {f"r-{each.rule}" for each in findings})
    yield f'<section class="file {" ".join(classes)}" aria-labelledby="file-{number}">\n'
    yield f'<h2 id="file-{number}"><bdi>{_shown(path)}</bdi></h2>\n<ol>\n'
    yield from map(_finding, findings)
    yield "</ol>\n</section>\n"


def _finding(finding: Finding) -> str:
    where = f"Line {finding.line}, column {finding.column}: " if finding.line else ""
    rule = f'<a href="#rule-{finding.rule}">{finding.rule}</a>'
    parts = [
        f'<li class="finding {finding.severity.value} r-{finding.rule}">',
        f"<p>{where}<strong>{finding.severity.value}</strong> ({rule})</p>",
        f'<p dir="auto">{_shown(finding.message)}</p>',
        f'<pre class="excerpt" dir="auto"><code>{_excerpt(finding)}</code></pre>' if finding.excerpt else "",
        f'<p dir="auto">→ {_shown(finding.hint)}</p>' if finding.hint else "",
        f'<p class="xpath">{_shown(finding.xpath)}</p>' if finding.xpath else "",
        "</li>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _excerpt(finding: Finding) -> str:
    """Return the excerpt with the character in question marked, together with what combines with it."""
    if not finding.caret:
        return _shown(finding.excerpt)
    text, start = finding.excerpt, finding.caret - 1
    end = start + 1
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Mc", "Me"}:
        end += 1
    return f"{_shown(text[:start])}<mark>{_shown(text[start:end])}</mark>{_shown(text[end:])}"


def _explanations(totals: Counter[str]) -> Iterator[str]:
    if not totals:
        return
    yield '<section aria-labelledby="rules">\n<h2 id="rules">The rules</h2>\n'
    for rule in sorted(totals):
        explanation = escape(all_rules()[rule].explanation)
        yield f'<div class="rule" id="rule-{rule}">\n<h3>{rule}</h3>\n<p>{explanation}</p>\n</div>\n'
    yield "</section>\n"


def _shown(text: str) -> str:
    return escape(printable(text))
