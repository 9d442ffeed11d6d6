"""The readable README of a deposit: what it is, who answers for it, what lies where, how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regesta import __version__
from regesta.depositing.profile import PLACES, Part, Profile
from regesta.exchange.model import EditionFacts

_ABOUT: Mapping[Part, str] = {
    "tei": "each document and register as TEI XML, the source of all else",
    "tei-corpus": "the same in one file",
    "schema": "the schema that judges the TEI",
    "site": "the edition for readers; open site/index.html, no server is needed",
    "ead3": "a finding aid in EAD3",
    "ead": "a finding aid in EAD 2002",
    "mods": "a description of each document in MODS",
    "premis": "size, digests and rights of each TEI file in PREMIS",
    "mets": "each TEI file with its MODS and PREMIS in METS",
    "dc": "a description of each document in Dublin Core",
    "csv": "the records as tables",
    "text": "each text without markup",
    "readme": "this file",
    "report": "what Regesta found wrong in the TEI, for people (findings.html) and programs (findings.json)",
}


def readme(
    edition: EditionFacts, profile: Profile, parts: Sequence[Part], documents: int, findings: Mapping[str, int]
) -> bytes:
    """Return the README of a deposit of these parts. What the edition does not state is not mentioned."""
    stated = (
        ("Title", ": ".join(filter(None, (edition.title, edition.subtitle)))),
        ("Editors", "; ".join(edition.editors)),
        ("Publisher", edition.publisher),
        ("Date", edition.date),
        ("Address", edition.url),
        ("Licence", " ".join(dict.fromkeys(filter(None, (edition.licence, edition.licence_url))))),
        ("Rights", edition.rights),
        ("Contact", edition.admin_email),
        ("Documents", str(documents)),
        ("Findings", ", ".join(f"{severity} {count}" for severity, count in findings.items())),
        ("Profile", profile.name),
        ("Made with", f"Regesta {__version__}"),
    )
    width = max(len(PLACES[part]) for part in parts)
    algorithm = profile.algorithms[0]
    lines = [
        *(f"{label}: {value}" for label, value in stated if value),
        "",
        "What lies in data/",
        *(f"  {PLACES[part]:<{width}}  {_ABOUT[part]}" for part in parts),
        "",
        "How to check it",
        f"  In the folder above this one: {algorithm}sum -c manifest-{algorithm}.txt",
        "  or with any tool for BagIt (RFC 8493), or: regesta deposit --check FOLDER",
        "",
        "Rights and conditions of access of single documents stand in their TEI headers.",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")
