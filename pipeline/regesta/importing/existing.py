"""What an edition holds already: its records by title and date, and its registers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from regesta import reading
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.findings import Finding
from regesta.importing.markup import XML_ID
from regesta.importing.registers import KINDS, Register

DOCUMENTS, REGISTERS = "tei/documents", "tei/registers"
_NAMESPACE = {"t": TEI}


@dataclass
class Existing:
    """The documents by id, the ids by (title, date of the listing or else the first), and the registers."""

    ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    by_facts: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    registers: dict[str, Register] = field(default_factory=dict)


def look(edition: Path) -> Existing:
    """Return what lies in the edition's folder. Raises UsageError when a register there cannot be read."""
    found = Existing()
    folder = edition / DOCUMENTS
    for path in sorted(folder.glob("*.xml")) if folder.is_dir() else ():
        parsed = reading.parse(path.read_bytes(), path.as_posix())
        facts = ("", "") if isinstance(parsed, Finding) else _facts(parsed.root)
        identifier = path.stem if isinstance(parsed, Finding) else parsed.root.get(XML_ID, path.stem)
        found.ids[identifier] = facts
        found.by_facts[facts].append(identifier)
    for kind in KINDS.values():
        path = edition / REGISTERS / kind.file
        found.registers[kind.name] = Register.of(kind, _register(path) if path.is_file() else None)
    return found


def _facts(root: etree._Element) -> tuple[str, str]:
    title = root.find(".//t:titleStmt/t:title", _NAMESPACE)
    dates = root.findall(".//t:creation/t:date", _NAMESPACE)
    date = next((each for each in dates if each.get("type") == "listing"), next(iter(dates), None))
    words = "" if title is None else " ".join("".join(title.itertext()).split())
    if date is None:
        return words, ""
    return words, next((start for name in ("when", "from", "notBefore") if (start := date.get(name))), "")


def _register(path: Path) -> etree._Element:
    parsed = reading.parse(path.read_bytes(), path.as_posix())
    if isinstance(parsed, Finding):
        raise UsageError(f"The register {path} cannot be read: {parsed.message}", "Mend it, then import again.")
    return parsed.root
