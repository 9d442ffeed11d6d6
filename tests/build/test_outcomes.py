"""What builds do when something fails, and what editions may change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from regesta.errors import StylesheetError
from small_editions import TITLED, Built, build_in, check_in, tei, tree_bytes, write

OWN = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="urn:regesta:mode" xmlns:r="urn:regesta:record"'
TEI_DEFAULT = 'xpath-default-namespace="http://www.tei-c.org/ns/1.0"'


def stylesheet(content: str) -> str:
    return f'<xsl:stylesheet version="3.0" {OWN} {TEI_DEFAULT}>{content}</xsl:stylesheet>'


def custom(kind: str, content: str, **files: str) -> dict[str, str | bytes]:
    return {
        "edition.toml": f'{TITLED}[render]\ncustom-{kind} = "own.xsl"\n',
        "own.xsl": stylesheet(content),
        "tei/a.xml": tei("<p>Fine.</p>", title="Alpha"),
        **files,
    }


FAILING_PAGE = """<xsl:template match="ab" mode="m:text">
  <xsl:sequence select="error((), 'no ab here')"/></xsl:template>"""


def documents(built: Built) -> list[int]:
    """Return how many documents were found, published, withheld, refused, and published without text."""
    return list(built.json("report.json")["documents"].values())


def test_a_page_that_cannot_be_made_refuses_only_its_document(tmp_path: Path) -> None:
    bad = tei("<ab>Poison.</ab>", title="Beta")
    built = build_in(write(tmp_path, {**custom("page", FAILING_PAGE), "tei/b.xml": bad}))
    assert built.outcomes() == {"a.xml": "published", "b.xml": "refused"}
    assert documents(built) == [2, 1, 0, 1, 0]
    (failed,) = [found for found in built.report.findings if found.rule == "page-failed"]
    assert "no ab here" in failed.message
    assert not any(b"Poison" in data or b"Beta" in data for data in built.bytes().values())
    assert "documents/b.html" not in b"".join(built.bytes().values()).decode("utf-8", "replace")


def test_a_record_that_cannot_be_made_refuses_only_its_document(tmp_path: Path) -> None:
    failing = """<xsl:template match="term" mode="r:mention">
      <xsl:sequence select="error((), 'no terms here')"/></xsl:template>"""
    poison = tei("<p><term>Poison</term></p>")
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{tei(title="One")}{poison}</teiCorpus>'
    files = {**custom("record", failing), "tei/b.xml": poison, "tei/c.xml": corpus}
    built = build_in(write(tmp_path, files))
    assert built.outcomes() == {"a.xml": "published", "b.xml": "refused", "c.xml": "published"}
    assert built.rules().count("record-failed") == 2
    assert documents(built) == [4, 2, 0, 2, 0]
    assert not any(b"Poison" in data for data in built.bytes().values())


def test_what_a_stylesheet_says_of_one_document_is_not_told_of_another(tmp_path: Path) -> None:
    talkative = """<xsl:template match="p" mode="m:text">
      <xsl:message>chatter</xsl:message><p><xsl:apply-templates mode="#current"/></p></xsl:template>"""
    built = build_in(
        write(tmp_path, {**custom("page", talkative + FAILING_PAGE), "tei/b.xml": tei("<ab>Poison.</ab>")})
    )
    (failed,) = [found for found in built.report.findings if found.rule == "page-failed"]
    assert "chatter" not in failed.message


@pytest.mark.parametrize("kind", ["page", "record", "index"])
def test_a_stylesheet_that_does_not_compile_is_a_fault_of_the_edition(kind: str, tmp_path: Path) -> None:
    write(tmp_path, custom(kind, '<xsl:template match="p["/>'))
    with pytest.raises(StylesheetError, match="does not compile"):
        build_in(tmp_path)
    assert not (tmp_path / "build" / "site").exists()


def test_an_edition_s_own_page_template_wins_and_the_rest_stays(tmp_path: Path) -> None:
    own = """<xsl:template match="hi" mode="m:text">
      <em data-own=""><xsl:apply-templates mode="#current"/></em></xsl:template>"""
    built = build_in(write(tmp_path, {**custom("page", own), "tei/a.xml": tei("<p><hi>Fine</hi> day</p>")}))
    page = built.page("documents/a.html")
    assert 'data-own="">Fine</em>' in page
    assert "A letter" in page


def test_an_edition_s_own_record_template_wins(tmp_path: Path) -> None:
    own = """<xsl:function name="r:type" as="Q{http://www.w3.org/2001/XMLSchema}string">
      <xsl:param name="tei" as="element()"/><xsl:param name="division" as="element()?"/>
      <xsl:sequence select="'memorandum'"/></xsl:function>"""
    built = build_in(write(tmp_path, custom("record", own)))
    assert "memorandum" in built.page("documents/a.html").lower()


def test_an_edition_s_own_index_template_wins(tmp_path: Path) -> None:
    own = """<xsl:template name="xsl:initial-template">
      <html xmlns="http://www.w3.org/1999/xhtml"><body>own index</body></html></xsl:template>"""
    declared = '<xsl:param name="model"/>'
    built = build_in(write(tmp_path, custom("index", declared + own)))
    assert "own index" in built.page("index.html")


def test_an_edition_s_own_style_sheet_is_on_the_site(tmp_path: Path) -> None:
    built = build_in(
        write(tmp_path, {"edition.toml": TITLED + '[render]\ncss = "own.css"\n', "own.css": "p{}", "tei/a.xml": tei()})
    )
    assert built.page("assets/edition.css") == "p{}"


def test_severities_are_those_of_the_edition(tmp_path: Path) -> None:
    validation = '[validation]\ntitle-missing = "error"\nnot-tei = { severity = "off", reason = "none" }\n'
    built = build_in(
        write(tmp_path, {"edition.toml": TITLED + validation, "tei/a.xml": tei(title=""), "tei/b.xml": "<b/>"})
    )
    assert [found.severity for found in built.report.findings if found.rule == "title-missing"] == ["error"]
    assert "not-tei" not in built.rules()
    assert "rule-off" in built.rules()
    assert built.report.has_errors
    assert built.outcomes()["b.xml"] == "refused"


def test_strict_leaves_the_old_site_and_writes_reports(tmp_path: Path) -> None:
    first = build_in(write(tmp_path, {"tei/a.xml": tei("<p>Old.</p>")}))
    before = first.bytes()
    second = build_in(write(tmp_path, {"tei/a.xml": tei("<p>New.</p>"), "tei/b.xml": "<TEI>"}), strict=True)
    assert second.json("report.json")["published"] is False
    assert second.bytes() == before
    assert second.json("findings.json")["summary"]["error"] == 1
    third = build_in(write(tmp_path, {"tei/b.xml": tei()}), strict=True)
    assert third.json("report.json")["published"] is True
    assert b"New." in third.bytes()["documents/a.html"]


def test_a_removed_source_leaves_no_page(tmp_path: Path) -> None:
    build_in(write(tmp_path, {"tei/a.xml": tei(), "tei/b.xml": tei()}))
    (tmp_path / "tei" / "b.xml").unlink()
    built = build_in(tmp_path)
    assert "documents/b.html" not in built.bytes()
    assert built.json("report.json")["pages"]["removed"] > 0


def test_sources_are_left_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"edition.toml": TITLED, "tei/a.xml": tei(), "tei/b.xml": "<TEI>"})

    def digest() -> str:
        return hashlib.sha256(repr(tree_bytes(tmp_path / "tei")).encode()).hexdigest()

    before = digest()
    build_in(tmp_path)
    assert digest() == before


def test_validate_and_build_find_the_same_in_the_sources(tmp_path: Path) -> None:
    files = {
        "tei/a.xml": tei(title=""),
        "tei/b.xml": "<TEI>",
        "tei/c.xml": tei("<p><persName ref='#x'>X</persName></p>"),
    }
    built = build_in(write(tmp_path, files))
    assert check_in(tmp_path) == list(built.report.findings)


# ── two builds in one process, as `regesta serve` does them ────────────────────────────────────────────────

PAGE = """<xsl:template match="hi" mode="m:text">
  <em class="first"><xsl:apply-templates mode="#current"/></em></xsl:template>"""
RECORD = """<xsl:function name="r:type" as="Q{http://www.w3.org/2001/XMLSchema}string">
  <xsl:param name="tei" as="element()"/><xsl:param name="division" as="element()?"/>
  <xsl:sequence select="'first'"/></xsl:function>"""
INDEX = """<xsl:param name="model"/><xsl:template name="xsl:initial-template">
  <html xmlns="http://www.w3.org/1999/xhtml"><body>first</body></html></xsl:template>"""
SCHEMATRON = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
  <pattern><rule context="t:hi"><assert test="false()">first</assert></rule></pattern></schema>"""
