"""The store of a text service: documents, their records and their citation trees, in a SQLite database only read."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta.errors import UsageError
from regesta.exchange import tei
from regesta.exchange.dts.citation import CitationTree, Unit, citation_trees
from regesta.exchange.material import Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed

_SCHEMA = """
create table facts (name text primary key, value text not null) without rowid;
create table resources (
  number integer primary key, id text not null unique, title text not null, record text not null, tei blob not null
);
create table trees (resource integer not null, number integer not null, name text not null, structure text not null,
  primary key (resource, number)) without rowid;
create table units (resource integer not null, tree integer not null, number integer not null, ref text not null,
  level integer not null, parent text not null, kind text not null, element integer not null, title text not null,
  primary key (resource, tree, number)) without rowid;
create unique index units_by_ref on units (resource, tree, ref);
"""
_PARSED = 4


@dataclass(frozen=True)
class Resource:
    """A document: `number` is its key in the store, `record` its Dublin Core as DTS writes it, `trees` how to cite it.

    Each tree is its name ("" for the first) and its citeStructure.
    """

    number: int
    id: str
    title: str
    record: Mapping[str, object]
    trees: tuple[tuple[str, list[object]], ...] = ()


@dataclass(frozen=True)
class Placed:
    """A unit and its place among the units of its tree."""

    number: int
    unit: Unit


def make_store(material: Material) -> bytes:
    """Return the database of the edition."""
    edition = material.edition
    facts = {"id": edition.url or "edition", "title": edition.title, "publisher": edition.publisher}
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        with database:
            database.executemany("insert into facts values (?, ?)", sorted(facts.items()))
            for number, document in enumerate(material.documents, start=1):
                data = tei.alone(material, document, among_others=False)
                record = json.dumps(_record(document), ensure_ascii=False)
                row = (number, material.address(document.page) or document.id, document.title, record, data)
                database.execute("insert into resources values (?, ?, ?, ?, ?)", row)
                for place, tree in enumerate(citation_trees(parsed(data, document.source))):
                    _add(database, number, place, tree)
        return database.serialize()


def _add(database: sqlite3.Connection, resource: int, place: int, tree: CitationTree) -> None:
    structure = json.dumps(tree.structure(), ensure_ascii=False)
    database.execute("insert into trees values (?, ?, ?, ?)", (resource, place, tree.name, structure))
    rows = (
        (resource, place, number, unit.ref, unit.level, unit.parent, unit.kind, unit.element, unit.title)
        for number, unit in enumerate(tree.units)
    )
    database.executemany("insert into units values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _record(document: Exported) -> dict[str, object]:
    """Return what the record says in terms of Dublin Core; what it does not say is left out."""
    date = document.date
    stated: dict[str, Iterable[str]] = {
        "title": [document.title],
        "creator": [name.name or name.label for name in document.creators()],
        "language": [language.tag for language in document.languages],
        "date": [date.start or date.end] if date else [],
        "type": [document.type],
        "description": [document.abstract],
        "rights": [document.rights],
    }
    return {key: [value for value in values if value] for key, values in stated.items() if any(values)}


class Store:
    """A store that is read. Each thread opens one for itself; raises UsageError when the file is no store."""

    def __init__(self, path: Path) -> None:
        self._roots: OrderedDict[int, list[etree._Element]] = OrderedDict()
        try:
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._database = sqlite3.connect(address, uri=True)
            self.facts: Mapping[str, str] = dict(self._database.execute("select name, value from facts"))
            self.count = int(self._database.execute("select count(*) from resources").fetchone()[0])
        except sqlite3.Error:
            raise UsageError(f"{path} is not what `regesta export dts-store` writes.", "Make it anew.") from None

    def resource(self, identifier: str) -> Resource | None:
        """Return the document called `identifier`."""
        row = self._database.execute("select number, id, title, record from resources where id = ?", (identifier,))
        found = row.fetchone()
        return self._resource(found) if found else None

    def resources(self, first: int, count: int) -> list[Resource]:
        """Return so many documents in the order of the edition, from place `first`, which counts from 0."""
        rows = self._database.execute(
            "select number, id, title, record from resources where number > ? order by number limit ?", (first, count)
        )
        return [self._resource(row) for row in rows.fetchall()]

    def unit(self, resource: Resource, tree: int, ref: str) -> Placed | None:
        """Return the unit with this reference."""
        found = self._units("ref = ?", resource, tree, ref, limit=1)
        return found[0] if found else None

    def units(self, resource: Resource, tree: int, span: range, level: int, *, limit: int, skip: int) -> list[Placed]:
        """Return units at these places that are not below a level, at most `limit`, without the first `skip`."""
        where = "number >= ? and number < ? and level <= ?"
        return self._units(where, resource, tree, span.start, span.stop, level, limit=limit, skip=skip)

    def count_units(self, resource: Resource, tree: int, span: range, level: int) -> int:
        """Return how many units there are at these places that are not below a level."""
        query = (
            "select count(*) from units where resource = ? and tree = ? and number >= ? and number < ? and level <= ?"
        )
        values = (resource.number, tree, span.start, span.stop, level)
        return int(self._database.execute(query, values).fetchone()[0])

    def siblings(self, resource: Resource, tree: int, unit: Unit, *, limit: int, skip: int) -> list[Placed]:
        """Return the units with the same parent."""
        return self._units("parent = ? and level = ?", resource, tree, unit.parent, unit.level, limit=limit, skip=skip)

    def end(self, resource: Resource, tree: int, placed: Placed) -> int:
        """Return the place behind the last unit within this one."""
        query = "select min(number) from units where resource = ? and tree = ? and number > ? and level <= ?"
        values = (resource.number, tree, placed.number, placed.unit.level)
        found = self._database.execute(query, values).fetchone()[0]
        return 1 << 60 if found is None else int(found)

    def tei(self, resource: Resource) -> bytes:
        """Return the document."""
        query = "select tei from resources where number = ?"
        return bytes(self._database.execute(query, (resource.number,)).fetchone()[0])

    def element(self, resource: Resource, number: int) -> etree._Element:
        """Return an element of the document by its number in document order."""
        if resource.number not in self._roots:
            root = parsed(self.tei(resource), resource.id)
            self._roots[resource.number] = list(root.iter(etree.Element))
            while len(self._roots) > _PARSED:
                self._roots.popitem(last=False)
        self._roots.move_to_end(resource.number)
        return self._roots[resource.number][number]

    def _resource(self, row: tuple[int, str, str, str]) -> Resource:
        query = "select name, structure from trees where resource = ? order by number"
        trees = self._database.execute(query, (row[0],)).fetchall()
        return Resource(*row[:3], json.loads(row[3]), tuple((name, json.loads(text)) for name, text in trees))

    def _units(
        self, where: str, resource: Resource, tree: int, *values: object, limit: int, skip: int = 0
    ) -> list[Placed]:
        rows = self._database.execute(
            "select number, ref, level, parent, kind, element, title from units"  # noqa: S608 - our own words
            f" where resource = ? and tree = ? and {where} order by number limit ? offset ?",
            (resource.number, tree, *values, limit, skip),
        )
        return [Placed(number, Unit(*unit)) for number, *unit in rows.fetchall()]
