"""Sources: which files there are, what each one is, and which documents it holds.

Every file that looks like TEI is a source and gets a row of the ledger, also when it cannot be used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from regesta import rules
from regesta.findings import Finding, Place

SUFFIXES = frozenset({".xml", ".tei"})


@dataclass(frozen=True)
class SourceFile:
    """A file to read: `name` is its POSIX path below the source folder `folder`, `shown` the path as findings give it.

    Of files that the user names one by one, `name` is the absolute path.
    """

    name: str
    path: Path
    shown: str
    folder: Path


@dataclass(frozen=True)
class Discovery:
    """What lies in the source folder: files to read, and what cannot be read at all with the reason."""

    files: tuple[SourceFile, ...]
    refused: tuple[tuple[SourceFile, Finding], ...]


def discover(folder: Path, *, exclude: Iterable[str] = (), outputs: Iterable[Path] = ()) -> Discovery:
    """Return the sources below `folder`, sorted by name.

    Folders whose name starts with a dot, the folders in `outputs`, and what matches a pattern of `exclude` (against
    the POSIX path below `folder`) are never sources. Links are read only where they lead to a file inside `folder`.
    """
    patterns, skipped = tuple(exclude), {output.resolve() for output in outputs}
    files: list[SourceFile] = []
    refused: list[tuple[SourceFile, Finding]] = []
    for path in _candidates(folder, skipped):
        source = _source(path, folder)
        if any(fnmatchcase(source.name, pattern) for pattern in patterns):
            continue
        fault = _fault(path, folder, source)
        if fault is None:
            files.append(source)
        else:
            refused.append((source, fault))
    return Discovery(tuple(sorted(files, key=_name)), tuple(sorted(refused, key=lambda row: row[0].name)))


def from_paths(paths: Iterable[Path], outputs: Iterable[Path] = ()) -> Discovery:
    """Return the sources that the user names one by one: files as they are, folders with all they hold."""
    files: dict[Path, SourceFile] = {}
    refused: dict[Path, tuple[SourceFile, Finding]] = {}
    for path in paths:
        if path.is_dir():
            found = discover(path, outputs=outputs)
            files.update({source.path.resolve(): _named(source) for source in found.files})
            refused.update({source.path: (_named(source), fault) for source, fault in found.refused})
        else:
            source = _named(SourceFile("", path, _printable(path), path.parent))
            fault = _fault(path, path.parent, source)
            if fault is None:
                files[path.resolve()] = source
            else:
                refused[path] = (source, fault)
    return Discovery(tuple(sorted(files.values(), key=_name)), tuple(sorted(refused.values(), key=lambda r: r[0].name)))


def read_bytes(source: SourceFile) -> bytes | Finding:
    """Return the file's bytes, or the finding that says why it cannot be opened."""
    try:
        return source.path.read_bytes()
    except OSError as error:
        return rules.finding("file-unreadable", Place(source.shown), reason=error.strerror or "unreadable")


def _candidates(folder: Path, skipped: set[Path]) -> Iterator[Path]:
    for current, folders, names in os.walk(folder):
        here = Path(current)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).resolve() not in skipped
        )
        for name in sorted([*names, *folders]):
            path = here / name
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                yield path


def _source(path: Path, folder: Path) -> SourceFile:
    return SourceFile(_printable(path.relative_to(folder)), path, _printable(path), folder)


def _printable(path: Path) -> str:
    """Return the POSIX form of `path`; bytes that are no UTF-8 become U+FFFD, so that reports can hold them."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _named(source: SourceFile) -> SourceFile:
    return replace(source, name=_printable(Path(os.path.abspath(source.path))))  # noqa: PTH100 - resolve() follows links


def _name(source: SourceFile) -> str:
    return source.name


def _fault(path: Path, folder: Path, source: SourceFile) -> Finding | None:
    place = Place(source.shown)
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        broken = path.is_symlink() or os.path.lexists(path)
        reason = "it is a link that leads nowhere or back to itself" if broken else "there is no such file"
        return rules.finding("file-unreadable", place, reason=reason)
    if real.is_dir():
        return rules.finding("file-is-folder", place)
    if not real.is_file():
        return rules.finding("file-unreadable", place, reason="it is not an ordinary file")
    if path.is_symlink() and not real.is_relative_to(folder.resolve()):
        return rules.finding("file-outside", place)
    return None
