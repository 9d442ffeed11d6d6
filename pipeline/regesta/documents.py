"""Documents: what a source is, and the documents that it holds.

A document is a `TEI` element, or, in a volume (a TEI with two or more `div type="document"`), each of those; the
volume's front, back and connecting text become documents of their own, so that none of its text is homeless.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lxml import etree

from regesta import identifiers, rules
from regesta.findings import Finding, Place
from regesta.including import XML_ID, SourceTree
from regesta.keeping import Choice
from regesta.reading import local_name
from regesta.withholding import withholding_status

TEI = "http://www.tei-c.org/ns/1.0"
UNIT = "urn:regesta:unit"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTITY_LISTS = frozenset({"listPerson", "listOrg", "listPlace", "listEvent", "listBibl", "listNym", "listObject"})
_REGIONS = frozenset({"front", "body", "back"})
_GLOSSARIES = frozenset({"gloss", "glossary"})

Origins = dict[etree._Element, int]


class Nature(Choice):
    """What a source is by its content."""

    DOCUMENTS = "documents"
    REGISTER = "register"
    FRAGMENT = "fragment"


@dataclass(frozen=True)
class Document:
    """One document of a source.

    `part` tells it apart within its source ("" for a whole file); `unit` is TEI, division, front, body or back;
    `wanted_id` is the identifier that it asks for and `firm` whether that agrees with the file's name; `root` is a TEI
    element to hand over; `origins[n]` is the number in the source tree of its n-th element (-1: made by us), None
    when the two are the same; `held_back` is the status that withholds it, its own or that of the corpus around it.
    """

    part: str
    unit: str
    wanted_id: str
    firm: bool
    root: etree._Element
    origins: array[int] | None = None
    held_back: str = ""

    def origin(self, index: int) -> int:
        """Return the number in the source tree of this document's n-th element; -1 when it is not in the source."""
        if self.origins is None:
            return index
        return self.origins[index] if 0 <= index < len(self.origins) else -1


def nature(tree: SourceTree, *, included: bool, member: bool = False) -> Nature | Finding:
    """Return what the source is, or the finding that says why it is no TEI.

    A file that another includes may be a bare fragment; a TEI stays a document of its own, also when others include
    parts of it, unless it is a `member` of a corpus that takes it in whole.
    """
    root = tree.root
    name, namespace = local_name(root), etree.QName(root).namespace
    if namespace == TEI and name in {"TEI", "teiCorpus"}:
        return Nature.FRAGMENT if member else Nature.REGISTER if is_register(root) else Nature.DOCUMENTS
    if included:
        return Nature.FRAGMENT
    place = tree.place(0, root)
    if name in {"TEI.2", "teiCorpus.2"}:
        return rules.finding("tei-p4", place, root=name)
    if namespace is None and name in {"TEI", "teiCorpus"}:
        return rules.finding("tei-no-namespace", place, root=name)
    return rules.finding("not-tei", place, root=name)


def is_register(root: etree._Element) -> bool:
    """Return whether the text of a TEI element holds nothing but entity lists (headings of their divisions apart)."""
    if local_name(root) != "TEI":
        return False
    lists = 0
    pending = [child for child in root.iterchildren(etree.Element) if local_name(child) != "teiHeader"]
    while pending:
        element = pending.pop()
        if _is_entity_list(element):
            lists += 1
            continue
        if local_name(element) not in {"text", "body", "front", "back", "standOff", "div", "head", "p"}:
            return False
        if local_name(element) != "head" and _own_text(element):
            return False
        pending.extend(element.iterchildren(etree.Element) if local_name(element) != "head" else ())
    return lists > 0


def split(tree: SourceTree, source: str) -> Iterator[Document]:
    """Yield the documents of the source called `source`, in the order of the text."""
    stem = PurePosixPath(source).name
    stem = stem[: -len(PurePosixPath(source).suffix)] if PurePosixPath(source).suffix else stem
    members = list(tree.root.iter(f"{{{TEI}}}TEI"))
    if members == [tree.root] and len(_document_divisions(tree.root)) < 2:
        whole = Document("", "TEI", *_base_id(tree.root, stem, 0), tree.root)
        yield replace(whole, held_back=withholding_status(tree.root))
        return
    numbers = {element: number for number, element in enumerate(tree.root.iter(etree.Element))}
    if local_name(tree.root) == "teiCorpus":
        for own in _corpus(tree.root, stem, numbers, alone=not members):
            yield replace(own, held_back=withholding_status(tree.root))
    for position, member in enumerate(members, start=1):
        held_back = withholding_status(member)
        for document in _member(member, position if len(members) > 1 else 0, stem, numbers):
            yield replace(document, held_back=held_back)


