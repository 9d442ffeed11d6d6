"""Keeping: results of work on sources as bytes, to travel between processes and to be kept, and back again.

Python's pickle, which is fast; but what is read back can only be made of the dataclasses and enumerations of which
results are made: a file that somebody else has put into the cache cannot have anything else done.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

Kept = TypeVar("Kept")
Row = TypeVar("Row")


def dump(value: object) -> bytes:
    """Return a result as bytes."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def load(kind: type[Kept], data: bytes) -> Kept:
    """Return the result of this kind that the bytes hold. Raises ValueError when they hold anything else."""
    try:
        value = _read(kind, data)
    except Exception as error:
        raise ValueError("this is no result of ours") from error
    if not isinstance(value, kind) or (
        is_dataclass(kind) and vars(value).keys() < {each.name for each in fields(kind)}
    ):
        raise ValueError(f"this is no {kind.__name__}")
    return value


@dataclass(frozen=True)
class Packed(Generic[Row]):
    """Rows that are seldom looked at, as bytes that take a tenth of the memory; each look unpacks them."""

    data: bytes = b""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Packed[Row]:
        """Return the rows packed."""
        found = tuple(rows)
        return cls(zlib.compress(dump(found), level=1)) if found else cls()

    def rows(self, kind: type[Row]) -> tuple[Row, ...]:
        """Return the rows, which are of this kind. Raises ValueError when they hold anything else."""
        return tuple(_read(kind, zlib.decompress(self.data))) if self.data else ()


def _read(kind: type, data: bytes) -> Any:
    return _Reader(io.BytesIO(data), _classes(kind)).load()


class _Reader(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, classes: dict[tuple[str, str], type]) -> None:
        super().__init__(stream)
        self._classes = classes

    def find_class(self, module: str, name: str) -> type:
        """Return a class that results are made of. Raises KeyError for any other."""
        return self._classes[module, name]


@cache
def _classes(kind: type) -> dict[tuple[str, str], type]:
    """Return the dataclasses and enumerations that stand in the annotations of `kind`, and in theirs."""
    found: dict[tuple[str, str], type] = {}
    pending: list[Any] = [kind]
    while pending:
        each = pending.pop()
        pending += [part for part in (get_origin(each), *get_args(each)) if part is not None]
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum)):
            name = (each.__module__, each.__qualname__)
            if name not in found:
                found[name] = each
                pending += get_type_hints(each).values() if is_dataclass(each) else ()
    return found
