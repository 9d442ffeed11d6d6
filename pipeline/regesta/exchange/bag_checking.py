"""Checks a bag of anybody's making (BagIt 0.93 to 1.0, RFC 8493) before anything of it is used; nothing is fetched.

What a bag holds is given by a `Container`, so that folders, zips and tars are judged alike. Paths that lead out of the
bag on any system are faults on every system.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

_VERSION = re.compile(r"BagIt-Version: (\d+)\.(\d+)")
_ENCODING = re.compile(r"Tag-File-Character-Encoding: (\S+)")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9_\-]+)\.txt", re.IGNORECASE)
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(.+)")
_FETCH = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(.+)")
_OXUM = re.compile(r"(\d+)\.(\d+)")
_OUTWARD = re.compile(r"[/\\~]|[A-Za-z]:|%[A-Za-z]+%")
_SYSTEM_FILES = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})
_MOST_TAG_BYTES = 64_000_000
_ALGORITHMS = {name.replace("_", "").replace("-", ""): name for name in sorted(hashlib.algorithms_guaranteed)}
_MOST_NAMED = 5


class Container(Protocol):
    """What a bag lies in: its files by POSIX path, their bytes in pieces, and what is no ordinary file."""

    @property
    def names(self) -> frozenset[str]:
        """Return the paths of the files."""

    @property
    def strange(self) -> tuple[str, ...]:
        """Return the paths of links, devices and the like."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""


@dataclass
class Verdict:
    """What was found out about a bag: faults that make it unusable, warnings, its metadata, the sums of its payload."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    version: tuple[int, int] = (0, 0)
    info: list[tuple[str, str]] = field(default_factory=list)
    sums: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Return whether the bag is complete and every sum agrees."""
        return not self.faults


def check(container: Container) -> Verdict:
    """Return the verdict on the bag in `container`; every payload file is read once."""
    found = Verdict()
    found.faults += [f"{name} is a link or device" for name in container.strange[:_MOST_NAMED]]
    encoding = _declaration(container, found)
    if encoding is None:
        return found
    reader = _Reader(container, encoding, found)
    manifests = reader.manifests(tags=False)
    if not manifests:
        found.faults.append("there is no manifest of the payload")
    tags = reader.manifests(tags=True)
    reader.fetch()
    if found.faults:
        return found
    payload = {name for name in container.names if name.startswith("data/")}
    _completeness(payload, manifests, found)
    _tag_files(container.names, tags, found)
    sizes = _sums(container, {**manifests, **tags}, found)
    found.info = reader.info()
    _oxum(found, payload, sizes)
    _alike(payload, found)
    return found


def _declaration(container: Container, found: Verdict) -> str | None:
    """Read bagit.txt (RFC 8493, 2.1.1); return the encoding of tag files."""
    data = _whole(container, "bagit.txt")
    if data is None:
        found.faults.append("bagit.txt is missing")
        return None
    if data.startswith(codecs.BOM_UTF8):
        found.faults.append("bagit.txt begins with a byte-order mark")
        return None
    lines = data.decode("utf-8", "replace").splitlines()
    version = _VERSION.fullmatch(lines[0].rstrip()) if lines else None
    encoding = _ENCODING.fullmatch(lines[1].rstrip()) if len(lines) > 1 else None
    if version is None or encoding is None or any(line.strip() for line in lines[2:]):
        found.faults.append("bagit.txt does not state version and encoding in the form that BagIt asks for")
        return None
    found.version = int(version[1]), int(version[2])
    if found.version > (1, 0):
        found.warnings.append(f"its version {version[1]}.{version[2]} is not known here")
    try:
        codecs.lookup(encoding[1])
    except LookupError:
        found.faults.append(f"bagit.txt names an encoding that does not exist: {encoding[1]}")
        return None
    return encoding[1]


