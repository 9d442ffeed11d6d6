"""Search data after the texts of a few documents have changed: the files that hold their words are read and set right.

What comes of it is what `search_files` makes of the whole edition. Where that cannot be known from the files that are
touched, `NotPatchable` is raised, and the whole index is made anew.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

from regesta.search.digests import Digest, SearchableDocument, digest
from regesta.search.numerals import DIGITS, LAST, read, spell
from regesta.search.runs import Postings, utf_16
from regesta.search.shards import (
    FREQUENT,
    cut,
    document_files,
    frequent_words,
    size_of,
    stated_stem,
    terms_data,
)
from regesta.site_data import FOLDER, script

_DIGIT = re.escape(DIGITS[:LAST])
_NUMBER = f"[{re.escape(DIGITS[LAST:])}]*[{_DIGIT}]"
_POSTING = re.compile(f"({_NUMBER})(.)")
_PLACE = re.compile(_NUMBER)
_NOTHING = Digest({}, {})
_MOST_PROBES = 60
"""So many documents are looked into, at most, to learn whether any other has a word with a certain stem."""


class NotPatchable(Exception):  # noqa: N818 - no fault: the index is made anew instead
    """The touched files alone do not tell what the whole index would say."""


@dataclass(frozen=True)
class Change:
    """A document before and after, None where there is none."""

    number: int
    before: SearchableDocument | None
    after: SearchableDocument | None


@dataclass(frozen=True)
class Whole:
    """What must be known of all documents as they are now: how many there are, and which stemmers they use.

    `counts` is what `shards.sample` says of them.
    """

    documents: int
    counts: Mapping[str, int]
    stemmers: Sequence[str]


def patched_files(
    changes: Sequence[Change],
    read_file: Callable[[str], bytes],
    document_of: Callable[[int], SearchableDocument],
    whole: Whole,
    frequent_from: int = FREQUENT,
) -> Iterator[tuple[str, bytes | None]]:
    """Yield address and bytes of each file of search data that is other than before; None for one that is no more.

    `read_file` gives the bytes of a file of the data as it stands, `document_of` any document as it is now by its
    number. Raises NotPatchable.
    """
    manifest = _read(read_file, "search/manifest")
    frequent = frequent_words(whole.counts, frequent_from)
    if frequent != frozenset(manifest["frequent"]):
        raise NotPatchable
    for change in changes:
        was, now = (
            {} if each is None else dict(document_files(change.number, each)) for each in (change.before, change.after)
        )
        yield from ((path, now.get(path)) for path in {**was, **now} if was.get(path) != now.get(path))
    index = _Index(manifest, read_file)
    probe = _Probe(document_of, frequent)
    for change in changes:
        if change.after is not None:
            probe.known[change.number] = digest(change.after, frequent)
    changed = _changed(changes, probe, frequent)
    index.load(changed)
    for term, rows in sorted(changed.items()):
        index.change(term, rows, probe)
    yield from index.files(whole)


@dataclass(frozen=True)
class _Row:
    """What a document had of a term and what it has now: an entry with its places (None for none), and the stem."""

    number: int
    before: tuple[int, bytes] | None
    after: tuple[int, bytes] | None
    stem_before: str
    stem_after: str


def _changed(changes: Iterable[Change], probe: _Probe, frequent: frozenset[str]) -> dict[str, list[_Row]]:
    """Return for each term the documents in which it is other than it was."""
    found: dict[str, list[_Row]] = {}
    for change in changes:
        was = _NOTHING if change.before is None else digest(change.before, frequent)
        now = _NOTHING if change.after is None else probe.known[change.number]
        for term in {**was.entries, **now.entries}:
            row = _Row(
                change.number,
                was.entries.get(term),
                now.entries.get(term),
                was.stems.get(term, ""),
                now.stems.get(term, ""),
            )
            if row.before != row.after or row.stem_before != row.stem_after:
                found.setdefault(term, []).append(row)
    return found


@dataclass
class _Probe:
    """Looks into other documents, a limited number of times."""

    document_of: Callable[[int], SearchableDocument]
    frequent: frozenset[str]
    known: dict[int, Digest] = field(default_factory=dict)
    left: int = _MOST_PROBES

    def has_stem(self, term: str, stem: str, numbers: Iterable[int]) -> bool:
        """Tell whether one of the documents has the term with this stem. Raises NotPatchable after too many."""
        for number in numbers:
            if number not in self.known:
                self.left -= 1
                if self.left < 0:
                    raise NotPatchable
                self.known[number] = digest(self.document_of(number), self.frequent)
            if self.known[number].stems.get(term, "") == stem:
                return True
        return False


class _Index:
    """The files of terms that are touched, with those beside them: where a file begins depends on the term before."""

    def __init__(self, manifest: dict[str, Any], read_file: Callable[[str], bytes]) -> None:
        self._manifest = manifest
        self._read_file = read_file
        self._names: list[str] = manifest["names"]
        self._firsts = [utf_16(first) for first in manifest["firsts"]]
        self._loaded: dict[int, dict[str, Postings]] = {}
        self._stems: dict[str, str] = {}
        self._was: dict[str, bytes] = {}

    def load(self, terms: Iterable[str]) -> None:
        """Read the files of these terms and their neighbours."""
        if not self._names:
            raise NotPatchable
        touched = {self._file_of(term) for term in terms}
        for place in sorted({each for file in touched for each in (file - 1, file, file + 1)}):
            if 0 <= place < len(self._names):
                self._load(place)

    def change(self, term: str, rows: Sequence[_Row], probe: _Probe) -> None:
        """Set the term right. Raises NotPatchable."""
        table = self._loaded[self._file_of(term)]
        postings = table.setdefault(term, Postings())
        self._restem(term, rows, _rewrite(postings, rows), probe)
        if not postings.documents:
            del table[term]

    def files(self, whole: Whole) -> Iterator[tuple[str, bytes | None]]:
        """Yield the files of terms and the manifest where they are other than before."""
        names, firsts = list(self._names), list(self._manifest["firsts"])
        now: dict[str, bytes] = {}
        for run in reversed(list(_runs(self._loaded))):
            index = {term: each for place in run for term, each in self._loaded[place].items()}
            cuts = list(cut((term, size_of(term, index[term])) for term in sorted(index, key=utf_16)))
            names[run.start : run.stop] = [name for name, _terms in cuts]
            firsts[run.start : run.stop] = [terms[0] for _name, terms in cuts]
            for name, terms in cuts:
                now.update(terms_data(name, terms, index, lambda term: self._stems.get(term, "")))
        if len(set(names)) != len(names):
            raise NotPatchable
        yield from ((path, now.get(path)) for path in {**self._was, **now} if self._was.get(path) != now.get(path))
        told = {"firsts": firsts, "names": names, "documents": whole.documents, "stemmers": list(whole.stemmers)}
        if any(self._manifest[key] != value for key, value in told.items()):
            yield script("search/manifest", {**self._manifest, **told})

    def _file_of(self, term: str) -> int:
        return max(0, bisect_right(self._firsts, utf_16(term)) - 1)

    def _load(self, place: int) -> None:
        name = self._names[place]
        terms, places = (_read(self._read_file, f"search/{kind}-{name}", self._was) for kind in ("terms", "places"))
        rows = zip(terms["terms"], terms["stems"], terms["documents"], places, strict=True)
        table = self._loaded[place] = {}
        for term, stem, documents, placed in rows:
            table[term] = Postings(0, bytearray(documents, "ascii"), bytearray(placed, "ascii"))
            self._stems[term] = stem

    def _restem(self, term: str, rows: Iterable[_Row], numbers: Sequence[int], probe: _Probe) -> None:
        """Set the term's stems right: those that any document has of it. Raises NotPatchable."""
        stems = set(self._stems.get(term, "").split())
        come = {row.stem_after for row in rows if row.stem_before != row.stem_after} - {""}
        gone = {row.stem_before for row in rows if row.stem_before != row.stem_after} - {"", *come}
        doubtful = gone & stems
        if not stems and come - {term}:  # Nothing is stated where a term is its only stem, nor where it has none.
            doubtful = {term}
        lasting = {stem for stem in doubtful if probe.has_stem(term, stem, numbers)}
        self._stems[term] = stated_stem(term, (stems - doubtful) | lasting | come)


