"""What the page says of the document from its record: all of it generated, nothing that is not stated."""

from __future__ import annotations

import pytest
from pages import Maker, facts, words_of

from regesta.records import (
    DatedEvent,
    HeaderNote,
    Holding,
    Identifier,
    Mention,
    Record,
    Relation,
    ShelfmarkPart,
)
from regesta.rendering import EditionFacts, Link

RECORD = Record(
    title="Memorandum",
    type="memorandum",
    subtitles=("Draft",),
    identifiers=(Identifier("DOI", "https://doi.org/10.1/x"), Identifier("", "120806")),
    dates=(DatedEvent("sent", "1800?"), DatedEvent("signed", when="1956-09-04"), DatedEvent("event")),
    languages=("ko", "tlh"),
    mentions=(
        Mention("person", "#a", "A", "sender"),
        Mention("person", "#a", "A", "author"),
        Mention("person", "", "Only in the text", in_text=True),
    ),
    holdings=(
        Holding("RGANI", "Moscow", shelfmark="f. 5, op. 28"),
        Holding("AVPRF", parts=(ShelfmarkPart("fond", "0102"), ShelfmarkPart("opis", "12"))),
    ),
    classification="Top secret",
    abstract="What it says.",
    collection="August 1956",
    membership="certain",
    order=3,
    relations=(Relation("draft-of", "#b", "B"), Relation("cites", "#c", "C")),
    notes=(HeaderNote("discrepancy", "Two dates."), HeaderNote("odd", "Odd.")),
    rights="CC0",
    rights_url="https://creativecommons.org/publicdomain/zero/1.0/",
)


def rows(make: Maker, record: Record, **about: object) -> dict[str, list[str]]:
    made = make("<p>x</p>", record, facts(**about))
    return {words_of(row[0]): [words_of(dd) for dd in row.findall("dd")] for row in made.all("//dl/div")}


def test_the_record_is_told_in_full(make: Maker) -> None:
    assert rows(make, RECORD, relations=(Link("b.html", "B", "draft-of"),), tei_href="../tei/x.xml") == {
        "Dates": ["1800?sent", "4 September 1956signed"],
        "Persons": ["Asenderauthor"],
        "Held at": ["RGANI, Moscow, f. 5, op. 28", "AVPRF, fond 0102, opis 12"],
        "Classification": ["Top secret"],
        "Language": ["Korean", "tlh"],
        "Identifiers": ["https://doi.org/10.1/xDOI", "120806"],
        "Collection": ["August 1956, no. 3certain"],
        "Related documents": ["Bdraft of", "Ccites"],
        "Discrepancies": ["Two dates."],
        "Notes on the record": ["Odd."],
        "Rights": ["CC0"],
        "Download": ["TEI-XML"],
    }


def test_what_is_not_stated_is_not_shown(make: Maker) -> None:
    made = make("<p>x</p>")
    assert made.all("//dl") == []
    assert made.words("//header[@class='regest']/*") == ["A label"]
    assert made.all("//nav[@class='neighbours'] | //section") == []


def test_the_heading_and_the_date_are_those_of_the_facts(make: Maker) -> None:
    made = make("<p>x</p>", RECORD, facts(label="Shown", written_date="4 Sept. 1956"))
    assert made.words("//h1") == ["Shown"]
    assert made.words("//*[@class='date-line']/*") == ["4 Sept. 1956", "memorandum"]
    assert made.words("//*[@class='subtitle']") == ["Draft"]
    assert made.words("//*[@class='abstract']") == ["What it says."]


def test_neighbours_are_linked(make: Maker) -> None:
    made = make("<p>x</p>", about=facts(previous=Link("a.html", "A"), next=Link("c.html", "C")))
    assert [each.get("href") for each in made.all("//nav[@class='neighbours']/a")] == ["a.html", "c.html"]
    assert [each.get("rel") for each in made.all("//head/link[@rel != 'stylesheet']")] == ["prev", "next"]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record(title="T", transcript="none", online="https://example.org/1"), ["It can be read at example.org/1"]),
        (Record(title="T", transcript="none", holdings=(Holding("RGANI"),)), ["The original is held by RGANI."]),
        (Record(title="T", transcript="none", online="urn:x"), []),
    ],
)
def test_a_document_without_transcript_says_so(make: Maker, record: Record, words: list[str]) -> None:
    about = facts(edition=EditionFacts("E", holder="The Archive"))
    made = make("<p><gap reason='no-transcript'/></p>", record, about)
    statement = made.one("//article/*[@class='no-transcript'][@data-generated]")
    assert [words_of(p) for p in statement] == ["This edition holds no transcript of the document.", *words]
    assert made.words("//article//span[@class='gap']") == [""]
    assert "".join(made.strict.text).strip() == ""


def test_everything_outside_the_text_is_marked_as_generated(make: Maker) -> None:
    made = make("", RECORD, facts(next=Link("n.html", "N"), edition=EditionFacts("E", "S", publisher="P", licence="L")))
    assert "".join(made.strict.text).strip() == ""
    assert made.words("//footer/p") == ["Published by P", "Licence: L"]
