"""The product's own files that a site needs: the assets, and the stylesheet of the index pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from regesta.config import Colours
from regesta.edition import COLOURS, CSS, Edition
from regesta.errors import StylesheetError
from regesta.resources import folder
from regesta.saxon import Saxon, TransformFailure, driver


def assets(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every asset: ours, the edition's colours as a style sheet, its own one, its logo."""
    for path in sorted(folder("assets").rglob("*")):
        if path.is_file():
            yield f"assets/{path.relative_to(folder('assets')).as_posix()}", path.read_bytes()
    if COLOURS in edition.styles:
        yield COLOURS, colour_sheet(edition.config.site.colours).encode("utf-8")
    if edition.config.render.css:
        yield CSS, (edition.root / edition.config.render.css).read_bytes()
    if edition.config.site.logo:
        yield edition.logo, (edition.root / edition.config.site.logo).read_bytes()


def colour_sheet(colours: Colours) -> str:
    """Return the style sheet that sets the edition's colours on screens; paper stays as it is.

    A text or a background alone holds where readers want light pages: on dark ones it could not be read.
    """
    always = {"accent": colours.accent, "link": colours.link}
    ground = {"ink": colours.text, "paper": colours.background}
    light: dict[str, str | None] = {}
    if colours.text and colours.background:
        mixed = {"quiet": 68, "rule": 18, "sheet": 5}
        always |= ground | {
            name: f"color-mix(in srgb, var(--ink) {share}%, var(--paper))" for name, share in mixed.items()
        }
    else:
        light = dict(ground)
    return _variables("screen", always) + _variables("screen and (prefers-color-scheme: light)", light)


def _variables(medium: str, values: Mapping[str, str | None]) -> str:
    lines = "".join(f"    --{name}: {value};\n" for name, value in values.items() if value)
    return f"@media {medium} {{\n  :root {{\n{lines}  }}\n}}\n" if lines else ""


def index_renderer(edition: Edition) -> Callable[[str], bytes]:
    """Return what makes an index page of its model in JSON; index.xsl is compiled for the first one.

    The callable raises StylesheetError when index.xsl does not compile, or fails on a model.
    """

    @cache
    def saxon() -> Saxon:
        custom = edition.config.render.custom_index
        sheet = driver(folder("xslt") / "index.xsl", (edition.root / custom) if custom else None, "index")
        return Saxon((sheet,), language=edition.tools.language)

    def render(model: str) -> bytes:
        try:
            return saxon().call("index", {"model": model}).encode("utf-8")
        except TransformFailure as failure:
            raise StylesheetError(f"An index page could not be made: {failure.reason}", "Mend index.xsl.") from None

    return render
