"""What `regesta build` tells when it has built."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from regesta.cli.terminal import console, summary
from regesta.edition import Edition
from regesta.report import Outcome, Report

_MOST_SHOWN = 10


def print_report(edition: Edition, report: Report) -> None:
    """Print what a build came to."""
    out = console()
    documents, sources = report.documents(), report.sources()
    out.print(Text(report.edition, style="bold"))
    out.print(_count(documents["published"], "document") + " published" + _asides(documents, sources))
    fidelity = report.proof.text + report.proof.beside + report.entries.fidelity
    faults = {
        "missing": fidelity.missing,
        "doubled": fidelity.duplicated,
        "moved": fidelity.moved,
        "changed": fidelity.changed,
        "added": fidelity.inserted,
        "words glued": fidelity.glued,
        "words split": fidelity.split,
    }
    told = ", ".join(f"{count:,} {name}" for name, count in faults.items() if count)
    out.print(f"Proof: {fidelity.characters:,} characters, " + (told or "every one once, in order, none added"))
    _print_refused(out, report)
    out.print(Text("Findings: ").append(summary(report.findings)))
    folder = edition.output.as_posix()
    if not report.published:
        out.print(Text("Nothing was published, because of the errors and --strict.", style="bold red"))
    else:
        pages = report.pages
        changed = f"{pages.written:,} written, {pages.unchanged:,} unchanged, {pages.removed:,} removed"
        out.print(f"{_count(pages.total, 'page')}: {changed}; {report.seconds['total']:.1f} s")
        out.print(Text("Open ").append(f"{folder}/site/index.html", style="bold"))
    out.print(f"All findings: {folder}/findings.json", markup=False)


def _print_refused(out: Console, report: Report) -> None:
    refused = [row for row in report.ledger if row.outcome is Outcome.REFUSED and row.reason]
    for row in refused[:_MOST_SHOWN]:
        out.print(Text("Refused: ", style="bold red").append(f"{row.source}: {row.reason}", style="default"))
    if len(refused) > _MOST_SHOWN:
        out.print(f"… and {len(refused) - _MOST_SHOWN} more: see report.json", markup=False)


def _asides(documents: dict[str, int], sources: dict[str, int]) -> str:
    parts = [
        (documents["without_text"], "without text"),
        (documents["withheld"], "withheld"),
        (documents["refused"], "refused"),
        (sources["registers"], "registers" if sources["registers"] != 1 else "register"),
        (sources["parts"], "included files" if sources["parts"] != 1 else "included file"),
        (sources["refused"], "files refused" if sources["refused"] != 1 else "file refused"),
    ]
    return "".join(f", {count:,} {words}" for count, words in parts if count)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def print_profile(report: Report) -> None:
    """Print where the time went: a line for each stage, longest first, and what took longest of all."""
    out = console()
    total = report.seconds["total"]
    stages = {name: seconds for name, seconds in report.seconds.items() if name != "total"}
    rest = max(total - sum(stages.values()), 0.0)
    out.print(Text("Where the time went", style="bold"))
    for name, seconds in sorted([*stages.items(), ("the rest", rest)], key=lambda row: -row[1]):
        out.print(f"  {name:<12} {seconds:8.2f} s {seconds / total:6.0%}", markup=False)
    if report.slowest:
        out.print(Text("What took longest", style="bold"))
        for name, seconds in report.slowest:
            out.print(f"  {seconds * 1000:8.0f} ms  {name}", markup=False)
