"""The report for people: findings grouped by file or by rule, excerpts with a caret, a summary.

Lines are made of spans, each with the role that it plays; the command line gives roles their colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import groupby

from regesta.findings import Finding, Severity, count_by_severity
from regesta.reporting.characters import cells, has_sure_columns, printable, window, wrap
from regesta.reporting.results import Baseline, Results, select

MOST = 10
"""How many findings of one rule are shown when nothing else is asked for."""

_INDENT = 13
_NARROWEST = 40
_MARK = "‸"


class Group(StrEnum):
    """What findings are grouped by."""

    FILE = "file"
    RULE = "rule"


class Role(Enum):
    """What a piece of a line is, for colours."""

    PLAIN = "plain"
    HEADING = "heading"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    ASIDE = "aside"
    CARET = "caret"


@dataclass(frozen=True)
class Span:
    """A piece of a line."""

    text: str
    role: Role = Role.PLAIN


Line = tuple[Span, ...]


def lines(results: Results, *, group: Group = Group.FILE, most: int = MOST, width: int = 80) -> Iterator[Line]:
    """Yield the lines of the report, at most `width` columns each (paths and names are never broken).

    At most `most` findings of one rule are shown (0: all); what is left out is counted.
    """
    selection = select(results.findings, most)
    totals = Counter(finding.rule for finding in results.findings)
    make = _by_file if group is Group.FILE else _by_rule
    yield from make(selection.shown, totals, selection.hidden, max(width, _NARROWEST))
    yield from _closing(results, totals, selection.hidden)


def plain(line: Line) -> str:
    """Return `line` without its roles, ended by a line feed."""
    return "".join(span.text for span in line).rstrip() + "\n"


def summary(findings: Iterable[Finding]) -> Line:
    """Return the line that counts the findings: "2 errors, 1 warning, no remarks"."""
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
    spans: list[Span] = []
    for severity, count in zip(Severity, count_by_severity(findings).values(), strict=True):
        spans += [Span(", ")] if spans else []
        spans.append(Span(_count(count, words[severity]), _role(severity) if count else Role.ASIDE))
    return tuple(spans)


def _by_file(shown: Sequence[Finding], totals: Counter[str], hidden: Counter[str], width: int) -> Iterator[Line]:
    left = Counter(finding.rule for finding in shown)
    for path, in_file in groupby(shown, key=lambda finding: finding.path):
        yield (Span(printable(path), Role.HEADING),)
        for finding in in_file:
            yield from _finding(finding, _where(finding), width)
            yield from _hint(finding, width)
            left[finding.rule] -= 1
            if not left[finding.rule] and hidden[finding.rule]:
                yield _more(finding.rule, hidden[finding.rule])
        yield ()


def _by_rule(shown: Sequence[Finding], totals: Counter[str], hidden: Counter[str], width: int) -> Iterator[Line]:
    order = {rule: number for number, (rule, _) in enumerate(totals.most_common())}
    weight = list(Severity)
    ranked = sorted(shown, key=lambda finding: (weight.index(finding.severity), order[finding.rule]))
    for (rule, severity), of_rule in groupby(ranked, key=lambda finding: (finding.rule, finding.severity)):
        yield Span(rule, Role.HEADING), Span(f"  {severity.value}, ", _role(severity)), Span(f"{totals[rule]:,} in all")
        told = ""
        for finding in of_rule:
            where = f":{finding.line}:{finding.column}" if finding.line else ""
            yield (Span(f"  {printable(finding.path)}{where}"),)
            yield from _finding(finding, "", width)
            if finding.hint != told:
                yield from _hint(finding, width)
            told = finding.hint
        if hidden[rule]:
            yield _more(rule, hidden[rule])
        yield ()


def _finding(finding: Finding, where: str, width: int) -> Iterator[Line]:
    """Yield the message, with the severity and rule when `where` leads it, and the excerpt."""
    room = width - _INDENT
    head = f"{finding.severity.value}: " if where else ""
    text = wrap(printable(head + finding.message), room)
    for number, piece in enumerate(text):
        lead = f"  {where:>9}  " if number == 0 and where else " " * _INDENT
        mark = len(head) if number == 0 else 0
        line: Line = (Span(lead), Span(piece[:mark], _role(finding.severity)), Span(piece[mark:]))
        if number == len(text) - 1 and where and cells(f"{piece}  {finding.rule}") <= room:
            line = (*line, Span(f"  {finding.rule}", Role.ASIDE))
        yield line
    if where and cells(f"{text[-1]}  {finding.rule}") > room:
        yield Span(" " * _INDENT), Span(finding.rule, Role.ASIDE)
    if finding.excerpt:
        yield from _excerpt(finding, room)


def _excerpt(finding: Finding, room: int) -> Iterator[Line]:
    """Yield the excerpt and the caret below it; where columns are not sure, a mark stands in the excerpt itself."""
    bar = Span(" " * _INDENT + "│ ", Role.ASIDE)
    text, caret = window(printable(finding.excerpt), finding.caret, room - 3)
    before = text[: max(caret - 1, 0)]
    if not caret:
        yield bar, Span(text, Role.ASIDE)
    elif has_sure_columns(text):
        yield bar, Span(text, Role.ASIDE)
        yield bar, Span(" " * cells(before) + "^", Role.CARET)
    else:
        yield bar, Span(before, Role.ASIDE), Span(_MARK, Role.CARET), Span(text[len(before) :], Role.ASIDE)
        yield bar, Span(f"{_MARK} marks the place", Role.CARET)


def _hint(finding: Finding, width: int) -> Iterator[Line]:
    for number, piece in enumerate(wrap(printable(finding.hint), width - _INDENT - 2) if finding.hint else []):
        yield Span(" " * _INDENT + ("→ " if number == 0 else "  ")), Span(piece)


def _more(rule: str, count: int) -> Line:
    return (Span(f"{' ' * _INDENT}… and {count:,} more of {rule}", Role.ASIDE),)


def _closing(results: Results, totals: Counter[str], hidden: Counter[str]) -> Iterator[Line]:
    if hidden:
        yield (Span("All findings by rule (--most 0 shows each, --group rule sorts by rule):", Role.ASIDE),)
        for rule, count in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
            yield (Span(f"  {count:>9,}  {rule}"),)
        yield ()
    files = len({finding.path for finding in results.findings})
    new = (Span("New: "),) if results.baseline else ()
    yield *new, *summary(results.findings), Span(f" in {_count(files, 'file')}" if files else "")
    if results.baseline:
        for sentence in _told(results.baseline):
            yield (Span(sentence, Role.ASIDE),)


def _told(baseline: Baseline) -> Iterator[str]:
    yield f"{_count(baseline.known, 'finding')} known from {printable(baseline.path)}, not shown"
    if baseline.gone:
        verb = "entry of it no longer occurs" if baseline.gone == 1 else "entries of it no longer occur"
        yield f"{baseline.gone:,} {verb}; --write-baseline {printable(baseline.path)} brings it up to date"


def _where(finding: Finding) -> str:
    return f"{finding.line}:{finding.column}" if finding.line else "-"


def _role(severity: Severity) -> Role:
    return Role(severity.value)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no':{',' if number else ''}} {noun}{'' if number == 1 else 's'}"
