"""The letters of an index of correspondence become records; numbers of authority files decide nothing by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tables import documents, run, words

LETTERS = """<correspDesc key="7" source="#ed" ref="https://example.org/letters/7">
<correspAction type="sent"><persName ref="https://d-nb.info/gnd/123X">Example, Anna</persName>
<placeName ref="https://sws.geonames.org/42/" evidence="conjecture">Nowhere</placeName>
<date when="1956-09-16"/></correspAction>
<correspAction type="received"><orgName>Office of Examples</orgName><persName>Unknown</persName></correspAction>
<note>A copy.</note></correspDesc>
<correspDesc source="#ed"><correspAction type="sent"><persName ref="https://d-nb.info/gnd/999">Example, Anna</persName>
<date notBefore="1957-01" notAfter="1957-03"/></correspAction>
<correspAction type="forwarded"><persName>Nobody, Max</persName>
</correspAction></correspDesc>
<correspDesc/>"""


def imported(letters: str, folder: Path, *more: str) -> str:
    """Import an index into a new edition and return what was said."""
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>I</title></titleStmt><sourceDesc>'
        '<bibl type="print" xml:id="ed">Letters of Anna Example, 2001</bibl></sourceDesc></fileDesc><profileDesc>'
        f"{letters}</profileDesc></teiHeader><text><body><p/></body></text></TEI>"
    )
    (folder / "index.xml").write_text(text, encoding="utf-8")
    (folder / "edition").mkdir(exist_ok=True)
    arguments = ["import", "cmif", str(folder / "index.xml"), "--edition", str(folder / "edition"), *more]
    return " ".join(run(arguments).output.split())


def test_a_letter_keeps_all_that_the_index_says_of_it(tmp_path: Path) -> None:
    told = imported(LETTERS, tmp_path)
    assert "3 rows: 2 made, 0 kept, 1 refused" in told
    assert "those of 2 records are made of sender" in told
    letter = next(each for each in documents(tmp_path).values() if each.xpath("//*[@when='1956-09-16']"))
    for xpath, wanted in {
        "//t:titleStmt/t:title": ["[Letter from Anna Example to Office of Examples and Unknown, 1956-09-16]"],
        "//t:correspAction[@type='sent']/t:persName[@ref]": ["Anna Example"],
        "//t:correspAction[@type='sent']/t:placeName[@ref]": ["Nowhere"],
        "//t:correspAction[@type='received']/t:orgName[@ref]": ["Office of Examples"],
        "//t:correspAction[@type='received']/t:persName[not(@ref)]": ["Unknown"],
        "//t:creation/t:date[@type='sent']": ["1956-09-16"],
        "//t:note[@type='general']": ["The index marks “Nowhere” as conjecture.", "A copy."],
        "//t:bibl[@type='print']": ["Letters of Anna Example, 2001, no. 7"],
        "//t:bibl[@type='online']/t:ref[@target='https://example.org/letters/7']": ["the letter's page"],
    }.items():
        assert words(letter, xpath) == wanted, xpath


def test_two_of_one_name_are_not_merged_by_an_authority_s_number(tmp_path: Path) -> None:
    assert "“Example, Anna” is in the register with another number" in imported(LETTERS, tmp_path)
    register = etree.parse(str(tmp_path / "edition/tei/registers/persons.xml")).getroot()
    assert words(register, "//t:person/t:idno[@type='GND']") == ["123X", "999"]
    other = next(each for each in documents(tmp_path).values() if each.xpath("//*[@notBefore='1957-01']"))
    assert words(
        other, "//t:correspAction/t:persName[starts-with(@ref, '../registers/persons.xml#example-anna-')]"
    ) == ["Anna Example"]
    assert words(other, "//t:note[@type='general']") == ["forwarded: Max Nobody"]


def test_importing_again_keeps_every_record(tmp_path: Path) -> None:
    imported(LETTERS, tmp_path)
    assert "3 rows: 0 made, 2 kept, 1 refused" in imported(LETTERS, tmp_path)
    assert len(documents(tmp_path)) == 2


@pytest.mark.parametrize(("letters", "told"), [("", "lists no letters"), ("<x", "cannot be read")])
def test_what_is_no_index_ends_in_one_sentence(letters: str, told: str, tmp_path: Path) -> None:
    assert told in imported(letters, tmp_path)


def test_every_letter_of_real_indexes_becomes_a_record(corpora: Path, tmp_path: Path) -> None:
    total = 0
    for number, path in enumerate(sorted((corpora / "cmif").rglob("*.xml"))):
        (tmp_path / str(number)).mkdir()
        told = run(["import", "cmif", str(path), "--edition", str(tmp_path / str(number)), "--dry-run"]).output
        root = etree.parse(str(path), etree.XMLParser(collect_ids=False)).getroot()
        count = len(list(root.iter("{http://www.tei-c.org/ns/1.0}correspDesc")))
        assert f"{count} rows: {count} made, 0 kept, 0 refused" in told, path
        total += count
    assert total == 684
