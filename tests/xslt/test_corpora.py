"""Real editions: a seeded sample of each corpus, every character of it on its page."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pages import Maker, infidelities, parse

CORPORA = (
    "aozora-tei", "dila-ming-biographies", "ehri-editions", "frus-history", "ministerratsprotokolle", "rusdracor",
    "schnitzler-briefe", "tei-p5-test", "tei-stylesheets-test", "yidracor",
)  # fmt: skip
SAMPLE = 12
LARGEST = 600_000


@pytest.mark.parametrize("corpus", CORPORA)
def test_a_sample_of_each_corpus_is_whole(make: Maker, corpora: Path, corpus: str) -> None:
    files = [path for path in sorted((corpora / corpus).rglob("*.xml")) if path.stat().st_size < LARGEST]
    sample = random.Random(corpus).sample(files, min(SAMPLE, len(files)))  # noqa: S311 - a sample, not a secret
    tried = {path.name: infidelities(root, make(root)) for path in sample if (root := parse(path)) is not None}
    assert tried
    assert {name: faults for name, faults in tried.items() if faults} == {}


@pytest.mark.proof
@pytest.mark.parametrize("corpus", [*CORPORA, "frus-volumes"])
def test_every_document_of_each_corpus_is_whole(make: Maker, corpora: Path, corpus: str) -> None:
    roots = ((path, parse(path)) for path in sorted((corpora / corpus).rglob("*.xml")))
    tried = {path.name: infidelities(root, make(root)) for path, root in roots if root is not None}
    assert tried
    assert {name: faults for name, faults in tried.items() if faults} == {}
