"""Schematron: the constructs of ISO/IEC 19757-3 mean what the standard says, and what is wrong is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from regesta.saxon import Saxon
from regesta.validation import declared, schematron
from regesta.validation.schematron import Broken, Failure, Names, Rulebook, firing, reading
from small_editions import check_files, rules_of, tei, write

DOCUMENT = "<a n='1'><b n='2'>two <c xml:id='x'/></b><b>three</b><!-- d --><d xmlns='urn:d'/></a>"


def failures(content: str, *, attributes: str = 'queryBinding="xslt3"', document: str = DOCUMENT) -> list[Failure]:
    """Return what a schema with this content finds in the document."""
    found = run(f'<schema xmlns="{schematron.SCHEMATRON}" {attributes}>{content}</schema>', document)
    assert not [each for each in found if isinstance(each, Broken)]
    return [each for each in found if isinstance(each, Failure)]


def run(schema: str, document: str = DOCUMENT) -> list[Failure | Broken]:
    """Return what a schema finds in the document, and what is wrong with its rules."""
    book = Rulebook(reading.standalone(schema.encode()), whole=True)
    return list(book.judge(Names.of(etree.fromstring(document)), document, Saxon(())))


def messages(found: Sequence[Failure]) -> list[str]:
    return [failure.message for failure in found]


def pattern(*rules: str, attributes: str = "") -> str:
    return f"<pattern {attributes}>{''.join(rules)}</pattern>"


def rule(context: str, *checks: str, attributes: str = "") -> str:
    return f'<rule context="{context}" {attributes}>{"".join(checks)}</rule>'


# ── assertions and contexts ────────────────────────────────────────────────────────────────────────────────


def test_assertions_fail_and_reports_are_made() -> None:
    checks = '<assert test="@n">no n</assert><report test="c">a c</report>'
    found = failures(pattern(rule("b", checks)))
    assert [(failure.message, failure.element) for failure in found] == [("a c", 1), ("no n", 3)]


@pytest.mark.parametrize(
    ("context", "elements"),
    [
        ("/", [0]),
        ("/*", [0]),
        ("a", [0]),
        ("b", [1, 3]),
        ("/a/b", [1, 3]),
        ("//b", [1, 3]),
        ("b | c", [1, 2, 3]),
        ("b[2]", [3]),
        ("@n", [0, 1]),
        ("@xml:id", [2]),
        ("b/text()", [1, 3]),
        ("comment()", [0]),
        ("x:d", [4]),
        ("*", [0, 1, 2, 3, 4]),
    ],
)
def test_contexts_are_patterns_of_any_node(context: str, elements: list[int]) -> None:
    found = failures('<ns prefix="x" uri="urn:d"/>' + pattern(rule(context, '<report test="true()">here</report>')))
    assert [failure.element for failure in found] == elements


def test_the_first_rule_of_a_pattern_wins_and_patterns_do_not_meddle() -> None:
    one, every = (rule(context, f'<report test="true()">{context}</report>') for context in ("b[@n]", "b"))
    assert messages(failures(pattern(one, every))) == ["b[@n]", "b"]
    assert messages(failures(pattern(every, one))) == ["b", "b"]
    assert messages(failures(pattern(one) + pattern(every))) == ["b[@n]", "b", "b"]


def test_messages_hold_values_names_and_emphasis() -> None:
    words = '<report test="@n">The <emph>n</emph> of <name/> in <name path=".."/> is <value-of select="@n"/>.</report>'
    assert messages(failures(pattern(rule("b", words)))) == ["The n of b in a is 2."]


def test_a_value_of_several_items_is_told_with_spaces() -> None:
    words = '<report test="true()"><value-of select="(1, 2)"/></report>'
    assert messages(failures(pattern(rule("a", words)))) == ["1 2"]


def test_diagnostics_are_part_of_the_message() -> None:
    diagnostics = '<diagnostics><diagnostic id="d">It has <value-of select="count(b)"/>.</diagnostic></diagnostics>'
    found = failures(pattern(rule("a", '<report test="b" diagnostics="d none">Too many.</report>')) + diagnostics)
    assert messages(found) == ["Too many. It has 2."]


@pytest.mark.parametrize(
    ("role", "severity"),
    [
        *(("error", "error"), ("FATAL", "error"), ("warning", "warning"), ("warn", "warning"), ("nonfatal", "warning")),
        *(("info", "info"), ("information", "info"), ("unheard-of", "error")),
    ],
)
@pytest.mark.parametrize("where", ["check", "rule", "pattern"])
def test_roles_are_severities(role: str, severity: str, where: str) -> None:
    said = {place: f'role="{role}"' if place == where else "" for place in ("check", "rule", "pattern")}
    check = f'<report test="true()" {said["check"]}>x</report>'
    (found,) = failures(pattern(rule("a", check, attributes=said["rule"]), attributes=said["pattern"]))
    assert found.severity == severity


def test_a_finding_is_called_by_the_nearest_id() -> None:
    ids = ['<report test="true()" id="check">x</report>', '<report test="true()">x</report>']
    found = failures(pattern(rule("a", *ids, attributes='id="rule"')) + pattern(rule("a", ids[1]), attributes='id="p"'))
    assert [failure.id for failure in found] == ["check", "rule", "p"]


# ── variables ──────────────────────────────────────────────────────────────────────────────────────────────


def test_variables_of_schema_pattern_and_rule_are_seen() -> None:
    check = '<report test="true()"><value-of select="$s, $p, $r"/></report>'
    content = '<let name="s" value="count(//b)"/>' + pattern(
        '<let name="p" value="/a/@n"/>', rule("c", '<let name="r" value="../@n"/>', check)
    )
    assert messages(failures(content)) == ["2 1 2"]


def test_a_variable_may_stand_in_a_context() -> None:
    content = pattern('<let name="n" value="2"/>', rule("b[@n = $n]", '<report test="true()">two</report>'))
    assert messages(failures(content)) == ["two"]


def test_patterns_may_call_their_variables_alike() -> None:
    patterns = [
        pattern(f'<let name="n" value="{n}"/>', rule("b[2]", '<report test="true()"><value-of select="$n"/></report>'))
        for n in (1, 2)
    ]
    assert messages(failures("".join(patterns))) == ["1", "2"]


def test_a_pattern_may_call_its_variable_like_one_of_the_schema() -> None:
    check = rule("a", '<report test="true()"><value-of select="$n"/></report>')
    content = '<let name="n" value="0"/>' + pattern('<let name="n" value="1"/>', check) + pattern(check)
    assert messages(failures(content)) == ["1", "0"]


def test_a_variable_may_hold_markup() -> None:
    content = '<let name="kinds"><kind xmlns="">two</kind></let>'
    check = '<report test="$kinds/kind = normalize-space(text()[1])">known</report>'
    assert messages(failures(content + pattern(rule("b", check)))) == ["known"]


# ── abstract and phases ────────────────────────────────────────────────────────────────────────────────────


def test_an_abstract_rule_is_used_where_it_is_extended() -> None:
    shared = (
        '<rule abstract="true" id="shared"><let name="k" value="7"/><report test="@n"><value-of select="$k"/></report>'
    )
    shared += "</rule>"
    assert messages(failures(pattern(shared, rule("b", '<extends rule="shared"/>')))) == ["7"]


def test_an_abstract_pattern_is_used_with_its_parameters() -> None:
    model = (
        '<pattern abstract="true" id="m">'
        + rule("$where", '<report test="$what">$what of $where</report>')
        + "</pattern>"
    )
    use = '<pattern is-a="m" id="use"><param name="where" value="b"/><param name="what" value="@n"/></pattern>'
    (found,) = failures(model + use)
    assert (found.id, found.element) == ("use", 1)


def test_a_parameter_does_not_touch_a_variable_whose_name_begins_like_it() -> None:
    content = '<let name="nn" value="2"/><pattern abstract="true" id="m">'
    content += rule("b", '<report test="@n = $nn and $n">two</report>')
    content += '</pattern><pattern is-a="m"><param name="n" value="true()"/></pattern>'
    assert messages(failures(content)) == ["two"]


def test_only_patterns_of_the_default_phase_are_active() -> None:
    both = "".join(pattern(rule("a", f'<report test="true()">{n}</report>'), attributes=f'id="p{n}"') for n in "12")
    phase = '<phase id="some"><active pattern="p2"/></phase>'
    assert messages(failures(phase + both)) == ["1", "2"]
    assert messages(failures(phase + both, attributes='queryBinding="xslt2" defaultPhase="some"')) == ["2"]


# ── what is wrong with a schema ────────────────────────────────────────────────────────────────────────────


def compile_error(schema: str) -> str:
    with pytest.raises(ValueError) as raised:
        Rulebook(reading.standalone(schema.encode()), whole=True)
    return str(raised.value)


NAMESPACE = f'xmlns="{schematron.SCHEMATRON}"'


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("<schema", "not well-formed"),
        ("<schema/>", "not schema in the Schematron namespace"),
        (f'<schema {NAMESPACE} queryBinding="exslt"/>', "exslt"),
        (f'<schema {NAMESPACE}><include href="more.sch"/></schema>', "includes"),
        (f"<schema {NAMESPACE}><pattern><rule context='a'><extends rule='none'/></rule></pattern></schema>", "none"),
        (f'<schema {NAMESPACE}><pattern is-a="none"/></schema>', "none"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_says_why(schema: str, words: str) -> None:
    assert words in compile_error(schema)


def test_a_schema_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    entity = f'<!DOCTYPE schema [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    schema = f"{entity}<schema {NAMESPACE}>{pattern(rule('a', '<report test=true()>&e;</report>'))}</schema>"
    with pytest.raises(ValueError, match="not well-formed"):
        reading.standalone(schema.encode())
    reaching = rule("a", f"<report test=\"unparsed-text('{(tmp_path / 'secret').as_uri()}')\">x</report>")
    (found,) = run(f"<schema {NAMESPACE} queryBinding='xslt3'>{pattern(reaching)}</schema>")
    assert isinstance(found, Broken)
    assert "SECRET" not in found.reason


def test_a_failing_rule_is_named_with_its_fault(tmp_path: Path) -> None:
    schema = f'<schema {NAMESPACE} queryBinding="xslt3"><ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>'
    schema += pattern(rule("t:p", '<assert test="year-from-date(xs:date(.)) gt 1900">dated</assert>')) + "</schema>"
    write(tmp_path, {"a.xml": tei("<p>soon</p>"), "own.sch": schema})
    told = check_files(tmp_path / "a.xml", schemas=(tmp_path / "own.sch",))
    (found,) = [each for each in told if each.rule != "schema-none"]
    assert found.rule == "schematron-failed"
    assert "Invalid date" in found.message
    assert str(tmp_path) not in found.message


def test_an_xpath_that_does_not_compile_is_named_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    schema = [
        f"<schema {NAMESPACE} queryBinding='xslt3'>",
        "<ns prefix='t' uri='http://www.tei-c.org/ns/1.0'/>",
        "<let name='none' value='()'/>",
        "<pattern><rule context='t:p'><assert test='@n'>no n</assert></rule></pattern>",
        "<pattern>",
        "<rule context='t:p'>",
        "<report test='string-length(.) gt 0'>never said: its pattern is broken</report>",
        "<assert",
        " test='('>x</assert>",
        "</rule></pattern>",
        "<pattern><rule context='t:p'><assert test='count(1, 2)'>x</assert></rule></pattern>",
        "<pattern><rule context='t:p['><assert test='true()'>x</assert></rule></pattern>",
        "<pattern><rule context='t:p'><report test='true()'><value-of select='$unknown'/></report></rule></pattern>",
        "</schema>",
    ]
    write(tmp_path, {"a.xml": tei(), "b.xml": tei(), "broken.sch": "\n".join(schema)})
    found = check_files(tmp_path, schemas=(tmp_path / "broken.sch",))
    told = [each for each in found if each.rule == "schematron-invalid"]
    assert [Path(each.path).name for each in told] == ["broken.sch"] * 4, "once, however many documents"
    assert [each.line for each in told] == [9, 11, 12, 13]
    assert "in “(”" in told[0].message
    assert "2-argument function" in told[1].message
    assert "$unknown" in told[3].message
    assert [each.message for each in found if each.rule == "schematron"] == ["no n (unnamed of broken.sch)"] * 6


def test_a_variable_of_the_schema_that_does_not_compile_is_named_once(tmp_path: Path) -> None:
    schema = f"<schema {NAMESPACE} queryBinding='xslt3'>\n<let name='a' value='('/>\n"
    schema += pattern(rule("*", "<assert test='$a'>x</assert>")) * 3 + "</schema>"
    write(tmp_path, {"a.xml": tei(), "broken.sch": schema})
    found = [each for each in check_files(tmp_path, schemas=(tmp_path / "broken.sch",)) if "schematron" in each.rule]
    assert [(each.rule, each.line) for each in found] == [("schematron-invalid", 2)]


# ── includes ───────────────────────────────────────────────────────────────────────────────────────────────


def included(folder: Path, main: str, files: dict[str, str]) -> Rulebook:
    write(folder, {**files, "main.sch": f"<schema {NAMESPACE} queryBinding='xslt3'>{main}</schema>"})
    path = folder / "main.sch"
    return Rulebook(reading.standalone(path.read_bytes(), path), whole=True)


def test_what_a_schema_includes_from_its_folder_is_part_of_it(tmp_path: Path) -> None:
    files = {
        "more/b.sch": f"<pattern {NAMESPACE}><include href='rule.sch'/></pattern>",
        "more/rule.sch": f"<rule {NAMESPACE} context='b'><report test='true()'>b</report>"
        "<extends href='checks.sch#c'/></rule>",
        "more/checks.sch": f"<rules {NAMESPACE}><rule id='c'><report test='@n'>n</report></rule></rules>",
    }
    book = included(tmp_path, "<include href='more/b.sch'/>", files)
    found = book.judge(Names.of(etree.fromstring(DOCUMENT)), DOCUMENT, Saxon(()))
    assert [each.message for each in found if isinstance(each, Failure)] == ["b", "n", "b"]


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("none.sch", "is not there"),
        ("http://example.org/a.sch", "network"),
        ("../outside.sch", "outside the folder"),
        ("main.sch", "includes itself"),
        ("bad.sch", "not well-formed"),
        ("good.sch#none", "nothing is called none"),
    ],
)
def test_an_include_that_cannot_be_followed_says_why(href: str, words: str, tmp_path: Path) -> None:
    files = {"in/bad.sch": "<pattern", "in/good.sch": f"<pattern {NAMESPACE}/>", "outside.sch": "<pattern/>"}
    write(tmp_path, files)
    with pytest.raises(ValueError, match=words):
        included(tmp_path / "in", f"<include href='{href}'/>", {})


# ── rules within a grammar and an ODD ──────────────────────────────────────────────────────────────────────

GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="{s}" xmlns:t="{t}" ns="{t}">
 <s:ns prefix="t" uri="{t}"/>
 <start><element><anyName/><ref name="any"/></element></start>
 <define name="any">
  <s:pattern id="in-pattern"><s:rule context="t:p">
   <s:assert test="@n" role="warning">no n</s:assert></s:rule></s:pattern>
  <zeroOrMore><choice><text/><attribute><anyName/></attribute><element><anyName/>
   <s:rule context="t:title"><s:report test="true()" id="alone">title <s:value-of select="."/></s:report></s:rule>
   <ref name="any"/></element></choice></zeroOrMore>
 </define>
</grammar>""".format(s=schematron.SCHEMATRON, t="http://www.tei-c.org/ns/1.0")

