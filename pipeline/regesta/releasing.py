"""Release: what has changed in an edition since it was last released is recorded in `history.json`.

The history holds of each document what tells a later state apart (see `comparing.states.Known`), the day of its last
change, the identifiers that it had, and whether it is gone; and of each release what changed with it. Whatever else
stands in the file stays there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regesta import history
from regesta.comparing import Changes, Known, State, compare, state_of
from regesta.comparing.changes import Kind
from regesta.edition import Edition
from regesta.exporting import opened
from regesta.progress import Progress
from regesta.reporting.writing import write

_KNOWN = ("hash", "text", "body", "header")


@dataclass(frozen=True)
class ReleaseStatement:
    """What is stated of a release: its day, what it is called, and what the editors say of it."""

    date: str
    label: str = ""
    note: str = ""


def state_of_history(root: Path) -> State:
    """Return what was last released. Raises UsageError when the history in the folder is damaged."""
    return _state(history.content(root))


def release(
    edition: Edition, stated: ReleaseStatement, progress: Progress, jobs: int | None, *, dry_run: bool = False
) -> Changes:
    """Record what has changed since the last release, and return it; with `dry_run` only return it.

    Where nothing has changed nothing is written. Raises OutputError when the history cannot be written, UsageError when
    it is damaged.
    """
    former = history.content(edition.root)
    before = _state(former)
    after = state_of(opened(edition, progress, jobs))
    changes = compare(before, after)
    is_known = all(each.hash for each in before.documents.values())
    if (changes or not is_known) and not dry_run:
        written = recorded(former, after, changes, stated)
        data = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
        write(edition.root / history.FILE_NAME, [data.encode("utf-8", "surrogatepass")])
    return changes


def recorded(former: Mapping[str, Any], after: State, changes: Changes, stated: ReleaseStatement) -> dict[str, Any]:
    """Return the history with one more release: `after` is the state of the edition, `changes` what is new in it."""
    entries: dict[str, dict[str, Any]] = {each["id"]: dict(each) for each in former["documents"]}
    for each in changes.renamed:
        entry = entries.pop(each.before.id)
        names = [*(entry.get("former") or ()), each.before.id]
        came_back = entries.get(each.after.id, {}).get("former") or ()
        entries[each.after.id] = {**entry, "former": list(dict.fromkeys([*came_back, *names]))}
    for gone in changes.removed:
        entries[gone.id] = {**entries[gone.id], "deleted": True, "datestamp": stated.date}
    fresh = {each.id for each in changes.added} | {each.after.id for each in (*changes.renamed, *changes.changed)}
    for known in after.documents.values():
        entry = {**entries.get(known.id, {}), **vars(known)}
        entry["former"] = [name for name in entry.get("former") or () if name != known.id]
        entry["deleted"] = False
        if known.id in fresh or not entry.get("datestamp"):
            entry["datestamp"] = stated.date
        entries[known.id] = entry
    last = max((str(each.get("date") or "") for each in former.get("releases") or ()), default="")
    told = {**vars(stated), **_told(changes), "said": _said(after, changes, last) if last else {}}
    return {
        **former,
        "documents": [_ordered(entries[name]) for name in sorted(entries)],
        "releases": [*(former.get("releases") or ()), {key: value for key, value in told.items() if value}],
    }


def _told(changes: Changes) -> dict[str, Any]:
    return {
        "added": [each.id for each in changes.added],
        "deleted": [each.id for each in changes.removed],
        "renamed": [{"from": each.before.id, "to": each.after.id} for each in changes.renamed],
        **{kind.value: [each.after.id for each in changes.of_kind(kind)] for kind in Kind},
    }


def _said(after: State, changes: Changes, last: str) -> dict[str, list[dict[str, str]]]:
    """Return what documents that changed say of it themselves: what they date after the day of the last release."""
    names = sorted({each.after.id for each in (*changes.changed, *changes.renamed)})
    said = {name: after.revisions_of(name) if after.revisions_of else [] for name in names}
    new = {name: [{"when": day, "words": words} for day, words in rows if day > last] for name, rows in said.items()}
    return {name: rows for name, rows in new.items() if rows}


def _ordered(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry with our keys first, in one order."""
    ours = ("id", "source", "title", "datestamp", "former", "deleted", *_KNOWN)
    return {**{key: entry[key] for key in ours if key in entry}, **{k: v for k, v in entry.items() if k not in ours}}


def _state(content: Mapping[str, Any]) -> State:
    return State({each["id"]: _known(each) for each in content["documents"] if not each.get("deleted")})


def _known(entry: Mapping[str, Any]) -> Known:
    known = Known(str(entry["id"]), str(entry.get("source") or ""), str(entry.get("title") or ""), "", "")
    return replace(known, **{key: str(entry.get(key) or "") for key in _KNOWN})
