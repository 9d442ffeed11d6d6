"""The characters of a .docx, counted without regard to its structure, to see that none is lost on the way to TEI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from regesta.importing.docx.parts import Document, R, w
from regesta.importing.docx.runs import MATH, alternatives, symbol
from regesta.reading import local_name

_TEXTS = frozenset({w("t"), w("delText"), f"{{{MATH}}}t"})
_SIGNS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_NOTES = ("footnotes", "endnotes", "comments")


def difference(document: Document, body: etree._Element) -> str:
    """Return a sentence's worth on characters of the file and of `body` that do not agree, "" when all do."""
    source: Counter[str] = Counter()
    for root in _roots(document):
        source.update(character for text in _texts(root) for character in text if not character.isspace())
    made = Counter(character for text in _made(body) for character in text if not character.isspace())
    lost, added = source - made, made - source
    if not lost and not added:
        return ""
    told = [f"{sum(lost.values())} lost ({_sample(lost)})"] if lost else []
    return ", ".join(told + ([f"{sum(added.values())} added ({_sample(added)})"] if added else []))


def _sample(found: Counter[str]) -> str:
    return " ".join(character for character, _count in found.most_common(5))


def _roots(document: Document) -> Iterator[etree._Element]:
    yield document.root
    for kind in _NOTES:
        part = document.part(kind)
        if part is not None:
            yield part[1]
    seen = set()
    for reference in document.root.iter(w("headerReference"), w("footerReference")):
        relation = document.relations.get(reference.get(f"{{{R}}}id", ""))
        if relation and relation.target not in seen and relation.target in document.package.names:
            seen.add(relation.target)
            yield document.package.xml(relation.target)


def _texts(node: etree._Element) -> Iterator[str]:
    for child in node.iterchildren(etree.Element):
        tag = str(child.tag)
        if tag in _TEXTS:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == w("sym"):
            yield symbol(child.get(w("char"), ""))
        elif tag.endswith("}AlternateContent"):
            for chosen in alternatives(child):
                yield from _texts(chosen)
        else:
            yield from _texts(child)


def _made(node: etree._Element) -> Iterator[str]:
    """Yield the text of TEI without the words that the import has added itself."""
    yield node.text or ""
    for child in node:
        if local_name(child) != "gap":
            yield from _made(child)
        yield child.tail or ""
