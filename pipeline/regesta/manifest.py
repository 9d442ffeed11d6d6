"""Manifest: what each published file was made from, so that the next build can tell which of them still hold.

A text whose first line is the digest of the rest. A manifest that is damaged or missing costs time and nothing else:
then the bytes of files are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regesta import digests

_TOGETHER = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A published file.

    The digests of what it was made from ("" for what is compared) and of its bytes; size, and time
    of the last change in nanoseconds.
    """

    made_from: str
    content: str
    size: int
    time: int


Manifest = Mapping[str, Mapping[str, Entry]]
"""The entries of each published folder ("site", "exchange") by the file's path in it."""


def to_pieces(manifest: Manifest) -> list[bytes]:
    """Return the manifest as a file, in pieces."""
    return sealed(*_written(manifest))


def _written(manifest: Manifest) -> Iterator[bytes]:
    """Yield the manifest as JSON: an object of folders, each one of files; never much of it at a time."""
    for number, (name, entries) in enumerate(manifest.items()):
        yield b"%s%s:{" % (b"," if number else b"{", json.dumps(name).encode("ascii"))
        paths = sorted(entries)
        for start in range(0, len(paths), _TOGETHER):
            yield (b"," if start else b"") + _rows(paths[start : start + _TOGETHER], entries)
        yield b"}"
    yield b"}" if manifest else b"{}"


def _rows(paths: Iterable[str], entries: Mapping[str, Entry]) -> bytes:
    found = ((path, entries[path]) for path in paths)
    rows = {path: (each.made_from, each.content, each.size, each.time) for path, each in found}
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":"))[1:-1].encode("ascii")


def from_bytes(data: bytes) -> Manifest:
    """Return the manifest that a file holds; an empty one when the file is damaged."""
    content = unsealed(data)
    if content is None:
        return {}
    rows: dict[str, dict[str, tuple[str, str, int, int]]] = json.loads(content)
    return {name: {path: Entry(*row) for path, row in entries.items()} for name, entries in rows.items()}


def sealed(*content: bytes) -> list[bytes]:
    """Return the pieces of a content with their digest before them."""
    return [digests.of_pieces(content).encode("ascii") + b"\n", *content]


def seal(data: bytes) -> str:
    """Return the digest that a sealed content bears, which names it."""
    return data.partition(b"\n")[0].decode("ascii", "replace")


def unsealed(data: bytes) -> bytes | None:
    """Return the content of what `sealed` returned; None when it is damaged."""
    seal, _, content = data.partition(b"\n")
    return content if seal == digests.of_bytes(content).encode("ascii") else None
