"""Charts of time: weeks where days are known, nothing guessed, on the pages of persons too."""

from __future__ import annotations

import pytest
from index_editions import catalogue, document, edition_of

from regesta.indexing import index_pages
from regesta.indexing.charts import chart
from regesta.indexing.models import Chart, EntityPage
from regesta.rendering import EditionFacts


def charted(*dates: str) -> Chart | None:
    return chart([document(number, sort_date=date) for number, date in enumerate(dates)])


def test_days_are_charted_by_the_week_that_begins_on_monday() -> None:
    found = charted("1956-09-16", "1956-09-17", "1956-09-23", "1956-10-01")
    assert found is not None
    assert (found.unit, found.first, found.last, found.most) == ("week", "1956-09-10", "1956-10-01", 2)
    assert [(bar.step, bar.documents, bar.name) for bar in found.bars] == [
        (0, 1, "1956-09-10"),
        (1, 2, "1956-09-17"),
        (3, 1, "1956-10-01"),
    ]


@pytest.mark.parametrize(
    ("dates", "unit", "left_out"),
    [
        (("1956-09-16", "1956-09"), "month", 0),
        (("1956-09-16",) * 9 + ("1956",), "week", 1),
        (("1856-09-16", "1956-09-16"), "year", 0),
        (("1956-02-31", "1956-03-01"), "month", 0),
        (("0001-01-01", "9999-12-31"), "century", 0),
    ],
)
def test_the_unit_is_the_finest_that_fits(dates: tuple[str, ...], unit: str, left_out: int) -> None:
    found = charted(*dates)
    assert found is not None
    assert (found.unit, found.left_out) == (unit, left_out)


@pytest.mark.parametrize("dates", [(), ("",), ("", "")])
def test_without_dates_there_is_no_chart(dates: tuple[str, ...]) -> None:
    assert charted(*dates) is None


def test_a_person_has_a_chart_from_three_documents_on() -> None:
    def of_kim(count: int) -> Chart | None:
        pages = index_pages(edition_of(count), EditionFacts("E"))
        return next(page.chart for page in pages if isinstance(page, EntityPage) and "kim" in page.path)

    assert of_kim(2) is None
    assert of_kim(3) is not None
    undated = catalogue([document(number, sort_date="") for number in range(5)])
    pages = [page for page in index_pages(undated, EditionFacts("E")) if isinstance(page, EntityPage)]
    assert [page.chart for page in pages if page.documents] == [None] * sum(bool(page.documents) for page in pages)
