"""W3C XML Schema by libxml2, for projects that have such a schema: its verdict, with our positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from regesta import closures

_MOST = 200
_NAMESPACE = re.compile(r"\{[^}]*\}")
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_LOADING = tuple(f"{_XSD}{name}" for name in ("include", "import", "redefine"))


@dataclass(frozen=True)
class SchemaFault:
    """One message of the validator: the element it stands at (None: unknown) and what it says."""

    element: etree._Element | None
    line: int
    message: str


def check_schema(path: Path) -> None:
    """Raise ValueError, with a sentence, when the schema cannot be used."""
    _compiled(path)


def faults(path: Path, root: etree._Element) -> Iterator[SchemaFault]:
    """Yield what the schema at `path` finds in the tree below `root`; nothing when it is valid."""
    schema = _compiled(path)
    if schema.validate(root.getroottree()):
        return
    for error in list(schema.error_log)[:_MOST]:
        yield SchemaFault(_element(root, error.path), error.line, _NAMESPACE.sub("", error.message).rstrip("."))


@closures.by_contents(8)
def _compiled(path: Path) -> etree.XMLSchema:
    try:
        _check_files(path)
        return etree.XMLSchema(_tree(path))
    except etree.XMLSchemaParseError as error:
        first = next(iter(error.error_log), None)
        where = f"line {first.line}: {first.message}" if first is not None else str(error)
        raise ValueError(_NAMESPACE.sub("", " ".join(where.split())).rstrip(".")) from None
    except (etree.XMLSyntaxError, OSError) as error:
        raise ValueError(" ".join(str(error).split())) from None


def _tree(path: Path) -> etree._ElementTree:
    return etree.parse(str(path), etree.XMLParser(no_network=True, load_dtd=False, resolve_entities="internal"))


def _check_files(path: Path) -> None:
    """Raise ValueError when the schema, or one that it loads, names a file outside the schema's folder."""
    todo, seen = [path], {path}
    while todo:
        current = todo.pop()
        for loading in _tree(current).getroot().iterchildren(*_LOADING):
            location = loading.get("schemaLocation")
            if location is None:
                continue
            parts = urlsplit(location)
            target = (current.parent / unquote(parts.path)).resolve()
            if parts.scheme or parts.netloc:
                raise ValueError(f"{current.name} loads {location}, and nothing is read from the network")
            if not target.is_relative_to(path.parent):
                raise ValueError(f"{current.name} loads {location}, which lies outside the folder of the schema")
            if target.is_file() and target not in seen:
                seen.add(target)
                todo.append(target)


def _element(root: etree._Element, path: str | None) -> etree._Element | None:
    try:
        found = root.getroottree().xpath(path) if path else []
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None
