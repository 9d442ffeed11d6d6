"""Sources: which files there are, what each one is, and which documents it holds.

Every file that looks like TEI is a source and gets a row of the ledger, also when it cannot be used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from regesta import rules
from regesta.findings import Finding, Place
from regesta.survey import OUTPUT_MARKER, SUFFIXES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: `name` is its POSIX path below the source folder `folder`, `shown` the path as findings give it.

    Of files that the user names one by one, `name` is the absolute path. `where` is the path as the system has it: a
    text takes less memory than a Path, and is mostly the one that is shown.
    """

    name: str
    where: str
    shown: str
    folder: Path

    @property
    def path(self) -> Path:
        """Return where the file is."""
        return Path(self.where)


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
    unlisted: dict[Path, str] = {}
    for path in _candidates(folder, skipped, unlisted):
        source = _source(path, folder)
        if is_excluded(source.name, patterns):
            continue
        fault = _fault(path, folder, source)
        if fault is None:
            files.append(source)
        else:
            refused.append((source, fault))
    for path, reason in unlisted.items():
        source = _source(path, folder)
        refused.append((source, rules.finding("file-unreadable", Place(source.shown), reason=reason)))
    return Discovery(tuple(sorted(files, key=_name)), tuple(sorted(refused, key=lambda row: row[0].name)))


def among(folder: Path, names: Iterable[str], *, exclude: Iterable[str] = ()) -> Discovery:
    """Return those of the sources that `discover` finds below `folder` which have these names."""
    patterns = tuple(exclude)
    found = [_source(folder / name, folder) for name in sorted(names) if not is_excluded(name, patterns)]
    faults = [_fault(source.path, folder, source) for source in found]
    rows = list(zip(found, faults, strict=True))
    return Discovery(
        tuple(source for source, fault in rows if fault is None),
        tuple((source, fault) for source, fault in rows if fault is not None),
    )


def from_paths(paths: Iterable[Path], outputs: Iterable[Path] = ()) -> Discovery:
    """Return the sources that the user names one by one: files as they are, folders with all they hold."""
    files: dict[Path, SourceFile] = {}
    refused: dict[Path, tuple[SourceFile, Finding]] = {}
    for path in paths:
        if path.is_dir():
            found = discover(path, outputs=outputs)
            for source in found.files:
                files.setdefault(source.path.resolve(), _named(source))
            refused.update({source.path: (_named(source), fault) for source, fault in found.refused})
        else:
            source = _named(_file("", path, path.parent))
            fault = _fault(path, path.parent, source)
            if fault is None:
                files.setdefault(path.resolve(), source)
            else:
                refused[path] = (source, fault)
    return Discovery(tuple(sorted(files.values(), key=_name)), tuple(sorted(refused.values(), key=lambda r: r[0].name)))


def beside(source: SourceFile, name: str, exclude: Iterable[str] = ()) -> SourceFile | None:
    """Return the file called `name` that `source` may include though it is no source: an ordinary one in its folder.

    None when it is not there, leads out of the folder, or is never read: hidden, excluded, or of a source's kind.
    """
    path, folder = source.folder / name, _absolute(source.folder)
    if "\0" in name or path.suffix.lower() in SUFFIXES or not _absolute(path).is_relative_to(folder):
        return None
    below = _absolute(path).relative_to(folder)
    if any(part.startswith(".") for part in below.parts) or is_excluded(below.as_posix(), exclude):
        return None
    found = _file(name, path, source.folder)
    return found if _fault(path, source.folder, found) is None else None


def read_bytes(source: SourceFile) -> bytes | Finding:
    """Return the file's bytes, or the finding that says why it cannot be opened."""
    try:
        return source.path.read_bytes()
    except OSError as error:
        return rules.finding("file-unreadable", Place(source.shown), reason=error.strerror or "unreadable")


def is_excluded(name: str, patterns: Iterable[str]) -> bool:
    """Return whether a pattern names the file, or a folder in which it lies."""
    folders = [folder.as_posix() for folder in PurePosixPath(name).parents]
    return any(fnmatchcase(each, pattern.rstrip("/")) for pattern in patterns for each in (name, *folders[:-1]))


def _candidates(folder: Path, skipped: set[Path], unlisted: dict[Path, str]) -> Iterator[Path]:
    """Yield what may be a source, and links to folders outside; put into `unlisted` what cannot be listed and why."""

    def pass_over(error: OSError) -> None:
        unlisted[Path(error.filename)] = error.strerror or "it cannot be listed"

    for current, folders, names in os.walk(folder, onerror=pass_over):
        here = Path(current)
        folders[:] = sorted(name for name in folders if not _is_passed_over(here / name, skipped))
        for name in sorted([*names, *folders]):
            path = here / name
            named_so = path.suffix.lower() in SUFFIXES and not name.startswith(".")
            if named_so or (name in folders and _leads_out(path, folder)):
                yield path


def _is_passed_over(folder: Path, skipped: set[Path]) -> bool:
    """Return whether nothing in `folder` is a source: it is hidden, or the output of a build, this one or another."""
    marked = os.path.isfile(folder / OUTPUT_MARKER)  # noqa: PTH113 - Path.is_file raises where a folder is closed to us
    return folder.name.startswith(".") or folder.resolve() in skipped or marked


def _leads_out(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def _source(path: Path, folder: Path) -> SourceFile:
    return _file(printable(path.relative_to(folder)), path, folder)


def _file(name: str, path: Path, folder: Path) -> SourceFile:
    where, shown = os.fspath(path), printable(path)
    return SourceFile(name, shown if where == shown else where, shown, folder)


def printable(path: Path) -> str:
    """Return the POSIX form of `path`; bytes that are no UTF-8 become U+FFFD, so that reports can hold them."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _named(source: SourceFile) -> SourceFile:
    return replace(source, name=printable(_absolute(source.path)))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links


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
    if not real.is_relative_to(folder.resolve()):
        return rules.finding("file-outside", place)
    if real.is_dir():
        return rules.finding("file-is-folder", place)
    if not real.is_file():
        return rules.finding("file-unreadable", place, reason="it is not an ordinary file")
    return None
