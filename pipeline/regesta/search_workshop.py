"""Search workshop: the search's data, set right where few documents have changed, else made anew by an executor.

What the published data were made of is kept in `cache/search`: of each document the keys under which the cache has what
is to be found of it and what was found in its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from regesta import digests, keeping, manifest
from regesta.analysis import SourceAnalysis
from regesta.assembly import Assembly
from regesta.cache import Cache
from regesta.exchanging import replace_file
from regesta.execution import Executor
from regesta.keeping import Elsewhere, Packed, PutBy, Value
from regesta.publishing import Publication
from regesta.search import Searchable
from regesta.search.batches import Batch, Numbered, counted, made, on_batch
from regesta.search.digests import SearchableDocument
from regesta.search.patching import Change, NotPatchable, Whole, patched_files
from regesta.search.runs import Row
from regesta.search.shards import frequent_words, is_sampled, occurrences, term_files
from regesta.site_data import number_space, numbers

_DATA = "data/search/"
_FILE = "search"
_MOST = 40
"""So many changed documents, or a twentieth of all, are set right; with more, all is made anew as fast."""

_AT_ONCE = range(64, 301)
_BATCHES = 12
_CHARACTERS = 5_000_000
"""A run is made of some so many documents, of a twelfth of all, so that all workers are busy to the end; and of so many
characters of text at most, where one document has not more."""

_TOGETHER = 500
"""What is told of so many documents is packed together."""

DocumentOf = Callable[[str], SearchableDocument]
"""What gives a document, as it is now, by its identifier."""


@dataclass(frozen=True, slots=True)
class Found(Value):
    """Where the cache has what is to be found of the document with an identifier.

    `searched` is its key without the text, which is that of a `part` of what the `analysis` with that key found.
    """

    id: str
    searched: str
    analysis: str
    part: str


@dataclass(frozen=True, slots=True)
class SearchState(Value):
    """What published data were made of: `seal` is that of the publication, `blocks` tell of each document.

    `product` is the digest of the Regesta that made them, which may write them otherwise than this one.

    `counts` are those of words in the sample that the search takes, `stemmers` those of documents that use each.
    """

    product: str
    seal: str
    blocks: tuple[Packed[Found], ...]
    counts: dict[str, int]
    stemmers: dict[str, int]

    def found(self) -> dict[str, Found]:
        """Return what is told of each document by its identifier. Raises ValueError for a block of another make."""
        return {each.id: each for block in self.blocks for each in block.rows(Found)}


class SearchWorkshop:
    """Work on the search's data of one build."""

    def __init__(self, cache: Cache, publication: Publication) -> None:
        self._cache = cache
        self._publication = publication
        self._counts: Counter[str] = Counter()
        self._stemmers: Counter[str] = Counter()
        self._found: Mapping[str, Found] = {}

    def make(self, assembly: Assembly, analyses: Mapping[str, str], executor: Executor, put_by: PutBy) -> None:
        """Stage the search's data of an edition; `analyses` gives by the source's name the key of what it holds."""
        searchable = Searchable(assembly.catalogue, assembly.text_of)
        found: dict[str, Found] = {}
        for document in assembly.catalogue.documents:
            frame = keeping.dump(searchable.frame(document.id))
            searched = digests.digest("searched", frame)
            self._cache.put(searched, frame)
            found[document.id] = Found(document.id, searched, analyses[document.source], document.part)
        if not self.revise(found, searchable.document):
            self._found, self._stemmers = found, searchable.stemmers
            self._make_anew(searchable.document, executor, put_by)

    def _make_anew(self, document_of: DocumentOf, executor: Executor, put_by: PutBy) -> None:
        numbered = numbers(self._found)
        sampled = [(number, each) for each, number in numbered.items() if is_sampled(each, len(numbered))]
        self._counts = Counter()
        for _number, counts in _done(executor, counted, sampled, document_of):
            self._counts.update(counts)
        frequent = frequent_words(self._counts)
        runs: dict[int, list[Elsewhere]] = {}
        every = [(number, each) for each, number in numbered.items()]
        for number, (files, blocks) in _done(executor, partial(made, frequent=frequent), every, document_of):
            for path, data in files:
                self._publication.write(path, data)
            runs[number] = [put_by(block) for block in blocks]
        rows = [_rows(runs[number]) for number in sorted(runs)]
        for path, data in term_files(rows, len(numbered), frequent, self._stemmers):
            self._publication.write(path, data)

    def revise(self, found: Mapping[str, Found], document_of: DocumentOf | None = None) -> bool:
        """Stage the published data, set right; return False, and stage nothing, when they must be made anew.

        `document_of` gives documents as they are now; without it, the cache does.
        """
        state, before = self._state()
        if state is None or not self._publication.take_over(_DATA):
            return False
        former = _Former(self._cache)
        now = document_of or (lambda document_id: former.document(found[document_id]))
        try:
            changes = list(_changes(before, found, former, now))
            self._count(state, len(before), changes)
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
            digests.product(),
            self._publication.seal(),
            keeping.in_blocks(self._found.values(), _TOGETHER),
            dict(self._counts),
            dict(self._stemmers),
        )
        folder = self._publication.cache
        replace_file(folder / _FILE, manifest.sealed(keeping.dump(state)), folder / f"{_FILE}.new")

    @property
    def former(self) -> Mapping[str, Found]:
        """Return of what documents the published data were made, nothing where that is not known."""
        return self._state()[1]

    def _state(self) -> tuple[SearchState | None, Mapping[str, Found]]:
        """Return of what the data were made that are published, None and nothing where that is not known."""
        try:
            content = manifest.unsealed((self._publication.cache / _FILE).read_bytes())
            state = keeping.load(SearchState, content or b"")
            if (state.product, state.seal) == (digests.product(), self._publication.seal()):
                return state, state.found()
        except (OSError, ValueError):
            pass
        return None, {}

    def _count(self, state: SearchState, documents: int, changes: list[Change]) -> None:
        self._counts, self._stemmers = Counter(state.counts), Counter(state.stemmers)
        for change in changes:
            for document, count in ((change.before, -1), (change.after, 1)):
                if document is None:
                    continue
                self._stemmers.update({name: count for name in set(document.stemmers) if name})
                if is_sampled(document.id, documents):
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


