"""Writes one file at one stroke: whoever reads it finds the old content or the new, never a half."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from regesta.errors import OutputError


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Put `chunks` in the place of what `path` holds, keeping its permissions; a link is followed.

    What is not a regular file (a pipe, a device) is written to as it is. Raises OutputError when that cannot be done;
    the old content is there then.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.writelines(chunks)
        else:
            _replace(target, chunks)
    except OSError as error:
        remedy = "Name a file in a folder that is there and may be written."
        raise OutputError(f"{path} cannot be written: {error.strerror}.", remedy) from None


def _replace(target: Path, chunks: Iterable[bytes]) -> None:
    # mkstemp makes files that only their owner may read: right for a secret, not for a report.
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(mode)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _umask() -> int:
    """Return the mask for new files; the system tells it only while setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
