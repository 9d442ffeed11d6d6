"""Runs: the terms of some documents after another, sorted, which are merged into the terms of all.

What an index says of a term is a list of documents in the order of their numbers. So the documents are taken some at a
time, by whoever is free, and no more than one such run is in memory while it is made, nor more than a little of each
while they are merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter

from regesta.search.digests import SearchableDocument, digest
from regesta.search.numerals import spell


@dataclass(slots=True)
class Postings:
    """A term's documents and their places as they are written, and the last one's number while they are taken in."""

    last: int = 0
    documents: bytearray = field(default_factory=bytearray)
    places: bytearray = field(default_factory=bytearray)


Row = tuple[str, int, int, int, bytes, bytes, tuple[str, ...]]
"""A term of a run: the numbers of its first and last document, how many bytes spell the first number, its documents and
places as they are written, and the stems that it has."""


def utf_16(term: str) -> bytes:
    """Return what terms are sorted by: JavaScript compares strings by UTF-16 units, and finds terms by halving."""
    return term.encode("utf-16-be", "surrogatepass")


def run(documents: Iterable[tuple[int, SearchableDocument]], frequent: frozenset[str]) -> list[Row]:
    """Return the terms of documents with ascending numbers, sorted; `frequent` are the words without places."""
    index: dict[str, Postings] = {}
    firsts: dict[str, int] = {}
    stems: dict[str, set[str]] = {}
    for number, document in documents:
        found = digest(document, frequent)
        for term, (entry, places) in found.entries.items():
            known = index.get(term)
            if known is None:
                known = index[term] = Postings()
                firsts[term] = number
            known.documents += spell(number - known.last)
            known.documents.append(entry)
            known.places += places
            known.last = number
        for term, stem in found.stems.items():
            stems.setdefault(term, set()).add(stem)
    return [
        (
            term,
            firsts[term],
            index[term].last,
            len(spell(firsts[term])),
            bytes(index[term].documents),
            bytes(index[term].places),
            tuple(sorted(stems.get(term, ()))),
        )
        for term in sorted(index, key=utf_16)
    ]


def merged(runs: Iterable[Iterable[Row]]) -> Iterator[tuple[str, Postings, set[str]]]:
    """Yield each term with its documents and stems, sorted; the runs are given in the order of their documents."""
    marked = [_marked(number, rows) for number, rows in enumerate(runs)]
    for _sorted_by, same in groupby(merge(*marked, key=itemgetter(0, 1)), key=itemgetter(0)):
        rows = [row for _by, _run, row in same]
        postings, stems = Postings(), set[str]()
        for _term, first, last, spelt, documents, places, found in rows:
            postings.documents += spell(first - postings.last) + documents[spelt:]
            postings.places += places
            postings.last = last
            stems.update(found)
        yield rows[0][0], postings, stems


def _marked(number: int, rows: Iterable[Row]) -> Iterator[tuple[bytes, int, Row]]:
    for row in rows:
        yield utf_16(row[0]), number, row
