"""Spill: what a build learns early and wants late, in a nameless file of the output's cache and not in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, NoReturn, Self

from regesta.output_folder import refusals_named

_BUFFERED = 1 << 18


class Spill:
    """Bytes that were put by, as a context manager; nothing is left of them when it ends, however the process does.

    Raises OutputError when the disk is full or refuses.
    """

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder = folder
        self._output = output
        self._file: IO[bytes] | None = None
        self._written = 0
        self._pending = bytearray()
        self._place = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, data: bytes) -> Spilled:
        """Put bytes by."""
        start = self._written + len(self._pending)
        self._pending += data
        if len(self._pending) >= _BUFFERED:
            with refusals_named(self._output), self._place:
                self._write()
        return Spilled(self, start, len(data))

    def read(self, start: int, size: int) -> bytes:
        """Return so many bytes from a place on; several threads may ask while none puts anything by."""
        if start >= self._written:
            start -= self._written
            return bytes(self._pending[start : start + size])
        with refusals_named(self._output), self._place:
            file = self._opened()
            file.seek(start)
            found = file.read(size)
            if len(found) != size:
                raise OSError("A temporary file has been cut short.")
            return found

    def _write(self) -> None:
        file = self._opened()
        file.seek(self._written)
        while self._pending:
            count = file.write(self._pending)
            del self._pending[:count]
            self._written += count

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - closed at the end
        return self._file


class Spilled:
    """Bytes that were put by (see `keeping.Elsewhere`)."""

    __slots__ = ("_size", "_spill", "_start")

    def __init__(self, spill: Spill, start: int, size: int) -> None:
        self._spill = spill
        self._start = start
        self._size = size

    def read(self) -> bytes:
        """Return the bytes. Raises OutputError when the disk refuses."""
        return self._spill.read(self._start, self._size)

    def __reduce__(self) -> NoReturn:
        """Refuse to travel: the file is in this process alone. Raises TypeError."""
        raise TypeError("what was put by does not travel")
