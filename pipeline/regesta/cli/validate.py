"""`regesta validate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from regesta import validation
from regesta.checking import check_edition, check_paths
from regesta.cli import options
from regesta.cli.terminal import Shown, print_findings
from regesta.config import FILE_NAME
from regesta.edition import Edition, open_edition
from regesta.errors import OutputError
from regesta.findings import Finding, count_by_severity
from regesta.progress import Silent
from regesta.report import findings_json


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.edition
@click.option(
    "--schema", "schemas", multiple=True, type=click.Path(path_type=Path), help="A .rng or .sch file to judge by."
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here.")
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
    jobs: int | None,
    quiet: bool,
) -> None:
    """Check an edition, or any files and folders of TEI, and say what is wrong, where, and what to do.

    Without PATH the edition is checked; in an edition PATH limits what is reported. The exit status is 0 when there is
    no error, 1 when there are errors, 2 for wrong usage.
    """
    progress = Silent() if quiet else Shown()
    opened = _edition_of(paths, edition, schemas)
    if opened is not None:
        own_root = len(paths) == 1 and paths[0].resolve() == opened.root.resolve()
        findings = check_edition(opened, () if own_root else paths, jobs, progress)
    else:
        chosen = tuple(validation.schema(path.resolve(), path.as_posix()) for path in schemas)
        findings = check_paths(paths, chosen, jobs, progress)
    _report(findings, style, output, quiet=quiet)
    ctx.exit(1 if count_by_severity(findings)["error"] else 0)


def _edition_of(paths: Sequence[Path], edition: Path | None, schemas: Sequence[Path]) -> Edition | None:
    """Return the edition that the paths belong to: the one named, the one here, or one named as the only path."""
    if edition is not None or not paths:
        return open_edition(edition, None, None, schemas)
    if len(paths) == 1 and (paths[0] / FILE_NAME).is_file():
        source = None if (paths[0] / "tei").is_dir() else paths[0]
        return open_edition(paths[0], source, None, schemas)
    here = Path()
    sources = (here / "tei").resolve()
    if (here / FILE_NAME).is_file() and all(path.resolve().is_relative_to(sources) for path in paths):
        return open_edition(here, None, None, schemas)
    return None


def _report(findings: Sequence[Finding], style: str, output: Path | None, *, quiet: bool) -> None:
    if style == "json":
        text = findings_json(findings)
        if output is None:
            click.echo(text, nl=False)
        else:
            _write(output, text)
    elif output is not None:
        lines = (f"{f.path}:{f.line}:{f.column}: {f.severity.value}: {f.message} [{f.rule}]\n" for f in findings)
        _write(output, "".join(lines))
    elif not quiet or findings:
        print_findings(findings)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        remedy = "Name a file in a folder that is there and may be written."
        raise OutputError(f"The report cannot be written to {path}: {error.strerror}.", remedy) from None
