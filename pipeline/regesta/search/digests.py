"""What the index keeps of one document: a function of the document alone, and of which words are frequent.

A term is a folded word, a field with a word (`:person:mao`), a period (`:month:1956-08`), or two frequent words that
follow each other (` of the`): by its first character each kind sorts apart. For each the digest has an entry of one
character, how much the term counts and in which part of the text it first stands, and its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regesta.keeping import Value
from regesta.search.numerals import DIGITS, spell
from regesta.search.stems import Stemmers, stem
from regesta.search.words import compounds, words

PART = 6_000
"""A text is cut into parts of so many characters, at white space: a result loads the part that it quotes."""

IMPACTS, PARTS = 15, 6
"""How many degrees of weight an entry tells, and how many first parts; the last stands for all that follow."""

FIELD_WEIGHTS = {"title": 6, "abstract": 2, "person": 3, "organisation": 3, "place": 2}
"""A word in these counts as often as so many in the text."""

_K1, _B = 1.2, 0.75
_USUAL_LENGTH = 400
_ONE = spell(1)
_BETWEEN = 8
"""So many places lie between two fields or names, lest a phrase run from one into the other."""

_ROUND = 1_000
_PERIOD = re.compile(r"(\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class SearchableDocument(Value):
    """What is to be found of a document, and what a result shows.

    `fields` are (name, text): title, abstract, person, organisation, place, type, archive …; `date` is the sorting
    date, `written` the one to show; `stemmers` are for the words of the text, `language` says what it is in.
    """

    id: str
    title: str
    date: str = ""
    written: str = ""
    kind: str = ""
    abstract: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""
    language: str = ""
    stemmers: Stemmers = ("english", "russian")


@dataclass(frozen=True)
class Digest:
    """A document's terms, each with its entry (a byte) and places (b"" where they are not kept); the stems of words."""

    entries: dict[str, tuple[int, bytes]]
    stems: dict[str, str]


def digest(document: SearchableDocument, frequent: frozenset[str]) -> Digest:
    """Return what the index keeps of the document; `frequent` are the words whose places would be too many."""
    gathered = _Gathered(document.stemmers, frequent)
    for number, part in enumerate(parts(document.text)):
        gathered.part = min(number, PARTS - 1)
        gathered.take(part)
    gathered.begin_fields()
    for name, text in document.fields:
        gathered.take(text, name, FIELD_WEIGHTS.get(name, 1), stemmed=name in {"title", "abstract"})
    for period in periods(document.date):
        gathered.mark(period)
    return gathered.close()


def parts(text: str) -> Sequence[str]:
    """Return the text in parts of some PART characters; one part for an empty text."""
    found, start = [], 0
    while len(text) - start > PART * 5 // 4:
        cut = text.rfind(" ", start, start + PART) + 1
        cut = cut if cut > start else start + PART
        found.append(text[start:cut])
        start = cut
    return [*found, text[start:]]


def periods(date: str) -> Iterator[str]:
    """Yield the terms by which a range of dates is sought: year, month and day, or that one is not known."""
    found = _PERIOD.match(date)
    if not found:
        yield ":year:"
        return
    year, month, day = found.groups()
    yield f":year:{year}"
    yield f":month:{year}-{month}" if month else f":month:{year}"
    if month:
        yield f":day:{year}-{month}-{day}" if day else f":day:{year}-{month}"


def terms_of(text: str, chosen: Stemmers) -> Iterator[str]:
    """Yield the text's words."""
    for raw in text.split():
        for term, _offset, _stem in _terms(raw, chosen)[0]:
            yield term


@lru_cache(maxsize=30_000)
def _terms(raw: str, chosen: Stemmers) -> tuple[tuple[tuple[str, int, str], ...], int]:
    """Return the words in what stands between two spaces, with their offsets, and how many places it takes."""
    folded = list(words(raw))
    unfolded = re.findall(r"[^\W_]+", raw.lower())
    whole = unfolded if len(unfolded) == len(folded) else folded
    found = [(term, at, stem(whole[at], chosen)) for at, term in enumerate(folded)]
    found += [(joined, 0, stem(joined, chosen)) for joined in compounds(raw) if joined not in folded]
    return tuple(found), len(folded)


class _Gathered:
    """The terms of a document while it is read."""

    def __init__(self, chosen: Stemmers, frequent: frozenset[str]) -> None:
        self.part = 0
        self._chosen = chosen
        self._frequent = frequent
        self._next = 0
        self._places: dict[str, list[int]] = {}
        self._weights: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._stems: dict[str, str] = {}
        self._length = 0

    def take(self, text: str, field: str = "", weight: int = 1, *, stemmed: bool = True) -> None:
        """Take in a text, which goes on where the last one ended, or one of a field, which does not."""
        if field:
            self._next += _BETWEEN
        before, last = "", -2
        places, weights, frequent, chosen = self._places, self._weights, self._frequent, self._chosen
        start = place = here = self._next
        for raw in text.split():
            found, length = _terms(raw, chosen)
            for term, offset, stem_of_term in found:
                place = here + offset
                at = places.get(term)
                if at is None:
                    places[term] = [place]
                    weights[term] = weight
                    self._parts[term] = self.part
                    if stem_of_term and stemmed:
                        self._stems[term] = stem_of_term
                else:
                    if at[-1] != place:
                        at.append(place)
                    weights[term] += weight
                    if field and stem_of_term and stemmed:
                        self._stems[term] = stem_of_term
                if field:
                    self._add(f":{field}:{term}", place)
                if term in frequent:
                    if before and place == last + 1:
                        self.mark(f" {before} {term}")
                    before, last = term, place
            here += length
        self._next = place + 1
        self._length += self._next - start if not field else 0

    def begin_fields(self) -> None:
        """Go on at a round place, so that a word more in the text does not move those of the fields."""
        self.part = 0
        self._next = -(-self._next // _ROUND) * _ROUND

    def mark(self, term: str) -> None:
        """Note that the document has the term, without a place."""
        self._places.setdefault(term, [])
        self._weights.setdefault(term, 1)
        self._parts.setdefault(term, self.part)

    def close(self) -> Digest:
        """Return what was taken in."""
        norm = _K1 * (1 - _B + _B * _steps(self._length) / _USUAL_LENGTH)
        entries = {}
        for term, places in self._places.items():
            weight = self._weights[term]
            impact = max(1, round(weight * IMPACTS / (weight + norm)))
            code = ord(DIGITS[impact - 1 + IMPACTS * self._parts[term]])
            entries[term] = (code, b"" if term in self._frequent else _spelt(places))
        return Digest(entries, self._stems)

    def _add(self, term: str, place: int) -> None:
        self._places.setdefault(term, []).append(place)
        self._weights.setdefault(term, 1)
        self._parts.setdefault(term, 0)


def _steps(length: int) -> int:
    """Return the length in coarse steps: a word more must not change the weight of every other."""
    if length < 64:
        return 64
    step = 1 << (length.bit_length() - 2)
    return length // step * step


def _spelt(places: Sequence[int]) -> bytes:
    if len(places) == 1:
        return _ONE + spell(places[0])
    spelt, last = [spell(len(places))], 0
    for place in places:
        spelt.append(spell(place - last))
        last = place
    return b"".join(spelt)
