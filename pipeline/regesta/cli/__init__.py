"""The command line: thin commands over the stages, and the one place where errors become exit statuses."""

from __future__ import annotations

import io
import sys
import traceback
from typing import Any

import click

from regesta import __version__
from regesta.cli.build import build
from regesta.cli.import_ import import_
from regesta.cli.rules import rules
from regesta.cli.validate import validate
from regesta.errors import RegestaError

UNEXPECTED = 70
"""Exit status of a fault of Regesta itself (EX_SOFTWARE of sysexits.h)."""


class _Group(click.Group):
    """Maps every exception to one sentence and an exit status; a traceback only with --debug."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        debug = bool(ctx.params.get("debug"))
        _never_fail_on_a_sign()
        try:
            return super().invoke(ctx)
        except RegestaError as error:
            if debug:
                traceback.print_exc()
            click.echo(f"regesta: {error.message}", err=True)
            if error.remedy:
                click.echo(f"         {error.remedy}", err=True)
            ctx.exit(error.exit_status)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except Exception as error:
            if debug:
                traceback.print_exc()
            click.echo(f"regesta: an unexpected fault of Regesta: {type(error).__name__}: {error}", err=True)
            click.echo("         Please report it, with what `regesta --debug …` prints.", err=True)
            ctx.exit(UNEXPECTED)


def _never_fail_on_a_sign() -> None:
    """Have signs that the terminal's encoding lacks shown as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="regesta")
@click.option("--debug", is_flag=True, help="Print a traceback when something goes wrong.")
def main(debug: bool) -> None:
    """Turn a folder of TEI documents into a checked, searchable, citable edition."""


main.add_command(build)
main.add_command(validate)
main.add_command(import_)
main.add_command(rules)
