"""`regesta new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from regesta import scaffold
from regesta.scaffold.writing import create


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="What the edition is called; without it you are asked.")
def new(folder: Path, title: str | None) -> None:
    """Make a new edition in DIR: it can be built at once, and shows one of each main thing.

    Its documents are made up, and comments in them explain the encoding: put your own in their place. Nothing that is
    in DIR is written over.
    """
    if title is None:
        suggested = scaffold.default_title(folder)
        asked = sys.stdin is not None and sys.stdin.isatty()
        title = click.prompt("Title of the edition", default=suggested) if asked else suggested
    files = scaffold.files(title)
    create(folder, files)
    documents = sum(path.startswith("tei/documents/") for path in files)
    registers = sum(path.startswith("tei/registers/") for path in files)
    click.echo(f"Made {folder} with {documents} documents and {registers} registers, all made up.")
    click.echo("Next:")
    click.echo(f"  regesta build --edition {_quoted(folder)}")
    click.echo(f"  and open {folder / 'build' / 'site' / 'index.html'}")


def _quoted(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)
