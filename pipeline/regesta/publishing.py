"""Publish: the finished files become `site/` and `exchange/`, all or nothing (DESIGN: publishing, output).

A build stages its files in the output's cache. A file whose bytes stand on the published site already is
linked from there, so nothing is rewritten that has not changed. `commit` then exchanges new and old folders;
until then, and whatever ends the process, the old ones stay whole.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from regesta.errors import RegestaError
from regesta.exchanging import Replacement, exchange_all, flush, replace_file
from regesta.output_folder import OutputFolder, claim, refusals_named
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
                self._site = _StagedFolder(folder.site)
                self._exchange = _StagedFolder(folder.exchange)
        except BaseException:
            folder.release()
            raise
        self._folder = folder
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.release()

    def write(self, path: str, data: bytes) -> None:
        """Stage a file of the site; `path` is relative to it, POSIX.

        Raises SitePathError for an unsafe or doubled path, OutputError when the disk is full or refuses.
        """
        self._write(self._site, path, data)

    def write_exchange(self, path: str, data: bytes) -> None:
        """Stage a file of `exchange/`, which is published together with the site. Raises as `write` does."""
        self._write(self._exchange, path, data)

    def commit(self) -> PublishedPages:
        """Put the staged folders in the place of the published ones and return the count of pages.

        Raises OutputError when the system refuses; the old folders are then back in their places.
        """
        self._refuse_after_commit()
        with refusals_named(self._output):
            flush(self._folder.staging)
            exchange_all([self._folder.exchange, self._folder.site], self._folder.journal)
        self._committed = True
        return self._site.count_pages()

    def write_reports(self, report: str | bytes, findings: str | bytes) -> None:
        """Replace `report.json` and `findings.json`, each at once, with or without `commit`."""
        with refusals_named(self._output):
            for name, text in (("findings.json", findings), ("report.json", report)):
                data = text.encode("utf-8") if isinstance(text, str) else text
                replace_file(self._folder.path / name, data, self._folder.staging / name)

    def _write(self, folder: _StagedFolder, path: str, data: bytes) -> None:
        self._refuse_after_commit()
        with refusals_named(self._output):
            folder.write(path, data)

    def _refuse_after_commit(self) -> None:
        if self._committed:
            raise RegestaError("The build went on writing after it had published.", "Please report this fault.")


def write_reports(output: Path, report: str | bytes, findings: str | bytes, source_folder: Path | None = None) -> None:
    """Replace the two reports without touching the site; raises OutputError as `Publication` does.

    For use outside of a `with Publication`, which has the folder locked: inside, call its `write_reports`.
    """
    with Publication(output, source_folder) as publication:
        publication.write_reports(report, findings)


class _StagedFolder:
    """The files of one folder to be published, beside those that are published now."""

    def __init__(self, replacement: Replacement) -> None:
        self._folder = replacement.staged
        self._folder.mkdir()
        self._old = _files_below(replacement.published)
        self._paths = SitePaths()
        self._changed: dict[str, bool] = {}

    def write(self, path: str, data: bytes) -> None:
        """Link the published file when it has these bytes, else write them. Raises SitePathError, OSError."""
        self._paths.take(path)
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        key = _key(path)
        old = self._old.get(key)
        unchanged = old is not None and _has_bytes(old, data)
        if old is not None and unchanged:
            _link_or_copy(old, target, data)
        else:
            _create(target, data)
        self._changed[key] = not unchanged

    def count_pages(self) -> PublishedPages:
        """Return the counts of HTML files."""
        pages = {path: changed for path, changed in self._changed.items() if path.endswith(".html")}
        written = sum(pages.values())
        removed = sum(path.endswith(".html") and path not in pages for path in self._old)
        return PublishedPages(len(pages), written, len(pages) - written, removed)


def _files_below(folder: Path, prefix: str = "") -> dict[str, Path]:
    """Return the plain files below `folder` by relative path; links are left out and not followed."""
    files: dict[str, Path] = {}
    if not folder.is_dir():
        return files
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                files |= _files_below(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                files[_key(prefix + entry.name)] = Path(entry.path)
    return files


def _key(path: str) -> str:
    """Return the path in one normal form: some file systems give back another than they were given."""
    return unicodedata.normalize("NFC", path)


def _has_bytes(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # An unreadable page is written anew.


def _link_or_copy(old: Path, new: Path, data: bytes) -> None:
    """Give `new` the bytes and time of `old`: as the same file, or a copy where the system refuses links."""
    try:
        new.hardlink_to(old)
    except OSError:
        _create(new, data)
        times = old.stat()
        os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))


def _create(path: Path, data: bytes) -> None:
    """Write a new file. One that exists, perhaps linked with a published page, is never written over."""
    with path.open("xb") as stream:
        stream.write(data)
