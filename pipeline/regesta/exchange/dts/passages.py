"""Passages: the element of a unit, or what stands from one to another, in a wrapper (DTS 1.0, Document endpoint)."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

_TEI = "http://www.tei-c.org/ns/1.0"
_DTS = "https://w3id.org/api/dts#"


def passage(first: etree._Element, last: etree._Element) -> bytes:
    """Return a TEI file with what stands from the beginning of `first` to the end of `last`, in a dts:wrapper.

    Of elements that are cut the tags stand around what is within.
    """
    root = etree.Element(f"{{{_TEI}}}TEI", nsmap={None: _TEI})
    wrapper = etree.SubElement(root, f"{{{_DTS}}}wrapper", nsmap={"dts": _DTS})
    first_way, last_way = _way(first), _way(last)
    common = max(n for n, (one, other) in enumerate(zip(first_way, last_way, strict=False)) if one is other)
    ends = (first_way[common + 1 :], last_way[common + 1 :])
    if not all(ends):  # one is the other, or holds it: its own tags are a part of the passage
        wrapper.append(_between(first_way[common], *ends) if any(ends) else _whole(first))
    else:
        cut = _between(first_way[common], *ends)
        wrapper.text = cut.text
        wrapper.extend(list(cut))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _way(element: etree._Element) -> list[etree._Element]:
    """Return the elements from the root to this one."""
    return [*reversed(list(element.iterancestors())), element]


def _whole(element: etree._Element) -> etree._Element:
    copied = deepcopy(element)
    copied.tail = None
    return copied


def _between(element: etree._Element, first: list[etree._Element], last: list[etree._Element]) -> etree._Element:
    """Return a copy with what stands from the way `first` on to the way `last`; an empty way cuts nothing."""
    copied = etree.Element(element.tag, dict(element.attrib), nsmap=element.nsmap)
    children = list(element)
    start = children.index(first[0]) if first else 0
    end = children.index(last[0]) if last else len(children) - 1
    if not first:
        copied.text = element.text
    for child in children[start : end + 1]:
        cuts = (first[1:] if first and child is first[0] else [], last[1:] if last and child is last[0] else [])
        part = _between(child, *cuts) if any(cuts) else _whole(child)
        is_last = bool(last) and child is last[0]
        part.tail = None if is_last else child.tail
        copied.append(part)
    return copied
