"""Cache: what builds have worked out, kept for the next ones, by a digest of all that it was worked out from.

One SQLite file. An entry is taken only with its checksum right, and a file that is damaged or of another make is thrown
away: the cache saves time, and nothing is ever lost with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

FILE_NAME = "entries.sqlite"
_MAKE = 1  # to be raised when the table changes
_AT_ONCE = 400
_PUTS_A_COMMIT = 500
_SPARE = 2_000
_Row = tuple[str, bytes, bytes]
_Answer = TypeVar("_Answer")
_TABLE = "CREATE TABLE IF NOT EXISTS entries (name TEXT PRIMARY KEY, checksum BLOB NOT NULL, data BLOB NOT NULL)"


class Cache:
    """The entries kept in a folder, as a context manager; without a folder it keeps nothing.

    An entry is named by a key, or by a word and the key of another, which it goes with: `facts:KEY`.

    Entries that a build neither takes nor puts are forgotten when they are more than those that it does, unless it
    looks at a part of the edition only (`forgets` is False).
    """

    def __init__(self, folder: Path | None, *, forgets: bool = True) -> None:
        self._path = None if folder is None else folder / FILE_NAME
        self._database: sqlite3.Connection | None = None
        self._used: set[str] = set()
        self._forgets = forgets
        self._puts = 0
        self.is_new = True
        """Whether earlier builds have left nothing."""

    def __enter__(self) -> Self:
        if self._path is not None:
            with contextlib.suppress(sqlite3.Error, OSError):
                self._database = self._open(self._path)
        self.is_new = self._try(_is_empty, True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._forgets:
            self._try(self._forget, None)
        self._try(sqlite3.Connection.commit, None)
        self._close()

    def take(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield name and data of each entry that is there and sound, in no particular order."""
        pending = [] if self.is_new and not self._puts else list(names)
        for start in range(0, len(pending), _AT_ONCE):
            for name, checksum, data in self._rows(pending[start : start + _AT_ONCE]):
                if isinstance(data, bytes) and checksum == _checksum(name, data):
                    self._used.add(_key(name))
                    yield name, data

    def use(self, names: Iterable[str]) -> None:
        """Say of entries that they are still wanted, without taking them."""
        self._used.update(map(_key, names))

    def put(self, name: str, data: bytes) -> None:
        """Keep `data` under `name`; where the disk is full or refuses, it is not kept."""
        self._used.add(_key(name))
        self._try(lambda database: self._insert(database, name, data), None)

    def _insert(self, database: sqlite3.Connection, name: str, data: bytes) -> None:
        database.execute("REPLACE INTO entries VALUES (?, ?, ?)", (name, _checksum(name, data), data))
        self._puts += 1
        if self._puts % _PUTS_A_COMMIT == 0:
            database.commit()

    def _rows(self, names: list[str]) -> list[_Row]:
        marks = ",".join("?" * len(names))
        select = f"SELECT name, checksum, data FROM entries WHERE name IN ({marks})"  # noqa: S608 - question marks only
        none: list[_Row] = []
        return self._try(lambda database: database.execute(select, names).fetchall(), none)

    def _forget(self, database: sqlite3.Connection) -> None:
        (count,) = database.execute("SELECT count(*) FROM entries").fetchone()
        if count > 3 * len(self._used) + _SPARE:
            database.execute("CREATE TEMP TABLE used (name TEXT PRIMARY KEY)")
            database.executemany("INSERT INTO used VALUES (?)", ((name,) for name in self._used))
            key = "substr(name, instr(name, ':') + 1)"
            database.execute(f"DELETE FROM entries WHERE {key} NOT IN (SELECT name FROM used)")  # noqa: S608 - a constant

    def _try(self, action: Callable[[sqlite3.Connection], _Answer], otherwise: _Answer) -> _Answer:
        """Return what the action returns; after a fault `otherwise`: the file is given up, or removed if damaged."""
        if self._database is None:
            return otherwise
        try:
            return action(self._database)
        except sqlite3.OperationalError:  # the disk is full, or refuses
            self._close()
        except (sqlite3.Error, OverflowError):
            self._close()
            if self._path is not None:
                _remove(self._path)
        return otherwise

    def _close(self) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return _connected(path)
        except (sqlite3.Error, ValueError):
            _remove(path)
            return _connected(path)


def _is_empty(database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM entries LIMIT 1").fetchone() is None


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level="DEFERRED")
    try:
        (make,) = database.execute("PRAGMA user_version").fetchone()
        if make not in {0, _MAKE}:
            raise ValueError("made by another version")  # noqa: TRY301 - to be closed like any other that is no good
        # A power cut may damage the file; checksums find that out, and then it is thrown away.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(f"PRAGMA user_version = {_MAKE}")
        database.execute(_TABLE)
        database.execute("SELECT name, checksum, data FROM entries LIMIT 1").fetchall()
    except BaseException:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-journal")):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def _key(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _checksum(name: str, data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16, key=name.encode()[:64]).digest()
