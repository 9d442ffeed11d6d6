"""The product's own files that a site needs: the assets, with the edition's colours, style sheet and logo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regesta.config import Colours
from regesta.edition import COLOURS, CSS, Edition
from regesta.resources import folder


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
