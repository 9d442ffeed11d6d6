"""`regesta build`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from regesta.build import Options
from regesta.build import build as build_edition
from regesta.cli import options
from regesta.cli.terminal import Shown, console, print_findings, summary
from regesta.edition import Edition, open_edition
from regesta.progress import Silent
from regesta.report import Outcome, Report

NOTHING_PUBLISHED = 4
_MOST_SHOWN = 10


@click.command()
@options.edition
@click.option("--source", type=options.FOLDER, help="Take this folder of TEI as the sources.")
@click.option("--output", type=options.FOLDER, help="Where site/, report.json and the rest go (default: build).")
@options.jobs
@click.option("--strict", is_flag=True, help="Publish nothing if there is any error.")
@click.option("--clean", is_flag=True, help="Empty the cache first.")
@options.quiet
@click.pass_context
def build(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    edition: Path | None,
    source: Path | None,
    output: Path | None,
    jobs: int | None,
    strict: bool,
    clean: bool,
    quiet: bool,
) -> None:
    """Build the edition: check the sources, make the pages, prove them, publish the site.

    The exit status is 0 when all is well, 1 when the site is published although there are errors, 4 when --strict
    kept it from being published, 2 for wrong usage, 3 and above when Regesta could not do its work.
    """
    opened = open_edition(edition, source, output)
    report = build_edition(opened, Options(jobs, strict, clean), Silent() if quiet else Shown())
    if not quiet:
        _print_report(console(), opened, report)
    elif report.has_errors:
        print_findings([finding for finding in report.findings if finding.severity == "error"])
    if not report.published:
        ctx.exit(NOTHING_PUBLISHED)
    ctx.exit(1 if report.has_errors else 0)


def _print_report(out: Console, edition: Edition, report: Report) -> None:
    documents, sources = report.documents(), report.sources()
    out.print(Text(report.edition, style="bold"))
    out.print(_count(documents["published"], "document") + " published" + _asides(documents, sources))
    fidelity = report.proof.text + report.proof.beside
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
