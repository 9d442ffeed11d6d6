"""Days of journals, their periods and numbers, dates of one day out of two, and who the title says took part."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from tables import documents, run, table, words

HEAD = ("title", "date", "type", "creators", "persons", "notes")
MAPPING = """
participants-in-titles-of = ["memorandum-of-conversation"]
[fields]
title = { column = "title" }
date = { column = "date" }
type = { column = "type", values = { "conversation" = "memorandum-of-conversation" } }
creators = { column = "creators", separator = ";" }
persons = { column = "persons", separator = ";" }
[remarks]
column = "notes"
[[clauses]]
pattern = "journal (?P<period>[^,]+), No (?P<number>\\\\d+)( of (?P<date>.+))?"
journal = "{period}"
numbers = ["No {number}"]
dates = [{ kind = "registered", text = "{date}" }]
[[title-dates]]
pattern = "of (?P<date>\\\\d+ \\\\w+ \\\\d{4})$"
kind = "event"
"""
INFERRING = MAPPING + '[journals]\nnote = "Inferred from its date."\n'
LAMP = ["Journal for 3 May", "1953-05-03", "journal", "Lamp, A.", "", "journal 1 to 9 May 1953, No 7 of 9/10 May"]
LATER = ["Journal for 5 May", "1953-05-05", "journal", "Lamp, A.", "", ""]
OTHER = ["Journal for 6 May", "1953-05-06", "journal", "Wick, B.", "", ""]


def documents_of(folder: Path, rows: list[list[str]], mapping: str = MAPPING) -> list[etree._Element]:
    folder.mkdir(exist_ok=True)
    result = run(table(folder, rows, HEAD, mapping))
    assert result.exit_code == 0, result.output
    return list(documents(folder).values())


def related(record: etree._Element) -> list[tuple[str | None, str | None]]:
    found = record.iterfind(".//{*}relatedItem[@type='same-journal']")
    return [(each.get("target"), each.get("cert")) for each in found]


def test_a_day_of_a_journal_keeps_period_number_and_double_date_apart(tmp_path: Path) -> None:
    (day,) = documents_of(tmp_path, [LAMP])
    assert day.get("subtype") == "day"
    assert words(day, "//t:creation/t:date[@type='period'][@from='1953-05-01'][@to='1953-05-09']") == [
        "1 to 9 May 1953"
    ]
    assert words(day, "//t:date[@type='registered'][@notBefore='1953-05-09'][@notAfter='1953-05-10']") == ["9/10 May"]
    assert words(day, "//t:note[@type='number']") == ["No 7"]


def test_days_within_a_period_are_joined_where_the_mapping_says_so(tmp_path: Path) -> None:
    first, later, other = documents_of(tmp_path, [LAMP, LATER, OTHER], INFERRING)
    assert related(first) == [("journal-1953-05-05-lamp.xml", "medium")]
    assert related(later) == [("journal-1953-05-03-lamp.xml", "medium")]
    assert words(later, "//t:notesStmt/t:note[@cert='medium']") == ["Inferred from its date."]
    assert related(other) == []


def test_without_that_decision_nothing_is_inferred(tmp_path: Path) -> None:
    first, later = documents_of(tmp_path, [LAMP, LATER])
    assert related(first) == related(later) == []


def test_a_surname_in_the_title_is_a_participant_unless_two_bear_it(tmp_path: Path) -> None:
    talk = ["Talk with Comrade Lamp.", "1953-05-03", "conversation", "Wick, B."]
    (one,) = documents_of(tmp_path, [[*talk, "Lamp, A.; Reed, C.", ""]])
    assert words(one, "//t:persName[@role='participant']") == ["A. Lamp"]
    (two,) = documents_of(tmp_path / "two", [[*talk, "Lamp, A.; Lamp, D.", ""]])
    assert words(two, "//t:persName[@role='participant']") == []


def test_an_event_before_the_listed_day_is_not_called_a_contradiction_of_it(tmp_path: Path) -> None:
    (talk,) = documents_of(tmp_path, [["Talk of 2 May 1953", "1953-05-03", "conversation", "Wick, B.", "", ""]])
    (told,) = words(talk, "//t:note[@type='discrepancy']")
    assert "dates of different acts" in told
