"""The items of finding aids become records: each component is accounted for, and nothing that an item says is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tables import documents, run, words

EAD3 = """<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>x</recordid>
<filedesc><titlestmt><titleproper>Guide to made-up papers</titleproper></titlestmt></filedesc></control>
<archdesc level="collection"><did><repository><corpname><part>An Archive</part></corpname><address><addressline>A street
</addressline></address></repository><unittitle>Made-up papers</unittitle><unitid>MP 1</unitid>
<langmaterial><language langcode="kor">Korean</language></langmaterial></did><bioghist><p>A life.</p></bioghist><dsc>
{}</dsc></archdesc></ead>"""
GROUP = """<c level="series"><did><unittitle>Letters</unittitle><container localtype="box">7</container>
<langmaterial><language langcode="eng">English</language></langmaterial></did>
<scopecontent><p>Of the group.</p></scopecontent>
<c level="item"><did><unittitle>Letter to <emph>no</emph>body <unitdate normal="1956-09-16">16 Sept.</unitdate>
</unittitle><unitdate normal="1956-09-16/1956-09-18">mid-September</unitdate><physdesc>3 leaves</physdesc>
<langmaterial><language langcode="rus">Russian</language></langmaterial><unitid>MP 1/7</unitid>
<didnote>Torn.</didnote>
<origination><persname><part localtype="surname">Example</part><part localtype="forename">Anna</part></persname>
</origination><dao href="https://example.org/1"/></did>
<accessrestrict>
<p>Closed until <date>2030</date>.</p></accessrestrict><scopecontent><p>Asks for news.</p></scopecontent>
<controlaccess><geogname><part>Nowhere</part></geogname><subject><part>News</part></subject></controlaccess></c><c>
<did><unitdatestructured><daterange><fromdate standarddate="1957">1957</fromdate><todate standarddate="1958-02">
February 1958</todate></daterange></unitdatestructured><container localtype="Folder">3</container></did></c>
<c><did><container>4</container></did></c></c>"""
BOMB = f"""<!DOCTYPE a [<!ENTITY b "xxxxxxxx"><!ENTITY c "{"&b;" * 999}"><!ENTITY d "{"&c;" * 999}">]><ead>&d;</ead>"""
EAD2002 = """<!DOCTYPE ead SYSTEM "file:///etc/passwd"><ead><eadheader><eadid url="https://example.org/aid"/></eadheader>
<archdesc level="collection"><did><unittitle>Old papers</unittitle></did><dsc><c01><did><unittitle>Notes
</unittitle></did><c02><did>
<unittitle>A note</unittitle><unitdate>3.4.1956</unitdate><container type="Box">1</container>
</did><odd><head>Other</head><p>Words &amp; more.</p></odd></c02></c01></dsc></archdesc></ead>"""


def imported(text: str, folder: Path, *more: str) -> str:
    """Import a finding aid into a new edition and return what was said."""
    (folder / "aid.xml").write_text(text, encoding="utf-8")
    (folder / "edition").mkdir(exist_ok=True)
    arguments = ["import", "ead", str(folder / "aid.xml"), "--edition", str(folder / "edition"), *more]
    return " ".join(run(arguments).output.split())


def test_an_item_of_ead3_keeps_all_that_is_said_of_it(tmp_path: Path) -> None:
    told = imported(EAD3.format(GROUP), tmp_path)
    assert "4 rows: 2 made, 1 kept, 1 refused" in told
    for part in (
        "import-no-title",
        "wording-third-party",
        "1 × bioghist of the whole",
        "1 × langmaterial of the whole",
        "1 × scopecontent of groups",
    ):
        assert part in told
    letter = next(each for name, each in documents(tmp_path).items() if "letter" in name)
    for xpath, wanted in {
        "//t:titleStmt/t:title": ["Letter to nobody"],
        "//t:author[@ref='../registers/persons.xml#example-anna']": ["Anna Example"],
        "//t:extent": ["3 leaves"],
        "//t:publicationStmt/t:idno": ["MP 1/7"],
        "//t:msIdentifier/t:repository": ["An Archive"],
        "//t:msIdentifier/t:collection": ["Made-up papers"],
        "//t:msIdentifier/t:idno": ["MP 1, Box 7"],
        "//t:creation/t:date[@from='1956-09-16'][@to='1956-09-18']": ["mid-September"],
        "//t:language[@ident='ru'][not(@cert)]": ["Russian"],
        "//t:abstract/t:p": ["Asks for news."],
        "//t:note[@type='access']": ["accessrestrict: Closed until 2030."],
        "//t:note[@type='general']": ["didnote: Torn."],
        "//t:note[@type='source']": ["In the finding aid under: Letters."],
        "//t:bibl[@type='online']/t:ref": ["digital object"],
        "//t:term": ["Nowhere", "News"],
    }.items():
        assert words(letter, xpath) == wanted, xpath


def test_an_item_without_a_title_gets_that_of_its_group_and_it_is_told(tmp_path: Path) -> None:
    told = imported(EAD3.format(GROUP), tmp_path)
    assert "has no title of its own; “Letters, 1957 February 1958”" in told
    made = next(each for each in documents(tmp_path).values() if each.xpath("//*[@from='1957'][@to='1958-02']"))
    assert words(made, "//t:msIdentifier/t:idno") == ["MP 1, Folder 3"]
    assert words(made, "//t:language[@ident='en'][@cert='medium']") == ["English"]


def test_ead_2002_is_read_and_its_dtd_is_not(tmp_path: Path) -> None:
    told = imported(EAD2002, tmp_path)
    assert "2 rows: 1 made, 1 kept, 0 refused" in told
    assert "“3.4.1956” cannot be read as a date" in told
    (record,) = documents(tmp_path).values()
    assert words(record, "//t:note[@type='general']") == ["odd: Words & more."]
    assert words(record, "//t:bibl/t:ref") == ["online"]
    assert "root:" not in etree.tostring(record, encoding="unicode")


def test_importing_again_keeps_the_records_and_the_user_s_changes(tmp_path: Path) -> None:
    imported(EAD3.format(GROUP), tmp_path)
    path = next((tmp_path / "edition/tei/documents").glob("*letter*"))
    path.write_bytes(path.read_bytes().replace(b"Torn", b"Mended"))
    before = {each: each.read_bytes() for each in (tmp_path / "edition").rglob("*.xml")}
    assert "0 made, 3 kept, 1 refused" in imported(EAD3.format(GROUP), tmp_path, "--force")
    assert {each: each.read_bytes() for each in (tmp_path / "edition").rglob("*.xml")} == before


def test_items_alike_are_all_made(tmp_path: Path) -> None:
    twins = "<c><did><unittitle>Untitled</unittitle></did></c>" * 300
    assert "300 rows: 300 made" in imported(EAD3.format(twins), tmp_path)
    assert len(documents(tmp_path)) == 300
    assert "300 rows: 0 made, 300 kept" in imported(EAD3.format(twins), tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "no finding aid in EAD"),
        ("<ead><archdesc/></ead>", "lists no items"),
        ("<ead>", "cannot be read"),
        (BOMB, "cannot be read"),
    ],
)
def test_what_is_no_finding_aid_ends_in_one_sentence(text: str, told: str, tmp_path: Path) -> None:
    assert told in imported(text, tmp_path)
    assert documents(tmp_path) == {}


def test_every_component_of_real_finding_aids_is_accounted_for(corpora: Path, tmp_path: Path) -> None:
    total = 0
    for number, path in enumerate(sorted((corpora / "ead3-samples" / "samples").rglob("*.xml"))):
        (tmp_path / str(number)).mkdir()
        told = run(["import", "ead", str(path), "--edition", str(tmp_path / str(number)), "--dry-run"]).output
        root = etree.parse(str(path)).getroot()
        names = {"c", *(f"c{depth:02}" for depth in range(1, 13))}
        count = sum(isinstance(each.tag, str) and etree.QName(each).localname in names for each in root.iter())
        expected = f"{count:,} rows:" if count else "ead"
        assert expected in told, path
        assert "import-invalid" not in told
        total += count
    assert total == 5_458


def test_the_export_of_an_edition_gives_its_facts_again(repository: Path, tmp_path: Path) -> None:
    run(["export", "ead3", "--edition", str(repository), "--output", str(tmp_path / "ead3.xml")])
    (tmp_path / "edition").mkdir()
    told = run(["import", "ead", str(tmp_path / "ead3.xml"), "--edition", str(tmp_path / "edition")]).output
    assert "0 kept, 0 refused" in told
    ours = {path.stem: etree.parse(str(path)).getroot() for path in (repository / "tei" / "documents").glob("*.xml")}
    assert {name: facts(each) for name, each in documents(tmp_path).items()} == {n: facts(e) for n, e in ours.items()}


def facts(record: etree._Element) -> tuple[object, ...]:
    """Return title, makers, record number and the kinds and values of the dates of a record."""
    dates = record.iterfind(".//{*}creation/{*}date")
    values = sorted(
        (each.get("type", ""), each.get("when", ""), each.get("from", ""), each.get("to", "")) for each in dates
    )
    number = words(record, "//t:publicationStmt/t:idno[@type='record-number']")
    return words(record, "//t:titleStmt/t:title"), words(record, "//t:author"), number, values
