"""`regesta deposit`."""

from __future__ import annotations

from pathlib import Path

import click

from regesta.cli import options
from regesta.cli.terminal import Shown, print_findings
from regesta.depositing.checking import check_deposit
from regesta.depositing.making import Deposit, make
from regesta.depositing.profile import Profile, load
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.findings import sort_findings
from regesta.progress import Silent


@click.command()
@click.option(
    "--profile",
    "profile_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that says what the archive asks for (docs/depositing.md).",
)
@click.option("--check", "received", type=click.Path(path_type=Path), metavar="PATH", help="Check a deposit of others.")
@options.edition
@click.option("--source", type=options.FOLDER, help="Take this folder of TEI as the sources.")
@click.option("--output", type=click.Path(path_type=Path), help="Write exactly this folder; .zip packs it.")
@click.option("--force", is_flag=True, help="Replace what stands at --output.")
@options.jobs
@options.quiet
@click.pass_context
def deposit(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    profile_file: Path | None,
    received: Path | None,
    edition: Path | None,
    source: Path | None,
    output: Path | None,
    force: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Make the package that an archive asks for, or check one that was received.

    The edition is built and checked first. Without --output the deposit lies at build/deposit. Nothing is made of an
    edition that has errors or lacks what the profile requires. The exit status of --check is 0 for a sound deposit that
    has all that the profile asks for, else 1.
    """
    profile = load(profile_file)
    if received is not None:
        if edition or source or output or force:
            raise UsageError("--check goes with --profile only.", "It looks at PATH and at no edition.")
        ctx.exit(_check(received, profile, quiet=quiet))
    opened = open_edition(edition, source, None)
    progress = Silent() if quiet else Shown()
    made = make(opened, profile, output, progress, jobs=jobs, force=force)
    if not quiet:
        _tell(made, profile)


def _tell(made: Deposit, profile: Profile) -> None:
    if made.findings:
        print_findings(made.findings)
        click.echo()
    size = f"{made.size / 1_000_000:,.1f} MB"
    click.echo(f"{made.documents:,} documents by {profile.name}: {made.path.as_posix()}, {size}")


def _check(path: Path, profile: Profile, *, quiet: bool) -> int:
    found = check_deposit(path, profile)
    errors = [each for each in found.findings if each.severity == "error"]
    if found.findings and not quiet:
        print_findings(sort_findings(found.findings))
        click.echo()
    if not quiet:
        verdict = "not accepted" if errors else "accepted"
        click.echo(f"{verdict} by {profile.name}: {found.files:,} files, {found.documents:,} of them TEI")
    return 1 if errors else 0
