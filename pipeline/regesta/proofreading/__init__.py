"""Proofreading: what a careful reader of one source would mark, beyond its grammar.

Characters, identifiers, placeholders, languages, dates and page breaks, each family a module. All of it follows from
the source alone, so it is part of the per-source work; what only the whole edition shows is `integrity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from regesta.findings import Finding
from regesta.proofreading import anchors, characters, dating, languages, paging, placeholders, translations
from regesta.reading import ParsedFile
from regesta.walking import Walk


def proofread_file(parsed: ParsedFile) -> Iterator[Finding]:
    """Yield what is wrong with the characters of one file, whether it is a document or part of one."""
    yield from characters.check(parsed)
    yield from placeholders.local_paths(parsed)


def proofread(walk: Walk) -> Iterator[Finding]:
    """Yield what is wrong within one source, in the order of the families."""
    yield from anchors.check(walk)
    yield from placeholders.check(walk)
    yield from languages.check(walk)
    yield from dating.check(walk)
    yield from paging.check(walk)
    yield from translations.check(walk)
