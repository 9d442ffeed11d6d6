"""The product's own files that a site needs: the assets, and the stylesheet of the index pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from regesta.edition import Edition
from regesta.errors import StylesheetError
from regesta.resources import folder
from regesta.saxon import Saxon, TransformFailure, driver


def assets(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every asset, and of the edition's own stylesheet as `assets/edition.css`."""
    for path in sorted(folder("assets").rglob("*")):
        if path.is_file():
            yield f"assets/{path.relative_to(folder('assets')).as_posix()}", path.read_bytes()
    css = edition.config.render.css
    if css:
        yield "assets/edition.css", (edition.root / css).read_bytes()


def index_renderer(edition: Edition) -> Callable[[str], str]:
    """Return what makes an index page of its model in JSON.

    Raises StylesheetError when index.xsl does not compile; the callable does when it fails on a model.
    """
    custom = edition.config.render.custom_index
    saxon = Saxon((driver(folder("xslt") / "index.xsl", (edition.root / custom) if custom else None, "index"),))

    def render(model: str) -> str:
        try:
            return saxon.call("index", {"model": model})
        except TransformFailure as failure:
            raise StylesheetError(f"An index page could not be made: {failure.reason}", "Mend index.xsl.") from None

    return render
