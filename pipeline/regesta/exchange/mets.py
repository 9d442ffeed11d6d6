"""METS 1.12: a document's TEI with its MODS and PREMIS, and the TEI itself beside it (METS Primer, chapters 3 to 7)."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.exchange.material import File, Material
from regesta.exchange.premis import fixity


def files(material: Material) -> Iterator[File]:
    """Yield `ID.mets.xml` and the `ID.xml` that it points to, for each document."""
    for document in material.documents:
        data = material.tei(document.id)
        held = fixity(f"{document.id}.xml", data)
        yield held.name, data
        yield f"{document.id}.mets.xml", material.make("mets", record=document, file=held)
