"""Pictures and recordings for tests, made of their headers."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 4, height: int = 2, grey: int = 200) -> bytes:
    """Return a PNG of one shade of grey."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([grey]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08001400280101110000")
GIF = b"GIF89a" + struct.pack("<HH", 5, 6) + b"\0\0\0"
WEBP_LOSSY = b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 7, 8)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + ((9 - 1) | (10 - 1) << 14).to_bytes(4, "little")
WEBP_LARGE = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (300).to_bytes(3, "little") + (200).to_bytes(3, "little")
AVIF = b"\0\0\0\x1cftypavif" + bytes(40) + b"ispe" + bytes(4) + struct.pack(">II", 11, 12)
OGG = b"OggS" + bytes(24)
