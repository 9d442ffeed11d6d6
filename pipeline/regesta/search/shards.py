"""The inverted index, cut into small files that a page loads as it needs them.

- `search/manifest`: number of documents, the first term and the name of each file of terms, frequent words, the rules
  for words;
- `search/terms-NAME`: sorted terms, for each its stem and its documents: steps between numbers, and an entry;
- `search/places-NAME`: the places of the same terms in the same documents;
- `search/documents/N`: what a result shows of document N, with the first part of its text; `N-1` … the other parts.

Where a file of terms begins, the terms say themselves (see `site_data`): a term begins one the more likely the more
it takes, so that all are of some TARGET bytes, and a changed document rewrites only those that hold its changed words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from regesta.search.digests import SearchableDocument, parts, terms_of
from regesta.search.numerals import DIGITS, LAST, MORE
from regesta.search.runs import Postings, Row, merged, run
from regesta.search.words import IGNORED, LONGEST, UNSPACED
from regesta.site_data import mark, number_space, numbers, script

TARGET = 20_000
"""Terms and places of so many bytes stand together on average."""

SAMPLED = 16
"""One document in so many is read beforehand to learn which words are frequent."""

FREQUENT = 25_000
"""A word that occurs so often in the whole edition is frequent: its places are not kept."""


def search_files(
    ids: Sequence[str],
    document_of: Callable[[str], SearchableDocument],
    frequent_from: int = FREQUENT,
    counts: Mapping[str, int] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of each file of search data.

    `document_of` is asked for one document at a time, so that no more than one text need be in memory. Everything is
    done here and now; a build has the same done by its workers (`search_workshop.py`).
    """
    numbered = numbers(ids)
    frequent = frequent_words(sample(numbered, document_of) if counts is None else counts, frequent_from)
    chosen: set[str] = set()
    for each, number in numbered.items():
        document = document_of(each)
        yield from document_files(number, document)
        chosen.update(filter(None, document.stemmers))
    rows = run(((number, document_of(each)) for each, number in numbered.items()), frequent)
    yield from term_files([rows], len(numbered), frequent, chosen)


def term_files(
    runs: Iterable[Iterable[Row]], documents: int, frequent: Collection[str], stemmers: Collection[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the files of terms of so many documents, and of the manifest.

    `runs` are the terms of the documents, some after another; `stemmers` are those that documents use.
    """
    index: dict[str, Postings] = {}
    stems: dict[str, str] = {}

    def sizes() -> Iterator[tuple[str, int]]:
        for term, postings, found in merged(runs):
            index[term], stems[term] = postings, stated_stem(term, found)
            yield term, size_of(term, postings)

    firsts, names = [], []
    for name, terms in cut(sizes()):
        firsts.append(terms[0])
        names.append(name)
        yield from terms_data(name, terms, index, stems.__getitem__)
        for term in terms:
            del index[term], stems[term]
    yield script(
        "search/manifest",
        {
            "documents": documents,
            "firsts": firsts,
            "names": names,
            "frequent": sorted(frequent),
            "stemmers": sorted(stemmers),
            "digits": DIGITS,
            "last": LAST,
            "more": MORE,
            "ignored": IGNORED,
            "unspaced": UNSPACED,
            "longest": LONGEST,
        },
    )


def sample(ids: Collection[str], document_of: Callable[[str], SearchableDocument]) -> Counter[str]:
    """Return how often words occur in a sample of the texts; nothing for an edition that is too small for one."""
    counts: Counter[str] = Counter()
    for each in ids:
        if is_sampled(each, len(ids)):
            counts.update(occurrences(document_of(each)))
    return counts


def is_sampled(document_id: str, documents: int) -> bool:
    """Tell whether a document is in the sample: its identifier alone says so, in an edition of so many."""
    return number_space(documents) >= SAMPLED * 64 and (mark(document_id) >> 40) % SAMPLED == 0


def occurrences(document: SearchableDocument) -> Counter[str]:
    """Return how often each word occurs in a text."""
    return Counter(terms_of(document.text, document.stemmers))


def frequent_words(counts: Mapping[str, int], frequent_from: int = FREQUENT) -> frozenset[str]:
    """Return the words that occur often in the whole edition, as the counts of a sample of it tell."""
    return frozenset(term for term, count in counts.items() if count * SAMPLED >= frequent_from)


def size_of(term: str, postings: Postings) -> int:
    """Return how much a term takes in its files, nearly."""
    return len(term) + len(postings.documents) + len(postings.places) + 8


def cut(sizes: Iterable[tuple[str, int]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield a name and the terms of each file of terms; given are the sorted terms, and how much each takes."""
    names: set[str] = set()
    gathered: list[str] = []
    name = ""
    large = False
    for term, size in sizes:
        found = mark(term)
        own = f"{found:016x}"[:8]
        begins = large or found % TARGET < 1 << size.bit_length()
        large = size >= TARGET
        if not gathered or (begins and own not in names):
            if gathered:
                yield name, gathered
            gathered, name = [], own
            names.add(own)
        gathered.append(term)
    if gathered:
        yield name, gathered


def terms_data(
    name: str, terms: Sequence[str], index: Mapping[str, Postings], stem_of: Callable[[str], str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the two files of these terms; `stem_of` says how the stems of one are stated."""
    rows = {
        "terms": terms,
        "stems": [stem_of(term) for term in terms],
        "documents": [index[term].documents.decode("ascii") for term in terms],
    }
    yield script(f"search/terms-{name}", rows)
    yield script(f"search/places-{name}", [index[term].places.decode("ascii") for term in terms])


def stated_stem(term: str, stems: set[str]) -> str:
    """Return the stems of a term as one text, "" for a term that is its only stem."""
    return "" if stems <= {"", term} else " ".join(sorted(stems))


def document_files(number: int, document: SearchableDocument) -> Iterator[tuple[str, bytes]]:
    """Yield what a result shows of the document with this number, and the parts of its text."""
    first, *others = parts(document.text)
    row = {
        "id": document.id,
        "title": document.title,
        "written": document.written or document.date,
        "kind": document.kind,
        "abstract": document.abstract,
        "language": document.language,
        "parts": 1 + len(others),
        "text": first,
    }
    names = [text for name, text in document.fields if name in {"person", "organisation", "place"}]
    yield script(f"search/documents/{number}", {**row, "names": names[:200]})
    for at, part in enumerate(others, 1):
        yield script(f"search/documents/{number}-{at}", part)
