"""Publish: the finished files become `site/` and `exchange/`, all or nothing (DESIGN: publishing, output).

A build stages its files in the output's cache. A file whose bytes stand on the published site already is
linked from there, so nothing is rewritten that has not changed. `commit` then exchanges new and old folders;
until then, and whatever ends the process, the old ones stay whole. Where nothing at all has changed they stay.

Whoever can say from what a file is made, as a digest, need not make it again: `has` tells whether the published one was
made from the same, and `keep` takes it over. What it was made from is kept in the manifest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from regesta import manifest
from regesta.errors import RegestaError
from regesta.exchanging import exchange_all, flush, replace_file
from regesta.manifest import Entry
from regesta.output_folder import OutputFolder, claim, refusals_named
from regesta.staging import PublishedPages, StagedFolder

Text = str | bytes | Iterable[str]
"""A text, whole or in pieces."""


class Publication:
    """One build's hold on its output folder, as a context manager.

    Entering claims and locks the folder and raises OutputError when it cannot be used (see
    `output_folder.claim`); with `clean` the cache is emptied first. Leaving without `commit` leaves the old
    site as it was.
    """

    _folder: OutputFolder
    _site: StagedFolder
    _exchange: StagedFolder

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
                self._site = StagedFolder(folder.site, folder.cache / "site.spare", known.get("site", {}))
                self._exchange = StagedFolder(
                    folder.exchange, folder.cache / "exchange.spare", known.get("exchange", {})
                )
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

    def published(self) -> dict[str, Mapping[str, Entry]]:
        """Return the files of each published folder by their paths, as they are after `commit`."""
        return {"site": self._site.entries, "exchange": self._exchange.entries}

    def seal(self) -> str:
        """Return a digest that stands for all that is published, "" where nothing is, or not by us."""
        with contextlib.suppress(OSError):
            return manifest.seal(self._folder.manifest.read_bytes())
        return ""

    def withdraw(self, path: str) -> None:
        """Take back a file that was staged for the site; nothing where there is none."""
        with refusals_named(self._output):
            self._site.withdraw(path)

    def flush(self) -> None:
        """Bring to disk what is staged so far, so that `commit` has less to wait for."""
        with contextlib.suppress(OSError):  # `commit` will meet it again
            flush(self._folder.staging)

    def commit(self) -> PublishedPages:
        """Put the staged folders in the place of the published ones and return the count of pages.

        Raises OutputError when the system refuses; the old folders are then back in their places.
        """
        self._refuse_after_commit()
        with refusals_named(self._output):
            changed = [each for each in (self._exchange, self._site) if each.is_changed()]
            for each in changed:
                each.complete()
            if changed:
                flush(self._folder.staging)
                exchange_all([each.replacement for each in changed], self._folder.journal)
            self._write_manifest(changed)
        self._committed = True
        return self._site.count_pages()

    def _write_manifest(self, changed: Sequence[StagedFolder]) -> None:
        """Write down what is published now; the times of files are settled when the old folders are put by."""
        for each in changed:
            each.settle()
        if any(each.is_told_otherwise() for each in (self._exchange, self._site)):
            replace_file(self._folder.manifest, manifest.to_pieces(self.published()), self._folder.staging / "manifest")

    def write_reports(self, report: Text, findings: Text) -> None:
        """Replace `report.json` and `findings.json`, each at once, with or without `commit`."""
        with refusals_named(self._output):
            for name, text in (("findings.json", findings), ("report.json", report)):
                replace_file(self._folder.path / name, _encoded(text), self._folder.staging / name)

    def _write(self, folder: StagedFolder, path: str, data: bytes, made_from: str) -> None:
        self._refuse_after_commit()
        with refusals_named(self._output):
            folder.write(path, data, made_from)

    def _refuse_after_commit(self) -> None:
        if self._committed:
            raise RegestaError("The build went on writing after it had published.", "Please report this fault.")


def write_reports(output: Path, report: Text, findings: Text, source_folder: Path | None = None) -> None:
    """Replace the two reports without touching the site; raises OutputError as `Publication` does.

    For use outside of a `with Publication`, which has the folder locked: inside, call its `write_reports`.
    """
    with Publication(output, source_folder) as publication:
        publication.write_reports(report, findings)


def _encoded(text: Text) -> bytes | Iterator[bytes]:
    if isinstance(text, bytes):
        return text
    return text.encode("utf-8") if isinstance(text, str) else (piece.encode("utf-8") for piece in text)


def _manifest(folder: OutputFolder) -> manifest.Manifest:
    """Return the manifest of what is published; an empty one when there is none."""
    with contextlib.suppress(OSError):
        return manifest.from_bytes(folder.manifest.read_bytes())
    return {}
