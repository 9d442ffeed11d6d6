"""RELAX NG section by section (OASIS specification of 3 December 2001): cases of our own.

A case is a schema in the XML syntax with documents that are valid by it and documents that are not; a schema with
neither is itself not correct. `files` lie beside the schema.
"""

# ruff: noqa: E501 - a case a line can be compared with its neighbours

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

RNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


@dataclass(frozen=True)
class Case:
    """A schema with documents of both kinds; without any it is not correct."""

    section: str
    schema: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_correct(self) -> bool:
        return bool(self.right or self.wrong)

    @property
    def written(self) -> str:
        """Return the schema with the namespaces that all cases have."""
        return _rng(self.schema)

    @property
    def beside(self) -> dict[str, str]:
        return {name: _rng(text) if name.endswith(".rng") else text for name, text in self.files.items()}


def _rng(text: str) -> str:
    return re.sub(r"^<(\w+)", rf'<\1 xmlns="{RNG}" xmlns:x="urn:x"', text, count=1)


def el(name: str, body: str = "<empty/>") -> str:
    return f'<element name="{name}">{body}</element>'


def at(name: str, body: str = "<text/>") -> str:
    return f'<attribute name="{name}">{body}</attribute>'


def grammar(body: str, start: str = '<ref name="a"/>') -> str:
    return f"<grammar><start>{start}</start>{body}</grammar>"


def define(name: str, body: str, more: str = "") -> str:
    return f'<define name="{name}" {more}>{body}</define>'


def data(kind: str, params: Mapping[str, str] | None = None, more: str = "") -> str:
    given = "".join(f'<param name="{name}">{value}</param>' for name, value in (params or {}).items())
    return f'<data type="{kind}" datatypeLibrary="{XSD}">{given}{more}</data>'


def typed(section: str, kind: str, right: str, wrong: str, params: Mapping[str, str] | None = None) -> Case:
    """Return a case of a datatype: literals between bars, in an attribute."""
    good, bad = (
        tuple(f"<a b='{each}'/>" for each in literals.split("|")) if literals else () for literals in (right, wrong)
    )
    return Case(section, el("a", at("b", data(kind, params))), good, bad)


