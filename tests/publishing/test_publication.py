"""What a build publishes, counts and leaves alone."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from folders import files_below, names_in, publish

from regesta import exchanging
from regesta.errors import OutputError, RegestaError
from regesta.publishing import Publication, write_reports
from regesta.staging import PublishedPages

FIRST = {"index.html": b"one", "documents/a.html": b"a", "documents/b.html": b"b", "assets/style.css": b"css"}
SECOND = {
    "index.html": b"two",
    "documents/a.html": b"a",
    "documents/c.html": b"c",
    "assets/style.css": b"css",
}


@pytest.fixture(params=["one call", "renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Publish as this system does, and as one without an exchange in one call."""
    if request.param == "renames":
        monkeypatch.setattr(exchanging, "swap_in_one_call", lambda *_: False)
    return str(request.param)


def test_a_first_build_makes_the_folder(tmp_path: Path) -> None:
    output = tmp_path / "some" / "build"
    counts = publish(output, FIRST, {"oai/list.xml": b"<x/>"})
    assert counts == PublishedPages(total=3, written=3, unchanged=0, removed=0)
    assert files_below(output / "site") == FIRST
    assert files_below(output / "exchange") == {"oai/list.xml": b"<x/>"}
    assert names_in(output) == [".regesta-output", "cache", "exchange", "site"]
    assert names_in(output / "cache") == ["manifest"]


def test_a_second_build_replaces_everything(tmp_path: Path, way: str) -> None:
    publish(tmp_path, FIRST, {"old.xml": b"old"})
    counts = publish(tmp_path, SECOND, {"new.xml": b"new"})
    assert counts == PublishedPages(total=3, written=2, unchanged=1, removed=1), way
    assert files_below(tmp_path / "site") == SECOND
    assert files_below(tmp_path / "exchange") == {"new.xml": b"new"}
    assert names_in(tmp_path / "cache") == ["exchange.spare", "manifest", "site.spare"]


def test_an_empty_folder_of_the_old_site_does_not_linger(tmp_path: Path, way: str) -> None:
    publish(tmp_path, {"persons/x.html": b"x", "index.html": b"i"})
    publish(tmp_path, {"index.html": b"i"})
    assert names_in(tmp_path / "site") == ["index.html"], way


def test_unchanged_files_are_the_same_files(tmp_path: Path, way: str) -> None:
    publish(tmp_path, FIRST)
    before = {path: (tmp_path / "site" / path).stat() for path in FIRST}
    publish(tmp_path, SECOND)
    after = {path: (tmp_path / "site" / path).stat() for path in SECOND}
    for path in ("documents/a.html", "assets/style.css"):
        assert (after[path].st_ino, after[path].st_mtime_ns) == (
            before[path].st_ino,
            before[path].st_mtime_ns,
        )
        assert after[path].st_nlink == 2, "it has its name on the site and one in the spare folder"
    assert after["index.html"].st_ino != before["index.html"].st_ino, way


def test_where_links_are_refused_files_are_copied_with_their_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    publish(tmp_path, FIRST)
    page = tmp_path / "site" / "documents" / "a.html"
    os.utime(page, ns=(10**18, 10**18))
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert publish(tmp_path, SECOND).unchanged == 1
    assert files_below(tmp_path / "site") == SECOND
    assert page.stat().st_mtime_ns == 10**18


def test_same_size_and_time_do_not_hide_other_bytes(tmp_path: Path) -> None:
    publish(tmp_path, {"a.html": b"one"})
    page = tmp_path / "site" / "a.html"
    stamp = page.stat()
    page.write_bytes(b"two")
    os.utime(page, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert publish(tmp_path, {"a.html": b"one"}).written == 1
    assert page.read_bytes() == b"one"


def test_a_file_system_that_gives_names_back_decomposed_changes_nothing(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "é.html") for form in ("NFC", "NFD"))
    publish(tmp_path, {decomposed: b"x"})
    assert publish(tmp_path, {composed: b"x"}) == PublishedPages(total=1, written=0, unchanged=1, removed=0)


