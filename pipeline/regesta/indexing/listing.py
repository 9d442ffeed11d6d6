"""Lists in pages: where each page stands, and which numbers it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regesta.catalogue import CataloguedDocument
from regesta.indexing.dating import by_year
from regesta.indexing.models import PageNumber

SIZES = (10, 50)
ALL = 500
"""Up to so many documents stand together on one page; more are divided by year."""

_NEARBY = 2


@dataclass(frozen=True)
class Listing:
    """Documents in one order, in pages of `size`. A year's list has a `year` ("": undated), others None."""

    order: str
    size: int
    documents: Sequence[CataloguedDocument]
    year: str | None = None
    folder: str = "lists"

    @property
    def count(self) -> int:
        """The number of pages; a list without documents has one."""
        return max(1, -(-len(self.documents) // self.size))

    @property
    def name(self) -> str:
        """The list's file name without its page number and extension."""
        if self.year is not None:
            return f"year-{self.year}" if self.year else "undated"
        return f"{self.order}-{'all' if self.size == ALL else self.size}"

    def address(self, number: int = 1) -> str:
        """Return where page `number` stands. The site's first page is the first one in collection order."""
        if number > 1:
            return f"{self.folder}/{self.name}-{number}.html"
        return "index.html" if self.name == f"collection-{SIZES[0]}" else f"{self.folder}/{self.name}.html"

    def page_of(self, document: CataloguedDocument) -> str:
        """Return the address of the page on which the document stands."""
        return self.address(self.documents.index(document) // self.size + 1)

    def on_page(self, number: int) -> Sequence[CataloguedDocument]:
        """Return the documents of page `number`."""
        return self.documents[(number - 1) * self.size : number * self.size]


def year_listings(dated: Sequence[CataloguedDocument], folder: str = "lists") -> tuple[Listing, ...]:
    """Return a list for each year, and the last for the documents without a date if there are any."""
    return tuple(Listing("date", ALL, documents, year, folder) for year, documents in by_year(dated).items())


def with_neighbours(years: Sequence[Listing]) -> Iterator[tuple[str, Listing, str]]:
    """Yield each year's list between the last page of the one before and the first of the one after."""
    for at, listing in enumerate(years):
        before = years[at - 1].address(years[at - 1].count) if at else ""
        after = years[at + 1].address() if at + 1 < len(years) else ""
        yield before, listing, after


def page_numbers(listing: Listing, number: int) -> Iterator[PageNumber]:
    """Yield the first page, those near `number` and, on the first page only, the last.

    Pages in the middle do not name the last, or all of them would change whenever the list grows by one.
    """
    near = range(max(1, number - _NEARBY), min(listing.count, number + _NEARBY) + 1)
    numbers = sorted({1, *near, listing.count} if number == 1 else {1, *near})
    if len(numbers) < 2:
        return
    for before, this in pairwise([0, *numbers]):
        if this > before + 1:
            yield PageNumber(0)
        yield PageNumber(this, listing.address(this), this == number)
    if numbers[-1] < listing.count:
        yield PageNumber(0)
