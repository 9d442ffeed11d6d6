"""Writing: an export lies at its path as a whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from regesta.errors import OutputError
from regesta.exchange.material import File
from regesta.exchange.packing import zipped
from regesta.site_paths import SitePaths

_ANOTHER = "Choose another path with --output, or replace it with --force."


def write(path: Path, files: Iterable[File], *, folder: bool, force: bool) -> int:
    """Write the one file, the folder, or (for a folder whose path ends in .zip) a zip of it; return its size in bytes.

    Raises OutputError when something stands there already and `force` is not given, or the system refuses.
    """
    if path.exists() and not force and not (path.is_dir() and not any(path.iterdir())):
        raise OutputError(f"{path} is there already.", _ANOTHER)
    new = path.with_name(f".{path.name}.regesta-new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(new)
        try:
            size = _folder(new, files) if folder and path.suffix != ".zip" else _file(new, path, files, folder=folder)
            _replace(path, new)
        finally:
            _remove(new)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{path} cannot be written: {reason}.", "Make room or choose another path.") from error
    return size


def _file(new: Path, path: Path, files: Iterable[File], *, folder: bool) -> int:
    data = zipped(files, path.stem) if folder else next(iter(files))[1]
    new.write_bytes(data)
    return len(data)


def _folder(new: Path, files: Iterable[File]) -> int:
    new.mkdir()
    paths = SitePaths()
    size = 0
    for name, data in files:
        paths.take(name)
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        size += len(data)
    return size


def _replace(path: Path, new: Path) -> None:
    """Put `new` in the place of `path`. A folder is moved aside first, and back if the system then refuses."""
    if not path.is_dir() or path.is_symlink():
        new.replace(path)
        return
    old = path.with_name(f".{path.name}.regesta-old")
    _remove(old)
    path.rename(old)
    try:
        new.rename(path)
    except OSError:
        old.rename(path)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
