"""MODS 3.8, a record a document (Library of Congress, MODS User Guidelines)."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.exchange.material import File, Material, each


def files(material: Material) -> Iterator[File]:
    """Yield a MODS record for each document."""
    return each(material, lambda document: material.make("mods", record=document), ".xml")