def _member(member: etree._Element, position: int, stem: str, numbers: Origins) -> Iterator[Document]:
    """Yield the documents of one TEI of a file; `position` counts those of a corpus from 1, 0 says it stands alone."""
    base, firm = _base_id(member, stem, position)
    if len(_document_divisions(member)) >= 2:
        yield from _volume(member, base, firm, numbers, f"{position}/" if position else "")
        return
    root, origins = _copy(member, numbers)
    for nested in list(root.iterdescendants(f"{{{TEI}}}TEI")):
        _cut(nested, origins)
    yield Document(str(position or 1), "TEI", base, firm, root, _ordered(root, origins))


def _corpus(corpus: etree._Element, stem: str, numbers: Origins, *, alone: bool) -> Iterator[Document]:
    """Yield what a teiCorpus holds beside its members, as a TEI of its own: text, or (alone) just its header."""
    root, origins = _copy(corpus, numbers)
    for member in list(root.iterdescendants(f"{{{TEI}}}TEI")):
        _cut(member, origins)
    for inner in list(root.iterdescendants(f"{{{TEI}}}teiCorpus")):
        for header in list(inner.iterchildren(f"{{{TEI}}}teiHeader")):
            _cut(header, origins)
    if alone or any(_texts(root)):
        root.tag = f"{{{TEI}}}TEI"
        root.set(f"{{{UNIT}}}unit", "group")
        yield Document("corpus", "group", *_base_id(corpus, stem, 0), root, _ordered(root, origins))


def _base_id(member: etree._Element, stem: str, position: int) -> tuple[str, bool]:
    given = (member.get(XML_ID) or "").strip()
    if given:
        return given, identifiers.fold(given) == identifiers.fold(stem)
    return (f"{stem}-{position}", False) if position else (stem, True)


def _own_text(element: etree._Element) -> bool:
    return bool((element.text or "").strip() or any((child.tail or "").strip() for child in element))


def _is_entity_list(element: etree._Element) -> bool:
    name = local_name(element)
    return name in _ENTITY_LISTS or (name == "list" and element.get("type") in _GLOSSARIES)


def _document_divisions(member: etree._Element) -> list[etree._Element]:
    """Return the outermost divisions of type document that belong to `member` itself."""
    found: list[etree._Element] = []
    pending = list(member.iterchildren(etree.Element))[::-1]
    while pending:
        element = pending.pop()
        name = local_name(element)
        if name.startswith("div") and element.get("type") == "document":
            found.append(element)
        elif name not in {"TEI", "teiHeader"}:
            pending.extend(list(element.iterchildren(etree.Element))[::-1])
    return found


# ── a volume cut into its documents ──────────────────────────────────────────────────────────────────────────


def _volume(volume: etree._Element, base: str, firm: bool, numbers: Origins, prefix: str) -> Iterator[Document]:
    divisions = _document_divisions(volume)
    names = _part_names(divisions)
    text = volume.find(f"{{{TEI}}}text")
    regions = [] if text is None else list(text.iterchildren(etree.Element))
    for region in [each for each in regions if local_name(each) == "front"]:
        yield from _region(volume, region, base, numbers, prefix)
    yield from _region(volume, None, base, numbers, prefix)
    for division, name in zip(divisions, names, strict=True):
        root, origins = _wrap(volume, division, numbers, "division")
        yield Document(f"{prefix}{name}", "division", f"{base}-{name}", firm, root, _ordered(root, origins))
    for region in [each for each in regions if local_name(each) == "back"]:
        yield from _region(volume, region, base, numbers, prefix)


