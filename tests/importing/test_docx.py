"""A transcript from a word processor: its words in order, what is marked in it as TEI, and nothing that does harm."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from lxml import etree
from tables import documents, run, words
from wordprocessing import NUMBERING, STYLES, Chance, docx, p, r, squeezed, told_by_file, told_by_tei

from regesta.importing import transcripts
from regesta.importing.docx import plain
from regesta.importing.docx.parts import Document, numeral
from regesta.importing.docx.reader import WAY
from regesta.importing.packages import open_package
from regesta.importing.transcript_mapping import TranscriptMapping
from small_editions import build_in

FIXTURE = Path(__file__).parent / "fixtures" / "libreoffice.docx"  # made by LibreOffice 7.4 from transcript.fodt
MAPPING = """
[record]
type = "memorandum-of-conversation"
date = "3 March 1950"
language = "en"
[paragraphs]
"Dispatch line" = "dateline"
[characters]
"Person name" = "persName"
"""


def imported(source: Path, folder: Path, mapping: str = MAPPING, *more: str) -> str:
    """Import into a new edition and return what was said."""
    (folder / "edition").mkdir(exist_ok=True)
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    arguments = ["--edition", str(folder / "edition"), "--mapping", str(folder / "m.toml"), *more]
    return " ".join(run(["import", "docx", str(source), *arguments]).output.split())


def body_of(folder: Path) -> str:
    """Return the body of the one document, without the namespace."""
    (record,) = documents(folder).values()
    body = record.find(".//{*}body")
    assert body is not None
    return etree.tostring(body, encoding="unicode", with_tail=False).replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def text_of(content: str, folder: Path, **more: Any) -> str:
    """Return the body that a .docx with this content becomes."""
    told = imported(docx(folder / "a.docx", content, **more), folder)
    assert "1 made" in told, told
    return body_of(folder)


# ── files of word processors ───────────────────────────────────────────────────────────────────────────────


def test_a_file_of_libreoffice_keeps_all_that_was_marked_in_it(tmp_path: Path) -> None:
    told = imported(FIXTURE, tmp_path)
    assert "1 rows: 1 made" in told
    body = body_of(tmp_path)
    for part in (
        '<fw type="header" place="top">Made-up paper,  first draft</fw>',
        "<head>Memorandum of an invented talk</head>",
        "<dateline>Nowhere, 3 March 1950</dateline>",
        'The <hi rend="bold">first</hi> secretary, <persName>Ivan Nobody</persName>, ',
        '<add resp="#reviser-1">quite </add><del resp="#reviser-2">seldom</del>spoke',
        '<note place="foot" n="1">He spoke in <hi rend="italic">two</hi> languages.</note> for an hour',
        '<anchor xml:id="comment-1"/>.<note type="editorial" resp="#reviser-1" target="#comment-1">Is the hour',
        'Number 5<hi rend="superscript">bis</hi> was <hi rend="underline">underlined</hi>;\ta tab, a<lb/>line break',
        '<ref target="https://example.org/a?b=1">link</ref>',
        '<item n="1.">To write.<list type="ordered"><item n="a)">Soon.</item><item n="b)">Briefly.</item></list>',
        '<list type="bulleted">',
        "<quote><p>“Words that were quoted.”</p></quote>",
        '<cell cols="2">Wide</cell>',
        '<cell rows="2">Tall</cell>',
        "<cell><p>Two</p><p>lines</p></cell>",
        '<p><pb/>On the second page<note place="end" n="i">The end.</note>.</p>',
        "<signed>I. Nobody</signed>",
    ):
        assert part in body, part
    (record,) = documents(tmp_path).values()
    assert words(record, "//t:respStmt[@xml:id='reviser-2']/t:persName") == ["Boris Example"]
    assert words(record, "//t:change[@when='2021-03-05']") == ["In the file: 1 deletion."]


def test_a_file_of_python_docx_is_read_too(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_heading("A made-up cable", 0)
    made.add_heading("Part one", 1)
    paragraph = made.add_paragraph("Plain, ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" and ").add_break(WD_BREAK.PAGE)
    paragraph.add_run("slanted").italic = True
    made.styles.add_style("Office", WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("In a style of its own", style="Office")
    for style in ("List Bullet", "List Number", "Intense Quote"):
        made.add_paragraph(f"In {style}", style=style)
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    table.cell(1, 0).text = "Left"
    made.save(str(tmp_path / "made.docx"))
    told = imported(tmp_path / "made.docx", tmp_path)
    assert "The style “Office” (1 uses) has no meaning here" in told
    body = body_of(tmp_path)
    assert 'Plain, <hi rend="bold">bold</hi> and <pb/><hi rend="italic">slanted</hi>' in body
    assert '<item n="1.">In List Number</item>' in body
    assert "<quote><p>In Intense Quote</p></quote>" in body
    assert '<cell cols="2">Wide</cell>' in body
    assert "<head>A made-up cable</head>" in body


# ── every character once, in order ─────────────────────────────────────────────────────────────────────────


def check(seed: int, folder: Path) -> None:
    """Make a document at random, import it, and compare it with the file by other means than the product's."""
    chance = Chance(seed)
    path = docx(folder / f"{seed}.docx", chance.body(), chance.parts())
    result = transcripts.read(path, WAY, TranscriptMapping(), "Nobody")
    assert result.rows[0].fate.value == "made", (seed, result.rows[0].reason)
    body = etree.fromstring(result.files[0].content()).find(".//{*}body")
    assert body is not None
    with zipfile.ZipFile(path) as package:
        main, boxes = told_by_file(etree.fromstring(package.read("word/document.xml")))
        notes = {
            squeezed("".join(each.itertext()))
            for kind in ("footnotes", "endnotes", "comments")
            for each in etree.fromstring(package.read(f"word/{kind}.xml"))
        }
    made, made_boxes, made_notes = told_by_tei(body)
    assert made == main, seed
    assert sorted(made_boxes[0]) == sorted("".join(boxes)), seed
    assert sorted(made_notes) == sorted(notes), seed


