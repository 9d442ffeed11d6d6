"""SQLite: the catalogue as a database with foreign keys and a full-text index (SQLite's FTS5)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from regesta.exchange.material import Material
from regesta.exchange.prose import plain

_SCHEMA = """
create table documents (
  id text primary key, position integer not null, title text not null, type text, date text, date_from text,
  date_to text, languages text, repository text, shelfmark text, classification text, extent text, abstract text,
  transcript text, collection text, membership text, rights text, access text, online text, page text, tei text
) without rowid;
create table entities (
  id text primary key, kind text not null, name text not null, coordinates text, page text
) without rowid;
create table variants (entity text not null references entities (id), name text not null, type text, language text);
create table authorities (entity text not null references entities (id), type text, value text not null);
create table mentions (
  document text not null references documents (id), entity text references entities (id), kind text not null,
  name text not null, as_written text, role text not null
);
create table dates (
  document text not null references documents (id), kind text, written text, date_from text, date_to text,
  approximate integer not null
);
create table identifiers (document text not null references documents (id), type text, value text not null);
create table relations (
  document text not null references documents (id), relation text, related text references documents (id),
  target text, label text
);
create table notes (document text not null references documents (id), type text, text text not null);
create table texts (number integer primary key, document text not null unique references documents (id), text text);
create virtual table search using fts5 (title, abstract, text, document unindexed, tokenize = 'unicode61');
create index mentions_by_entity on mentions (entity);
create index mentions_by_document on mentions (document);
create index documents_by_date on documents (date_from);
"""


def file(material: Material) -> bytes:
    """Return the database. The same edition gives the same bytes with the same version of SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("pragma foreign_keys = on")
        database.executescript(_SCHEMA)
        with database:
            _documents(database, material)
            _entities(database, material)
            _details(database, material)
            _texts(database, material)
        database.execute("vacuum")
        return database.serialize()


def _fill(database: sqlite3.Connection, name: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        database.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - our own table names


def _documents(database: sqlite3.Connection, material: Material) -> None:
    rows: list[tuple[object, ...]] = []
    for each in material.documents:
        holding = each.holdings[0] if each.holdings else None
        rows.append(
            (
                each.id,
                each.order,
                each.title,
                each.type,
                each.date.written if each.date else None,
                each.date.start or None if each.date else None,
                each.date.end or None if each.date else None,
                " ".join(language.tag for language in each.languages),
                holding.repository if holding else None,
                holding.shelfmark if holding else None,
                each.classification,
                each.extent,
                each.abstract,
                each.transcript,
                each.collection,
                each.membership,
                each.rights,
                each.access,
                each.online,
                material.address(each.page) or each.page,
                material.address(each.tei) or each.tei,
            )
        )
    _fill(database, "documents", rows)


def _entities(database: sqlite3.Connection, material: Material) -> None:
    entities = material.entities
    rows: list[tuple[object, ...]] = [
        (each.id, each.entity.kind, each.entity.label, each.entity.coordinates or None, each.page) for each in entities
    ]
    _fill(database, "entities", rows)
    _fill(database, "variants", [(e.id, n.text, n.type, n.language) for e in entities for n in e.entity.names])
    _fill(database, "authorities", [(e.id, a.type, a.value) for e in entities for a in e.entity.authorities])


def _details(database: sqlite3.Connection, material: Material) -> None:
    documents = material.documents
    mentions: list[tuple[object, ...]] = [
        (each.id, name.id or None, name.kind, name.name, name.label, role)
        for each in documents
        for name in each.names
        for role in name.roles
    ]
    _fill(database, "mentions", mentions)
    dates: list[tuple[object, ...]] = [
        (each.id, date.kind, date.written, date.start or None, date.end or None, int(date.approximate))
        for each in documents
        for date in each.dates
    ]
    _fill(database, "dates", dates)
    _fill(database, "identifiers", [(each.id, i.type, i.value) for each in documents for i in each.identifiers])
    relations: list[tuple[object, ...]] = [
        (each.id, rel.relation, rel.id or None, rel.target, rel.label) for each in documents for rel in each.relations
    ]
    _fill(database, "relations", relations)
    _fill(database, "notes", [(each.id, note.type, note.text) for each in documents for note in each.notes])


def _texts(database: sqlite3.Connection, material: Material) -> None:
    for each in material.documents:
        text = plain(material.tei(each.id), each.source)
        _fill(database, "texts", [(each.order, each.id, text)])
        _fill(database, "search", [(each.title, each.abstract, text, each.id)])
