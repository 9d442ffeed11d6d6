"""Folders, zips and tars as containers of files: read in place, bounded, without links, nothing unpacked to disk."""

from __future__ import annotations

import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from regesta.errors import UsageError
from regesta.exchange.bag_checking import Container
from regesta.importing import packages
from regesta.importing.packages import Unreadable
from regesta.sources import printable

_PIECE = 1 << 20
_MOST_BYTES, _MOST_MEMBERS = 4_000_000_000, 200_000


@dataclass(frozen=True)
class Files:
    """A container: what opens each of its files, and the names of what is no ordinary file."""

    openers: Mapping[str, Callable[[], IO[bytes]]]
    strange: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Return the paths of the files."""
        return frozenset(self.openers)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file. Raises UsageError when it can no longer be read."""
        try:
            with self.openers[name]() as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, tarfile.TarError, NotImplementedError, RuntimeError):
            raise UsageError(f"The file {name} in it cannot be read.", "Ask for the package anew.") from None


def open_container(path: Path) -> Container:
    """Return the files of a folder, zip or tar. Raises UsageError when it is none of them or would do harm."""
    if path.is_dir():
        return _folder(path)
    try:
        if zipfile.is_zipfile(path):
            return _below_one_folder(_zip(path))
        return _below_one_folder(_tar(path))
    except Unreadable as error:
        raise packages.refusal(path, error) from None


def _folder(root: Path) -> Files:
    found: dict[str, Callable[[], IO[bytes]]] = {}
    strange: list[str] = []
    for current, folders, names in os.walk(root):
        here = Path(current)
        for name in sorted([*names, *folders]):
            path = here / name
            below = printable(path.relative_to(root))
            if path.is_symlink() or (name in names and not path.is_file()):
                strange.append(below)
            elif name in names:
                found[below] = _opener(path)
    return Files(found, tuple(sorted(strange)))


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zip(path: Path) -> Files:
    package = packages.open_package(path)
    found: dict[str, Callable[[], IO[bytes]]] = {}
    strange: list[str] = []
    for member in package.archive.infolist():
        name = _inside(member.filename)
        if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            strange.append(name)
        elif not member.is_dir():
            found[name] = _zip_opener(package.archive, member)
    return Files(found, tuple(strange))


def _zip_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(member, mode="r")


def _tar(path: Path) -> Files:
    found: dict[str, Callable[[], IO[bytes]]] = {}
    strange: list[str] = []
    total = 0
    try:
        archive = tarfile.open(path, mode="r:*")  # noqa: SIM115 - it stays open while its files are read
        for number, member in enumerate(archive):
            total += member.size
            if total > _MOST_BYTES or number > _MOST_MEMBERS:
                raise Unreadable("it would unpack to more than 4 GB, or to more than 200,000 files")
            name = _inside(member.name)
            if member.isreg():
                found[name] = _tar_opener(archive, member)
            elif not member.isdir():
                strange.append(name)
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError):
        raise Unreadable("it is no folder, zip or tar that can be read") from None
    return Files(found, tuple(strange))


def _tar_opener(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        stream = archive.extractfile(member)
        if stream is None:
            raise tarfile.TarError(member.name)
        return stream

    return opened


def _inside(name: str) -> str:
    """Return the path of a member; raises Unreadable where it would lead out of the folder that it is unpacked to."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise Unreadable(f"its member {name[:80]!r} would lead out of the folder that it is unpacked to")
    return "/".join(part for part in parts if part not in {"", "."})


def _below_one_folder(files: Files) -> Files:
    """Return the files of a package that has one folder around all, without that folder."""
    tops = {name.partition("/")[0] for name in (*files.openers, *files.strange)}
    if len(tops) != 1 or any("/" not in name for name in files.openers):
        return files
    shorter = {name.partition("/")[2]: opener for name, opener in files.openers.items()}
    return Files(shorter, tuple(name.partition("/")[2] for name in files.strange))
