"""`regesta lsp` as an editor uses it: a process of its own, asked over its standard streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lsp_client import Client, applied

from small_editions import TITLED, check_in, tei, write

pytest.importorskip("pygls", reason="needs the extra regesta[lsp]")

PERSONS = tei(
    '<listPerson><person xml:id="kim"><persName>Kim</persName></person></listPerson>',
    title="Persons",
    attributes='xml:id="persons"',
)
BODY = '<p xml:id="one">𝄞 <persname ref="kim">Kim</persname></p>\n<p xml:id="one">Words.</p>'
SETTINGS = TITLED + '[sources]\nschema = "own.rng"\n'
RNG = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
<start><element name="TEI"><ref name="all"/></element></start>
<define name="all"><zeroOrMore><choice><attribute><anyName/></attribute><text/>
<element name="persName"><ref name="all"/></element>
<element><choice><name>teiHeader</name><name>fileDesc</name><name>titleStmt</name><name>title</name><name>text</name>
<name>publicationStmt</name><name>sourceDesc</name><name>body</name><name>p</name><name>listPerson</name>
<name>person</name></choice><ref name="all"/></element>
</choice></zeroOrMore></define></grammar>"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    files = {"edition.toml": SETTINGS, "own.rng": RNG, "tei/persons.xml": PERSONS, "tei/a.xml": tei(BODY)}
    return write(tmp_path, files)


def codes(found: list[dict[str, object]]) -> list[str]:
    return sorted(str(each["code"]) for each in found)


def test_an_editor_is_told_what_validate_finds(edition: Path) -> None:
    path = edition / "tei" / "a.xml"
    expected = sorted(each.rule for each in check_in(edition) if Path(each.path).name == "a.xml")
    assert {"element-unknown", "pointer-malformed", "xml-id-doubled"} <= set(expected)
    with Client(edition) as client:
        client.open(path)
        assert codes(client.diagnostics(path)) == expected
    assert client.status == 0


def test_what_is_typed_counts_before_it_is_saved(edition: Path) -> None:
    path, before = edition / "tei" / "a.xml", (edition / "tei" / "a.xml").read_bytes()
    with Client(edition) as client:
        client.open(path)
        client.diagnostics(path)
        client.type(path, tei("<p>No fault.</p>"))
        assert "element-unknown" not in codes(client.diagnostics(path))
        client.type(path, "<TEI", version=3)
        assert codes(client.diagnostics(path)) == ["not-well-formed"]
        client.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        assert client.diagnostics(path) == []
    assert path.read_bytes() == before


def test_a_change_in_one_document_shows_in_another(edition: Path) -> None:
    path, register = edition / "tei" / "a.xml", edition / "tei" / "persons.xml"
    with Client(edition) as client:
        client.open(path, tei('<p><persName ref="#kim">Kim</persName></p>'))
        assert "pointer-dangling" not in codes(client.diagnostics(path))
        client.open(register)
        client.diagnostics(path)
        client.type(register, PERSONS.replace('"kim"', '"choe"'))
        assert "pointer-dangling" in codes(client.diagnostics(path))


def test_a_schema_that_is_saved_judges_what_is_typed_next(edition: Path) -> None:
    path, schema = edition / "tei" / "a.xml", edition / "own.rng"
    with Client(edition) as client:
        client.open(path)
        assert "element-unknown" in codes(client.diagnostics(path))
        schema.write_text(RNG.replace("<name>p</name>", "<name>p</name><name>persname</name>"), encoding="utf-8")
        client.type(path, tei(BODY))
        assert "element-unknown" not in codes(client.diagnostics(path))


def test_quick_fixes_change_the_name_the_pointer_and_the_id_and_nothing_else(edition: Path) -> None:
    path = edition / "tei" / "a.xml"
    text = path.read_text(encoding="utf-8")
    fixed = {
        "element-unknown": text.replace("persname", "persName"),
        "pointer-malformed": text.replace('ref="kim"', 'ref="#kim"'),
        "xml-id-doubled": text.replace('<p xml:id="one">Words', '<p xml:id="one-2">Words'),
    }
    with Client(edition) as client:
        client.open(path)
        found = client.diagnostics(path)
        for rule, wanted in fixed.items():
            diagnostic = next(each for each in found if each["code"] == rule)
            action = next(
                each
                for each in client.actions(path, diagnostic)
                if each["kind"] == "quickfix" and each["diagnostics"][0]["code"] == rule
            )
            assert applied(text, action, path) == wanted
        everything = next(each for each in client.actions(path, found[0]) if each["kind"] == "source.fixAll")
        client.type(path, applied(text, everything, path))
        assert not set(fixed) & set(codes(client.diagnostics(path)))
        client.type(path, "\n" + text, version=3)
        assert client.actions(path, found[0]) == [], "nothing is offered for what no longer stands there"


def test_columns_are_counted_as_editors_count_them(edition: Path) -> None:
    path = edition / "tei" / "a.xml"
    with Client(edition) as client:
        client.open(path)
        place = next(each for each in client.diagnostics(path) if each["code"] == "element-unknown")["range"]
        line = path.read_text(encoding="utf-8").split("\n")[place["start"]["line"]]
        units = line.encode("utf-16-le")
        marked = units[2 * place["start"]["character"] : 2 * place["end"]["character"]].decode("utf-16-le")
        assert marked == "<persname"


def test_hover_explains_the_rule(edition: Path) -> None:
    path = edition / "tei" / "a.xml"
    with Client(edition) as client:
        client.open(path)
        place = next(each for each in client.diagnostics(path) if each["code"] == "xml-id-doubled")["range"]["start"]
        told = client.hover(path, place["line"], place["character"])
        assert told.startswith("**xml-id-doubled**")
        assert client.hover(path, 0, 0) == ""


def test_a_document_outside_any_edition_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "a b.xml"
    path.write_text(tei(title=""), encoding="utf-8")
    with Client(tmp_path) as client:
        client.open(path)
        assert codes(client.diagnostics(path)) == ["id-odd", "schema-none", "title-missing"]


def test_a_wrong_edition_is_said_in_words(edition: Path) -> None:
    (edition / "edition.toml").write_text("[editon]\n", encoding="utf-8")
    with Client(edition) as client:
        client.open(edition / "tei" / "a.xml")
        assert "editon" in client.shown()


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no', name='pygls')")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])}
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "lsp"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "regesta[lsp]" in done.stderr
    assert "Traceback" not in done.stderr
