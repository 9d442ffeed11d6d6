"""Real editions through the eyes of the checker from outside, and the checker through the eyes of spoilt pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from outside_checker import TEI, Verdict, compare, page_line

from real_editions import EDITIONS, copy_sample
from small_editions import Built, build_sources, tei

SAMPLE = 8
LARGEST = 120_000

SOURCE = tei("<p>One word<note>A note</note> and <hi>an</hi>other.</p><p>10\u00a0km</p>").encode()
NOTED = "One word<a data-generated data-note-call=1>1</a> and <b>an</b>other."
PAGE = f"<main><h1 data-generated>T</h1><p>{NOTED}</p><p>10&nbsp;km</p><p data-note=1>A note</p></main>"


def _figures(page: str) -> dict[str, int]:
    verdict = asdict(compare(SOURCE, f"<!DOCTYPE html><body>{page}".encode()))
    assert verdict.pop("characters") == 27
    return {key: value for key, value in verdict.items() if value}


def test_a_true_page_is_faultless() -> None:
    assert _figures(PAGE) == {}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("word", "", {"missing": 4}),
        ("word", "word word", {"doubled": 4}),
        ("an</b>other", "other</b>an", {"moved": 2}),
        (" and", "and", {}),  # the call of a note stands here, which separates
        ("and <b>", "and<b>", {"glued": 1}),
        ("</p><p>10", "10", {"glued": 1}),
        ("</b>other", "</b> other", {}),  # an element ends here: white space may be layout
        ("other", "ot her", {"split": 1}),
        ("word", "WORD", {"changed": 4}),
        ("km", "km \u4e00\u4e01", {"added": 2}),
        ("data-note-call=1", "", {"moved": 5}),
        ("<h1 data-generated>", "<h1>", {"added": 1}),
    ],
)
def test_the_checker_sees_what_is_spoilt(old: str, new: str, found: dict[str, int]) -> None:
    assert old in PAGE
    assert _figures(PAGE.replace(old, new, 1)) == found


@pytest.fixture(scope="module")
def sampled(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return an edition made of a few documents of every corpus."""
    folder = tmp_path_factory.mktemp("sampled")
    sources = copy_sample(corpora, folder / "sources", share=SAMPLE, largest=LARGEST)
    return build_sources(sources, folder / "build")


def test_a_sample_of_all_corpora_is_faultless(sampled: Built) -> None:
    assert _faults(sampled) == {}
    assert _total(sampled).characters > 100_000
    assert _homeless(sampled) == {}


@pytest.mark.proof
@pytest.mark.parametrize("corpus", EDITIONS)
def test_every_page_of_each_corpus_is_faultless(corpora: Path, tmp_path: Path, corpus: str) -> None:
    built = build_sources(corpora / corpus, tmp_path)
    assert _faults(built) == {}
    assert _homeless(built) == {}
    assert _total(built).characters == built.json("report.json")["fidelity"]["characters"]


def _documents(built: Built) -> list[dict[str, Any]]:
    return [row for row in built.json("report.json")["ledger"] if row["document"] and row["page"]]


def _total(built: Built) -> Verdict:
    return sum((_verdict(built, row) for row in _documents(built)), Verdict())


def _verdict(built: Built, row: dict[str, Any]) -> Verdict:
    tei_file = built.site / "tei" / f"{row['document']}.xml"
    return compare(tei_file.read_bytes(), (built.site / row["page"]).read_bytes())


def _faults(built: Built) -> dict[str, Verdict]:
    """Return the pages that differ from the TEI offered beside them."""
    verdicts = {row["document"]: _verdict(built, row) for row in _documents(built)}
    return {name: verdict for name, verdict in verdicts.items() if not verdict.is_faultless}


def _homeless(built: Built) -> dict[str, Counter[str]]:
    """Return, for each source that includes no other, the characters that none of its pages has, or more than once."""
    pages: dict[str, Counter[str]] = {}
    for row in _documents(built):
        line = page_line((built.site / row["page"]).read_bytes())
        pages.setdefault(row["source"], Counter()).update(line.text)
    found = {}
    for source, shown in pages.items():
        data = (built.edition.sources / source).read_bytes()
        if b"XInclude" in data:
            continue
        root = etree.fromstring(data, etree.XMLParser(collect_ids=False, huge_tree=True, no_network=True))
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        texts = [text for text in root.iter(f"{TEI}text") if next(text.iterancestors(f"{TEI}text"), None) is None]
        wanted = Counter("".join("".join("".join(map(str, text.itertext())).split()) for text in texts))
        if wanted != shown:
            found[source] = (wanted - shown) + (shown - wanted)
    return found
