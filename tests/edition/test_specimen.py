"""The specimen edition: made up, whole, without a finding, and using every phenomenon of the encoding guide."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from edition_sources import NAMESPACES, REPOSITORY
from lxml import etree

from regesta.validation.grammar import Grammar
from regesta.validation.grammar.automata import attributes
from regesta.validation.grammar.names import listed
from regesta.validation.grammar.patterns import Pattern, Value

SPECIMEN = REPOSITORY / "tests" / "golden" / "specimen"
PHENOMENA: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("phenomena.toml").read_text(encoding="utf-8")
)
SOURCES = sorted((SPECIMEN / "tei").rglob("*.xml"))


@cache
def roots() -> tuple[etree._Element, ...]:
    return tuple(etree.parse(path).getroot() for path in SOURCES)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "regesta", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("number", PHENOMENA)
def test_every_phenomenon_is_used(number: str) -> None:
    xpath = PHENOMENA[number]["xpath"]
    assert any(root.xpath(xpath, namespaces=NAMESPACES) for root in roots()), PHENOMENA[number]["what"]


def test_there_are_forty_of_them() -> None:
    assert list(PHENOMENA) == [str(number) for number in range(1, 41)]


def test_it_is_marked_as_made_up() -> None:
    assert all("Made up" in path.read_text(encoding="utf-8").split("<TEI")[0] for path in SOURCES)


def test_it_has_no_error_and_no_warning(tmp_path: Path) -> None:
    found = run("validate", "--edition", str(SPECIMEN), "--format", "json", "--output", str(tmp_path / "found.json"))
    summary = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["summary"]
    assert (found.returncode, summary["error"], summary["warning"]) == (0, 0, 0)


def test_it_is_valid_tei(corpora: Path) -> None:
    tei_all = Grammar(corpora / "tei-schema" / "tei_all.rng")
    assert {path.name: tei_all.judge(root).faults for path, root in zip(SOURCES, roots(), strict=True)} == {
        path.name: () for path in SOURCES
    }


def test_it_is_built_with_a_clean_proof(tmp_path: Path) -> None:
    built = run("build", "--edition", str(SPECIMEN), "--output", str(tmp_path / "build"), "--jobs", "1")
    assert built.returncode == 0, built.stderr
    report = json.loads((tmp_path / "build" / "report.json").read_text(encoding="utf-8"))
    page = tmp_path / "build" / "site" / "documents" / "decision-1953-06-20-lamps.html"
    lost = "A Chinese text that no archive holds, as the head of the paper says"
    assert f"<dd>{lost}<span" in page.read_text(encoding="utf-8"), "what is only described leads nowhere"
    assert report["documents"]["published"] == len(list((SPECIMEN / "tei" / "documents").glob("*.xml")))
    proof = report["fidelity"]
    faults = ("missing", "duplicated", "moved", "glued", "split", "changed", "inserted")
    assert proof["characters"] > 2_500
    assert {key: proof[key] for key in faults} == dict.fromkeys(faults, 0)


def test_it_uses_every_element_and_most_listed_values_of_the_grammar() -> None:
    grammar = Grammar(REPOSITORY / "schema" / "regesta.rng")
    there = {_local(name) for name in grammar.automata.element_names}
    used = {_local(str(each.tag)) for root in roots() for each in root.iter("*")}
    assert sorted(there - used) == []
    values = {
        (_local(name), value)
        for element in grammar.automata.elements
        for attribute in attributes(element.content)
        for name in listed(attribute.names)
        for value in _literals(attribute.body)
    }
    met = {
        (_local(str(name)), word)
        for root in roots()
        for each in root.iter("*")
        for name, value in each.attrib.items()
        for word in {str(value), *str(value).split()}
    }
    assert len(values & met) / len(values) > 0.5


def _literals(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, Value):
        yield pattern.literal
    for part in getattr(pattern, "parts", ()):
        yield from _literals(part)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def test_it_keeps_the_rules_that_tei_has_beside_its_grammar(corpora: Path, tmp_path: Path) -> None:
    rules = tmp_path / "tei_all.sch"
    rules.write_bytes((corpora / "tei-schema" / "tei_all.isosch").read_bytes())
    spoilt = tmp_path / "spoilt.xml"
    text = (SPECIMEN / "tei" / "documents" / "cable-1953-07-03-vost.xml").read_text(encoding="utf-8")
    spoilt.write_text(text.replace(' target="telegram-1953-06-09-torvin.xml"', "", 1), encoding="utf-8")
    checked = run("validate", str(SPECIMEN / "tei"), str(spoilt), "--schema", str(rules), "--format", "json")
    found = json.loads(checked.stdout)["findings"]
    assert {Path(each["path"]).name for each in found if each["rule"] == "schematron"} == {spoilt.name}
