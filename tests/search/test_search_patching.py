"""Search data set right after texts have changed is what would be made of the whole edition."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from regesta.search import SearchableDocument, search_files, shards
from regesta.search.patching import Change, NotPatchable, Whole, patched_files
from regesta.site_data import numbers

FORMS = "lamp lamps lenses lens plenum plenums résumé resume resumed harbour harbours running runs ran P’il-gyu"
WORDS = [*FORMS.split(), "слово", "слова", "편지", "商人", *(f"word{number}" for number in range(60))]
COMMON = ("the", "of", "and")


def documents(pick: random.Random, count: int) -> dict[str, SearchableDocument]:
    return {
        f"d{number}": SearchableDocument(
            f"d{number}",
            f"Title {number} {pick.choice(WORDS)}",
            date=f"1956-08-0{pick.randrange(1, 9)}",
            fields=(("title", f"Title {number}"), ("person", " ".join(pick.choices(WORDS, k=2)))),
            text=" ".join(pick.choices(WORDS + [*COMMON] * 9, k=pick.randrange(80))),
            stemmers=pick.choice([("english", "russian"), ("german", "russian")]),
        )
        for number in range(count)
    }


def edited(pick: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(pick.randrange(1, 6)):
        at = pick.randrange(len(words) + 1)
        words[at : at + pick.randrange(2)] = pick.choices([*WORDS, f"new{pick.randrange(9)}"], k=pick.randrange(3))
    return " ".join(words * (200 if pick.random() < 0.1 else 1))


def whole(documents: Mapping[str, SearchableDocument]) -> Whole:
    stemmers = {name for document in documents.values() for name in document.stemmers}
    return Whole(len(documents), shards.sample([*documents], documents.__getitem__), sorted(stemmers))


def patched(pick: random.Random, count: int, frequent_from: int) -> bool:
    """Change, add and remove some of so many documents; return whether the data could be set right, and then are."""
    before = documents(pick, count)
    after = dict(before)
    for name in pick.sample(sorted(before), min(count, pick.randrange(1, 4))):
        after[name] = replace(before[name], text=edited(pick, before[name].text))
    if pick.random() < 0.5:
        after["new"] = replace(after["d0"], id="new", text=edited(pick, after["d0"].text))
    if pick.random() < 0.5 and count > 2:
        del after[pick.choice(sorted(after))]
    was, now = ({number: each for each, number in numbers(names).items()} for names in (before, after))
    changes = [
        Change(number, before[was[number]] if number in was else None, after[now[number]] if number in now else None)
        for number in sorted({**was, **now})
    ]
    changes = [change for change in changes if change.before != change.after]
    files = dict(search_files([*before], before.__getitem__, frequent_from))
    try:
        made = dict(patched_files(changes, files.__getitem__, lambda at: after[now[at]], whole(after), frequent_from))
    except NotPatchable:
        return False
    files.update({path: data for path, data in made.items() if data is not None})
    for path, data in made.items():
        if data is None:
            del files[path]
    assert files == dict(search_files([*after], after.__getitem__, frequent_from))
    return True


@pytest.mark.parametrize("target", [60, 300, 3_000])
def test_patched_data_are_what_the_whole_edition_gives(monkeypatch: pytest.MonkeyPatch, target: int) -> None:
    monkeypatch.setattr(shards, "TARGET", target)
    done = [patched(random.Random(f"{target} {seed}"), 1 + seed % 30, 25_000) for seed in range(60)]  # noqa: S311
    assert all(done)


def test_frequent_words_keep_no_places_in_patched_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "TARGET", 400)
    done = [patched(random.Random(seed), 160, 1_000) for seed in range(8)]  # noqa: S311
    assert sum(done) > 4  # in the others a word has become frequent, or is so no more


def test_a_word_that_becomes_frequent_needs_the_whole_index() -> None:
    pick = random.Random(1)  # noqa: S311
    before = documents(pick, 160)
    numbered = numbers(before)
    name = next(name for name in before if shards.is_sampled(name, 160))
    after = {**before, name: replace(before[name], text="lamp " * 500)}
    files = dict(search_files([*before], before.__getitem__, 4_000))
    change = Change(numbered[name], before[name], after[name])
    with pytest.raises(NotPatchable):
        dict(patched_files([change], files.__getitem__, lambda _at: after[name], whole(after), 4_000))
