"""Pointers between the files of an edition, rewritten for a package in which the files lie elsewhere.

A pointer is a word of an attribute that leads to a source of this edition by its path, or to an element of its own
file, as those of the TEI class att.pointing and its relatives do (TEI Guidelines, 17). Whatever else stands in an
attribute stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from regesta import reading
from regesta.errors import RegestaError
from regesta.exchange.material import Material
from regesta.findings import Finding

Lead = Callable[[str, str], str | None]
"""Gives for a source and a fragment of it ("" for the whole) the pointer to write, None to leave it as it is."""

_NO_POINTERS = frozenset({"n", "type", "subtype", "when", "key"})
_ID = re.compile(rb"""xml:id\s*=\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Places:
    """Where the files of an edition lie in a package: by source, and by source and identifier where it is divided."""

    by_source: Mapping[str, str]
    by_part: Mapping[tuple[str, str], str]

    def lead_from(self, source: str, here: str) -> Lead:
        """Return what leads from the file at `here`, once in `source`, to the other files of the package."""

        def lead(target: str, fragment: str) -> str | None:
            place = self.by_part.get((target, fragment)) or self.by_source.get(target)
            if place is None or (place == here and target == source):
                return None
            whole = self.by_part.get((target, f"/{fragment}")) == place
            path = posixpath.relpath(place, posixpath.dirname(here) or ".")
            return quote(path, safe="/.-_~") + (f"#{fragment}" if fragment and not whole else "")

        return lead


def places(material: Material, folder: str, registers: Mapping[str, str]) -> Places:
    """Return the places of documents under `folder` by their ids, and of `registers` (source → place).

    Where a source holds several documents, each of its identifiers leads to the document that has it.
    """
    by_source: dict[str, str] = {}
    by_part: dict[tuple[str, str], str] = {}
    for document in material.documents:
        place = f"{folder}{document.id}.xml"
        by_source.setdefault(document.source, place)
        if document.part:
            name = document.part.rpartition("/")[2]
            by_part |= {(document.source, name): place, (document.source, f"/{name}"): place}
            for found in _ID.findall(material.tei(document.id)):
                by_part.setdefault((document.source, found.decode("utf-8")), place)
    return Places({**by_source, **registers}, by_part)


def rewrite(root: etree._Element, source: str, lead: Lead) -> None:
    """Make every pointer in `root`, once the file `source`, what `lead` says."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if str(name).startswith("{") or name in _NO_POINTERS or (".xml" not in value and "#" not in value):
                continue
            words = value.split()
            new = [_rewritten(word, source, lead) for word in words]
            if new != words:
                element.set(name, " ".join(new))


def _rewritten(word: str, source: str, lead: Lead) -> str:
    path, _mark, fragment = word.partition("#")
    if "://" in path or path.startswith(("/", "mailto:")) or not (path or fragment):
        return word
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))) if path else source
    new = lead(target, fragment)
    return word if new is None else new


def parsed(data: bytes, name: str) -> etree._Element:
    """Return the root of TEI that this build has made. Raises RegestaError if it cannot be read again."""
    found = reading.parse(data, name)
    if isinstance(found, Finding):
        raise RegestaError(f"The TEI of {name} cannot be read again: {found.message}", "Report this fault.")
    return found.root


def serialised(root: etree._Element) -> bytes:
    """Return `root` as a file in UTF-8."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False) + b"\n"
