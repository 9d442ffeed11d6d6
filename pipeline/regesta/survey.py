"""Survey: all that a build may read of an edition, as one digest, made without any library and without the stages.

A build looks first whether anything is other than when the last one ended (`unchanged.py`), and it should know before
it has loaded anything slow. Sources count by their content; one is not read again when its inode, its size, and the
times of its last writing and of its last change, which nobody can set, are those with which it was read. All other
files of the edition's folder count by size and times, so that a file which no stage is known to read makes a build
look closer, never pass over it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from regesta import digests
from regesta.folder_listing import key, listing

OUTPUT_MARKER = ".regesta-output"
"""The file by which an output folder of ours is known; it is never a source folder."""

SUFFIXES = frozenset({".xml", ".tei"})
"""The suffixes of sources."""

_Row = tuple[str, str]

_END = "\0"
"""No name of a file has it, nor anything else that a survey holds."""

_ROW_PARTS = re.compile(f"([^{_END}]*){_END}([^{_END}]*){_END}")

_SETTLED = 2_000_000_000
"""A file may be written twice within what a file system calls one moment, which is two seconds at most."""

_HAS_CHANGE_TIME = os.name == "posix"


class Sized(Protocol):
    """A published file: its size, and the time of its last change in nanoseconds."""

    @property
    def size(self) -> int:
        """Return the size in bytes."""

    @property
    def time(self) -> int:
        """Return the time."""


Stamps = Mapping[str, tuple[str, str]]
"""By the name of a source the stamp with which it was read, and the digest of its content."""


@dataclass(frozen=True)
class Folders:
    """Where an edition is, where its sources are, and where its output goes, as the user named them."""

    root: Path
    sources: Path
    output: Path


@dataclass(frozen=True)
class Survey:
    """What was found; `digest` stands for all of it.

    `table` has what and state in turn, `stamped` the names of sources, the stamps with which they were read and their
    digests, each part ended by the one character that stands in none: a build holds this to its end, and one text takes
    a third of the memory that as many texts as there are parts would.
    """

    table: str
    stamped: str = ""

    @property
    def count(self) -> int:
        """Return how many sources there are."""
        return sum(1 for _ in self._sources())

    def holds(self, read: Mapping[str, str]) -> bool:
        """Tell whether sources with these digests by name are those found, as far as they were found."""
        return all(read.get(name, digest) == digest for name, digest in self._sources())

    @property
    def stamps(self) -> Stamps:
        """Return the stamps of sources."""
        parts = self.stamped.split(_END)
        return {name: (stamp, digest) for name, stamp, digest in zip(*(parts[at::3] for at in range(3)), strict=False)}

    def digest(self, besides: Mapping[str, str]) -> str:
        """Return the digest of all that was found, and of files read besides, by path and digest."""
        return digests.digest(repr(sorted(besides.items())), self.table)

    def changed(self, since: Survey) -> frozenset[str]:
        """Return the names of sources whose contents were others in an earlier survey, none where more has changed."""
        changed = []
        for now, before in zip_longest(self._rows(), since._rows()):
            if now == before:
                continue
            if now is None or before is None or now[0] != before[0] or not now[0].startswith("source:"):
                return frozenset()
            changed.append(now[0].partition(":")[2])
        return frozenset(changed)

    def _sources(self) -> Iterator[_Row]:
        return ((path.partition(":")[2], found) for path, found in self._rows() if path.startswith("source:"))

    def _rows(self) -> Iterator[_Row]:
        return ((row[1], row[2]) for row in _ROW_PARTS.finditer(self.table))


def _ended(parts: Iterable[str]) -> str:
    return "".join(f"{part}{_END}" for part in parts)


def folders(edition: Path | None, source: Path | None, output: Path | None) -> Folders:
    """Return the folders that the options --edition, --source and --output mean (DESIGN: the command line)."""
    root = edition or source or Path()
    here = root if edition is not None or source is None else Path()
    return Folders(root, source or root / "tei", output or here / "build")


def survey(where: Folders, *settings: str, known: Stamps | None = None) -> Survey:
    """Return the survey of an edition, of Regesta itself, and of the `settings` of a build. Raises OSError.

    `known` are the stamps of an earlier survey: sources that still bear theirs are not read.
    """
    named = [str(path) for path in (where.root, where.sources, where.output)]
    # An edition without a title has its folder's name.
    named.append(os.path.basename(os.path.realpath(where.root)))  # noqa: PTH119 - a Path takes longer
    more = (*named, *settings, os.environ.get("SOURCE_DATE_EPOCH", ""))
    rows = [("product", digests.product()), *(("setting", each) for each in more)]
    reader = _Reader(known or {})
    rows += sorted(_rows(where, reader))
    stamps = reader.stamps.items()
    return Survey(
        _ended(part for row in rows for part in row),
        _ended(part for name, (stamp, digest) in stamps for part in (name, stamp, digest)),
    )


def outcome(output: Path, published: Mapping[str, Mapping[str, Sized]] | None = None) -> str:
    """Return the digest of what is published in the output folder: every file by name, size and time of change.

    `published` are the files of `site` and `exchange` by their paths; without it they are listed. Raises OSError.
    """
    return digests.of_parts(_outcome(output, published))


def _outcome(output: Path, published: Mapping[str, Mapping[str, Sized]] | None) -> Iterator[str]:
    for name in ("site", "exchange"):
        files: Mapping[str, Sized]
        if published is None:
            found = listing(output / name)
            files = found.files
            if not found.is_plain:
                yield f"{name} holds more than files"
        else:
            files = published[name]
        for path in sorted(files, key=key):
            yield f"{name}/{key(path)}"
            yield f"{files[path].size} {files[path].time}"
    for name in ("findings.json", "report.json"):
        yield name
        yield _stamp(os.stat(output / name))  # noqa: PTH116 - a Path takes longer


def _rows(where: Folders, reader: _Reader) -> Iterator[_Row]:
    root, sources, output = (os.path.realpath(path) for path in (where.root, where.sources, where.output))
    yield from _below(root, "", sources, output, reader)
    if os.path.commonpath([root, sources]) != root:
        yield from _below(sources, "", sources, output, reader)


def _below(folder: str, prefix: str, sources: str, output: str, reader: _Reader) -> Iterator[_Row]:
    """Yield name and state of everything below `folder` that a build may read."""
    inside = f"{folder}/".startswith(f"{sources}/")
    below = os.path.relpath(folder, sources).replace(os.sep, "/") if inside else ""
    start = "" if below in {"", "."} else f"{below}/"
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.path != output and name != "__pycache__" and not _is_output(entry.path):
                    yield f"folder:{prefix}{name}", ""
                    yield from _below(entry.path, f"{prefix}{name}/", sources, output, reader)
            elif inside and os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122 - many files, and a Path is slow
                where = os.path.realpath(entry.path) if entry.is_symlink() else ""
                yield f"source:{start}{name}", reader.digest(start + name, entry) if entry.is_file() else "no file"
                yield f"place:{prefix}{name}", where
            elif entry.is_symlink():
                yield f"link:{prefix}{name}", f"{os.path.realpath(entry.path)} {_followed(entry)}"
            else:
                yield f"file:{prefix}{name}", _stamp(entry.stat(follow_symlinks=False))


class _Reader:
    """Reads sources, those that may have been written since they were read before."""

    def __init__(self, known: Stamps) -> None:
        self.stamps: dict[str, tuple[str, str]] = {}
        self._known = known
        self._now = time.time_ns()

    def digest(self, name: str, entry: os.DirEntry[str]) -> str:
        """Return the digest of a source's content."""
        try:
            found = entry.stat()
        except OSError as error:
            return f"? {error.strerror}"
        stamp = f"{found.st_ino} {_stamp(found)}"
        known, digest = self._known.get(name, ("", ""))
        if known != stamp:
            digest = digests.of_file(entry.path)
        if _HAS_CHANGE_TIME and found.st_ctime_ns < self._now - _SETTLED:
            self.stamps[name] = (stamp, digest)
        return digest


def _is_output(folder: str) -> bool:
    return os.path.exists(f"{folder}/{OUTPUT_MARKER}")  # noqa: PTH110 - many folders


def _followed(entry: os.DirEntry[str]) -> str:
    try:
        return _stamp(entry.stat())
    except OSError as error:
        return str(error.strerror)


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_mode:o} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
