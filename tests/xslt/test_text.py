"""The text on a page: every character of the source once, in elements that an HTML parser leaves alone."""

from __future__ import annotations

import pytest
from pages import Maker, characters, document, facts, infidelities

from regesta.rendering import Link

CONSTRUCTS = {
    "paragraph": "<p>One <hi rend='italic'>t</hi>wo.</p>",
    "list in paragraph": "<p>Before <list><item>a</item></list> after</p>",
    "quotation with paragraphs in a highlighted phrase": "<p>x <hi><quote><p>q</p></quote></hi> y</p>",
    "table in paragraph": "<p>See <table><row><cell>1</cell></row></table>.</p>",
    "figure in a name": "<p><persName>A <figure><head>F</head><figDesc>d</figDesc></figure></persName></p>",
    "table with a head, breaks and strays": (
        "<table><head>T</head><pb n='2'/><row role='label'><cell cols='2'>a</cell></row>stray<pb n='3'/>"
        "<row><cell rows='2'><p>b</p></cell>loose<cell cols='many'>c</cell></row><trailer>end</trailer></table>"
    ),
    "table without rows": "<table><head>T</head><p>text</p></table>",
    "nested tables": "<table><row><cell><table><row><cell>in</cell></row></table></cell></row></table>",
    "list with breaks and strays": (
        "<list><head>L</head><pb n='1'/><item>a</item>stray<cb/><item>b</item><trailer>t</trailer></list>"
    ),
    "glossary list": (
        "<list type='gloss'><head>G</head><label>a</label><pb/><label>b</label><item>c</item><item>d</item></list>"
    ),
    "empty list": "<list/><list><head>only</head></list>",
    "nested list": "<list><item>a<list rend='numbered'><item><p>b</p></item></list></item></list>",
    "verse": "<lg><head>h</head><l>one</l><lg><l>two<lb/>three</l></lg></lg>",
    "drama": "<sp><speaker>A</speaker><p>x <stage>y</stage></p><stage>z</stage></sp>",
    "heading with a paragraph": "<div><head><p>odd</p></head><div><head>h</head></div></div>",
    "heading in heading": "<div><head>a <head>b</head></head></div>",
    "letter": "<opener><dateline>d</dateline><salute>s</salute></opener><closer>Ihr<signed>R</signed></closer>",
    "choice": (
        "<p>th<choice><sic>e</sic><corr>a</corr></choice>n <choice>\n<abbr>a</abbr> <expan>b</expan></choice></p>"
    ),
    "substitution": "<p><subst><del>a</del><add>b</add></subst></p>",
    "apparatus": "<p><app><lem>a</lem><rdg>b</rdg></app><app><rdg>c</rdg><rdg>d</rdg></app></p>",
    "supplied": "<p>a<supplied>b</supplied><surplus>c</surplus><unclear>d</unclear></p>",
    "entities": "<listPerson><person><persName>A</persName><note>n</note><birth>1</birth></person></listPerson>",
    "manuscript": "<msDesc><msIdentifier><idno>1</idno></msIdentifier><physDesc><p>x</p></physDesc></msDesc>",
    "unknown element": "<p>a<nonsense>b</nonsense></p><other xmlns='urn:x'>c<p xmlns='http://www.tei-c.org/ns/1.0'>d</p></other>",
    "formula": "<p><formula><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi><mo>=</mo></math></formula></p>",
    "formula with a stranger": (
        "<p><formula><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi>"
        "<script xmlns='http://www.w3.org/1999/xhtml'>y</script></math></formula></p>"
    ),
    "example of markup": "<p><egXML xmlns='http://www.tei-c.org/ns/Examples'><p n='1'>a</p></egXML></p>",
    "picture data": "<p><binaryObject>AAAA</binaryObject></p>",
    "ruby": "<p><ruby><rb>大</rb><rt>おお</rt></ruby></p>",
    "comments and instructions": "<p>a<!-- no -->b<?no no?>c</p><list><!-- no --><item>d</item></list>",
    "nested document": "<div><TEI><teiHeader><p>no</p></teiHeader><text><body><p>in</p></body></text></TEI></div>",
}


