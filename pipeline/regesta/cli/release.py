"""`regesta release`."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import click

from regesta.cli import options
from regesta.cli.terminal import Shown, print_findings
from regesta.comparing import telling
from regesta.edition import open_edition
from regesta.edition_checking import check_edition
from regesta.errors import UsageError
from regesta.progress import Silent
from regesta.releasing import ReleaseStatement
from regesta.releasing import release as release_edition


@click.command()
@options.edition
@click.option("--label", default="", help="What the release is called, for example 1.2.")
@click.option("--note", default="", help="What the editors say of it, in a sentence.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Its day (default: SOURCE_DATE_EPOCH, or today in UTC).")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and write nothing.")
@click.option("--force", is_flag=True, help="Release an edition that has errors.")
@options.jobs
@options.quiet
@click.pass_context
def release(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    edition: Path | None,
    label: str,
    note: str,
    day: str | None,
    dry_run: bool,
    force: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Record in history.json what has changed since the last release.

    Documents that are new, gone, under another identifier, or changed in text, metadata or markup; builds then tell
    readers and harvesters. Put the file under version control. An edition with errors is not released. The exit status
    is 0 when all is well, 1 when errors kept it from being released.
    """
    opened = open_edition(edition, None, None)
    progress = Silent() if quiet else Shown()
    errors = [each for each in check_edition(opened, (), jobs, progress) if each.severity == "error"]
    if errors and not force:
        print_findings(errors)
        click.echo("Nothing was released. Mend the errors, or release with --force.", err=True)
        ctx.exit(1)
    changes = release_edition(opened, ReleaseStatement(_day(day), label, note), progress, jobs, dry_run=dry_run)
    if not quiet:
        for line in telling.text(changes):
            click.echo(line, nl=False)
        if changes and not dry_run:
            click.echo(f"Recorded in {(opened.root / 'history.json').as_posix()}")


def _day(day: str | None) -> str:
    """Return the day of the release. Raises UsageError when what is given is none."""
    if day is None:
        given = os.environ.get("SOURCE_DATE_EPOCH", "")
        return time.strftime("%Y-%m-%d", time.gmtime(int(given) if given.isdecimal() else None))
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise UsageError(f"{day} is no day.", "Write it as 1956-08-30.") from None
