"""What of a text stands within a line and what is a block, for formats that set it in pages."""

from __future__ import annotations

from lxml import etree

from regesta.exchange.prose import INLINE, is_within_text
from regesta.reading import local_name

READINGS = frozenset({"orig", "sic", "abbr", "expan", "corr", "reg"})
_APART = frozenset({"note", "lb", "cb", "pb", "gap"})
_PARTS = {"list": "item", "table": "row", "row": "cell"}


def is_inline(source: etree._Element) -> bool:
    """Return whether an element may stand within a line."""
    name = local_name(source)
    return (name in INLINE or (name == "quote" and is_within_text(source))) and not holds_blocks(source)


def holds_blocks(source: etree._Element) -> bool:
    """Return whether blocks stand in an element outside its notes."""
    return any(local_name(child) not in _APART and not is_inline(child) for child in source.iterchildren(etree.Element))


def heads_a_division(source: etree._Element) -> bool:
    """Return whether a heading is that of a division, and not of a list or table."""
    parent = source.getparent()
    return parent is not None and local_name(parent) in {"div", "body", "front", "back"}


def is_regular(source: etree._Element) -> bool:
    """Return whether a list holds nothing but items, or a table nothing but rows of cells."""
    part = _PARTS[local_name(source)]
    children = list(source.iterchildren(etree.Element))
    if not children or any(local_name(each) != part for each in children):
        return False
    if (source.text or "").strip() or any((each.tail or "").strip() for each in source):
        return False
    return part != "row" or all(is_regular(each) for each in children)


def style_of(source: etree._Element) -> str:
    """Return which of bold, ital, underl, sup and sub a highlighted passage is, "" for none of them."""
    stated = f"{source.get('rend', '')} {source.get('rendition', '')} {source.get('style', '')}".lower()
    return next((style for style in ("bold", "ital", "underl", "sup", "sub") if style in stated), "")
