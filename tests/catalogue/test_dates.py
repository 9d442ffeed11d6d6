"""Dates sort and show as they are stated, imprecise ones too."""

from __future__ import annotations

import pytest

from regesta import dates
from regesta.records import DatedEvent


def test_imprecise_dates_sort_before_what_lies_in_them() -> None:
    stated = [
        DatedEvent("written", when="1956-09-16"),
        DatedEvent("written", when="1956-09"),
        DatedEvent("written", when="1956"),
        DatedEvent("written", date_from="1956-08-30", date_to="1956-08-31"),
        DatedEvent("written", not_before="1955-12"),
        DatedEvent("written", not_after="1956-10-01"),
        DatedEvent("written", written="autumn of 1957"),
        DatedEvent("written", written="1800?"),
    ]
    assert sorted(dates.sort_key(date) for date in stated) == [
        *("1800", "1955-12", "1956", "1956-08-30", "1956-09", "1956-09-16", "1956-10-01", "1957")
    ]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("1956-09-16T10:00:00+09:00", "1956-09-16"),
        ("1956-09-16Z", "1956-09-16"),
        ("1956-09-16+09:00", "1956-09-16"),
        ("1956-09+09:00", "1956-09"),
        ("1956Z", "1956"),
        ("1956+09:00", "1956"),
    ],
)
def test_times_and_zones_are_no_part_of_the_key(value: str, key: str) -> None:
    assert dates.sort_key(DatedEvent("written", when=value)) == key


UNDATED = [None, DatedEvent("written"), DatedEvent("written", written="n.d."), DatedEvent("written", when="soon")]


@pytest.mark.parametrize("date", UNDATED)
def test_what_has_no_date_sorts_as_undated(date: DatedEvent | None) -> None:
    assert dates.sort_key(date) == ""


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (None, ""),
        (DatedEvent("written", written="16 September 1956", when="1956-09-16"), "16 September 1956"),
        (DatedEvent("written", when="1956-09"), "1956-09"),
        (DatedEvent("written", date_from="1956-08-30", date_to="1956-08-31"), "1956-08-30–1956-08-31"),
        (DatedEvent("written", not_before="1956"), "1956"),
        (DatedEvent("written", not_before="1956", not_after="1956"), "1956"),
    ],
)
def test_a_date_is_shown_as_written(date: DatedEvent | None, words: str) -> None:
    assert dates.shown(date) == words


def test_a_document_is_listed_by_its_listing_else_by_when_it_was_sent() -> None:
    kinds = ["received", "registered", "event", "written", "signed", "sent", "listing"]
    stated = [DatedEvent(kind, when=f"19{50 + number}") for number, kind in enumerate(kinds)]
    wanted = iter(["listing", "sent", "signed", "written", "event", "registered", "received"])
    while stated:
        chosen = dates.primary(stated)
        assert chosen is not None
        stated.remove(chosen)
        assert chosen.kind == next(wanted)
    assert dates.primary([]) is None


def test_a_date_that_can_be_sorted_wins_over_one_that_cannot() -> None:
    chosen = dates.primary([DatedEvent("sent", written="soon"), DatedEvent("received", when="1956")])
    assert chosen is not None
    assert chosen.kind == "received"


ODD = ["16.9.1956", "1956-13", "1956-9", "1956-02-32", "56", "--09-16", "1956/09", "1956-09-16 "]


@pytest.mark.parametrize("value", ODD)
def test_what_is_no_date_is_named(value: str) -> None:
    assert dates.malformed(DatedEvent("written", when=value, date_from="1956")) == [value]
