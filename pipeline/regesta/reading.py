"""Read: bytes become a tree. The one XML parser of Regesta, and a safe one.

Sources are untrusted. Characters are decoded here, by Python, from the declared encoding; the external identifier
of a DOCTYPE is blanked, so that no DTD is ever looked for; external entities are refused by the parser, and entity
expansion, depth (256) and the size of a text node (10 million characters) are bounded by libxml2's own limits.
"""

from __future__ import annotations

import codecs
import html
import re
from array import array
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from regesta import positions, rules
from regesta.findings import Finding, Place
from regesta.positions import Break, Positions

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARATION = re.compile(rb"^<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_NOT_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
_LITERAL = r"(?:\"[^\"]*\"|'[^']*')"
_EXTERNAL_ID = re.compile(
    # What stands before it is taken once and for all (?>…), lest a long document be tried in every way.
    rf"\A(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE\s+[^\s\[>]+\s+(SYSTEM\s+{_LITERAL}|PUBLIC\s+{_LITERAL}(?:\s+{_LITERAL})?)",
    re.DOTALL,
)
_UNDEFINED_ENTITY = re.compile(r"Entity '([^']+)' not defined")
_NOT_BLANK = re.compile(r"[^\r\n]")
_IN_OTHER_WORDS = {
    r"Specification mandates value for attribute (\S+)": r"The attribute \1 has no value",
    r"Couldn't find end of Start Tag (\S+)(?: line \d+)?": r"The start tag of \1 has no end",
    r"Opening and ending tag mismatch: (\S+) line \d+ and (\S+)": r"</\2> stands where </\1> is due",
    r"Attribute (\S+) redefined": r"The attribute \1 stands here twice",
    r"Unescaped '<' not allowed in attributes values": "A < stands in an attribute, which may lack its last quote",
    r"xmlParseEntityRef: no name": 'An & stands alone; in XML it is written "&amp;"',
    r"StartTag: invalid element name": 'No name follows a <, which in a text is written "&lt;"',
    r"Double hyphen within comment.*": "Two hyphens stand within a comment",
}
"""What libxml2 says of the most frequent slips, and what we do."""

_LIMITS = {
    "Excessive depth": "elements are nested in each other more than 256 deep",
    "Text node too long": "a single piece of text is longer than 10 million characters",
    "amplification": "its entities expand each other beyond measure",
    "entity reference loop": "an entity expands into itself",
    "Entity loop": "an entity expands into itself",
    "Resource limit": "a single name or value is too long",
    "XML_PARSE_HUGE": "a single part of it is too large",
}


@dataclass(frozen=True)
class ParsedFile:
    """A file that is well-formed XML: its path as findings show it, its text, its tree, and the bytes parsed."""

    path: str
    text: str
    root: etree._Element
    data: bytes

    @cached_property
    def positions(self) -> Positions:
        """Return where each element stands, also those that have been taken out of the tree since; found when asked."""
        found = positions.scan(self.data)
        return found if isinstance(found, Positions) else _approximate(self.root)

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the text, for excerpts."""
        return positions.split_lines(self.text)

    def place(self, element: etree._Element, index: int | None = None) -> Place:
        """Return the place of `element`; `index` is its number among all elements in document order, if known."""
        number = element_index(element) if index is None else index
        line, column = self.positions.of(number)
        return positions.place(self.path, self.lines, line, column, xpath(element))


class _NothingOutside(etree.Resolver):
    """Refuses everything that libxml2 might want to load from outside the document."""

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> None:
        raise OSError(f"Regesta reads nothing from outside the document ({system_url or public_id}).")


def parse(data: bytes, path: str) -> ParsedFile | Finding:
    """Return the parsed file, or the one finding that says why it cannot be read. Never raises for bad input."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return rules.finding("file-empty", Place(path))
    encoding = declared_encoding(data)
    try:
        text = decode(data, encoding)
    except LookupError:
        return rules.finding("encoding-unknown", Place(path, 1, 1), encoding=encoding)
    except UnicodeDecodeError as error:
        before = positions.split_lines(decode(data[: error.start], encoding))
        place = positions.place(path, before, len(before), len(before[-1]) + 1)
        return rules.finding(
            "encoding-wrong", place, encoding=encoding, byte=f"0x{data[error.start]:02X}", at=error.start
        )
    return parse_text(text, path)


def decode(data: bytes, encoding: str) -> str:
    """Return the characters of `data` without a byte-order mark.

    Raises LookupError when `encoding` is not one of text, UnicodeDecodeError when the bytes are not in it.
    """
    codec = codecs.lookup(encoding)
    if codec.name.replace("_", "-") in _NOT_TEXT or not getattr(codec, "_is_text_encoding", True):
        raise LookupError(encoding)
    return codec.decode(data, "strict")[0].removeprefix("\ufeff")


def parse_text(text: str, path: str) -> ParsedFile | Finding:
    """Return the parsed file for text that is decoded already, or the finding that says why it cannot be read."""
    data = _without_external_identifier(text.removeprefix("\ufeff")).encode("utf-8", "surrogatepass")
    try:
        root = etree.fromstring(data, _parser())
        if root.getroottree().docinfo.internalDTD is not None:
            # libxml2 counts the elements of an entity's declaration among those before its use.
            root = etree.fromstring(etree.tostring(root, encoding="utf-8"), _parser())
    except (etree.XMLSyntaxError, OSError) as error:
        return _refusal(str(error), data, text, path)
    file = ParsedFile(path, text, root, data)
    if root.getroottree().docinfo.xml_version != "1.0":
        _ = file.positions  # which expat may not read: they are taken from the tree before anybody changes it
    return file


def declared_encoding(data: bytes) -> str:
    """Return the encoding by byte-order mark, else by the XML declaration, else utf-8 (XML 1.0, appendix F)."""
    for mark, name in (*_BYTE_ORDER_MARKS, *_UNMARKED):
        if data.startswith(mark):
            return name
    declared = _DECLARATION.match(data[:200])
    return declared.group(1).decode("ascii").lower() if declared else "utf-8"


def element_index(element: etree._Element) -> int:
    """Return the number of `element` among all elements of its tree, in document order, from 0."""
    before = element.xpath("count(preceding::*) + count(ancestor::*)")
    return int(before) if isinstance(before, float) else 0


def xpath(element: etree._Element) -> str:
    """Return a readable XPath without prefixes, such as `/TEI/text/body/p[3]`."""
    steps = []
    current: etree._Element | None = element
    while current is not None:
        parent = current.getparent()
        name = local_name(current)
        if parent is not None:
            twins = list(parent.iterchildren(f"{{*}}{name}"))
            if len(twins) > 1:
                name += f"[{twins.index(current) + 1}]"
        steps.append(name)
        current = parent
    return "/" + "/".join(reversed(steps))


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parser() -> etree.XMLParser:
    parser = etree.XMLParser(
        encoding="utf-8", collect_ids=False, load_dtd=False, no_network=True, resolve_entities="internal"
    )
    parser.resolvers.add(_NothingOutside())
    return parser


def _without_external_identifier(text: str) -> str:
    """Blank the external identifier of the DOCTYPE, keeping every position; its internal subset stays."""
    found = _EXTERNAL_ID.match(text)
    if found is None:
        return text
    start, end = found.span(1)
    return text[:start] + _NOT_BLANK.sub(" ", text[start:end]) + text[end:]


def _refusal(reason: str, data: bytes, text: str, path: str) -> Finding:
    broken = positions.scan(data)
    line, column, open_tag = 0, 0, None
    if isinstance(broken, Break):
        line, column, open_tag = broken.line, broken.column, broken.open_tag
    else:
        numbers = re.search(r"line (\d+), column (\d+)", reason)
        line, column = (int(numbers[1]), int(numbers[2])) if numbers else (1, 1)
    place = positions.place(path, positions.split_lines(text), line, column)
    entity = _UNDEFINED_ENTITY.search(reason)
    if entity and re.search(rf"<!ENTITY\s+{re.escape(entity[1])}\s+(?:SYSTEM|PUBLIC)\s", text):
        return rules.finding("entity-external", place, name=entity[1])
    if entity:
        return rules.finding("entity-undefined", place, name=entity[1], instead=_replacement(entity[1]))
    limit = next((ours for theirs, ours in _LIMITS.items() if theirs in reason), "")
    if limit:
        return rules.finding("xml-too-large", place, reason=limit)
    if "\0" in text:
        return rules.finding("not-well-formed", place, reason="It holds bytes of value 0 and is no XML text")
    still_open = f"; <{open_tag.name}>, opened in line {open_tag.line}, is still open there" if open_tag else ""
    return rules.finding("not-well-formed", place, reason=_sentence(reason) + still_open)


def _sentence(reason: str) -> str:
    sentence = re.sub(r",? line \d+, column \d+.*$", "", reason.splitlines()[0]).strip().rstrip(".")
    for theirs, ours in _IN_OTHER_WORDS.items():
        sentence = re.sub(theirs, ours, sentence)
    return sentence


def _replacement(name: str) -> str:
    character = html.unescape(f"&{name};")
    return f"the character itself ({character})" if not character.startswith("&") else "the text it stands for"


def _approximate(root: etree._Element) -> Positions:
    """Return libxml2's lines, for the rare file that it reads and expat does not (XML 1.1)."""
    lines = array("L", (element.sourceline or 0 for element in root.iter(etree.Element)))
    return Positions(lines, array("L", [1]) * len(lines))
