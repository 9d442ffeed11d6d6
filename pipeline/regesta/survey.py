"""Survey: all that a build may read of an edition, as one digest, made without any library and without the stages.

A build looks first whether anything is other than when the last one ended (`unchanged.py`), and it should know before
it has loaded anything slow. Sources count by their content, whatever their times say; all other files of the edition's
folder by size and time, so that a file which no stage is known to read makes a build look closer, never pass over it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regesta import digests

OUTPUT_MARKER = ".regesta-output"
"""The file by which an output folder of ours is known; it is never a source folder."""

SUFFIXES = frozenset({".xml", ".tei"})
"""The suffixes of sources."""

_Row = tuple[str, str]


@dataclass(frozen=True)
class Folders:
    """Where an edition is, where its sources are, and where its output goes, as the user named them."""

    root: Path
    sources: Path
    output: Path


@dataclass(frozen=True)
class Survey:
    """What was found, as rows of what and state; `digest` stands for all of it."""

    rows: tuple[_Row, ...]

    @property
    def sources(self) -> Mapping[str, str]:
        """Return the digest of each source by its name."""
        return {path.partition(":")[2]: found for path, found in self.rows if path.startswith("source:")}

    def digest(self, besides: Mapping[str, str]) -> str:
        """Return the digest of all that was found, and of files read besides, by path and digest."""
        return digests.digest(repr((sorted(besides.items()), self.rows)))

    def frame(self, besides: Mapping[str, str]) -> str:
        """Return the digest of all that was found but the contents of sources: of them only the names count."""
        rows = ((path, "" if path.startswith("source:") else found) for path, found in self.rows)
        return Survey(tuple(rows)).digest(besides)


def folders(edition: Path | None, source: Path | None, output: Path | None) -> Folders:
    """Return the folders that the options --edition, --source and --output mean (DESIGN: the command line)."""
    root = edition or source or Path()
    here = root if edition is not None or source is None else Path()
    return Folders(root, source or root / "tei", output or here / "build")


def survey(where: Folders, *settings: str) -> Survey:
    """Return the survey of an edition, of Regesta itself, and of the `settings` of a build. Raises OSError."""
    named = [str(path) for path in (where.root, where.sources, where.output)]
    # An edition without a title has its folder's name.
    named.append(os.path.basename(os.path.realpath(where.root)))  # noqa: PTH119 - as below
    more = (*named, *settings, os.environ.get("SOURCE_DATE_EPOCH", ""))
    rows = [("product", digests.product()), *(("setting", each) for each in more)]
    return Survey((*rows, *sorted(_rows(where))))


def outcome(output: Path) -> str:
    """Return the digest of what is published in the output folder: every file by name, size and times."""
    rows: list[_Row] = []
    for name in ("site", "exchange"):
        rows += _plain(os.path.join(output, name), f"{name}/")  # noqa: PTH118 - many files, and Path is slow
    for name in ("findings.json", "report.json"):
        rows.append((name, _stamp(os.stat(output / name))))  # noqa: PTH116 - as above
    return digests.digest(*(part for row in sorted(rows) for part in row))


def _rows(where: Folders) -> Iterator[_Row]:
    root, sources, output = (os.path.realpath(path) for path in (where.root, where.sources, where.output))
    yield from _below(root, "", sources, output)
    if os.path.commonpath([root, sources]) != root:
        yield from _below(sources, "", sources, output)


def _below(folder: str, prefix: str, sources: str, output: str) -> Iterator[_Row]:
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
                    yield from _below(entry.path, f"{prefix}{name}/", sources, output)
            elif inside and os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122 - as above
                where = os.path.realpath(entry.path) if entry.is_symlink() else ""
                yield f"source:{start}{name}", digests.of_file(entry.path) if entry.is_file() else "no file"
                yield f"place:{prefix}{name}", where
            elif entry.is_symlink():
                yield f"link:{prefix}{name}", f"{os.path.realpath(entry.path)} {_followed(entry)}"
            else:
                yield f"file:{prefix}{name}", _stamp(entry.stat(follow_symlinks=False))


def _is_output(folder: str) -> bool:
    return os.path.exists(f"{folder}/{OUTPUT_MARKER}")  # noqa: PTH110 - as above


def _followed(entry: os.DirEntry[str]) -> str:
    try:
        return _stamp(entry.stat())
    except OSError as error:
        return str(error.strerror)


def _plain(folder: str, prefix: str) -> Iterable[_Row]:
    """Return name, size and time of each file below a folder, and the names of whatever is no file."""
    rows: list[_Row] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                rows.append((f"{prefix}{entry.name}/", ""))
                rows += _plain(entry.path, f"{prefix}{entry.name}/")
            else:
                rows.append((prefix + entry.name, _stamp(entry.stat(follow_symlinks=False))))
    return rows


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_mode:o} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
