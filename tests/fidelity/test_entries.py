"""The prose of register entries stands on the pages of their entities; what a stylesheet loses there is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from regesta.fidelity import Prose, prose_of, prove_entry
from regesta.findings import Place
from regesta.keeping import as_dict
from small_editions import TITLED, Built, build_in, register, tei, write

PERSONS = register(
    """
    <person xml:id="a"><persName><forename>Anna</forename> <surname>Ahn</surname></persName>
      <occupation>Interpreter<note>Since <date>1950</date>.</note></occupation>
      <note><p>Born in <placeName>Wŏnsan</placeName>.</p><p>She wrote <choice><sic>teh</sic><corr>the</corr></choice>
        minutes<lb/>of exam<lb break="no"/>ples.</p></note>
      <idno type="VIAF">1</idno></person>
    <person xml:id="b"><persName>Bak</persName></person>
    """
).replace(
    "</listPerson>",
    """</listPerson><listPlace>
    <place xml:id="p"><placeName>Province</placeName><location><geo>1 2</geo></location>
      <desc xml:lang="ko">도\u3000함경</desc>
      <place xml:id="q"><placeName>Town</placeName><note>A port.</note></place><note>After the town.</note></place>
    </listPlace>
    <listEvent><event xml:id="e"><desc>A plenum met (<title>Minutes</title>, no. 1).</desc></event></listEvent>
    <list type="gloss"><label>opis</label><item>An <hi>inventory</hi>.</item></list>""",
)
WORDS = ["Interpreter Since 1950.", "Born in Wŏnsan. She wrote teh the minutes of examples."]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("entries")
    return build_in(write(folder, {"edition.toml": TITLED, "tei/r.xml": PERSONS, "tei/d.xml": tei()}), jobs=1)


ALL = (
    "InterpreterSince 1950.", "Born in Wŏnsan.She wrote tehthe minutesof examples.", "도 함경", "A port.",
    "After the town.", "A plenum met (Minutes, no. 1).", "An inventory.",
)  # fmt: skip


def test_all_prose_of_entries_is_found() -> None:
    found = list(prose_of(etree.fromstring(PERSONS)))
    words = [" ".join("".join(map(str, etree.fromstring(xml).itertext())).split()) for _, _, xml in found]
    assert tuple(words) == ALL
    assert [entry for _, entry, _ in found][2:5] == [found[2][1], found[3][1], found[2][1]]


def test_every_character_stands_on_the_page_of_its_entity(built: Built) -> None:
    assert built.report.findings == tuple(one for one in built.report.findings if not one.rule.startswith("text-"))
    figures = built.json("report.json")["fidelity_entries"]
    assert figures.pop("entries") == 5
    assert figures.pop("characters") == sum(len(words.replace(" ", "")) for words in ALL)
    assert not any(figures.values())
    page = built.page("persons/a.html")
    assert [words for words in WORDS if words not in page] == []
    assert '<bdi data-place="' in built.page("places/q.html")
    assert 'lang="ko"' in built.page("places/p.html")


LOSING = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" expand-text="yes"
  xmlns="http://www.w3.org/1999/xhtml" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:regesta:function">
  <xsl:function name="f:fact" as="element()">
    <xsl:param name="fact" as="map(*)"/>
    <span data-place="{$fact?place}">{replace($fact?text, 'port', 'Port')}</span>
  </xsl:function>
</xsl:stylesheet>"""


def test_what_a_stylesheet_changes_is_told_at_its_line(tmp_path: Path) -> None:
    toml = TITLED + '[render]\ncustom-index = "own.xsl"\n'
    files = {"edition.toml": toml, "own.xsl": LOSING, "tei/r.xml": PERSONS, "tei/d.xml": tei()}
    spoilt = build_in(write(tmp_path, files), jobs=1, strict=True)
    (fault,) = [one for one in spoilt.report.findings if one.rule.startswith("text-")]
    assert (fault.rule, fault.path.endswith("r.xml")) == ("text-changed", True)
    assert PERSONS.splitlines()[fault.line - 1].lstrip().startswith('<place xml:id="q">')
    assert not spoilt.report.published


def test_the_proof_holds_when_pages_are_taken_over(built: Built) -> None:
    again = build_in(built.edition.root, jobs=1)
    assert again.json("report.json")["fidelity_entries"] == built.json("report.json")["fidelity_entries"]
    assert again.json("report.json")["pages"]["written"] == 0


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<bdi data-place='7'>A port.</bdi>", {}),
        ("", {"missing": 6}),
        ("<bdi data-place='8'>A port.</bdi>", {"missing": 6}),
        ("<bdi data-place='7'>A port.</bdi><bdi data-place='7'>A port.</bdi>", {"duplicated": 6}),
        ("<bdi data-place='7'>Aport.</bdi>", {"glued": 1}),
        ("<bdi data-place='7'>A po rt.</bdi>", {"split": 1}),
        ("<bdi data-place='7'>A port. zzqxj</bdi>", {"inserted": 5}),
        ("<bdi data-place='7'>A <i data-generated>big</i> port.</bdi>", {}),
    ],
)
def test_each_fault_of_an_entry_is_seen(page: str, found: dict[str, int]) -> None:
    prose = Prose(
        7, 3, f'<note xmlns="{etree.QName(etree.fromstring(PERSONS)).namespace}">A port.</note>', Place("r.xml")
    )
    figures, faults = prove_entry([prose], f"<html><body>{page}</body></html>".encode())
    assert {key: value for key, value in as_dict(figures).items() if value and key != "characters"} == found
    assert bool(faults) == bool(found)
