"""Keeping: results travel as bytes, can be made of nothing but values, and hold what recurs once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from regesta import keeping
from regesta.cache import Cache
from regesta.documents import Nature
from regesta.errors import OutputError
from regesta.findings import Place, Remedy, Severity
from regesta.keeping import Choice, Packed, PackedText, Sharing
from regesta.records import DocumentFacts, Mention, Record
from regesta.source_facts import Numbered
from regesta.spill import Spill

FACTS = DocumentFacts(Record("A letter", rights="CC0", mentions=(Mention("person", "#a", "Anna"),)))


def test_a_result_comes_back_as_it_was() -> None:
    assert keeping.load(DocumentFacts, keeping.dump(FACTS)) == FACTS
    assert keeping.load(DocumentFacts, keeping.dump(FACTS), Sharing()) == FACTS


@pytest.mark.parametrize("choice", [Severity.ERROR, Remedy.REPLACE_VALUE, Nature.REGISTER])
def test_a_choice_is_written_as_its_class_and_its_word(choice: Choice) -> None:
    """Some releases of Python write an enumeration's member as a call of getattr, which is no value."""
    made, words = choice.__reduce_ex__(5)
    assert (made, words) == (type(choice), (choice.value,))
    assert made(*words) is choice


def test_what_recurs_in_many_results_is_one_object() -> None:
    sharing = Sharing()
    one, other = (keeping.load(DocumentFacts, keeping.dump(FACTS), sharing).record for _ in range(2))
    assert one is not other
    assert one.mentions[0] is other.mentions[0]
    assert one.rights is other.rights


class _Short(Mention):
    """A value that says of itself that it has other fields than it has."""

    def __reduce__(self) -> tuple[type, tuple[str, ...]]:
        return Mention, ("person", "#a", "Anna")


class _Stranger:
    def __reduce__(self) -> tuple[type, tuple[str]]:
        return Path, ("/",)


@pytest.mark.parametrize("sharing", [None, Sharing()], ids=["plain", "shared"])
@pytest.mark.parametrize("harm", [_Short("person", "#a", "Anna"), _Stranger()])
def test_bytes_that_hold_anything_else_are_refused(harm: object, sharing: Sharing | None) -> None:
    with pytest.raises(ValueError, match="no result of ours"):
        keeping.load(Mention, pickle.dumps(harm), sharing)


def test_what_is_put_by_is_read_again_from_before_and_after_it_was_written(tmp_path: Path) -> None:
    with Spill(tmp_path, tmp_path) as spill:
        assert list(tmp_path.iterdir()) == []
        texts = [f"текст {number} \udce9 " * (number % 700) for number in range(300)]
        packed = [PackedText.of(text).put_by(spill.put) for text in texts]
        assert [bool(each.data) for each in packed] == [bool(text) for text in texts]
        assert [each.text for each in reversed(packed)] == texts[::-1]
        rows = Packed.of([Numbered("7", Place("a.xml"))]).put_by(spill.put)
        assert rows.rows(Numbered) == (Numbered("7", Place("a.xml")),)
        with pytest.raises(TypeError, match="does not travel"):
            keeping.dump(rows)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    with Spill(tmp_path / "absent", tmp_path) as spill, pytest.raises(OutputError):
        for _ in range(10):
            spill.put(b"x" * 100_000)


def test_a_cache_knows_whether_builds_before_have_left_anything(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        with Cache(tmp_path) as cache:
            found.append((cache.is_new, list(cache.take(["a"]))))
            cache.put("a", b"1")
            assert list(cache.take(["a"])) == [("a", b"1")]
    assert found == [(True, []), (False, [("a", b"1")])]
