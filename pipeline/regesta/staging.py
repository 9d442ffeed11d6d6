"""Staging: the files of one folder to be published, beside those that are published now.

A file that is kept is the published file itself, under a second name. Where the last publication has left a spare
folder (`spare.py`) that has these second names already, only what changes is written into it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from regesta import digests, spare
from regesta.exchanging import Replacement
from regesta.folder_listing import Listed, key, listing
from regesta.manifest import Entry
from regesta.site_paths import SitePaths


@dataclass(frozen=True)
class PublishedPages:
    """How many HTML pages the site has and what became of them: the key `pages` of `report.json`.

    `total` is `written` and `unchanged` together; `removed` stood on the old site only.
    """

    total: int
    written: int
    unchanged: int
    removed: int


class StagedFolder:
    """The files of one folder to be published, beside those that are published now.

    Files that are kept are linked only when the folder is to be exchanged: where all of them are kept, and no other is
    there, nothing is done.
    """

    def __init__(self, replacement: Replacement, spare_folder: Path, known: Mapping[str, Entry]) -> None:
        self.replacement = replacement
        self._spare = spare_folder
        self.entries: dict[str, Entry] = {}
        self._folder = replacement.staged
        self._folder.mkdir()
        self._known = dict(known)
        self._published = known
        self._old = listing(replacement.published)
        self._is_linked_anew = False
        self._paths = SitePaths()
        self._kept: set[str] = set()
        self._sound: set[str] = set()
        self._made: set[Path] = {self._folder}

    def write(self, path: str, data: bytes, made_from: str) -> None:
        """Stage a file: the published one when it has these bytes. Raises SitePathError, OSError."""
        content = digests.of_bytes(data)
        if self._is_sound(path, content) or self._has_bytes(path, data, content):
            self._stage(path, made_from)
            return
        self._paths.take(path)
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        _create(target, data)
        self.entries[path] = Entry(made_from, content, len(data), 0)

    def has(self, path: str, made_from: str) -> bool:
        """Tell whether the file, staged or published, was made from this and is as it was made."""
        staged = self.entries.get(path)
        if staged is not None:
            return staged.made_from == made_from != ""
        known = self._known.get(path)
        return known is not None and known.made_from == made_from != "" and self._is_sound(path, known.content)

    def keep(self, path: str) -> None:
        """Stage what `has` found. Raises SitePathError."""
        if path not in self.entries:
            self._stage(path, self._known[path].made_from)

    def take_over(self, below: str) -> bool:
        """Stage every published file below an address; return False when one is not as it was, or is a stranger's.

        Their paths were found safe and distinct when they were published.
        """
        wanted = {path: known for path, known in self._known.items() if path.startswith(below)}
        if not self._old.is_plain or len(wanted) != sum(path.startswith(below) for path in self._old.files):
            return False
        for path, known in wanted.items():
            old = self._published_file(path)
            if old is None or (old.size, old.time) != (known.size, known.time):
                return False
        self.entries.update(wanted)
        self._kept.update(wanted)
        return True

    def read(self, path: str) -> bytes:
        """Return the bytes of a staged file. Raises OSError."""
        if path in self._kept:
            return (self.replacement.published / self._old.files[key(path)].path).read_bytes()
        return (self._folder / path).read_bytes()

    def withdraw(self, path: str) -> None:
        """Forget a staged file, if there is one. Raises OSError."""
        if self.entries.pop(path, None) is None:
            return
        self._paths.give_back(path)
        if path in self._kept:
            self._kept.remove(path)
        else:
            (self._folder / path).unlink()

    def is_changed(self) -> bool:
        """Tell whether anything is to be published that is not, or the other way round."""
        same = self._old.is_plain and len(self._kept) == len(self.entries) == len(self._old.files)
        return not same or not self.replacement.published.is_dir()

    def is_told_otherwise(self) -> bool:
        """Tell whether the manifest of what is published has to be written anew."""
        return self.entries != self._published

    def complete(self) -> None:
        """Give the kept files their place in the staged folder: as the same file, or a copy where links are refused."""
        kept = {key(path): self._old.files[key(path)] for path in self._kept}
        self._is_linked_anew = not spare.fill(self._folder, self._spare, kept)
        if self._is_linked_anew:
            self._link_kept()

    def _link_kept(self) -> None:
        made, folder, published = {""}, os.fspath(self._folder), os.fspath(self.replacement.published)
        for path in sorted(self._kept):
            below = path.rpartition("/")[0]
            if below not in made:
                (self._folder / below).mkdir(parents=True, exist_ok=True)
                made.add(below)
            _link_or_copy(f"{published}/{self._old.files[key(path)].path}", f"{folder}/{path}")

    def settle(self) -> None:
        """Put the old folder by, now that the new one is published, and note the times of its files. Raises OSError."""
        published, staged = self.replacement.published, self.replacement.staged
        changed = written = self.entries.keys() - self._kept
        if staged.exists():
            kept = {key(path) for path in self._kept}
            gone = [old.path for path, old in self._old.files.items() if path not in kept]
            is_put_by = spare.put_by(staged, self._spare, published, written, gone)
            if self._is_linked_anew or not is_put_by:  # a file that has got a second name, or lost one, has changed too
                changed = set(self.entries)
        below = os.fspath(published)
        for path in changed:
            time = os.lstat(f"{below}/{path}").st_ctime_ns
            self.entries[path] = replace(self.entries[path], time=time)

    def count_pages(self) -> PublishedPages:
        """Return the counts of HTML files."""
        pages = {path for path in self.entries if path.endswith(".html")}
        unchanged = sum(path in self._kept for path in pages)
        keys = {key(path) for path in pages}
        removed = sum(path.endswith(".html") and path not in keys for path in self._old.files)
        return PublishedPages(len(pages), len(pages) - unchanged, unchanged, removed)

    def _stage(self, path: str, made_from: str) -> None:
        self._paths.take(path)
        known = self._known[path]
        self.entries[path] = known if known.made_from == made_from else replace(known, made_from=made_from)
        self._kept.add(path)

    def _is_sound(self, path: str, content: str) -> bool:
        """Tell whether the manifest and the published file agree that it has this content.

        A file of the size and time of change that it was published with is taken as it is; any other is read.
        """
        known, old = self._known.get(path), self._published_file(path)
        if known is None or old is None or known.content != content:
            return False
        if (old.size, old.time) == (known.size, known.time) or path in self._sound:
            return True
        if old.size != known.size or self._digest(old) != content:
            return False
        self._sound.add(path)
        self._known[path] = Entry(known.made_from, content, old.size, old.time)
        return True

    def _has_bytes(self, path: str, data: bytes, content: str) -> bool:
        """Tell whether the published file has these bytes, whatever the manifest says, which is then put right."""
        old = self._published_file(path)
        if old is None or old.size != len(data) or self._digest(old) != content:
            return False
        self._known[path] = Entry("", content, old.size, old.time)
        return True

    def _published_file(self, path: str) -> Listed | None:
        return self._old.files.get(key(path))

    def _digest(self, old: Listed) -> str:
        return digests.of_file(self.replacement.published / old.path)


def _link_or_copy(old: str, new: str) -> None:
    """Give `new` the bytes and time of `old`: as the same file, or a copy where the system refuses links."""
    try:
        os.link(old, new)
    except OSError:
        times = os.stat(old)  # noqa: PTH116 - paths of old files are strings
        _create(Path(new), Path(old).read_bytes())
        os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))


def _create(path: Path, data: bytes) -> None:
    """Write a new file. One that exists, perhaps linked with a published page, is never written over."""
    with path.open("xb", buffering=0) as stream:
        written = stream.write(data)
        while written < len(data):
            written += stream.write(data[written:])