ODD = """<TEI xmlns="{t}" xmlns:s="{s}"><text><schemaSpec ident="mine">
 <constraintSpec ident="rule" scheme="schematron"><constraint><s:rule context="tei:title">
  <s:assert test="false()">a rule</s:assert>
  </s:rule></constraint></constraintSpec>
 <elementSpec ident="p" mode="change"><constraintSpec ident="bare" scheme="schematron"><constraint>
  <s:assert test="@n" role="info">no n in <s:name/></s:assert></constraint></constraintSpec>
  <attList><attDef ident="rend"><constraintSpec ident="att" scheme="schematron"><constraint>
   <s:report test="normalize-space(.) = ''">empty rend</s:report></constraint></constraintSpec></attDef></attList>
 </elementSpec>
 <elementSpec ident="body" mode="delete"><constraintSpec ident="gone" scheme="schematron"><constraint>
  <s:report test="true()">never</s:report></constraint></constraintSpec></elementSpec>
 <constraintSpec ident="other" scheme="schematron-1.5"><constraint><s:rule context="*">
  <s:report test="true()">never</s:report>
  </s:rule></constraint></constraintSpec>
</schemaSpec></text></TEI>""".format(s=schematron.SCHEMATRON, t="http://www.tei-c.org/ns/1.0")


