"""Media: the pictures and recordings that sources name and the edition holds: what they are, and where they go.

A file is taken by what it holds, not by its name: one that is no picture or recording is not published. Nothing leads
out of the edition's folder, and no file of a hidden folder or of a build is taken.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from regesta.integrity.links import below
from regesta.rendering import Medium
from regesta.site_paths import SitePathError, SitePaths
from regesta.survey import OUTPUT_MARKER

FOLDER = "media"
_HEAD = 65_536
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_RECORDINGS = frozenset({".mp3", ".ogg", ".oga", ".opus", ".m4a", ".wav", ".flac"})
_SOUNDS = re.compile(rb"ID3|\xff[\xe2-\xff]|OggS|fLaC|RIFF....WAVE|....ftyp", re.DOTALL)


@dataclass
class Media:
    """The media of an edition: those asked for so far, with their addresses below the site.

    `root` is the edition's folder, `sources` that of its sources, from which pointers lead.
    """

    root: Path
    sources: Path
    files: dict[str, Path] = field(default_factory=dict)
    _known: dict[str, Medium | None] = field(default_factory=dict)
    _taken: SitePaths = field(default_factory=SitePaths)

    def find(self, source: str, pointer: str) -> Medium | None:
        """Return what `pointer`, as written in `source`, leads to; None when the edition holds no such medium."""
        name = below(source, pointer)
        if name is None or PurePosixPath(name).suffix.lower() not in _PICTURES | _RECORDINGS:
            return None
        if name not in self._known:
            self._known[name] = self._look(name)
        found = self._known[name]
        return found and Medium(pointer, found.href, found.kind, found.width, found.height)

    def published(self) -> Iterator[tuple[str, bytes]]:
        """Yield address and bytes of each medium that a page was told of, in the order of the addresses."""
        for address, path in sorted(self.files.items()):
            yield address, path.read_bytes()

    def _look(self, name: str) -> Medium | None:
        path = self._path(name)
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD)
        except OSError:
            return None
        if path.suffix.lower() in _RECORDINGS:
            kind, size = "audio", (0, 0) if _SOUNDS.match(head) else None
        else:
            kind, size = "image", picture_size(head)
        if size is None:
            return None
        address = self._address(name)
        self.files[address] = path
        return Medium("", f"../{quote(address)}", kind, *size)

    def _path(self, name: str) -> Path | None:
        """Return the file called `name` from the source folder when it is an ordinary one that may be published."""
        try:
            root, path = self.root.resolve(), (self.sources / name).resolve(strict=True)
            inside = path.relative_to(root)
            built = any((folder / OUTPUT_MARKER).is_file() for folder in path.parents if folder.is_relative_to(root))
        except (OSError, ValueError):
            return None
        return path if path.is_file() and not built and not any(p.startswith(".") for p in inside.parts) else None

    def _address(self, name: str) -> str:
        """Return the file's address below the site: its own path where every system can hold it, else a hash of it."""
        path = PurePosixPath(*(part for part in PurePosixPath(name).parts if part != ".."))
        address = f"{FOLDER}/{path}"
        try:
            self._taken.take(address)
        except SitePathError:
            digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:20]
            address = f"{FOLDER}/{digest}{path.suffix.lower()}"
            self._taken.take(address)
        return address


def picture_size(head: bytes) -> tuple[int, int] | None:
    """Return width and height of the picture that begins with `head` (0, 0 where it does not say), None for others.

    The formats are those that every browser shows: PNG, JPEG, GIF, WebP, AVIF.
    """
    for signature, size in _SIZES:
        if signature.match(head):
            try:
                return size(head)
            except (struct.error, IndexError):
                return 0, 0
    return None


def _png_size(head: bytes) -> tuple[int, int]:
    return struct.unpack(">II", head[16:24])


def _gif_size(head: bytes) -> tuple[int, int]:
    return struct.unpack("<HH", head[6:10])


def _jpeg_size(head: bytes) -> tuple[int, int]:
    """Return the size in the first frame header (ITU T.81, B.2.2)."""
    place = 2
    while head[place] == 0xFF:
        marker = head[place + 1]
        if marker in {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", head[place + 5 : place + 9])
            return width, height
        place += 2 + struct.unpack(">H", head[place + 2 : place + 4])[0]
    return 0, 0


def _webp_size(head: bytes) -> tuple[int, int]:
    """Return the size in the first chunk (RFC 9649, section 2)."""
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return 0, 0


def _avif_size(head: bytes) -> tuple[int, int]:
    """Return the size in the first property of spatial extents (ISO/IEC 23008-12, 6.5.3)."""
    place = head.find(b"ispe")
    return struct.unpack(">II", head[place + 8 : place + 16]) if place > 0 else (0, 0)


_SIZES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL), _png_size),
    (re.compile(rb"GIF8[79]a"), _gif_size),
    (re.compile(rb"\xff\xd8\xff"), _jpeg_size),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), _webp_size),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), _avif_size),
)
