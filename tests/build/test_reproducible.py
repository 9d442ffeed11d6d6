"""The same input gives the same bytes: however often, wherever, with however many processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from small_editions import TITLED, person, register, tei, text_of, tree_bytes, write

COMPARED = ("site", "findings.json")


def edition(folder: Path) -> Path:
    """Return an edition with something of everything: names, a volume, an include, findings, failures."""
    names = "".join(f"<persName ref='persons.xml#p{n}'>P{n}</persName> " for n in range(9))
    letters = {
        f"tei/letters/{n:02}.xml": tei(
            f"<p>Слово {n}, 평양. {names}<persName ref='#gone{n}'>X</persName></p><ab type='x{n % 3}'>Ü</ab>",
            title=f"Letter {n}" if n % 5 else "",
            header=f"<profileDesc><creation><date when='1956-{1 + n % 13:02}'>in {n}</date></creation></profileDesc>",
            attributes=f'xml:id="L{n % 7}"',
        )
        for n in range(14)
    }
    divisions = "".join(f"<div type='document' xml:id='d{n}'><head>D{n}</head><p>{names}</p></div>" for n in range(5))
    return write(
        folder,
        {
            "edition.toml": TITLED,
            **letters,
            "tei/persons.xml": register("".join(person(f"p{n}", f"Person {n}") for n in range(9))),
            "tei/volume.xml": text_of(f"<front><p>F</p></front><body>{divisions}</body>"),
            "tei/main.xml": tei("<xi:include href='part.xml'/><xi:include href='none.xml'/>"),
            "tei/part.xml": '<p xmlns="http://www.tei-c.org/ns/1.0">Part</p>',
            "tei/broken.xml": "<TEI>",
        },
    )


def run(folder: Path, *arguments: str, **variables: str) -> dict[str, bytes]:
    """Build in a process of its own, as a user would, and return what must not differ."""
    environment = {**os.environ, **variables}
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "build", "--quiet", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr.decode()
    found = tree_bytes(folder / "build")
    return {name: data for name, data in found.items() if name.startswith(COMPARED)}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = edition(tmp_path_factory.mktemp("first") / "edition")
    return folder, run(folder, "--executor", "serial", PYTHONHASHSEED="1")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_there_is_much_to_compare(first: tuple[Path, dict[str, bytes]]) -> None:
    assert len(first[1]) > 50
    assert "site/documents/volume-d3.html" in first[1]


def test_processes_change_no_byte(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(first[0] / "tei", tmp_path / "edition" / "tei")).parent
    shutil.copy(first[0] / "edition.toml", folder)
    assert differing(first[1], run(folder, "--jobs", "2", PYTHONHASHSEED="2")) == []


def test_place_time_and_language_change_no_byte(first: tuple[Path, dict[str, bytes]]) -> None:
    folder, before = first
    shutil.rmtree(folder / "build")
    after = run(
        folder, "--executor", "serial", PYTHONHASHSEED="77", TZ="Asia/Pyongyang", LC_ALL="tr_TR.UTF-8", LANG="tr_TR"
    )
    assert differing(before, after) == []


def test_a_build_over_another_changes_no_byte(first: tuple[Path, dict[str, bytes]]) -> None:
    folder, before = first
    assert differing(before, run(folder, "--executor", "serial", LC_ALL="C")) == []


def test_the_order_in_which_files_were_made_changes_no_byte(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, before = first
    again = tmp_path / "edition"
    for path in sorted(folder.glob("tei/**/*.xml"), reverse=True):
        write(again, {path.relative_to(folder).as_posix(): path.read_bytes()})
    shutil.copy(folder / "edition.toml", again)
    assert differing(before, run(again, "--executor", "serial")) == []


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "12345", "TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": ""},
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "ko_KR.UTF-8", "PYTHONUTF8": "0"},
        {"HOME": "/nowhere", "COLUMNS": "40", "NO_COLOR": "1", "USER": "somebody"},
    ],
)
def test_no_variable_changes_a_byte(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path, variables: dict[str, str]
) -> None:
    folder = copied(first[0], tmp_path / "another checkout" / "edition")
    assert differing(first[1], run(folder, "--jobs", "2", **variables)) == []


def test_the_rights_of_new_files_change_no_byte(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder = copied(first[0], tmp_path / "edition")
    before = os.umask(0o077)
    try:
        assert differing(first[1], run(folder, "--executor", "serial")) == []
    finally:
        os.umask(before)


def test_times_of_sources_change_no_byte(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder = copied(first[0], tmp_path / "edition")
    for path in folder.rglob("*.xml"):
        os.utime(path, (0, 0))
    assert differing(first[1], run(folder, "--executor", "serial")) == []


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_executors_change_no_byte(first: tuple[Path, dict[str, bytes]], tmp_path: Path, executor: str) -> None:
    folder = copied(first[0], tmp_path / "edition")
    assert differing(first[1], run(folder, "--executor", executor)) == []


def test_no_date_of_a_build_stands_in_a_site(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder = copied(first[0], tmp_path / "edition")
    assert differing(first[1], run(folder, "--executor", "serial", SOURCE_DATE_EPOCH="1000000000")) == []


def copied(edition_folder: Path, folder: Path) -> Path:
    """Return a copy of the edition without what was built."""
    return Path(shutil.copytree(edition_folder, folder, ignore=shutil.ignore_patterns("build")))