RELAX_NG = """<grammar ns="http://www.tei-c.org/ns/1.0" xmlns="http://relaxng.org/ns/structure/1.0">
  <start><element name="TEI"><attribute name="first"/><ref name="any"/></element></start>
  <define name="any"><zeroOrMore><choice><text/><element><anyName/><ref name="any"/></element></choice></zeroOrMore>
  </define></grammar>"""
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/1.0">
  <xs:element name="TEI"><xs:complexType><xs:sequence><xs:element name="first"/></xs:sequence></xs:complexType>
  </xs:element></xs:schema>"""


def judging(name: str, schema: str) -> dict[str, str | bytes]:
    return {"edition.toml": f'{TITLED}[sources]\nschema = "{name}"\n', name: schema}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(custom("page", PAGE), id="page.xsl"),
        pytest.param(custom("page", '<xsl:include href="x.xsl"/>', **{"x.xsl": stylesheet(PAGE)}), id="included"),
        pytest.param(custom("record", RECORD), id="record.xsl"),
        pytest.param(custom("index", INDEX), id="index.xsl"),
        pytest.param(judging("own.sch", SCHEMATRON), id="Schematron"),
        pytest.param(judging("own.rng", RELAX_NG), id="RELAX NG"),
        pytest.param(judging("own.xsd", XSD), id="XSD"),
    ],
)
def test_what_was_compiled_is_not_believed_when_its_files_are_others(
    files: dict[str, str | bytes], tmp_path: Path
) -> None:
    files["tei/a.xml"] = tei("<p><hi>Fine</hi></p>")
    for word, other in (("first", "after"), ("after", "first")):
        changed = {name: str(data).replace("first", word) for name, data in files.items()}
        built = build_in(write(tmp_path, changed))
        told = [
            built.page("documents/a.html"),
            built.page("index.html"),
            *(each.message for each in built.report.findings),
        ]
        assert any(word in text for text in told)
        assert not any(other in text for text in told)
