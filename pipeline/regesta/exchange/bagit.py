"""BagIt 1.0 (RFC 8493): the edition as a bag, with its TEI, its schema and its metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from regesta import __version__
from regesta.exchange import finding_aids, mods, premis, tei
from regesta.exchange.material import File, Material

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_FOLD = str.maketrans({"\n": " ", "\r": " "})


def bag(material: Material) -> Iterator[File]:
    """Yield the files of a bag: payload under `data/`, then the tag files."""
    return bagged(payload(material), bag_info(material))


def payload(material: Material) -> Iterator[File]:
    """Yield what the bag is for: TEI with its schema, a finding aid, MODS and PREMIS."""
    yield from below("tei", tei.package(material))
    yield from below("schema", material.schema())
    yield "metadata/ead3.xml", finding_aids.ead3(material)
    yield from below("metadata/mods", mods.files(material))
    yield from below("metadata/premis", premis.files(material))


def bag_info(material: Material) -> list[tuple[str, str]]:
    """Return the metadata of the bag that the edition states (RFC 8493, 2.2.2); nothing stands for what it does not."""
    edition = material.edition
    stated = (
        ("Source-Organization", edition.publisher),
        ("Contact-Email", edition.admin_email),
        ("External-Description", ": ".join(filter(None, (edition.title, edition.subtitle)))),
        ("External-Identifier", edition.url),
        ("Bagging-Date", edition.date if len(edition.date) == len("2000-01-01") else ""),
        ("Bag-Software-Agent", f"Regesta {__version__}"),
    )
    return [(label, value) for label, value in stated if value]


def bagged(
    files: Iterable[File], info: Iterable[tuple[str, str]], algorithms: Sequence[str] = ALGORITHMS
) -> Iterator[File]:
    """Yield `files` as the payload of a bag, followed by its tag files with manifests of each algorithm."""
    digests: dict[str, dict[str, str]] = {name: {} for name in algorithms}
    octets = streams = 0
    for path, data in files:
        octets, streams = octets + len(data), streams + 1
        _digest(digests, f"data/{path}", data)
        yield f"data/{path}", data
    lines = [*info, ("Payload-Oxum", f"{octets}.{streams}")]
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{label}: {value.translate(_FOLD)}\n" for label, value in lines).encode("utf-8"),
        **{f"manifest-{name}.txt": _manifest(digests[name]) for name in algorithms},
    }
    yield from tags.items()
    tag_digests: dict[str, dict[str, str]] = {name: {} for name in algorithms}
    for path, data in tags.items():
        _digest(tag_digests, path, data)
    yield from ((f"tagmanifest-{name}.txt", _manifest(tag_digests[name])) for name in algorithms)


def below(folder: str, files: Iterable[File]) -> Iterator[File]:
    """Yield the files with their paths below `folder`."""
    return ((f"{folder}/{path}", data) for path, data in files)


def _digest(digests: dict[str, dict[str, str]], path: str, data: bytes) -> None:
    for name, made in digests.items():
        made[path] = hashlib.new(name, data).hexdigest()


def _manifest(digests: dict[str, str]) -> bytes:
    """Return a manifest, sorted by path; the three characters that would break a line are encoded (RFC 8493, 2.1.3)."""
    encoded = {path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D"): digests[path] for path in digests}
    return "".join(f"{encoded[path]}  {path}\n" for path in sorted(encoded)).encode("utf-8")
