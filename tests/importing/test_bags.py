"""Bags are verified before anything of them is used; what would do harm is refused, and TEI comes out byte for byte."""

from __future__ import annotations

import hashlib
import io
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tables import run

from regesta.exchange.bag_checking import Verdict, check
from regesta.exchange.bagit import bagged
from regesta.importing.containers import open_container
from small_editions import text_of

ONE, OTHER = text_of("<body><p>One.</p></body>").encode(), text_of("<body><p>Two.</p></body>").encode()
PAYLOAD = {"tei/documents/a.xml": ONE, "tei/documents/b.xml": OTHER, "metadata/ead3.xml": b"<ead/>"}


def made(payload: Mapping[str, bytes] = PAYLOAD, **changed: bytes | None) -> dict[str, bytes]:
    """Return the files of a bag; `changed` replaces tag files by name (dots, hyphens as underscores), None removes."""
    files = dict(bagged(payload.items(), [("External-Identifier", "x")]))
    for name in list(files):
        key = name.replace(".", "_").replace("-", "_")
        if key in changed:
            data = changed[key]
            if data is None:
                del files[name]
            else:
                files[name] = data
    return files


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / "bag" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "bag"


def zipped(path: Path, files: Mapping[str, bytes], prefix: str = "bag/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(prefix + name, data)
    return path


def tarred(path: Path, files: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as package:
        for name, data in files.items():
            member = tarfile.TarInfo(f"bag/{name}")
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))
    return path


def imported(source: Path, folder: Path) -> tuple[str, dict[str, bytes]]:
    """Import into a new edition; return what was said and the files below tei/."""
    edition = folder / "edition"
    edition.mkdir(exist_ok=True)
    told = " ".join(run(["import", "bagit", str(source), "--edition", str(edition)]).output.split())
    found = (path for path in edition.rglob("*.xml"))
    return told, {path.relative_to(edition).as_posix(): path.read_bytes() for path in found}


# ── the suite of the Library of Congress ───────────────────────────────────────────────────────────────────


def judged(bag: Path) -> Verdict:
    return check(open_container(bag))


def as_published(bag: Path, folder: Path) -> Path:
    """Return the bag with the empty file that copying passes over because of its name."""
    if bag.name != "special-system-files":
        return bag
    shutil.copytree(bag, folder / bag.name, copy_function=shutil.copyfile)
    (folder / bag.name / "data").chmod(0o755)
    (folder / bag.name / "data" / ".DS_Store").touch()
    return folder / bag.name


def test_the_verdicts_are_those_of_the_conformance_suite(corpora: Path, tmp_path: Path) -> None:
    suite = corpora / "bagit-conformance-suite"
    bags = [path for path in sorted(suite.glob("v*/*/*")) if path.is_dir()]
    wanted = {path: path.parent.name in {"valid", "warning"} for path in bags}
    verdicts = {path: judged(as_published(path, tmp_path)) for path in bags}
    differ = {
        path.relative_to(suite).as_posix(): verdicts[path].faults
        for path in bags
        if verdicts[path].valid != wanted[path]
    }
    assert differ == {}
    assert len(bags) == 60
    silent = [path.name for path in bags if path.parent.name == "warning" and not verdicts[path].warnings]
    assert silent == []


# ── taking over ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_the_tei_of_a_bag_comes_out_byte_for_byte(form: str, tmp_path: Path) -> None:
    files = made()
    if form == "folder":
        source = put(tmp_path, files)
    else:
        source = zipped(tmp_path / "b.zip", files) if form == "zip" else tarred(tmp_path / "b.tgz", files)
    told, found = imported(source, tmp_path)
    assert "3 rows: 2 made, 1 kept, 0 refused" in told
    assert "1 files of metadata stay in the bag" in told
    assert "External-Identifier: x" in told
    assert found == {"tei/documents/a.xml": ONE, "tei/documents/b.xml": OTHER}


def test_a_bag_of_another_layout_gives_its_tei_and_refuses_what_is_none(tmp_path: Path) -> None:
    told, found = imported(put(tmp_path, made({"letters/a.xml": ONE, "b.xml": b"<html/>", "c.pdf": b"x"})), tmp_path)
    assert "3 rows: 1 made, 1 kept, 1 refused" in told
    assert list(found) == ["tei/letters/a.xml"]


