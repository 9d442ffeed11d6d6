"""`regesta lsp`."""

from __future__ import annotations

import click

from regesta.errors import UsageError


@click.command()
def lsp() -> None:
    """Serve an editor: what `regesta validate` finds, as the document is typed (Language Server Protocol).

    Editors start this command themselves and speak with it over standard input and output; docs/editors.md says how
    to tell them.
    """
    try:
        from regesta.editor.server import Server  # noqa: PLC0415 - it needs an extra that few installations have
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        reason = "The server for editors needs the package pygls, which is not installed."
        raise UsageError(reason, "Install it with `pip install 'regesta[lsp]'`.") from None
    Server().serve()
