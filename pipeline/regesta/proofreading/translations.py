"""Translations: one that stands alone should say where its original is."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from regesta import rules
from regesta.findings import Finding
from regesta.reading import local_name
from regesta.walking import Walk

_LINKS = ("corresp", "sameAs", "next", "prev", "source", "copyOf")
_WHEREABOUTS = frozenset({"msIdentifier", "relatedItem", "relation", "correspContext", "ref", "ptr"})


def check(walk: Walk) -> Iterator[Finding]:
    """Yield the translations beside which no other text stands, where neither header nor links lead to an original."""
    translations = [met for met in walk.divisions if met.element.get("type") == "translation"]
    if not translations or any(met.name in _WHEREABOUTS for met in walk.header):
        return
    for met in translations:
        if not _is_linked(met.element) and not _has_company(met.element):
            yield rules.finding("translation-alone", walk.tree.place(met.index, met.element))


def _is_linked(element: etree._Element) -> bool:
    chain = [element, *element.iterancestors()]
    return any(each.get(link) for each in chain for link in _LINKS)


def _has_company(division: etree._Element) -> bool:
    """Return whether the document of a translation holds another text beside it."""
    for ancestor in division.iterancestors():
        name = local_name(ancestor)
        if name in {"text", "group"} or (name == "div" and ancestor.get("type") == "document"):
            others = [each for each in ancestor.iter("{*}p", "{*}ab", "{*}l", "{*}u") if not _is_translated(each)]
            if others or name == "group":
                return bool(others)
    return False


def _is_translated(element: etree._Element) -> bool:
    return any(each.get("type") == "translation" for each in element.iterancestors("{*}div"))
