"""Transcripts in plain text and in Markdown: every word in order, what is marked as TEI, nothing guessed."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from lxml import etree
from tables import documents, run, words
from wordprocessing import squeezed, told_by_tei

from regesta.importing.transcript_mapping import TranscriptMapping


def imported(form: str, text: str | bytes, folder: Path, mapping: str = "") -> str:
    """Import one file into a new edition and return what was said."""
    source = folder / {"text": "a.txt", "markdown": "a.md"}[form]
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "edition").mkdir(exist_ok=True)
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    arguments = ["--edition", str(folder / "edition"), "--mapping", str(folder / "m.toml"), "--force"]
    return " ".join(run(["import", form, str(source), *arguments]).output.split())


def body(folder: Path) -> etree._Element:
    """Return the body of the one document."""
    (record,) = documents(folder).values()
    found = record.find(".//{*}body")
    assert found is not None
    return found


def written(folder: Path) -> str:
    """Return the body as text, without its namespace."""
    made = etree.tostring(body(folder), encoding="unicode", with_tail=False)
    return made.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


# ── plain text ─────────────────────────────────────────────────────────────────────────────────────────────

PAGES = 'page = "\\\\[p\\\\. (?P<n>\\\\d+)\\\\]"\n'


def test_blank_lines_part_paragraphs_and_pages_are_marked(tmp_path: Path) -> None:
    told = imported("text", "One\r\ntwo\r\n\r\n[p. 2]\r\n\r\nthree\n[p. 3]\nfour\ffive\n \nsix", tmp_path, PAGES)
    assert "1 made" in told
    assert "Nothing states the type" in told
    assert '<p>One\ntwo</p>\n        <pb n="2"/>\n        <p>three\n<pb n="3"/>four\n<pb/>five</p>' in written(tmp_path)


def test_lines_are_kept_where_the_mapping_says_so(tmp_path: Path) -> None:
    imported("text", "  One\ntwo\n[p. 3]\nthree", tmp_path, PAGES + 'lines = "keep"\n')
    assert '<p>One\n<lb/>two\n<pb n="3"/>three</p>' in written(tmp_path)


def test_every_character_of_random_text_arrives(tmp_path: Path) -> None:
    chance = random.Random(1956)  # noqa: S311
    signs = [*"ab \n\n\f<>&[]*_#`ü漢\u0301\u00a0\u200f", "\r\n"]
    for _ in range(60):
        text = "x" + "".join(chance.choices(signs, k=chance.randint(1, 120)))
        assert "1 made" in imported("text", text, tmp_path), text
        assert told_by_tei(body(tmp_path))[0] == squeezed(text.replace("\f", " "))


@pytest.mark.parametrize(
    ("data", "mapping", "told"),
    [
        ("État".encode("latin-1"), "", "is not utf-8: byte 0xC9 in line 1"),
        (b"a\x00b", "", "U+0000, which cannot stand in XML"),
        ("Ètat".encode("utf-16"), 'encoding = "utf-16"', "1 made"),
        ("État".encode("cp1252"), 'encoding = "windows-1252"', "1 made"),
        (b"\xef\xbb\xbfplain", "", "1 made"),
        (b"x", 'encoding = "klingon"', "There is no encoding"),
    ],
)
def test_encodings_are_told_and_never_guessed(data: bytes, mapping: str, told: str, tmp_path: Path) -> None:
    assert told in imported("text", data, tmp_path, mapping)


def test_the_mapping_in_the_documentation_is_one(repository: Path) -> None:
    page = (repository / "docs" / "importing.md").read_text(encoding="utf-8")
    mapping = TranscriptMapping.model_validate(tomllib.loads(page.partition("```toml\n")[2].partition("```")[0]))
    assert mapping.facts("talk-3.docx").date == "3 March 1950"
    assert mapping.facts("talk-3.docx").language == mapping.facts("other.docx").language == "en"


# ── Markdown ───────────────────────────────────────────────────────────────────────────────────────────────

MARKED = {
    "emphasis": ("**bold *both*** `code` ~~gone~~", '<p><hi rend="bold">bold <hi rend="italic">both</hi></hi> '),
    "headings": ("# A\n\nx\n\n## B\n\ny", "<div>\n          <head>B</head>\n          <p>y</p>"),
    "footnotes": ("a[^n]\n\n[^n]: An *x*.", '<p>a<note place="foot" n="1">An <hi rend="italic">x</hi>.</note></p>'),
    "lists": ("3. x\n   - y\n", '<item n="3.">x<list type="bulleted"><item>y</item></list></item>'),
    "quotations": ("> a\n>\n> b", "<quote><p>a</p><p>b</p></quote>"),
    "tables": ("| a | b |\n|---|---|\n| 1 | *2* |", '<cell><hi rend="italic">2</hi></cell>'),
    "code": ("    one\n      two\n", '<p rend="monospace">one<lb/>  two</p>'),
    "links": ("[x](https://example.org/?a=1&b=2)", '<ref target="https://example.org/?a=1&amp;b=2">x</ref>'),
    "unsafe links": ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>"),
    "html": ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    "escapes": ("\\*not\\* &lt; \\#", "<p>*not* &lt; #</p>"),
    "breaks": ("a  \nb", "<p>a<lb/>b</p>"),
    "pictures": ("![A seal](s.png)", '<gap reason="editorial"><desc>Picture: A seal</desc></gap>'),
    "lonely notes": ("a\n\n[^n]: Lonely.", '<p>a</p>\n        <note place="foot" n="1">Lonely.</note>'),
    "notes in the text": ("a^[In *it*.] b", '<note place="foot" n="1">In <hi rend="italic">it</hi>.</note> b'),
    "notes defined twice": (
        "a[^n]\n\n[^n]: x\n\n[^n]: y", '<note place="foot" n="1">x</note></p>\n        <note place="foot">y<'),
    "notes used twice": ("a[^n] b[^n]\n\n[^n]: x", '</note> b<hi rend="superscript">1</hi></p>'),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKED)
def test_what_is_marked_becomes_tei(name: str, tmp_path: Path) -> None:
    text, wanted = MARKED[name]
    assert "1 made" in imported("markdown", text, tmp_path)
    assert wanted in written(tmp_path)


def test_front_matter_states_facts_and_the_rest_of_it_is_kept(tmp_path: Path) -> None:
    text = '---\ntitle: "A minute"\ntype: minutes\ndate: 3 May 1951\ncolour: red\ntype: nonsense\n---\nWords.\n'
    told = imported("markdown", text, tmp_path, '[record]\ntype = "note"\nlanguage = "en"\n')
    assert "kept as a note (2)" in told
    (record,) = documents(tmp_path).values()
    assert record.get("type") == "note"  # what the mapping states goes before
    assert words(record, "//t:titleStmt/t:title") == ["A minute"]
    assert words(record, "//t:note[@type='general']") == ["colour: red", "type: nonsense"]
    assert record.xpath("string(//t:creation/t:date/@when)", namespaces={"t": record.nsmap[None]}) == "1951-05-03"


def test_random_markdown_becomes_valid_tei_with_all_its_words(tmp_path: Path) -> None:
    chance = random.Random(1956)  # noqa: S311
    marks = [
        *[
            "# ",
            "## ",
            "> ",
            "- ",
            "2. ",
            "    ",
            "*",
            "**",
            "`",
            "~~",
            "| ",
            "|---|",
            "[^a]",
            " ",
            "\\",
            "<b>",
            "![",
            "](x)",
            "^[",
            "]",
        ],
        "\n",
        "\n\n",
        "\n[^a]: ",
    ]
    for _ in range(80):
        count, pieces = 0, []
        for _ in range(chance.randint(1, 40)):
            if chance.random() < 0.5:
                count += 1
                pieces.append(f"w{count}w")
            pieces.append(chance.choice(marks))
        text = "start " + "".join(pieces)
        assert "1 made" in imported("markdown", text, tmp_path), text
        made = "".join(body(tmp_path).itertext())
        assert [f"w{each}w" for each in range(1, count + 1) if f"w{each}w" not in made] == [], text


@pytest.mark.parametrize(
    "text", ["> " * 30 + "deep", "- " * 30 + "deep", "*a " * 150 + "deep" + " b*" * 150, "> " * 900 + "deep"]
)
def test_words_nested_deep_are_kept_or_the_file_is_refused(text: str, tmp_path: Path) -> None:
    told = imported("markdown", text, tmp_path)
    assert "1 refused" in told or "deep" in "".join(body(tmp_path).itertext())
    assert "Traceback" not in told
