"""A page for each entity, with further pages for those that very many documents name, and lists of them by letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.indexing.authorities import AUTHORITIES, identifier_in
from regesta.indexing.charts import chart
from regesta.indexing.collation import collation_key, initial
from regesta.indexing.dating import by_date, plain_year
from regesta.indexing.items import entity_label, occurrence, roles_in
from regesta.indexing.listing import ALL, page_numbers, with_neighbours, year_listings
from regesta.indexing.models import (
    Authority,
    EntityListPage,
    EntityPage,
    EntityYearPage,
    Entry,
    Letter,
    Occurrence,
    Target,
)
from regesta.records import Identifier
from regesta.rendering import EditionFacts

FOLDERS = ("persons", "organisations", "places", "events", "terms")
"""The folders that every site has; others, such as `works`, follow when they have an entry."""

_NO_LINKS: Mapping[tuple[str, str], str] = {}
_ENOUGH = 3
"""From how many documents on a chart says more than their list."""


def entity_pages(catalogue: Catalogue, edition: EditionFacts) -> Iterator[EntityPage | EntityYearPage | EntityListPage]:
    """Yield the pages of each entity, then the list of each kind."""
    dated = by_date(catalogue)
    ranked = {document.id: (rank, document) for rank, document in enumerate(dated)}
    by_folder: dict[str, list[CataloguedEntity]] = {folder: [] for folder in FOLDERS}
    for entity in sorted(catalogue.entities, key=_order):
        by_folder.setdefault(_folder(entity), []).append(entity)
        named_in = sorted(ranked[document_id] for document_id in set(entity.documents))
        yield from _pages(entity, edition, [document for _, document in named_in], catalogue)
    folders = tuple(Entry(folder, f"{folder}/index.html", len(found)) for folder, found in by_folder.items())
    for folder, found in by_folder.items():
        path = f"{folder}/index.html"
        yield EntityListPage(path, edition, "../", folder, folders, tuple(_letters(found)))


def _pages(
    entity: CataloguedEntity, edition: EditionFacts, documents: Sequence[CataloguedDocument], catalogue: Catalogue
) -> Iterator[EntityPage | EntityYearPage]:
    """Yield the entity's page, and where the documents are too many for it, their pages year by year."""

    def occurrences(shown: Sequence[CataloguedDocument]) -> tuple[Occurrence, ...]:
        links = ((document, catalogue.links.get(document.id, _NO_LINKS)) for document in shown)
        return tuple(occurrence(document, roles_in(document, found, entity.id)) for document, found in links)

    entry, label = entity.entity, entity_label(entity)
    names = (name for name in entry.names if name.type != "sort" and name.text not in ("", label))
    years = year_listings(documents, _own_folder(entity)) if len(documents) > ALL else ()
    yield EntityPage(
        path=entity.page,
        edition=edition,
        root="../",
        folder=_folder(entity),
        label=label,
        names=tuple(dict.fromkeys(names)),
        facts=entry.facts,
        authorities=tuple(map(_authority, entry.authorities)),
        coordinates=entry.coordinates,
        documents=() if years else occurrences(documents),
        years=tuple(
            Entry(plain_year(listing.year or ""), listing.address(), len(listing.documents)) for listing in years
        ),
        chart=chart(documents) if len(documents) >= _ENOUGH else None,
    )
    for before, listing, after in with_neighbours(years):
        for number in range(1, listing.count + 1):
            shown, start = listing.on_page(number), (number - 1) * listing.size
            yield EntityYearPage(
                path=listing.address(number),
                edition=edition,
                root="../../",
                folder=_folder(entity),
                entity=Target(label, entity.page),
                year=plain_year(listing.year or ""),
                number=number,
                first=start + 1,
                last=start + len(shown),
                total=len(listing.documents) if number == 1 else None,
                pages=tuple(page_numbers(listing, number)),
                previous=listing.address(number - 1) if number > 1 else before,
                next=listing.address(number + 1) if number < listing.count else after,
                documents=occurrences(shown),
            )


def _own_folder(entity: CataloguedEntity) -> str:
    """Return the folder of the entity's further pages: its name, with a hyphen where that is the name of a page.

    The page of an entity `x` is such a name for another, called `x.html`; no identifier ends with a hyphen.
    """
    name = entity.page.removesuffix(".html")
    return f"{name}-" if name.casefold().endswith(".html") else name


def _authority(identifier: Identifier) -> Authority:
    """Return the identifier with its address: its own if it is one, else one in an authority file we know."""
    name, known = identifier_in(identifier)
    if identifier.value.startswith(("http://", "https://")):
        return Authority(name or identifier.type, known or identifier.value, identifier.value)
    return Authority(identifier.type, identifier.value, AUTHORITIES[name] + known if name else "")


def _letters(entities: Iterable[CataloguedEntity]) -> Iterator[Letter]:
    by_letter: dict[str, list[Entry]] = {}
    for entity in entities:
        entry = Entry(entity_label(entity), entity.page, len(set(entity.documents)))
        by_letter.setdefault(initial(_sort_key(entity)), []).append(entry)
    for letter, entries in by_letter.items():
        yield Letter(letter, f"letter-{ord(letter[0]):x}", tuple(entries))


def _folder(entity: CataloguedEntity) -> str:
    return entity.page.partition("/")[0]


def _sort_key(entity: CataloguedEntity) -> str:
    forms = (name.text for name in entity.entity.names if name.type == "sort" and name.text)
    return collation_key(next(forms, entity_label(entity)))


def _order(entity: CataloguedEntity) -> tuple[str, str, str]:
    return (_sort_key(entity), entity_label(entity), entity.id)
