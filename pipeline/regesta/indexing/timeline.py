"""The timeline: documents by year and month, and how they lie in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.indexing.dating import by_date, by_month, month_anchor, plain_year, year_and_month
from regesta.indexing.items import occurrence
from regesta.indexing.lists import ALL, Listing, year_listings
from regesta.indexing.models import Bar, Chart, Month, TimelinePage, Year
from regesta.rendering import EditionFacts

_MOST_BARS = 120
_UNITS = (("month", 1), ("year", 12), ("decade", 120), ("century", 1200))


def timeline_page(catalogue: Catalogue, edition: EditionFacts) -> TimelinePage:
    """Return the timeline. Beyond what fits on one page it counts, and leads to the lists of years."""
    dated = by_date(catalogue)
    large = len(dated) > ALL
    years = tuple(_year(listing, large) for listing in year_listings(dated))
    return TimelinePage("timeline.html", edition, "", len(dated), _chart(dated), years)


def _year(listing: Listing, large: bool) -> Year:
    months = by_month(listing.documents).items()
    return Year(
        year=plain_year(listing.year or ""),
        anchor=f"y{listing.year}" if listing.year else "undated",
        documents=len(listing.documents),
        href=listing.address() if large else "",
        months=tuple(_month(listing, month, documents, large) for month, documents in months),
    )


def _month(listing: Listing, month: str, documents: Sequence[CataloguedDocument], large: bool) -> Month:
    anchor = f"y{listing.year}-{month}" if month else ""
    if not large:
        return Month(month, anchor, len(documents), "", tuple(map(occurrence, documents)))
    fragment = f"#{month_anchor(month)}" if listing.year else ""
    return Month(month, anchor, len(documents), listing.page_of(documents[0]) + fragment, ())


def _chart(dated: Sequence[CataloguedDocument]) -> Chart | None:
    """Return the chart in the finest unit that fits, or None when no date can be shown in it.

    Time is counted in months since the year 0. A chart of months leaves out dates without one: no guesses.
    """
    dates = [date for date in map(year_and_month, dated) if date[0]]
    if not dates:
        return None
    points = [(int(year) * 12 + int(month or 1) - 1, bool(month)) for year, month in dates]
    first, last = min(points)[0], max(points)[0]
    fitting = (unit for unit in _UNITS if last // unit[1] - first // unit[1] < _MOST_BARS)
    unit, months = next(fitting, _UNITS[-1])
    counts = Counter(point // months for point, exact in points if exact or unit != "month")
    if not counts:
        return None
    steps = range(min(counts), max(counts) + 1)
    return Chart(
        unit=unit,
        bars=tuple(Bar(at, counts[step]) for at, step in enumerate(steps) if counts[step]),
        steps=len(steps),
        most=max(counts.values()),
        first=_step_name(steps[0] * months, unit),
        last=_step_name(steps[-1] * months, unit),
        left_out=len(points) - counts.total(),
    )


def _step_name(point: int, unit: str) -> str:
    return f"{point // 12}-{point % 12 + 1:02}" if unit == "month" else str(point // 12)
