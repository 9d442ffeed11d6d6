"""Publish: the finished files become `site/` and `exchange/`, all or nothing (DESIGN: publishing, output).

A build stages its files in the output's cache. A file whose bytes stand on the published site already is
linked from there, so nothing is rewritten that has not changed. `commit` then exchanges new and old folders;
until then, and whatever ends the process, the old ones stay whole. Where nothing at all has changed they stay.

Whoever can say from what a file is made, as a digest, need not make it again: `has` tells whether the published one was
made from the same, and `keep` takes it over. What it was made from is kept in the manifest.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from regesta import digests, manifest
from regesta.errors import RegestaError
from regesta.exchanging import Replacement, exchange_all, flush, replace_file
from regesta.manifest import Entry
from regesta.output_folder import OutputFolder, claim, refusals_named, remove
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


class Publication:
    """One build's hold on its output folder, as a context manager.

    Entering claims and locks the folder and raises OutputError when it cannot be used (see
    `output_folder.claim`); with `clean` the cache is emptied first. Leaving without `commit` leaves the old
    site as it was.
    """

    _folder: OutputFolder
    _site: _StagedFolder
    _exchange: _StagedFolder

    def __init__(self, output: Path, source_folder: Path | None = None, *, clean: bool = False) -> None:
        self._output = output
        self._source_folder = source_folder
        self._clean = clean
        self._committed = False

    def __enter__(self) -> Self:
        folder = claim(self._output, self._source_folder, clean=self._clean)
        try:
            with refusals_named(self._output):
                known = _manifest(folder)
                self._site = _StagedFolder(folder.site, known.get("site", {}))
                self._exchange = _StagedFolder(folder.exchange, known.get("exchange", {}))
        except BaseException:
            folder.release()
            raise
        self._folder = folder
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.release()

    @property
    def cache(self) -> Path:
        """Return the folder of what a build keeps for the next one."""
        return self._folder.cache

    def write(self, path: str, data: bytes, made_from: str = "") -> None:
        """Stage a file of the site; `path` is relative to it, POSIX. `made_from` is the digest of what it is made from.

        Raises SitePathError for an unsafe or doubled path, OutputError when the disk is full or refuses.
        """
        self._write(self._site, path, data, made_from)

    def rewrite(self, path: str, data: bytes, made_from: str = "") -> None:
        """Stage a file of the site in the place of the one that is staged, if there is one. Raises as `write` does."""
        self.withdraw(path)
        self.write(path, data, made_from)

    def write_exchange(self, path: str, data: bytes, made_from: str = "") -> None:
        """Stage a file of `exchange/`, which is published together with the site. Raises as `write` does."""
        self._write(self._exchange, path, data, made_from)

    def has(self, path: str, made_from: str) -> bool:
        """Tell whether a file of the site, staged or published, was made from what has this digest, and is sound."""
        return self._site.has(path, made_from)

    def keep(self, path: str) -> None:
        """Stage the file of which `has` said that it is there. Raises SitePathError for a doubled path."""
        self._site.keep(path)

    def make(self, path: str, made_from: str, made: Callable[[], bytes]) -> None:
        """Stage a file of the site, which is made only when what has this digest has not made it already."""
        if self._site.has(path, made_from):
            self._site.keep(path)
        else:
            self.write(path, made(), made_from)

    def make_exchange(self, path: str, made_from: str, made: Callable[[], bytes]) -> None:
        """Stage a file of `exchange/` as `make` does one of the site."""
        if self._exchange.has(path, made_from):
            self._exchange.keep(path)
        else:
            self.write_exchange(path, made(), made_from)

    def read(self, path: str) -> bytes:
        """Return a file that was staged for the site. Raises OutputError when the disk refuses."""
        with refusals_named(self._output):
            return self._site.read(path)

    def take_over(self, below: str = "") -> bool:
        """Stage the files of the site that are published below an address, and return True.

        When they are not, or not only, what was published there, nothing is staged.
        """
        return self._site.take_over(below)

    def withdraw_below(self, address: str) -> None:
        """Take back all files that were staged below an address of the site."""
        for path in [path for path in self._site.entries if path.startswith(address)]:
            self.withdraw(path)

    def seal(self) -> str:
        """Return a digest that stands for all that is published, "" where nothing is, or not by us."""
        with contextlib.suppress(OSError):
            return manifest.seal(self._folder.manifest.read_bytes())
        return ""

    def withdraw(self, path: str) -> None:
        """Take back a file that was staged for the site; nothing where there is none."""
        with refusals_named(self._output):
            self._site.withdraw(path)

    def commit(self) -> PublishedPages:
        """Put the staged folders in the place of the published ones and return the count of pages.

        Raises OutputError when the system refuses; the old folders are then back in their places.
        """
        self._refuse_after_commit()
        with refusals_named(self._output):
            changed = [each for each in (self._exchange, self._site) if each.is_changed()]
            for each in changed:
                each.link_kept()
            if changed:
                flush(self._folder.staging)
                exchange_all([each.replacement for each in changed], self._folder.journal)
            self._write_manifest(changed)
        self._committed = True
        return self._site.count_pages()

    def _write_manifest(self, changed: Sequence[_StagedFolder]) -> None:
        """Write down what is published now; the times of files are settled when the old folders are gone."""
        for each in changed:
            remove(each.replacement.staged)
            each.settle()
        if any(each.is_told_otherwise() for each in (self._exchange, self._site)):
            entries = {"site": self._site.entries, "exchange": self._exchange.entries}
            replace_file(self._folder.manifest, manifest.to_bytes(entries), self._folder.staging / "manifest")

    def write_reports(self, report: str | bytes, findings: str | bytes) -> None:
        """Replace `report.json` and `findings.json`, each at once, with or without `commit`."""
        with refusals_named(self._output):
            for name, text in (("findings.json", findings), ("report.json", report)):
                data = text.encode("utf-8") if isinstance(text, str) else text
                replace_file(self._folder.path / name, data, self._folder.staging / name)

    def _write(self, folder: _StagedFolder, path: str, data: bytes, made_from: str) -> None:
        self._refuse_after_commit()
        with refusals_named(self._output):
            folder.write(path, data, made_from)

    def _refuse_after_commit(self) -> None:
        if self._committed:
            raise RegestaError("The build went on writing after it had published.", "Please report this fault.")


def write_reports(output: Path, report: str | bytes, findings: str | bytes, source_folder: Path | None = None) -> None:
    """Replace the two reports without touching the site; raises OutputError as `Publication` does.

    For use outside of a `with Publication`, which has the folder locked: inside, call its `write_reports`.
    """
    with Publication(output, source_folder) as publication:
        publication.write_reports(report, findings)


def _manifest(folder: OutputFolder) -> manifest.Manifest:
    """Return the manifest of what is published; an empty one when there is none."""
    with contextlib.suppress(OSError):
        return manifest.from_bytes(folder.manifest.read_bytes())
    return {}


class _StagedFolder:
    """The files of one folder to be published, beside those that are published now.

    Files that are kept are linked only when the folder is to be exchanged: where all of them are kept, and no other is
    there, nothing is done.
    """

    def __init__(self, replacement: Replacement, known: Mapping[str, Entry]) -> None:
        self.replacement = replacement
        self.entries: dict[str, Entry] = {}
        self._folder = replacement.staged
        self._folder.mkdir()
        self._known = dict(known)
        self._published = known
        self._old, self._is_plain = _files_below(replacement.published)
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
        if not self._is_plain or len(wanted) != sum(path.startswith(below) for path in self._old):
            return False
        for path, known in wanted.items():
            old = self._old.get(_key(path))
            if old is None or (old.size, old.time) != (known.size, known.time):
                return False
        self.entries.update(wanted)
        self._kept.update(wanted)
        return True

    def read(self, path: str) -> bytes:
        """Return the bytes of a staged file. Raises OSError."""
        return (
            Path(self._old[_key(path)].path).read_bytes() if path in self._kept else (self._folder / path).read_bytes()
        )

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
        same = self._is_plain and len(self._kept) == len(self.entries) == len(self._old)
        return not same or not self.replacement.published.is_dir()

    def is_told_otherwise(self) -> bool:
        """Tell whether the manifest of what is published has to be written anew."""
        return self.entries != self._published

    def link_kept(self) -> None:
        """Give the kept files their place in the staged folder: as the same file, or a copy where links are refused."""
        made, folder = {""}, os.fspath(self._folder)
        for path in sorted(self._kept):
            below = path.rpartition("/")[0]
            if below not in made:
                (self._folder / below).mkdir(parents=True, exist_ok=True)
                made.add(below)
            _link_or_copy(self._old[_key(path)].path, f"{folder}/{path}")

    def settle(self) -> None:
        """Note the times of the files now that they are published."""
        published, _is_plain = _files_below(self.replacement.published)
        for path, each in self.entries.items():
            self.entries[path] = replace(each, time=published[_key(path)].time)

    def count_pages(self) -> PublishedPages:
        """Return the counts of HTML files."""
        pages = {path for path in self.entries if path.endswith(".html")}
        unchanged = sum(path in self._kept for path in pages)
        keys = {_key(path) for path in pages}
        removed = sum(path.endswith(".html") and path not in keys for path in self._old)
        return PublishedPages(len(pages), len(pages) - unchanged, unchanged, removed)

    def _stage(self, path: str, made_from: str) -> None:
        self._paths.take(path)
        known = self._known[path]
        self.entries[path] = Entry(made_from, known.content, known.size, known.time)
        self._kept.add(path)

    def _is_sound(self, path: str, content: str) -> bool:
        """Tell whether the manifest and the published file agree that it has this content.

        A file of the size and time of change that it was published with is taken as it is; any other is read.
        """
        known, old = self._known.get(path), self._old.get(_key(path))
        if known is None or old is None or known.content != content:
            return False
        if (old.size, old.time) == (known.size, known.time) or path in self._sound:
            return True
        if old.size != known.size or digests.of_file(old.path) != content:
            return False
        self._sound.add(path)
        self._known[path] = Entry(known.made_from, content, old.size, old.time)
        return True

    def _has_bytes(self, path: str, data: bytes, content: str) -> bool:
        """Tell whether the published file has these bytes, whatever the manifest says, which is then put right."""
        old = self._old.get(_key(path))
        if old is None or old.size != len(data) or digests.of_file(old.path) != content:
            return False
        self._known[path] = Entry("", content, old.size, old.time)
        return True


@dataclass(frozen=True, slots=True)
class _Old:
    """A published file; `time` is that of its last change, which nobody can set, in nanoseconds."""

    path: str
    size: int
    time: int


def _files_below(folder: Path) -> tuple[dict[str, _Old], bool]:
    """Return the plain files below `folder` by relative path, and whether there is nothing else but their folders.

    Links are left out and not followed.
    """
    files: dict[str, _Old] = {}
    return files, _collect(os.fspath(folder), "", files) if folder.is_dir() else True


def _collect(folder: str, prefix: str, files: dict[str, _Old]) -> bool:
    plain, empty = True, True
    with os.scandir(folder) as entries:
        for entry in entries:
            empty = False
            if entry.is_dir(follow_symlinks=False):
                plain = _collect(entry.path, f"{prefix}{entry.name}/", files) and plain
            elif entry.is_file(follow_symlinks=False):
                found = entry.stat(follow_symlinks=False)
                files[_key(prefix + entry.name)] = _Old(entry.path, found.st_size, found.st_ctime_ns)
            else:
                plain = False
    return plain and not (empty and prefix)


def _key(path: str) -> str:
    """Return the path in one normal form: some file systems give back another than they were given."""
    return unicodedata.normalize("NFC", path)


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
