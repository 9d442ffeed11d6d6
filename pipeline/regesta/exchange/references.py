"""References: all documents in a format of reference managers (BibTeX, RIS, CSL-JSON)."""

from __future__ import annotations

from collections.abc import Callable

from regesta.citing.files import FORMATS
from regesta.exchange.material import Material


def maker(name: str) -> Callable[[Material], bytes | None]:
    """Return what makes the file of the format called `name`; None where the edition has no title to cite it by."""
    form = next(each for each in FORMATS if each.name == name)

    def made(material: Material) -> bytes | None:
        works = material.works()
        if not all(each.edition for each in works):
            material.unset("[edition] title", "references to its documents")
            return None
        return form.write(works).encode("utf-8")

    return made
