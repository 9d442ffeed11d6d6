"""Page breaks within one document: numbers doubled, out of order or left out, and images that are out of step."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from regesta import rules
from regesta.findings import Finding, Place
from regesta.reading import local_name
from regesta.walking import XML_LANG, Met, Walk

_FOLIO = re.compile(
    r"(?:f\.?|fol\.?|p\.?|s\.?|l\.?)?\s*\[?(\d{1,5})\]?\s*(r|v|recto|verso|a|b|ob\.?|об\.?)?", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"(\d+)\D*$")
_IMAGE = re.compile(r"^[^#].*\d")
"""An image of its own: "no_facs" and the like stand for many pages."""
_SEPARATE = frozenset({"original", "translation", "transcription", "document", "letter", "edition", "facsimile"})


@dataclass(frozen=True)
class _Page:
    met: Met
    label: str
    number: int | None
    verso: bool
    image: str


def check(walk: Walk) -> Iterator[Finding]:
    """Yield what is wrong with the page breaks, text by text: a translation has pages of its own."""
    told: set[tuple[str, str]] = set()
    for pages in _sequences(walk.pages):
        yield from _doubled(walk, pages)
        yield from _images(walk, pages)
        if all(page.number is not None for page in pages):
            yield from _order(walk, pages, told)


def _sequences(breaks: Sequence[Met]) -> Iterator[list[_Page]]:
    """Yield the page breaks that count together: of one text or translation, and of one edition or witness."""
    found: dict[tuple[etree._Element | None, str], list[_Page]] = defaultdict(list)
    for met in breaks:
        edition = met.element.get("ed", "") + met.element.get("edRef", "") + met.element.get("type", "")
        found[_text(met.element), edition].append(_page(met))
    yield from found.values()


def _text(element: etree._Element) -> etree._Element | None:
    """Return the nearest ancestor with a page count of its own."""
    for ancestor in element.iterancestors():
        name = local_name(ancestor)
        if name == "text" or (name == "div" and (ancestor.get("type") in _SEPARATE or ancestor.get(XML_LANG))):
            return ancestor
    return None


def _page(met: Met) -> _Page:
    label = met.element.get("n", "").strip()
    found = _FOLIO.fullmatch(label)
    side = (found[2] or "").casefold() if found else ""
    image = met.element.get("facs", "").strip()
    return _Page(met, label, int(found[1]) if found else None, side not in {"", "r", "recto", "a"}, image)


def _doubled(walk: Walk, pages: Sequence[_Page]) -> Iterator[Finding]:
    first: dict[str, _Page] = {}
    for page in pages:
        before = first.setdefault(page.label, page) if page.label else page
        if before is not page:
            line = walk.tree.place(before.met.index).line
            yield rules.finding("page-doubled", _place(walk, page), number=page.label, line=line)


def _order(walk: Walk, pages: Sequence[_Page], told: set[tuple[str, str]]) -> Iterator[Finding]:
    """Yield where numbers fall or pass some over; `told` holds the gaps of texts whose translation may share them."""
    numbers = [page.number or 0 for page in pages]
    for (before, page), (last, number) in zip(pairwise(pages), pairwise(numbers), strict=True):
        missing = str(last + 1) if number == last + 2 else f"{last + 1} to {number - 1}"
        if number < last or (number == last and before.verso and not page.verso and before.label != page.label):
            yield rules.finding("page-out-of-order", _place(walk, page), number=page.label, before=before.label)
        elif number > last + 1 and (page.label, missing) not in told:
            told.add((page.label, missing))
            yield rules.finding("page-missing", _place(walk, page), number=page.label, missing=missing)


def _images(walk: Walk, pages: Sequence[_Page]) -> Iterator[Finding]:
    """Yield images that stand for two pages, and images that count on while the pages do not, or the reverse."""
    first: dict[str, _Page] = {}
    twice = False
    for page in pages:
        before = first.setdefault(page.image, page) if _IMAGE.search(page.image) else page
        if before is not page and before.label != page.label:
            twice = True
            pair: dict[str, Any] = {"image": page.image, "number": page.label or "?", "other": before.label or "?"}
            yield rules.finding("page-image-doubled", _place(walk, page), **pair)
    if not twice:
        yield from _shifted(walk, pages)


def _shifted(walk: Walk, pages: Sequence[_Page]) -> Iterator[Finding]:
    """Yield the page from which on the numbers of the images are in another step with those of the pages."""
    steps = [(page, int(found[1]) - page.number) for page in pages if page.number and (found := _number_in(page.image))]
    if len(steps) < 3 or len(steps) < len(pages) or any(page.verso for page in pages):
        return
    for (before, last), (page, step) in pairwise(steps):
        if step != last:
            values: dict[str, Any] = {
                "image": page.image,
                "number": page.label,
                "before": before.image,
                "other": before.label,
            }
            yield rules.finding("page-image-shifted", _place(walk, page), **values)
            return


def _number_in(image: str) -> re.Match[str] | None:
    stem = re.sub(r"\.\w{3,4}$", "", image.rstrip("/"))
    return _LAST_NUMBER.search(stem) if not image.startswith("#") else None


def _place(walk: Walk, page: _Page) -> Place:
    return walk.tree.place(page.met.index, page.met.element)
