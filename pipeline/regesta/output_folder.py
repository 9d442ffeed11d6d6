"""The output folder: ours and no stranger's, one build at a time, healed and tidy before anything is written.

A file in it, `.regesta-output`, says that Regesta made the folder and carries the lock. Without it a folder
that holds anything is a stranger's and is refused. Of our own folder only `site`, `exchange`, `cache` and the
two reports are ever replaced or deleted; symbolic links are never followed to do so.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regesta.errors import OutputError
from regesta.exchanging import Replacement, heal
from regesta.locking import try_lock
from regesta.survey import OUTPUT_MARKER

_MARK = "Regesta made this folder"
_MARKER_TEXT = f"{_MARK}: each build replaces site, exchange, cache, findings.json and report.json in it.\n"

_ELSEWHERE = "choose another folder with --output"
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class OutputFolder:
    """An output folder that is ours and locked until `release`; made by `claim`."""

    path: Path
    lock: int

    @property
    def cache(self) -> Path:
        """Return the folder of what a build keeps for the next one."""
        return self.path / "cache"

    @property
    def staging(self) -> Path:
        """Return the folder in which a build prepares what it publishes; it does not outlive the build."""
        return self.cache / "staging"

    @property
    def manifest(self) -> Path:
        """Return the file that says of each published file what it was made from."""
        return self.cache / "manifest"

    @property
    def journal(self) -> Path:
        """Return the file that lies there only while new folders are exchanged for old ones."""
        return self.cache / "journal.json"

    @property
    def exchange(self) -> Replacement:
        """Return how the folder of archive formats is replaced."""
        return Replacement(self.staging / "exchange", self.path / "exchange")

    @property
    def site(self) -> Replacement:
        """Return how the site is replaced."""
        return Replacement(self.staging / "site", self.path / "site")

    def tidy(self, *, clean: bool = False) -> None:
        """Finish what a killed build began to publish, remove what it left; with `clean` empty the cache.

        Raises OutputError when a folder of ours is a link or a file, OSError when the system refuses.
        """
        for folder in (self.cache, self.exchange.published, self.site.published):
            _refuse_other_than_folder(folder)
        self.cache.mkdir(exist_ok=True)
        heal([self.exchange, self.site], self.journal)
        for leftover in list(self.cache.iterdir()) if clean else [self.staging]:
            remove(leftover)
        self.staging.mkdir()

    def release(self) -> None:
        """Remove the staging folder and unlock; what cannot be removed now is left to the next start."""
        try:
            with contextlib.suppress(OSError):
                heal([self.exchange, self.site], self.journal)
                remove(self.staging)
        finally:
            os.close(self.lock)


def claim(output: Path, source_folder: Path | None = None, *, clean: bool = False) -> OutputFolder:
    """Return the output folder, made where it is missing, marked as ours, locked and tidy.

    With `clean` its cache is emptied. Raises OutputError when it is a file, holds the sources, is a
    stranger's, cannot be written, or when another build is at work in it. A stranger's folder is not
    touched at all.
    """
    with refusals_named(output):
        path = Path(os.path.realpath(output))
        _refuse_stranger(path, output, source_folder)
        path.mkdir(parents=True, exist_ok=True)
        lock = os.open(path / OUTPUT_MARKER, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _lock(lock, output)
            # Again, now that nobody else can change it: a marker that another program wrote is not ours.
            _refuse_stranger(path, output, source_folder)
            _mark(lock)
            folder = OutputFolder(path, lock)
            folder.tidy(clean=clean)
        except BaseException:
            os.close(lock)
            raise
        return folder


@contextlib.contextmanager
def refusals_named(output: Path) -> Iterator[None]:
    """Turn an OSError inside into the OutputError that says what the system refused and what to do."""
    try:
        yield
    except OSError as error:
        raise _output_error(output, error) from error


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, read-only ones too; a link's target stays. Raises OSError."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path, ignore_errors=True)
        if path.exists():
            _make_removable(path)
            shutil.rmtree(path)


def _make_removable(folder: Path) -> None:
    """Make writable what stands in the way of removal: folders on POSIX, on Windows read-only files too."""
    folder.chmod(0o700)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _make_removable(Path(entry.path))
            elif os.name == "nt" and not entry.is_symlink():
                Path(entry.path).chmod(0o600)


def _refuse_stranger(path: Path, output: Path, source_folder: Path | None) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputError(f"The output {output} is a file, not a folder.", f"Remove it or {_ELSEWHERE}.")
    if source_folder is not None and _holds(path, source_folder):
        raise OutputError(
            f"The output folder {output} holds the sources in {source_folder}.",
            "Choose a folder of its own with --output, for example build.",
        )
    if not _is_ours(path):
        raise OutputError(
            f"The output folder {output} is not empty and Regesta did not make it.",
            f"Empty or remove it yourself, or {_ELSEWHERE}.",
        )


def _holds(folder: Path, source_folder: Path) -> bool:
    """Tell whether `folder` is the sources' folder or above it, however the two paths are spelt."""
    source = Path(os.path.realpath(source_folder))
    above = (each for each in (source, *source.parents) if each.exists())
    return any(folder.samefile(each) for each in above)


def _is_ours(folder: Path) -> bool:
    """Tell whether the folder is empty, has our marker, or nothing but one that is unfinished."""
    if {entry.name for entry in folder.iterdir()} <= {OUTPUT_MARKER}:
        return True
    marker = folder / OUTPUT_MARKER
    if marker.is_symlink() or not marker.is_file():
        return False
    return marker.read_bytes().startswith(_MARK.encode())


def _lock(descriptor: int, output: Path) -> None:
    if not try_lock(descriptor):
        raise OutputError(
            f"Another build is at work in the output folder {output}.",
            f"Wait until it has ended, or {_ELSEWHERE}.",
        )


def _mark(descriptor: int) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    if not os.read(descriptor, len(_MARK)).startswith(_MARK.encode()):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, _MARKER_TEXT.encode())
        os.fsync(descriptor)


def _refuse_other_than_folder(path: Path) -> None:
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise OutputError(
            f"{path} is a link or a file, and Regesta replaces only a folder there.",
            f"Move it away or {_ELSEWHERE}; a link from elsewhere to this place works.",
        )


def _output_error(output: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return OutputError(f"The disk of the output folder {output} is full.", f"Free some space or {_ELSEWHERE}.")
    where = error.filename or output
    if error.errno in _FORBIDDEN:
        return OutputError(
            f"The output folder {output} cannot be written: {reason} ({where}).",
            f"Change its permissions, close what has its files open, or {_ELSEWHERE}.",
        )
    return OutputError(f"Writing the output folder {output} failed: {reason} ({where}).", f"Mend that or {_ELSEWHERE}.")
