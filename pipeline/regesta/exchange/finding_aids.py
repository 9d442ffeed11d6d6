"""Finding aids: the edition as EAD3 (1.1.1) and as EAD 2002, the collection above and each document an item."""

from __future__ import annotations

from regesta.exchange.material import Material


def ead3(material: Material) -> bytes:
    """Return the finding aid in EAD3."""
    return _finding_aid(material, "ead3")


def ead(material: Material) -> bytes:
    """Return the finding aid in EAD 2002."""
    return _finding_aid(material, "ead")


def _finding_aid(material: Material, form: str) -> bytes:
    edition = material.edition
    if not edition.repository and not edition.holder:
        material.unset("[exchange] repository", "the repository that a finding aid names")
    if not edition.agency:
        material.unset("[exchange] agency", "the agency's code in finding aids")
    for document in material.documents:
        if not (document.access or document.rights or document.rights_url):
            material.missing(document, form, "conditions of access and use", "the item has none")
    dates = [date for document in material.documents if (date := document.date)]
    starts = sorted(date.start for date in dates if date.start)
    ends = sorted(date.end or date.start for date in dates if date.end or date.start)
    languages = {language for document in material.documents for language in document.languages}
    return material.make(
        form,
        records=material.documents,
        count=len(material.documents),
        dates=f"{starts[0]}/{ends[-1]}" if starts and ends else "",
        languages=sorted(languages, key=lambda language: language.tag),
    )