def test_rules_within_a_grammar_are_run_with_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": tei("<p>x</p>"), "own.rng": GRAMMAR})
    found = [
        each for each in check_files(tmp_path / "a.xml", schemas=(tmp_path / "own.rng",)) if each.rule != "schema-none"
    ]
    told = {(each.rule, each.severity.value, each.message) for each in found}
    assert told == {
        ("schematron", "warning", "no n (in-pattern of own.rng)"),
        ("schematron", "error", "title A letter (alone of own.rng)"),
    }


def test_rules_within_included_grammars_are_run_too(tmp_path: Path) -> None:
    main = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="own.rng"/></grammar>'
    write(tmp_path, {"a.xml": tei("<p n='1'>x</p>"), "own.rng": GRAMMAR, "main.rng": main})
    found = check_files(tmp_path / "a.xml", schemas=(tmp_path / "main.rng",))
    told = {each.message for each in found if each.rule == "schematron"}
    assert told == {"no n (in-pattern of main.rng)", "title A letter (alone of main.rng)"}


@pytest.mark.parametrize("name", ["mine.odd", "mine.xml"])
def test_rules_of_an_odd_are_run(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": tei("<p rend=' '>x</p>"), f"schemas/{name}": ODD})
    found = check_files(tmp_path / "a.xml", schemas=(tmp_path / "schemas" / name,))
    told = {(each.severity.value, each.message) for each in found if each.rule.startswith("schematron")}
    assert told == {
        ("error", f"a rule (unnamed of {name})"),
        ("info", f"no n in p (bare of {name})"),
        ("error", f"empty rend (att of {name})"),
    }
    assert "schema-none" in {each.rule for each in found}, "an ODD is no grammar"


def test_the_rules_of_tei_itself_can_all_be_used(corpora: Path) -> None:
    for name in ("tei_all.rng", "tei_all.isosch"):
        path = corpora / "tei-schema" / name
        book = schematron.open_rulebook(path, "sch" if name.endswith("isosch") else "rng")
        assert book is not None
        everything = Rulebook(book.schema, whole=True)
        found = everything.judge(Names(frozenset(), frozenset()), "<a/>", Saxon(()))
        assert [each for each in found if isinstance(each, Broken)] == []


# ── which rules can fire ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("context", "needs"),
    [
        ("t:p", [("p", "")]),
        ("p", [("p", "")]),
        ("a/t:p", [("p", "")]),
        ("t:p | t:ab", [("p", ""), ("ab", "")]),
        ("t:p[@n]", [("p", "n")]),
        ("t:*[@xml:id]", [("", "id")]),
        ("*[@a or @b]", [("", "")]),
        ("*[@a][@b]", [("", "a")]),
        ("@when", [("", "when")]),
        ("t:date/@when", [("", "when")]),
        ("@*", [("", "")]),
        ("text()", [("", "")]),
        (".[self::p]", [("", "")]),
        ("comment()", [("", "")]),
        ("/", [("", "")]),
        ("(a | b)/c", [("c", "")]),
        ("(a | b)", [("", "")]),
        ("Q{urn:x}p", [("p", "")]),
        ("p['/|' = .]", [("p", "")]),
        ("p[a/b | c]", [("p", "")]),
        ("id('x')", [("", "")]),
        ("element(p)", [("", "")]),
        ("$nodes", [("", "")]),
        ("descendant::p", [("", "")]),
        ("p except q", [("", "")]),
    ],
)
def test_what_a_context_needs(context: str, needs: list[tuple[str, str]]) -> None:
    assert [(each.element, each.attribute) for each in firing.needs(context)] == needs


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("t:p | a/b[text()] | Q{urn:x}q", True),
        ("* | t:*[@n]", True),
        ("p | @n", False),
        ("text()", False),
        (".[self::p]", False),
        ("/", False),
        ("$nodes", False),
        ("*:p", False),
    ],
)
def test_which_contexts_are_surely_elements(context: str, expected: bool) -> None:
    assert firing.is_of_elements(context) is expected


