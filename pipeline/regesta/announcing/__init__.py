"""Announcing: the files by which others find the edition and notice what changed in it.

References to all documents stand on every site. What speaks in whole addresses (sitemap, feed, robots.txt, BEACON, the
picture of links) stands there only when `[edition] url` says where the site is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from regesta.announcing.beacon import beacons
from regesta.announcing.card import ACCENT, INK, PAPER, card
from regesta.announcing.feed import feed
from regesta.announcing.sitemap import robots, sitemaps
from regesta.catalogue import Catalogue
from regesta.citing.files import FORMATS
from regesta.citing.work import work
from regesta.edition import Edition
from regesta.rendering import EditionFacts


def announce(catalogue: Catalogue, edition: Edition, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file; `pages` are the addresses of the pages of the index."""
    facts = edition.facts
    beside = {text.page for text in edition.texts if "pages/" not in f"/{text.file}"}
    unlisted = ("documents/", "lists/", "search")
    listed = [page for page in pages if not page.startswith(unlisted) and page not in beside]
    if facts.stated_title:
        yield from _references(catalogue, facts)
    if facts.url:
        yield from sitemaps(catalogue, facts, edition.history.documents, listed)
        yield "robots.txt", robots(facts)
        yield from feed(catalogue, facts, edition.history.documents)
        yield from beacons(catalogue, facts)
        colours = edition.config.site.colours
        yield "assets/card.png", card(colours.background or PAPER, colours.text or INK, colours.accent or ACCENT)


def _references(catalogue: Catalogue, edition: EditionFacts) -> Iterator[tuple[str, bytes]]:
    for each in FORMATS:
        works = (work(document.id, document.label, document.record, edition) for document in catalogue.documents)
        written = BytesIO()  # what a list of the pieces takes besides is more than all of them
        written.writelines(piece.encode("utf-8") for piece in each.pieces(works))
        yield f"data/references.{each.extension}", written.getvalue()
