"""The timeline: documents by year and month, and how they lie in time."""

from __future__ import annotations

from collections.abc import Sequence

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.indexing.charts import chart
from regesta.indexing.dating import by_date, by_month, month_anchor, plain_year
from regesta.indexing.items import occurrence
from regesta.indexing.listing import ALL, Listing, year_listings
from regesta.indexing.models import Month, TimelinePage, Year
from regesta.rendering import EditionFacts


def timeline_page(catalogue: Catalogue, edition: EditionFacts) -> TimelinePage:
    """Return the timeline. Beyond what fits on one page it counts, and leads to the lists of years."""
    dated = by_date(catalogue)
    large = len(dated) > ALL
    years = tuple(_year(listing, large) for listing in year_listings(dated))
    return TimelinePage("timeline.html", edition, "", len(dated), chart(dated), years)


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
