"""Spare: a folder in the cache with the files of the published one, each as the same file under a second name.

To publish a folder in which little has changed, every other file must be there too. Giving each a second name, and
taking it away when the old folder is removed, takes longer than all else for a changed text among thousands. So the old
folder is not removed after the exchange but made like the new one, which takes as many steps as files have changed, and
the next build begins with it. Nothing in it is believed: a file counts only when it is the very file (by its inode)
that is published.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from regesta.folder_listing import Listed, listing
from regesta.output_folder import remove

MOST = 2_000
"""When more files have changed, making the old folder like the new one takes longer than it saves."""


def fill(staged: Path, spare: Path, kept: Mapping[str, Listed]) -> bool:
    """Make the staged folder whole by what the spare one holds, and return True.

    `kept` are the published files, by key, that belong into it beside what is there already. Where the spare folder
    has not all of them, nothing is done. Raises OSError; the staged folder is then no longer to be used.
    """
    found = listing(spare, only_names=True)
    if not found.is_plain or not found.files:
        return False
    if any(path not in found.files or found.files[path].inode != file.inode for path, file in kept.items()):
        return False
    for path, file in found.files.items():
        if path not in kept:
            _unlink(spare, file.path)
    for file in listing(staged, only_names=True).files.values():
        place = spare / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        (staged / file.path).rename(place)
    remove(staged)
    spare.rename(staged)
    return True


def put_by(old: Path, spare: Path, published: Path, written: Collection[str], gone: Collection[str]) -> bool:
    """Make the old folder like the published one and put it by as the spare one; or remove both, where that is less.

    Return whether it is there: if not, published files have lost a name, and count as changed for the system.

    `written` are the paths of files that are new in the published folder, `gone` those of files (as spelt in the old
    one) that are no longer there or are written. Raises OSError when the old folder can be neither kept nor removed.
    """
    remove(spare)
    if len(written) + len(gone) > MOST:
        remove(old)
        return False
    try:
        for path in gone:
            _unlink(old, path)
        for path in written:
            place = old / path
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(published / path, place)
        old.rename(spare)
    except OSError:
        remove(old)
        return False
    return True


def _unlink(folder: Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    place = folder / path
    place.unlink()
    for above in place.relative_to(folder).parents:
        if above.name and not any((folder / above).iterdir()):
            (folder / above).rmdir()
