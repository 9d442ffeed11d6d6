"""Closures: a stylesheet or schema with every file that it takes in, as one digest.

Whatever an element names by `href` or `schemaLocation` (or a compact grammar by `include` and `external`) counts when
it is a file: too many count rather than too few.

A process that works for long, as `regesta serve` and the language server do, keeps what it has compiled, and must not
believe it when the files are others: `by_contents` keeps it by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import TypeVar, TypeVarTuple
from urllib.parse import unquote, urlsplit

from regesta import digests

_NAMED = re.compile(rb"""(?:\b(?:href|schemaLocation)\s*=\s*|\b(?:include|external)\s+)(?:"([^"]*)"|'([^']*)')""")

Arguments = TypeVarTuple("Arguments")
Made = TypeVar("Made")


def files(path: Path) -> list[Path]:
    """Return the file and all that it takes in, directly or not, each once; of a folder, all files in it."""
    if path.is_dir():
        return sorted(each for each in path.rglob("*") if each.is_file())
    found = {path.resolve(): None}
    pending = [path.resolve()]
    while pending:
        for each in _named(pending.pop()):
            if each not in found:
                found[each] = None
                pending.append(each)
    return list(found)


def paths(value: object) -> list[Path]:
    """Return the paths in a value such as `digest` takes."""
    if isinstance(value, Path):
        return [value]
    if is_dataclass(value):
        return [path for field in fields(value) for path in paths(getattr(value, field.name))]
    return [path for each in value for path in paths(each)] if isinstance(value, tuple) else []


def digest(value: object) -> str:
    """Return the digest of a value of plain data; a path in it counts with the contents of its files.

    Values are texts, numbers, truth values, None, enumerations, paths, tuples and dataclasses of these. Where a file
    lies does not count, what it is called does.
    """
    return digests.digest(*_parts(value))


def by_contents(most: int) -> Callable[[Callable[[*Arguments], Made]], Callable[[*Arguments], Made]]:
    """Return a decorator that keeps the last results of a function, by its arguments and the contents of files in them.

    What files contain is looked at once, and again after `look_again`.
    """

    def decorated(make: Callable[[*Arguments], Made]) -> Callable[[*Arguments], Made]:
        @lru_cache(maxsize=most)
        def kept(_contents: tuple[str, ...], *arguments: *Arguments) -> Made:
            return make(*arguments)

        @wraps(make)
        def found(*arguments: *Arguments) -> Made:
            contents = tuple(_contents(each) for each in arguments if isinstance(each, Path))
            return kept(contents, *arguments)

        return found

    return decorated


def look_again() -> None:
    """Have files looked at again by what is kept `by_contents`: some may have changed since."""
    _contents.cache_clear()


@cache
def _contents(path: Path) -> str:
    return digest(path)


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, Path):
        yield "path"
        yield from _path(value)
    elif isinstance(value, tuple):
        yield f"tuple {len(value)}"
        for each in value:
            yield from _parts(each)
    elif is_dataclass(value):
        yield type(value).__name__
        for field in fields(value):
            yield field.name
            yield from _parts(getattr(value, field.name))
    elif value is None or isinstance(value, (str, int, float, Enum)):
        yield f"{type(value).__name__} {value!r}"
    else:
        raise TypeError(f"a {type(value).__name__} has no digest")


def _path(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield path.name
        yield digests.of_folder(path)
        return
    for each in files(path):
        yield each.name
        yield digests.of_file(each)


def _named(path: Path) -> Iterator[Path]:
    try:
        data = path.read_bytes()
    except OSError:
        return
    for double, single in _NAMED.findall(data):
        for word in (double or single).decode("utf-8", "replace").split() or [""]:
            try:
                parts = urlsplit(word)
                target = (path.parent / unquote(parts.path)).resolve()
                if parts.path and not parts.scheme and not parts.netloc and target.is_file():
                    yield target
            except (OSError, ValueError):
                continue
