"""`regesta validate`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta import fixing, reporting, validation
from regesta.checking import check_paths
from regesta.cli import options
from regesta.cli.terminal import Shown, print_report
from regesta.errors import UsageError
from regesta.findings import Finding, count_by_severity
from regesta.progress import Progress, Silent
from regesta.reporting import Format, Layout, baseline, html, text
from regesta.reporting.results import Results
from regesta.reporting.text import Group
from regesta.reporting.writing import write
from regesta.resources import EDITION_FILE

if TYPE_CHECKING:
    from regesta.edition import Edition

_TURNS = 20
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.edition
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .rng, .rnc, .xsd or .sch file to judge by; may be given more than once.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    help="How to report: text and html for people; json, sarif, junit and github for programs.",
)
@click.option("--output", type=_FILE, metavar="FILE", help="Write the report here.")
@click.option(
    "--group",
    type=click.Choice([each.value for each in Group]),
    default=Group.FILE.value,
    help="What a text report is sorted by.",
)
@click.option(
    "--most",
    type=click.IntRange(0),
    metavar="N",
    help=f"Show at most N findings of one rule, in text and html; 0 shows all (default: {text.MOST}, "
    f"in html {html.MOST}).",
)
@click.option("--baseline", "known", type=_FILE, metavar="FILE", help="Report only what this file does not know yet.")
@click.option(
    "--write-baseline", "learn", type=_FILE, metavar="FILE", help="Write what is found to a baseline; exit with 0."
)
@click.option("--fix", is_flag=True, help="Mend misspelt names and pointers that are beyond doubt, then check again.")
@click.option("--dry-run", is_flag=True, help="With --fix: only show what would change.")
@options.jobs
@options.quiet
@click.pass_context
def validate(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    paths: tuple[Path, ...],
    edition: Path | None,
    schemas: tuple[Path, ...],
    style: str,
    output: Path | None,
    group: str,
    most: int | None,
    known: Path | None,
    learn: Path | None,
    fix: bool,
    dry_run: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Check an edition, or any files and folders of TEI, and say what is wrong, where, and what to do.

    Without PATH the edition is checked; in an edition PATH limits what is reported. The exit status is 0 when there is
    no error, 1 when there are errors, 2 for wrong usage. With --baseline only new findings are reported and count.
    """
    layout = Layout(Format(style), Group(group), most)
    if dry_run and not fix:
        raise UsageError("--dry-run goes with --fix.", "Without --fix nothing is ever changed.")
    opened = _edition_of(paths, edition, schemas)
    whole = opened is not None and len(paths) == 1 and paths[0].resolve() == opened.root.resolve()
    covered = () if whole else paths
    check = partial(_check, opened, covered, schemas, jobs, Silent() if quiet else Shown())
    findings = check()
    for turn in range(_TURNS if fix else 0):  # a pointer that is told once may want mending in many files
        if turn and not any(each.fix for each in findings):
            break
        if not _mend(findings, write_files=not dry_run, quiet=quiet) or dry_run:
            break
        findings = check()
    results = baseline.compare(findings, known, covered) if known else Results(findings)
    if output or results.findings or layout.style is not Format.TEXT or not quiet:
        _report(results, layout, output)
    if learn:
        write(learn, _encoded(baseline.chunks(findings, learn, covered)))
        click.echo(f"{learn} knows {len(findings):,} findings of this run.", err=True)
    ctx.exit(1 if count_by_severity(results.findings)["error"] and not learn else 0)


def _check(
    edition: Edition | None, paths: Sequence[Path], schemas: Sequence[Path], jobs: int | None, progress: Progress
) -> list[Finding]:
    if edition is not None:
        from regesta.edition_checking import check_edition  # noqa: PLC0415 - what an edition wants is slow to load

        return check_edition(edition, paths, jobs, progress)
    chosen = tuple(validation.schema(path.resolve(), path.as_posix()) for path in schemas)
    return check_paths(paths, chosen, jobs, progress)


def _mend(findings: Sequence[Finding], *, write_files: bool, quiet: bool) -> int:
    """Show every change on standard error, make it unless only shown, and return how many faults are mended."""
    done = left = 0
    for mended in fixing.mend(findings):
        if write_files:
            fixing.save(mended)
        done, left = done + mended.done, left + mended.left
        for line in (mended.path, *mended.changes) if mended.changes and not quiet else ():
            click.echo(line, err=True)
    if not quiet:
        verb = "mended" if write_files else "can be mended"
        click.echo(f"{done:,} fault{'' if done == 1 else 's'} {verb}", err=True)
    if left:
        click.echo(f"{left:,} left alone: their place does not read as expected, or the file would suffer", err=True)
    return done


def _edition_of(paths: Sequence[Path], edition: Path | None, schemas: Sequence[Path]) -> Edition | None:
    """Return the edition that the paths belong to: the one named, the one here, or one named as the only path."""
    folder, source = _folder_of(paths, edition)
    if folder is None and edition is None and paths:
        return None
    from regesta.edition import open_edition  # noqa: PLC0415 - what an edition wants is slow to load

    return open_edition(folder, source, None, schemas)


def _folder_of(paths: Sequence[Path], edition: Path | None) -> tuple[Path | None, Path | None]:
    """Return the folder of the edition that the paths belong to, and that of its sources where it has no tei/."""
    if edition is not None or not paths:
        return edition, None
    if len(paths) == 1 and (paths[0] / EDITION_FILE).is_file():
        return paths[0], None if (paths[0] / "tei").is_dir() else paths[0]
    here = Path()
    sources = (here / "tei").resolve()
    is_here = (here / EDITION_FILE).is_file() and all(path.resolve().is_relative_to(sources) for path in paths)
    return here if is_here else None, None


def _report(results: Results, layout: Layout, output: Path | None) -> None:
    if output is not None:
        write(output, reporting.report(results, layout))
    elif layout.style is Format.TEXT:
        print_report(results, layout.group, layout.most)
    else:
        _print_bytes(reporting.report(results, layout))


def _print_bytes(chunks: Iterable[bytes]) -> None:
    """Print what programs read: UTF-8 and line feeds, whatever the terminal and the system prefer."""
    stream = sys.stdout.buffer
    stream.writelines(chunks)
    stream.flush()


def _encoded(chunks: Iterable[str]) -> Iterable[bytes]:
    return (chunk.encode("utf-8", "backslashreplace") for chunk in chunks)