@dataclass
class _Reader:
    """Reads tag files; what is wrong in them goes into the verdict."""

    container: Container
    encoding: str
    found: Verdict

    def lines(self, name: str) -> list[str]:
        """Return the lines of a tag file, none where it cannot be read."""
        data = _whole(self.container, name)
        if data is None:
            self.found.faults.append(f"{name} is larger than {_MOST_TAG_BYTES // 1_000_000} MB")
            return []
        try:
            text = data.decode(self.encoding)
        except (UnicodeDecodeError, LookupError):
            self.found.faults.append(f"{name} is not in the encoding {self.encoding}")
            return []
        return [line for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")) if line.strip()]

    def manifests(self, *, tags: bool) -> dict[str, dict[str, str]]:
        """Return the manifests of payload or tag files: by name of the manifest, sums by path."""
        manifests = {}
        for name in sorted(self.container.names):
            made = _MANIFEST.fullmatch(name)
            if made is None or bool(made[1]) != tags:
                continue
            if made[2].lower().replace("-", "").replace("_", "") not in _ALGORITHMS:
                self.found.faults.append(f"{name} is of an algorithm that is not known here")
                continue
            manifests[name] = self._manifest(name, tags=tags)
        return manifests

    def _manifest(self, name: str, *, tags: bool) -> dict[str, str]:
        sums: dict[str, str] = {}
        for line in self.lines(name):
            parts = _LINE.fullmatch(line)
            if parts is None:
                self.found.faults.append(f"{name} has a line that is none of a manifest: {line[:60]}")
                continue
            if parts[2]:
                self.found.warnings.append(f"{name} was made with a tool that writes asterisks")
            path = self.path(parts[3], name, tags=tags)
            if path is None:
                continue
            if path in sums:
                self._twice(name, path, same=sums[path] == parts[1].lower())
            sums[path] = parts[1].lower()
        return sums

    def _twice(self, name: str, path: str, *, same: bool) -> None:
        if same and self.found.version < (1, 0):
            self.found.warnings.append(f"{name} lists {path} twice")
        else:
            self.found.faults.append(f"{name} lists {path} twice{'' if same else ' with different sums'}")

    def path(self, written: str, name: str, *, tags: bool = False) -> str | None:
        """Return the path that a line means, None with a fault when it leads out of where it may."""
        path = written
        if path.startswith("./"):
            self.found.warnings.append(f"{name} writes paths with ./")
            path = path.removeprefix("./")
        if _OUTWARD.match(path) or ".." in re.split(r"[/\\]", path) or not (tags or path.startswith("data/")):
            self.found.faults.append(f"{name} names a path outside its place: {written[:80]}")
            return None
        if path in self.container.names:
            return path
        plain = re.sub("%(0A|0D|25)", lambda each: chr(int(each[1], 16)), path, flags=re.IGNORECASE)
        if plain in self.container.names:
            return plain
        near = self._near.get(_normal(path).casefold())
        if near is not None:
            self.found.warnings.append(
                f"{name} writes {path} in other capitals or another normal form than the file has"
            )
        return near or path

    @cached_property
    def _near(self) -> dict[str, str]:
        """Return the files by the form in which capitals and the encoding of accents do not count."""
        return {_normal(each).casefold(): each for each in sorted(self.container.names)}

    def fetch(self) -> None:
        """Look at fetch.txt: its paths must stay inside, and what it names must be here already."""
        for line in self.lines("fetch.txt") if "fetch.txt" in self.container.names else []:
            parts = _FETCH.fullmatch(line)
            if parts is None:
                self.found.faults.append(f"fetch.txt has a line that is none of it: {line[:60]}")
                continue
            path = self.path(parts[3], "fetch.txt")
            if path is not None and path not in self.container.names:
                self.found.faults.append(f"{path} is to be fetched from elsewhere, which is never done here")

    def info(self) -> list[tuple[str, str]]:
        """Return the metadata of the bag, continued lines joined."""
        name = "bag-info.txt" if "bag-info.txt" in self.container.names else "package-info.txt"
        if name not in self.container.names:
            return []
        found: list[tuple[str, str]] = []
        for line in self.lines(name):
            label, colon, words = line.partition(":")
            if line[0] in " \t" and found:
                found[-1] = found[-1][0], f"{found[-1][1]} {line.strip()}"
            elif colon:
                found.append((label.strip(), words.strip()))
            else:
                self.found.warnings.append(f"{name} has a line without a label: {line[:60]}")
        return found


def _completeness(payload: set[str], manifests: dict[str, dict[str, str]], found: Verdict) -> None:
    listed = {path for sums in manifests.values() for path in sums}
    _tell(sorted(listed - payload), "is listed and not there", found.faults)
    _tell(sorted(payload - listed), "is there and not listed", found.faults)
    if found.version >= (1, 0):
        for name, sums in manifests.items():
            _tell(sorted(payload - set(sums)), f"is missing from {name}", found.faults)


def _tag_files(names: frozenset[str], tags: dict[str, dict[str, str]], found: Verdict) -> None:
    listed = {path for sums in tags.values() for path in sums}
    _tell(sorted(listed - names), "is listed and not there", found.faults)


def _sums(container: Container, manifests: dict[str, dict[str, str]], found: Verdict) -> Counter[str]:
    """Compare every sum; return the sizes of the files."""
    wanted: dict[str, dict[str, str]] = {}
    for name, sums in manifests.items():
        algorithm = _ALGORITHMS[_MANIFEST.fullmatch(name)[2].lower().replace("-", "").replace("_", "")]  # type: ignore[index]
        for path, digest in sums.items():
            if path in container.names:
                wanted.setdefault(path, {})[algorithm] = digest
    sizes: Counter[str] = Counter()
    for path, digests in sorted(wanted.items()):
        hashes = {name: hashlib.new(name, usedforsecurity=False) for name in digests}
        for piece in container.pieces(path):
            sizes[path] += len(piece)
            for each in hashes.values():
                each.update(piece)
        for name, each in hashes.items():
            made = each.hexdigest(len(digests[name]) // 2) if name.startswith("shake") else each.hexdigest()  # type: ignore[call-arg]
            if made != digests[name]:
                found.faults.append(f"{path} is not what its sum ({name}) says")
        name = next(iter(digests))
        found.sums[path] = name, digests[name]
    return sizes


def _oxum(found: Verdict, payload: set[str], sizes: Counter[str]) -> None:
    for label, words in found.info:
        stated = _OXUM.fullmatch(words) if label.lower() == "payload-oxum" else None
        octets = sum(sizes[path] for path in payload)
        if stated and (int(stated[1]), int(stated[2])) != (octets, len(payload)):
            found.faults.append(f"Payload-Oxum says {words}, and there are {octets}.{len(payload)}")


def _alike(payload: set[str], found: Verdict) -> None:
    """Warn of names that other systems take for the same, and of files that systems leave behind."""
    folded = Counter(_normal(path).casefold() for path in payload)
    _tell(sorted(name for name, count in folded.items() if count > 1), "is the name of several files", found.warnings)
    left = sorted(path for path in payload if path.rpartition("/")[2].casefold() in _SYSTEM_FILES)
    _tell(left, "is a file that a system left behind", found.warnings)


def _tell(paths: Iterable[str], what: str, told: list[str]) -> None:
    for number, path in enumerate(paths):
        if number == _MOST_NAMED:
            told.append(f"and more files: {what}")
            return
        told.append(f"{path} {what}")


def _normal(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _whole(container: Container, name: str) -> bytes | None:
    """Return a tag file, None when it is not there or too large."""
    if name not in container.names:
        return None
    data = b""
    for piece in container.pieces(name):
        data += piece
        if len(data) > _MOST_TAG_BYTES:
            return None
    return data
