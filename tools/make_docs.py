"""Makes the generated pages of docs/ from what they describe, or says with --check which are stale.

docs/rules.md from schema/rules.toml, docs/losses.md from what formats are known to lose, docs/cli.md from the commands'
own --help, docs/configuration.md from the models of edition.toml; in docs/encoding.md, what the examples look like and
what is said of wrong ones. They are committed, so that they can be read without an installation.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import get_args

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import guide
from regesta.cli import main as command_line
from regesta.config import EditionConfig
from regesta.importing.losses import AS_FILES, IMPORTED_AS, LOSSES
from regesta.rules import Rule, all_rules

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTICE = "<!-- Made by tools/make_docs.py from {source}: edit that, then run `make docs`. -->"


def rules_page() -> str:
    """Return docs/rules.md: every rule, by stage in the order of the flow."""
    rules = list(all_rules().values())
    stages = list(dict.fromkeys(rule.stage for rule in rules))
    ordered = sorted(rules, key=lambda rule: stages.index(rule.stage))
    lines = [
        "# Rules",
        NOTICE.format(source="schema/rules.toml"),
        "",
        "What Regesta can find wrong in sources, by the stage that finds it. `regesta rules ID` prints one of these;",
        "an edition weighs a rule differently under `[validation]` in its `edition.toml`.",
    ]
    for stage, group in groupby(ordered, key=lambda rule: rule.stage):
        lines += ["", f"## {stage}"]
        for rule in group:
            lines += _rule(rule)
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> list[str]:
    return [
        "",
        f"### {rule.id}",
        f"**{rule.severity.value}** · {_code(rule.message)}",
        "",
        rule.explanation,
        "",
        f"*What to do:* {_code(rule.hint)}",
    ]


def _code(template: str) -> str:
    """Return a template as Markdown, in which angle brackets would otherwise be taken for tags."""
    return template.replace("{{", "{").replace("}}", "}").replace("<", "&lt;")


def command_page() -> str:
    """Return docs/cli.md: the help of each command, as the command itself prints it."""
    lines = ["# The command line", NOTICE.format(source="the commands' --help")]
    for context in _contexts(command_line, "regesta", None):
        lines += ["", f"## {context.command_path}", "```text", _help(context), "```"]
    return "\n".join(lines) + "\n"


def _contexts(command: click.Command, name: str, parent: click.Context | None) -> Iterator[click.Context]:
    """Yield the context of `command` and of each of its commands, at a width that no terminal changes."""
    settings = {"terminal_width": 100, "max_content_width": 100, **command.context_settings}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None  # noqa: S101 - it has just said that it has the command
            yield from _contexts(found, each, context)


def _help(context: click.Context) -> str:
    return "\n".join(line.rstrip() for line in context.get_help().splitlines()).strip()


def losses_page() -> str:
    """Return docs/losses.md: what does not come back of a record that was exported in a format and imported again."""
    lines = [
        "# What a format cannot carry",
        NOTICE.format(source="pipeline/regesta/importing/losses.py"),
        "",
        "An edition that is exported and imported again comes back whole but for this. `tests/exchange/test_losses.py`",
        "compares every field of every document, and sees that each of these losses is met. `regesta export` tells",
        "which of them an edition meets, and in how many documents; the `--report` of an import lists them.",
    ]
    lines += ["", "## Formats that carry TEI", "| format | comes back by | what is lost |", "|---|---|---|"]
    lines += [f"| {form} | `regesta import {name}` | {words} |" for form, (name, words) in AS_FILES.items()]
    for form, declared in LOSSES.items():
        lines += ["", f"## {form}", f"Comes back by `regesta import {IMPORTED_AS[form]}`.", ""]
        lines += ["| field | what is lost |", "|---|---|"]
        lines += [f"| {loss.field} | {loss.words} |" for loss in declared]
    return "\n".join(lines) + "\n"


def configuration_page() -> str:
    """Return docs/configuration.md: every key of edition.toml with its meaning and default."""
    lines = [
        "# edition.toml",
        NOTICE.format(source="pipeline/regesta/config.py"),
        "",
        "Everything has a default: an edition needs no `edition.toml`. All faults of the file are told at once, each",
        "with its line.",
    ]
    for name, field in EditionConfig.model_fields.items():
        lines += ["", f"## [{name}]", field.description or ""]
        lines += _keys(field)
    lines += ["", "A rule under `[validation]` is a severity, or a severity with its reason:", "", "```toml"]
    lines += ["[validation]", 'title-missing = "error"']
    lines += ['pointer-dangling = { severity = "info", reason = "The register of places follows in spring." }', "```"]
    return "\n".join(lines) + "\n"


def _keys(field: FieldInfo) -> list[str]:
    models = [model for model in (field.annotation, *get_args(field.annotation)) if _is_model(model)]
    if not models:
        return []
    rows = ["", "| key | meaning | default |", "|---|---|---|"]
    return rows + [f"| `{key}` | {meaning} | {default} |" for key, meaning, default in _rows(models[0], "")]


def _rows(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        key = prefix + (field.alias or name)
        inner = [part for part in (field.annotation, *get_args(field.annotation)) if _is_model(part)]
        yield key, (field.description or "").replace("\n", " "), "" if inner else _default(field)
        for part in inner:
            yield from _rows(part, f"{key}.")


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=False)
    if value in (None, "", ()):
        return ""
    return f"`{list(value)}`" if isinstance(value, tuple) else f"`{value}`"


@cache
def encoding_page() -> str:
    """Return docs/encoding.md with what its examples look like and what is said of wrong ones, as it is now."""
    return guide.made(guide.GUIDE.read_text(encoding="utf-8"))


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules_page,
    "cli.md": command_page,
    "losses.md": losses_page,
    "configuration.md": configuration_page,
    "encoding.md": encoding_page,
}


def main() -> int:
    """Write the pages, or with --check return 1 when a committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is stale")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        target, made = DOCS / name, page().encode("utf-8")
        if not check:
            target.write_bytes(made)
        elif not target.is_file() or target.read_bytes().replace(b"\r\n", b"\n") != made:
            stale.append(f"docs/{name}")
    if stale:
        print(f"Not up to date: {', '.join(stale)}. Run `make docs`.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
