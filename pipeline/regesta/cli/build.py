"""`regesta build`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import click

from regesta.cli import options as shared_options
from regesta.survey import folders
from regesta.unchanged import Look, look

NOTHING_PUBLISHED = 4


@click.command()
@shared_options.edition
@click.option("--source", type=shared_options.FOLDER, help="Take this folder of TEI as the sources.")
@click.option("--output", type=shared_options.FOLDER, help="Where site/, report.json and the rest go (default: build).")
@shared_options.jobs
@click.option(
    "--executor",
    default="processes",
    metavar="NAME",
    help="Who works: processes (default), serial, or dask://HOST:PORT, the scheduler of a Dask cluster.",
)
@click.option("--strict", is_flag=True, help="Publish nothing if there is any error.")
@click.option("--clean", is_flag=True, help="Work out everything anew, whatever the last build left.")
@click.option("--profile", is_flag=True, help="Show where the time goes, by stage, and what took longest.")
@shared_options.quiet
@click.pass_context
def build(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    edition: Path | None,
    source: Path | None,
    output: Path | None,
    jobs: int | None,
    executor: str,
    strict: bool,
    clean: bool,
    profile: bool,
    quiet: bool,
) -> None:
    """Build the edition: check the sources, make the pages, prove them, publish the site.

    What has not changed since the last build is not made again. The exit status is 0 when all is well, 1 when the site
    is published although there are errors, 4 when --strict kept it from being published, 2 for wrong usage, 3 and above
    when Regesta could not do its work.
    """
    where = folders(edition, source, output)
    found = _look(edition, source, output, strict=strict)
    if (
        found is not None
        and found.summary is not None
        and not (clean or profile)
        and not (quiet and found.summary.has_errors)
    ):
        if not quiet:
            _tell_again(found, where.output)
        ctx.exit(1 if found.summary.has_errors else 0)
    options = {"jobs": jobs, "executor": executor, "strict": strict, "clean": clean}
    gc.disable()  # A build keeps next to all that it makes until it ends: to look for garbage only takes time.
    try:
        status = _build((edition, source, output), found, options, profile=profile, quiet=quiet)
    finally:
        gc.enable()
    ctx.exit(status)


def _look(edition: Path | None, source: Path | None, output: Path | None, *, strict: bool) -> Look | None:
    """Return what there is and whether the last build said all of it; None where folders cannot be listed."""
    try:
        return look(folders(edition, source, output), strict=strict)
    except OSError:
        return None


def _tell_again(found: Look, output: Path) -> None:
    told = found.summary
    if told is None:
        return
    pages = told.pages()
    click.secho(told.edition, bold=True)
    click.echo(f"Nothing has changed since the last build: {told.documents:,} documents published")
    counts = ", ".join(f"{severity} {count:,}" for severity, count in told.findings.items())
    click.echo(f"Findings: {counts}; pages: {pages['total']:,}; {told.seconds:.1f} s")
    click.echo("Open " + click.style(f"{output.as_posix()}/site/index.html", bold=True))
    click.echo(f"All findings: {output.as_posix()}/findings.json")


def _build(
    paths: tuple[Path | None, Path | None, Path | None],
    found: Look | None,
    options: dict[str, Any],
    *,
    profile: bool,
    quiet: bool,
) -> int:
    """Build, tell, and return the exit status."""
    from regesta.execution import open_executor  # noqa: PLC0415 - slow to load, and not needed when nothing has changed

    with open_executor(options["executor"], options["jobs"], watched=True) as executor:
        if found is not None:
            executor.start(len(found.changed) or found.survey.count)
        from regesta.build import Options  # noqa: PLC0415 - as above; workers start meanwhile
        from regesta.build import build as build_edition  # noqa: PLC0415
        from regesta.cli.build_report import print_profile, print_report  # noqa: PLC0415
        from regesta.cli.terminal import Shown, print_findings  # noqa: PLC0415
        from regesta.edition import open_edition  # noqa: PLC0415
        from regesta.progress import Silent  # noqa: PLC0415

        opened = open_edition(*paths)
        report = build_edition(opened, Options(**options), Silent() if quiet else Shown(), found, executor)
    if not quiet:
        print_report(opened, report)
    elif report.has_errors:
        print_findings([finding for finding in report.findings if finding.severity == "error"])
    if profile:
        print_profile(report)
    if not report.published:
        return NOTHING_PUBLISHED
    return 1 if report.has_errors else 0