@pytest.mark.parametrize("content", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_every_character_stands_once(make: Maker, content: str) -> None:
    root = document(content)
    assert infidelities(root, make(root)) == []


def test_all_parts_of_a_document_are_read(make: Maker) -> None:
    root = document("<p>text</p>", after="<standOff><listPerson><person><p>x</p></person></listPerson></standOff>")
    assert infidelities(root, make(root)) == []


@pytest.mark.parametrize("code", [0x80, 0x85, 0x9F, 0xA0, 0xAD, 0x2028, 0xE000, 0xFFFD, 0x1F600])
def test_characters_that_html_frowns_on_are_kept(make: Maker, code: int) -> None:
    made = make(f"<p>a&#{code};b</p>")
    assert f"a{chr(code)}b" in made.source_text
    assert f"&#{code};" not in made.text


def test_white_space_and_case_are_the_source_s(make: Maker) -> None:
    assert "a  B\n c" in make("<p rend='smallcaps'>a  B\n c</p>").source_text


def test_a_paragraph_is_one_unless_it_holds_blocks(make: Maker) -> None:
    made = make("<p>a</p><p>b <list><item>c</item></list></p>")
    assert made.words("//article//p") == ["a"]
    assert made.words("//article//div[@class='p']") == ["b c"]


def test_headings_follow_the_divisions(make: Maker) -> None:
    made = make("<head>a</head><div><head>b</head><div><head>c</head></div></div><list><head>d</head><item/></list>")
    headings = made.all("//article//*[starts-with(local-name(), 'h') and string-length(local-name()) = 2]")
    assert [(each.tag, each.text) for each in headings] == [("h2", "a"), ("h2", "b"), ("h3", "c")]


def test_divisions_without_a_heading_leave_no_level_out(make: Maker) -> None:
    made = make("<div><div><head>a</head><div><p/><div><head>b</head></div></div></div></div>")
    assert [each.tag for each in made.all("//article//*[contains(@class, 'head')]")] == ["h2", "h3"]


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ("<p><hi rend='italic'>x</hi></p>", "//i"),
        ("<p><hi rend='Bold italic'>x</hi></p>", "//b[contains(@class, 'italic')]"),
        ("<p><hi rendition='simple:superscript'>x</hi></p>", "//sup"),
        ("<p><hi style='font-variant: small-caps; color: red'>x</hi></p>", "//span[@class='hi small-caps']"),
        ("<p rend='right'>x</p>", "//p[@class='p right']"),
        ("<p><hi rend='\"&gt; onclick'>x</hi></p>", "//span[@class='hi']"),
    ],
)
def test_known_looks_become_elements_and_classes(make: Maker, content: str, path: str) -> None:
    assert make(content).one(f"//article{path}").text == "x"


@pytest.mark.parametrize(
    ("language", "direction"), [("yi", "rtl"), ("he-Latn", "ltr"), ("ar", "rtl"), ("ru", "ltr"), ("az-Arab", "rtl")]
)
def test_languages_have_their_direction(make: Maker, language: str, direction: str) -> None:
    found = make(f"<p><foreign xml:lang='{language}'>x</foreign></p>").one("//i")
    assert (found.get("lang"), found.get("dir")) == (language, direction)


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("yid", "yi"), ("ENG", "en"), ("und", "und"), ("sr-Cryl", "sr"), ("zho-Hant-TW", "zh-Hant-TW"), ("mp", None),
        ("english", None), ("en-x-old", "en-x-old"),
    ],
)  # fmt: skip
def test_browsers_are_told_languages_by_tags_that_they_know(make: Maker, stated: str, shown: str | None) -> None:
    assert make(f"<p><foreign xml:lang='{stated}'>x</foreign></p>").one("//i").get("lang") == shown


def test_the_article_has_the_language_of_the_text(make: Maker) -> None:
    assert make(document("<p>x</p>", 'xml:lang="ko"')).one("//article").get("lang") == "ko"
    assert make(document("<p>x</p>", 'xml:lang="no such"')).one("//article").get("lang") is None


