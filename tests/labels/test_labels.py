"""The words of the site: every language whole, places to fill kept, an edition's own over ours, faults told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regesta import labels
from regesta.errors import UsageError

SPOKEN = ("de", "en", "fr", "ko", "ru", "zh")
"""The languages that are promised whole."""


def places(words: str) -> list[str]:
    return sorted(re.findall(r"\{\d?\}", words))


def test_the_site_speaks_six_languages() -> None:
    assert set(SPOKEN) <= set(labels.languages())


@pytest.mark.parametrize("language", SPOKEN)
def test_a_language_has_every_label_and_no_other(language: str, repository: Path) -> None:
    own = labels._read(repository / f"xslt/labels/{language}.json")
    assert list(own) == list(labels.table("en"))
    assert [key for key, words in own.items() if not words.strip()] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_translation_keeps_the_places_to_fill(language: str) -> None:
    english, spoken = labels.table("en"), labels.table(language)
    assert [key for key in english if places(english[key]) != places(spoken[key])] == []


def test_a_region_or_script_falls_back_on_its_language() -> None:
    assert labels.best("zh-Hans-CN") == "zh"
    assert labels.best("DE") == "de"
    assert labels.best("eo") is None


def test_an_edition_adds_a_language_and_what_it_lacks_is_said_in_english(tmp_path: Path) -> None:
    (tmp_path / "eo.json").write_text('{"next": "Sekva"}', encoding="utf-8")
    table = labels.table(labels.best("eo", tmp_path) or "", tmp_path)
    assert (table["next"], table["previous"]) == ("Sekva", labels.table()["previous"])


def test_an_edition_changes_single_words(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text('{"notes": "Footnotes"}', encoding="utf-8")
    assert labels.table("en", tmp_path)["notes"] == "Footnotes"
    assert labels.table("en")["notes"] == "Notes"


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "{", "\x00"])
def test_a_file_that_holds_no_labels_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "eo.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"eo\.json"):
        labels.table("eo", tmp_path)
