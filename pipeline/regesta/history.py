"""The history of an edition: what was released, as `history.json` holds it (DESIGN: history).

`regesta release` writes the file and a build only reads it: `{"documents": [{"id": …, "source": …, "hash": …,
"datestamp": …, "former": […], "deleted": …, "title": …}], "releases": […]}`. Keys beyond these are left alone; only
`id` must be there. `releasing.py` says what releases hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regesta.errors import UsageError

FILE_NAME = "history.json"
CHANGES = ("added", "text", "metadata", "markup", "renamed", "deleted")
"""What may become of a document with a release."""

REMEDY = "Restore it from version control: only `regesta release` writes it."
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?")


@dataclass(frozen=True)
class Released:
    """A document as it was last released.

    `datestamp` is the day (or the second) of its last change in ISO 8601, `former` are identifiers that it had before,
    `deleted` tells that it is no longer part of the edition; empty texts mean "not known".
    """

    id: str
    source: str = ""
    datestamp: str = ""
    former: tuple[str, ...] = ()
    deleted: bool = False
    title: str = ""


@dataclass(frozen=True)
class Said:
    """What a document says of a change itself (TEI `revisionDesc`): when, and in which words."""

    when: str
    words: str


@dataclass(frozen=True)
class Release:
    """What changed with a release: identifiers of documents by what became of them, and what they say of it.

    `changes` has the keys added, text, metadata, markup, renamed and deleted; `renamed` names where documents are now.
    """

    date: str
    label: str = ""
    note: str = ""
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """Every document that was ever released, and the releases, the last one first."""

    documents: tuple[Released, ...] = ()
    releases: tuple[Release, ...] = ()


NO_HISTORY = History()
"""What an edition has that was never released."""


def read(root: Path) -> History:
    """Return what the history in the edition's folder says, if there is one. Raises UsageError when it is damaged."""
    return _read(root)[1]


def content(root: Path) -> dict[str, Any]:
    """Return all that the file holds, with what others wrote into it. Raises UsageError when it is damaged."""
    return _read(root)[0]


def _read(root: Path) -> tuple[dict[str, Any], History]:
    path = root / FILE_NAME
    if not path.is_file():
        return {"documents": []}, NO_HISTORY
    try:
        found = dict(json.loads(path.read_text(encoding="utf-8")))
        documents = tuple(map(_released, found["documents"]))
        return found, History(documents, tuple(map(_release, reversed(found.get("releases") or ()))))
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        raise UsageError(f"The file {path} is not the history that Regesta writes.", REMEDY) from None


def _release(entry: Mapping[str, Any]) -> Release:
    renamed = tuple(str(each["to"]) for each in entry.get("renamed") or ())
    changes = {key: tuple(map(str, entry.get(key) or ())) for key in CHANGES if key != "renamed"}
    said = {
        str(name): tuple(Said(str(each["when"]), str(each["words"])) for each in rows)
        for name, rows in (entry.get("said") or {}).items()
    }
    day, label, note = (str(entry.get(key) or "") for key in ("date", "label", "note"))
    return Release(day, label, note, {**changes, "renamed": renamed}, said)


def _released(entry: Mapping[str, Any]) -> Released:
    stamp = str(entry.get("datestamp") or "")
    if stamp and not _STAMP.fullmatch(stamp):
        raise ValueError(stamp)
    return Released(
        id=str(entry["id"]),
        source=str(entry.get("source") or ""),
        datestamp=stamp,
        former=tuple(map(str, entry.get("former") or ())),
        deleted=bool(entry.get("deleted")),
        title=str(entry.get("title") or ""),
    )
