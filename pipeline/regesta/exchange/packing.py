"""Zip files with the same bytes each time: files in order, one time stamp, no trace of the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from regesta.exchange.material import File

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[File], folder: str = "", first: File | None = None) -> bytes:
    """Return a zip file of `files`, sorted by path, each below `folder` if that is given (PKWARE APPNOTE 6.3).

    A file that must come `first` is stored as it is (Open Container Format 3.3, 4.3).
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if first is not None:
            archive.writestr(zipfile.ZipInfo(first[0], _EARLIEST), first[1])
        for path, data in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}" if folder else path, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            archive.writestr(entry, data)
    return buffer.getvalue()
