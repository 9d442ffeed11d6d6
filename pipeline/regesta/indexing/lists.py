"""The combined index: all documents in two orders, ten, fifty or all a page, or by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regesta.catalogue import Catalogue, CataloguedDocument
from regesta.indexing.columns import vocabulary
from regesta.indexing.dating import by_date, by_month, by_year, month_anchor, plain_year
from regesta.indexing.items import items_of
from regesta.indexing.listing import ALL, SIZES, Listing, page_numbers, with_neighbours, year_listings
from regesta.indexing.models import Choice, Front, Group, Item, ListPage, Vocabulary
from regesta.rendering import EditionFacts


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
    for before, listing, after in with_neighbours(index.years):
        for number in range(1, listing.count + 1):
            yield _list_page(index, listing, number, before, after)


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


def _list_page(index: _Index, listing: Listing, number: int, before: str = "", after: str = "") -> ListPage:
    path, start = listing.address(number), (number - 1) * listing.size
    documents = listing.on_page(number)
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
        pages=tuple(page_numbers(listing, number)),
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


def _groups(listing: Listing, documents: Sequence[CataloguedDocument], items: Mapping[str, Item]) -> Iterator[Group]:
    """Yield a year's documents by month, and all others as one group."""
    months = by_month(documents) if listing.year else {"": documents}
    for month, group in months.items():
        anchor = month_anchor(month) if listing.year else ""
        yield Group(anchor, month, tuple(items[document.id] for document in group))


def _front(dated: Sequence[CataloguedDocument], words: tuple[Vocabulary, ...]) -> Front:
    years = [plain_year(year) for year in by_year(dated) if year]
    return Front(len(dated), years[0] if years else "", years[-1] if years else "", words)
