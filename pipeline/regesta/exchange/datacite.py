"""DataCite Metadata Schema 4.6: what an agency needs to register a DOI (section 2.2: mandatory properties)."""

from __future__ import annotations

from collections.abc import Iterator

from regesta.exchange.material import File, Material, each
from regesta.exchange.model import Exported

_LEFT_OUT = "no record is made of it"


def files(material: Material) -> Iterator[File]:
    """Yield a record for each document that states all that DataCite demands; what is missing is a finding each."""
    edition = material.edition
    for key, value in (("[edition] publisher", edition.publisher), ("[edition] date", edition.date)):
        if not value:
            material.unset(key, "DataCite records")
    if not edition.publisher or not edition.date:
        return iter(())

    def make(document: Exported) -> bytes | None:
        doi = next((each.value for each in document.identifiers if each.type.upper() == "DOI"), "")
        if not doi:
            material.missing(document, "datacite", "a DOI (idno of type DOI)", _LEFT_OUT)
        if not any(True for _ in document.creators()):
            material.missing(document, "datacite", "a creator (author or sender)", _LEFT_OUT)
            return None
        return material.make("datacite", record=document, doi=_bare(doi)) if doi else None

    return each(material, make, ".xml")


def _bare(doi: str) -> str:
    """Return a DOI without the resolver's address or scheme before it."""
    for prefix in ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"):
        if doi.lower().startswith(prefix):
            return doi[len(prefix) :]
    return doi
