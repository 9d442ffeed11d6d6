"""The formats: what each is called, whether it makes a file or a folder, who says that it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from regesta.exchange import (
    bagit,
    cmif,
    datacite,
    dublin_core,
    epub,
    finding_aids,
    iiif,
    jsonld,
    mets,
    mods,
    pdf,
    premis,
    prose,
    references,
    rocrate,
    sqlite,
    tables,
    tei,
    workbook,
)
from regesta.exchange.dts import store as dts
from regesta.exchange.material import File, Material
from regesta.exchange.oai.store import make_store


class Kind(StrEnum):
    """What an export writes: one file, or a folder of files."""

    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True)
class Format:
    """A format of archives.

    `place` is the default place below a folder of exports, `oracle` what the tests hold it against; `make` yields its
    files, one called `place` for a FILE.
    """

    name: str
    title: str
    kind: Kind
    place: str
    oracle: str
    make: Callable[[Material], Iterable[File]]


_STRUCTURE = "structure tested, not validated"
_DTS = f"{_STRUCTURE}; read by rdflib with the context of DTS 1.0"


def _file(name: str, title: str, place: str, oracle: str, make: Callable[[Material], bytes | None]) -> Format:
    def files(material: Material) -> Iterable[File]:
        data = make(material)
        return [] if data is None else [(place, data)]

    return Format(name, title, Kind.FILE, place, oracle, files)


def _folder(name: str, title: str, oracle: str, make: Callable[[Material], Iterable[File]]) -> Format:
    return Format(name, title, Kind.FOLDER, name, oracle, make)


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        _folder(
            "tei", "TEI documents and registers, with their pointers", "tei_all by jing; imported again", tei.package
        ),
        _file("tei-corpus", "One teiCorpus", "tei-corpus.xml", "tei_all by jing", tei.corpus),
        _folder("bagit", "BagIt 1.0 bag with the TEI, its schema and metadata", "bagit-python", bagit.bag),
        _file("ead3", "EAD3 finding aid", "ead3.xml", "ead3.rng and ead3.xsd", finding_aids.ead3),
        _file("ead", "EAD 2002 finding aid", "ead.xml", "ead.xsd of the Library of Congress", finding_aids.ead),
        _folder("mets", "METS with MODS and PREMIS, a file a document", "mets, mods and premis XSD", mets.files),
        _folder("mods", "MODS 3.8, a file a document", "mods-3-8.xsd", mods.files),
        _folder("premis", "PREMIS 3.0, a file a document", "premis-v3-0.xsd", premis.files),
        _folder("dc", "Dublin Core (oai_dc), a file a document", "dc.xsd of DCMI", dublin_core.files),
        _folder("datacite", "DataCite 4, a file a document with a DOI", "DataCite kernel 4.6 XSD", datacite.files),
        _file("cmif", "Correspondence metadata (CMIF)", "cmif.xml", "CMIF's RELAX NG by jing", cmif.file),
        _folder("iiif", "IIIF Presentation 3 manifests of documents with page images", "iiif-prezi3", iiif.files),
        _file("oai", "Store of an OAI-PMH repository", "oai.sqlite", "OAI-PMH.xsd; sickle, oaipmh-scythe", make_store),
        _file("dts-store", "Store of a text service (DTS 1.0)", "dts.sqlite", _DTS, dts.make_store),
        _file("jsonld", "schema.org as JSON-LD", "edition.jsonld", "rdflib", jsonld.file),
        _folder("rocrate", "RO-Crate 1.1: the TEI with what is known of each file", "ro-crate-py", rocrate.files),
        _folder("csv", "Tables of documents, names and links", "imported again", tables.csv_files),
        _file("xlsx", "The same tables as sheets of a workbook", "edition.xlsx", "openpyxl", workbook.file),
        _file("bibtex", "References for BibTeX", "references.bib", "bibtexparser, pybtex", references.maker("bibtex")),
        _file("ris", "References in RIS", "references.ris", "rispy", references.maker("ris")),
        _file("csl", "References as CSL-JSON", "references.json", "citeproc-py", references.maker("csl")),
        _file("jsonl", "A record a line", "documents.jsonl", _STRUCTURE, tables.json_lines),
        _file("sqlite", "SQLite with full-text search", "edition.sqlite", "SQLite's own checks", sqlite.file),
        _folder("epub", "EPUB 3: the whole edition as a book, and each document as one", "epubcheck", epub.files),
        _file("pdf", "The whole edition as a PDF, by Typst", "edition.pdf", "pypdf; PDF/A not validated", pdf.file),
        _folder("text", "Plain text, a file a document", "every character by the proof's own count", prose.text_files),
        _folder("markdown", "Markdown, a file a document", _STRUCTURE, prose.markdown_files),
    )
}


def chosen(material: Material, names: Iterable[str]) -> Iterator[File]:
    """Yield the files of the formats called `names`, each at its default place below exchange/.

    Names without a format here (the protocols, which are served live) are passed over.
    """
    for form in (FORMATS[name] for name in names if name in FORMATS):
        for path, data in form.make(material):
            yield (path if form.kind is Kind.FILE else f"{form.place}/{path}"), data
