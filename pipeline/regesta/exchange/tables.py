"""Tables: the records as CSV files (RFC 4180) and as JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from regesta.exchange.material import File, Material
from regesta.exchange.model import Exported, When, authority_of
from regesta.records import Holding

SEPARATOR = "; "
DOCUMENTS = (
    "id", "order", "title", "type", "date", "date-from", "date-to", "creators", "addressees", "translators",
    "languages", "repository", "shelfmark", "classification", "extent", "abstract", "transcript", "collection",
    "membership", "number", "rights", "rights-address", "access", "online", "page", "tei",
)  # fmt: skip


HOLDINGS = ("document", "repository", "settlement", "collection", "shelfmark", "parts")


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


def tables(material: Material) -> Iterator[Table]:
    """Yield the tables: documents, and one row each for every date, name, identifier … of a document; entities."""
    documents = material.documents
    yield Table("documents", DOCUMENTS, (_row(material, each) for each in documents))
    dates = ((each.id, date.kind, *_date(date)) for each in documents for date in each.dates)
    yield Table("dates", ("document", "kind", "written", "from", "to", "approximate"), dates)
    names = (
        (each.id, name.kind, name.id.partition("/")[2], name.name, name.label, SEPARATOR.join(name.roles))
        for each in documents
        for name in each.names
    )
    yield Table("names", ("document", "kind", "entity", "name", "as-written", "roles"), names)
    identifiers = ((each.id, found.type, found.value) for each in documents for found in each.identifiers)
    yield Table("identifiers", ("document", "type", "value"), identifiers)
    subtitles = ((each.id, subtitle) for each in documents for subtitle in each.subtitles)
    yield Table("subtitles", ("document", "subtitle"), subtitles)
    holdings = (
        (each.id, held.repository, held.settlement, held.collection, held.shelfmark, _parts(held))
        for each in documents
        for held in each.holdings
    )
    yield Table("holdings", HOLDINGS, holdings)
    relations = ((each.id, rel.relation, rel.id, rel.target, rel.label) for each in documents for rel in each.relations)
    yield Table("relations", ("document", "relation", "related", "target", "label"), relations)
    notes = ((each.id, note.type, note.text) for each in documents for note in each.notes)
    yield Table("notes", ("document", "type", "text"), notes)
    entities = (
        (
            found.entity.kind,
            found.id.partition("/")[2],
            found.entity.label,
            SEPARATOR.join(name.text for name in found.entity.names if name.text != found.entity.label),
            SEPARATOR.join(each.value for each in found.entity.authorities),
            found.entity.coordinates,
            authority_of(found.entity.authorities),
            len(found.documents),
        )
        for found in material.entities
    )
    columns = ("kind", "id", "name", "variants", "identifiers", "coordinates", "authority", "documents")
    yield Table("entities", columns, entities)


def csv_files(material: Material) -> Iterator[File]:
    """Yield each table as a CSV file."""
    yield from ((f"{each.name}.csv", table(each.columns, each.rows)) for each in tables(material))


def _parts(held: Holding) -> str:
    return SEPARATOR.join(f"{part.unit} {part.value}" for part in held.parts)


def json_lines(material: Material) -> bytes:
    """Return a record in each line, with the keys of `Exported`."""
    lines = (json.dumps(asdict(document), ensure_ascii=False) + "\n" for document in material.documents)
    return "".join(lines).encode("utf-8")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table in UTF-8 with a line for each row, quoted where RFC 4180 wants it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _row(material: Material, document: Exported) -> tuple[object, ...]:
    holding = document.holdings[0] if document.holdings else None
    written, start, end, _doubt = _date(document.date) if document.date else ("", "", "", "")
    return (
        document.id,
        document.order,
        document.title,
        document.type,
        written,
        start,
        end,
        SEPARATOR.join(name.name for name in document.creators()),
        SEPARATOR.join(name.name for name in document.names if "addressee" in name.roles),
        SEPARATOR.join(name.name for name in document.names if "translator" in name.roles),
        SEPARATOR.join(language.tag for language in document.languages),
        holding.repository if holding else "",
        holding.shelfmark if holding else "",
        document.classification,
        document.extent,
        document.abstract,
        document.transcript,
        document.collection,
        document.membership,
        "" if document.number is None else document.number,
        document.rights,
        document.rights_url,
        document.access,
        document.online,
        material.address(document.page) or document.page,
        material.address(document.tei) or document.tei,
    )


def _date(date: When) -> tuple[str, str, str, str]:
    return date.written, date.start, date.end, "yes" if date.approximate else ""
