"""Word by word: both texts come out of it whole, with few words taken out and put in."""

from __future__ import annotations

import random

import pytest

from regesta.comparing.words import Passage, passages


def both(found: list[Passage]) -> tuple[list[str], list[str], int]:
    """Return the old text, the new text, and how many words are not in both."""
    old = [word for each in found if each.sign in " -" for word in each.words]
    new = [word for each in found if each.sign in " +" for word in each.words]
    return old, new, sum(len(each.words) for each in found if each.sign != " ")


@pytest.mark.parametrize("seed", range(200))
def test_both_texts_come_out_whole(seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311 - a sample, not a secret
    old = pick.choices("abcdef", k=pick.randrange(60))
    new, edits = list(old), pick.randrange(8)
    for _ in range(edits):
        if new and pick.random() < 0.5:
            new.pop(pick.randrange(len(new)))
        else:
            new.insert(pick.randrange(len(new) + 1), pick.choice("abcxyz"))
    found_old, found_new, others = both(passages(old, new))
    assert (found_old, found_new) == (old, new)
    assert others <= edits, "no more than what was done"


def test_a_changed_word_is_told_between_those_around_it() -> None:
    found = passages(["the", "plenum", "of", "August", "1956"], ["the", "plenum", "of", "September", "1956"])
    assert found == [
        Passage(" ", ("the", "plenum", "of")),
        Passage("-", ("August",)),
        Passage("+", ("September",)),
        Passage(" ", ("1956",)),
    ]


@pytest.mark.parametrize("words", [50, 100_000])
def test_long_texts_with_few_changes(words: int) -> None:
    pick = random.Random(words)  # noqa: S311
    old = [f"w{int(pick.paretovariate(1.0)) % 20_000}" for _ in range(words)]
    new = list(old)
    for _ in range(20):
        new[pick.randrange(words)] = "changed"
    found_old, found_new, others = both(passages(old, new))
    assert (found_old, found_new) == (old, new)
    assert others <= 40


def test_long_texts_that_have_nothing_in_common_are_replaced() -> None:
    old, new = ["a", "b"] * 30_000, ["b", "c", "c"] * 20_000
    found_old, found_new, _others = both(passages(old, new))
    assert (found_old, found_new) == (old, new)
