"""The history of an edition: what was released, as `history.json` holds it (DESIGN: history).

`regesta release` writes the file and a build only reads it: `{"documents": [{"id": …, "source": …, "hash": …,
"datestamp": …, "former": […], "deleted": …, "title": …}], "releases": […]}`. Keys beyond these are left alone; only
`id` must be there. `releasing.py` says what releases hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regesta.errors import UsageError

FILE_NAME = "history.json"
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


def read(root: Path) -> tuple[Released, ...]:
    """Return what the history in the edition's folder says, if there is one. Raises UsageError when it is damaged."""
    path = root / FILE_NAME
    if not path.is_file():
        return ()
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        return tuple(_released(each) for each in documents)
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        raise UsageError(f"The file {path} is not the history that Regesta writes.", REMEDY) from None


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
