"""Volumes are cut and joined without loss; folders of TEI are taken over byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tables import run

from regesta.importing import volume
from small_editions import text_of, write

VOLUME = text_of(
    "<front><p>F</p></front><body>a<div type='document' xml:id='d1'><head>One</head><!--c--><p>x</p></div>b"
    "<div type='chapter'><div type='document' xml:id='D1'><p>y<?pi z?></p></div>\n</div></body>"
)


def canonical(path: Path) -> bytes:
    parser = etree.XMLParser(huge_tree=True, collect_ids=False)
    return etree.tostring(etree.parse(str(path), parser), method="c14n", with_comments=True)


def split_and_join(source: Path, folder: Path) -> int:
    assert run(["import", "volume", str(source), "--edition", str(folder), "--quiet"]).exit_code == 0
    frame = folder / "tei" / source.name
    assert run(["import", "volume", "--join", str(frame), "--edition", str(folder), "--quiet"]).exit_code == 0
    assert canonical(folder / "joined" / source.name) == canonical(source)
    return len(list((folder / "tei" / source.stem).iterdir()))


def test_a_volume_comes_back_node_by_node(tmp_path: Path) -> None:
    write(tmp_path, {"v.xml": VOLUME})
    (tmp_path / "edition").mkdir()
    assert split_and_join(tmp_path / "v.xml", tmp_path / "edition") == 2


@pytest.mark.parametrize(
    ("name", "count"), [("frus1894Nicaragua", 138), ("frus1918Russiav03", 478), ("frus1936v03", 586)]
)
def test_real_volumes_come_back_node_by_node(name: str, count: int, corpora: Path, tmp_path: Path) -> None:
    assert split_and_join(corpora / "frus-volumes" / f"{name}.xml", tmp_path) == count


def test_joining_stays_in_the_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"in/v.xml": VOLUME.replace("<front>", "<xi:include href='../secret.xml'/><front>"), "secret.xml": VOLUME},
    )
    result = run(["import", "volume", "--join", str(tmp_path / "in" / "v.xml"), "--edition", str(tmp_path)])
    assert (result.exit_code, "which is not there" in result.output) == (2, True)
    assert etree.QName(volume.joined(tmp_path / "secret.xml")).localname == "TEI"


def test_a_folder_is_adopted_as_it_is(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.xml": b'\xef\xbb\xbf<?xml-model href="own.rng"?>\r\n'
        + text_of("<body><p/></body>", attributes='xml:id="x" xml:lang="pl"').encode(),
        "deep/b.xml": text_of("<body><p/></body>", attributes='xml:id="X"'),
        "people.xml": text_of("<body><listPerson><person xml:id='p'/></listPerson></body>"),
        "other.xml": "<html/>",
    }
    write(tmp_path / "in", files)
    (tmp_path / "edition").mkdir()
    result = run(["import", "tei", str(tmp_path / "in"), "--edition", str(tmp_path / "edition")])
    assert result.exit_code == 1
    for told in ("people.xml", "pl (1)", "own.rng (1)", "a.xml, deep/b.xml", "not-tei", "3 made, 0 kept, 1 refused"):
        assert told in " ".join(result.output.split())
    adopted = tmp_path / "edition" / "tei"
    assert (adopted / "a.xml").read_bytes() == (tmp_path / "in" / "a.xml").read_bytes()
    assert (adopted / "deep" / "b.xml").read_bytes() == (tmp_path / "in" / "deep" / "b.xml").read_bytes()
