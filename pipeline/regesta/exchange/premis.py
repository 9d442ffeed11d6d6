"""PREMIS 3.0: the TEI file of a document as an object to preserve (PREMIS Data Dictionary 3.0, sections 1.1 to 1.6)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from regesta.exchange.material import File, Material, each
from regesta.exchange.model import Exported


@dataclass(frozen=True)
class Fixity:
    """A file to preserve: its name, its size in bytes, its digests in hexadecimal digits."""

    name: str
    size: int
    sha256: str
    sha512: str


def fixity(name: str, data: bytes) -> Fixity:
    """Return what identifies the bytes of the file called `name`."""
    return Fixity(name, len(data), hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


def files(material: Material) -> Iterator[File]:
    """Yield a PREMIS description for the TEI of each document; rights that none states are a finding."""

    def make(document: Exported) -> bytes:
        if not document.rights and not document.rights_url:
            material.missing(
                document, "premis", "rights (availability in its publicationStmt)", "the rights are left out"
            )
        held = fixity(f"{document.id}.xml", material.tei(document.id))
        return material.make("premis", record=document, file=held)

    return each(material, make, ".xml")
