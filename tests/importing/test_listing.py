"""A copied listing: entries, summaries, numbers; what is odd is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tables import documents, run, words

PAGE = """Skip to content

1 - 2 of 3

September 16, 1956

Cable from a place

Somebody reports something.

September 18, 1956

Draft Telegram from a person
"""
SECOND = "3 - 3 of 3\n\nMay 1, 1957\n\nLetter to nobody\n"


def listing(folder: Path, text: str) -> str:
    (folder / "listing.txt").write_text(text, encoding="utf-8")
    (folder / "edition").mkdir()
    (folder / "edition" / "edition.toml").write_text('[collection]\nname = "Papers"\nholder = "An Archive"\n')
    return run(["import", "listing", str(folder / "listing.txt"), "--edition", str(folder / "edition")]).output


def test_pages_become_numbered_records_whose_wording_is_told(tmp_path: Path) -> None:
    told = listing(tmp_path, PAGE + SECOND)
    assert "3 rows: 3 made" in told
    assert told.count("wording-third-party") == 1
    records = documents(tmp_path)
    numbers = sorted(words(record, "//t:biblScope[@unit='item']")[0] for record in records.values())
    assert numbers == ["1", "2", "3"]
    cable = next(record for name, record in records.items() if name.startswith("cable-1956-09-16"))
    assert words(cable, "//t:abstract[@source='#listing']") == ["Somebody reports something."]
    draft = next(record for name, record in records.items() if name.startswith("draft-telegram"))
    assert (draft.get("subtype"), words(draft, "//t:abstract")) == ("draft", [])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (PAGE.replace("1 - 2 of 3", "1 - 3 of 3"), "listing-count"),
        ("Welcome, dear reader\n" + PAGE, "listing-line"),
        (PAGE + SECOND + SECOND, "listing-doubled"),
        (PAGE + "\nMay 2, 1957\n", "import-no-title"),
    ],
)
def test_what_is_odd_is_told(text: str, rule: str, tmp_path: Path) -> None:
    assert rule in listing(tmp_path, text)


def test_a_wrong_count_gives_no_numbers(tmp_path: Path) -> None:
    listing(tmp_path, PAGE.replace("1 - 2 of 3", "1 - 3 of 3"))
    assert all(words(record, "//t:biblScope") == [] for record in documents(tmp_path).values())


def test_the_seed_agrees_with_the_committed_records(shared: Path, repository: Path, tmp_path: Path) -> None:
    source = shared / "seed" / "collection-listing.txt"
    told = listing(tmp_path, source.read_text(encoding="utf-8"))
    assert "10 rows: 10 made" in told
    ours = [etree.parse(str(path)).getroot() for path in (repository / "tei" / "documents").glob("*.xml")]
    facts = {
        (
            words(each, "//t:biblScope[@unit='item'][ancestor::t:seriesStmt]")[0],
            words(each, "//t:titleStmt/t:title")[0],
            str(each.get("type")),
        )
        for each in ours
        if words(each, "//t:seriesStmt/t:biblScope")
    }
    imported = {
        (words(each, "//t:seriesStmt/t:biblScope")[0], words(each, "//t:titleStmt/t:title")[0], str(each.get("type")))
        for each in documents(tmp_path).values()
    }
    assert imported == facts
