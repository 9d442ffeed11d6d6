"""`regesta diff`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from regesta import history
from regesta.cli import options
from regesta.comparing import Changed, Changes, State, compare, state_of, telling
from regesta.comparing.changes import Kind
from regesta.errors import UsageError
from regesta.library import open as open_library
from regesta.releasing import state_of_history
from regesta.reporting.writing import write


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--document", metavar="ID", help="Compare this document alone, word by word.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", help="How to say it (text)."
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@options.jobs
@click.pass_context
def diff(  # noqa: PLR0917 - click passes them by name
    ctx: click.Context,
    old: Path,
    new: Path,
    document: str | None,
    form: str,
    output: Path | None,
    jobs: int | None,
) -> None:
    """Compare two states of an edition: what was added, removed, renamed, changed in text, in metadata, in markup.

    OLD and NEW are folders, each with edition.toml or of TEI; or a history.json, which is what was last released. A
    document under another identifier is known by its text. White space does not count as text. The exit status is 0
    when both are the same, 1 when they differ, 2 for wrong usage.
    """
    before, after = (_state(path, jobs) for path in (old, new))
    changes = compare(before, after)
    if document is not None:
        changes = _of_one(changes, before, after, document)
    textual = [each for each in (*changes.changed, *changes.renamed) if Kind.TEXT in each.kinds]
    told = telling.words_of_changed(before, after, textual if document is not None or form == "html" else ())
    said: Iterable[str]
    if form == "json":
        said = [telling.as_json(changes, told)]
    elif form == "html":
        said = telling.html(changes, told, (old.as_posix(), new.as_posix()))
    else:
        words = (line for each, found in told for line in telling.words_text(each.after.id, found))
        said = (*telling.text(changes), *words)
    if output is None:
        for part in said:
            click.echo(part, nl=False)
        sys.stdout.flush()
    else:
        write(output, (part.encode("utf-8", "replace") for part in said))
    ctx.exit(1 if changes else 0)


def _state(path: Path, jobs: int | None) -> State:
    if path.name == history.FILE_NAME:
        return state_of_history(path.parent)
    return state_of(open_library(path, jobs=jobs).material)


def _of_one(changes: Changes, before: State, after: State, document: str) -> Changes:
    """Return the changes of one document alone. Raises UsageError when neither state has it."""
    if document not in before.documents and document not in after.documents:
        raise UsageError(f"There is no document {document} before or after.", "Give its identifier on the site.")

    def concerns(each: Changed) -> bool:
        return document in {each.before.id, each.after.id}

    return Changes(
        tuple(each for each in changes.added if each.id == document),
        tuple(each for each in changes.removed if each.id == document),
        tuple(filter(concerns, changes.renamed)),
        tuple(filter(concerns, changes.changed)),
    )
