"""Placeholders that were never filled in, and paths that only its author's computer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta import rules
from regesta.findings import Finding
from regesta.proofreading.characters import local
from regesta.reading import ParsedFile
from regesta.walking import Walk

_WHOLE = frozenset({
    "foo", "bar", "baz", "foobar", "foo bar", "todo", "to do", "tbd", "tba", "fixme", "xxx", "xxxx", "asdf", "untitled",
    "placeholder", "unknown author", "author name", "your name", "publication information",
    "information about the source", "some text here", "insert title", "new document",
})  # fmt: skip
_WITHIN = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b"
    r"|\b(?:title|author|editor|name|date|text|abstract|description|publisher) (?:goes )?here\b"
    r"|\binsert (?:title|author|name|date|text)\b|\[(?:title|author|editor|date|your name)\]",
    re.IGNORECASE,
)
_SHOUTED = frozenset({"TODO", "FIXME", "TBD", "XXX"})
_NAMESAKES = frozenset({"title", "author", "editor", "publisher", "authority", "sponsor", "funder", "principal"})
_LOCAL_PATH = re.compile(
    r"(?<==[\"'])\s*(?:file:/[^\"']*|[A-Za-z]:[\\/][^\"']*|\\\\[^\"']*|/(?:home|Users)/[^\"']*)", re.IGNORECASE
)


def check(walk: Walk) -> Iterator[Finding]:
    """Yield the texts in headers that stand for something nobody has written yet."""
    for met in walk.header:
        text = met.element.text
        if not text or not (text := " ".join(text.split())) or met.name in {"change", "egXML", "code", "gi"}:
            continue
        words = _placeholder(text, met.name)
        if words:
            place = walk.tree.place(met.index, met.element)
            yield rules.finding("placeholder", place, element=met.name, text=words)


def local_paths(parsed: ParsedFile) -> Iterator[Finding]:
    """Yield the attributes and processing instructions that hold a path of one computer."""
    for found, place in local(parsed, _LOCAL_PATH):
        yield rules.finding("path-local", place, path=found.group().strip())


def _placeholder(text: str, name: str) -> str:
    """Return the words of `text`, the text of an element `name`, that are a placeholder; "" when there are none."""
    folded = text.casefold().strip(" .…!?-*[]()<>_")
    if folded in _WHOLE or (name in _NAMESAKES and folded in {name, "test"}):
        return text
    for found in _WITHIN.finditer(text):
        words = found.group()
        if words.upper() not in _SHOUTED or words.isupper():
            return words
    return ""
