"""XInclude 1.0 within the source folder: whole files, single elements by `xml:id`, and text.

libxml2's own XInclude reads any file of the machine; this one reads only what it is given.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lxml import etree

from regesta import positions, reading, rules
from regesta.findings import Finding, Place
from regesta.reading import ParsedFile
from regesta.withholding import withholding_status

XINCLUDE = "http://www.w3.org/2001/XInclude"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_INCLUDE = f"{{{XINCLUDE}}}include"
_FALLBACK = f"{{{XINCLUDE}}}fallback"
_POINTER = re.compile(r"(?:xpointer\(id\(['\"]([^'\"]+)['\"]\)\)|element\(([^/()]+)\)|([\w.\-]+))$")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_INCLUDES = 5_000
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class SourceTree:
    """A source with its includes in place.

    `files[0]` is the source itself; `spots[n]` says for the n-th element of
    `root`, in document order, which file it stands in and its number there; None where nothing is included.
    """

    files: tuple[ParsedFile, ...]
    root: etree._Element
    spots: tuple[tuple[int, int], ...] | None = None

    def place(self, index: int, element: etree._Element | None = None) -> Place:
        """Return the place of the n-th element (from 0); with `element` its XPath too."""
        if self.spots is not None and not 0 <= index < len(self.spots):
            return Place(self.files[0].path)
        file_number, number = (0, index) if self.spots is None else self.spots[index]
        file = self.files[file_number]
        line, column = file.positions.of(number)
        path = "" if element is None else reading.xpath(element)
        return positions.place(file.path, file.lines, line, column, path)


def mentions_xinclude(data: bytes) -> bool:
    """Return whether the bytes may hold an XInclude, in any encoding; false alarms are harmless."""
    return b"XInclude" in data or b"X\0I\0n\0c\0" in data


def targets(parsed: ParsedFile, name: str) -> Iterator[tuple[str, bool]]:
    """Yield the names, below the source folder, of the files that `parsed` (called `name` there) includes.

    With each stands whether it is taken in whole as a member: an include of a file right below a TEI or teiCorpus.
    """
    for include in parsed.root.iter(_INCLUDE):
        target = _target(include.get("href", ""), name)
        if target:
            yield target, _takes_member(include)


def _takes_member(include: etree._Element) -> bool:
    parent = include.getparent()
    whole = not include.get("xpointer") and include.get("parse", "xml") == "xml"
    return whole and parent is not None and reading.local_name(parent) in {"TEI", "teiCorpus"}


def resolve(parsed: ParsedFile, name: str, others: Mapping[str, tuple[str, bytes]]) -> tuple[SourceTree, list[Finding]]:
    """Return the tree with every include replaced, and findings for those that cannot be followed.

    `others` maps a name below the source folder to (path as shown, bytes). An include that cannot be followed
    gives way to its `xi:fallback`, else it is dropped, since it has no text of its own.
    """
    if next(parsed.root.iter(_INCLUDE), None) is None:
        return SourceTree((parsed,), parsed.root), []
    work = _Inclusion(others, [parsed])
    root, spots = work.expand(parsed.root, 0, [(0, n) for n in range(_size(parsed.root))], (name,))
    return SourceTree(tuple(work.files), root, tuple(spots)), work.findings


def _target(href: str, base: str) -> str | None:
    """Return the name below the source folder that `href` means, "" for the file itself, None for outside."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or "\\" in href or parts.path.startswith("/"):
        return None
    if not parts.path:
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    return None if name.startswith("..") else name


def _size(element: etree._Element) -> int:
    return sum(1 for _ in element.iter(etree.Element))


Spots = list[tuple[int, int]]


