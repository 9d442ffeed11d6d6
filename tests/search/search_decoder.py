"""Reads search data as a page does: so that tests look for words in what was written, not in what was meant."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from regesta.search.words import words


@dataclass(frozen=True)
class Decoded:
    """The search data of a site, decoded: documents by number, weights by word and number."""

    manifest: dict[str, Any]
    documents: list[list[str]]
    weights: dict[str, dict[int, int]]

    def find(self, query: str) -> set[str]:
        """Return the addresses of the documents that hold all words, the last being a beginning."""
        *whole, last = words(query)
        found = [set(self.weights.get(word, {})) for word in whole]
        found.append({n for word, hits in self.weights.items() if word.startswith(last) for n in hits})
        return {self.documents[number][0] for number in set.intersection(*found)}


def decode(files: dict[str, bytes]) -> Decoded:
    """Return what the files say. Asserts that each is one call of the function that pages offer."""
    data = {path: _argument(path, body) for path, body in files.items()}
    manifest = data["data/search/manifest.js"]
    documents: list[list[str]] = []
    weights: dict[str, dict[int, int]] = {}
    for number in range(-(-manifest["documents"] // manifest["documentsAShard"])):
        documents.extend(data[f"data/search/documents-{number}.js"])
    for number, first in enumerate(manifest["firstWords"]):
        shard = data[f"data/search/words-{number}.js"]
        assert shard["words"][0] == first
        for word, posting in zip(shard["words"], shard["postings"], strict=True):
            assert word not in weights
            weights[word] = dict(_absolute(posting))
    return Decoded(manifest, documents, weights)


def _absolute(posting: list[int]) -> list[tuple[int, int]]:
    number, found = 0, []
    for step, weight in zip(posting[0::2], posting[1::2], strict=True):
        number += step
        found.append((number, weight))
    return found


def _argument(path: str, body: bytes) -> Any:
    call = re.fullmatch(r'regestaSearch\.add\("([a-z0-9-]+)",(.*)\);\n', body.decode("utf-8"), re.DOTALL)
    assert call, path
    assert path == f"data/search/{call[1]}.js"
    return json.loads(call[2])
