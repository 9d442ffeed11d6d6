"""Alignment covers both texts, counts reconcile, and hostile input ends in bounded time."""

from __future__ import annotations

import time
from xml.sax.saxutils import escape

import pytest
from faithful_pages import html, seeded, tei
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.fidelity import prove
from regesta.fidelity.alignment import Kind, align
from regesta.fidelity.differences import Fate, Pair, differences
from regesta.fidelity.folding import fold
from regesta.fidelity.streams import Stream

texts = st.lists(
    st.sampled_from(["the", "a", "ab", "ba", "é", "e\u0301", "ﬁ", "fi", "ß", "SS", "日本語", "“x”", '"x"', "\u0301"]),
    max_size=40,
).map(" ".join)


def _stream(text: str, *, is_source: bool) -> Stream:
    return Stream(is_source=is_source, pieces=[text])


def _pair(text: str, shown: str) -> Pair:
    ours, theirs = _stream(text, is_source=True), _stream(shown, is_source=False)
    spans = align(fold(ours.characters, ours.joints), fold(theirs.characters, theirs.joints))
    return Pair(ours, theirs, spans)


@given(texts, texts)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_spans_cover_both_texts_in_order_and_say_the_truth(text: str, shown: str) -> None:
    pair = _pair(text, shown)
    start = page_start = 0
    for span in pair.spans:
        assert (span.start, span.page_start) == (start, page_start)
        ours = pair.source.characters[span.start : span.end]
        theirs = pair.page.characters[span.page_start : span.page_end]
        if span.kind is Kind.SAME:
            assert ours == theirs != ""
        elif span.kind is Kind.CHANGED:
            assert ours != theirs
            assert fold(ours, ()).text == fold(theirs, ()).text
        start, page_start = span.end, span.page_end
    assert (start, page_start) == (len(pair.source.characters), len(pair.page.characters))


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_both_sides_reconcile(streams: list[tuple[str, str]]) -> None:
    pairs = [_pair(text, shown) for text, shown in streams]
    found = differences(pairs)
    size = {fate: sum(one.end - one.start for one in found if one.fate is fate) for fate in Fate}
    became = sum(one.page_length for one in found)
    ours = sum(len(pair.source.characters) for pair in pairs)
    theirs = sum(len(pair.page.characters) for pair in pairs)
    matched = ours - size[Fate.MISSING] - size[Fate.MOVED] - size[Fate.CHANGED]
    assert matched == theirs - became - size[Fate.DUPLICATED] - size[Fate.INSERTED]
    assert matched >= sum(span.end - span.start for pair in pairs for span in pair.spans if span.kind is Kind.SAME)


@given(texts)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_text_aligns_with_itself(text: str) -> None:
    assert all(span.kind is Kind.SAME for span in _pair(text, text).spans)


def _words(seed: int, count: int) -> list[str]:
    random = seeded(seed)
    words = ["".join(random.choices("abcdefghiklmnoprstu", k=random.randint(1, 9))) for _ in range(2000)]
    return random.choices(words, k=count)


def _shuffled(words: list[str]) -> list[str]:
    return seeded(1).sample(words, len(words))


LONG = " ".join(_words(0, 60_000))
HOSTILE = {
    "one letter": ("a " * 250_000, "a " * 150_000 + "b " + "a " * 200_000),
    "one letter, no spaces": ("a" * 500_000, "ab" * 250_000),
    "two letters at random": (" ".join(_words(2, 50_000)), "".join(seeded(3).choices("ab ", k=300_000))),
    "shuffled": (LONG, " ".join(_shuffled(LONG.split()))),
    "backwards": (LONG, LONG[::-1]),
    "upper case": (LONG, LONG.upper()),
    "empty page": (LONG, ""),
    "empty source": ("", LONG),
    "twice": (LONG, f"{LONG} {LONG}"),
    "unspaced": ("日本語文書" * 60_000, "文書日本語" * 60_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_soon_and_reconcile(name: str) -> None:
    text, shown = HOSTILE[name]
    started = time.process_time()
    proof = prove(tei(f"<p>{escape(text)}</p>"), html(f"<p>{escape(shown)}</p>"))
    fidelity, faults = proof.text, proof.faults
    assert time.process_time() - started < 30, "bounded: a second or two on a quiet machine"
    assert fidelity.characters == len("".join(text.split()))
    theirs = len("".join(shown.split()))
    assert fidelity.characters - fidelity.missing == theirs - fidelity.duplicated - fidelity.inserted
    assert 0 < len(faults) < 20


def test_few_edits_in_a_long_text_are_found_one_by_one() -> None:
    words = LONG.split()
    spoilt = [word for number, word in enumerate(words) if number % 1000]
    fidelity = prove(tei(f"<p>{LONG}</p>"), html(f"<p>{' '.join(spoilt)}</p>")).text
    dropped = sum(len(word) for number, word in enumerate(words) if not number % 1000)
    assert (fidelity.missing, fidelity.inserted, fidelity.moved) == (dropped, 0, 0)


def test_a_missing_paragraph_does_not_hide_changes_elsewhere() -> None:
    paragraphs = [f"<p>{' '.join(_words(seed, 60))}</p>" for seed in range(8)]
    page = "".join(paragraphs[:3] + paragraphs[4:]).replace("</p>", " zzqxj</p>", 1)
    fidelity = prove(tei("".join(paragraphs)), html(page)).text
    lost = len("".join(_words(3, 60)))
    assert (fidelity.missing, fidelity.inserted, fidelity.changed) == (lost, 5, 0)