@pytest.mark.parametrize("cause", [None, RuntimeError, KeyboardInterrupt])
def test_without_commit_the_old_site_stays(tmp_path: Path, cause: type[BaseException] | None) -> None:
    publish(tmp_path, FIRST)
    inode = (tmp_path / "site").stat().st_ino
    try:
        with Publication(tmp_path) as publication:
            publication.write("index.html", b"new")
            if cause:
                raise cause
    except (RuntimeError, KeyboardInterrupt):
        assert cause is not None
    assert files_below(tmp_path / "site") == FIRST
    assert (tmp_path / "site").stat().st_ino == inode
    assert names_in(tmp_path / "cache") == ["manifest"]


def test_interrupted_between_two_folders_leaving_ends_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(first: Path, second: Path) -> bool:
        if second.name == "site":
            monkeypatch.undo()
            raise KeyboardInterrupt
        return False

    publish(tmp_path, FIRST, {"old.xml": b"old"})
    monkeypatch.setattr(exchanging, "swap_in_one_call", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, SECOND, {"new.xml": b"new"})
    assert files_below(tmp_path / "site") == SECOND
    assert files_below(tmp_path / "exchange") == {"new.xml": b"new"}
    assert names_in(tmp_path / "cache") == ["manifest"]


def test_a_build_with_no_pages_publishes_an_empty_site(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    assert publish(tmp_path, {}) == PublishedPages(total=0, written=0, unchanged=0, removed=3)
    assert names_in(tmp_path / "site") == []


def test_writing_after_commit_is_a_fault_and_not_lost_in_silence(tmp_path: Path) -> None:
    with Publication(tmp_path) as publication:
        publication.commit()
        with pytest.raises(RegestaError):
            publication.write("late.html", b"")
        with pytest.raises(RegestaError):
            publication.commit()


def test_a_path_out_of_the_site_is_refused(tmp_path: Path) -> None:
    with Publication(tmp_path / "build") as publication:
        with pytest.raises(RegestaError):
            publication.write("../../stranger.html", b"")
        with pytest.raises(RegestaError):
            publication.write_exchange("/stranger.xml", b"")
    assert names_in(tmp_path) == ["build"]


def test_reports_are_replaced_with_and_without_a_publication(tmp_path: Path) -> None:
    write_reports(tmp_path, '{"published": false}', b'{"findings": []}')
    assert (tmp_path / "report.json").read_text("utf-8") == '{"published": false}'
    inode = (tmp_path / "report.json").stat().st_ino
    with Publication(tmp_path) as publication:
        publication.commit()
        publication.write_reports('{"title": "편지"}', "{}")
    assert (tmp_path / "report.json").read_text("utf-8") == '{"title": "편지"}'
    assert (tmp_path / "findings.json").read_bytes() == b"{}"
    assert (tmp_path / "report.json").stat().st_ino != inode, "replaced, not written over"
    assert names_in(tmp_path / "cache") == []


def test_a_report_that_cannot_be_replaced_is_named(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    (tmp_path / "report.json").mkdir()
    with pytest.raises(OutputError, match=r"report\.json"):
        write_reports(tmp_path, "{}", "{}")


def test_clean_empties_the_cache_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    (tmp_path / "cache" / "analysis").mkdir()
    (tmp_path / "cache" / "analysis" / "a.json").write_text("{}")
    (tmp_path / "mine.txt").write_text("kept")
    with Publication(tmp_path):
        assert (tmp_path / "cache" / "analysis").is_dir()
    with Publication(tmp_path, clean=True):
        assert names_in(tmp_path / "cache") == ["staging"]
    assert files_below(tmp_path / "site") == FIRST
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_a_full_disk_in_the_middle_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(path: Path, data: bytes) -> None:
        path.write_bytes(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    publish(tmp_path, FIRST)
    monkeypatch.setattr("regesta.staging._create", fill)
    with pytest.raises(OutputError, match="is full") as caught:
        publish(tmp_path, SECOND)
    assert caught.value.remedy
    assert files_below(tmp_path / "site") == FIRST
    assert names_in(tmp_path / "cache") == ["manifest"]
