"""The inverted index, cut into files of some 30 KB that a page loads as it needs them.

The files are classic scripts: from `file://` a browser loads neither modules nor data. Each calls
`regestaSearch.add(name, data)`:

- `manifest`: number of documents, their lengths, the first word of each file of words, the rules for words;
- `words-N`: sorted words, and for each its documents, as steps from one to the next, with its weight there;
- `documents-N`: 64 documents each: address, title, date, opening, language.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regesta.search.words import IGNORED, LONGEST, UNSPACED, words

FOLDER = "data/search/"
SHARD_BYTES = 30_000
"""A file of words is at most so long, unless one word alone needs more."""

DOCUMENTS_A_SHARD = 64
TITLE_WEIGHT = 6
"""A word in a title counts as often as so many in the text."""

_OPENING = 240


@dataclass(frozen=True)
class SearchableDocument:
    """What is to be found of a document, and what a result shows: `language` is that of `text`."""

    page: str
    title: str
    date: str = ""
    abstract: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    language: str = ""


def search_files(documents: Iterable[SearchableDocument]) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of each file of search data; documents are numbered in the order given."""
    postings: dict[str, array[int]] = {}
    lengths: list[str] = []
    table: list[list[str]] = []
    for number, document in enumerate(documents):
        counts = _weigh(document)
        for word, weight in counts.items():
            postings.setdefault(word, array("I")).extend((number, weight))
        lengths.append(_length_code(counts.total()))
        table.append([document.page, document.title, document.date, *_opening(document)])
    for number, start in enumerate(range(0, len(table), DOCUMENTS_A_SHARD)):
        yield _script(f"documents-{number}", table[start : start + DOCUMENTS_A_SHARD])
    first_words = []
    for number, (first_word, body) in enumerate(_word_shards(postings)):
        first_words.append(first_word)
        yield _script(f"words-{number}", body)
    yield _script("manifest", _manifest(len(table), "".join(lengths), first_words))


def _weigh(document: SearchableDocument) -> Counter[str]:
    """Return how much each word of the document counts."""
    counts = Counter(words(document.text))
    for text in (document.date, document.abstract, *document.names):
        counts.update(words(text))
    for word in words(document.title):
        counts[word] += TITLE_WEIGHT
    return counts


def _length_code(length: int) -> str:
    """Return one character for the length: half steps of its binary logarithm, in whole numbers only."""
    return chr(48 + ((length + 1) ** 2).bit_length() - 1)


def _opening(document: SearchableDocument) -> tuple[str, str]:
    """Return what a result shows of the document, the abstract or the text's beginning, and its language."""
    text, language = document.abstract, ""
    if not text:
        text, language = document.text[: _OPENING * 8], document.language
    text = " ".join(text.split())
    if len(text) <= _OPENING:
        return text, language
    cut = text[:_OPENING]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > _OPENING // 2 else cut) + "…", language


def _word_shards(postings: dict[str, array[int]]) -> Iterator[tuple[str, dict[str, list[object]]]]:
    """Yield the first word and the content of each file of words.

    Words are sorted as JavaScript compares strings, by UTF-16 units, for the script finds them by halving.
    """
    found: list[str] = []
    steps: list[list[int]] = []
    size = 0
    for word in sorted(postings, key=lambda word: word.encode("utf-16-be")):
        row = _steps(postings[word])
        row_size = len(_json(word).encode()) + len(_json(row)) + 2
        if found and size + row_size > SHARD_BYTES:
            yield found[0], {"words": [*found], "postings": [*steps]}
            found, steps, size = [], [], 0
        found.append(word)
        steps.append(row)
        size += row_size
    if found:
        yield found[0], {"words": [*found], "postings": [*steps]}


def _steps(posting: array[int]) -> list[int]:
    """Return the posting with each document's number as the distance from the one before."""
    row = posting.tolist()
    row[2::2] = [this - before for before, this in zip(row[0::2], row[2::2], strict=False)]
    return row


def _manifest(documents: int, lengths: str, first_words: list[str]) -> dict[str, object]:
    return {
        "documents": documents,
        "lengths": lengths,
        "documentsAShard": DOCUMENTS_A_SHARD,
        "firstWords": first_words,
        "ignored": IGNORED,
        "unspaced": UNSPACED,
        "longest": LONGEST,
    }


def _script(name: str, data: object) -> tuple[str, bytes]:
    return f"{FOLDER}{name}.js", f"regestaSearch.add({_json(name)},{_json(data)});\n".encode()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
