"""Which output folders are used, which are refused, and that nothing outside of ours is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import files_below, names_in, publish
from processes import run_as_ordinary_user

from regesta import output_folder
from regesta.errors import OutputError
from regesta.publishing import Publication, write_reports
from regesta.survey import OUTPUT_MARKER

PAGES = {"index.html": b"index", "documents/a.html": b"a"}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every user may write in."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o777)
    shutil.rmtree(folder)


def refusal(output: Path, source_folder: Path | None = None) -> OutputError:
    """Return the error with which the output folder is refused."""
    with pytest.raises(OutputError) as caught, Publication(output, source_folder) as publication:
        publication.commit()
    assert caught.value.message.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", ["letter.txt", "site/index.html", "cache/staging/x", "report.json"])
def test_a_strangers_folder_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"theirs")
    assert "did not make it" in str(refusal(tmp_path))
    with pytest.raises(OutputError):
        write_reports(tmp_path, "{}", "{}")
    assert files_below(tmp_path) == {name: b"theirs"}


def test_a_marker_that_we_did_not_write_is_no_marker(tmp_path: Path) -> None:
    (tmp_path / OUTPUT_MARKER).write_bytes(b"something else")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_bytes(b"theirs")
    refusal(tmp_path)
    assert files_below(tmp_path) == {OUTPUT_MARKER: b"something else", "site/a.html": b"theirs"}


def test_a_link_in_the_markers_place_is_not_followed(tmp_path: Path) -> None:
    output, target = tmp_path / "build", tmp_path / "theirs"
    output.mkdir()
    target.write_bytes(b"theirs")
    (output / OUTPUT_MARKER).symlink_to(target)
    refusal(output)
    assert target.read_bytes() == b"theirs"


@pytest.mark.parametrize("begun", [b"", b"Regesta ma"])
def test_a_marker_that_a_killed_build_left_unfinished_is_mended(tmp_path: Path, begun: bytes) -> None:
    (tmp_path / OUTPUT_MARKER).write_bytes(begun)
    publish(tmp_path, PAGES)
    publish(tmp_path, PAGES)
    assert (tmp_path / OUTPUT_MARKER).read_bytes().startswith(b"Regesta made this folder")


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    publish(tmp_path, PAGES)
    assert files_below(tmp_path / "site") == PAGES


def test_files_that_a_stranger_puts_there_while_we_look_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_meanwhile(_descriptor: int) -> bool:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "a.html").write_bytes(b"theirs")
        return True

    monkeypatch.setattr(output_folder, "try_lock", write_meanwhile)
    refusal(tmp_path)
    assert (tmp_path / "site" / "a.html").read_bytes() == b"theirs"


def test_files_beside_ours_in_our_folder_stay(tmp_path: Path) -> None:
    publish(tmp_path, PAGES)
    (tmp_path / "notes.txt").write_text("mine")
    publish(tmp_path, {})
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("x")
    assert "is a file" in str(refusal(tmp_path / "build"))
    assert "failed" in str(refusal(tmp_path / "build" / "below"))
    assert (tmp_path / "build").read_text() == "x"


@pytest.mark.parametrize("source", [".", "tei", "tei/documents", "tei/not there yet"])
def test_the_sources_are_never_in_the_output(tmp_path: Path, source: str) -> None:
    output = tmp_path / "edition"
    (output / "tei" / "documents").mkdir(parents=True)
    (output / OUTPUT_MARKER).write_text("Regesta made this folder")
    assert "holds the sources" in str(refusal(output, output / source))
    link = tmp_path / "link"
    link.symlink_to(output)
    assert "holds the sources" in str(refusal(link, output / source))
    assert "holds the sources" in str(refusal(output, link / source))


def test_the_output_may_lie_in_the_sources_folder(tmp_path: Path) -> None:
    with Publication(tmp_path / "build", tmp_path) as publication:
        publication.write("index.html", b"x")
        publication.commit()
    assert files_below(tmp_path / "build" / "site") == {"index.html": b"x"}


def test_a_link_to_an_output_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    publish(tmp_path / "link", PAGES)
    assert files_below(tmp_path / "real" / "site") == PAGES
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("name", ["site", "exchange", "cache"])
def test_a_link_in_a_folders_place_is_refused(tmp_path: Path, name: str) -> None:
    output, theirs = tmp_path / "build", tmp_path / "theirs"
    publish(output, PAGES)
    (theirs / "staging" / "site").mkdir(parents=True)
    (theirs / "staging" / "site" / "x.html").write_bytes(b"theirs")
    shutil.rmtree(output / name)
    (output / name).symlink_to(theirs)
    assert "is a link or a file" in str(refusal(output))
    assert files_below(theirs) == {"staging/site/x.html": b"theirs"}


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    output, theirs = tmp_path / "build", tmp_path / "theirs"
    publish(output, PAGES)
    theirs.mkdir()
    (theirs / "a.html").write_bytes(b"a")
    shutil.rmtree(output / "site" / "documents")
    (output / "site" / "documents").symlink_to(theirs)
    (output / "site" / "one.html").symlink_to(theirs / "a.html")
    for link in ("staging", "analysis"):
        (output / "cache" / link).symlink_to(theirs)
    pages = PAGES | {"one.html": b"a"}
    with Publication(output, clean=True) as publication:
        for path, data in pages.items():
            publication.write(path, data)
        counts = publication.commit()
    assert counts.written == 2, "a file behind a link is not the site's: it must not be shared"
    assert files_below(output / "site") == pages
    assert not (output / "site" / "one.html").is_symlink()
    assert not (output / "site" / "documents").is_symlink()
    assert files_below(theirs) == {"a.html": b"a"}
    assert (theirs / "a.html").stat().st_nlink == 1


def test_a_read_only_output_folder_is_named(open_folder: Path) -> None:
    output = open_folder / "build"

    def attempt() -> None:
        publish(output, PAGES)
        output.chmod(0o555)
        (output / "cache").chmod(0o555)
        assert "cannot be written" in str(refusal(output))
        assert "cannot be written" in str(refusal(output / "below"))
        (output / "cache").chmod(0o755)
        with pytest.raises(OutputError, match="cannot be written"):
            write_reports(output, "{}", "{}")
        assert files_below(output / "site") == PAGES
        assert names_in(output / "cache") == ["manifest"]

    run_as_ordinary_user(attempt)


def test_a_read_only_site_is_replaced(open_folder: Path) -> None:
    output = open_folder / "build"

    def attempt() -> None:
        publish(output, PAGES)
        _make_read_only(output / "site")
        assert publish(output, PAGES | {"index.html": b"new"}).unchanged == 1
        assert files_below(output / "site") == PAGES | {"index.html": b"new"}
        assert names_in(output / "cache") in (["manifest"], ["manifest", "site.spare"])

    run_as_ordinary_user(attempt)


def test_stale_staging_that_is_read_only_is_removed(open_folder: Path) -> None:
    output = open_folder / "build"

    def attempt() -> None:
        publish(output, PAGES)
        (output / "cache" / "staging" / "site" / "documents").mkdir(parents=True)
        (output / "cache" / "staging" / "site" / "documents" / "a.html").write_bytes(b"stale")
        _make_read_only(output / "cache" / "staging")
        publish(output, PAGES)
        assert files_below(output / "site") == PAGES
        assert names_in(output / "cache") == ["manifest"]

    run_as_ordinary_user(attempt)


def test_a_page_of_the_old_site_that_cannot_be_read_is_written_anew(open_folder: Path) -> None:
    output = open_folder / "build"

    def attempt() -> None:
        publish(output, PAGES)
        (output / "site" / "index.html").chmod(0)
        assert publish(output, PAGES).written == 1
        assert files_below(output / "site") == PAGES

    run_as_ordinary_user(attempt)


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    mounted = _mount_small_disk(tmp_path)
    try:
        output = mounted / "build"
        publish(output, PAGES)
        with pytest.raises(OutputError, match="is full"):
            publish(output, {f"{number}.html": os.urandom(4096) for number in range(200)})
        assert files_below(output / "site") == PAGES
        assert names_in(output / "cache") == ["manifest"]
        with pytest.raises(OutputError, match="is full"):
            write_reports(output, os.urandom(600_000), "{}")
        assert not (output / "report.json").exists()
        publish(output, {"index.html": b"later"})
        assert files_below(output / "site") == {"index.html": b"later"}
    finally:
        subprocess.run(["umount", mounted], check=True)


def _mount_small_disk(folder: Path) -> Path:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("needs root on Linux to mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("this system does not allow to mount a small disk")
    return folder


def _make_read_only(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
