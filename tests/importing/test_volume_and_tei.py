"""Volumes are cut and joined without loss; folders of TEI are taken over byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tables import run

from regesta.importing import volume
from small_editions import TITLED, build_in, text_of, write

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
    assert nodes(folder / "joined" / source.name) == nodes(source)
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


def test_files_that_documents_name_go_with_them_and_the_others_are_counted(tmp_path: Path) -> None:
    named = "<pb facs='../img/p%201.jpg'/><ref target='gone.xml ../../outside.txt'/><graphic url='/etc/passwd'/>"
    files: dict[str, str | bytes] = {
        "in/deep/a.xml": f'<?xml-model href="../own.rng"?>{text_of(f"<body><p>{named}</p></body>")}',
        "in/img/p 1.jpg": b"picture",
        "in/own.rng": "<grammar/>",
        "in/notes.docx": b"x",
        "in/.hidden": b"x",
        "outside.txt": b"secret",
    }
    write(tmp_path, files)
    (tmp_path / "edition").mkdir()
    told = run(["import", "tei", str(tmp_path / "in"), "--edition", str(tmp_path / "edition")]).output
    assert "3 rows: 3 made" in told
    assert ".docx (1), no suffix (1)" in " ".join(told.split())
    taken = {each.relative_to(tmp_path / "edition" / "tei").as_posix() for each in (tmp_path / "edition").rglob("*.*")}
    assert taken - {".regesta-import.json"} == {"deep/a.xml", "img/p 1.jpg", "own.rng"}


def test_names_that_differ_only_by_capitals_or_accents_do_not_take_each_other_s_place(tmp_path: Path) -> None:
    names = ("Note.xml", "note.xml", "\u00e9.xml", "e\u0301.xml")
    write(tmp_path / "in", {name: text_of("<body><p/></body>") for name in names})
    (tmp_path / "edition").mkdir()
    result = run(["import", "tei", str(tmp_path / "in"), "--edition", str(tmp_path / "edition")])
    assert "4 rows: 2 made, 0 kept, 2 refused" in result.output
    assert result.output.count("adopt-collision") == 2


CORPUS = (
    "<!--before--><?pi x?><teiCorpus xmlns='http://www.tei-c.org/ns/1.0' xmlns:o='urn:o'><teiHeader/>\n"
    "<TEI xml:id='a' o:x='1'><teiHeader/><text><body><p>A<!--c--></p></body></text></TEI> tail \n"
    "<teiCorpus><teiHeader/><TEI xml:id='b'><teiHeader/><text><body><p>B</p></body></text></TEI></teiCorpus>"
    "<TEI><teiHeader/><text><body><p>C</p></body></text></TEI></teiCorpus><!--after-->"
)


def test_a_corpus_comes_back_node_by_node(tmp_path: Path) -> None:
    write(tmp_path, {"c.xml": CORPUS})
    (tmp_path / "edition").mkdir()
    assert split_and_join(tmp_path / "c.xml", tmp_path / "edition") == 3
    assert nodes(tmp_path / "edition" / "joined" / "c.xml") == nodes(tmp_path / "c.xml")


def nodes(path: Path) -> list[tuple[str, ...]]:
    """Return every node of the file in order: elements with names, attributes and namespaces, texts, comments, PIs."""
    parser = etree.XMLParser(huge_tree=True, collect_ids=False)
    found: list[tuple[str, ...]] = []
    for event, node in etree.iterwalk(etree.parse(str(path), parser), events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            found.append((event, getattr(node, "target", ""), node.text or ""))
        elif event == "start":
            found.append(("start", str(node.tag), *(f"{name}={value}" for name, value in sorted(node.attrib.items()))))
            found.append(("text", node.text or ""))
        if event != "start":
            found.append((event, "tail", node.tail or ""))
    return found


def test_importing_a_volume_again_changes_nothing_and_spares_the_user_s_changes(tmp_path: Path) -> None:
    write(tmp_path, {"v.xml": VOLUME})
    (tmp_path / "edition").mkdir()
    arguments = ["import", "volume", str(tmp_path / "v.xml"), "--edition", str(tmp_path / "edition")]
    run(arguments)
    part = tmp_path / "edition" / "tei" / "v" / "d1.xml"
    part.write_bytes(part.read_bytes().replace(b"One", b"Mine"))
    assert "0 made, 2 kept" in run([*arguments, "--force"]).output
    assert b"Mine" in part.read_bytes()


def test_a_split_volume_builds_the_same_documents(tmp_path: Path) -> None:
    write(tmp_path / "one", {"tei/v.xml": VOLUME, "edition.toml": TITLED})
    write(tmp_path / "other", {"edition.toml": TITLED})
    run(["import", "volume", str(tmp_path / "one" / "tei" / "v.xml"), "--edition", str(tmp_path / "other"), "--quiet"])
    whole, split = (build_in(tmp_path / name).json("report.json") for name in ("one", "other"))
    assert whole["documents"] == split["documents"]
    assert whole["fidelity"] == split["fidelity"]
    assert split["sources"]["parts"] == 2
    pages = [
        sorted(path.name for path in (tmp_path / name / "build/site/documents").iterdir()) for name in ("one", "other")
    ]
    assert pages[0] == pages[1]
