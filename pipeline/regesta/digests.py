"""Digests: short names for contents, by which a build knows what has changed since the last one.

SHA-256 throughout, of contents and never of times: a file that was touched is the same file, and one whose time lies is
not. `product` stands for Regesta itself: its code, stylesheets and schemas, and the versions of what it is built on.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from regesta.resources import PACKAGE, folder

LIBRARIES = (
    "citeproc_py", "langcodes", "language_data", "lxml", "markdown_it_py", "mdit_py_plugins", "openpyxl", "pydantic",
    "pydantic_core", "saxonche", "snowballstemmer",
)  # fmt: skip
"""The libraries whose version may show in what is built, as their folders in site-packages are called."""

_METADATA = re.compile(rf"(?:{'|'.join(LIBRARIES)})-.*\.(?:dist|egg)-info", re.IGNORECASE)
_NOT_PRODUCT = frozenset({"__pycache__"})


def digest(*parts: str | bytes) -> str:
    """Return a name for these parts in this order; parts that are cut differently have another."""
    return of_parts(parts)


def of_parts(parts: Iterable[str | bytes]) -> str:
    """Return what `digest` returns, for parts that need not all be held at once."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


def of_bytes(data: bytes) -> str:
    """Return the digest of a file's content."""
    return hashlib.sha256(data).hexdigest()


def of_pieces(pieces: Iterable[bytes]) -> str:
    """Return the digest of a file's content that comes in pieces."""
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def of_file(path: str | Path) -> str:
    """Return the digest of the file's content; of one that cannot be read, what the system says ("? No such file…")."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            made = hashlib.sha256()
            while block := os.read(descriptor, 1 << 20):
                made.update(block)
        finally:
            os.close(descriptor)
    except OSError as error:
        return f"? {error.strerror}"
    return made.hexdigest()


def of_folder(path: Path) -> str:
    """Return the digest of all files below a folder, by name and content."""
    rows: list[str] = []
    for current, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in _NOT_PRODUCT)
        rows += [f"{os.path.relpath(os.path.join(current, name), path)}\0{of_file(os.path.join(current, name))}"  # noqa: PTH118 - many files, and Path is slow
                 for name in sorted(names)]  # fmt: skip
    return digest(*rows)


@cache
def product() -> str:
    """Return what stands for Regesta itself: code, stylesheets, schemas, and the versions of libraries and Python."""
    folders = (PACKAGE, folder("xslt"), folder("schema"))
    return digest(str(sys.version_info), *_versions(), *map(of_folder, folders))


def _versions() -> list[str]:
    found: set[str] = set()
    for place in sys.path:
        if os.path.isdir(place):  # noqa: PTH112 - sys.path holds strings, the empty one for the current folder
            found |= {name for name in os.listdir(place) if _METADATA.fullmatch(name)}  # noqa: PTH208 - as above
    return sorted(found)