def test_the_export_of_an_edition_comes_back_as_it_was(repository: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    assert run(["export", "bagit", "--edition", str(repository), "--output", str(bag)]).exit_code in {0, 1}
    told, found = imported(bag, tmp_path)
    assert "0 refused" in told
    exported = {
        path.relative_to(bag / "data").as_posix(): path.read_bytes() for path in (bag / "data/tei").rglob("*.xml")
    }
    assert len(exported) > 150
    assert found == exported


# ── what does harm ─────────────────────────────────────────────────────────────────────────────────────────

SUM = hashlib.sha256(ONE).hexdigest()
UNSOUND = {
    "a changed file": ({**made(), "data/tei/documents/a.xml": OTHER}, "is not what its sum (sha256) says"),
    "a changed tag file": ({**made(), "bag-info.txt": b"A: b\n"}, "bag-info.txt is not what its sum"),
    "a file too many": ({**made(), "data/new.xml": ONE}, "data/new.xml is there and not listed"),
    "a file too few": ({n: d for n, d in made().items() if n != "data/metadata/ead3.xml"}, "is listed and not there"),
    "no declaration": (made(bagit_txt=None), "bagit.txt is missing"),
    "a path that leads out": (
        {**made(), "manifest-sha256.txt": f"{SUM}  data/../../a.xml\n".encode()}, "names a path outside its place",
    ),
    "an absolute path": ({**made(), "manifest-sha256.txt": f"{SUM}  /etc/passwd\n".encode()}, "outside its place"),
    "files elsewhere": (
        {**made(), "fetch.txt": b"http://127.0.0.1:9/x 12 data/tei/c.xml\n"}, "to be fetched from elsewhere",
    ),
    "a fetch to anywhere": ({**made(), "fetch.txt": b"http://127.0.0.1:9/x - ../../x\n"}, "outside its place"),
    "an unknown algorithm": ({**made(), "manifest-crc1.txt": b"00  data/x\n"}, "an algorithm that is not known"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_bag_gives_nothing(name: str, tmp_path: Path) -> None:
    files, wanted = UNSOUND[name]
    told, found = imported(put(tmp_path, files), tmp_path)
    assert wanted in told
    assert "0 made, 0 kept, 1 refused" in told
    assert found == {}


def test_a_link_in_a_bag_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_bytes(ONE)
    bag = put(tmp_path, made())
    (bag / "data/tei/documents/a.xml").unlink()
    (bag / "data/tei/documents/a.xml").symlink_to(tmp_path / "secret.xml")
    told, found = imported(bag, tmp_path)
    assert "a.xml is a link or device" in told
    assert found == {}


def test_links_in_packages_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("bag/data/l.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped(tmp_path / "b.zip", made())
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as package:
        package.writestr(link, "/etc/passwd")
    assert "is a link or device" in imported(tmp_path / "b.zip", tmp_path)[0]
    tarred(tmp_path / "b.tar.gz", made())
    shutil.copy(tmp_path / "b.tar.gz", tmp_path / "c.tar.gz")
    with tarfile.open(tmp_path / "d.tar", "w") as package:
        member = tarfile.TarInfo("bag/data/l.xml")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        package.addfile(member)
    assert "is a link or device" in imported(tmp_path / "d.tar", tmp_path)[0]


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "a/../../x.xml", "..\\x.xml", "C:/x.xml"])
def test_members_that_lead_out_are_refused(name: str, tmp_path: Path) -> None:
    told, found = imported(zipped(tmp_path / "b.zip", {name: ONE}, ""), tmp_path)
    assert "would lead out of the folder" in told
    assert found == {}


def test_bombs_and_what_is_no_package_are_refused(tmp_path: Path) -> None:
    assert "zip bomb" in imported(zipped(tmp_path / "b.zip", {"data/x": b"\0" * 90_000_000}), tmp_path)[0]
    member = tarfile.TarInfo("data/x")
    member.size = 5_000_000_000
    (tmp_path / "b.tar").write_bytes(member.tobuf() + b"\0" * 10_240)
    assert "more than 4 GB" in imported(tmp_path / "b.tar", tmp_path)[0]
    (tmp_path / "b.txt").write_bytes(b"words")
    assert "no folder, zip or tar" in imported(tmp_path / "b.txt", tmp_path)[0]


def test_names_that_differ_only_by_capitals_are_not_both_taken(tmp_path: Path) -> None:
    told, found = imported(zipped(tmp_path / "b.zip", made({"tei/A.xml": ONE, "tei/a.xml": OTHER})), tmp_path)
    assert "is the name of several files" in told
    assert list(found) == ["tei/A.xml"]
