"""Watching: what has changed in an edition's folder, by looking at names, sizes and times again and again.

To look at ten thousand files takes some 20 ms and works on every disk, network disks and those of virtual machines
included, which tell nobody of changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from regesta.survey import OUTPUT_MARKER, Folders

_SHORTEST = 0.05
"""Seconds between two looks; where a look takes long, it is a tenth of the time at most."""

_RETURN = 0.1
"""Seconds in which a file that is gone may come back: many editors save by removing and writing anew."""

_Stamp = tuple[int, int, int]


class Watcher:
    """Tells of changes in an edition's folders: all that is read of them, and neither output nor hidden files."""

    def __init__(self, where: Folders) -> None:
        roots = {os.path.realpath(where.root), os.path.realpath(where.sources)}
        self._roots = [root for root in roots if not any(_is_below(root, other) for other in roots - {root})]
        self._output = os.path.realpath(where.output)
        self._seen = self._look()

    def wait(self) -> frozenset[Path]:
        """Return the files that were changed, added or removed since the last call, when there are any."""
        while True:
            began = time.monotonic()
            changed = self.changed()
            if changed:
                return changed
            time.sleep(max(_SHORTEST, 9 * (time.monotonic() - began)))

    def changed(self) -> frozenset[Path]:
        """Return what is other than at the last call."""
        now = self._look()
        if self._seen.keys() - now.keys():
            time.sleep(_RETURN)
            now = self._look()
        different = {path for path, _stamp in self._seen.items() ^ now.items()}
        self._seen = now
        return frozenset(Path(path) for path in different)

    def _look(self) -> dict[str, _Stamp]:
        return {path: stamp for root in self._roots for path, stamp in self._below(root)}

    def _below(self, folder: str) -> Iterator[tuple[str, _Stamp]]:
        try:
            with os.scandir(folder) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".") and entry.name != "__pycache__"]
            for entry in listed:
                if entry.is_dir(follow_symlinks=False):
                    if not self._is_output(entry.path):
                        yield from self._below(entry.path)
                else:
                    found = entry.stat()
                    yield entry.path, (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            return  # gone while it was looked at: the next look tells

    def _is_output(self, folder: str) -> bool:
        return folder == self._output or os.path.exists(f"{folder}/{OUTPUT_MARKER}")  # noqa: PTH110 - many folders


def _is_below(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder}/")
