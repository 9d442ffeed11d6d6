"""`regesta rules`."""

from __future__ import annotations

from difflib import get_close_matches

import click

from regesta.errors import UsageError
from regesta.rules import Rule, all_rules


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
def rules(rule: str | None) -> None:
    """List the rules, or explain one."""
    known = all_rules()
    if rule is None:
        for each in known.values():
            click.echo(f"{each.severity.value:8} {each.id:22} {each.stage}")
        return
    if rule not in known:
        near = get_close_matches(rule, known, 1)
        remedy = f'Did you mean "{near[0]}"?' if near else "`regesta rules` lists them all."
        raise UsageError(f'There is no rule "{rule}".', remedy)
    click.echo(_explained(known[rule]))


def _explained(rule: Rule) -> str:
    return (
        f"{rule.id} ({rule.severity.value}, {rule.stage})\n\n{rule.explanation}\n\n"
        f"Says:       {rule.message}\nWhat to do: {rule.hint}"
    )
