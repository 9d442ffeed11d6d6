"""CMIF: an index of the letters, telegrams and notes that say who sent them to whom (Correspondence SIG of the TEI)."""

from __future__ import annotations

import hashlib

from regesta.exchange.material import Material
from regesta.exchange.model import Exported

_LOST = "indexes of correspondence (CMIF)"


def file(material: Material) -> bytes | None:
    """Return the index; None when the edition does not state what CMIF demands of it, or holds no correspondence."""
    edition = material.edition
    demanded = {
        "[edition] url": edition.url,
        "[edition] publisher": edition.publisher,
        "[edition] date": edition.date,
        "[edition] editors": edition.editors,
        "[edition] licence (its address)": edition.licence_url,
    }
    for key, value in demanded.items():
        if not value:
            material.unset(key, _LOST)
    if not all(demanded.values()):
        return None
    letters = [document for document in material.documents if is_correspondence(document)]
    if not letters:
        return None
    source = f"u{hashlib.sha256(edition.url.encode()).hexdigest()[:32]}"
    return material.make("cmif", records=letters, uuid=source)


def is_correspondence(document: Exported) -> bool:
    """Return whether the record says that somebody sent the document, or to whom."""
    return any({"sender", "addressee"} & set(name.roles) for name in document.names)
