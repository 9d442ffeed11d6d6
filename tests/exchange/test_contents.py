"""What exports hold: read back with readers that are not ours."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import bagit
import pytest
import rdflib
from exchange_editions import BODIES, TITLES, Exports, stated_edition
from lxml import etree

from regesta.edition import open_edition
from regesta.errors import OutputError, UsageError
from regesta.exchange.formats import FORMATS
from regesta.exchange.prose import plain
from regesta.exporting import export, opened
from regesta.progress import Silent
from small_editions import build_in, tei, tree_bytes, write

BOTH = pytest.mark.parametrize("exports", ["stated", "ours"], indirect=True)
LINK = b"paper-2.xml#p1"  # what paper 1 says of paper 2
POINTING = ("ref", "target", "source", "corresp", "scheme")


@pytest.fixture
def exports(request: pytest.FixtureRequest) -> Exports:
    found: Exports = request.getfixturevalue(request.param)
    return found


def dead_pointers(files: list[Path]) -> list[str]:
    """Return the pointers between the files that lead nowhere."""
    ids = {path.resolve(): set(etree.parse(str(path)).xpath("//@xml:id")) for path in files}
    dead = []
    for path in files:
        for element in etree.parse(str(path)).iter(etree.Element):
            for word in " ".join(element.get(name, "") for name in POINTING).split():
                name, mark, fragment = word.partition("#")
                target = (path.parent / name).resolve() if name else path.resolve()
                if "://" not in word and (target not in ids or (mark and fragment not in ids[target])):
                    dead.append(f"{path.name}: {word}")
    return dead


@BOTH
def test_pointers_of_the_package_lead_somewhere(exports: Exports) -> None:
    files = exports.files("tei")
    assert sum("ref=" in path.read_text(encoding="utf-8") for path in files) >= 2
    assert dead_pointers(files) == []


@BOTH
def test_pointers_of_the_corpus_lead_somewhere(exports: Exports) -> None:
    path = exports.of("tei-corpus").path
    ids = etree.parse(str(path)).xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    assert dead_pointers([path]) == []


def test_a_dead_pointer_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": tei('<p><ref target="b.xml#x"/><ref target="#y"/><ref target="a.xml"/></p>')})
    assert dead_pointers([tmp_path / "a.xml"]) == ["a.xml: b.xml#x", "a.xml: #y"]


def test_documents_state_their_address(stated: Exports) -> None:
    tree = etree.parse(str(stated.of("tei").path / "documents" / "paper-1.xml"))
    stated_there = tree.xpath("//*[local-name() = 'publicationStmt']/*[@type = 'URL']/text()")
    assert stated_there == ["https://papers.example.org/legation/documents/paper-1.html"]


@BOTH
def test_bags_are_valid(exports: Exports) -> None:
    bag = bagit.Bag(str(exports.of("bagit").path))
    bag.validate()
    assert {"manifest-sha256.txt", "manifest-sha512.txt", "bag-info.txt"} <= set(bag.tagfile_entries())
    assert sum(name.startswith("data/tei/documents/") for name in bag.payload_entries()) == exports.of("tei").documents


def test_a_changed_bag_is_not_valid(tmp_path: Path) -> None:
    edition = open_edition(stated_edition(tmp_path / "edition"), None, None)
    made = export(edition, "bagit", tmp_path / "bag", Silent(), jobs=1)
    (made.path / "data" / "tei" / "documents" / "paper-1.xml").write_bytes(b"<TEI/>")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(made.path)).validate()


def test_bags_can_be_packed_and_are_the_same_each_time(tmp_path: Path) -> None:
    edition = open_edition(stated_edition(tmp_path / "edition"), None, None)
    packed = [export(edition, "bagit", tmp_path / str(n) / "legation.zip", Silent(), jobs=1).path for n in (1, 2)]
    assert packed[0].read_bytes() == packed[1].read_bytes()
    with zipfile.ZipFile(packed[0]) as archive:
        archive.extractall(tmp_path / "unpacked")
    bagit.Bag(str(tmp_path / "unpacked" / "legation")).validate()


@BOTH
def test_json_ld_is_a_graph_of_schema_org(exports: Exports) -> None:
    data = json.loads(exports.of("jsonld").path.read_bytes())
    assert data["@context"] == "https://schema.org/"
    data["@context"] = {"@vocab": "https://schema.org/"}  # what that address says of plain terms; nothing is fetched
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    titles = graph.query("SELECT ?n WHERE { ?d a <https://schema.org/ArchiveComponent>; <https://schema.org/name> ?n }")
    assert len(titles) > exports.of("tei").documents - 40
    subjects = {str(subject) for subject in graph.subjects()}
    pointed = {
        str(o) for p in ("author", "about") for o in graph.objects(None, rdflib.URIRef(f"https://schema.org/{p}"))
    }
    assert pointed
    assert {each for each in pointed if ":" in each} <= subjects


@BOTH
def test_the_database_is_whole(exports: Exports) -> None:
    database = sqlite3.connect(f"file:{exports.of('sqlite').path}?mode=ro", uri=True)
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert database.execute("pragma foreign_key_check").fetchall() == []
    assert database.execute("select count(*) from documents").fetchone() == (exports.of("sqlite").documents,)
    assert database.execute("select count(*) from mentions where entity is not null").fetchone()[0] > 0


def test_the_database_finds_words(stated: Exports) -> None:
    database = sqlite3.connect(stated.of("sqlite").path)
    found = database.execute("select document from search where search match 'дорогой'").fetchall()
    assert found == [("paper-2",)]


def test_tables_say_what_the_headers_say(stated: Exports) -> None:
    with (stated.of("csv").path / "documents.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["title"] for row in rows] == [TITLES[1], 'Reply: "yes" & thanks', TITLES[3]]
    assert rows[1]["date-from"] == "1952-03-02"
    assert rows[1]["shelfmark"] == "Fond 7, box 2"
    assert rows[1]["creators"] == "Hájek, Karel"
    assert rows[1]["addressees"] == "Orlova <A.>"
    records = [json.loads(line) for line in stated.of("jsonl").path.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == ["paper-1", "paper-2", "paper-3"]


def test_plain_text_has_every_character_in_order() -> None:
    text = plain(tei(BODIES[1]).encode(), "a.xml")
    assert "Lost since 1960." in text
    bare = re.sub(r"[\s\[\]|]+", "", text)
    source = etree.fromstring(tei(BODIES[1])).xpath("string(*[local-name() = 'text'])")
    assert bare == re.sub(r"\s+", "", str(source))


def test_texts_are_files_for_reading(stated: Exports) -> None:
    text = (stated.of("text").path / "paper-2.txt").read_text(encoding="utf-8")
    assert text.startswith('Reply: "yes" & thanks\n1952-03-02\nArchive of the Legation, Fond 7, box 2\n\n')
    assert "recieved [received] with thanks" in text
    assert "As agreed.\n\nFirst line\nsecond line" in text
    markdown = (stated.of("markdown").path / "paper-2.md").read_text(encoding="utf-8")
    assert markdown.startswith('---\nid: "paper-2"\ntitle: "Reply: \\"yes\\" & thanks"\n')
    assert "As **agreed**." in markdown


def test_what_is_withheld_is_in_no_format(tmp_path: Path) -> None:
    edition = stated_edition(tmp_path / "edition")
    path = edition / "tei" / "documents" / "paper-2.xml"
    held = path.read_text(encoding="utf-8").replace(
        "</teiHeader>", '<revisionDesc status="draft"><change/></revisionDesc></teiHeader>'
    )
    scan = '<surface><graphic url="https://example.org/{}.png" width="6px" height="8px"/></surface>'
    for each in (path, path.with_name("paper-1.xml")):
        text = held if each == path else each.read_text(encoding="utf-8")
        text = text.replace("<text>", f"<facsimile>{scan.format(each.stem)}</facsimile><text>")
        each.write_text(text, encoding="utf-8")
    material = opened(open_edition(edition, None, None), Silent(), 1)
    for name, form in FORMATS.items():
        files = dict(form.make(material))
        assert files, name
        told = {path for path, data in files.items() if b"recieved" in data or b"paper-2" in data.replace(LINK, b"")}
        assert told == set(), name


def test_what_a_format_lacks_is_told_with_its_document(tmp_path: Path) -> None:
    edition = write(tmp_path / "edition", {"tei/a.xml": tei(), "edition.toml": "[edition]\ntitle = 'T'\n"})
    made = export(open_edition(edition, None, None), "premis", tmp_path / "premis", Silent(), jobs=1)
    (found,) = [finding for finding in made.findings if finding.rule == "export-field-missing"]
    assert "rights" in found.message
    assert "a does not state" in found.message
    assert found.path.endswith("tei/a.xml")
    with pytest.raises(UsageError, match="publisher") as refused:
        export(open_edition(edition, None, None), "datacite", tmp_path / "datacite", Silent(), jobs=1)
    assert "[edition] date" in refused.value.remedy
    assert not (tmp_path / "datacite").exists()


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    edition = open_edition(stated_edition(tmp_path / "edition"), None, None)
    write(tmp_path, {"mine/file": "mine", "one.xml": "mine"})
    for form, path in (("mods", tmp_path / "mine"), ("ead3", tmp_path / "one.xml")):
        with pytest.raises(OutputError, match="there already"):
            export(edition, form, path, Silent(), jobs=1)
    assert (tmp_path / "mine" / "file").read_text() == "mine"
    export(edition, "mods", tmp_path / "mine", Silent(), jobs=1, force=True)
    assert not (tmp_path / "mine" / "file").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edition", "mine", "one.xml"]


def test_builds_make_the_formats_that_the_edition_names(tmp_path: Path) -> None:
    edition = stated_edition(tmp_path)
    config = edition / "edition.toml"
    config.write_text(config.read_text().replace("[exchange]\n", '[exchange]\nformats = ["ead3", "mods", "cmif"]\n'))
    built = build_in(edition, jobs=1)
    made = tree_bytes(built.output / "exchange")
    assert set(made) == {"ead3.xml", "cmif.xml", "mods/paper-1.xml", "mods/paper-2.xml", "mods/paper-3.xml"}
    alone = export(open_edition(edition, None, None), "ead3", tmp_path / "alone.xml", Silent(), jobs=1)
    assert alone.path.read_bytes() == made["ead3.xml"]
