"""Puts the files of a new edition into a folder: all of them or none, and never over what is there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from regesta.errors import OutputError, UsageError


def create(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below `folder`, which may be new or hold other things.

    Raises UsageError when one of the files is there already and OutputError when the disk refuses; nothing has
    changed then.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder that is new or empty.")
    there = sorted(path for path in files if _is_taken(folder / path))
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise UsageError(
            f"{folder / there[0]}{more} would be written over, so nothing was made.",
            "Name a folder that is new or empty.",
        )
    made: list[Path] = []
    try:
        for path, data in files.items():
            target = folder / path
            for parent in reversed([each for each in target.parents if not each.exists()]):
                parent.mkdir()
                made.append(parent)
            with target.open("xb") as stream:
                made.append(target)
                stream.write(data)
    except OSError as error:
        _undo(made)
        reason = error.strerror or "the system refuses"
        raise OutputError(f"Nothing was made: {reason} ({error.filename}).", "Make room or access there.") from None


def _is_taken(target: Path) -> bool:
    """Say whether something stands where the file, or one of the folders that it needs, would stand."""
    if target.exists() or target.is_symlink():
        return True
    return any(parent.exists() and not parent.is_dir() for parent in target.parents)


def _undo(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
