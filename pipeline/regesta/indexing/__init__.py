"""Index: the catalogue becomes the pages by which readers find documents, by `xslt/index.xsl`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter

from regesta.catalogue import Catalogue
from regesta.history import NO_HISTORY, History
from regesta.indexing.changes import changes_page
from regesta.indexing.columns import index_data, vocabulary
from regesta.indexing.entities import entity_pages
from regesta.indexing.former import former_pages
from regesta.indexing.lists import list_pages
from regesta.indexing.models import IndexPage, SearchPage, TextPage
from regesta.indexing.timeline import timeline_page
from regesta.rendering import EditionFacts
from regesta.texts import Text

__all__ = ["index_data", "index_pages", "render_index", "to_json"]


def render_index(
    catalogue: Catalogue, edition: EditionFacts, render: Callable[[str], str], history: History = NO_HISTORY
) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of each page; `render` runs `xslt/index.xsl` on a model in JSON."""
    for page in index_pages(catalogue, edition, history):
        yield page.path, render(to_json(page))


def index_pages(
    catalogue: Catalogue,
    edition: EditionFacts,
    history: History = NO_HISTORY,
    texts: Iterable[Text] = (),
) -> Iterator[IndexPage]:
    """Yield the models of all pages, one at a time: lists, entities, timeline, search, texts, former addresses."""
    yield from list_pages(catalogue, edition)
    yield from entity_pages(catalogue, edition)
    yield timeline_page(catalogue, edition)
    yield SearchPage("search.html", edition, "", vocabulary(catalogue))
    for text in texts:
        yield TextPage(text.page, edition, "../", text.title, text.language, text.content)
    yield from changes_page(catalogue, edition, history)
    yield from former_pages(catalogue, edition, history.documents)


def to_json(page: IndexPage) -> str:
    """Return the model as the stylesheet's parameter `model` wants it."""
    return _adapter().dump_json(page).decode("utf-8")


@cache
def _adapter() -> TypeAdapter[IndexPage]:
    return TypeAdapter(IndexPage)
