"""Small made-up catalogues, of any size, for the tests of the index."""

from __future__ import annotations

from collections.abc import Sequence

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.records import Entity, EntityFact, EntityName, Holding, Identifier, Mention, Record
from regesta.rendering import EditionFacts

EDITION = EditionFacts(
    title="Cables & minutes <1956>", subtitle="A sample", holder="The Archive", publisher="The Editors"
)

MONTHS = 24


def date_of(number: int) -> str:
    """Return dates over two years; each seventh document has a year only, each eleventh none."""
    if number % 11 == 10:
        return ""
    month = number % MONTHS
    year = f"{1955 + month // 12}"
    return year if number % 7 == 6 else f"{year}-{month % 12 + 1:02}-{number % 28 + 1:02}"


def document(number: int, *, sort_date: str | None = None, label: str = "") -> CataloguedDocument:
    """Return a document with people, archive and abstract."""
    date = date_of(number) if sort_date is None else sort_date
    record = Record(
        title=label,
        type="telegram",
        abstract="" if number % 3 == 2 else f"What stands in document {number}.",
        mentions=(
            Mention("person", "#mao", "Mao"),
            Mention("person", "#kim", "Kim", role="author"),
            Mention("person", "#kim", "Kim", role="sender"),
            Mention("person", "#kim", "Comrade Kim"),
            Mention("person", "#liu", "Liu", in_text=True),
            Mention("person", "#nobody", "Somebody <unknown>", role="addressee"),
            Mention("place", "#pyongyang", "Pyongyang"),
            Mention("organisation", "#wc", "The Provider", role="provider"),
        ),
        holdings=(Holding("State Archive", shelfmark=f"f. 5, op. {number}"),),
        transcript="none",
    )
    identifier = f"d{number}"
    return CataloguedDocument(
        id=identifier,
        page=f"documents/{identifier}.html",
        source=f"{identifier}.xml",
        unit="TEI",
        label=label or f"Cable {number} & <reply>",
        record=record,
        sort_date=date,
        written_date=date,
    )


def catalogue(documents: Sequence[CataloguedDocument]) -> Catalogue:
    """Return the catalogue of the documents, each of which names one person and one place."""
    dated = sorted(documents, key=lambda each: (not each.sort_date, each.sort_date))
    ids = tuple(each.id for each in documents)
    links = {("person", "#kim"): "kim", ("place", "#pyongyang"): "pyongyang"}
    return Catalogue(
        documents=tuple(documents),
        by_date=tuple(each.id for each in dated),
        entities=entities(ids) if ids else (),
        links=dict.fromkeys(ids, links),
        unresolved=(),
    )


def edition_of(count: int) -> Catalogue:
    """Return a catalogue of `count` documents."""
    return catalogue([document(number) for number in range(count)])


def entities(documents: tuple[str, ...]) -> tuple[CataloguedEntity, ...]:
    """Return entities in several scripts; two of them are named in the documents."""
    kim = Entity(
        kind="person",
        key="kim",
        label="Kim Il Sung",
        names=(
            EntityName("Kim Il Sung", "main"),
            EntityName("김일성", "variant", "ko"),
            EntityName("Ким Ир Сен", "variant", "ru"),
        ),
        facts=(EntityFact("role", "Premier", "1948–1972"),),
        authorities=(Identifier("VIAF", "12345"), Identifier("local", "x & y")),
    )
    place = Entity("place", "pyongyang", "Pyongyang", coordinates="39.03 125.75")
    others = {
        "hong": "홍명희",
        "mao": "毛泽东",
        "elan": "Élan",
        "eduard": "eduard",
        "2nd": "2nd Bureau",
    }
    return (
        CataloguedEntity("kim", "persons/kim.html", kim, ("registers.xml",), documents),
        CataloguedEntity("pyongyang", "places/pyongyang.html", place, ("registers.xml",), documents),
        *(
            CataloguedEntity(key, f"persons/{key}.html", Entity("person", key, label), (), ())
            for key, label in others.items()
        ),
    )
