"""The combined index: all documents in two orders, ten, fifty or all a page, or by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.indexing.columns import vocabulary
from regesta.indexing.dating import by_date, by_month, by_year, month_anchor, plain_year
from regesta.indexing.items import items_of
from regesta.indexing.models import Choice, Front, Group, Item, ListPage, PageNumber, Vocabulary
from regesta.rendering import EditionFacts

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
            return f"lists/{self.name}-{number}.html"
        return "index.html" if self.name == f"collection-{SIZES[0]}" else f"lists/{self.name}.html"

    def page_of(self, document: CataloguedDocument) -> str:
        """Return the address of the page on which the document stands."""
        return self.address(self.documents.index(document) // self.size + 1)


@dataclass(frozen=True)
class _Index:
    """What all pages of the index share."""

    edition: EditionFacts
    items: Mapping[str, Item]
    sized: Sequence[Listing]
    years: Sequence[Listing]
    front: Front


def list_pages(catalogue: Catalogue, edition: EditionFacts) -> Iterator[ListPage]:
    """Yield the pages of all lists; the first is the site's `index.html`."""
    dated = by_date(catalogue)
    index = _Index(
        edition=edition,
        items=dict(items_of(catalogue)),
        sized=_sized_listings(catalogue.documents, dated),
        years=year_listings(dated) if len(dated) > ALL else (),
        front=_front(dated, vocabulary(catalogue)),
    )
    for listing in index.sized:
        for number in range(1, listing.count + 1):
            yield _list_page(index, listing, number)
    for before, listing, after in _with_neighbours(index.years):
        for number in range(1, listing.count + 1):
            yield _list_page(index, listing, number, before, after)


def year_listings(dated: Sequence[CataloguedDocument]) -> tuple[Listing, ...]:
    """Return a list for each year, and the last for the documents without a date if there are any."""
    return tuple(Listing("date", ALL, documents, year) for year, documents in by_year(dated).items())


def _sized_listings(
    collection: Sequence[CataloguedDocument], dated: Sequence[CataloguedDocument]
) -> tuple[Listing, ...]:
    """Return the lists in both orders; an order or a size that would only repeat another is left out."""
    count = len(collection)
    smallest, larger = SIZES
    sizes = [smallest]
    if count > smallest:
        sizes.append(larger)
    if larger < count <= ALL:
        sizes.append(ALL)
    orders = {"collection": collection} if count < 2 else {"collection": collection, "date": dated}
    return tuple(Listing(order, size, documents) for order, documents in orders.items() for size in sizes)


def _with_neighbours(years: Sequence[Listing]) -> Iterator[tuple[str, Listing, str]]:
    """Yield each year's list between the last page of the one before and the first of the one after."""
    for at, listing in enumerate(years):
        before = years[at - 1].address(years[at - 1].count) if at else ""
        after = years[at + 1].address() if at + 1 < len(years) else ""
        yield before, listing, after


def _list_page(index: _Index, listing: Listing, number: int, before: str = "", after: str = "") -> ListPage:
    path, start = listing.address(number), (number - 1) * listing.size
    documents = listing.documents[start : start + listing.size]
    return ListPage(
        path=path,
        edition=index.edition,
        root="" if path == "index.html" else "../",
        order=listing.order,
        year=None if listing.year is None else plain_year(listing.year),
        number=number,
        first=start + 1 if documents else 0,
        last=start + len(documents),
        total=len(listing.documents) if number == 1 else None,
        orders=_orders(listing, index.sized),
        sizes=_sizes(listing, index),
        pages=tuple(_page_numbers(listing, number)),
        previous=listing.address(number - 1) if number > 1 else before,
        next=listing.address(number + 1) if number < listing.count else after,
        groups=tuple(_groups(listing, documents, index.items)),
        front=index.front if path == "index.html" else None,
    )


def _orders(listing: Listing, sized: Sequence[Listing]) -> tuple[Choice, ...]:
    """Return the orders to choose from; a year's list leads to the whole in its smallest size."""
    size = listing.size if listing.year is None else SIZES[0]
    choices = tuple(
        Choice(other.order, other.address(), other.order == listing.order and listing.year is None)
        for other in sized
        if other.size == size
    )
    return choices if len(choices) > 1 else ()


def _sizes(listing: Listing, index: _Index) -> tuple[Choice, ...]:
    """Return the sizes to choose from; where the whole is too large for one page, years stand for it."""
    choices = [
        Choice("all" if other.size == ALL else str(other.size), other.address(), other is listing)
        for other in index.sized
        if other.order == listing.order
    ]
    if index.years:
        choices.append(Choice("year", "timeline.html", listing.year is not None))
    return tuple(choices) if len(choices) > 1 else ()


def _page_numbers(listing: Listing, number: int) -> Iterator[PageNumber]:
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


def _groups(listing: Listing, documents: Sequence[CataloguedDocument], items: Mapping[str, Item]) -> Iterator[Group]:
    """Yield a year's documents by month, and all others as one group."""
    months = by_month(documents) if listing.year else {"": documents}
    for month, group in months.items():
        anchor = month_anchor(month) if listing.year else ""
        yield Group(anchor, month, tuple(items[document.id] for document in group))


def _front(dated: Sequence[CataloguedDocument], words: tuple[Vocabulary, ...]) -> Front:
    years = [plain_year(year) for year in by_year(dated) if year]
    return Front(len(dated), years[0] if years else "", years[-1] if years else "", words)
