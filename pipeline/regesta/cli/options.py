"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False, path_type=Path)

edition = click.option("--edition", type=FOLDER, help="The edition's folder (default: here).")
jobs = click.option(
    "--jobs", type=click.IntRange(1, 61), metavar="N", help="Processes to use (default: what suits the work)."
)
quiet = click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
