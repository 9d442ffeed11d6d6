"""Index workshop: the index pages, made by an executor, or kept where they stand made from the same already."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from regesta.edition import Edition
from regesta.execution import Executor
from regesta.index_making import IndexOrder, IndexTools, lost_index_page, make_index_page
from regesta.indexing import to_json
from regesta.indexing.models import IndexPage
from regesta.keys import Keys
from regesta.publishing import Publication


def make_index(
    pages: Iterable[IndexPage], edition: Edition, keys: Keys, executor: Executor, publication: Publication
) -> list[str]:
    """Stage all index pages and return where they stand. Raises StylesheetError when one cannot be made."""
    orders = [IndexOrder(page.path, keys.index(model), model) for page in pages for model in [to_json(page)]]
    missing = [order for order in orders if not publication.has(order.path, order.key)]
    made_anew = {order.path for order in missing}
    for order in orders:
        if order.path not in made_anew:
            publication.keep(order.path)
    custom = edition.config.render.custom_index
    tools = IndexTools((edition.root / custom).resolve() if custom else None, edition.tools.language)
    work = partial(make_index_page, tools=tools)
    for made in executor.run(work, missing, lost_index_page, len(missing)):
        publication.write(made.path, made.html, made.key)
    return [order.path for order in orders]
