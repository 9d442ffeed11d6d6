"""Folder listing: the plain files below a folder, as the system tells of them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: its path in the folder as it is spelt there, its inode, its size in bytes.

    `time` is that of its last change, which nobody can set, in nanoseconds. Size and time are 0 where only names were
    asked for.
    """

    path: str
    inode: int
    size: int = 0
    time: int = 0


@dataclass(frozen=True)
class Listing:
    """The files below a folder by relative path, and whether there is nothing else but the folders that they are in.

    Links are left out and not followed.
    """

    files: Mapping[str, Listed]
    is_plain: bool


def listing(folder: Path, *, only_names: bool = False) -> Listing:
    """Return what is below a folder; nothing where there is no folder. Raises OSError."""
    files: dict[str, Listed] = {}
    if folder.is_symlink() or not folder.is_dir():
        return Listing(files, is_plain=not folder.is_symlink())
    return Listing(files, is_plain=_collect(os.fspath(folder), "", files, only_names))


def key(path: str) -> str:
    """Return the path in one normal form: some file systems give back another than they were given."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _collect(folder: str, prefix: str, files: dict[str, Listed], only_names: bool) -> bool:
    plain, empty = True, True
    with os.scandir(folder) as entries:
        for entry in entries:
            empty = False
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                plain = _collect(entry.path, f"{path}/", files, only_names) and plain
            elif not entry.is_file(follow_symlinks=False):
                plain = False
            elif only_names:
                files[key(path)] = Listed(path, entry.inode())
            else:
                found = entry.stat(follow_symlinks=False)
                files[key(path)] = Listed(path, found.st_ino or entry.inode(), found.st_size, found.st_ctime_ns)
    return plain and not (empty and prefix)