def test_no_finding_is_lost_by_leaving_out_what_cannot_fire(corpora: Path) -> None:
    whole = reading.standalone((corpora / "tei-schema" / "tei_all.isosch").read_bytes())
    lazy, eager = (Rulebook(whole, whole=name == "eager") for name in ("lazy", "eager"))
    saxon, seen = Saxon(()), 0
    for path in sorted((corpora / "tei-p5-test").rglob("*.xml"))[:25]:
        try:
            root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True)).getroot()
        except etree.XMLSyntaxError:
            continue
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        some = list(lazy.judge(Names.of(root), text, saxon))
        every = [each for each in eager.judge(Names.of(root), text, saxon) if isinstance(each, Failure)]
        assert sorted(map(repr, some)) == sorted(map(repr, every)), path.name
        seen += len(every)
    assert seen > 0


# ── which schema judges a document ─────────────────────────────────────────────────────────────────────────

COMPLAINT = (
    f'<schema {NAMESPACE} queryBinding="xslt3">'
    + pattern(rule("/*", '<report test="true()" id="seen">seen</report>'))
    + "</schema>"
)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<?xml-model href="a.rng"?><TEI>', ["a.rng"]),
        ("<?xml-model href='a%20b.rng' type='x'?><?xml-model\nhref=\"../c.sch\"?><TEI>", ["a b.rng", "../c.sch"]),
        ('<?xml-model href="http://example.org/a.rng"?><TEI>', []),
        ('<?xml-model href="//example.org/a.rng"?><TEI>', []),
        ('<?xml-model href="/etc/a.rng"?><?xml-model href="file:///a.rng"?><TEI>', []),
        ('<?xml-model href="http://[x"?><?xml-model href="a%00.rng"?><?xml-model?><TEI>', []),
        ('<!-- <?xml-model href="a.rng"?> --><TEI>', []),
        ('<TEI><?xml-model href="a.rng"?>', []),
    ],
)
def test_which_schemas_a_document_names(head: str, names: list[str]) -> None:
    assert list(declared(head)) == names


def model(href: str) -> str:
    return f'<?xml-model href="{href}" schematypens="{schematron.SCHEMATRON}"?>\n{tei()}'


@pytest.mark.parametrize("href", ["own.sch", "./own.sch", "../in/own.sch"])
def test_a_schema_within_the_folder_is_used(href: str, tmp_path: Path) -> None:
    write(tmp_path, {"in/a.xml": model(href), "in/own.sch": COMPLAINT})
    found = check_files(tmp_path / "in")
    assert "schematron" in rules_of(found)
    assert any("seen" in each.message for each in found)


def test_a_schema_outside_the_folder_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.xml": model("../own.sch"), "in/b.xml": model("link.sch"), "own.sch": COMPLAINT})
    (tmp_path / "in/link.sch").symlink_to(tmp_path / "own.sch")
    assert "schematron" not in rules_of(check_files(tmp_path / "in"))


def test_a_schema_that_the_user_names_judges_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a.xml": model("own.sch"), "own.sch": COMPLAINT, "other.sch": COMPLAINT.replace("seen", "other")})
    found = check_files(tmp_path / "a.xml", schemas=(tmp_path / "other.sch",))
    assert [each.message for each in found if each.rule == "schematron"] == ["other (other of other.sch)"]
