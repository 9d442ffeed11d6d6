"""`validate --fix` changes what it says and not one byte besides."""

from __future__ import annotations

import codecs
import contextlib
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regesta import fixing
from regesta.cli import main
from regesta.findings import Finding, Fix, Remedy, Severity
from small_editions import TITLED, tei, write

ELEMENT = Fix(Remedy.RENAME_ELEMENT, "persname", "persName")
ATTRIBUTE = Fix(Remedy.RENAME_ATTRIBUTE, "reff", "ref")
VALUE = Fix(Remedy.REPLACE_VALUE, "kim", "#kim", "ref")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1", "shift_jis", "iso-2022-jp"]


def at(text: str, fix: Fix, path: str = "a.xml", mark: str = "") -> Finding:
    """Return a finding with `fix` at the first place of `mark` (else of what is to be mended) in `text`."""
    wanted = mark or {Remedy.RENAME_ELEMENT: f"<{fix.old}", Remedy.RENAME_ATTRIBUTE: fix.old}.get(fix.remedy, "<p ")
    before = text[: text.index(wanted)].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Finding("element-unknown", Severity.ERROR, path, line, column, "", "m", "h", "", 0, fix)


def mended(text: str, *findings: Finding, encoding: str = "utf-8") -> fixing.Mended:
    Path("a.xml").write_bytes(text.encode(encoding))
    (result,) = fixing.mend(findings)
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_only_the_names_change_whatever_the_bytes(encoding: str, end: str) -> None:
    declared = {"utf-8-sig": "utf-8", "utf-16-be": "utf-16"}.get(encoding, encoding)
    letters = {"iso-8859-1": "é", "shift_jis": "金", "iso-2022-jp": "金"}.get(encoding, "金é\u0301평")
    lines = [f'<?xml version="1.0" encoding="{declared}"?>', f"<p>{letters}", f"  {letters} <persname", " n = '1' >"]
    text = end.join([*lines, f"{letters}&#233;</persname  ></p >", ""])
    start = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    Path("a.xml").write_bytes(start + text.encode(encoding))
    (result,) = fixing.mend([at(text, ELEMENT)])
    assert (result.done, result.left) == (1, 0)
    assert result.after == start + text.replace("persname", "persName").encode(encoding)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("<persname/>", "<persName/>"),
        ("<a><persname><persname>x</persname></persname></a>", "<a><persName><persname>x</persname></persName></a>"),
        (
            "<a><persname><!--</persname>--><![CDATA[</persname>]]><?x </persname>?></persname></a>",
            "<a><persName><!--</persname>--><![CDATA[</persname>]]><?x </persname>?></persName></a>",
        ),
        ("<a><persname n='>/>' m=\"'\">x</persname></a>", "<a><persName n='>/>' m=\"'\">x</persName></a>"),
        ("<a><!--<persnam--><persname>x</persname\n></a>", "<a><!--<persnam--><persName>x</persName\n></a>"),
    ],
)
def test_an_element_is_renamed_at_both_its_ends(text: str, fixed: str) -> None:
    assert mended(text, at(text, ELEMENT, mark="<persname")).after.decode() == fixed


def test_all_fixes_of_a_file_are_made_at_once() -> None:
    text = "<a><persname reff='x'><persname>y</persname></persname>\n<p  ref='kim #lee\tkim' n='kim'/></a>"
    second = at(text, ELEMENT, mark="<persname>")
    result = mended(text, at(text, ELEMENT), second, at(text, ATTRIBUTE), at(text, VALUE))
    assert result.after.decode() == (
        "<a><persName ref='x'><persName>y</persName></persName>\n<p  ref='#kim #lee\t#kim' n='kim'/></a>"
    )
    assert (result.done, result.left) == (4, 0)
    assert [line for line in result.changes if line.startswith("  line")] == ["  line 1", "  line 2"]


def test_the_same_fix_twice_is_made_once() -> None:
    text = "<a><persname>y</persname></a>"
    assert mended(text, at(text, ELEMENT), at(text, ELEMENT)).after.decode() == "<a><persName>y</persName></a>"


@pytest.mark.parametrize(
    ("text", "fix", "mark"),
    [
        ("<a><persName>x</persName></a>", ELEMENT, "<persName"),
        ("<a>persname</a>", ELEMENT, "persname"),
        ("<a><!--<persname>--></a>", ELEMENT, "<persname"),
        ("<a><p reff='x' ref='y'/></a>", ATTRIBUTE, "reff"),
        ("<a><p n='reff'/></a>", ATTRIBUTE, "<p "),
        ("<a><p ref='kimi'/></a>", VALUE, "<p "),
        ("<a><p reff='kim'/></a>", VALUE, "<p "),
        ("<a><p ref='kim'/></a>", Fix(Remedy.REPLACE_VALUE, "kim", "'/><x y='", "ref"), "<p "),
        ("<a><p ref='kim'/></a>", Fix(Remedy.REPLACE_VALUE, "kim", "<", "ref"), "<p "),
        ("<a><p>x</p></a>", Fix(Remedy.RENAME_ELEMENT, "p", "p><b/"), "<p>"),
        ("<a><p>x</a>", Fix(Remedy.RENAME_ELEMENT, "p", "q"), "<p>"),
    ],
)
def test_where_the_place_reads_otherwise_or_would_suffer_nothing_is_touched(text: str, fix: Fix, mark: str) -> None:
    result = mended(text, at(text, fix, mark=mark))
    assert (result.done, result.left, result.changes) == (0, 1, ())
    assert result.after == result.before


def test_two_fixes_that_contradict_each_other_are_not_both_made() -> None:
    text = "<a><persname>y</persname></a>"
    other = Fix(Remedy.RENAME_ELEMENT, "persname", "placeName")
    result = mended(text, at(text, ELEMENT), at(text, other))
    assert (result.done, result.left) == (1, 1)