def _done(
    executor: Executor,
    work: Callable[[Iterable[Numbered]], Any],
    wanted: list[tuple[int, str]],
    document_of: DocumentOf,
) -> Iterator[tuple[int, Any]]:
    """Yield what comes of the documents, some at a time; what ends its worker is done here."""
    at_work = partial(on_batch, work=work)
    lost: list[Batch] = []
    batches = _batches(wanted, document_of)
    for result in executor.run(at_work, batches, partial(_lost, lost=lost), min(len(wanted), _BATCHES)):
        if result is not None:
            yield result
    yield from map(at_work, lost)


def _batches(wanted: list[tuple[int, str]], document_of: DocumentOf) -> Iterator[Batch]:
    at_once = min(max(_AT_ONCE.start, len(wanted) // _BATCHES), _AT_ONCE.stop)
    number, batch, characters = 0, list[Numbered](), 0
    for document_number, each in wanted:
        document = document_of(each)
        if len(batch) == at_once or (batch and characters + len(document.text) > _CHARACTERS):
            yield number, batch
            number, batch, characters = number + 1, [], 0
        batch.append((document_number, document))
        characters += len(document.text)
    if batch:
        yield number, batch


def _lost(batch: Batch, _reason: str, lost: list[Batch]) -> None:
    lost.append(batch)


def _rows(blocks: Iterable[Elsewhere]) -> Iterator[Row]:
    for block in blocks:
        yield from keeping.unpack(block.read())


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
