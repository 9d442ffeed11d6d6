"""`regesta import`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from regesta.cli import options
from regesta.cli.terminal import console, print_findings
from regesta.findings import count_by_severity, sort_findings
from regesta.importing import losses
from regesta.importing.formats import FORMATS, Request, read
from regesta.importing.plan import Fate, Import
from regesta.importing.writing import Action, Written, settled, write, write_report

_MOST_ROWS = 500
_STYLES = {Fate.MADE: "green", Fate.KEPT: "cyan", Fate.REFUSED: "bold red"}


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.argument("source", type=click.Path(path_type=Path))
@options.edition
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--force", is_flag=True, help="Write over files that an import made and nobody has changed since.")
@click.option(
    "--mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that says what columns or styles mean.",
)
@click.option("--join", is_flag=True, help="Volume only: put SOURCE, a volume split before, back into one file.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole account as JSON.")
@options.quiet
@click.pass_context
def import_(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    form: str,
    source: Path,
    edition: Path | None,
    dry_run: bool,
    force: bool,
    mapping: Path | None,
    join: bool,
    report: Path | None,
    quiet: bool,
) -> None:
    """Bring documents into the edition as TEI.

    FORMAT says what SOURCE is: bagit, cmif, csv, docx, ead, listing, markdown, mets, tei, text, volume or xlsx.

    Every row, entry or file of SOURCE is accounted for. Nothing that is there is written over; with --force, only what
    an import made and nobody has changed since. The exit status is 0 when all is well, 1 when something was refused.
    """
    folder = edition or Path()
    plan = read(Request(form, source, folder, mapping, join))
    written = write(plan.files, folder, force=force, dry_run=dry_run)
    plan.rows = settled(plan, written)
    if report is not None:
        write_report(report, _account(form, plan, written, dry_run=dry_run))
    if not quiet:
        _print_plan(console(), plan, written, dry_run=dry_run)
    refused = plan.counts()[Fate.REFUSED] or count_by_severity(plan.findings)["error"]
    ctx.exit(1 if refused else 0)


def _account(form: str, plan: Import, written: Written, *, dry_run: bool) -> dict[str, object]:
    """Return the account of an import: what its format cannot carry, every row, part, finding and file."""
    return {
        "dry_run": dry_run,
        "not_carried": [{"field": loss.field, "what": loss.words} for loss in losses.of_import(form)],
        "counts": {fate.value: number for fate, number in plan.counts().items()},
        "rows": [asdict(row) for row in plan.rows],
        "parts": [asdict(part) for part in plan.parts],
        "findings": [each.to_json() for each in sort_findings(plan.findings)],
        "registers": {name: {"there": there, "new": new} for name, (there, new) in plan.registers.items()},
        "files": {path: action.value for path, action in written.actions.items()},
    }


def _print_plan(out: Console, plan: Import, written: Written, *, dry_run: bool) -> None:
    if plan.findings:
        print_findings(sort_findings(plan.findings))
        out.print()
    rows = plan.rows if len(plan.rows) <= _MOST_ROWS else list(plan.notable())[:_MOST_ROWS]
    for row in rows:
        told = ": ".join(filter(None, (row.target, row.reason)))
        line = Text(f"{row.number:>6}  ").append(f"{row.fate.value:8}", style=_STYLES[row.fate])
        out.print(line.append(f"{told}  ").append(row.label, style="dim"))
    if len(plan.rows) > len(rows):
        out.print(f"… and {len(plan.rows) - len(rows):,} more rows")
    counts = ", ".join(f"{number:,} {fate.value}" for fate, number in plan.counts().items())
    out.print(f"{len(plan.rows):,} rows: {counts}")
    if plan.parts:
        found = Counter(part.became for part in plan.parts)
        told = ", ".join(f"{number:,} {name}" for name, number in sorted(found.items()))
        out.print(f"{len(plan.parts):,} parts: {told}")
    for name, (held, added) in plan.registers.items():
        out.print(f"Register of {name}: {held:,} there, {added:,} new")
    actions = ", ".join(f"{written.count(each):,} {each.value}" for each in Action if written.count(each))
    out.print(f"Files: {actions or 'none'}")
    if dry_run:
        out.print(Text("Nothing was written: this was a dry run.", style="bold"))
