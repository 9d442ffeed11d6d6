"""Search workshop: the search's data, set right where few documents have changed, else made anew.

What the published data were made of is kept in `cache/search`: of each document the keys under which the cache has what
is to be found of it and what was found in its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from regesta import digests, keeping, manifest
from regesta.analysis import SourceAnalysis
from regesta.assembly import Assembly
from regesta.cache import Cache
from regesta.exchanging import replace_file
from regesta.keeping import Value
from regesta.publishing import Publication
from regesta.search import Searchable
from regesta.search.digests import SearchableDocument
from regesta.search.patching import Change, NotPatchable, Whole, patched_files
from regesta.search.shards import is_sampled, occurrences
from regesta.site_data import number_space, numbers

_DATA = "data/search/"
_FILE = "search"
_MOST = 40
"""So many changed documents, or a twentieth of all, are set right; with more, all is made anew as fast."""

DocumentOf = Callable[[str], SearchableDocument]
"""What gives a document, as it is now, by its identifier."""


@dataclass(frozen=True, slots=True)
class Found(Value):
    """Where the cache has what is to be found of a document.

    `searched` is its key without the text, which is that of a `part` of what the `analysis` with that key found.
    """

    searched: str
    analysis: str
    part: str


@dataclass(frozen=True, slots=True)
class SearchState(Value):
    """What published data were made of: `seal` is that of the publication, `found` tells of each document by its id.

    `product` is the digest of the Regesta that made them, which may write them otherwise than this one.

    `counts` are those of words in the sample that the search takes, `stemmers` those of documents that use each.
    """

    product: str
    seal: str
    found: dict[str, Found]
    counts: dict[str, int]
    stemmers: dict[str, int]


class SearchWorkshop:
    """Work on the search's data of one build."""

    def __init__(self, cache: Cache, publication: Publication) -> None:
        self._cache = cache
        self._publication = publication
        self._counts: Counter[str] = Counter()
        self._stemmers: Counter[str] = Counter()
        self._found: Mapping[str, Found] = {}

    def make(self, assembly: Assembly, analyses: Mapping[str, str]) -> None:
        """Stage the search's data of an edition; `analyses` gives by the source's name the key of what it holds."""
        searchable = Searchable(assembly.catalogue, assembly.text_of)
        found: dict[str, Found] = {}
        for document in assembly.catalogue.documents:
            frame = keeping.dump(searchable.frame(document.id))
            searched = digests.digest("searched", frame)
            self._cache.put(searched, frame)
            found[document.id] = Found(searched, analyses[document.source], document.part)
        if not self.revise(found, searchable.document):
            for path, data in searchable.files():
                self._publication.write(path, data)
            self._found, self._counts, self._stemmers = found, searchable.counts, searchable.stemmers

    def revise(self, found: Mapping[str, Found], document_of: DocumentOf | None = None) -> bool:
        """Stage the published data, set right; return False, and stage nothing, when they must be made anew.

        `document_of` gives documents as they are now; without it, the cache does.
        """
        state = self._state()
        if state is None or not self._publication.take_over(_DATA):
            return False
        former = _Former(self._cache)
        now = document_of or (lambda document_id: former.document(found[document_id]))
        try:
            changes = list(_changes(state.found, found, former, now))
            self._count(state, changes)
            whole = Whole(len(found), self._counts, sorted(self._stemmers))
            by_number = {number: each for each, number in numbers(found).items()}
            read = self._publication.read
            files = list(patched_files(changes, read, lambda number: now(by_number[number]), whole))
        except NotPatchable:
            self._publication.withdraw_below(_DATA)
            return False
        for path, data in files:
            if data is None:
                self._publication.withdraw(path)
            else:
                self._publication.rewrite(path, data)
        self._found = found
        return True

    def remember(self) -> None:
        """Write down of what the data were made that are published now. Raises OSError."""
        self._cache.use(each.searched for each in self._found.values())
        state = SearchState(
            digests.product(), self._publication.seal(), dict(self._found), dict(self._counts), dict(self._stemmers)
        )
        folder = self._publication.cache
        replace_file(folder / _FILE, manifest.sealed(keeping.dump(state)), folder / f"{_FILE}.new")

    @property
    def former(self) -> Mapping[str, Found]:
        """Return of what documents the published data were made, nothing where that is not known."""
        state = self._state()
        return {} if state is None else state.found

    def _state(self) -> SearchState | None:
        """Return of what the data were made that are published, None where that is not known."""
        try:
            content = manifest.unsealed((self._publication.cache / _FILE).read_bytes())
            state = keeping.load(SearchState, content or b"")
        except (OSError, ValueError):
            return None
        return state if (state.product, state.seal) == (digests.product(), self._publication.seal()) else None

    def _count(self, state: SearchState, changes: list[Change]) -> None:
        self._counts, self._stemmers = Counter(state.counts), Counter(state.stemmers)
        for change in changes:
            for document, count in ((change.before, -1), (change.after, 1)):
                if document is None:
                    continue
                self._stemmers.update({name: count for name in set(document.stemmers) if name})
                if is_sampled(document.id, len(state.found)):
                    self._counts.update({word: count * times for word, times in occurrences(document).items()})
        self._counts, self._stemmers = +self._counts, +self._stemmers


def _changes(
    before: Mapping[str, Found], now: Mapping[str, Found], former: _Former, document_of: DocumentOf
) -> Iterator[Change]:
    """Yield each number whose document is other than it was. Raises NotPatchable when they are too many."""
    if number_space(len(before)) != number_space(len(now)):
        raise NotPatchable
    was, is_now = ({number: (each, of[each]) for each, number in numbers(of).items()} for of in (before, now))
    changed = sorted(number for number in {**was, **is_now} if was.get(number) != is_now.get(number))
    if len(changed) > max(_MOST, len(now) // 20):
        raise NotPatchable
    for number in changed:
        old = former.document(was[number][1]) if number in was else None
        yield Change(number, old, document_of(is_now[number][0]) if number in is_now else None)


class _Former:
    """What the cache has of documents. Raises NotPatchable when it has lost any."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._texts: dict[str, dict[str, str]] = {}

    def document(self, found: Found) -> SearchableDocument:
        """Return what is to be found of a document."""
        if found.analysis not in self._texts:
            analysis = self._load(found.analysis, SourceAnalysis)
            self._texts[found.analysis] = {document.part: document.text for document in analysis.documents}
        frame = self._load(found.searched, SearchableDocument)
        return replace(frame, text=self._texts[found.analysis][found.part])

    def _load(self, name: str, kind: type[keeping.Kept]) -> keeping.Kept:
        for _name, data in self._cache.take([name]):
            try:
                return keeping.load(kind, data)
            except ValueError:
                break
        raise NotPatchable
