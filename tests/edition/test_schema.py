"""The first schema: strict with what is wrong, hospitable to ordinary transcripts, and a subset of TEI."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import edition_sources as sources
import pytest
from edition_sources import nodes, tree
from lxml import etree

from regesta.saxon import Saxon
from regesta.validation.schematron import Failure, Names, open_rulebook

SCHEMA = sources.REPOSITORY / "schema"
SPECIMEN = Path(__file__).with_name("specimen.xml")
SCH = {"s": "http://purl.oclc.org/dsdl/schematron"}
ALL = [*sources.document_paths(), *sources.register_paths(), SPECIMEN]
Change = Callable[[etree._Element], object]


def first(root: etree._Element, path: str) -> etree._Element:
    return nodes(root, path)[0]


def remove(root: etree._Element, path: str) -> None:
    node = first(root, path)
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def rename(root: etree._Element, path: str, name: str) -> None:
    first(root, path).tag = f"{{{sources.NAMESPACES['t']}}}{name}"


def set_text(root: etree._Element, path: str, text: str) -> None:
    node = first(root, path)
    for child in list(node):
        node.remove(child)
    node.text = text


def append(root: etree._Element, path: str, markup: str) -> None:
    wrapped = etree.fromstring(f'<TEI xmlns="{sources.NAMESPACES["t"]}">{markup}</TEI>')
    first(root, path).append(wrapped[0])


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMA / "regesta.rng")))


@pytest.fixture(scope="module")
def rules() -> Callable[[etree._Element], list[str]]:
    saxon = Saxon(())
    book = open_rulebook(SCHEMA / "regesta.sch", "sch")
    assert book is not None

    def found(root: etree._Element) -> list[str]:
        failures = list(book.judge(Names.of(root), etree.tostring(root, encoding="unicode"), saxon))
        assert all(isinstance(failure, Failure) for failure in failures)
        return [failure.id for failure in failures if isinstance(failure, Failure)]

    return found


def test_the_rng_is_made_from_the_rnc() -> None:
    tool = sources.REPOSITORY / "tools" / "make_schema.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False, capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in ALL])
def test_edition_and_specimen_are_valid(path: Path, grammar: etree.RelaxNG) -> None:
    grammar.assertValid(tree(path).getroottree())


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in ALL])
def test_edition_and_specimen_keep_the_rules(path: Path, rules: Callable[[etree._Element], list[str]]) -> None:
    assert rules(tree(path)) == []


def test_what_is_valid_here_is_valid_tei(corpora: Path) -> None:
    tei_all = etree.RelaxNG(etree.parse(str(corpora / "tei-schema" / "tei_all.rng")))
    faults = {path.name: str(tei_all.error_log) for path in ALL if not tei_all.validate(tree(path).getroottree())}
    assert faults == {}


DOCUMENT_FAULTS: dict[str, Change] = {
    "id missing": lambda root: root.attrib.pop(f"{{{sources.NAMESPACES['xml']}}}id"),
    "id in capitals": lambda root: root.set(f"{{{sources.NAMESPACES['xml']}}}id", "Specimen"),
    "id that starts with a digit": lambda root: root.set(f"{{{sources.NAMESPACES['xml']}}}id", "1901-a"),
    "type unknown": lambda root: root.set("type", "memo"),
    "title missing": lambda root: remove(root, ".//t:titleStmt/t:title"),
    "status unknown": lambda root: first(root, ".//t:revisionDesc").set("status", "final"),
    "date that does not exist": lambda root: first(root, ".//t:creation/t:date").set("when", "1901-02-30"),
    "date with a zone": lambda root: first(root, ".//t:creation/t:date").set("when", "1901-02-03Z"),
    "day and period at once": lambda root: first(root, ".//t:creation/t:date").set("from", "1901-02-03"),
    "kind of date unknown": lambda root: first(root, ".//t:creation/t:date").set("type", "printed"),
    "certainty in numbers": lambda root: first(root, ".//t:creation/t:date").set("cert", "0.5"),
    "editor without a part": lambda root: first(root, ".//t:editor").attrib.pop("role"),
    "note of an unknown type": lambda root: first(root, ".//t:notesStmt/t:note").set("type", "remark"),
    "pointer with a space": lambda root: first(root, ".//t:ref").set("target", " "),
    "element misspelt": lambda root: rename(root, ".//t:text//t:persName", "persname"),
    "stray words in a division": lambda root: setattr(first(root, ".//t:div/t:p"), "tail", "stray"),
    "correction without the fault": lambda root: remove(root, ".//t:choice/t:sic"),
    "gap without a reason": lambda root: first(root, ".//t:text//t:gap").attrib.pop("reason"),
    "row outside a table": lambda root: rename(root, ".//t:table", "list"),
}


@pytest.mark.parametrize("fault", DOCUMENT_FAULTS)
def test_a_wrong_document_is_refused(fault: str, grammar: etree.RelaxNG) -> None:
    wrong = deepcopy(tree(SPECIMEN))
    DOCUMENT_FAULTS[fault](wrong)
    assert not grammar.validate(wrong.getroottree())


REGISTER_FAULTS: dict[str, Change] = {
    "entry without a key": lambda root: first(root, ".//t:person").attrib.pop(f"{{{sources.NAMESPACES['xml']}}}id"),
    "two entries with one key": lambda root: nodes(root, ".//t:person")[1].set(
        f"{{{sources.NAMESPACES['xml']}}}id", sources.entry_id(first(root, ".//t:person"))
    ),
    "entry without a main name": lambda root: first(root, ".//t:persName").set("type", "variant"),
    "prose beside the list": lambda root: append(root, ".//t:body", "<p>prose</p>"),
    "register that is a document": lambda root: root.set("type", "other"),
}


@pytest.mark.parametrize("fault", REGISTER_FAULTS)
def test_a_wrong_register_is_refused(fault: str, grammar: etree.RelaxNG) -> None:
    wrong = deepcopy(tree(sources.TEI / "registers" / "persons.xml"))
    REGISTER_FAULTS[fault](wrong)
    # Reparsed, since libxml2 collects ids while it reads.
    parser = etree.XMLParser(collect_ids=False)
    assert not grammar.validate(etree.fromstring(etree.tostring(wrong), parser).getroottree())


GAP = '<gap reason="not-held" unit="document"/>'
SERIES = '<seriesStmt><biblScope unit="item" n="2">3</biblScope></seriesStmt>'
PARAGRAPH = ".//t:div/t:p"
SURFACE = (
    '<surface ulx="0" uly="0" lrx="9" lry="9"><zone xml:id="z" ulx="{left}" uly="1" lrx="{right}" lry="3"/></surface>'
)
COPY = '<seg type="copy-number"><num type="copy" value="3">3</num> of <num type="total" value="2">2</num></seg>'


def classify_twice(root: etree._Element) -> None:
    append(root, ".//t:msDesc", '<msItem><note type="classification" subtype="secret">Secret</note></msItem>')
    append(root, PARAGRAPH, '<seg type="classification" subtype="top-secret">Top Secret</seg>')


RULE_FAULTS: dict[str, Change] = {
    "id-is-device-name": lambda root: root.set(f"{{{sources.NAMESPACES['xml']}}}id", "com1"),
    "id-ends-in-letter-or-digit": lambda root: root.set(f"{{{sources.NAMESPACES['xml']}}}id", "specimen-"),
    "title-has-words": lambda root: set_text(root, ".//t:titleStmt/t:title", " "),
    "name-has-words": lambda root: append(root, ".//t:text//t:list", "<person><persName/></person>"),
    "item-number-agrees": lambda root: append(root, ".//t:fileDesc", SERIES),
    "no-text-says-why": lambda root: set_text(root, ".//t:text", ""),
    "text-not-held-and-present": lambda root: append(root, ".//t:div/t:p", GAP),
    "period-in-order": lambda root: first(root, ".//t:text//t:date").attrib.update(
        {"from": "1901-03", "to": "1901-02-28"}
    ),
    "event-after-receipt": lambda root: first(root, ".//t:creation/t:date").set("when", "1901-02-06"),
    "date-known-to-record": lambda root: [each.attrib.pop("when") for each in nodes(root, ".//t:creation/*")],
    "discrepancy-has-source": lambda root: first(root, ".//t:notesStmt/t:note").attrib.pop("resp"),
    "shelfmark-in-parts": lambda root: set_text(root, ".//t:msIdentifier/t:idno", "Box 3"),
    "shelfmark-part-empty": lambda root: set_text(root, ".//t:msIdentifier/t:idno/t:idno", ""),
    "correspondence-described": lambda root: root.set("type", "letter"),
    "hand-described": lambda root: first(root, ".//t:div/t:p").set("hand", "#nobody"),
    "new-hand-described": lambda root: append(root, PARAGRAPH, '<handShift new="#nobody"/>'),
    "witness-described": lambda root: append(root, PARAGRAPH, '<app><rdg wit="#nobody">a</rdg></app>'),
    "reading-has-witness": lambda root: append(root, PARAGRAPH, "<app><rdg>a</rdg></app>"),
    "language-chain-closed": lambda root: append(
        root, ".//t:profileDesc", '<langUsage><language ident="ru" corresp="#zh">Russian</language></langUsage>'
    ),
    "change-described": lambda root: append(root, PARAGRAPH, '<add change="#later">a</add>'),
    "zone-within-surface": lambda root: append(root, ".", SURFACE.format(left=1, right=10)),
    "zone-has-size": lambda root: append(root, ".", SURFACE.format(left=5, right=2)),
    "picture-described": lambda root: first(root, ".//t:div/t:p").set("facs", "#nowhere"),
    "picture-in-words": lambda root: append(root, PARAGRAPH, '<figure><graphic url="a.png"/></figure>'),
    "classification-agrees": classify_twice,
    "copy-within-total": lambda root: append(root, PARAGRAPH, COPY),
    "copy-number-or-blank": lambda root: append(root, PARAGRAPH, '<seg type="copy-number">Copy</seg>'),
    "copy-at-hand-exists": lambda root: first(root, ".//t:list[@type='distribution']/t:item").set("corresp", "#none"),
    "translation-has-language": lambda root: first(root, ".//t:div").set("type", "translation"),
    "day-has-journal": lambda root: root.attrib.update({"type": "journal", "subtype": "day"}),
    "day-of-no-journal": lambda root: root.set("subtype", "day"),
    "gap-has-extent": lambda root: append(root, PARAGRAPH, '<gap reason="damage"/>'),
    "gap-bounds-in-order": lambda root: append(
        root, PARAGRAPH, '<gap reason="illegible" unit="words" atLeast="4" atMost="2"/>'
    ),
    "note-says-whose": lambda root: append(root, PARAGRAPH, "<note>a</note>"),
    "table-rows-agree": lambda root: first(root, ".//t:table").set("rows", "2"),
    "coordinates-on-earth": lambda root: append(root, ".", "<geo>99 10</geo>"),
}


@pytest.mark.parametrize("rule", RULE_FAULTS)
def test_each_rule_finds_its_fault_and_only_it(rule: str, rules: Callable[[etree._Element], list[str]]) -> None:
    wrong = deepcopy(tree(SPECIMEN))
    RULE_FAULTS[rule](wrong)
    assert rules(wrong) == [rule]


def test_every_assertion_has_an_id_of_its_own_a_role_and_a_test_here() -> None:
    stated = etree.parse(str(SCHEMA / "regesta.sch")).getroot()
    found = stated.xpath("//s:assert | //s:report", namespaces=SCH)
    assert isinstance(found, list)
    assertions = [each for each in found if isinstance(each, etree._Element)]
    assert {each.get("role") for each in assertions} <= {"error", "warning", "info"}
    assert Counter(each.get("id") for each in assertions) == Counter(list(RULE_FAULTS))