@dataclass
class _Inclusion:
    """The work on one source: what was read so far and what went wrong."""

    others: Mapping[str, tuple[str, bytes]]
    files: list[ParsedFile]
    findings: list[Finding] = field(default_factory=list)
    included: int = 0
    size: int = 0

    def expand(
        self, root: etree._Element, file: int, spots: Spots, stack: tuple[str, ...]
    ) -> tuple[etree._Element, Spots]:
        """Replace the includes below `root`, whose elements stand at `spots`; return both anew."""
        result: Spots = []
        numbers = {element: number for number, element in enumerate(root.iter(etree.Element))}
        skip_to = 0
        for element, number in list(numbers.items()):
            if number < skip_to:
                continue
            if element.tag != _INCLUDE or element.getparent() is None:
                result.append(spots[number])
                continue
            skip_to = number + _size(element)
            result.extend(self._replace(element, file, spots[number], spots[number:skip_to], stack))
        return root, result

    def _replace(
        self, include: etree._Element, file: int, spot: tuple[int, int], inside: Spots, stack: tuple[str, ...]
    ) -> Spots:
        content = self._content(include, spot, stack)
        if content is None:
            fallback = include.find(_FALLBACK)
            if fallback is None:
                _substitute(include, "", [])
                return []
            self.findings.pop()
            return self._fall_back(include, fallback, file, inside, stack)
        if isinstance(content, str):
            _substitute(include, content, [])
            return []
        element, spots = content
        _substitute(include, "", [element])
        return spots

    def _fall_back(
        self, include: etree._Element, fallback: etree._Element, file: int, inside: Spots, stack: tuple[str, ...]
    ) -> Spots:
        """Put what `fallback` holds in the place of `include`, whose elements stand at `inside`."""
        first = list(include.iter(etree.Element)).index(fallback)
        _root, spots = self.expand(fallback, file, inside[first : first + _size(fallback)], stack)
        etree.strip_tags(fallback, etree.Comment, etree.ProcessingInstruction)
        _substitute(include, fallback.text or "", list(fallback))
        return spots[1:]

    def _content(
        self, include: etree._Element, spot: tuple[int, int], stack: tuple[str, ...]
    ) -> tuple[etree._Element, Spots] | str | None:
        """Return what is included: an element with its places, or text; None, with a finding, when it cannot be."""
        href = include.get("href", "")
        place = self._place(spot)
        name = _target(href, stack[-1])
        if name is None:
            self._report("include-outside", place, href=href)
            return None
        reason = self._obstacle(name, stack)
        if reason:
            self._report("include-missing", place, href=href, reason=reason)
            return None
        held_back = "" if _takes_member(include) else _held_back(*self.others[name])
        if held_back:
            self._report("include-withheld", place, href=href, status=held_back)
            return None
        if include.get("parse", "xml") == "text":
            return self._text(include, self.others[name][1], place)
        return self._element(include, name, place, stack)

    def _obstacle(self, name: str, stack: tuple[str, ...]) -> str:
        """Return why the file `name` cannot be included, "" when it can; count it then."""
        if not name or name in stack:
            return "it includes itself"
        if name not in self.others:
            return "there is no such source"
        self.included, self.size = self.included + 1, self.size + len(self.others[name][1])
        if self.included > _MOST_INCLUDES or self.size > _MOST_BYTES:
            return "too much is included already"
        return ""

    def _text(self, include: etree._Element, data: bytes, place: Place) -> str | None:
        encoding = include.get("encoding", "utf-8")
        try:
            text = reading.decode(data, encoding)
        except (LookupError, UnicodeDecodeError):
            text = None
        if text is None or _NOT_XML.search(text):
            reason = f"it is not {encoding} text"
            self._report("include-missing", place, href=include.get("href", ""), reason=reason)
            return None
        return text

    def _element(
        self, include: etree._Element, name: str, place: Place, stack: tuple[str, ...]
    ) -> tuple[etree._Element, Spots] | None:
        shown, data = self.others[name]
        parsed = reading.parse(data, shown)
        pointer = include.get("xpointer", "")
        wanted = None if isinstance(parsed, Finding) else _selected(parsed.root, pointer)
        if isinstance(parsed, Finding) or wanted is None:
            reason = (
                "that file cannot be read" if isinstance(parsed, Finding) else f"nothing there answers to {pointer}"
            )
            self._report("include-missing", place, href=include.get("href", ""), reason=reason)
            return None
        self.files.append(parsed)
        file = len(self.files) - 1
        first = 0 if wanted is parsed.root else reading.element_index(wanted)
        copied = deepcopy(wanted)
        copied.tail = None
        return self.expand(copied, file, [(file, first + n) for n in range(_size(wanted))], (*stack, name))

    def _place(self, spot: tuple[int, int]) -> Place:
        file = self.files[spot[0]]
        line, column = file.positions.of(spot[1])
        return positions.place(file.path, file.lines, line, column)

    def _report(self, rule: str, place: Place, *, href: str, reason: str = "", status: str = "") -> None:
        self.findings.append(rules.finding(rule, place, href=href, reason=reason, status=status))


def _held_back(shown: str, data: bytes) -> str:
    """Return the status that holds the file back, "" when none does; a member of a corpus is held back by itself."""
    if b"status" not in data and b"s\0t\0a\0t" not in data:
        return ""
    parsed = reading.parse(data, shown)
    return "" if isinstance(parsed, Finding) else withholding_status(parsed.root)


def _selected(root: etree._Element, pointer: str) -> etree._Element | None:
    if not pointer:
        return root
    found = _POINTER.match(pointer.strip())
    wanted = next((group for group in found.groups() if group), "") if found else ""
    return next((element for element in root.iter(etree.Element) if element.get(XML_ID) == wanted), None)


def _substitute(old: etree._Element, text: str, new: list[etree._Element]) -> None:
    """Put `text` and the elements `new` in the place of `old`, keeping the text that follows it."""
    parent, tail = old.getparent(), old.tail or ""
    if parent is None:
        raise ValueError("the root of a document cannot be an include")
    at = parent.index(old)
    parent.remove(old)
    last: etree._Element | None = parent[at - 1] if at else None
    last = _append(parent, last, text)
    for offset, element in enumerate(new):
        parent.insert(at + offset, element)
        last = element
    _append(parent, last, tail)


def _append(parent: etree._Element, last: etree._Element | None, text: str) -> etree._Element | None:
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text
    return last
