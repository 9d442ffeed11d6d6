"""The store of a repository: records, their formats and sets, in a SQLite database that is made once and only read.

Records are in the order of datestamps and identifiers, so that a harvest goes on where it stopped, also when the store
was made anew meanwhile.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from regesta.errors import UsageError
from regesta.exchange import tei
from regesta.exchange.material import Material
from regesta.exchange.model import Exported

_SCHEMA = """
create table facts (name text primary key, value text not null) without rowid;
create table records (
  number integer primary key, identifier text not null unique, datestamp text not null, deleted integer not null
);
create table metadata (number integer not null, prefix text not null, xml blob not null, primary key (number, prefix));
create table sets (spec text primary key, name text not null) without rowid;
create table members (spec text not null, number integer not null, primary key (spec, number)) without rowid;
create index members_by_number on members (number);
create index records_by_datestamp on records (datestamp, identifier);
"""
_NOT_SPEC = re.compile(r"[^A-Za-z0-9_.!~*'()-]+")


@dataclass(frozen=True)
class StoredRecord:
    """A record: `number` is its key in the store, `sets` are the specs of the sets that it is in."""

    number: int
    identifier: str
    datestamp: str
    deleted: bool
    sets: tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """What a harvester asks for: days (inclusive, "" for open ends), a set ("" for all), a format."""

    prefix: str
    first: str = ""
    last: str = ""
    spec: str = ""


FORMATS: Mapping[str, tuple[str, str]] = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    "tei": ("https://tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd", "http://www.tei-c.org/ns/1.0"),
    "mods": ("http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", "http://www.loc.gov/mods/v3"),
    "ead": ("http://www.loc.gov/ead/ead.xsd", "urn:isbn:1-931666-22-9"),
}
"""The formats by their prefixes: address of the schema, namespace."""


def make_store(material: Material) -> bytes:
    """Return the database of the edition.

    A document has the datestamp of its release; one that was never released, the date of the edition. Raises UsageError
    when the edition does not state what the protocol demands.
    """
    facts = _facts(material)
    stamps = _datestamps(material)
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        with database:
            database.executemany("insert into facts values (?, ?)", sorted(facts.items()))
            ordered = sorted((datestamp, name) for name, datestamp in stamps.items())
            for number, (datestamp, name) in enumerate(ordered, start=1):
                document = material.by_id.get(name)
                identifier = f"{facts['prefix']}:{quote(name, safe='-._~')}"
                row = (number, identifier, datestamp, int(document is None))
                database.execute("insert into records values (?, ?, ?, ?)", row)
                if document is not None:
                    _add(database, material, number, document)
        return database.serialize()


def _facts(material: Material) -> dict[str, str]:
    edition = material.edition
    if not edition.admin_email:
        raise UsageError(
            "OAI-PMH demands an address to which harvesters can write.",
            "State admin_email under [exchange] in edition.toml.",
        )
    host = urlsplit(edition.url).hostname if edition.url else ""
    prefix = edition.identifier_prefix or (f"oai:{host}" if host else "")
    if not prefix:
        raise UsageError(
            "OAI-PMH demands identifiers that are the edition's own in all the world.",
            "State identifier_prefix under [exchange] in edition.toml, for example oai:example.org, or url under"
            " [edition].",
        )
    return {"name": edition.repository or edition.title, "email": edition.admin_email, "prefix": prefix}


def _datestamps(material: Material) -> dict[str, str]:
    """Return the day of every document that is offered, and of every identifier that is no more."""
    released = {each.id: each for each in material.history.documents if each.datestamp}
    found = {
        name: _day(each.datestamp)
        for each in released.values()
        for name in (*each.former, each.id)
        if name not in material.by_id and (each.deleted or name != each.id)
    }
    for document in material.documents:
        release = released.get(document.id)
        stamp = _day(release.datestamp if release and not release.deleted else material.edition.date)
        if stamp:
            found[document.id] = stamp
        else:
            material.missing(document, "oai", "a datestamp", "it is not offered until it is released")
    if not found:
        raise UsageError(
            "No document has a datestamp, so there is nothing to offer.",
            "Run `regesta release`, or state the day of the edition as date under [edition].",
        )
    return found


def _day(date: str) -> str:
    """Return the day of a date, "" where it names none."""
    return date[: len("2000-01-01")] if len(date) >= len("2000-01-01") else ""


def _add(database: sqlite3.Connection, material: Material, number: int, document: Exported) -> None:
    made: Mapping[str, Callable[[], bytes]] = {
        "oai_dc": lambda: material.make("dc", record=document),
        "mods": lambda: material.make("mods", record=document),
        "ead": lambda: material.make("ead", records=[document], count=1, dates="", languages=document.languages),
        "tei": lambda: tei.alone(material, document),
    }
    rows = [(number, prefix, make()) for prefix, make in sorted(made.items())]
    database.executemany("insert into metadata values (?, ?, ?)", rows)
    for spec, name in _sets(document):
        database.execute("insert or ignore into sets values (?, ?)", (spec, name))
        database.execute("insert or ignore into members values (?, ?)", (spec, number))


def _sets(document: Exported) -> Iterator[tuple[str, str]]:
    """Yield the sets of a document, each after the one above it."""
    kinds: Iterable[tuple[str, str, Iterable[str]]] = (
        ("type", "Types of documents", [document.type]),
        ("archive", "Archives that hold the originals", [holding.repository for holding in document.holdings]),
        ("language", "Languages", [language.tag for language in document.languages]),
    )
    for kind, title, values in kinds:
        for value in filter(None, values):
            yield kind, title
            yield f"{kind}:{_spec(value)}", value


def _spec(value: str) -> str:
    """Return a part of a setSpec for `value`: its unreserved characters, with a digest where that is not all of it."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    short = _NOT_SPEC.sub("-", plain).strip("-")[:40]
    if short == value:
        return short
    digest = hashlib.sha256(value.encode()).hexdigest()[:8]
    return f"{short}-{digest}" if short else digest


