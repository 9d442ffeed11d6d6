"""`regesta import csv` of the tables that `regesta export csv` writes: known columns need no mapping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from regesta import rules
from regesta.exchange.tables import DOCUMENTS, SEPARATOR
from regesta.findings import Place
from regesta.identifiers import short_hash
from regesta.importing import described, existing, table
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts
from regesta.importing.headers import Frame
from regesta.importing.mapping import RecordText
from regesta.importing.plan import Fate, Import, Row
from regesta.importing.records import Candidate, add_records, add_registers
from regesta.importing.table import Table, TableRow
from regesta.importing.when import When, iso
from regesta.records import Holding, ShelfmarkPart
from regesta.sources import printable

_MAIN = "documents.csv"
_OTHERS = ("dates", "names", "identifiers", "subtitles", "holdings", "relations", "notes")

Cells = Mapping[str, str]


def folder_of(source: Path) -> Path | None:
    """Return the folder of tables that an edition was exported to, None if the source is another table."""
    folder = source if source.is_dir() else source.parent
    if source.is_dir() or source.name == _MAIN:
        path = folder / _MAIN
        heading = ",".join(DOCUMENTS).encode()
        try:
            with path.open("rb") as stream:
                return folder if stream.readline().strip() == heading else None
        except OSError:
            return None
    return None


def read(folder: Path, edition: Path, publisher: str) -> Import:
    """Return what the tables would become. Raises UsageError when one of them cannot be read."""
    tables = _Tables(folder)
    held, result = existing.look(edition), Import()
    words = RecordText(publisher=publisher, change="Record made by regesta import from the tables of an edition.")
    candidates = []
    for row in tables.main.rows:
        place = Place(tables.shown, row.line, 1)
        fault = row.fault or (None if row.cells["title"] else rules.finding("import-no-title", place))
        if fault is not None:
            result.findings.append(fault)
            result.rows.append(Row(row.number, row.cells.get("id", ""), Fate.REFUSED, reason=fault.message))
            continue
        facts = tables.facts(row, held)
        candidates.append(Candidate(row.number, place, facts, (short_hash(f"{facts.id}{row.number}"),)))
    result.findings += tables.told
    add_records(candidates, held, Frame(words), result)
    add_registers(held, words, tables.shown, result)
    return result


class _Tables:
    """The tables: the rows of each by the document that they tell of, and the entities."""

    def __init__(self, folder: Path) -> None:
        self.main = table.read(folder / _MAIN, "utf-8", ",", exact=True)
        self.shown = printable(self.main.path)
        self.told = [*self.main.told]
        self.others = {name: self._by_document(folder / f"{name}.csv") for name in _OTHERS}
        entities = self._usable(folder / "entities.csv")
        self.entities = {(each["kind"], each["id"]): each for each in entities}
        self.ids = {row.cells["id"] for row in self.main.rows if not row.fault}

    def _usable(self, path: Path) -> list[Cells]:
        """Return the rows of a table, none where there is no such table; a row that cannot be used is told."""
        if not path.is_file():
            return []
        found: Table = table.read(path, "utf-8", ",", exact=True)
        self.told += [*found.told, *(row.fault for row in found.rows if row.fault)]
        return [defaultdict(str, row.cells) for row in found.rows if not row.fault]

    def _by_document(self, path: Path) -> dict[str, list[Cells]]:
        rows: dict[str, list[Cells]] = defaultdict(list)
        for cells in self._usable(path):
            rows[cells["document"]].append(cells)
        return rows

    def facts(self, row: TableRow, held: Existing) -> Facts:
        """Return the facts of a document: its own row, and those of the other tables that tell of it."""
        cells, identifier = row.cells, row.cells["id"]
        facts = Facts("other", cells["title"], identifier, source="table")
        described.put_type(facts, cells["type"])
        facts.bibls = [Bibl("table", "finding-aid", text=f"the table {self.main.path.name}")]
        addresses = dict.fromkeys(each for each in (cells["online"], cells["page"]) if "://" in each)
        facts.bibls += [Bibl(f"page-{at}", "online", target=each, label="the document's page")
                        for at, each in enumerate(addresses, start=1)]  # fmt: skip
        facts.languages = [(tag, "", "") for tag in cells["languages"].split(SEPARATOR) if tag]
        facts.extent, facts.abstract = cells["extent"], cells["abstract"]
        facts.rights, facts.rights_url = cells["rights"], cells["rights-address"]
        described.put_access(facts, cells["access"])
        described.put_classification(facts, cells["classification"])
        described.put_collection(facts, cells["collection"], cells["membership"], cells["number"])
        self._more(facts, held, {name: rows.get(identifier, []) for name, rows in self.others.items()})
        facts.dates = facts.dates or [Dated("listing", "", None)]
        return facts

    def _more(self, facts: Facts, held: Existing, rows: Mapping[str, list[Cells]]) -> None:
        facts.subtitles = [each["subtitle"] for each in rows["subtitles"]]
        facts.holdings = [_holding(each) for each in rows["holdings"]]
        for each in rows["identifiers"]:
            described.put_identifier(facts, each["type"], each["value"])
        for each in rows["dates"]:
            start, end = iso(each["from"]), iso(each["to"])
            meant = When(start.start if start else "", end.end if end else "") if start or end else None
            described.put_date(facts, each["kind"], each["written"], meant, approximate=each["approximate"] == "yes")
        for each in rows["names"]:
            entry = self.entities.get((each["kind"], each["entity"]), defaultdict(str))
            described.put_name(
                facts,
                held,
                each["kind"],
                each["name"],
                [role for role in each["roles"].split(SEPARATOR) if role],
                label=each["as-written"],
                key=each["entity"],
                linked=bool(each["entity"]),
                authority=entry["authority"],
                coordinates=entry["coordinates"],
            )
        for each in rows["relations"]:
            described.put_relation(facts, each["relation"], each["related"] or each["target"], each["label"], self.ids)
        for each in rows["notes"]:
            described.put_note(facts, each["type"], each["text"])


def _holding(cells: Cells) -> Holding:
    stated = (part.partition(" ") for part in cells["parts"].split(SEPARATOR) if part)
    parts = tuple(ShelfmarkPart(unit, value) for unit, _space, value in stated)
    return Holding(cells["repository"], cells["settlement"], cells["collection"], cells["shelfmark"], parts)
