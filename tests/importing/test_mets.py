"""METS gives back the TEI that it points to, unchanged or not at all; MODS descriptions become records."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tables import documents, run, words

from small_editions import text_of

TEXT = text_of("<body><p>One.</p></body>").encode()
MODS = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><nonSort>The</nonSort><title>Note</title></titleInfo>
<titleInfo type="alternative"><title>Memo</title></titleInfo>
<name type="personal"><namePart>Example, Anna</namePart><role><roleTerm type="code">aut</roleTerm></role></name>
<name type="corporate"><namePart>Office</namePart><role><roleTerm>addressee</roleTerm></role></name>
<name><namePart>Painter, Max</namePart><role><roleTerm>illustrator</roleTerm></role></name><genre>cable</genre>
<genre>song</genre><originInfo><dateOther type="sent">1956-09-16</dateOther>
<dateCreated point="start">1956-09-15</dateCreated>
<dateCreated point="end">1956-09-16</dateCreated><publisher>Nobody</publisher></originInfo>
<language><languageTerm type="code">rus</languageTerm></language><abstract>Asks for news.</abstract><note>Torn.</note>
<physicalDescription><extent>3 leaves</extent></physicalDescription><subject><topic>News</topic>
<hierarchicalGeographic/><geographic>Nowhere</geographic></subject>
<identifier type="local">the-note</identifier><identifier type="uri">x:1</identifier><tableOfContents/>
<location><physicalLocation>An Archive</physicalLocation><shelfLocator>Box 7</shelfLocator></location>
<relatedItem type="host"><titleInfo><title>Papers</title></titleInfo></relatedItem>
<accessCondition>Closed.</accessCondition><named/><facts/></mods>"""


def mets(data: bytes, href: str = "a.xml", size: int | None = None) -> str:
    """Return a METS file that points to a file of these bytes."""
    return (
        '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"><dmdSec ID="d"><mdWrap>'
        f"<xmlData>{MODS}</xmlData></mdWrap></dmdSec><fileSec><fileGrp>"
        f'<file ID="f" SIZE="{len(data) if size is None else size}" CHECKSUMTYPE="SHA-256" '
        f'CHECKSUM="{hashlib.sha256(data).hexdigest()}"><FLocat xlink:href="{href}"/></file></fileGrp></fileSec></mets>'
    )


def imported(folder: Path, **files: str | bytes) -> str:
    """Import a folder of these files (names with _ for the dot) and return what was said."""
    (folder / "in").mkdir(exist_ok=True)
    for name, data in files.items():
        path = folder / "in" / name.replace("__", "/").replace("_", ".")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "edition").mkdir(exist_ok=True)
    return " ".join(run(["import", "mets", str(folder / "in"), "--edition", str(folder / "edition")]).output.split())


def test_the_tei_of_a_mets_file_is_taken_over_as_it_is(tmp_path: Path) -> None:
    assert "1 rows: 1 made" in imported(tmp_path, a_mets_xml=mets(TEXT), a_xml=TEXT)
    assert (tmp_path / "edition/tei/documents/a.xml").read_bytes() == TEXT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (mets(TEXT + b" "), "its sum (SHA-256) is another"),
        (mets(TEXT, size=7), "and not 7"),
    ],
)
def test_a_changed_file_is_not_taken_over(text: str, told: str, tmp_path: Path) -> None:
    said = imported(tmp_path, a_mets_xml=text, a_xml=TEXT)
    assert told in said
    assert not (tmp_path / "edition/tei/documents/a.xml").exists()


@pytest.mark.parametrize(
    "href", ["../secret.xml", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.xml", ""]
)
def test_files_elsewhere_are_never_read(href: str, tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_bytes(TEXT)
    said = imported(tmp_path, a_mets_xml=mets(TEXT, href))
    assert "import-left" in said
    assert "1 made" in said  # the description becomes a record instead
    assert "One." not in "".join(each.xpath("string(.)") for each in documents(tmp_path).values())


def test_a_description_keeps_all_that_a_record_has_a_place_for(tmp_path: Path) -> None:
    told = imported(tmp_path, a_xml=MODS)
    for part in ("1 rows: 1 made", "genre “song”", "tableOfContents (1)", "publisher of originInfo (1)", "named (1)"):
        assert part in told
    ((name, record),) = documents(tmp_path).items()
    assert (name, record.get("type")) == ("the-note", "cable")
    for xpath, wanted in {
        "//t:titleStmt/t:title": ["The Note"],
        "//t:author[@ref]": ["Anna Example"],
        "//t:correspAction[@type='received']/t:orgName": ["Office"],
        "//t:creation/t:date[@type='sent'][@when='1956-09-16']": ["1956-09-16"],
        "//t:creation/t:date[@type='written'][@from='1956-09-15'][@to='1956-09-16']": ["1956-09-15 to 1956-09-16"],
        "//t:abstract": ["Asks for news."],
        "//t:extent": ["3 leaves"],
        "//t:repository": ["An Archive"],
        "//t:msIdentifier/t:idno": ["Box 7"],
        "//t:note[@type='access']": ["Closed."],
        "//t:seriesStmt/t:title[not(@cert)]": ["Papers"],
        "//t:note[@type='source']": ["identifier (uri): x:1"],
        "//t:term": ["Max Painter", "Nowhere", "News"],
    }.items():
        assert words(record, xpath) == wanted, xpath
    notes = words(record, "//t:note[@type='general']")
    assert notes == [
        "type: song",
        "Max Painter: illustrator.",
        "Torn.",
        "alternative title: Memo",
    ]


def test_importing_again_keeps_the_record(tmp_path: Path) -> None:
    imported(tmp_path, a_xml=MODS)
    assert "1 rows: 0 made, 1 kept" in imported(tmp_path, a_xml=MODS)


def test_the_export_of_an_edition_comes_back_as_it_was(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["export", "mets", "--edition", str(repository), "--output", str(out)]).exit_code in {0, 1}
    (tmp_path / "edition").mkdir()
    told = run(["import", "mets", str(out), "--edition", str(tmp_path / "edition")]).output
    assert "0 kept, 0 refused" in told
    made = {path.name: path.read_bytes() for path in (tmp_path / "edition/tei/documents").glob("*.xml")}
    assert made == {path.name: path.read_bytes() for path in out.glob("*.xml") if not path.name.endswith(".mets.xml")}
    assert len(made) > 150


def test_what_is_neither_ends_in_one_sentence(tmp_path: Path) -> None:
    assert "holds no METS or MODS" in imported(tmp_path, a_xml=TEXT)
    assert "1 refused" in imported(tmp_path, b_xml="<mets")
