"""Authority files that the edition knows the addresses of."""

from __future__ import annotations

import re

from regesta.records import Identifier

AUTHORITIES = {
    "gnd": "https://d-nb.info/gnd/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "https://www.wikidata.org/wiki/",
    "geonames": "https://www.geonames.org/",
    "lcnaf": "https://id.loc.gov/authorities/names/",
    "isni": "https://isni.org/isni/",
    "orcid": "https://orcid.org/",
    "ulan": "https://vocab.getty.edu/ulan/",
    "tgn": "https://vocab.getty.edu/tgn/",
}
"""The address before an identifier, by the name of the authority as TEI's `idno/@type` gives it, folded."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9-]+")
_HOSTS = {
    "d-nb.info/gnd/": "gnd",
    "viaf.org/viaf/": "viaf",
    "wikidata.org/wiki/": "wikidata",
    "wikidata.org/entity/": "wikidata",
    "geonames.org/": "geonames",
    "sws.geonames.org/": "geonames",
    "id.loc.gov/authorities/names/": "lcnaf",
    "isni.org/isni/": "isni",
    "orcid.org/": "orcid",
    "vocab.getty.edu/ulan/": "ulan",
    "vocab.getty.edu/tgn/": "tgn",
}


def identifier_in(identifier: Identifier) -> tuple[str, str]:
    """Return the authority's name and the bare identifier in it, of an address or a typed value; ("", "") otherwise."""
    address = re.sub(r"^https?://(www\.)?", "", identifier.value.strip())
    if address != identifier.value.strip():
        for host, name in _HOSTS.items():
            rest = address.removeprefix(host).rstrip("/").partition("/")[0]
            if address.startswith(host) and _IDENTIFIER.fullmatch(rest):
                return name, rest
        return "", ""
    name = identifier.type.casefold()
    return (name, address) if name in AUTHORITIES and _IDENTIFIER.fullmatch(address) else ("", "")
