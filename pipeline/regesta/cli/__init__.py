"""The command line: thin commands over the stages, and the one place where errors become exit statuses."""

from __future__ import annotations

import gc
import io
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from regesta import __version__
from regesta.errors import RegestaError

COMMANDS = ("build", "deposit", "diff", "export", "import", "lsp", "new", "release", "rules", "serve", "validate")
"""Each is a function in a module of the same name (with "_" behind a word of Python's), loaded when it is asked for."""

UNEXPECTED = 70
"""Exit status of a fault of Regesta itself (EX_SOFTWARE of sysexits.h)."""

_SELDOM = 50_000
"""New objects before Python looks for cycles: most of ours live long, so that to look more often costs a tenth."""


class _Group(click.Group):
    """Loads commands when they are asked for, and maps every exception to one sentence and an exit status.

    A traceback is shown only with --debug.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"regesta.cli.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        debug = bool(ctx.params.get("debug"))
        gc.set_threshold(_SELDOM)
        _never_fail_on_a_sign()
        try:
            return super().invoke(ctx)
        except RegestaError as error:
            if debug:
                _trace()
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
                _trace()
            click.echo(f"regesta: an unexpected fault of Regesta: {type(error).__name__}: {error}", err=True)
            click.echo("         Please report it, with what `regesta --debug …` prints.", err=True)
            ctx.exit(UNEXPECTED)


def _trace() -> None:
    import traceback  # noqa: PLC0415 - for --debug only

    traceback.print_exc()


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
