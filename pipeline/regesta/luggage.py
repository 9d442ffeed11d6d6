"""Luggage: work with the files that it needs, as bytes, so that it can be done where there is no disk in common.

Work is a `functools.partial` with plain values in it; a path in those stands for a file, with all that it takes in, or
for a folder. `pack` takes their contents along, `unpack` puts them into a folder and puts the new paths in.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from regesta import closures

_Work = Callable[..., Any]


def pack(work: _Work) -> bytes:
    """Return the work and the contents of the files that its arguments name."""
    arguments = _arguments(work)
    named = dict.fromkeys(path.resolve() for path in closures.paths(tuple(arguments.values())))
    taken = dict.fromkeys(each for path in named for each in closures.files(path))
    start = os.path.commonpath([str(path.parent) for path in (*named, *taken)]) if named else ""
    contents = {str(path.relative_to(start)): path.read_bytes() for path in taken}
    return zlib.compress(pickle.dumps((work, start, contents), protocol=pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes, write: Callable[[str, bytes], Path]) -> _Work:
    """Return the work with the paths of its files as they are here; `write` puts a file somewhere and says where."""
    work, start, contents = pickle.loads(zlib.decompress(data))  # noqa: S301 - a build of ours has packed it
    here = {name: write(name, content) for name, content in contents.items()}
    places: dict[Path, Path] = {}
    for name, path in here.items():
        places[Path(start, name)] = path
        for above, theirs in zip(Path(start, name).parents, path.parents, strict=False):
            places.setdefault(above, theirs)
    changed = {key: _moved(value, places) for key, value in _arguments(work).items()}
    return partial(work.func, *work.args, **changed) if isinstance(work, partial) else work


def _arguments(work: _Work) -> dict[str, Any]:
    return dict(work.keywords) if isinstance(work, partial) else {}


def _moved(value: Any, places: dict[Path, Path]) -> Any:
    """Return a value with the paths in it changed for those here."""
    if isinstance(value, Path):
        return places.get(value.resolve(), value)
    if isinstance(value, tuple):
        return tuple(_moved(each, places) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _moved(getattr(value, each.name), places) for each in fields(value)})
    return value
