"""`regesta import volume`: a volume or corpus is cut into one file a document, and put together again without loss.

What stays of the volume is a frame in which an `xi:include` stands for each document. The files hold the very
elements, so that joining gives back the same nodes: names, attributes, text, comments and instructions, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta import reading
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.identifiers import fold, path_safe
from regesta.importing.markup import XML_ID
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.importing.xml_source import parsed
from regesta.sources import printable

_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_MOST_DEPTH = 16


@dataclass(frozen=True)
class _Tree:
    """A tree that is written when it is wanted: a part alone, or the document with what stands around its root."""

    root: etree._Element
    alone: bool = False

    def __call__(self) -> bytes:
        if self.alone:  # an element that was cut out still knows its old tree, which is not what is meant
            return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, with_tail=False) + b"\n"
        return etree.tostring(self.root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def read(source: Path) -> Import:
    """Return the frame and the documents of the volume. Raises UsageError when there is nothing to cut."""
    root = parsed(source).root
    parts = _parts(root)
    if not parts:
        remedy = 'It needs divisions of type="document", or to be a teiCorpus.'
        raise UsageError(f"The file {printable(source)} is no volume of several documents.", remedy)
    result = Import()
    stem = path_safe(source.stem)
    taken: set[str] = set()
    for number, part in enumerate(parts, start=1):
        name = _file_name(part, number, taken)
        path = f"tei/{stem}/{name}.xml"
        _cut(part, f"{stem}/{name}.xml")
        result.files.append(NewFile(path, _Tree(part, alone=True)))
        result.rows.append(Row(number, _heading(part) or name, Fate.MADE, path))
    result.files.append(NewFile(f"tei/{stem}.xml", _Tree(root)))
    return result


def join(source: Path) -> Import:
    """Return the volume whose frame is at `source` as one file, `joined/NAME.xml`.

    Raises UsageError when a part is missing, lies outside the frame's folder or cannot be read.
    """
    root = joined(source)
    path = f"joined/{path_safe(source.stem)}.xml"
    return Import([NewFile(path, _Tree(root))], [Row(1, source.name, Fate.MADE, path)])


def joined(frame: Path, depth: int = 0) -> etree._Element:
    """Return the root of the frame with every include replaced by what it leads to."""
    if depth > _MOST_DEPTH:
        raise UsageError(f"The file {printable(frame)} includes itself.", "Mend its includes.")
    root = parsed(frame).root
    folder = frame.parent.resolve()
    for include in list(root.iter(_INCLUDE)):
        href = include.get("href", "")
        part = (frame.parent / href).resolve()
        if not href or not part.is_relative_to(folder) or not part.is_file():
            remedy = "Parts lie in the folder of the frame."
            raise UsageError(f"The frame {printable(frame)} includes “{href}”, which is not there.", remedy)
        whole = joined(part, depth + 1)
        whole.tail = include.tail
        parent = include.getparent()
        if parent is None:
            raise UsageError(f"The frame {printable(frame)} is nothing but an include.", "Join what it includes.")
        parent.replace(include, whole)
    return root


def _parts(root: etree._Element) -> list[etree._Element]:
    """Return the members of a corpus and of the corpora in it, or the outermost divisions of type document."""
    corpora = root.iter(f"{{{TEI}}}teiCorpus") if root.tag == f"{{{TEI}}}teiCorpus" else iter(())
    members = [member for corpus in corpora for member in corpus.iterchildren(f"{{{TEI}}}TEI")]
    if members:
        return members
    found: list[etree._Element] = []
    for element in root.iter(etree.Element):
        is_document = reading.local_name(element).startswith("div") and element.get("type") == "document"
        if is_document and element is not root and not any(each in found for each in element.iterancestors()):
            found.append(element)
    return found


def _file_name(part: etree._Element, number: int, taken: set[str]) -> str:
    name = path_safe(part.get(XML_ID) or f"document-{number}")
    while fold(name) in taken:
        name = f"{name}-{number}"
    taken.add(fold(name))
    return name


def _cut(part: etree._Element, href: str) -> None:
    """Put an include in the place of `part`, which becomes the root of a tree of its own."""
    parent = part.getparent()
    if parent is None:
        raise ValueError("the root of a volume cannot be cut out of it")
    include = etree.Element(_INCLUDE, attrib={"href": href}, nsmap={"xi": "http://www.w3.org/2001/XInclude"})
    include.tail = part.tail
    part.tail = None
    parent.replace(part, include)


def _heading(part: etree._Element) -> str:
    head = part.find(f"{{{TEI}}}head")
    title = part.find(f"{{{TEI}}}teiHeader//{{{TEI}}}title") if head is None else head
    return "" if title is None else " ".join("".join(title.itertext()).split())[:80]
