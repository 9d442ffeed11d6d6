"""Words: what is folded together, what is kept apart, in each script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.search.words import compounds, fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan, naïve Coöperation!", ["elan", "naive", "cooperation"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Йлкин Ёлкин", ["йлкин", "елкин"]),
        ("Λόγος ΛΟΓΟΣ", ["λογοσ", "λογοσ"]),
        ("שָׁלוֹם בֵּית־סֵפֶר", ["שלום", "בית", "ספר"]),
        ("مُحَمَّد محـمد", ["محمد", "محمد"]),
        ("No. 5/3-7, f. 1956", ["no", "5", "3", "7", "f", "1956"]),
        ("снабжение\u00adкрая", ["снабжениекрая"]),
        ("김일성 동지", ["김일", "일성", "성", "동지", "지"]),
        ("毛泽东", ["毛泽", "泽东", "东"]),
        ("金", ["金"]),
        ("がか", ["がか", "か"]),
        ("ﾃﾞﾝﾎﾟｳ", ["デン", "ンポ", "ポウ", "ウ"]),
        ("1956年9月", ["1956", "年", "9", "月"]),
        ("हिन्दी", ["हिन्दी"]),
        ("… — !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


def test_composed_and_decomposed_forms_are_one() -> None:
    for text in ("Élan", "김일성", "がか", "Ёлкин"):
        assert list(words(unicodedata.normalize("NFD", text))) == list(words(unicodedata.normalize("NFC", text)))


def test_a_word_without_end_is_cut() -> None:
    assert list(words("a" * 500)) == ["a" * 60]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)).split() == fold(text).split()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Ri Pil-gyu", ["pilgyu"]),
        ("P’il-gyu", ["pilgyu"]),
        ("Kim Il-sŏng's co-operation", ["ilsongs", "cooperation"]),
        ("l'ambassadeur", ["lambassadeur"]),
        ("1956-08-30, 5-3", []),
        ("毛-泽", []),
    ],
)
def test_words_that_are_joined_are_one_word_too(text: str, joined: list[str]) -> None:
    assert list(compounds(text)) == joined
