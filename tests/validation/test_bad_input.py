"""Bad input: schemas that are none, documents that are broken, huge or wrong throughout. A clear answer each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli import main
from small_editions import check_files, tei, write

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.rng", f"<grammar {RNG}>\n<start>\n</grammar>", ["a.rng", "not well-formed", "line 3"]),
        ("a.rng", f"<grammar {RNG}>\n\n<start><ref name='b'/></start></grammar>", ["line 3", "nothing defines"]),
        ("a.rng", f"<grammar {RNG}><include href='b.rng'/></grammar>", ["includes b.rng, which is not there"]),
        ("a.rng", f"<grammar {RNG}><include href='http://x.org/b.rng'/></grammar>", ["nothing is read from the"]),
        ("a.rng", f"<grammar {RNG}><include href='../b.rng'/></grammar>", ["../b.rng, which lies outside"]),
        ("a.rng", "<html/>", ["a.rng is no RELAX NG"]),
        ("a.rng", "", ["a.rng", "not well-formed"]),
        ("a.rnc", "start = element a {\n\n b ", ["a.rnc", "line 3", "“}” is wanted here, not the end of the file"]),
        ("a.rnc", 'include "b.rnc"', ["includes b.rnc, which is not there"]),
        ("a.xsd", f"<xs:schema {XS}>\n<xs:elemnt/></xs:schema>", ["a.xsd", "line "]),
        ("a.xsd", f"<xs:schema {XS}><xs:include schemaLocation='../b.xsd'/></xs:schema>", ["lies outside"]),
        ("a.sch", f"<schema {SCH}>\n<pattern></schema>", ["a.sch", "not well-formed", "line 2"]),
        ("a.sch", f"<schema {SCH}><include href='b.sch'/></schema>", ["includes b.sch, which is not there"]),
        ("a.sch", "<schema xmlns='http://www.ascc.net/xml/schematron'/>", ["Schematron 1.5"]),
        ("a.odd", "<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", ["holds no Schematron rules"]),
        ("a.txt", "words", ["none of RELAX NG"]),
        ("a.dtd", "<!ELEMENT a ANY>", ["none of RELAX NG"]),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_says_what_and_where(
    name: str, text: str, words: list[str], tmp_path: Path
) -> None:
    write(tmp_path, {f"in/{name}": text, "in/doc.xml": tei(), "b.rng": f"<grammar {RNG}/>", "b.xsd": "<a/>"})
    done = CliRunner().invoke(main, ["validate", "--schema", str(tmp_path / "in" / name), str(tmp_path / "in/doc.xml")])
    assert done.exit_code == 2
    assert all(each in done.stderr for each in words), done.stderr
    assert len(done.stderr.splitlines()) == 2, "a sentence and a remedy"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("<TEI>\n<text>\n<p>one <hi>two</p>\n</text></TEI>", (3, 17), "<hi>, opened in line 3, is still open"),
        ("<TEI>\n<text>\n <body>\n<p>one</p>\n", (5, 1), "<body>, opened in line 3, is still open"),
        ("<TEI>\n</text>", (2, 8), "<TEI>, opened in line 1"),
        ("<TEI>\n<p a='1' a='2'/></TEI>", (2, 12), "a"),
        ("<TEI>\n&undefined;</TEI>", (2, 1), "undefined"),
        ("<TEI>a & b</TEI>", (1, 9), ""),
    ],
)  # fmt: skip
def test_malformed_xml_names_what_is_open_and_the_rest_is_checked(
    text: str, place: tuple[int, int], words: str, tmp_path: Path
) -> None:
    write(tmp_path, {"a.xml": text, "b.xml": tei(title="")})
    found = check_files(tmp_path)
    first = next(each for each in found if Path(each.path).name == "a.xml")
    assert first.rule in {"not-well-formed", "entity-undefined"}
    assert first.line == place[0]
    assert words in first.message
    assert "title-missing" in {each.rule for each in found if Path(each.path).name == "b.xml"}


def wrong_throughout(count: int) -> str:
    return tei("\n".join("<p>One <persNam>name</persNam>.</p>" for _ in range(count)))


def test_faults_without_end_are_counted_after_the_first_five_hundred(tmp_path: Path, repository: Path) -> None:
    write(tmp_path, {"a.xml": wrong_throughout(2_000)})
    found = check_files(tmp_path / "a.xml", schemas=(repository / "schema" / "regesta.rng",))
    told = [each for each in found if each.rule == "element-unknown"]
    rest = next(each for each in found if each.rule == "grammar-faults-unlisted")
    assert 490 <= len(told) <= 500
    assert "1,5" in rest.message or "15" in rest.message


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["large", "wrong"])
def test_huge_documents_take_bounded_memory(kind: str, tmp_path: Path, corpora: Path) -> None:
    """Fifty megabytes of valid text, and a hundred thousand faults in one document."""
    paragraph = "<p>The ambassador <persName>Ivanov</persName> asked when the plenum would meet; nobody answered.</p>\n"
    text = tei(paragraph * (50_000_000 // len(paragraph))) if kind == "large" else wrong_throughout(100_000)
    write(tmp_path, {"a.xml": text})
    code = (
        "import resource, sys\nfrom regesta.cli import main\n"
        "try: main(['validate', '--quiet', '--format', 'json', '--schema', sys.argv[1], 'a.xml'])\n"
        "except SystemExit as end: status = end.code\n"
        "print(status, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    schema = str(corpora / "tei-schema" / "tei_all.rng")
    done = subprocess.run(
        [sys.executable, "-c", code, schema], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    status, megabytes = map(int, done.stderr.split())
    assert status == (0 if kind == "large" else 1)
    assert megabytes < 2_500