def _part_names(divisions: list[etree._Element]) -> list[str]:
    """Return a name for each division that neither another one nor a region of the volume has."""
    given = [(division.get(XML_ID) or "").strip() for division in divisions]
    taken = {*_REGIONS, *given}
    names: list[str] = []
    for position, wanted in enumerate(given, start=1):
        name = wanted
        if not wanted or wanted in _REGIONS or wanted in names:
            name = f"{wanted or 'document'}-{position}"
            while name in taken:
                name += f"-{position}"
        taken.add(name)
        names.append(name)
    return names


def _region(
    volume: etree._Element, region: etree._Element | None, base: str, numbers: Origins, prefix: str
) -> Iterator[Document]:
    """Yield the front, the back, or (None) all the rest of a volume, without its documents; nothing if it is empty."""
    name = "body" if region is None else local_name(region)
    if region is None:
        root, origins = _copy(volume, numbers)
        for element in list(root.iterfind(f"{{{TEI}}}text/*")):
            if local_name(element) in {"front", "back"}:
                _cut(element, origins)
        for nested in list(root.iterdescendants(f"{{{TEI}}}TEI")):
            _cut(nested, origins)
    else:
        root, origins = _wrap(volume, region, numbers, name)
    divisions = _document_divisions(root)
    for division, part in zip(divisions, _placeholder_names(volume, region, divisions, origins, numbers), strict=True):
        _cut(division, origins, part)
    if name == "body" or any(_texts(root)):
        root.set(f"{{{UNIT}}}unit", name)
        yield Document(f"{prefix}{name}", name, f"{base}-{name}", False, root, _ordered(root, origins))


def _placeholder_names(
    volume: etree._Element,
    region: etree._Element | None,
    divisions: list[etree._Element],
    origins: Origins,
    numbers: Origins,
) -> list[str]:
    originals = _document_divisions(volume)
    by_number = {numbers[each]: name for each, name in zip(originals, _part_names(originals), strict=True)}
    return [by_number[origins[division]] for division in divisions]


def _texts(root: etree._Element) -> Iterator[str]:
    for child in root.iterchildren(etree.Element):
        if local_name(child) != "teiHeader":
            yield from (text for text in child.itertext() if text.strip())


def _copy(element: etree._Element, numbers: Origins) -> tuple[etree._Element, Origins]:
    copied = deepcopy(element)
    copied.tail = None
    pairs = zip(element.iter(etree.Element), copied.iter(etree.Element), strict=True)
    return copied, {twin: numbers[original] for original, twin in pairs}


def _wrap(
    volume: etree._Element, content: etree._Element, numbers: Origins, unit: str
) -> tuple[etree._Element, Origins]:
    """Return a TEI element with the volume's header and a text that holds just `content`."""
    root = etree.Element(f"{{{TEI}}}TEI", attrib=dict(volume.attrib), nsmap={**volume.nsmap, "rg": UNIT})
    root.attrib.pop(XML_ID, None)
    root.set(f"{{{UNIT}}}unit", unit)
    origins: Origins = {root: numbers[volume]}
    header = volume.find(f"{{{TEI}}}teiHeader")
    if header is not None:
        copied, added = _copy(header, numbers)
        root.append(copied)
        origins.update(added)
    text = etree.SubElement(root, f"{{{TEI}}}text")
    parent = text if unit != "division" else etree.SubElement(text, f"{{{TEI}}}body")
    language = next((each.get(_XML_LANG) for each in content.iterancestors() if each.get(_XML_LANG)), None)
    if language:
        text.set(_XML_LANG, language)
    copied, added = _copy(content, numbers)
    parent.append(copied)
    origins.update(added)
    return root, origins


def _cut(element: etree._Element, origins: Origins, placeholder: str = "") -> None:
    """Take `element` out of its tree, keeping the text after it; a `placeholder` leaves `<rg:document ref="…"/>`."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root of a document cannot be cut out of it")
    for each in element.iter(etree.Element):
        origins.pop(each, None)
    if placeholder:
        mark = etree.Element(f"{{{UNIT}}}document", attrib={"ref": placeholder}, nsmap={"rg": UNIT})
        mark.tail = element.tail
        parent.replace(element, mark)
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _ordered(root: etree._Element, origins: Origins) -> array[int]:
    return array("l", (origins.get(element, -1) for element in root.iter(etree.Element)))


def place_of(tree: SourceTree, document: Document, index: int) -> Place:
    """Return the place in the sources of the document's n-th element."""
    return tree.place(document.origin(index))
