"""Exchanges new folders for the published ones so that a killed process leaves whole ones.

Linux (`renameat2`) and macOS (`renamex_np`, on APFS) exchange two names in one call, so that a reader finds
either the old folder or the new one. Elsewhere three renames do it, and for a moment between two of them
there is no folder of that name. A journal covers both ways and the step from one folder to the next: it is
written when all new folders are complete, and as long as it lies there the next start finishes what it
announces (`heal`).
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS sys/stdio.h


@dataclass(frozen=True)
class Replacement:
    """A complete folder `staged` that shall stand as `published`; both lie on one file system."""

    staged: Path
    published: Path

    @property
    def aside(self) -> Path:
        """Return where the old folder waits between two renames."""
        return self.staged.with_name(self.staged.name + ".aside")


def exchange_all(replacements: Sequence[Replacement], journal: Path) -> None:
    """Put every staged folder in its place; afterwards `staged` holds the old one, where there was one.

    Raises OSError when the system refuses; then every published folder is the old one again. Should even the
    way back be refused, the journal stays, and the next start goes forward.
    """
    _write_journal(replacements, journal)
    done: list[Replacement] = []
    try:
        for replacement in replacements:
            _exchange(replacement)
            done.append(replacement)
    except OSError:
        for replacement in reversed(done):
            _take_back(replacement)
        # An old folder still aside could not go back: the next start has to go forward.
        if not any(replacement.aside.exists() for replacement in replacements):
            journal.unlink()
        raise
    journal.unlink()


def heal(replacements: Sequence[Replacement], journal: Path) -> None:
    """Finish the exchange that `journal` announces, if there is one: all its new folders are complete.

    Where the names alone do not tell whether a folder was exchanged already, the inode in the journal does.
    Raises OSError when the system refuses.
    """
    if not journal.exists():
        return
    announced = _read_journal(journal)
    for replacement in replacements:
        staged, published = replacement.staged, replacement.published
        if not staged.exists():
            continue
        if not published.exists():
            staged.rename(published)
        elif announced.get(published.name) == staged.stat().st_ino:
            _exchange(replacement)
    journal.unlink()


def flush(folder: Path) -> None:
    """Bring to disk all that was written to the file system of `folder`, where one call does it.

    So a power cut just after an exchange finds no empty pages in the new folder. Linux has `syncfs`: 0.08 s
    after 10,000 new pages, nothing when nothing is new. Flushing page by page costs fifty times that, so
    other systems go without: the next build compares the bytes of every page and mends what a power cut
    broke.
    """
    if not sys.platform.startswith("linux"):
        return
    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    if syncfs is None:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        syncfs(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes | Iterable[bytes], incoming: Path) -> None:
    """Replace `path` by `data` at once, by way of the file `incoming` on the same file system.

    The bytes may come in pieces. They are flushed first, so that a power cut leaves the old file or the new one.
    Raises OSError.
    """
    with incoming.open("wb") as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)
        stream.flush()
        os.fsync(stream.fileno())
    incoming.replace(path)


def _exchange(replacement: Replacement) -> None:
    staged, published, aside = replacement.staged, replacement.published, replacement.aside
    if not published.exists():
        staged.rename(published)
        return
    _make_movable(published)
    if not swap_in_one_call(staged, published):
        _rename_in_turn([(published, aside), (staged, published), (aside, staged)])


def _make_movable(folder: Path) -> None:
    """Allow writing in a folder that somebody made read-only: a new parent is written into it as `..`."""
    if not os.access(folder, os.W_OK):
        folder.chmod(0o755)


def _take_back(replacement: Replacement) -> None:
    if replacement.staged.exists():
        _exchange(replacement)
    else:
        replacement.published.rename(replacement.staged)


def swap_in_one_call(first: Path, second: Path) -> bool:
    """Exchange two names in one system call; return False when the system or the file system has none."""
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform.startswith("linux"):
        renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
        return renameat2 is not None and not renameat2(
            _AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE)
        )
    if sys.platform == "darwin":
        renamex_np = getattr(ctypes.CDLL(None), "renamex_np", None)
        return renamex_np is not None and not renamex_np(*names, ctypes.c_uint(_RENAME_SWAP))
    return False


def _rename_in_turn(steps: Sequence[tuple[Path, Path]]) -> None:
    """Rename one after the other; take all back and raise OSError when one is refused."""
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in steps:
            old.rename(new)
            done.append((old, new))
    except OSError:
        for old, new in reversed(done):
            new.rename(old)
        raise


def _write_journal(replacements: Sequence[Replacement], journal: Path) -> None:
    inodes = {each.published.name: each.staged.stat().st_ino for each in replacements}
    replace_file(journal, json.dumps(inodes).encode(), replacements[0].staged.with_name("journal.new"))


def _read_journal(journal: Path) -> dict[str, int]:
    """Return the inode of each new folder by name; nothing when a damaged disk spoilt the journal."""
    with contextlib.suppress(ValueError):
        content = json.loads(journal.read_bytes())
        if isinstance(content, dict):
            return content
    return {}
