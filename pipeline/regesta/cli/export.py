"""`regesta export`."""

from __future__ import annotations

from pathlib import Path

import click

from regesta.cli import options
from regesta.cli.terminal import Shown, print_findings
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange.formats import FORMATS
from regesta.exporting import PLACE, Export
from regesta.exporting import export as export_edition
from regesta.importing import losses
from regesta.progress import Silent


@click.command()
@click.argument("form", metavar="[FORMAT]", required=False)
@click.option(
    "--list", "listed", is_flag=True, help="List the formats: file or folder, default place, what proves them."
)
@options.edition
@click.option("--source", type=options.FOLDER, help="Take this folder of TEI as the sources.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="Write exactly this file or folder; .zip packs a folder."
)
@click.option("--force", is_flag=True, help="Replace what stands at --output.")
@options.jobs
@options.quiet
@click.pass_context
def export(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    form: str | None,
    listed: bool,
    edition: Path | None,
    source: Path | None,
    output: Path | None,
    force: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Write the edition in a format of archives, from the sources as they are now.

    Without --output the result lies under build/export/. What a format asks for and a document does not state is
    told in a finding and left out. The exit status is 0 when all is well, 1 when such a finding is an error.
    """
    if listed:
        _print_list()
        return
    if form is None:
        raise UsageError("Which format?", "`regesta export --list` names them all.")
    progress = Silent() if quiet else Shown()
    made = export_edition(open_edition(edition, source, None), form, output, progress, jobs=jobs, force=force)
    if made.findings and not quiet:
        print_findings(made.findings)
        click.echo()
    if not quiet:
        click.echo(f"{made.documents:,} documents as {form}: {made.path.as_posix()}, {made.size:,} bytes")
        _print_losses(made, form)
    ctx.exit(1 if any(finding.severity == "error" for finding in made.findings) else 0)


def _print_losses(made: Export, form: str) -> None:
    """Say what would not come back if the export were imported, as far as the edition has it."""
    counts = losses.counted(made.material.documents, form, made.material.edition)
    for loss in losses.LOSSES.get(form, ()):
        if counts[loss]:
            click.echo(f"Not carried by {form}, in {counts[loss]:,} documents: {loss.field}: {loss.words}")


def _print_list() -> None:
    width = max(map(len, FORMATS)) + 2
    for form in FORMATS.values():
        place = f"build/{PLACE}/{form.place}" + ("/" if form.kind == "folder" else "")
        click.echo(f"{form.name:<{width}}{form.kind.value:<8}{place:<32}{form.title}")
        click.echo(f"{'':<{width}}        checked against: {form.oracle}")
