"""sitemap.xml (sitemaps.org, protocol 0.9) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.builder import ElementMaker

from regesta.catalogue import Catalogue
from regesta.citing.work import address
from regesta.history import Released
from regesta.rendering import EditionFacts

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""How many addresses the protocol allows in a file."""

_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def sitemaps(
    catalogue: Catalogue, edition: EditionFacts, history: Iterable[Released], pages: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield sitemap.xml, or where one file cannot hold all, an index of that name after its parts."""
    stamps = {each.id: each.datestamp for each in history}
    entries = [("index.html", "")]
    entries += [(page, "") for page in pages if page != "index.html"]
    entries += [(document.page, stamps.get(document.id, "")) for document in catalogue.documents]
    if len(entries) <= MOST:
        yield "sitemap.xml", _urls(edition, entries)
        return
    names = []
    for number, start in enumerate(range(0, len(entries), MOST), 1):
        names.append(f"data/sitemap-{number}.xml")
        yield names[-1], _urls(edition, entries[start : start + MOST])
    index = _E.sitemapindex(*(_E.sitemap(_E.loc(address(edition.url, name))) for name in names))
    yield "sitemap.xml", _bytes(index)


def robots(edition: EditionFacts) -> bytes:
    """Return robots.txt: everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {edition.url}sitemap.xml\n".encode()


def _urls(edition: EditionFacts, entries: Iterable[tuple[str, str]]) -> bytes:
    urls = _E.urlset()
    for page, stamp in entries:
        url = _E.url(_E.loc(edition.url if page == "index.html" else address(edition.url, page)))
        if stamp:
            url.append(_E.lastmod(stamp))
        urls.append(url)
    return _bytes(urls)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
