"""What the proof says of small documents and pages: each kind of fault, notes, white space, and how HTML is read."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from faithful_pages import NS, html, tei
from lxml import etree

from regesta.fidelity import Fault, Fidelity, fault_findings, prove
from regesta.findings import Place, Severity


def figures(body: str, page: str) -> dict[str, int]:
    """Return the figures of the proof that are not zero, without the number of characters."""
    fidelity = prove(tei(body), html(page)).text
    return {key: value for key, value in asdict(fidelity).items() if value and key != "characters"}


def only_fault(body: str, page: str) -> Fault:
    faults = prove(tei(body), html(page)).faults
    assert len(faults) == 1, faults
    return faults[0]


MINUTES = "<p>The Central Committee met.</p>\n<p>It heard <persName>Kim Il Sung</persName> first.</p>"
TRUE_PAGE = "<p>The Central Committee met.</p><p>It heard <a href='k'>Kim Il Sung</a> first.</p>"


def test_a_true_page() -> None:
    proof = prove(tei(MINUTES), html(TRUE_PAGE))
    assert (proof.text, proof.faults) == (Fidelity(characters=45), ())


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (TRUE_PAGE.replace("Central ", ""), Fault("missing", "Central", 5, "p in body", 7)),
        (TRUE_PAGE.replace("Kim Il Sung", ""), Fault("missing", "Kim Il Sung", 7, "persName in p", 9)),
        (TRUE_PAGE.replace("met", "met met"), Fault("duplicated", "met", 5, "p in body", 3)),
        (TRUE_PAGE.replace("first", "first xyz"), Fault("inserted", "xyz", 6, "p in body", 3)),
        (
            TRUE_PAGE.replace("Central Committee", "Committee Central"),
            Fault("moved", "Central", 5, "p in body", 7),
        ),
        (TRUE_PAGE.replace("Il Sung", "IlSung"), Fault("glued", "Il Sung", 7, "persName in p", 1)),
        (TRUE_PAGE.replace("Comm", "Co mm"), Fault("split", "Committee", 5, "p in body", 1)),
        (TRUE_PAGE.replace("Sung", "SUNG"), Fault("changed", "Sung", 7, "persName in p", 3)),
        (TRUE_PAGE.replace("Sung", "Jong"), Fault("changed", "Sung", 7, "persName in p", 2)),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_each_kind_of_fault(page: str, fault: Fault) -> None:
    assert only_fault(MINUTES, page).kind == fault.kind
    assert only_fault(MINUTES, page) == fault


def test_a_paragraph_that_went_elsewhere_is_moved_and_not_missing() -> None:
    first, second = (f"<p>{text}</p>" for text in ("It was resolved to adjourn the plenum.", "Nobody voted against."))
    assert figures(first + second, second + first) == {"moved": 19}


def test_an_empty_page_misses_everything_and_an_empty_source_has_all_inserted() -> None:
    assert prove(tei(MINUTES), b"").text == Fidelity(characters=45, missing=45)
    assert figures("", "<p>invented words</p>") == {"inserted": 13}


# ── normal forms and look-alikes ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "page", "changed"),
    [
        ("naïve", "nai\u0308ve", 1),
        ("ﬁnal", "final", 1),
        ("“no”", '"no"', 2),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", 2),
        ("\u05e9\u05b8\u05bc", "\u05e9\u05bc\u05b8", 3),  # marks in another order: their letter counts with them
        ("ΣΟΦΙΑ straße", "σοφια STRASSE", 11),
    ],
)
def test_other_characters_for_the_same_letters_are_changed(source: str, page: str, changed: int) -> None:
    assert figures(f"<p>x {source} y</p>", f"<p>x {page} y</p>") == {"changed": changed}


# ── where words end ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>two<lb/>lines</p>", "<p>two<br>lines</p>"),
        ("<p>two<lb/>lines</p>", "<p>two lines</p>"),
        ('<p>exam<lb break="no"/>ple</p>', "<p>exam<br>ple</p>"),
        ('<p>exam<lb break="no"/>ple</p>', "<p>example</p>"),
        ('<p>exam-\n<lb break="no"/>ple</p>', "<p>exam-ple</p>"),
        ('<p>exam-\n<lb break="no"/>ple</p>', "<p>exam- ple</p>"),
        ("<p>exam-<lb/>ple</p>", "<p>exam-ple</p>"),
        ("<p>exam<pb/>ple</p>", '<p>exam<span data-generated=""> p. 2 </span>ple</p>'),
        ("<p>w<choice>\n<sic>a</sic>\n<corr>b</corr>\n</choice>d</p>", "<p>w<i>a</i> <b>b</b>d</p>"),
        ("<p>w<choice>\n<sic>a</sic>\n<corr>b</corr>\n</choice>d</p>", "<p>w<i>a</i><b>b</b>d</p>"),
        ("<list>\n<item>a</item>\n<item>b</item></list>", "<ul><li>a<li>b</ul>"),
        ("<p>wo<!-- x -->rd<?pi?>s</p>", "<p>wo<!-- y -->rds</p>"),
        ("<p>wo<unknown xmlns='urn:x'>r</unknown>d</p>", "<p>wo<div>r</div>d</p>"),
        ("<p>日本\n語<lb/>版</p>", "<p>日本語版</p>"),
        ("<p>a\u00a0b\u3000c\u2009</p>", "<p>a&nbsp;b&#x3000;c&thinsp;</p>"),
        ("<p>a \u00a0 b</p>", "<p>a&nbsp;b</p>"),
    ],
)
def test_white_space_that_the_source_allows(source: str, page: str) -> None:
    assert figures(source, page) == {}


@pytest.mark.parametrize(
    ("source", "page", "found"),
    [
        ("<p>a</p><p>b</p>", "<span>a</span><span>b</span>", {"glued": 1}),
        ("<p>a <hi>b</hi> c</p>", "<p>a<b>b</b>c</p>", {"glued": 2}),
        ("<p>a <hi>b</hi></p>", "<p>a<wbr><b>b</b></p>", {"glued": 1}),
        ("<p>two<lb/>lines</p>", "<p>twolines</p>", {"glued": 1}),
        ("<p>한국 정부\n문서</p>", "<p>한국정부문서</p>", {"glued": 2}),
        ("<p>日本\u3000語</p>", "<p>日本語</p>", {"glued": 1}),
        ("<p>R<hi>egest</hi>a</p>", "<p>R <b>egest</b><br>a</p>", {"split": 2}),
        ("<p>R<hi>egest</hi></p>", "<p>R<div>egest</div></p>", {"split": 1}),
        ('<p>exam<lb break="no"/>ple</p>', "<p>exam ple</p>", {"split": 1}),
    ],
)
def test_white_space_that_the_source_does_not_allow(source: str, page: str, found: dict[str, int]) -> None:
    assert figures(source, page) == found


@pytest.mark.parametrize(
    ("source", "page", "changed"),
    [
        ("<p>10\u00a0km</p>", "<p>10 km</p>", 1),
        ("<p>10 km</p>", "<p>10&nbsp;km</p>", 1),
        ("<p>10\u202fkm</p>", "<p>10&nbsp;km</p>", 1),
        ("<p>«\u00a0mot\u00a0»</p>", "<p>« mot »</p>", 2),
        ("<p>a\u00a0\u00a0b</p>", "<p>a&nbsp;b</p>", 2),
        ("<p>\u3000段落</p>", "<p>段落</p>", 1),
        ("<p>段落\u3000</p>", "<p>段落</p>", 1),
        ("<div>\u00a0<p>a</p></div>", "<div><p>a</p></div>", 1),
        ("<p>\u00a0</p>", "<p> </p>", 1),
        ("<p>a\u2028b</p>", "<p>a<br>b</p>", 1),
    ],
)
def test_white_space_of_another_kind_is_a_change(source: str, page: str, changed: int) -> None:
    assert figures(source, page) == {"changed": changed}
    assert "U+" in only_fault(source, page).words


@pytest.mark.parametrize(
    "mark", "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2069\ufeff\ufe0f\u061c"
)
def test_marks_that_nobody_sees_are_characters(mark: str) -> None:
    assert figures(f"<p>wo{mark}rd</p>", f"<p>wo&#{ord(mark)};rd</p>") == {}
    assert figures(f"<p>wo{mark}rd</p>", "<p>word</p>") == {"missing": 1}
    assert figures("<p>word</p>", f"<p>wo{mark}rd</p>") == {"inserted": 1}


# ── notes ───────────────────────────────────────────────────────────────────────────────────────────────────

NOTED = "<p>A word<note>Not so</note>, and more<note>Second <note>inner</note> one</note>.</p>"
CALLS = (
    '<p>A word<sup data-generated><a data-note-call="1">1</a></sup>, and more'
    '<a data-generated data-note-call="2">2</a>.</p>'
)
FOOT = (
    '<li data-note="1"><a data-generated>back</a>Not so</li>'
    '<li data-note="2">Second <a data-generated data-note-call="3">*</a> one</li><li data-note="3">inner</li>'
)


def test_notes_at_the_foot_and_notes_in_place() -> None:
    assert figures(NOTED, f"{CALLS}<ol>{FOOT}</ol>") == {}
    assert figures(NOTED, "<p>A word<i>Not so</i>, and more <i>Second <i>inner</i> one</i>.</p>") == {}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"{CALLS}<ol>{FOOT.replace('Not so', 'Not')}</ol>", {"missing": 2}),
        (f"{CALLS}<ol>{FOOT.replace('data-note-call', 'data-x')}</ol>", {"moved": 5}),
        (f"{CALLS.replace('data-note-call', 'data-x')}<ol>{FOOT}</ol>", {"moved": 14}),
        (f"{CALLS}<a data-generated data-note-call='1'>1</a><ol>{FOOT}</ol>", {"moved": 5}),
        (f"{CALLS.replace('word', '').replace('1</a></sup>', '1</a></sup>word')}<ol>{FOOT}</ol>", {"moved": 5}),
        (f'{CALLS}<ol>{FOOT}<li data-note="9">invented</li></ol>', {"inserted": 8}),
        (f'{CALLS}<ol>{FOOT}<li data-note="x">invented</li></ol>', {"inserted": 8}),
        (f'{CALLS}<ol>{FOOT}<li data-note="1">Not so</li></ol>', {"duplicated": 5}),
        (
            f"{CALLS}<ol>{FOOT.replace('inner', 'x').replace('Not so', 'inner').replace('x', 'Not so')}</ol>",
            {"moved": 10},
        ),
    ],
)
def test_notes_that_went_wrong(page: str, found: dict[str, int]) -> None:
    assert figures(NOTED, page) == found


def test_a_note_with_a_target_may_be_called_from_there() -> None:
    source = "<p>A <seg xml:id='s'>word</seg> here.</p><note target='#s'>About it</note>"
    page = "<p>A word<a data-generated data-note-call='1'>1</a> here.</p><p data-note='1'>About it</p>"
    assert figures(source, page) == {}
    assert figures(source, page.replace("data-note-call", "data-x")) == {"moved": 7}


# ── the page as a browser reads it ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "page",
    [
        "<p>Text<script>var more</script><style>p{}</style><template>x</template></p>",
        "<p>Text</p></body></html>",
        "<nav data-generated><p>Home</p></nav><p>Text</p>",
        "<p>Te<!-- remark -->xt",
        "<p>&#84;e&#x78;t",
    ],
)
def test_what_is_not_text(page: str) -> None:
    assert figures("<p>Text</p>", page) == {}


def test_text_behind_the_end_of_the_body_is_text() -> None:
    assert prove(tei("<p>a</p>"), "<html><body><p>a</p></body></html>xyz").text.inserted == 3


def test_text_between_the_cells_of_a_table_stands_before_it() -> None:
    source = "<table><row><cell>first cell here</cell></row></table><p>misplaced words</p>"
    page = "<table><tr><td>first cell here</td></tr>{}</table>"
    assert figures(source, page.format("<tr>misplaced words</tr>")) == {"moved": 14}
    assert figures(source, page.format("<span>misplaced</span> words")) == {"moved": 14}
    assert figures(source, page.format("") + "<p>misplaced words</p>") == {}


def test_marks_that_no_text_can_hold_cannot_be_smuggled_in() -> None:
    assert figures("<p>ab</p>", "<p>a&#xD801;b</p>") == {"inserted": 1}
    assert figures("<p>ab</p>", "<p>a\ud801b</p>") == {"inserted": 1}
    assert figures("<p>ab</p>", "<p>a\0b</p>") == {"inserted": 1}


# ── beside the text ─────────────────────────────────────────────────────────────────────────────────────────


def _with_standoff(*parts: str) -> etree._Element:
    source = tei("<p>b</p>")
    for part in parts:
        source.append(etree.fromstring(f'<standOff xmlns="{NS}">{part}</standOff>'))
    return source


BESIDE = "<section data-generated data-source='standOff'>{}</section>"


def test_the_header_is_not_text() -> None:
    proof = prove(tei("<p>b</p>"), html("<p>b</p>"))
    assert proof.text == Fidelity(characters=1)
    assert proof.set_aside == {"header": 14}


def test_what_stands_beside_the_text_has_figures_of_its_own() -> None:
    source = _with_standoff("<p>stand<hi>Off</hi></p>", "<p>more</p>")
    proof = prove(source, html("<p>b</p>" + BESIDE.format("stand<b>Off</b>") + BESIDE.format("<p>more</p>")))
    assert (proof.text, proof.beside, proof.faults) == (Fidelity(characters=1), Fidelity(characters=12), ())


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("", {"missing": 8}),
        (BESIDE.format("stand"), {"missing": 3}),
        (BESIDE.format("standOff more"), {"inserted": 4}),
        (BESIDE.format("stand Off"), {"split": 1}),
        (BESIDE.format("standOff").replace("standOff'", "other'"), {"moved": 8}),
    ],
)
def test_what_stands_beside_the_text_is_proved_too(page: str, found: dict[str, int]) -> None:
    proof = prove(_with_standoff("<p>standOff</p>"), html("<p>b</p>" + page))
    assert proof.text == Fidelity(characters=1)
    assert proof.beside == Fidelity(characters=8, **found)
    assert {fault.kind for fault in proof.faults} == set(found)


def test_readers_of_the_text_alone_must_be_able_to_pass_over_what_stands_beside_it() -> None:
    unmarked = BESIDE.format("standOff").replace("data-generated", "")
    proof = prove(_with_standoff("<p>standOff</p>"), html("<p>b</p>" + unmarked))
    assert proof.beside == Fidelity(characters=8, moved=8)


def test_a_note_beside_the_text_may_stand_at_the_foot() -> None:
    source = _with_standoff("<note target='#x'>About it</note>")
    page = f"<p>b<a data-generated data-note-call='1'>1</a></p>{BESIDE.format('<p data-note=1>About it</p>')}"
    proof = prove(source, html(page))
    assert (proof.text, proof.beside, proof.faults) == (Fidelity(characters=1), Fidelity(characters=7), ())
    spoilt = prove(source, html(page.replace("About", "")))
    assert (spoilt.text, spoilt.beside) == (Fidelity(characters=1), Fidelity(characters=7, missing=5))


def test_text_in_no_part_of_the_document_is_proved_too() -> None:
    source = tei("<p>b</p>")
    source[1].tail = " stray "
    assert prove(source, html("<p>b</p>")).beside == Fidelity(characters=5, missing=5)
    page = "<p>b</p><span data-generated data-source='TEI'>stray</span>"
    assert prove(source, html(page)).faults == ()


def test_what_is_set_aside_is_counted_by_its_policy() -> None:
    source = tei(
        "<p><fw>running</fw><choice><sic>ab</sic><corr>cde</corr></choice><note>n</note>"
        "<app><rdg>first</rdg><rdg>x</rdg></app><app><lem>l<choice><abbr>y</abbr><expan>z</expan></choice></lem></app></p>",
        header="<title>four</title>",
    )
    page = html(
        "<p>running <i>ab</i> cde<a data-generated data-note-call=1>1</a><i>first</i> x lyz</p><div data-note=1>n</div>"
    )
    proof = prove(source, page)
    assert proof.set_aside == {"note": 1, "header": 4, "running-head": 7, "reading": 3}
    assert prove(source, page, reading="diplomatic").set_aside["reading"] == 4


# ── elements without a rule; findings ───────────────────────────────────────────────────────────────────────


def test_elements_that_the_page_has_no_rule_for_are_told_once_by_name() -> None:
    mark = "<span class='x unhandled' data-element='{}'>{}</span>"
    page = f"<p>{mark.format('seg', 'a')}{mark.format('seg', 'b')}{mark.format('x:y', 'c')}</p>"
    proof = prove(tei("<p><seg>a</seg><seg>b</seg><y xmlns='urn:x'>c</y></p>"), html(page))
    assert proof.text.is_perfect
    assert proof.faults == (
        Fault("unhandled", "seg", 6, "seg in p", 2),
        Fault("unhandled", "x:y", 8, "y in p", 1),
    )


def test_findings_name_the_rule_the_place_and_the_words() -> None:
    faults = prove(tei(MINUTES), html(TRUE_PAGE.replace("Kim Il Sung", ""))).faults
    found = fault_findings(faults, lambda element: Place("tei/m.xml", element, 1))
    assert [(one.rule, one.severity, one.line) for one in found] == [("text-missing", Severity.ERROR, 7)]
    assert "Kim Il Sung" in found[0].message
    assert "persName in p" in found[0].message


def test_every_kind_of_fault_has_a_rule() -> None:
    kinds = [key for key in asdict(Fidelity()) if key not in ("characters", "excluded")]
    found = fault_findings([Fault(kind, "w", None, "", 1) for kind in [*kinds, "unhandled"]], lambda _: Place("x"))
    assert [one.rule for one in found] == [*(f"text-{kind}" for kind in kinds), "element-unhandled"]


def test_a_document_with_many_faults_tells_the_first_and_counts_all() -> None:
    source = "".join(f"<p>word{number}</p>" for number in range(300))
    proof = prove(tei(source), html(""))
    assert proof.text.missing == proof.text.characters == sum(fault.count for fault in proof.faults)
    many = prove(tei(source), html("".join(f"<p>word{number}x</p>" for number in range(300))))
    assert many.text.inserted == 300 == sum(fault.count for fault in many.faults)
    assert len(many.faults) == 100


def test_figures_of_documents_add_up() -> None:
    one, two = Fidelity(characters=3, missing=1), Fidelity(characters=4, glued=2)
    assert sum((one, two), Fidelity()) == Fidelity(characters=7, missing=1, glued=2)
