"""What a page shows elsewhere or folds away on purpose, counted by the policy that says so.

All of it stands in the page's text content and is proved there like the rest: these figures say how much of the
text a reader finds only by looking, and how much of a document is header. Read from the source alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from lxml import etree

from regesta.fidelity.boundaries import characters_of
from regesta.fidelity.policy import HEADER, TEI

_STRING = etree.XPath("string()")  # without comments
_RUNNING = f"{TEI}fw"
_CHOICES = tuple(f"{TEI}{name}" for name in ("choice", "subst", "app", "rdgGrp"))
# Of the readings of one place, those that are shown first, by the policy of the edition.
_SHOWN = {
    "normalised": frozenset(f"{TEI}{name}" for name in ("corr", "reg", "expan", "add", "lem")),
    "diplomatic": frozenset(f"{TEI}{name}" for name in ("sic", "orig", "abbr", "add", "lem")),
}


def characters_set_aside(source: etree._Element, reading: str) -> Mapping[str, int]:
    """Return the number of characters by policy.

    "header" is not text; "running-head" is what the paper repeats on its pages; "reading" is what stands beside the
    reading that the edition shows first (TEI Guidelines 3.5 and 12).
    """
    counts: Counter[str] = Counter()
    for element in source.iter(HEADER, _RUNNING, *_CHOICES):
        if element.tag == HEADER:
            counts["header"] += _length(element)
        elif element.tag == _RUNNING:
            counts["running-head"] += _length(element)
        elif next(element.iterancestors(HEADER, *_CHOICES), None) is None:
            counts["reading"] += sum(map(_length, _others(element, reading)))
    return counts


def _others(choice: etree._Element, reading: str) -> Iterable[etree._Element]:
    readings = list(choice.iterchildren(etree.Element))
    shown = next((each for each in readings if each.tag in _SHOWN[reading]), None)
    return readings[1:] if shown is None else [each for each in readings if each is not shown]


def _length(element: etree._Element) -> int:
    return len(characters_of(str(_STRING(element))))
