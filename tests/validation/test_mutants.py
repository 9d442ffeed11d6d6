"""The generator of faulty documents: seeded, one fault each, its line known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from mutants import MUTATIONS, Base, Vocabulary, mutants, vocabulary

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment with <tags> -->
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title type="main">A letter</title></titleStmt>
      <publicationStmt><publisher>The edition</publisher><date when="1956">1956</date></publicationStmt>
      <sourceDesc><p>A box.</p></sourceDesc>
    </fileDesc>
    <profileDesc><langUsage><language ident="ru">Russian</language></langUsage></profileDesc>
  </teiHeader>
  <text>
    <body>
      <div
          type="letter">
        <head>To the Central Committee</head>
        <pb n="1"/>
        <p>We met <persName ref="#kim">Kim &amp; others</persName> today.<note><![CDATA[1 < 2]]></note></p>
      </div>
    </body>
  </text>
</TEI>
"""


@pytest.fixture(scope="module")
def names() -> Vocabulary:
    elements = {etree.QName(element).localname for element in etree.fromstring(DOCUMENT.encode()).iter(etree.Element)}
    return Vocabulary(frozenset(elements | {"surname", "ab"}), frozenset({"type", "when", "n", "ref", "ident", "unit"}))


def test_the_same_seed_makes_the_same_mutants(names: Vocabulary) -> None:
    bases = [Base("letter.xml", DOCUMENT)]
    assert list(mutants(bases, 60, "one", names)) == list(mutants(bases, 60, "one", names))
    assert list(mutants(bases, 60, "one", names)) != list(mutants(bases, 60, "two", names))


def test_every_kind_is_made_as_often(names: Vocabulary) -> None:
    made = mutants([Base("letter.xml", DOCUMENT)], 10 * len(MUTATIONS), "kinds", names)
    assert Counter(mutant.kind for mutant in made) == dict.fromkeys(MUTATIONS, 10)


def test_mutants_are_well_formed_and_differ_from_the_document_where_they_say(names: Vocabulary) -> None:
    before = DOCUMENT.splitlines()
    for mutant in mutants([Base("letter.xml", DOCUMENT)], 500, "lines", names):
        etree.fromstring(mutant.text.encode())
        after = mutant.text.splitlines()
        same = next(n for n, (old, new) in enumerate(zip(before, after, strict=False), start=1) if old != new)
        assert same in mutant.lines, mutant.change


def test_misspelt_names_are_no_names(names: Vocabulary) -> None:
    made = list(mutants([Base("letter.xml", DOCUMENT)], 500, "names", names))
    wrong = [mutant for mutant in made if mutant.original]
    assert {mutant.kind for mutant in wrong} == {"misspelt-element", "misspelt-attribute"}
    for mutant in wrong:
        written = mutant.change.split(" written ")[1]
        assert written.removeprefix("@") not in names.elements | names.attributes
        assert mutant.original in names.elements | names.attributes


def test_the_vocabulary_is_that_of_the_schema(tmp_path: Path) -> None:
    schema = tmp_path / "small.rng"
    schema.write_text(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><attribute name="b"/>'
        '<element><anyName/><empty/></element><element name="c"><empty/></element></element>'
    )
    assert vocabulary(schema) == Vocabulary(frozenset({"a", "c"}), frozenset({"b"}))
