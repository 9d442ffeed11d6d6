"""The spare folder makes a publication after few changes fast, and is never believed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import Files, files_below, names_in, publish

from regesta import spare, staging
from regesta.publishing import Publication

SITE: Files = {"index.html": b"1", "a/same.html": b"same", "a/gone.html": b"gone", "b/c/deep.html": b"deep"}
NEXT: Files = {"index.html": b"2", "a/same.html": b"same", "b/c/deep.html": b"deep", "d/new.html": b"new"}
LAST: Files = {"index.html": b"3", "a/same.html": b"same", "d/new.html": b"newer"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return an output folder with a published site and a spare folder beside it."""
    publish(tmp_path / "build", SITE | {"index.html": b"0"})
    publish(tmp_path / "build", SITE)
    return tmp_path / "build"


def spare_of(output: Path) -> Path:
    """Return the spare folder of the site."""
    return output / "cache" / "site.spare"


def test_the_spare_folder_holds_the_very_files_that_are_published(output: Path) -> None:
    for site in (SITE, NEXT, LAST, NEXT):
        publish(output, site)
        assert files_below(output / "site") == site
        inodes = {path: (output / "site" / path).stat().st_ino for path in site}
        assert {path: (spare_of(output) / path).stat().st_ino for path in files_below(spare_of(output))} == inodes
        assert not [path for path in spare_of(output).rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_kept_files_are_not_touched(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_link_or_copy", lambda *_: pytest.fail("it need not be linked"))
    before = (output / "site" / "a" / "same.html").stat()
    publish(output, NEXT)
    assert (output / "site" / "a" / "same.html").stat().st_ctime_ns == before.st_ctime_ns
    assert publish(output, NEXT).unchanged == len(NEXT), "the times that were written down are right"


def test_where_much_has_changed_there_is_none(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare, "MOST", 2)
    publish(output, NEXT)
    assert files_below(output / "site") == NEXT
    assert names_in(output / "cache") == ["manifest"]
    with Publication(output) as publication:
        assert publication.take_over(), "the times that were written down are right"
    publish(output, LAST)
    assert files_below(output / "site") == LAST


def _lose_a_file(folder: Path) -> None:
    (folder / "a" / "same.html").unlink()


def _lose_all(folder: Path) -> None:
    shutil.rmtree(folder)


def _exchange_a_file(folder: Path) -> None:
    _lose_a_file(folder)
    (folder / "a" / "same.html").write_bytes(b"evil")


def _add_a_file(folder: Path) -> None:
    (folder / "a" / "evil.html").write_bytes(b"evil")


def _add_a_folder(folder: Path) -> None:
    (folder / "empty").mkdir()


def _add_a_link(folder: Path) -> None:
    (folder / "link.html").symlink_to(folder.parent / "manifest")


def _make_a_folder_a_link(folder: Path) -> None:
    (folder / "b").rename(folder.parent / "elsewhere")
    (folder / "b").symlink_to(folder.parent / "elsewhere")


def _make_it_a_link(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(folder.parent / "elsewhere")


def _make_it_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"evil")


@pytest.mark.parametrize(
    "damage",
    [
        _lose_a_file,
        _lose_all,
        _exchange_a_file,
        _add_a_file,
        _add_a_folder,
        _add_a_link,
        _make_a_folder_a_link,
        _make_it_a_link,
        _make_it_a_file,
    ],
)
def test_nothing_in_it_is_believed(output: Path, damage: Callable[[Path], None]) -> None:
    damage(spare_of(output))
    elsewhere = output / "cache" / "elsewhere"
    before = files_below(elsewhere)
    publish(output, NEXT)
    assert files_below(output / "site") == NEXT
    assert not [path for path in (output / "site").rglob("*") if path.is_symlink()]
    assert files_below(elsewhere) == before, "links are not followed"
    publish(output, LAST)
    assert files_below(output / "site") == LAST


def test_where_links_are_refused_there_is_none(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr("os.link", refuse)
    publish(output, NEXT)
    assert files_below(output / "site") == NEXT
    assert names_in(output / "cache") == ["manifest"]


def test_published_files_that_were_changed_are_made_right(output: Path) -> None:
    """A file of the site is the file of the spare folder too: who writes into one writes into both."""
    (output / "site" / "a" / "same.html").write_bytes(b"EVIL")
    publish(output, NEXT)
    assert files_below(output / "site") == NEXT
    assert files_below(spare_of(output)) == NEXT
