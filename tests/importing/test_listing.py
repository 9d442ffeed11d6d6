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


BARE = "September 16, 1956\nCable\n\nSeptember 18, 1956\nA telegram\n"


@pytest.mark.parametrize(
    "text",
    [
        f"1 - 2 of 2\n{BARE}\n1 - 2 of 2\n",
        f"{BARE}\n1 – 2 of 2 results\n",
        f"Home\nSearch\n1-2 of 2\nNext page\n{BARE}»\n",
        f"{BARE.splitlines()[0]}\nCable\n1 - 1 of 2\n{BARE.partition(chr(10) * 2)[2]}2 - 2 of 2\n",
    ],
)
def test_counts_above_and_below_number_the_entries(text: str, tmp_path: Path) -> None:
    told = listing(tmp_path, text)
    assert "2 rows: 2 made" in told
    assert "listing-count" not in told
    assert sorted(words(each, "//t:biblScope")[0] for each in documents(tmp_path).values()) == ["1", "2"]


def test_what_the_pages_do_not_cover_is_told(tmp_path: Path) -> None:
    told = " ".join(listing(tmp_path, f"1 - 2 of 9\n{BARE}\n5 - 5 of 10\nMay 1, 1957\nLetter\n").split())
    assert "7 of the 10 entries of the listing are not on these pages: 3-4, 6-10." in told
    assert "do not agree on how many entries the listing has: 9 and 10" in told


def test_dates_of_many_kinds_begin_entries(tmp_path: Path) -> None:
    dates = [
        "30-31 August 1956",
        "16 September 1956",
        "1956-09-16",
        "August 1956",
        "1957",
        "undated",
        "ca. 1956",
        "1956?",
    ]
    told = listing(tmp_path, "".join(f"{date}\nTitle {number}\n\n" for number, date in enumerate(dates)))
    assert f"{len(dates)} rows: {len(dates)} made" in told
    assert told.count("import-date-unknown") == 3
    made = [words(each, "//t:creation/t:date")[0] for each in documents(tmp_path).values()]
    assert sorted(made) == sorted(dates)


def test_titles_alike_are_told_and_both_kept(tmp_path: Path) -> None:
    told = listing(tmp_path, "May 1, 1957\nThe Party’s letter\n\nMay 1, 1957\nthe party's letter\n")
    assert "records-alike" in told
    assert len(documents(tmp_path)) == 2


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", "2 rows: 2 made"), ("latin-1", "is not utf-8: byte 0xE9")])
def test_a_byte_order_mark_is_believed_and_nothing_else(encoding: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "listing.txt").write_bytes(BARE.replace("telegram", "télégramme").encode(encoding))
    result = run(["import", "listing", str(tmp_path / "listing.txt"), "--edition", str(tmp_path)])
    assert told in result.output
