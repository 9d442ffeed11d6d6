"""TEI: the documents with the registers that they point to, as a folder of files or as one teiCorpus.

Pointers between the files lead to the same things as in the edition. Where the edition has an address, each document
states its own in an `idno` of type URL.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from regesta.exchange.material import File, Material
from regesta.exchange.model import Exported
from regesta.exchange.pointers import parsed, places, rewrite, serialised

_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_STRUCTURED = frozenset(f"{_TEI}{name}" for name in ("publisher", "distributor", "authority"))
_NOT_NAME = re.compile(r"[^\w.\-]")
_NAME = re.compile(r"[^\W\d][\w.\-]*")


def package(material: Material) -> Iterator[File]:
    """Yield `documents/ID.xml` and `registers/NAME.xml`."""
    registers = register_places(material, "registers/")
    known = places(material, "documents/", registers)
    for document in material.documents:
        place = f"documents/{document.id}.xml"
        root = parsed(material.tei(document.id), document.source)
        rewrite(root, document.source, known.lead_from(document.source, place))
        _name(root, document)
        _state_address(root, material.address(document.page))
        yield place, serialised(root)
    for register in material.registers:
        place = registers[register.source]
        root = parsed(register.tei(), register.source)
        rewrite(root, register.source, known.lead_from(register.source, place))
        yield place, serialised(root)


def corpus(material: Material) -> bytes:
    """Return a teiCorpus of all documents and registers.

    In one file every `xml:id` must be unique: one that several files bear gets the name of its file before it, and
    what points to it follows. Those of the registers stay.
    """
    names = _Names()
    roots: list[tuple[str, etree._Element]] = []
    for register in material.registers:
        roots.append((register.source, parsed(register.tei(), register.source)))
        names.take(register.source, "", posixpath.basename(register.source).removesuffix(".xml"), roots[-1][1])
    for document in material.documents:
        root = parsed(material.tei(document.id), document.source)
        _state_address(root, material.address(document.page))
        roots.insert(len(roots) - len(material.registers), (document.source, root))
        names.take(document.source, document.part.rpartition("/")[2], document.id, root)
    top = etree.Element(f"{_TEI}teiCorpus", nsmap={None: _TEI[1:-1]})
    top.text = "\n"
    top.append(_corpus_header(material))
    for source, root in roots:
        rewrite(root, source, names.lead)
        root.tail = "\n"
        top.append(root)
    return serialised(top)


def alone(material: Material, document: Exported, *, among_others: bool = True) -> bytes:
    """Return a document as a file of its own: pointers are addresses, and among others identifiers begin with its own.

    Where the edition has no address, pointers to its other files stay as they are.
    """
    root = parsed(material.tei(document.id), document.source)
    names = _Names()
    names.take(document.source, document.part.rpartition("/")[2], document.id, root, always=among_others)
    addresses = material.addresses

    def lead(source: str, fragment: str) -> str | None:
        own = names.lead(source, fragment) if source == document.source else None
        return own or addresses.get((source, fragment)) or addresses.get((source, ""))

    rewrite(root, document.source, lead if addresses else names.lead)
    _state_address(root, material.address(document.page))
    return serialised(root)


def register_places(material: Material, folder: str) -> dict[str, str]:
    """Return the place of each register in a package: its own name, with a hash where two bear the same."""
    stems = Counter(posixpath.basename(register.source).casefold() for register in material.registers)
    found: dict[str, str] = {}
    for register in material.registers:
        name = posixpath.basename(register.source)
        if stems[name.casefold()] > 1:
            digest = hashlib.sha256(register.source.encode()).hexdigest()[:8]
            name = f"{name.removesuffix('.xml')}-{digest}.xml"
        found[register.source] = folder + name
    return found


class _Names:
    """The identifiers of files that become one file, each unique in it."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def take(self, source: str, part: str, wanted: str, root: etree._Element, *, always: bool = False) -> None:
        """Give `root` the identifier `wanted`, and every element in it its own one or, if that is taken, a new one.

        With `always` every element gets a new one: `wanted` and its own.
        """
        name = _NOT_NAME.sub("-", wanted)
        name = self._unique(name if name[:1].isalpha() or name[:1] == "_" else f"d-{name}", "x")
        old = root.get(_XML_ID)
        root.set(_XML_ID, name)
        for fragment in filter(None, {old, part, "" if not part else None}):
            self._new[source, fragment] = name
        self._new.setdefault((source, ""), name)
        for element in root.iterdescendants(etree.Element):
            own = element.get(_XML_ID)
            if own is not None:
                new = self._unique(f"{name}.{own}" if always else own, name)
                element.set(_XML_ID, new)
                self._new[source, own] = new

    def lead(self, source: str, fragment: str) -> str | None:
        """Return the pointer to what `fragment` names in `source`; None where that is not in the corpus."""
        name = self._new.get((source, fragment))
        return None if name is None else f"#{name}"

    def _unique(self, name: str, prefix: str) -> str:
        while name in self._taken:
            name = f"{prefix}.{name}"
        self._taken.add(name)
        return name


def _name(root: etree._Element, document: Exported) -> None:
    """Give a document that was a part of a source its own identifier, or none where an element in it bears that."""
    if document.part and root.get(_XML_ID) != document.id:
        root.attrib.pop(_XML_ID, None)
        if _NAME.fullmatch(document.id) and not root.xpath("//@xml:id[. = $id]", id=document.id):
            root.set(_XML_ID, document.id)


def _state_address(root: etree._Element, address: str) -> None:
    """Put the document's address into its publicationStmt, unless it stands there or the statement is in prose."""
    statement = root.find(f"{_TEI}teiHeader/{_TEI}fileDesc/{_TEI}publicationStmt")
    if not address or statement is None or not _STRUCTURED & {child.tag for child in statement}:
        return
    stated = [(idno.text or "").strip() for idno in statement.iter(f"{_TEI}idno") if idno.get("type") == "URL"]
    if address in stated:
        return
    before = statement[-1]
    idno = _add(statement, "idno", address)
    idno.set("type", "URL")
    idno.tail, before.tail = before.tail, statement.text


def _corpus_header(material: Material) -> etree._Element:
    edition = material.edition
    header = etree.Element(f"{_TEI}teiHeader")
    description = _add(header, "fileDesc")
    titles = _add(description, "titleStmt")
    _add(titles, "title", edition.title)
    if edition.subtitle:
        _add(titles, "title", edition.subtitle).set("type", "sub")
    for editor in edition.editors:
        _add(titles, "editor", editor)
    publication = _add(description, "publicationStmt")
    _add(publication, "publisher", edition.publisher or edition.title)
    if edition.date:
        _add(publication, "date", edition.date).set("when", edition.date)
    if edition.url:
        _add(publication, "idno", edition.url).set("type", "URL")
    if edition.licence or edition.rights:
        licence = _add(_add(publication, "availability"), "licence", edition.rights or edition.licence)
        if edition.licence_url:
            licence.set("target", edition.licence_url)
    _add(_add(description, "sourceDesc"), "p", edition.collection or edition.title)
    header.tail = "\n"
    return header


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{_TEI}{name}")
    element.text = text or None
    return element
