"""Which files are sources: every one that looks like TEI is accounted for, and nothing outside is touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import html

from regesta import sources
from regesta.findings import Finding
from regesta.sources import Discovery
from small_editions import Built, build_in, build_sources, check_files, rules_of, tei, write


def names(found: Discovery) -> list[str]:
    return [source.name for source in found.files]


def refused(found: Discovery) -> dict[str, str]:
    return {source.name: fault.rule for source, fault in found.refused}


def test_sources_are_found_in_all_folders_and_sorted_by_name(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["b.xml", "a/c.tei", "A.XML", "a/b/d.Xml", "notes.txt", "e.xml.bak", "f.html"], ""))
    assert names(sources.discover(tmp_path)) == ["A.XML", "a/b/d.Xml", "a/c.tei", "b.xml"]


def test_what_is_hidden_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys([".git/a.xml", "a/.cache/b.xml", "._c.xml", ".d.xml", "e.xml"], ""))
    assert names(sources.discover(tmp_path)) == ["e.xml"]


def test_the_output_folder_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["out/site/tei/a.xml", "b/out/c.xml", "d.xml"], ""))
    assert names(sources.discover(tmp_path, outputs=[tmp_path / "b" / ".." / "out"])) == ["b/out/c.xml", "d.xml"]


def test_a_second_build_into_the_sources_finds_no_more_of_them(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": tei()})
    first, second = (build_sources(tmp_path, tmp_path / "out") for _ in range(2))
    assert first.outcomes() == second.outcomes() == {"a.xml": "published"}


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("drafts/*", ["a.xml", "b/drafts/c.xml"]),
        ("drafts", ["a.xml", "b/drafts/c.xml"]),
        ("drafts/", ["a.xml", "b/drafts/c.xml"]),
        ("*/drafts", ["a.xml", "drafts/b.xml", "drafts/x/d.xml"]),
        ("a.*", ["b/drafts/c.xml", "drafts/b.xml", "drafts/x/d.xml"]),
        ("A.xml", ["a.xml", "b/drafts/c.xml", "drafts/b.xml", "drafts/x/d.xml"]),
    ],
)
def test_patterns_exclude_files_and_folders(pattern: str, left: list[str], tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["a.xml", "drafts/b.xml", "drafts/x/d.xml", "b/drafts/c.xml"], ""))
    assert names(sources.discover(tmp_path, exclude=[pattern])) == left


def test_a_folder_called_like_a_document_is_named_and_read(tmp_path: Path) -> None:
    found = sources.discover(write(tmp_path, {"x.xml/a.xml": tei()}))
    assert names(found) == ["x.xml/a.xml"]
    assert refused(found) == {"x.xml": "file-is-folder"}


def test_links_are_read_only_within_the_folder(tmp_path: Path) -> None:
    inside = write(tmp_path / "in", {"a.xml": tei(), "b/c.xml": tei()})
    outside = write(tmp_path / "out", {"secret.xml": tei("<p>SECRET</p>")})
    (inside / "within.xml").symlink_to(inside / "a.xml")
    (inside / "without.xml").symlink_to(outside / "secret.xml")
    (inside / "broken.xml").symlink_to(inside / "none.xml")
    (inside / "loop.xml").symlink_to(inside / "loop.xml")
    (inside / "b" / "up").symlink_to(inside)
    found = sources.discover(inside)
    assert names(found) == ["a.xml", "b/c.xml", "within.xml"]
    assert refused(found) == {
        "broken.xml": "file-unreadable",
        "loop.xml": "file-unreadable",
        "without.xml": "file-outside",
    }


def test_a_link_to_a_folder_outside_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    inside = write(tmp_path / "in", {"a.xml": tei()})
    (inside / "more").symlink_to(write(tmp_path / "out", {"secret.xml": tei("<p>SECRET</p>")}))
    found = sources.discover(inside)
    assert names(found) == ["a.xml"]
    assert refused(found) == {"more": "file-outside"}


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(write(tmp_path / "in", {"a.xml": tei()}))
    assert names(sources.discover(tmp_path / "link")) == ["a.xml"]


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    assert refused(sources.discover(tmp_path)) == {"pipe.xml": "file-unreadable"}


@contextmanager
def forbidden(path: Path, tmp_path: Path) -> Iterator[None]:
    """Forbid `path` to everybody, and be somebody whom that binds: root, who may do all, is nobody for a while."""
    before = path.stat().st_mode
    path.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(before)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    with forbidden(write(tmp_path, {"a.xml": tei()}) / "a.xml", tmp_path):
        (source,) = sources.discover(tmp_path).files
        fault = sources.read_bytes(source)
    assert isinstance(fault, Finding)
    assert fault.rule == "file-unreadable"


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    with forbidden(write(tmp_path, {"b/a.xml": tei()}) / "b", tmp_path):
        assert refused(sources.discover(tmp_path)) == {"b": "file-unreadable"}


def test_a_file_that_cannot_be_read_is_refused_and_the_rest_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> bytes:
        if path.name == "broken.xml":
            raise PermissionError(13, "Permission denied")
        with path.open("rb") as file:
            return file.read()

    monkeypatch.setattr(Path, "read_bytes", broken)
    built = build_in(write(tmp_path, {"tei/a.xml": tei(), "tei/broken.xml": tei()}))
    assert built.outcomes() == {"a.xml": "published", "broken.xml": "refused"}
    assert "Permission denied" in next(f.message for f in built.report.findings if f.rule == "file-unreadable")


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.xml": tei(), "b/c.xml": tei()})
    scandir = os.scandir

    def broken(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", broken)
    found = sources.discover(tmp_path)
    assert names(found) == ["a.xml"]
    assert refused(found) == {"b": "file-unreadable"}


ODD = [
    *("with space.xml", "a,b;c.xml", "Ελληνικά.xml", "平壤 1956.xml", "100%.xml"),
    *("a#b?c.xml", 'it\'s "it".xml', "&lt;.xml", "-x.xml"),
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("odd folder, Ω & 100%")
    links = "".join(f'<ref target="{quote(name)}">{number}</ref>' for number, name in enumerate(ODD))
    files = {f"tei/{name}": tei(title=f"T{number}") for number, name in enumerate(ODD)}
    return build_in(write(folder, {**files, "tei/z.xml": tei(f"<p>{links}</p>")}))


def test_files_with_odd_names_are_published(odd: Built) -> None:
    assert odd.outcomes() == dict.fromkeys([*sorted(ODD), "z.xml"], "published")
    pages = [row.page for row in odd.report.ledger if row.document]
    assert all((odd.site / str(page)).is_file() for page in pages)
    assert len({str(page).casefold() for page in pages}) == len(ODD) + 1


def test_links_to_files_with_odd_names_lead_there(odd: Built) -> None:
    page = html.fromstring(odd.page("documents/z.html"))
    hrefs = {str(a.text_content()).strip(): str(a.get("href")) for a in page.iter("a") if a.get("href")}
    for number in range(len(ODD)):
        target = odd.site / "documents" / unquote(hrefs[str(number)].partition("#")[0])
        assert target.is_file(), hrefs[str(number)]


def test_a_name_in_no_encoding_is_published_and_reported(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    path = os.fsencode(tmp_path) + b"/tei/caf\xe9.xml"
    with open(path, "wb") as file:  # noqa: PTH123 - a Path cannot hold these bytes readably
        file.write(tei().encode())
    built = build_in(tmp_path)
    assert built.outcomes() == {"caf\ufffd.xml": "published"}
    assert built.json("report.json")["sources"]["published"] == 1


def test_an_edition_in_a_folder_with_a_name_in_no_encoding_is_built(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    built = build_in(write(folder, {"tei/a.xml": tei()}))
    assert built.outcomes() == {"a.xml": "published"}
    assert built.json("findings.json")["findings"]


# ── files that the user names ──────────────────────────────────────────────────────────────────────────────


def test_files_and_folders_are_taken_as_named_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a/b.xml": tei(), "c.odd-suffix": tei("")})
    monkeypatch.chdir(tmp_path)
    found = sources.from_paths([Path("a"), Path("a/b.xml"), Path("c.odd-suffix"), Path("./a/../a")])
    assert [source.shown for source in found.files] == ["a/b.xml", "c.odd-suffix"]
    assert names(found) == [str(tmp_path / "a/b.xml"), str(tmp_path / "c.odd-suffix")]


def test_a_text_that_is_not_read_is_no_reason_to_stop(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": "<TEI", "b.xml": tei()})
    assert rules_of(check_files(tmp_path / "a.xml", tmp_path / "b.xml")) == ["not-well-formed"]
