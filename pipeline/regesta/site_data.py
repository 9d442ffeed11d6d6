"""Data for the site's own scripts: small classic scripts, for from `file://` a browser loads neither modules nor data.

Each file is one call of `regesta.add(name, data)`. What belongs together is cut into files where the content itself
says so (as rsync and content-defined chunking do), never after a count: a document that is added or changed then
rewrites the files that hold it, and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

FOLDER = "data/"
_ROOM = 8
"""A document's number is one of so many times as there are documents: so an added one seldom moves another."""


def script(name: str, data: object) -> tuple[str, bytes]:
    """Return the address and the bytes of the file `name`, which is a path below `data/` without its ending."""
    return f"{FOLDER}{name}.js", f"regesta.add({_json(name)},{_json(data)});\n".encode()


def mark(text: str) -> int:
    """Return 64 bits that are the same for a text everywhere and always."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def numbers(ids: Iterable[str]) -> dict[str, int]:
    """Return a number for each document, by its identifier alone but for the few that would fall together.

    Numbers are below a power of two that grows with the edition; in ascending order of them.
    """
    wanted = sorted((mark(each), each) for each in set(ids))
    size = number_space(len(wanted))
    taken: dict[int, str] = {}
    for found, each in wanted:
        at = found % size
        while at in taken:
            at = (at + 1) % size
        taken[at] = each
    return {taken[number]: number for number in sorted(taken)}


def number_space(count: int) -> int:
    """Return below what the numbers of `count` documents are."""
    return 1 << max(6, (count * _ROOM).bit_length())


def blocks(marks: Sequence[str], size: int) -> Iterator[tuple[str, range]]:
    """Yield a name and the places of each block of a sequence that is known by its `marks`, some `size` on average.

    A member whose mark says so begins a block, which is named after it.
    """
    start, names = 0, [""]
    for at, text in enumerate(marks):
        found = mark(text)
        name = f"{found:016x}"
        if at == 0 or (found % size == 0 and name not in names):
            if at:
                yield names[-1], range(start, at)
            start = at
            names.append(name)
    if marks:
        yield names[-1], range(start, len(marks))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
