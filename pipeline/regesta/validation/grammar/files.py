"""The files of a schema: the one named and those it includes, from its own folder and below, never the network."""

from __future__ import annotations

import codecs
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from regesta.validation.grammar import compact
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.names import tag

RELAX_NG = "http://relaxng.org/ns/structure/1.0"
_MOST_BYTES = 64 * 1024 * 1024
# An attribute in no namespace that its element does not have (section 3); found by libxml2, as schemas are large.
_WRONG_ATTRIBUTE = etree.XPath(
    """(//r:*/@*[namespace-uri() = '' and not(
        local-name() = 'name' and (parent::r:ref or parent::r:define or parent::r:element or parent::r:attribute
            or parent::r:param or parent::r:parentRef)
        or local-name() = 'ns' or local-name() = 'datatypeLibrary'
        or local-name() = 'type' and (parent::r:data or parent::r:value)
        or local-name() = 'href' and (parent::r:include or parent::r:externalRef)
        or local-name() = 'combine' and (parent::r:define or parent::r:start))])[1]""",
    namespaces={"r": RELAX_NG},
)


class _NothingOutside(etree.Resolver):
    """Refuses every entity and DTD that a schema names."""

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> None:
        raise OSError(f"it names {system_url or public_id}, which is not read")


def load(path: Path) -> etree._Element:
    """Return the root of the schema at `path`, in either syntax. Raises GrammarError when it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise GrammarError(f"{path.name} is larger than 64 MB")
        data = path.read_bytes()
    except OSError as error:
        raise GrammarError(f"{path.name} cannot be opened: {error.strerror}") from None
    if path.suffix.lower() == ".rnc":
        return _from_compact(data, path.name)
    parser = etree.XMLParser(
        no_network=True, load_dtd=False, resolve_entities="internal", collect_ids=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    parser.resolvers.add(_NothingOutside())
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, OSError) as error:
        raise GrammarError(f"{path.name} is not well-formed: {' '.join(str(error).split())}") from None
    if not tag(root).startswith(f"{{{RELAX_NG}}}"):
        raise GrammarError(f"{path.name} is no RELAX NG: its root is {tag(root)}")
    _check_attributes(root)
    return root


def _check_attributes(root: etree._Element) -> None:
    found = _WRONG_ATTRIBUTE(root)
    for each in found if isinstance(found, list) else ():
        parent = each.getparent()
        name = tag(parent).removeprefix(f"{{{RELAX_NG}}}")
        raise GrammarError(
            f"its <{name}> in line {parent.sourceline} has the attribute {each.attrname}, which is unknown"
        )


def target(href: str, base: Path, folder: Path) -> Path:
    """Return the file that `href` means in the schema file `base`.

    Raises GrammarError for an address on the network and for a file that is not there or outside `folder`.
    """
    parts = urlsplit(href)
    if parts.fragment:
        raise GrammarError(f"{base.name} includes {href}, which has a fragment")
    if parts.scheme or parts.netloc:
        raise GrammarError(f"{base.name} includes {href}, and nothing is read from the network")
    path = (base.parent / unquote(parts.path)).resolve()
    if not path.is_relative_to(folder):
        raise GrammarError(f"{base.name} includes {href}, which lies outside the folder of the schema")
    if not path.is_file():
        raise GrammarError(f"{base.name} includes {href}, which is not there")
    return path


def _from_compact(data: bytes, name: str) -> etree._Element:
    """Return the root of a schema in the compact syntax: UTF-8, or UTF-16 where a byte order mark says so."""
    utf_16 = data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    try:
        return compact.parse(data.decode("utf-16" if utf_16 else "utf-8-sig"), name)
    except UnicodeDecodeError:
        raise GrammarError(f"{name} is not {'UTF-16' if utf_16 else 'UTF-8'}") from None
