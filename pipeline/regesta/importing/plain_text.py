"""`regesta import text`: a transcript in plain text becomes a TEI document: blank lines part paragraphs.

A form feed is a page break, and so is a line that the mapping's pattern `page` matches as a whole (its group `n`, if
any, is the number of the page). Nothing else is guessed. With `lines = "keep"` each line ends in an `lb`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from regesta.importing.divisions import Block, Body, Kind
from regesta.importing.inline import Inline, is_empty
from regesta.importing.markup import element
from regesta.importing.packages import Unreadable
from regesta.importing.patterns import whole
from regesta.importing.table import NOT_XML, read_text
from regesta.importing.transcript_mapping import TranscriptMapping
from regesta.importing.transcripts import Transcript, Way, part

_PAGE = "\f"


def convert(path: Path, mapping: TranscriptMapping) -> Transcript:
    """Return the transcript in the file. Raises UsageError or Unreadable when it is no text in the encoding stated."""
    text = characters(path, mapping)
    parts: list[tuple[str, str]] = []
    body = Body().fill(_blocks(text, mapping, parts))
    return Transcript(body, parts=parts)


WAY = Way(frozenset({".txt", ".text"}), convert, "text files")


def characters(path: Path, mapping: TranscriptMapping) -> str:
    """Return the text of the file, its line ends as newlines, form feeds on lines of their own."""
    text = read_text(path, mapping.encoding).replace("\r\n", "\n").replace("\r", "\n").replace(_PAGE, f"\n{_PAGE}\n")
    strange = NOT_XML.search(text.replace(_PAGE, ""))
    if strange:
        raise Unreadable(f"it holds the character U+{ord(strange.group()):04X}, which cannot stand in XML")
    return text


def _blocks(text: str, mapping: TranscriptMapping, parts: list[tuple[str, str]]) -> Iterator[Block]:
    for lines in _paragraphs(text.split("\n")):
        made = element("p")
        into = Inline(made)
        after_page = True
        for number, line in enumerate(lines):
            found = whole(mapping.page, line.strip())
            if line == _PAGE or found:
                into.put(element("pb", n=(found.groupdict().get("n") or "") if found else None))
                after_page = True
                continue
            if not after_page and mapping.lines == "keep":
                into.put(element("lb"))
            into.text(line if mapping.lines == "join" else line.strip())
            after_page = False
            if number < len(lines) - 1:
                into.text("\n")
        yield from _settled(made, parts)


def _settled(made: etree._Element, parts: list[tuple[str, str]]) -> Iterator[Block]:
    if "".join(made.itertext()).strip():
        parts.append(part(made))
        yield Block(Kind.BLOCK, made)
    elif not is_empty(made):
        for mark in list(made):
            mark.tail = None
            parts.append(("", "page break"))
            yield Block(Kind.MARK, mark)


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph; a form feed in the midst of one stays in it."""
    found: list[str] = []
    for line in lines:
        if line.strip(" \t\u00a0") or line == _PAGE:
            found.append(line)
        elif found and found[-1] != _PAGE:
            yield found
            found = []
    if found:
        yield found
