"""RELAX NG by libxml2: its verdict, with our positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

_MOST = 200
_NAMESPACE = re.compile(r"\{[^}]*\}|\bhttp\S+:")


@dataclass(frozen=True)
class GrammarFault:
    """One message of the validator: the element it stands at (None: unknown) and what it says."""

    element: etree._Element | None
    line: int
    message: str


def check_schema(path: Path) -> None:
    """Raise ValueError, with a sentence, when the schema cannot be used."""
    _compiled(path)


def faults(path: Path, root: etree._Element) -> Iterator[GrammarFault]:
    """Yield what the RELAX NG schema at `path` finds in the tree below `root`; nothing when it is valid."""
    schema = _compiled(path)
    if schema.validate(root.getroottree()):
        return
    for error in list(schema.error_log)[:_MOST]:
        yield GrammarFault(_element(root, error.path), error.line, _NAMESPACE.sub("", error.message))


@lru_cache(maxsize=8)
def _compiled(path: Path) -> etree.RelaxNG:
    try:
        return etree.RelaxNG(etree.parse(str(path), etree.XMLParser(no_network=True, load_dtd=False)))
    except (etree.RelaxNGParseError, etree.XMLSyntaxError, OSError) as error:
        raise ValueError(" ".join(str(error).split())) from None


def _element(root: etree._Element, path: str | None) -> etree._Element | None:
    try:
        found = root.getroottree().xpath(path) if path else []
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None