def test_every_character_of_random_documents_arrives_once_in_order(tmp_path: Path) -> None:
    for seed in range(60):
        check(seed, tmp_path)


@pytest.mark.proof
def test_every_character_of_two_thousand_random_documents_arrives(tmp_path: Path) -> None:
    for seed in range(60, 2_060):
        check(seed, tmp_path)


def test_a_lost_or_doubled_character_is_noticed(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p(r("abc")))
    whole, less, more = (etree.fromstring(f"<body><p>{text}</p></body>") for text in ("a bc", "ab", "abcc"))
    document = Document(open_package(path))
    assert plain.difference(document, whole) == ""
    assert plain.difference(document, less) == "1 lost (c)"
    assert plain.difference(document, more) == "1 added (c)"


# ── single things ──────────────────────────────────────────────────────────────────────────────────────────

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "{}"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("shown") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
WHO = 'w:author="A B" w:date="2020-01-02T03:04:05Z"'
SMALL = {
    "no-break": (p("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"), "<p>a\u2011b</p>"),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "<p>✓</p>"),
    "field": (p(FIELD.format("https://example.org/x")), '<p><ref target="https://example.org/x">shown</ref></p>'),
    "unsafe field": (p(FIELD.format("javascript:alert(1)")), "<p>shown</p>"),
    "unsafe link": (p(f'<w:hyperlink r:id="bad">{r("words")}</w:hyperlink>'), "<p>words</p>"),
    "bookmark": (
        p(f'<w:bookmarkStart w:id="1" w:name="here"/>{r("a")}<w:hyperlink w:anchor="here">{r("b")}</w:hyperlink>'),
        '<p><anchor xml:id="place-1"/>a<ref target="#place-1">b</ref></p>',
    ),
    "bookmark that is not there": (p(f'<w:hyperlink w:anchor="gone">{r("b")}</w:hyperlink>'), "<p>b</p>"),
    "move": (
        p(f"<w:moveFrom {WHO}>{r('x')}</w:moveFrom>{r('a')}<w:moveTo {WHO}>{r('x')}</w:moveTo>"),
        '<p><del resp="#reviser-1">x</del>a<add resp="#reviser-1">x</add></p>',
    ),
    "deletion in an insertion": (
        p(f'<w:ins {WHO}>{r("a")}<w:del {WHO}>{r("b", tag="delText")}</w:del></w:ins>'),
        '<p><add resp="#reviser-1">a<del resp="#reviser-1">b</del></add></p>',
    ),
    "runs alike are one": (
        p(r("a", "<w:b/>") + r("b", '<w:b w:val="true"/>') + r("c", '<w:b w:val="0"/>')),
        '<p><hi rend="bold">ab</hi>c</p>',
    ),
    "ruby": (
        p(f'<w:r><w:ruby><w:rubyPr/><w:rt>{r("gloss")}</w:rt><w:rubyBase>{r("漢")}</w:rubyBase></w:ruby></w:r>'),
        '<p>漢<hi rend="ruby">gloss</hi></p>',
    ),
    "formula": (p(f"{r('x')}<m:oMath><m:r><m:t>y=1</m:t></m:r></m:oMath>"), '<p>x<hi rend="formula">y=1</hi></p>'),
    "picture": (
        p('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="A seal"/></wp:inline></w:drawing></w:r>'),
        '<p><gap reason="editorial"><desc>Picture: A seal</desc></gap></p>',
    ),
    "dateline late": (
        p(r("a")) + p(r("Nowhere, May"), '<w:pStyle w:val="Date"/>'), '<p rend="dateline">Nowhere, May</p>',
    ),
    "text after a signature": (
        p(r("a")) + p(r("N."), '<w:pStyle w:val="Signature"/>') + p(r("b")), '<p rend="signed">N.</p>',
    ),
    "dateline after a signature": (
        p(r("a")) + p(r("N."), '<w:pStyle w:val="Signature"/>') + p(r("May"), '<w:pStyle w:val="Date"/>'),
        '<p rend="signed">N.</p>\n        <p rend="dateline">May</p>',
    ),
    "deleted row": (
        f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{p(r('a'))}</w:tc></w:tr></w:tbl>", '<row rend="deleted">',
    ),
    "level of an outline": (p(r("h"), '<w:outlineLvl w:val="1"/>'), "<head>h</head>"),
    "style based on a heading": (p(r("h"), '<w:pStyle w:val="Own"/>'), "<head>h</head>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_single_things(name: str, tmp_path: Path) -> None:
    content, wanted = SMALL[name]
    assert wanted in text_of(content, tmp_path, parts={"styles": STYLES})


def test_numbers_of_lists_are_those_that_are_shown(tmp_path: Path) -> None:
    def item(level: int) -> str:
        return p(r("x"), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')

    body = text_of("".join(map(item, (0, 1, 1, 2, 0, 1))), tmp_path, parts={"numbering": NUMBERING})
    root = etree.fromstring(body)
    assert [each.get("n") for each in root.iter("item")] == ["1.", "a)", "b)", "1.I", "2.", "a)"]
    assert [numeral(each, "upperLetter") for each in (1, 26, 27)] == ["A", "Z", "AA"]
    assert [numeral(each, "lowerRoman") for each in (4, 1956)] == ["iv", "mcmlvi"]


def test_a_note_that_refers_to_itself_ends(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    parts = {"footnotes": f'<w:footnote w:id="1">{p(r("n") + reference)}</w:footnote>'}
    assert '<p>a<note place="foot" n="1">n</note></p>' in text_of(
        p(r("a") + reference + reference), tmp_path, parts=parts
    )


def test_notes_that_nothing_leads_to_are_kept(tmp_path: Path) -> None:
    parts = {"comments": f'<w:comment w:id="7" {WHO}>{p(r("lonely"))}</w:comment>'}
    assert '<note type="editorial" resp="#reviser-1">lonely</note>' in text_of(p(r("a")), tmp_path, parts=parts)


def test_strict_files_are_read(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p(r("a", "<w:b/>")))
    old_names, new_names = "http://schemas.openxmlformats.org/{}/2006/{}", "http://purl.oclc.org/ooxml/{}/{}"
    kinds = (("wordprocessingml", "main"), ("officeDocument", "relationships"))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name in list(parts):
            for kind in kinds:
                parts[name] = parts[name].replace(old_names.format(*kind), new_names.format(*kind))
            new.writestr(name, parts[name])
    assert "1 made" in imported(path, tmp_path)
    assert '<hi rend="bold">a</hi>' in body_of(tmp_path)


# ── folders, ids, the user's own files ─────────────────────────────────────────────────────────────────────


def test_a_folder_gives_each_file_its_own_document(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    names = ("Note.docx", "note.docx", "No\u0301te.docx", "N\u00f3te.docx", "deep/note.docx", "con.docx")
    for name in names:
        docx(tmp_path / "in" / name, p(r(f"words of {name}")))
    (tmp_path / "in" / "~$note.docx").write_bytes(b"lock")
    (tmp_path / "in" / "photo.jpg").write_bytes(b"x")
    told = imported(tmp_path / "in", tmp_path)
    assert "6 rows: 6 made" in told
    assert ".jpg (1)" in told
    made = documents(tmp_path)
    assert len({name.casefold() for name in made}) == 6
    assert {squeezed("".join(each.find(".//{*}body").itertext())) for each in made.values()} == {  # type: ignore[union-attr]
        squeezed(f"words of {name}") for name in names
    }
    before = set(made)
    imported(tmp_path / "in", tmp_path, MAPPING, "--force")
    assert set(documents(tmp_path)) == before


def test_what_the_user_changed_is_kept_and_told(tmp_path: Path) -> None:
    source = docx(tmp_path / "a.docx", p(r("old")))
    imported(source, tmp_path)
    path = tmp_path / "edition" / "tei" / "documents" / "a.xml"
    changed = path.read_bytes().replace(b"old", b"mine")
    path.write_bytes(changed)
    docx(source, p(r("new")))
    assert "0 made, 1 kept" in imported(source, tmp_path)
    assert "not as an import made it" in imported(source, tmp_path, MAPPING, "--force")
    assert path.read_bytes() == changed


def test_facts_come_from_the_mapping_and_what_is_not_stated_is_told(tmp_path: Path) -> None:
    source = docx(tmp_path / "a.docx", p(r("words")))
    told = imported(source, tmp_path, '[files."a.docx"]\ntitle = "A title"\ndate = "3.4.1956"\n')
    assert "“3.4.1956” cannot be read as a date" in told
    assert "Nothing states the type of 1 documents (a.docx); their records have “other”" in told
    (record,) = documents(tmp_path).values()
    assert words(record, "//t:titleStmt/t:title") == ["A title"]
    assert words(record, "//t:creation/t:date") == ["3.4.1956"]


def test_a_dry_run_and_a_report_tell_all_parts(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    told = imported(FIXTURE, tmp_path, MAPPING, "--dry-run", "--report", str(report))
    assert "28 parts: 1 comment, 1 dateline, 2 empty paragraph, 1 endnote, 1 footnote, 2 head, 5 item" in told
    assert '"became": "dateline"' in report.read_text(encoding="utf-8")
    assert list((tmp_path / "edition").iterdir()) == []


# ── what does harm ─────────────────────────────────────────────────────────────────────────────────────────

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("word/document.xml", f"{BOMB}<w:document>&b;</w:document>".encode(), "document type"),
        (
            "word/document.xml",
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><x/>'.encode("utf-16"),
            "document type",
        ),
        ("word/document.xml", b"<w:document", "no XML that can be read"),
        ("word/document.xml", b'<?xml version="1.0" encoding="utf-8"?><x>\xff</x>', "not in the encoding"),
        ("word/document.xml", b"<x/>", "no word-processing document"),
        ("_rels/.rels", b'<Relationships xmlns="x"/>', "no word-processing document"),
        ("word/other.xml", b" " * 90_000_000, "zip bomb"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_one_sentence(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    source = docx(tmp_path / "a.docx", p(r("words")))
    with zipfile.ZipFile(source) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for each, content in {**parts, name: data}.items():
            new.writestr(each, content)
    said = imported(source, tmp_path)
    assert told in said
    assert "0 made, 0 kept, 1 refused" in said
    assert documents(tmp_path) == {}


def test_nested_beyond_measure_is_refused(tmp_path: Path) -> None:
    deep = "<w:ins>" * 240 + r("x") + "</w:ins>" * 240
    assert "1 rows:" in imported(docx(tmp_path / "a.docx", p(deep)), tmp_path)
    tables = "<w:tbl><w:tr><w:tc>" * 80 + p(r("x")) + "</w:tc></w:tr></w:tbl>" * 80
    assert "1 rows:" in imported(docx(tmp_path / "b.docx", tables), tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\3\4 cut", b"\xd0\xcf\x11\xe0 old", b"{\\rtf1 words}"])
def test_what_is_no_docx_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    assert "1 refused" in imported(tmp_path / "a.docx", tmp_path)


def test_a_protected_file_is_refused(tmp_path: Path) -> None:
    source = docx(tmp_path / "a.docx", p(r("words")))
    data = bytearray(source.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    source.write_bytes(data)
    assert "protected by a password" in imported(source, tmp_path)


def test_links_to_templates_and_pictures_elsewhere_are_told_and_never_followed(tmp_path: Path) -> None:
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    )
    more = {"word/_rels/settings.xml.rels": link.encode()}
    told = imported(docx(tmp_path / "a.docx", p(r("words")), more=more), tmp_path)
    assert "The file holds links to other files, which are never read, run or followed." in told
    assert "1 made" in told


def test_macros_and_embedded_files_are_told_and_never_read(tmp_path: Path) -> None:
    more = {"word/vbaProject.bin": b"x", "word/embeddings/a.xlsx": b"x", "../outside.xml": b"x"}
    told = imported(docx(tmp_path / "a.docx", p(r("words")) + '<w:altChunk r:id="z"/>', more=more), tmp_path)
    for what in ("macros", "embedded files", "embedded file with text (1)"):
        assert what in told
    assert not (tmp_path / "outside.xml").exists()


def test_what_is_imported_builds_and_the_proof_finds_every_character(tmp_path: Path) -> None:
    imported(FIXTURE, tmp_path)
    for seed in range(5):
        chance = Chance(seed)
        imported(docx(tmp_path / f"r{seed}.docx", chance.body(), chance.parts()), tmp_path)
    report = build_in(tmp_path / "edition").json("report.json")
    assert (report["documents"]["published"], report["findings"]["error"]) == (6, 0)
    fidelity = report["fidelity"]
    assert fidelity.pop("characters") > 500
    assert set(fidelity.values()) == {0}