class Store:
    """A store that is read. Each thread opens one for itself; raises UsageError when the file is no store."""

    def __init__(self, path: Path) -> None:
        try:
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._database = sqlite3.connect(address, uri=True)
            self.facts: Mapping[str, str] = dict(self._database.execute("select name, value from facts"))
        except sqlite3.Error:
            raise UsageError(f"{path} is not what `regesta export oai` writes.", "Make it anew.") from None

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    @property
    def earliest(self) -> str:
        """Return the first datestamp."""
        return str(self._one("select min(datestamp) from records")[0])

    def record(self, identifier: str) -> StoredRecord | None:
        """Return the record called `identifier`."""
        found = self._one("select number, identifier, datestamp, deleted from records where identifier = ?", identifier)
        return self._record(found) if found else None

    def metadata(self, number: int, prefix: str) -> bytes:
        """Return a record in a format, b"" when it has none."""
        found = self._one("select xml from metadata where number = ? and prefix = ?", number, prefix)
        return bytes(found[0]) if found else b""

    def select(self, selection: Selection, after: tuple[str, str], limit: int) -> list[StoredRecord]:
        """Return at most `limit` records behind `after`, a datestamp and an identifier, in the order of these."""
        where, values = _where(selection)
        rows = self._database.execute(
            "select number, identifier, datestamp, deleted from records"  # noqa: S608 - our own words
            f" where (datestamp, identifier) > (?, ?) and {where} order by datestamp, identifier limit ?",
            (*after, *values, limit),
        )
        return [self._record(row) for row in rows]

    def count(self, selection: Selection) -> int:
        """Return how many records there are of a selection."""
        where, values = _where(selection)
        return int(self._one(f"select count(*) from records where {where}", *values)[0])  # noqa: S608 - our own words

    def sets(self, after: str, limit: int) -> list[tuple[str, str]]:
        """Return at most `limit` sets behind `after`, spec and name, in the order of their specs."""
        rows = self._database.execute(
            "select spec, name from sets where spec > ? order by spec limit ?", (after, limit)
        )
        return [(str(spec), str(name)) for spec, name in rows]

    def count_sets(self) -> int:
        """Return how many sets there are."""
        return int(self._one("select count(*) from sets")[0])

    def _record(self, row: tuple[int, str, str, int]) -> StoredRecord:
        number, identifier, datestamp, deleted = row
        specs = self._database.execute("select spec from members where number = ? order by spec", (number,))
        leaves = tuple(spec for (spec,) in specs if ":" in spec)
        return StoredRecord(number, identifier, datestamp, bool(deleted), leaves)

    def _one(self, query: str, *values: object) -> tuple[int, str, str, int]:
        found: tuple[int, str, str, int] = self._database.execute(query, values).fetchone()
        return found


def _where(selection: Selection) -> tuple[str, list[str]]:
    """Return the condition of a selection and the values in it; records that are deleted are in every format."""
    conditions, values = ["1"], []
    for condition, value in (
        ("datestamp >= ?", selection.first),
        ("datestamp <= ?", selection.last),
        ("number in (select number from members where spec = ?)", selection.spec),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    return " and ".join(conditions), values
