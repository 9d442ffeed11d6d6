"""Makes TEI elements and writes them as the edition's files are laid out: two spaces a level, words left alone."""

from __future__ import annotations

import re

from lxml import etree

from regesta.documents import TEI

XML = "http://www.w3.org/XML/1998/namespace"
XML_ID, XML_LANG = f"{{{XML}}}id", f"{{{XML}}}lang"
_IN_LINE = frozenset(
    f"{{{TEI}}}{name}"
    for name in (
        "bibl",
        "desc",
        "idno",
        "item",
        "label",
        "licence",
        "location",
        "note",
        "persName",
        "term",
        "title",
        "country",
    )
)

# Within a text, only these hold no words of their own, so that white space in them means nothing.
_LAID_OUT = frozenset(
    f"{{{TEI}}}{name}"
    for name in ("text", "front", "body", "back", "div", "list", "table", "row", "sp", "postscript", "listPerson",
                 "listOrg", "listPlace", "listEvent", "person", "org", "place", "event", "state")
)  # fmt: skip

_SPACE = re.compile(r"[ \t\r\n]+")

Content = "etree._Element | str | None"


def element(name: str, *content: etree._Element | str | None, **attributes: str | None) -> etree._Element:
    """Return a TEI element; strings become text, None is left out, `xml_id` and `xml_lang` stand for their names."""
    names = {
        "xml_id": XML_ID,
        "xml_lang": XML_LANG,
        "from_": "from",
        "not_before": "notBefore",
        "not_after": "notAfter",
    }
    made = etree.Element(f"{{{TEI}}}{name}", nsmap={None: TEI})
    for attribute, value in attributes.items():
        if value:
            made.set(names.get(attribute, attribute), value)
    append(made, *content)
    return made


def folded(text: str) -> str:
    """Return a text with its white space folded as XML means it: a space that forbids a break is a character."""
    return _SPACE.sub(" ", text).strip(" ")


def append(parent: etree._Element, *content: etree._Element | str | None) -> None:
    """Put text and elements at the end of `parent`."""
    for each in content:
        if each is None:
            continue
        if not isinstance(each, str):
            parent.append(each)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + each
        else:
            parent.text = (parent.text or "") + each


def serialize(root: etree._Element) -> bytes:
    """Return the file: declaration, elements indented where white space means nothing, a line end at the end."""
    _indent(root, "\n")
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _indent(parent: etree._Element, line: str, *, transcribed: bool = False) -> None:
    transcribed = transcribed or parent.tag == f"{{{TEI}}}text"
    kept = parent.tag not in _LAID_OUT if transcribed else parent.tag in _IN_LINE
    if not len(parent) or kept or _has_words(parent):
        return
    parent.text = f"{line}  "
    for child in parent:
        _indent(child, f"{line}  ", transcribed=transcribed)
        child.tail = f"{line}  "
    parent[-1].tail = line


def _has_words(parent: etree._Element) -> bool:
    return bool((parent.text or "").strip() or any((child.tail or "").strip() for child in parent))
