"""`regesta import mets`: METS and MODS files become records; TEI that a METS file points to is taken over as it is.

A file of TEI is taken over once it has the checksum that the METS file states. A description whose TEI is taken over
becomes no record besides, since the TEI has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from regesta import reading, rules
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.identifiers import fold
from regesta.importing import existing
from regesta.importing.existing import DOCUMENTS
from regesta.importing.headers import Frame
from regesta.importing.mapping import RecordText
from regesta.importing.mods import NAMESPACE as MODS
from regesta.importing.mods import Reader, descriptions, local_number
from regesta.importing.plan import Bytes, Fate, Import, NewFile, Row
from regesta.importing.records import Candidate, add_records, add_registers
from regesta.reading import ParsedFile
from regesta.sources import printable

METS = "http://www.loc.gov/METS/"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ROOTS = frozenset({f"{{{METS}}}mets", f"{{{MODS}}}mods", f"{{{MODS}}}modsCollection"})
_SUMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_MOST_BYTES = 256_000_000


def read(source: Path, edition: Path, publisher: str) -> Import:
    """Return what the file, or the METS and MODS of the folder, would become. Raises UsageError if there are none."""
    result, held = Import(), existing.look(edition)
    reader = Reader(held)
    candidates: list[Candidate] = []
    taken: dict[str, Path] = {}
    described = []
    for path in _files(source):
        parsed = _parsed(path, result)
        if parsed is None:
            continue
        pointed = list(_tei(parsed, path, result)) if parsed.root.tag == f"{{{METS}}}mets" else []
        for name, data in pointed:
            _take(name, data, path, taken, result)
        if pointed:
            continue
        described += [(path, parsed.place(mods), mods) for mods in descriptions(parsed.root)]
    reader.ids = {local for _path, _place, mods in described if (local := local_number(mods))}
    for path, place, mods in described:
        facts = reader.facts(mods, place, f"Description in {path.name}")
        number = len(result.rows) + len(candidates) + 1
        if facts.title:
            candidates.append(Candidate(number, place, facts, (facts.id, f"{path.name} {number}")))
        else:
            finding = rules.finding("import-no-title", place)
            result.findings.append(finding)
            result.rows.append(Row(number, path.name, Fate.REFUSED, reason=finding.message))
    if not (candidates or result.rows):
        raise UsageError(f"{printable(source)} holds no METS or MODS.", "Check the path and the format.")
    words = RecordText(publisher=publisher, change="Record made by regesta import from a description in MODS.")
    add_records(candidates, held, Frame(words), result)
    if candidates:
        add_registers(held, words, printable(source), result)
    result.findings += reader.findings
    for what, count in sorted(reader.left.items()):
        result.findings.append(rules.finding("import-left", Place(printable(source)), what=what, count=count))
    return result


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    return [
        path
        for path in sorted(source.rglob("*.xml"))
        if path.is_file()
        and not path.is_symlink()
        and not any(p.startswith(".") for p in path.relative_to(source).parts)
    ]


def _parsed(path: Path, result: Import) -> ParsedFile | None:
    """Return the file if it is METS or MODS; an unreadable one gets its row, one of another kind is passed over."""
    parsed: ParsedFile | Finding
    try:
        large = path.stat().st_size > _MOST_BYTES
        data = b"" if large else path.read_bytes()
    except OSError as error:
        parsed = rules.finding("file-unreadable", Place(printable(path)), reason=error.strerror or "unreadable")
    else:
        most = _MOST_BYTES // 1_000_000
        parsed = (
            rules.finding("adopt-large", Place(printable(path)), most=most)
            if large
            else reading.parse(data, printable(path))
        )
    if isinstance(parsed, Finding):
        result.findings.append(parsed)
        result.rows.append(Row(len(result.rows) + 1, path.name, Fate.REFUSED, reason=parsed.message))
        return None
    return parsed if parsed.root.tag in _ROOTS else None


def _tei(parsed: ParsedFile, path: Path, result: Import) -> Iterator[tuple[str, bytes]]:
    """Yield the TEI files beside the METS file that it points to and whose sum agrees; what it else names is told."""
    folder = path.parent.resolve()
    for file in parsed.root.iter(f"{{{METS}}}file"):
        for locator in file.iterchildren(f"{{{METS}}}FLocat"):
            address = unquote(locator.get(_XLINK, ""))
            target = (folder / address).resolve() if ":" not in address.partition("/")[0] and address else folder
            if not target.is_relative_to(folder) or not target.is_file() or target.stat().st_size > _MOST_BYTES:
                finding = rules.finding("import-left", parsed.place(locator), what=f"the file {address}", count=1)
                result.findings.append(finding)
                continue
            data = target.read_bytes()
            fault = _fault(file, data)
            if fault:
                finding = rules.finding("mets-sum", parsed.place(file), file=address, fault=fault)
                result.findings.append(finding)
                result.rows.append(Row(len(result.rows) + 1, address, Fate.REFUSED, reason=finding.message))
                continue
            inner = reading.parse(data, printable(target))
            if not isinstance(inner, Finding) and inner.root.tag in {f"{{{TEI}}}TEI", f"{{{TEI}}}teiCorpus"}:
                yield target.relative_to(folder).as_posix(), data
            else:
                finding = rules.finding("import-left", parsed.place(file), what=f"the file {address}", count=1)
                result.findings.append(finding)


def _fault(file: etree._Element, data: bytes) -> str:
    """Return why the bytes are not those that the METS file describes, "" when they are."""
    kind, stated = file.get("CHECKSUMTYPE", ""), file.get("CHECKSUM", "").lower()
    if kind in _SUMS and stated and hashlib.new(_SUMS[kind], data, usedforsecurity=False).hexdigest() != stated:
        return f"its sum ({kind}) is another"
    size = file.get("SIZE", "")
    return f"it has {len(data)} bytes and not {size}" if size.isdecimal() and int(size) != len(data) else ""


def _take(name: str, data: bytes, path: Path, taken: dict[str, Path], result: Import) -> None:
    number = len(result.rows) + 1
    other = taken.setdefault(fold(name), path)
    if other != path:
        finding = rules.finding("adopt-collision", Place(printable(path)), other=f"one that {other.name} names")
        result.findings.append(finding)
        result.rows.append(Row(number, name, Fate.REFUSED, reason=finding.message))
        return
    target = f"{DOCUMENTS}/{name}"
    result.files.append(NewFile(target, Bytes(data)))
    result.rows.append(Row(number, name, Fate.MADE, target))