def test_a_line_that_breaks_no_word_is_not_seen(make: Maker) -> None:
    made = make("<p><lb/>Re<lb break='no'/>gesta<lb/>now</p>")
    assert len(made.all("//article//br")) == 2
    assert made.one("//article//br[contains(@class, 'first')]") is not None
    assert made.one("//span[@data-break='no']").tail == "gesta"


def test_the_reading_that_is_not_preferred_is_folded(make: Maker) -> None:
    made = make("<p><choice><abbr>a</abbr><expan>b</expan></choice><subst><del>c</del><add>d</add></subst>"
                "<app><rdg>e</rdg><rdg>f</rdg></app></p>")  # fmt: skip
    assert made.words("//article//*[contains(@class, 'folded')]") == ["a", "c", "f"]
    assert [each.get("id") for each in made.all("//input[@checked]")] == ["readings-edited"]
    assert make("<p>plain</p>").all("//input") == []


def test_bounds_of_a_gap_and_what_describes_it_stand_in_its_brackets(make: Maker) -> None:
    gap = "<gap reason='illegible' unit='words' atLeast='3' atMost='4'{}"
    assert make(f"<p>a{gap.format('/>')}b</p>").words("//article//p") == ["a[… illegible, 3–4 words]b"]
    described = gap.format("><desc>a blot</desc></gap>") + "<space><desc>left open</desc></space>"
    assert make(f"<p>a{described}b</p>").words("//article//p") == ["a[… illegible, 3–4 words: a blot] [left open]b"]


def test_gaps_pages_and_spaces_are_told_by_generated_words(make: Maker) -> None:
    made = make("<p>a<gap reason='illegible' quantity='2' unit='words'/><pb n='7'/>b<space/>c</p>")
    assert made.words("//article//*[@data-generated]") == ["[… illegible, 2 words]", "p. 7", ""]
    assert characters(made.strict.text) == "abc"


def test_unknown_elements_say_what_they_are(make: Maker) -> None:
    made = make("<p><nonsense xml:id='n'>b</nonsense><x:y xmlns:x='urn:x'>c</x:y></p>")
    assert [each.get("data-element") for each in made.all("//*[@class='unhandled']")] == ["nonsense", "x:y"]


def test_ids_are_unique_and_step_aside_for_the_page_s_own(make: Maker) -> None:
    made = make("<p xml:id='a'>1</p><p xml:id='a'>2</p><p xml:id='note-1'>3</p><p xml:id='tei-note-1'>4</p>"
                "<p xml:id='h'>5</p><p xml:id='x y'>6</p>")  # fmt: skip
    ids = [each.get("id") for each in made.all("//article//p")]
    assert ids == ["a", None, "tei-note-1", "tei-tei-note-1", "h", None]


def test_cells_span_columns_and_rows(make: Maker) -> None:
    made = make(
        "<table><row role='label'><cell cols='2'>a</cell></row>"
        "<row><cell rows='3'>b</cell><cell cols='0'>c</cell></row></table>"
    )
    assert made.one("//th").get("colspan") == "2"
    assert [(each.get("rowspan"), each.get("colspan")) for each in made.all("//td")] == [("3", None), (None, None)]


def test_a_part_that_was_cut_out_is_linked(make: Maker) -> None:
    about = facts(parts=(Link("two.html", "Second", "2"), Link("one.html", "First", "1")))
    made = make("<div>a<rg:document ref='1'/></div><rg:document ref='2'/><p>b<rg:document ref='3'/></p>", about=about)
    assert made.words("//*[@class='part']") == ["First", "Second", "3"]
    assert [each.get("href") for each in made.all("//*[@class='part']/a")] == ["one.html", "two.html"]
    assert characters(made.strict.text) == "ab"
    assert made.strict.faults == []


def test_parts_that_answer_each_other_in_turn_make_pairs(make: Maker) -> None:
    made = make("<div type='original'><p>o</p></div><div type='translation'><p>t</p></div>" * 150)
    sides = [each.get("class", "").split()[1] for each in made.all("//article//section")]
    assert sides == ["side-one", "side-two"] * 150