def _runs(loaded: Mapping[int, object]) -> Iterator[range]:
    """Yield the files that were read, those that follow each other together."""
    start = None
    for place in sorted(loaded):
        if start is None:
            start = place
        if place + 1 not in loaded:
            yield range(start, place + 1)
            start = None


_Found = list[tuple[str, str]]
"""For each document of a term the step to its number, as it is spelt, and its entry."""


def _found(postings: Postings) -> _Found:
    return _POSTING.findall(postings.documents.decode("ascii"))


def _numbers(found: _Found) -> list[int]:
    return list(accumulate(_value(step) for step, _entry in found))


@lru_cache(maxsize=4_096)
def _value(spelt: str) -> int:
    return read(spelt)[0]


def _rewrite(postings: Postings, rows: Iterable[_Row]) -> list[int]:
    """Put documents into a term, take them out, or give them other entries and places; return the numbers that it has.

    Raises NotPatchable when a document was not there that should have been, or the other way round.
    """
    found = _found(postings)
    numbers = _numbers(found)
    entries = {number: entry for number, (_step, entry) in zip(numbers, found, strict=True)}
    places = dict(zip(numbers, _places(postings, len(numbers)), strict=True))
    for row in rows:
        if (row.number in entries) != (row.before is not None):
            raise NotPatchable
        if row.after is None:
            del entries[row.number], places[row.number]
        else:
            entries[row.number], places[row.number] = chr(row.after[0]), row.after[1]
    numbers = sorted(entries)
    steps = (number - before for before, number in zip([0, *numbers], numbers, strict=False))
    written = (spell(step) + entries[number].encode() for step, number in zip(steps, numbers, strict=True))
    postings.documents[:] = b"".join(written)
    postings.places[:] = b"".join(places[number] for number in numbers)
    return numbers


def _places(postings: Postings, count: int) -> list[bytes]:
    """Return the places in each of so many documents as they are written."""
    spelt = _PLACE.findall(postings.places.decode("ascii"))
    if not spelt:
        return [b""] * count
    found, at = [], 0
    for _ in range(count):
        after = at + 1 + _value(spelt[at])
        found.append("".join(spelt[at:after]).encode("ascii"))
        at = after
    return found


def _read(read_file: Callable[[str], bytes], name: str, kept: dict[str, bytes] | None = None) -> Any:
    """Return the data of a file. Raises NotPatchable when it is none of ours."""
    path = f"{FOLDER}{name}.js"
    data = read_file(path)
    if kept is not None:
        kept[path] = data
    try:
        head = f"regesta.add({json.dumps(name)},"
        return json.loads(data.decode("utf-8").removeprefix(head).removesuffix(");\n"))
    except ValueError:
        raise NotPatchable from None
