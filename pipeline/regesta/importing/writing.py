"""Puts imported files into an edition: all or none, nothing that the user has changed, and nothing over what is there.

What an import wrote is remembered in `tei/.regesta-import.json` (path → SHA-256). A file that no longer has that sum,
or that no import made, is the user's own and is never written over. Files are first written beside their place, in
a folder whose name starts with a dot and which is therefore no source, then moved; a fault puts everything back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from regesta.errors import OutputError, UsageError
from regesta.importing.plan import Fate, Import, NewFile, Row

MEMORY = "tei/.regesta-import.json"


class Action(StrEnum):
    """What happens to a file: it is new, extended, written over, the same already, or left because it is there."""

    NEW = "new"
    MERGED = "extended"
    REPLACED = "replaced"
    SAME = "unchanged"
    PRESENT = "left: it is there"
    CHANGED = "left: it is not as an import made it"


WRITTEN = frozenset({Action.NEW, Action.MERGED, Action.REPLACED})


@dataclass
class Written:
    """What was done, or would be in a dry run, with each file."""

    actions: dict[str, Action] = field(default_factory=dict)

    def count(self, action: Action) -> int:
        """Return how many files met this fate."""
        return sum(1 for each in self.actions.values() if each is action)


def write(files: Iterable[NewFile], edition: Path, *, force: bool, dry_run: bool) -> Written:
    """Write the files below the edition's folder, or only say what would happen.

    Raises OutputError when the disk refuses; nothing has changed then. Raises UsageError for a path that leads outside.
    """
    done = Written()
    memory = _remembered(edition)
    staging: Path | None = None
    try:
        if not dry_run:
            (edition / "tei").mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=".importing-", dir=edition / "tei"))
        moves: list[tuple[Path, Path]] = []
        for number, file in enumerate(files):
            target = _inside(edition, file.path)
            data = file.content()
            action = _action(file, target, data, memory, force=force)
            done.actions[file.path] = action
            if action in WRITTEN and staging is not None:
                staged = staging / str(number)
                staged.write_bytes(data)
                moves.append((staged, target))
                memory[file.path] = hashlib.sha256(data).hexdigest()
        if staging is not None and moves:
            staged_memory = staging / "memory"
            staged_memory.write_text(json.dumps(memory, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            _exchange([*moves, (staged_memory, edition / MEMORY)], staging)
    except OSError as error:
        reason = error.strerror or "the system refuses"
        raise OutputError(f"Nothing was imported: {reason} ({error.filename}).", "Make room or access there.") from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return done


def settled(plan: Import, written: Written) -> list[Row]:
    """Return the rows with what became of their files: a row whose file was left as it is has been kept, not made."""
    rows = []
    for row in plan.rows:
        action = written.actions.get(row.target)
        if row.fate is Fate.MADE and action is not None and action not in WRITTEN:
            rows.append(replace(row, fate=Fate.KEPT, reason=action.value))
        elif row.fate is Fate.KEPT and action is Action.REPLACED:
            rows.append(replace(row, fate=Fate.MADE, reason=action.value))
        else:
            rows.append(row)
    return rows


def write_report(path: Path, report: object) -> None:
    """Write the account of an import as JSON. Raises OutputError when the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        told = f"The report {path} cannot be written: {error.strerror or 'the system refuses'}."
        raise OutputError(told, "Name another place.") from None


def _inside(edition: Path, path: str) -> Path:
    target = edition / path
    if not target.parent.resolve().is_relative_to(edition.resolve()):
        raise UsageError(f"The file {path} would lie outside {edition}.", "Look for links in the edition's folder.")
    return target


def _action(file: NewFile, target: Path, data: bytes, memory: dict[str, str], *, force: bool) -> Action:
    if target.is_symlink() or (target.exists() and not target.is_file()):
        return Action.CHANGED
    if not target.exists():
        return Action.NEW
    held = target.read_bytes()
    if held == data:
        return Action.SAME
    if file.merged:
        return Action.MERGED
    if not force:
        return Action.PRESENT
    return Action.REPLACED if memory.get(file.path) == hashlib.sha256(held).hexdigest() else Action.CHANGED


def _remembered(edition: Path) -> dict[str, str]:
    try:
        stated = json.loads((edition / MEMORY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        stated = None
    if not isinstance(stated, dict) or not all(isinstance(each, str) for each in stated.values()):
        remedy = "Restore it from version control, or remove it: then no file is written over."
        raise UsageError(f"The file {edition / MEMORY} is not what an import writes.", remedy)
    return stated


def _exchange(moves: list[tuple[Path, Path]], staging: Path) -> None:
    """Move every file to its place, keeping what was there; on a fault put all of it back."""
    undo: list[tuple[Path, Path | None]] = []
    try:
        for number, (staged, target) in enumerate(moves):
            target.parent.mkdir(parents=True, exist_ok=True)
            kept: Path | None = None
            if target.exists():
                kept = staging / f"old-{number}"
                os.link(target, kept)
            undo.append((target, kept))
            staged.replace(target)
    except BaseException:
        for target, kept in reversed(undo):
            with suppress(OSError):
                if kept is None:
                    target.unlink(missing_ok=True)
                else:
                    kept.replace(target)
        raise
