"""The picture that stands beside a link to the site elsewhere (Open Graph): a sheet with a date and lines of text.

It is drawn here, from rectangles in the edition's colours, so that it needs no font and is the same on every machine.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

WIDTH, HEIGHT = 1200, 630
PAPER, INK, ACCENT = "#fdfcf9", "#1f1c18", "#7a2e1d"
"""The colours of an edition that has none of its own."""

_Box = tuple[int, int, int, int, int]
"""Left, top, width, height, and which colour."""

_PAPER, _SHEET, _INK, _ACCENT = range(4)


def card(paper: str, ink: str, accent: str) -> bytes:
    """Return a PNG of 1200 × 630 pixels in the three colours (#rrggbb)."""
    palette = [_rgb(paper), _mixed(_rgb(paper), _rgb(ink), 12), _mixed(_rgb(paper), _rgb(ink), 70), _rgb(accent)]
    rows = bytearray()
    boxes = list(_boxes())
    for y in range(HEIGHT):
        row = bytearray(WIDTH)
        for left, top, width, height, colour in boxes:
            if top <= y < top + height:
                row[left : left + width] = bytes([colour]) * width
        rows += b"\0" + row
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(bytes(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _boxes() -> Iterator[_Box]:
    """Yield the rectangles from the ground up: three regests, each a date, a title and lines."""
    yield 90, 0, 1020, HEIGHT, _SHEET
    yield 94, 0, 1012, HEIGHT, _PAPER
    for at, (title, *lines) in enumerate(((620, 800, 760, 480), (520, 790, 640), (700, 810, 300))):
        top = 70 + at * 185
        yield 170, top, 130, 12, _ACCENT
        yield 170, top + 32, title, 22, _INK
        for line, width in enumerate(lines):
            yield 170, top + 76 + line * 26, width, 8, _SHEET
    yield 170, 612, 860, 3, _ACCENT


def _rgb(colour: str) -> bytes:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return bytes.fromhex(digits)


def _mixed(ground: bytes, ink: bytes, share: int) -> bytes:
    """Return the colour with `share` per cent of ink on the ground."""
    return bytes((low * (100 - share) + high * share) // 100 for low, high in zip(ground, ink, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
