"""Reads search data as a page does: so that tests look for words in what was written, not in what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from regesta.search import SearchableDocument, search_files
from regesta.search.digests import IMPACTS
from regesta.search.numerals import DIGITS, read
from regesta.search.shards import FREQUENT
from regesta.search.words import words


@dataclass(frozen=True)
class Decoded:
    """The search data of a site, decoded: for each term its documents with weight and first part, and its places."""

    manifest: dict[str, Any]
    rows: dict[int, dict[str, Any]]
    entries: dict[str, dict[int, tuple[int, int]]]
    places: dict[str, dict[int, list[int]]]
    stems: dict[str, str]

    def find(self, query: str) -> set[str]:
        """Return the identifiers of the documents that hold all words of the query; a single sign is a beginning."""
        found = [self.beginning(word) if len(word) == 1 else self.of(word) for word in words(query)]
        return set.intersection(*found) if found else set()

    def beginning(self, text: str) -> set[str]:
        """Return the identifiers of the documents that have a term which begins so."""
        return {each for term in self.entries if term.startswith(text) for each in self.of(term)}

    def of(self, term: str) -> set[str]:
        """Return the identifiers of the documents that have the term."""
        return {self.rows[number]["id"] for number in self.entries.get(term, {})}


def files_of(documents: Iterable[SearchableDocument], frequent_from: int = FREQUENT) -> dict[str, bytes]:
    """Return the search data of these documents."""
    by_id = {document.id: document for document in documents}
    return dict(search_files([*by_id], by_id.__getitem__, frequent_from))


def decode(files: dict[str, bytes]) -> Decoded:
    """Return what the files say. Asserts that each is one call of the function that pages offer."""
    data = {path: _argument(path, body) for path, body in files.items()}
    manifest = data["data/search/manifest.js"]
    rows = {
        int(path.rpartition("/")[2].removesuffix(".js")): row
        for path, row in data.items()
        if re.search(r"/documents/\d+\.js$", path)
    }
    entries: dict[str, dict[int, tuple[int, int]]] = {}
    places: dict[str, dict[int, list[int]]] = {}
    stems: dict[str, str] = {}
    for name, first in zip(manifest["names"], manifest["firsts"], strict=True):
        shard, placed = data[f"data/search/terms-{name}.js"], data[f"data/search/places-{name}.js"]
        assert shard["terms"][0] == first
        for term, stem, documents, spelt in zip(
            shard["terms"], shard["stems"], shard["documents"], placed, strict=True
        ):
            assert term not in entries
            entries[term] = dict(_entries(documents))
            places[term] = dict(zip(entries[term], _places(spelt), strict=bool(spelt)))
            stems[term] = stem or term
    return Decoded(manifest, rows, entries, places, stems)


def _entries(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    number = 0
    for spelt, entry in re.findall(r"([a-~]*[^a-~])(.)", text):
        number += read(spelt)[0]
        part, impact = divmod(DIGITS.index(entry), IMPACTS)
        yield number, (impact + 1, part)


def _places(text: str) -> Iterator[list[int]]:
    numbers = iter(read(text))
    for count in numbers:
        place, found = 0, []
        for _ in range(count):
            place += next(numbers)
            found.append(place)
        yield found


def _argument(path: str, body: bytes) -> Any:
    call = re.fullmatch(r'regesta\.add\("([a-z0-9/-]+)",(.*)\);\n', body.decode("utf-8"), re.DOTALL)
    assert call, path
    assert path == f"data/{call[1]}.js"
    return json.loads(call[2])
