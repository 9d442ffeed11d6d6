"""Dublin Core: the fifteen elements as OAI-PMH carries them (DCMES 1.1; OAI-PMH 2.0, section 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.exchange.material import File, Material, each


def files(material: Material) -> Iterator[File]:
    """Yield an oai_dc record for each document."""
    return each(material, lambda document: material.make("dc", record=document), ".xml")
