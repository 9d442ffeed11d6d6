"""Pages of the product's own stylesheets have no fault; those of a spoilt stylesheet have the fault that was made."""

from __future__ import annotations

from pathlib import Path

import faithful_pages
import pytest
from lxml import etree

from regesta.fidelity import Proof, prove
from regesta.records import Record
from regesta.rendering import EditionFacts, PageFacts, page
from regesta.saxon import Saxon, driver

SAMPLE, SEEDS = 4, 16
# How a stylesheet is spoilt, and the kinds of fault that it may make: the first is made in most documents.
SABOTAGES = {
    "drop-word": {"missing"},
    "double-word": {"duplicated"},
    "swap-word": {"moved", "changed", "missing", "inserted"},
    "glue-word": {"glued"},
    "split-word": {"split"},
    "insert-word": {"inserted"},
    "normalise-word": {"changed"},
    "capitals-word": {"changed"},
    "no-break-word": {"changed"},
    "trim-edge": {"glued"},
    "drop-element": {"missing", "moved"},
    "hide-element": {"missing", "moved", "glued"},
    "generate-element": {"missing", "moved"},
    "double-element": {"duplicated", "inserted", "split", "moved"},
    "insert-element": {"inserted"},
    "backwards-element": {"moved", "missing", "changed", "inserted", "duplicated", "split", "glued"},
    "drop-note": {"moved"},
    "double-note": {"moved"},
    "empty-note": {"missing", "moved"},
}


@pytest.fixture(scope="module")
def spoiler(repository: Path) -> Saxon:
    own = Path(__file__).with_name("sabotage.xsl")
    return Saxon((driver(repository / "xslt" / "page.xsl", own, "page"),))


def _document(seed: int) -> etree._Element:
    """Return a document in which no phrase holds a paragraph: a page may not show one within a word."""
    document = faithful_pages.random_document(faithful_pages.seeded(seed))
    for quote in document.iter(f"{{{faithful_pages.NS}}}quote"):
        etree.strip_tags(quote, f"{{{faithful_pages.NS}}}p")
    return document


def _proof(spoiler: Saxon, kind: str, seed: int) -> Proof:
    document = _document(seed)
    document.set("n", f"{kind} {seed}")
    facts = PageFacts(id="d", label="L", unit="TEI", written_date="", edition=EditionFacts("An edition"))
    return prove(document, page(spoiler, document, Record(title="T"), facts))


def test_true_pages_have_no_fault(spoiler: Saxon) -> None:
    for seed in range(SEEDS):
        proof = _proof(spoiler, "none", seed)
        assert (seed, proof.faults) == (seed, ())
        assert proof.text.characters > 100


@pytest.mark.parametrize("kind", SABOTAGES)
def test_every_spoilt_page_of_a_sample_is_caught(spoiler: Saxon, kind: str) -> None:
    assert _caught(spoiler, kind, range(SAMPLE)) > 0


@pytest.mark.proof
def test_two_hundred_spoilt_pages_are_caught(spoiler: Saxon) -> None:
    assert sum(_caught(spoiler, kind, range(SEEDS)) for kind in SABOTAGES) > 200


def _caught(spoiler: Saxon, kind: str, seeds: range) -> int:
    """Return how many pages were spoilt and caught; one that is not caught fails."""
    caught = 0
    for seed in seeds:
        proof = _proof(spoiler, kind, seed)
        if proof.faults or _has_occasion(kind, seed):
            kinds = {fault.kind for fault in proof.faults}
            assert kinds, f"seed {seed}: not caught"
            assert kinds <= SABOTAGES[kind], f"seed {seed}: {proof.faults}"
            caught += 1
    return caught


def _has_occasion(kind: str, seed: int) -> bool:
    """Tell whether the document has what the sabotage spoils: nearly every one has, but for notes."""
    document = _document(seed)
    notes = etree.ETXPath(f"//{{{faithful_pages.NS}}}note")(document)
    return bool(notes) if kind.endswith("-note") else kind not in ("normalise-word", "capitals-word", "trim-edge")