B, C = el("b"), el("c")
CHOOSE, MIX = "combine='choice'", "combine='interleave'"
CASES = (
    # ── 3 and 4.1: the syntax; annotations ──────────────────────────────────────────────────────────────────────
    Case("3 unknown element", el("a", "<what/>")),
    Case("3 element without content", '<element name="a"/>'),
    Case("3 element without name", "<element><empty/></element>"),
    Case("3 group without patterns", el("a", "<group/>")),
    Case("3 choice without patterns", el("a", "<choice/>")),
    Case("3 attribute with two patterns", el("a", '<attribute name="b"><text/><text/></attribute>')),
    Case("3 start with two patterns", f"<grammar><start>{B}{C}</start></grammar>"),
    Case("3 define without patterns", grammar(define("a", "") + define("b", B))),
    Case("3 name is no name", el("1a")),
    Case("3 ref without name", el("a", "<ref/>")),
    Case("3 text that is no annotation", el("a", "words")),
    Case("3 unknown attribute", '<element name="a" what="b"><empty/></element>'),
    Case("3 attribute that another element has", '<element name="a" href="b"><empty/></element>'),
    Case("3 except with a param behind", el("a", f'<data type="token"><except>{B}</except><param name="x"/></data>')),
    Case("4.1 foreign elements and attributes", el("a", '<x:note x:y="z">words<empty/></x:note><empty/>'), ("<a/>",), ("<a>x</a>",)),
    Case("4.1 foreign attributes", '<element name="a" x:what="b"><empty/></element>', ("<a/>",), ("<b/>",)),
    # ── 4.2 to 4.4: white space, datatypeLibrary, type ──────────────────────────────────────────────────────────
    Case("4.2 white space in names", '<element name=" a "><empty/></element>', ("<a/>",), ("<b/>",)),
    Case("4.2 white space in name elements", "<element><name>\n a </name><empty/></element>", ("<a/>",), ("<b/>",)),
    Case("4.2 white space in values is kept", el("a", '<value type="string"> b </value>'), ("<a> b </a>",), ("<a>b</a>",)),
    Case("4.3 library is inherited", f'<element name="a" datatypeLibrary="{XSD}"><data type="int"/></element>', ("<a>1</a>",), ("<a>b</a>",)),
    Case("4.3 empty library is the own one", f'<element name="a" datatypeLibrary="{XSD}"><data type="token" datatypeLibrary=""/></element>', ("<a>b</a>",), ("<a><b/></a>",)),
    Case("4.3 library is no address", '<element name="a" datatypeLibrary="not absolute"><data type="token"/></element>'),
    Case("4.3 unknown library", '<element name="a" datatypeLibrary="urn:unknown"><data type="token"/></element>'),
    Case("4.4 value without a type is a token", f'<element name="a" datatypeLibrary="{XSD}"><value>1 2</value></element>', ("<a> 1  2 </a>",), ("<a>12</a>",)),
    Case("4.4 unknown datatype", el("a", data("number"))),
    # ── 4.5 to 4.7: externalRef, include ────────────────────────────────────────────────────────────────────────
    Case("4.6 externalRef", el("a", '<externalRef href="b.rng"/>'), ("<a><b/></a>",), ("<a/>",), {"b.rng": B}),
    Case("4.6 externalRef passes its namespace", el("a", '<externalRef href="b.rng" ns="urn:n"/>'), ("<a><b xmlns='urn:n'/></a>",), ("<a><b/></a>",), {"b.rng": B}),
    Case("4.6 a namespace of its own wins", el("a", '<externalRef href="b.rng" ns="urn:n"/>'), ("<a><b xmlns='urn:o'/></a>",), ("<a><b xmlns='urn:n'/></a>",), {"b.rng": '<element name="b" ns="urn:o"><empty/></element>'}),
    Case("4.6 externalRef to itself", el("a", '<externalRef href="schema.rng"/>')),
    Case("4.6 externalRef to nothing", el("a", '<externalRef href="none.rng"/>')),
    Case("4.6 externalRef with a fragment", el("a", '<externalRef href="b.rng#x"/>'), files={"b.rng": B}),
    Case("4.6 externalRef to what is no pattern", el("a", '<externalRef href="b.rng"/>'), files={"b.rng": define("b", B)}),
    Case("4.7 include", '<grammar><include href="g.rng"/></grammar>', ("<a><b/></a>",), ("<a/>",), {"g.rng": grammar(define("a", el("a", '<ref name="b"/>')) + define("b", B))}),
    Case("4.7 include with definitions anew", f'<grammar><include href="g.rng">{define("b", C)}</include></grammar>', ("<a><c/></a>",), ("<a><b/></a>",), {"g.rng": grammar(define("a", el("a", '<ref name="b"/>')) + define("b", B))}),
    Case("4.7 include with a start anew", f'<grammar><include href="g.rng"><start>{C}</start></include></grammar>', ("<c/>",), ("<b/>",), {"g.rng": grammar("", B)}),
    Case("4.7 definitions within a div are given anew too", f'<grammar><include href="g.rng"><div>{define("b", C)}</div></include></grammar>', ("<c/>",), ("<b/>",), {"g.rng": grammar(f'<div>{define("b", B)}</div>', '<ref name="b"/>')}),
    Case("4.7 include gives anew what is not there", f'<grammar><include href="g.rng">{define("z", C)}</include></grammar>', files={"g.rng": grammar("", B)}),
    Case("4.7 include gives a start anew that is not there", f'<grammar><include href="g.rng"><start>{C}</start></include></grammar>', files={"g.rng": f'<grammar>{define("b", B)}</grammar>'}),
    Case("4.7 include of what is no grammar", f'<grammar><include href="b.rng"/><start>{B}</start></grammar>', files={"b.rng": B}),
    Case("4.7 include of itself", f'<grammar><include href="schema.rng"/><start>{B}</start></grammar>'),
    Case("4.7 include within include", '<grammar><include href="g.rng"><include href="g.rng"/></include></grammar>', files={"g.rng": grammar("", B)}),
    Case("4.7 what is included is combined", f'<grammar><include href="g.rng"/>{define("b", C, CHOOSE)}</grammar>', ("<b/>", "<c/>"), ("<d/>",), {"g.rng": grammar(define("b", B), '<ref name="b"/>')}),
    # ── 4.8 to 4.11: names ──────────────────────────────────────────────────────────────────────────────────────
    Case("4.8 an attribute inherits no namespace by its name attribute", f'<element name="a" ns="urn:n">{at("b")}</element>', ("<a xmlns='urn:n' b=''/>",), ("<n:a xmlns:n='urn:n' n:b=''/>",)),
    Case("4.9 a name element in an attribute does", '<element name="a" ns="urn:n"><attribute><name>b</name></attribute></element>', ("<n:a xmlns:n='urn:n' n:b=''/>",), ("<a xmlns='urn:n' b=''/>",)),
    Case("4.8 ns of the attribute itself", '<element name="a"><attribute name="b" ns="urn:n"/></element>', ("<a xmlns:n='urn:n' n:b=''/>",), ("<a b=''/>",)),
    Case("4.9 ns is inherited by elements", f'<element name="a" ns="urn:n">{B}</element>', ("<a xmlns='urn:n'><b/></a>",), ("<a xmlns='urn:n'><b xmlns=''/></a>",)),
    Case("4.10 prefixes in names", el("x:a"), ("<a xmlns='urn:x'/>",), ("<a/>",)),
    Case("4.10 a prefix that is not declared", el("y:a")),
    Case("4.10 prefix wins over ns", '<element name="x:a" ns="urn:n"><empty/></element>', ("<a xmlns='urn:x'/>",), ("<a xmlns='urn:n'/>",)),
    Case("4.11 div", f'<grammar><div><start><ref name="a"/></start></div><div><div>{define("a", el("a"))}</div></div></grammar>', ("<a/>",), ("<b/>",)),
    # ── 4.12 to 4.16: more than one child; mixed; optional; constraints on names ────────────────────────────────
    Case("4.12 several children are a group", el("a", B + C), ("<a><b/><c/></a>",), ("<a><c/><b/></a>", "<a><b/></a>")),
    Case("4.12 oneOrMore of several", el("a", f"<oneOrMore>{B}{C}</oneOrMore>"), ("<a><b/><c/><b/><c/></a>",), ("<a><b/><b/><c/><c/></a>",)),
    Case("4.13 mixed", el("a", f"<mixed>{B}</mixed>"), ("<a>x<b/>y</a>", "<a><b/></a>"), ("<a>x</a>",)),
    Case("4.14 optional", el("a", f"<optional>{B}</optional>"), ("<a/>", "<a><b/></a>"), ("<a><b/><b/></a>",)),
    Case("4.15 zeroOrMore", el("a", f"<zeroOrMore>{B}</zeroOrMore>"), ("<a/>", "<a><b/><b/></a>"), ("<a><c/></a>",)),
    Case("4.16 anyName", "<element><anyName/><empty/></element>", ("<a/>", "<b xmlns='urn:n'/>"), ("<a>x</a>",)),
    Case("4.16 anyName with except", "<element><anyName><except><name>b</name></except></anyName><empty/></element>", ("<a/>", "<b xmlns='urn:n'/>"), ("<b/>",)),
    Case("4.16 anyName with a namespace excepted", '<element><anyName><except><nsName ns="urn:n"/></except></anyName><empty/></element>', ("<a/>",), ("<b xmlns='urn:n'/>",)),
    Case("4.16 anyName in the except of anyName", "<element><anyName><except><anyName/></except></anyName><empty/></element>"),
    Case("4.16 nsName in the except of nsName", '<element><nsName ns=""><except><nsName ns="urn:n"/></except></nsName><empty/></element>'),
    Case("4.16 anyName in the except of nsName", '<element><nsName ns=""><except><anyName/></except></nsName><empty/></element>'),
    Case("4.16 nsName with except", '<element><nsName ns="urn:n"><except><name>b</name></except></nsName><empty/></element>', ("<a xmlns='urn:n'/>",), ("<a/>",)),
    Case("4.16 nsName excepts its own", '<element ns="urn:n"><nsName><except><name>b</name></except></nsName><empty/></element>', ("<a xmlns='urn:n'/>",), ("<b xmlns='urn:n'/>",)),
    Case("4.16 choice of name classes", '<element><choice><name>a</name><nsName ns="urn:n"/></choice><empty/></element>', ("<a/>", "<z xmlns='urn:n'/>"), ("<z/>",)),
    Case("4.16 an attribute called xmlns", el("a", at("xmlns"))),
    Case("4.16 an attribute in the namespace of declarations", el("a", '<attribute ns="http://www.w3.org/2000/xmlns" name="b"/>')),
    # ── 4.17 to 4.19: combine, grammar, start ───────────────────────────────────────────────────────────────────
    Case("4.17 combine choice", grammar(define("a", B, CHOOSE) + define("a", C)), ("<b/>", "<c/>"), ("<d/>",)),
    Case("4.17 combine interleave", grammar(define("a", el("a", '<ref name="p"/>')) + define("p", at("b"), MIX) + define("p", at("c"), MIX)), ("<a b='' c=''/>",), ("<a b=''/>",)),
    Case("4.17 combine start", f"<grammar><start combine='choice'>{B}</start><start combine='choice'>{C}</start></grammar>", ("<b/>", "<c/>"), ("<d/>",)),
    Case("4.17 two definitions without combine", grammar(define("a", B) + define("a", C))),
    Case("4.17 combined in two ways", grammar(define("a", B, CHOOSE) + define("a", C, MIX))),
    Case("4.17 combine is something else", grammar(define("a", B, "combine='group'"))),
    Case("4.18 a name that nothing defines", grammar(define("b", B))),
    Case("4.18 a grammar without start", f"<grammar>{define('a', B)}</grammar>"),
    Case("4.18 ref without a grammar", el("a", '<ref name="b"/>')),
    Case("4.18 parentRef without an outer grammar", grammar(define("a", el("a", '<parentRef name="a"/>')))),
    Case("4.18 nested grammar", el("a", grammar(define("b", B), '<ref name="b"/>')), ("<a><b/></a>",), ("<a/>",)),
    Case("4.18 the inner grammar does not see the outer", grammar(define("a", el("a", grammar("", '<ref name="c"/>'))) + define("c", C))),
    Case("4.18 parentRef", grammar(define("a", el("a", grammar("", '<parentRef name="c"/>'))) + define("c", C)), ("<a><c/></a>",), ("<a/>",)),
    Case("4.19 a definition that is itself", grammar(define("a", '<ref name="a"/>'))),
    Case("4.19 a definition that goes in a circle", grammar(define("a", '<choice><ref name="b"/><empty/></choice>') + define("b", '<ref name="a"/>'), el("a", '<ref name="a"/>'))),
    Case("4.19 a circle through an element", grammar(define("a", el("a", '<optional><ref name="a"/></optional>'))), ("<a><a><a/></a></a>",), ("<a><a/><a/></a>",)),
    # ── 4.20 and 4.21: notAllowed, empty ────────────────────────────────────────────────────────────────────────
    Case("4.20 notAllowed in a choice", el("a", f"<choice><notAllowed/>{B}</choice>"), ("<a><b/></a>",), ("<a/>",)),
    Case("4.20 notAllowed in a group", el("a", f"<choice><group><notAllowed/>{B}</group>{C}</choice>"), ("<a><c/></a>",), ("<a><b/></a>",)),
    Case("4.20 an attribute that is not allowed", el("a", f"<optional>{at('b', '<notAllowed/>')}</optional>"), ("<a/>",), ("<a b=''/>",)),
    Case("4.21 empty in a group", el("a", f"<group><empty/>{B}<empty/></group>"), ("<a><b/></a>",), ("<a/>",)),
    # ── 6.2: semantics of patterns ──────────────────────────────────────────────────────────────────────────────
    Case("6.2 choice is not exclusive", el("a", f"<choice><group>{B}{C}</group><group>{B}{B}</group></choice>"), ("<a><b/><c/></a>", "<a><b/><b/></a>"), ("<a><b/></a>",)),
    Case("6.2 attributes in any order and beside content", el("a", B + at("x") + at("y")), ("<a y='' x=''><b/></a>",), ("<a x=''><b/></a>", "<a y='' x='' z=''><b/></a>")),
    Case("6.2 interleave", el("a", f"<interleave><group>{B}{C}</group>{el('d')}</interleave>"), ("<a><b/><d/><c/></a>", "<a><d/><b/><c/></a>"), ("<a><c/><d/><b/></a>",)),
    Case("6.2 interleave with text", el("a", f"<interleave><text/>{B}</interleave>"), ("<a>x<b/>y</a>",), ("<a>x<b/><b/></a>",)),
    Case("6.2 oneOrMore of interleaves", el("a", f"<oneOrMore><interleave>{B}{C}</interleave></oneOrMore>"), ("<a><b/><c/><c/><b/></a>",), ("<a><b/><b/><c/><c/></a>",)),
    Case("6.2 text is any text, none too", el("a", "<text/>"), ("<a/>", "<a> x </a>", "<a>x<!-- y -->z</a>"), ("<a><b/></a>",)),
    Case("6.2 comments and instructions do not count", el("a", B), ("<a><!-- x --><b/><?y z?></a>",), ("<a>.<b/></a>",)),
    Case("6.2 white space between elements does not count", el("a", B), ("<a> \n\t<b/> </a>",), ("<a>\u00a0<b/></a>",)),
    Case("6.2 empty takes white space", el("a"), ("<a> \n</a>", "<a/>"), ("<a>x</a>",)),
    Case("6.2 attributes that depend on each other", el("a", f"<choice><group>{at('b')}{at('c')}</group>{at('d')}</choice>"), ("<a b='' c=''/>", "<a d=''/>"), ("<a b=''/>", "<a b='' d=''/>")),
    Case("6.2 an attribute chooses the content", el("a", f"<choice><group>{at('t', '<value>x</value>')}{B}</group><group>{at('t', '<value>y</value>')}{C}</group></choice>"), ("<a t='x'><b/></a>", "<a t='y'><c/></a>"), ("<a t='x'><c/></a>",)),
    Case("6.2 any attributes", el("a", "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"), ("<a/>", "<a b='' xml:lang='en'/>"), ("<a><b/></a>",)),
    Case("6.2 any attributes but one", el("a", "<zeroOrMore><attribute><anyName><except><name>b</name></except></anyName></attribute></zeroOrMore>"), ("<a c=''/>",), ("<a b=''/>",)),
    Case("6.2 elements alike, told apart by content", el("a", f"<choice>{el('b', el('c'))}{el('b', el('d'))}</choice>"), ("<a><b><c/></b></a>", "<a><b><d/></b></a>"), ("<a><b/></a>", "<a><b><c/><d/></b></a>")),
    Case("6.2.7 data in an element", el("a", data("int")), ("<a>1</a>", "<a> 1 </a>", "<a>1<!-- 2 --></a>"), ("<a/>", "<a>1<b/></a>", "<a>1 2</a>")),
    Case("6.2.7 a choice of values and elements", el("a", f"<choice><value>x</value>{B}</choice>"), ("<a>x</a>", "<a><b/></a>"), ("<a>y</a>", "<a>x<b/></a>")),
    Case("6.2.8 value of the own library", el("a", "<value>x  y</value>"), ("<a>x y</a>", "<a> x y</a>"), ("<a>X y</a>",)),
    Case("6.2.8 value is compared by type", el("a", f'<value type="int" datatypeLibrary="{XSD}">1</value>'), ("<a>01</a>", "<a> +1</a>"), ("<a>2</a>", "<a>x</a>")),
    Case("6.2.8 value that its type does not have", el("a", f'<value type="int" datatypeLibrary="{XSD}">x</value>')),
    Case("6.2.8 value of a QName", el("a", f'<value type="QName" datatypeLibrary="{XSD}">x:b</value>'), ("<a xmlns:y='urn:x'>y:b</a>",), ("<a xmlns:x='urn:y'>x:b</a>", "<a>x:b</a>")),
    Case("6.2.9 list", el("a", f"<list>{data('int')}<oneOrMore>{data('date')}</oneOrMore></list>"), ("<a>1 2001-01-01 2002-02-02</a>",), ("<a>1</a>", "<a/>", "<a>2001-01-01 1</a>")),
    Case("6.2.9 list of none", el("a", f"<list><zeroOrMore>{data('int')}</zeroOrMore></list>"), ("<a/>", "<a> </a>", "<a>1 2</a>"), ("<a>x</a>",)),
    Case("6.2.9 list in an attribute", el("a", at("b", "<list><value>x</value><value>y</value></list>")), ("<a b=' x  y'/>",), ("<a b='x'/>", "<a b='x y y'/>")),
    Case("6.2.10 data with except", el("a", data("int", None, "<except><value>1</value><value>2</value></except>")), ("<a>3</a>",), ("<a>1</a>", "<a>2</a>", "<a>x</a>")),
    Case("6.2.10 except is compared by its own type", el("a", data("int", None, "<except><value type='int'>1</value></except>")), ("<a>2</a>",), ("<a>01</a>",)),
    # ── 7: restrictions ─────────────────────────────────────────────────────────────────────────────────────────
    Case("7.1.1 attribute in attribute", el("a", at("b", at("c")))),
    Case("7.1.1 element in attribute", el("a", at("b", B))),
    Case("7.1.1 element in attribute by a name", grammar(define("a", el("a", at("b", '<ref name="b"/>'))) + define("b", B))),
    Case("7.1.2 a group of attributes in oneOrMore", el("a", f"<oneOrMore><group>{at('b')}{at('c')}</group></oneOrMore>")),
    Case("7.1.2 an interleave with an attribute in oneOrMore", el("a", f"<oneOrMore><interleave>{at('b')}{B}</interleave></oneOrMore>")),
    Case("7.1.3 list in list", el("a", "<list><list><value>x</value></list></list>")),
    Case("7.1.3 element in list", el("a", f"<list>{B}</list>")),
    Case("7.1.3 attribute in list", el("a", f"<list>{at('b')}</list>")),
    Case("7.1.3 text in list", el("a", "<list><text/></list>")),
    Case("7.1.3 interleave in list", el("a", "<list><interleave><value>x</value><value>y</value></interleave></list>")),
    Case("7.1.4 text in the except of data", el("a", data("int", None, "<except><text/></except>"))),
    Case("7.1.4 element in the except of data", el("a", data("int", None, f"<except>{B}</except>"))),
    Case("7.1.4 list in the except of data", el("a", data("int", None, "<except><list><value>x</value></list></except>"))),
    Case("7.1.4 empty in the except of data", el("a", data("int", None, "<except><empty/></except>"))),
    Case("7.1.4 oneOrMore in the except of data", el("a", data("int", None, "<except><oneOrMore><value>x</value></oneOrMore></except>"))),
    Case("7.1.5 attribute at the start", grammar("", at("b"))),
    Case("7.1.5 text at the start", grammar("", "<text/>")),
    Case("7.1.5 data at the start", grammar("", data("int"))),
    Case("7.1.5 value at the start", grammar("", "<value>x</value>")),
    Case("7.1.5 list at the start", grammar("", "<list><value>x</value></list>")),
    Case("7.1.5 group at the start", grammar("", f"<group>{B}{C}</group>")),
    Case("7.1.5 interleave at the start", grammar("", f"<interleave>{B}{C}</interleave>")),
    Case("7.1.5 oneOrMore at the start", grammar("", f"<oneOrMore>{B}</oneOrMore>")),
    Case("7.1.5 empty at the start", grammar("", "<empty/>")),
    Case("7.1.5 choice at the start", grammar("", f"<choice>{B}{C}</choice>"), ("<b/>",), ("<d/>",)),
    Case("7.2 data beside an element", el("a", data("int") + B)),
    Case("7.2 data beside text", el("a", f"<interleave>{data('int')}<text/></interleave>")),
    Case("7.2 two values", el("a", "<value>x</value><value>y</value>")),
    Case("7.2 oneOrMore of data", el("a", f"<oneOrMore>{data('int')}</oneOrMore>")),
    Case("7.2 data beside an attribute", el("a", data("int") + at("b")), ("<a b=''>1</a>",), ("<a>1</a>",)),
    Case("7.2 data or an element", el("a", f"<choice>{data('int')}{B}</choice>"), ("<a>1</a>", "<a><b/></a>"), ("<a/>",)),
    Case("7.3 an attribute twice in a group", el("a", at("b") + at("b"))),
    Case("7.3 an attribute twice in an interleave", el("a", f"<interleave>{at('b')}{at('b')}</interleave>")),
    Case("7.3 an attribute twice by way of a wide name", el("a", at("b") + "<oneOrMore><attribute><anyName/></attribute></oneOrMore>")),
    Case("7.3 an attribute twice in a choice", el("a", f"<choice>{at('b')}{at('b', '<value>x</value>')}</choice>"), ("<a b='y'/>",), ("<a/>",)),
    Case("7.3 a wide name without oneOrMore", el("a", "<attribute><anyName/></attribute>")),
    Case("7.3 a wide name with a value", el("a", "<oneOrMore><attribute><anyName/><value>x</value></attribute></oneOrMore>")),
    Case("7.3 the wide name of a namespace", el("a", '<oneOrMore><attribute><nsName ns="urn:n"/></attribute></oneOrMore>' + at("b")), ("<a b='' n:c='' xmlns:n='urn:n'/>",), ("<a b=''/>",)),
    Case("7.4 an element twice in an interleave", el("a", f"<interleave>{B}{B}</interleave>")),
    Case("7.4 elements of overlapping names", el("a", f"<interleave>{B}<element><anyName/><empty/></element></interleave>")),
    Case("7.4 text twice in an interleave", el("a", "<interleave><text/><text/></interleave>")),
    Case("7.4 mixed in mixed", el("a", f"<mixed><mixed>{B}</mixed></mixed>")),
    Case("7.4 elements of different namespaces", el("a", f'<interleave>{B}<element><nsName ns="urn:n"/><empty/></element></interleave>'), ("<a><z xmlns='urn:n'/><b/></a>",), ("<a><b/></a>",)),
    # ── XML Schema, part 2: datatypes and facets ────────────────────────────────────────────────────────────────
    typed("3.2.1 string length", "string", "ab|é편", "a|abc", {"length": "2"}),
    typed("3.2.2 boolean", "boolean", "true|false|1|0| true ", "TRUE|yes|2|"),
    typed("3.2.3 decimal", "decimal", "1|-1.50|+0.0|.5|5.|0012", "1e3|1,5|INF||.|--1"),
    typed("3.2.4 float", "float", "1|1e3|-1.5E-3|INF|-INF|NaN|.5", "+INF|inf|1e|e3|"),
    typed("3.2.5 double", "double", "1e400|0|-0", "1e4.0|nan"),
    typed("3.2.6 duration", "duration", "P1Y|P1Y2M3DT4H5M6.7S|-P1D|PT0S|P0Y", "P|1Y|PT|P1S|P1YT|P-1Y|"),
    typed("3.2.7 dateTime", "dateTime", "1956-08-30T14:00:00|1956-08-30T14:00:00.5Z|1956-08-30T14:00:00+08:30|-0044-03-15T00:00:00", "1956-08-30|1956-08-30T25:00:00|1956-13-30T14:00:00|1956-08-30 14:00:00|1956-08-30T14:00"),
    typed("3.2.8 time", "time", "14:00:00|14:00:00Z|23:59:59.999", "24:01:00|14:00|14:60:00|2:00:00"),
    typed("3.2.9 date", "date", "1956-08-30|1956-02-29|1956-08-30Z|-0001-01-01|12000-01-01", "1957-02-29|1956-8-30|56-08-30|1956-08-32|1956-00-01"),
    typed("3.2.10 gYearMonth", "gYearMonth", "1956-08|1956-08Z", "1956|1956-13|1956-08-30"),
    typed("3.2.11 gYear", "gYear", "1956|-0044|12000", "56|0056a|01956"),
    typed("3.2.12 gMonthDay", "gMonthDay", "--08-30|--02-29", "--02-30|08-30|--8-30"),
    typed("3.2.13 gDay", "gDay", "---30|---01", "---32|--30|---1"),
    typed("3.2.14 gMonth", "gMonth", "--08", "--13|--8|08"),
    typed("3.2.15 hexBinary", "hexBinary", "0FB7|0fb7|", "0FB|0G"),
    typed("3.2.16 base64Binary", "base64Binary", "QUJD|QUI=|QQ==|QU JD", "QUJ|Q===|QUJD="),
    typed("3.2.17 anyURI", "anyURI", "http://example.org/a#b|a b|#x|", "%zz|a#b#c"),
    typed("3.2.18 QName", "QName", "a|xml:b", "y:b|a:b:c|1a|"),
    typed("3.3.1 normalizedString", "normalizedString", "a b", "ab", {"length": "3"}),
    typed("3.3.2 token", "token", "a b|  a   b ", "ab", {"length": "3"}),
    typed("3.3.3 language", "language", "en|zh-Hant|x-klingon|de-AT-1901", "de_AT|123456789|en-|"),
    typed("3.3.4 NMTOKEN", "NMTOKEN", "1a|-|a:b|é", "a b||a/b"),
    typed("3.3.5 NMTOKENS", "NMTOKENS", "a|a b 1", ""),
    typed("3.3.6 Name", "Name", "a:b|_a|é1", "1a|-a|"),
    typed("3.3.7 NCName", "NCName", "a|_a.b-1|편지", "a:b|1a|a b|"),
    typed("3.3.13 integer", "integer", "1|-0|+12|00", "1.0|1e2|"),
    typed("3.3.14 nonPositiveInteger", "nonPositiveInteger", "0|-1", "1"),
    typed("3.3.15 negativeInteger", "negativeInteger", "-1", "0|1"),
    typed("3.3.16 long", "long", "9223372036854775807|-9223372036854775808", "9223372036854775808"),
    typed("3.3.17 int", "int", "2147483647", "2147483648"),
    typed("3.3.18 short", "short", "-32768", "32768"),
    typed("3.3.19 byte", "byte", "127|-128", "128"),
    typed("3.3.20 nonNegativeInteger", "nonNegativeInteger", "0|+1", "-1"),
    typed("3.3.21 unsignedLong", "unsignedLong", "18446744073709551615", "18446744073709551616|-1"),
    typed("3.3.22 unsignedInt", "unsignedInt", "4294967295", "4294967296"),
    typed("3.3.23 unsignedShort", "unsignedShort", "65535", "65536"),
    typed("3.3.24 unsignedByte", "unsignedByte", "255", "256|-1"),
    typed("3.3.25 positiveInteger", "positiveInteger", "1", "0"),
    typed("4.3.2 minLength and maxLength", "string", "ab|abc", "a|abcd", {"minLength": "2", "maxLength": "3"}),
    typed("4.3.4 pattern", "token", "a1|b2", "a|1a|a12", {"pattern": "[a-z]\\d"}),
    typed("4.3.4 pattern is anchored", "token", "b", "abc", {"pattern": "b"}),
    typed("4.3.4 pattern with a subtraction", "token", "b|z", "a|e", {"pattern": "[a-z-[aeiou]]"}),
    typed("4.3.4 pattern with categories and blocks", "token", "편7", "a7|편x", {"pattern": "\\p{IsHangulSyllables}\\p{Nd}"}),
    typed("4.3.4 pattern with quantities", "token", "ab|aaab", "b|aaaab", {"pattern": "a{1,3}b"}),
    typed("4.3.4 pattern with names of XML", "token", "a-1|_b", "1a", {"pattern": "\\i\\c*"}),
    typed("4.3.7 bounds of numbers", "decimal", "1|1.5|2", "0.99|2.01", {"minInclusive": "1", "maxInclusive": "2"}),
    typed("4.3.8 bounds without their ends", "integer", "2", "1|3", {"minExclusive": "1", "maxExclusive": "3"}),
    typed("4.3.7 bounds of dates", "date", "1956-08-30|1956-08-31", "1956-08-29", {"minInclusive": "1956-08-30"}),
    typed("4.3.11 totalDigits", "decimal", "12.3|0.10", "1234", {"totalDigits": "3"}),
    typed("4.3.12 fractionDigits", "decimal", "1.25|1.250", "1.255", {"fractionDigits": "2"}),
    Case("a facet that the type does not have", el("a", data("boolean", {"length": "1"}))),
    Case("an unknown facet", el("a", data("string", {"enumeration": "a"}))),
    Case("a pattern that is none", el("a", data("string", {"pattern": "("}))),
    Case("a parameter of the own library", el("a", '<data type="token"><param name="length">1</param></data>')),
    # ── DTD compatibility: ID, IDREF, IDREFS ────────────────────────────────────────────────────────────────────
    Case("ID and IDREF", el("a", f"<zeroOrMore>{el('b', at('i', data('ID')))}</zeroOrMore><zeroOrMore>{el('c', at('r', data('IDREF')))}</zeroOrMore>"), ("<a><b i='x'/><b i='y'/><c r='y'/></a>",), ("<a><b i='x'/><b i='x'/></a>", "<a><b i='x'/><c r='y'/></a>", "<a><b i='1'/></a>")),
    Case("IDREFS", el("a", at("i", data("ID")) + el("c", at("r", data("IDREFS")))), ("<a i='x'><c r='x x'/></a>",), ("<a i='x'><c r='x y'/></a>", "<a i='x'><c r=''/></a>")),
)  # fmt: skip
