"""Index workshop: the index pages, made by an executor, or kept where they stand made from the same already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice

from regesta.edition import Edition
from regesta.execution import Executor
from regesta.index_making import IndexOrder, IndexTools, lost_index_page, make_index_page
from regesta.indexing import to_json
from regesta.indexing.models import IndexPage
from regesta.keys import Keys
from regesta.publishing import Publication

_TOLD = 64
"""So many pages to make tell that all workers are wanted."""


def make_index(
    pages: Iterable[IndexPage], edition: Edition, keys: Keys, executor: Executor, publication: Publication
) -> list[str]:
    """Stage all index pages and return where they stand. Raises StylesheetError when one cannot be made.

    Their models are made as they are needed: all of them are more than memory should hold.
    """
    addresses: list[str] = []
    missing = _missing(pages, keys, publication, addresses)
    first = list(islice(missing, _TOLD))
    work = partial(make_index_page, tools=index_tools(edition))
    for made in executor.run(work, chain(first, missing), lost_index_page, len(first)):
        publication.write(made.path, made.html, made.key)
    return addresses


def index_tools(edition: Edition) -> IndexTools:
    """Return what processes need to make the index of an edition."""
    custom = edition.config.render.custom_index
    return IndexTools((edition.root / custom).resolve() if custom else None, edition.tools.language)


def _missing(
    pages: Iterable[IndexPage], keys: Keys, publication: Publication, addresses: list[str]
) -> Iterator[IndexOrder]:
    """Yield the pages to make, stage those that stand made from the same already, and note where each stands."""
    for page in pages:
        model = to_json(page)
        key = keys.index(model)
        addresses.append(page.path)
        if publication.has(page.path, key):
            publication.keep(page.path)
        else:
            yield IndexOrder(page.path, key, model)
