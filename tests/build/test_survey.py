"""A source that nobody can have written since it was read is not read again; every other one is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from regesta import digests, survey
from regesta.survey import Survey, folders


@pytest.fixture(autouse=True)
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file count as one that was changed long ago."""
    monkeypatch.setattr(survey, "_SETTLED", -(10**12))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Return the only source of an edition."""
    path = tmp_path / "tei" / "letter.xml"
    path.parent.mkdir()
    path.write_text("<TEI/>")
    return path


def surveyed(letter: Path, before: Survey | None = None) -> Survey:
    """Return the survey of the letter's edition."""
    where = folders(letter.parent.parent, None, None)
    return survey.survey(where, known=before.stamps if before else None)


def sources_read(letter: Path, before: Survey, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that a survey reads; what it finds must be what one finds that reads all."""
    read, of_file = [], digests.of_file

    def noted(path: str | Path) -> str:
        read.append(Path(path).name)
        return of_file(path)

    with monkeypatch.context() as patch:
        patch.setattr(survey.digests, "of_file", noted)  # type: ignore[attr-defined]
        found = surveyed(letter, before)
    assert found.table == surveyed(letter).table
    return read


def test_what_bears_its_stamp_is_not_read(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sources_read(letter, surveyed(letter), monkeypatch) == []


def test_what_was_changed_a_moment_ago_is_read(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "_SETTLED", 10**12)
    assert surveyed(letter).stamps == {}
    assert sources_read(letter, surveyed(letter), monkeypatch) == ["letter.xml"]


def test_other_bytes_of_the_same_size_and_time_are_read(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, times = surveyed(letter), letter.stat()
    letter.write_text("<tei/>")
    os.utime(letter, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert sources_read(letter, before, monkeypatch) == ["letter.xml"]
    assert surveyed(letter, before).digest({}) != before.digest({})


def test_another_file_of_the_name_is_read(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, times = surveyed(letter), letter.stat()
    other = letter.with_suffix(".new")
    other.write_text("<tei/>")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(letter)
    assert sources_read(letter, before, monkeypatch) == ["letter.xml"]


def test_what_a_link_leads_to_is_read_when_it_was_written(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = letter.rename(letter.parent.parent / "target")
    letter.symlink_to(target)
    before = surveyed(letter)
    assert sources_read(letter, before, monkeypatch) == []
    target.write_text("<tei/>")
    assert sources_read(letter, before, monkeypatch) == ["letter.xml"]


def test_where_the_time_of_change_can_be_set_all_is_read(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "_HAS_CHANGE_TIME", False)
    assert sources_read(letter, surveyed(letter), monkeypatch) == ["letter.xml"]
