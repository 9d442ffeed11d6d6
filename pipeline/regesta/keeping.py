"""Keeping: results of work on sources as bytes, to travel between processes and to be kept, and back again.

Python's pickle, which is fast; but what is read back can only be made of the dataclasses and enumerations of which
results are made: a file that somebody else has put into the cache cannot have anything else done.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

Kept = TypeVar("Kept")


def dump(value: object) -> bytes:
    """Return a result as bytes."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def load(kind: type[Kept], data: bytes) -> Kept:
    """Return the result of this kind that the bytes hold. Raises ValueError when they hold anything else."""
    try:
        value = _Reader(io.BytesIO(data), _classes(kind)).load()  # type: ignore[arg-type] # every class has a hash
    except Exception as error:
        raise ValueError("this is no result of ours") from error
    if not isinstance(value, kind):
        raise ValueError(f"this is no {kind.__name__}")  # noqa: TRY004 - one error for whatever is wrong
    return value


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
        pending += get_args(each)
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum)):
            name = (each.__module__, each.__qualname__)
            if name not in found:
                found[name] = each
                pending += get_type_hints(each).values() if is_dataclass(each) else ()
    return found