def test_a_file_that_is_gone_or_of_an_unknown_encoding_is_left_alone() -> None:
    text = "<?xml version='1.0' encoding='x-none'?><persname/>"
    assert mended(text, at(text, ELEMENT)).left == 1
    assert [each.left for each in fixing.mend([at(text, ELEMENT, "gone.xml")])] == [1]


def _nested(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inside.map("<persname>{}</persname>".format) | st.lists(inside, max_size=3).map("".join)


LEAVES = st.sampled_from(["金 ", "<b/>", "<!--</persname>-->", "&amp;"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.recursive(LEAVES, _nested), st.data())
def test_any_one_element_can_be_renamed(inside: str, data: st.DataObject) -> None:
    text = f"<a>\n{inside}</a>"
    starts = [index for index in range(len(text)) if text.startswith("<persname>", index)]
    if not starts:
        return
    start = data.draw(st.sampled_from(starts))
    finding = Finding("r", Severity.ERROR, "a.xml", 2, start - 3, "", "m", "h", "", 0, ELEMENT)
    result = mended(text, finding)
    assert result.done == 1
    after = result.after.decode()
    assert after[start : start + 10] == "<persName>"
    assert after.count("persName") == 2
    assert after.replace("persName", "persname") == text


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────


RNG = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
<start><element name="TEI"><ref name="all"/></element></start>
<define name="all"><zeroOrMore><choice><attribute><anyName/></attribute><text/>
<element name="persName"><ref name="all"/></element>
<element><choice><name>teiHeader</name><name>fileDesc</name><name>titleStmt</name><name>title</name><name>text</name>
<name>publicationStmt</name><name>sourceDesc</name><name>body</name><name>p</name></choice><ref name="all"/></element>
</choice></zeroOrMore></define></grammar>"""


@pytest.fixture
def misspelt(folder: Path) -> Path:
    body = "<p>Words of <persname>Kim</persname>.</p>"
    return write(folder, {"edition.toml": TITLED, "own.rng": RNG, "tei/a.xml": tei(body), "tei/b.xml": tei(title="B")})


def invoke(folder: Path, *arguments: str) -> tuple[int, str, str]:
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, ["validate", "--jobs", "1", "--schema", "own.rng", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_dry_run_shows_the_difference_and_writes_nothing(misspelt: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in misspelt.rglob("*.xml")}
    status, out, told = invoke(misspelt, "--fix", "--dry-run")
    assert status == 1
    assert "element-unknown" in out
    assert "<persname>Kim</persname>" in told.split("  - ")[1]
    assert "<persName>Kim</persName>" in told.split("  + ")[1]
    assert "1 fault can be mended" in told
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in misspelt.rglob("*.xml")} == before


def test_a_fix_is_written_and_the_edition_checked_again(misspelt: Path) -> None:
    file, other = misspelt / "tei" / "a.xml", misspelt / "tei" / "b.xml"
    file.chmod(0o640)
    before, stamp = file.read_bytes(), other.stat().st_mtime_ns
    status, out, told = invoke(misspelt, "--fix")
    assert (status, "element-unknown" in out, "1 fault mended" in told) == (0, False, True)
    assert file.read_bytes() == before.replace(b"persname", b"persName")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert other.stat().st_mtime_ns == stamp
    assert invoke(misspelt, "--fix")[2] == "0 faults mended\n"


def test_a_dry_run_without_a_fix_is_wrong_usage(misspelt: Path) -> None:
    assert invoke(misspelt, "--dry-run")[0] == 2


def test_nothing_is_left_beside_the_file(misspelt: Path) -> None:
    invoke(misspelt, "--fix")
    assert sorted(path.name for path in (misspelt / "tei").iterdir()) == ["a.xml", "b.xml"]


def test_pointers_get_their_sign_in_all_files_and_an_id_given_twice_a_number(folder: Path) -> None:
    register = tei('<listPerson><person xml:id="kim"><persName>Kim</persName></person></listPerson>', title="Persons")
    one = tei(
        '<p xml:id="x"><persName  ref = \'kim\'>K</persName> <rs ref="kim">K</rs></p>\r\n'
        '<p xml:id="x"><!-- ref="kim" --></p>'
    )
    other = tei('<p><persName ref="kim #kim">K</persName> and <persName ref="kim">kim</persName></p>', title="B")
    files = {"edition.toml": TITLED, "own.rng": RNG, "tei/a.xml": one, "tei/b.xml": other, "tei/p.xml": register}
    write(folder, files)
    status, out, _told = invoke(folder, "--fix", "--group", "rule")
    assert "pointer-malformed" not in out
    assert "xml-id-doubled" not in out
    fixed = one.replace("ref = 'kim'", "ref = '#kim'").replace('<rs ref="kim"', '<rs ref="#kim"')
    fixed = fixed.replace('<p xml:id="x"><!--', '<p xml:id="x-2"><!--')
    assert (folder / "tei/a.xml").read_bytes().decode() == fixed
    assert (folder / "tei/b.xml").read_bytes().decode() == other.replace('ref="kim', 'ref="#kim')
    assert (folder / "tei/p.xml").read_bytes().decode() == register
    assert status in {0, 1}


def test_an_id_given_twice_is_left_alone_when_something_points_to_it(folder: Path) -> None:
    text = tei('<p xml:id="x"/><p xml:id="x"/><p><ref target="#x">there</ref></p>')
    write(folder, {"edition.toml": TITLED, "own.rng": RNG, "tei/a.xml": text})
    assert "xml-id-doubled" in invoke(folder, "--fix")[1]
    assert (folder / "tei/a.xml").read_text(encoding="utf-8") == text
