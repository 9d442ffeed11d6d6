"""Judges what an importer has made by Regesta's own grammar, before anything is written."""

from __future__ import annotations

from functools import cache

from lxml import etree

from regesta.resources import folder


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(folder("schema") / "regesta.rng")))


def fault(root: etree._Element) -> str:
    """Return why the document is not valid, "" when it is."""
    grammar = _grammar()
    # A copy of its own, since libxml2 collects ids while it reads and validates them by that.
    try:
        copy = etree.fromstring(etree.tostring(root))
    except etree.XMLSyntaxError as error:
        return str(error)
    if grammar.validate(copy):
        return ""
    first = next(iter(grammar.error_log), None)
    return (
        str(first.message).replace("{http://www.tei-c.org/ns/1.0}", "") if first is not None else "no reason is given"
    )
