"""Index pages from their models, by `xslt/index.xsl`: a pure function, like those that make documents' pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regesta import closures
from regesta.errors import StylesheetError
from regesta.labels import Language
from regesta.resources import folder
from regesta.saxon import Saxon, TransformFailure, driver


@dataclass(frozen=True)
class IndexTools:
    """What a process needs to make index pages: the edition's own stylesheet, the site's language."""

    custom_index: Path | None = None
    language: Language = field(default_factory=Language)


@dataclass(frozen=True)
class IndexOrder:
    """An index page to make: where it stands below the site, its key, and its model in JSON."""

    path: str
    key: str
    model: str


@dataclass(frozen=True)
class MadeIndexPage:
    """An index page that was made, as it was ordered."""

    path: str
    key: str
    html: bytes


def make_index_page(order: IndexOrder, tools: IndexTools) -> MadeIndexPage:
    """Return the page. Raises StylesheetError when index.xsl does not compile, or fails on the model."""
    try:
        html = engine(tools).call("index", {"model": order.model})
    except TransformFailure as failure:
        raise StylesheetError(
            f"The page {order.path} could not be made: {failure.reason}", "Mend index.xsl, then build again."
        ) from None
    return MadeIndexPage(order.path, order.key, html.encode("utf-8"))


def lost_index_page(order: IndexOrder, reason: str) -> MadeIndexPage:
    """Raise StylesheetError: without its index a site is not published."""
    raise StylesheetError(f"The page {order.path} could not be made: {reason}.", "Mend index.xsl, then build again.")


def engine(tools: IndexTools) -> Saxon:
    """Return this process's Saxon for index pages. Raises StylesheetError when index.xsl does not compile."""
    return _engine(tools.custom_index, tools.language)


@closures.by_contents(2)
def _engine(custom_index: Path | None, language: Language) -> Saxon:
    return Saxon((driver(folder("xslt") / "index.xsl", custom_index, "index"),), language=language)
