"""Files that sources name: images that are not there, and relative links that lead to no file."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from regesta import rules
from regesta.findings import Finding
from regesta.integrity.material import Read, Surroundings, some
from regesta.source_facts import Pointer

_IMAGES = frozenset({"facs", "url"})
_IMAGE = re.compile(r".+\.(?:jpe?g|png|gif|tiff?|webp|svg|jp2)", re.IGNORECASE)
_FILE = re.compile(r"[^\s\\:]+\.[A-Za-z][A-Za-z0-9]{1,4}")


def is_file_name(target: str) -> bool:
    """Return whether the part of a pointer before any # looks like the name of a file."""
    path = target.partition("#")[0]
    return bool(path) and (bool(_FILE.fullmatch(path)) or "/" in path)


def below(source: str, target: str) -> str | None:
    """Return the name below the source folder that `target`, written in `source`, leads to; None if it is no path."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or "\\" in target or "\0" in unquote(parts.path):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))


def check(sources: Mapping[str, Read], surroundings: Surroundings) -> Iterator[Finding]:
    """Yield the images and linked files that are not there; where no image is there at all, one finding says so."""
    absent: dict[str, list[Pointer]] = defaultdict(list)
    present: set[str] = set()
    for read in sources.values():
        for pointer in read.facts.pointers:
            name = below(read.name, pointer.value)
            is_image = pointer.attribute in _IMAGES and bool(_IMAGE.fullmatch(pointer.target))
            is_link = not is_image and "#" not in pointer.value and is_file_name(pointer.value)
            if name is None or name in sources or not (is_image or is_link):
                continue
            found = surroundings.has_file(name)
            if found:
                present.add(name if is_image else "")
            elif found is False and is_image:
                absent[name].append(pointer)
            elif found is False:
                yield rules.finding("link-dead", pointer.place, target=pointer.target, count=pointer.count)
    yield from _images(absent, nowhere=not present - {""})


def _images(absent: Mapping[str, list[Pointer]], *, nowhere: bool) -> Iterator[Finding]:
    names = sorted(absent, key=lambda name: (absent[name][0].place.path, absent[name][0].place.line, name))
    if nowhere and len(names) > 1:
        first = absent[names[0]][0]
        shown = some([absent[name][0].target for name in names], 3)
        yield rules.finding("images-missing", first.place, count=len(names), images=shown)
        return
    for name in names:
        first = absent[name][0]
        count = sum(pointer.count for pointer in absent[name])
        yield rules.finding("image-missing", first.place, image=first.target, count=count)
