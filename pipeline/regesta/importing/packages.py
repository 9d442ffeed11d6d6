"""Opens zipped packages (.docx, .xlsx) that somebody else made: bounded, by name only; nothing is unpacked to disk.

What a member's header says of its size is a bound, since zipfile gives back no more than that and then checks the sum:
so the sizes are added up before anything is inflated.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta import reading, rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.sources import printable

_MOST_MEMBERS = 20_000
_MOST_BYTES = 1_000_000_000
_MOST_PART = 200_000_000
_MOST_RATIO, _SMALL = 250, 32_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    f"{_STRICT}wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    f"{_STRICT}officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    f"{_STRICT}officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    f"{_STRICT}drawingml/": "http://schemas.openxmlformats.org/drawingml/2006/",
}


class Unreadable(Exception):  # noqa: N818 - it is raised as "Unreadable: its part … is damaged"
    """A package, or a part of one, that cannot be used; `reason` says why in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Package:
    """An open package: its path, the archive, and the names of its members."""

    path: Path
    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str, most: int = _MOST_PART) -> bytes:
        """Return the bytes of a member of at most `most` bytes. Raises Unreadable."""
        try:
            if self.archive.getinfo(name).file_size > most:
                raise Unreadable(f"its part {name} is larger than {most // 1_000_000} MB")
            return self.archive.read(name)
        except KeyError:
            raise Unreadable(f"it has no part {name}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise Unreadable(f"its part {name} is damaged") from None

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part that is XML without a document type. Raises Unreadable."""
        data = self.read(name)
        try:
            text = reading.decode(data, reading.declared_encoding(data))
        except (LookupError, UnicodeDecodeError):
            raise Unreadable(f"its part {name} is not in the encoding that it states") from None
        if "<!DOCTYPE" in text:
            raise Unreadable(f"its part {name} declares a document type, which office files never do")
        if _STRICT in text:
            for strict, transitional in _TRANSITIONAL.items():
                text = text.replace(strict, transitional)
        parsed = reading.parse_text(text, name)
        if isinstance(parsed, Finding):
            raise Unreadable(f"its part {name} is no XML that can be read: {parsed.message}")
        return parsed.root

    def marks(self, name: str, wanted: tuple[bytes, ...]) -> set[bytes]:
        """Return which byte strings of `wanted` the XML part holds, read in pieces. Raises Unreadable where unsafe."""
        found: set[bytes] = set()
        before = b""
        try:
            with self.archive.open(name, mode="r") as stream:
                while piece := stream.read(_CHUNK):
                    text = before + piece
                    if not before:
                        _check_encoding(text, name)
                    if b"<!DOCTYPE" in text:
                        raise Unreadable(f"its part {name} declares a document type, which office files never do")
                    found.update(each for each in wanted if each in text)
                    before = text[-64:]
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Unreadable(f"its part {name} is damaged") from None
        return found


def open_package(path: Path) -> Package:
    """Return the package in the file. Raises Unreadable when it is none, is protected, or inflates beyond measure."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == _OLD_OFFICE:
            raise Unreadable("it is a file of an older office program, or protected by a password: save it anew")
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise Unreadable(error.strerror or "the system refuses it") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError):
        raise Unreadable("it is no zipped package, or it is cut off") from None
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise Unreadable(f"it has more than {_MOST_MEMBERS:,} parts")
    names = frozenset(member.filename for member in members)
    if len(names) != len(members):
        raise Unreadable("several of its parts have the same name")
    total = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    if total > _MOST_BYTES or (total > _SMALL and total / packed > _MOST_RATIO):
        raise Unreadable(f"it would inflate from {packed:,} to {total:,} bytes, as only a zip bomb does")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("it is protected by a password: save it without one")
    return Package(path, archive, names)


def passed_over(package: Package, folder: str) -> list[Finding]:
    """Return what the package (its main parts below `folder`) holds besides and is never read or followed."""
    what = {
        "macros": any(name.endswith(("vbaProject.bin", "vbaData.xml")) for name in package.names),
        "embedded files": any(name.startswith(f"{folder}/embeddings/") for name in package.names),
        "controls": any(name.startswith((f"{folder}/activeX/", f"{folder}/ctrlProps/")) for name in package.names),
        "links to other files": any(name.startswith(f"{folder}/externalLinks/") for name in package.names)
        or _leads_out(package),
    }
    place = Place(printable(package.path))
    return [rules.finding("package-passed-over", place, what=each) for each, there in what.items() if there]


def _leads_out(package: Package) -> bool:
    """Return whether a part names something outside the package that a program would load (links are only text)."""
    for name in sorted(package.names):
        if not name.endswith(".rels"):
            continue
        for relation in package.xml(name).iterchildren("{*}Relationship"):
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") == "External" and kind != "hyperlink":
                return True
    return False


def _check_encoding(start: bytes, name: str) -> None:
    declared = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in start[:200] or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise Unreadable(f"its part {name} is not in UTF-8")


def refusal(path: Path, error: Unreadable) -> UsageError:
    """Return the one sentence for a source that is nothing but an unreadable package."""
    return UsageError(f"The file {printable(path)} cannot be used: {error.reason}.", "Save it anew, or check the path.")
