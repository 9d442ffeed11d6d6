"""XInclude: within the source folder, with exact places, and never beyond it."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from regesta import including, reading
from regesta.findings import Finding
from regesta.including import SourceTree
from regesta.reading import ParsedFile
from small_editions import NAMESPACE, XI, build_in, check_in, rules_of, tei, text_of, write

PART = f'<div xmlns="{NAMESPACE}" {XI}>\n <p xml:id="one">First.</p>\n <p xml:id="two">Second.</p>\n</div>'


def resolved(text: str, **others: str | bytes) -> tuple[SourceTree, list[Finding]]:
    """Return main.xml with its includes; `others` are files beside it, "part" standing for part.xml."""
    parsed = reading.parse(text.encode(), "tei/main.xml")
    assert isinstance(parsed, ParsedFile), parsed
    files = {
        f"{name}.xml": (f"tei/{name}.xml", content.encode() if isinstance(content, str) else content)
        for name, content in others.items()
    }
    return including.resolve(parsed, "main.xml", files)


def words(tree: SourceTree) -> str:
    """Return the words of the body."""
    (body,) = tree.root.iter(f"{{{NAMESPACE}}}body")
    return " ".join(str(body.xpath("string()")).split())


def including_(attributes: str, content: str = "") -> str:
    return tei(f"<p>Before.</p>\n<xi:include {attributes}>{content}</xi:include> after")


def test_a_whole_file_stands_in_its_place() -> None:
    tree, findings = resolved(including_('href="part.xml"'), part=PART)
    assert findings == []
    assert words(tree) == "Before. First. Second. after"


@pytest.mark.parametrize("pointer", ["two", "element(two)", "xpointer(id('two'))", 'xpointer(id("two"))'])
def test_one_element_is_taken_by_its_id(pointer: str) -> None:
    quoted = quoteattr(pointer)
    tree, findings = resolved(tei(f"<xi:include href='part.xml' xpointer={quoted}/>"), part=PART)
    assert findings == []
    assert words(tree) == "Second."


def test_every_element_keeps_its_place_in_its_own_file() -> None:
    tree, _ = resolved(tei("\n<p/>\n<xi:include href='part.xml'/><ab/>"), part=PART)
    tags = [etree.QName(each).localname for each in tree.root.iter(etree.Element)]
    places = [tree.place(number) for number in range(len(tags))]
    found = {tag: (place.path, place.line, place.column) for tag, place in zip(tags, places, strict=True)}
    assert found["div"] == ("tei/part.xml", 1, 1)
    assert found["p"] == ("tei/part.xml", 3, 2)
    assert found["ab"] == ("tei/main.xml", 3, 30)
    assert [place.excerpt for place, tag in zip(places, tags, strict=True) if tag == "p"][-1].startswith("<p xml:id")


def test_an_element_taken_by_id_keeps_its_place() -> None:
    tree, _ = resolved(tei("<xi:include href='part.xml' xpointer='two'/>"), part=PART)
    place = tree.place(len(list(tree.root.iter(etree.Element))) - 1)
    assert (place.path, place.line, place.column) == ("tei/part.xml", 3, 2)


def test_includes_within_includes_are_followed_from_where_they_stand() -> None:
    inner = f'<div xmlns="{NAMESPACE}" {XI}><xi:include href="part.xml"/></div>'
    tree, findings = resolved(including_('href="inner.xml"'), inner=inner, part=PART)
    assert findings == []
    assert words(tree) == "Before. First. Second. after"
    assert {tree.place(n).path for n in range(30)} >= {"tei/main.xml", "tei/inner.xml", "tei/part.xml"}


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"a < b & c", "", "a < b & c"),
        (b"\xef\xbb\xbfwords", "", "words"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("평양".encode("utf-16"), "utf-16", "평양"),
    ],
)
def test_text_is_included_as_text(data: bytes, encoding: str, expected: str) -> None:
    attributes = f'href="part.xml" parse="text" {f"encoding={encoding!r}" if encoding else ""}'
    tree, findings = resolved(tei(f"<p>[<xi:include {attributes}/>]</p>"), part=data)
    assert findings == []
    assert words(tree) == f"[{expected}]"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"\xe9", "utf-8"), (b"a", "klingon"), (b"61", "hex"), (b"\0", "utf-8"), (b"a\x0cb", "utf-8"), (b"xn--", "idna")],
)
def test_text_that_is_none_is_named(data: bytes, encoding: str) -> None:
    attributes = f'href="part.xml" parse="text" encoding="{encoding}"'
    tree, findings = resolved(tei(f"<p>[<xi:include {attributes}/>]</p>"), part=data)
    assert rules_of(findings) == ["include-missing"]
    assert words(tree) == "[]"


# ── what cannot be followed ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "href",
    [
        *("../secret.xml", "a/../../secret.xml", "%2e%2e/secret.xml", "/etc/passwd", "file:///etc/passwd"),
        *("http://example.org/a.xml", "//example.org/a.xml", "..\\secret.xml", "C:\\a.xml", "http://[x", "data:,a"),
    ],
)
def test_nothing_outside_the_folder_is_included(href: str) -> None:
    tree, findings = resolved(including_(f'href="{href}"'), part=PART)
    assert rules_of(findings) == ["include-outside"]
    assert href in findings[0].message
    assert (findings[0].path, findings[0].line, findings[0].column) == ("tei/main.xml", 2, 1)
    assert words(tree) == "Before. after"


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ('href="none.xml"', "no such source"),
        ('href="main.xml"', "includes itself"),
        ('href=""', "includes itself"),
        ("", "includes itself"),
        ('href="part.xml" xpointer="three"', "nothing there answers to three"),
        ('href="part.xml" xpointer="xpath(//p)"', "nothing there answers to xpath(//p)"),
        ('href="broken.xml"', "cannot be read"),
        ('href="a%00b.xml"', "no such source"),
    ],
)
def test_what_cannot_be_had_is_named(attributes: str, reason: str) -> None:
    tree, findings = resolved(including_(attributes), part=PART, broken="<div>")
    assert rules_of(findings) == ["include-missing"]
    assert reason in findings[0].message
    assert words(tree) == "Before. after"


def test_a_circle_ends() -> None:
    one = f'<div xmlns="{NAMESPACE}" {XI}><p>One.</p><xi:include href="two.xml"/></div>'
    tree, findings = resolved(
        including_('href="one.xml"'), one=one, two=one.replace("One", "Two").replace("two.", "one.")
    )
    assert rules_of(findings) == ["include-missing"]
    assert findings[0].path == "tei/two.xml"
    assert words(tree) == "Before. One.Two. after"


def test_a_fallback_stands_for_what_cannot_be_had() -> None:
    fallback = "<xi:fallback>in<!-- c -->stead <hi>of</hi> it</xi:fallback>"
    tree, findings = resolved(tei(f"<p>[<xi:include href='none.xml'>{fallback}</xi:include>]</p>\n<ab/>"))
    assert findings == []
    assert words(tree) == "[instead of it]"
    last = tree.place(len(list(tree.root.iter(etree.Element))) - 1)
    assert (last.line, last.column) == (2, 1)


def test_an_include_in_a_fallback_is_followed() -> None:
    inner = '<xi:include href="part.xml" xpointer="one"/>'
    tree, findings = resolved(including_('href="none.xml"', f"<xi:fallback>{inner}</xi:fallback>"), part=PART)
    assert findings == []
    assert words(tree) == "Before. First. after"


def test_a_fallback_that_fails_too_is_named() -> None:
    inner = '<xi:include href="neither.xml"/>'
    tree, findings = resolved(including_('href="none.xml"', f"<xi:fallback>{inner}</xi:fallback>"))
    assert [found.message.split()[3] for found in findings] == ["neither.xml"]
    assert words(tree) == "Before. after"


def test_an_include_bomb_ends() -> None:
    files = {
        f"level{n}": f'<div xmlns="{NAMESPACE}" {XI}>' + f'<xi:include href="level{n + 1}.xml"/>' * 12 + "</div>"
        for n in range(6)
    }
    tree, findings = resolved(including_('href="level0.xml"'), **files, level6=PART)
    assert set(rules_of(findings)) == {"include-missing"}
    assert any("too much" in found.message for found in findings)
    assert sum(1 for _ in tree.root.iter()) < 50_000


# ── in an edition ──────────────────────────────────────────────────────────────────────────────────────────


def test_included_files_are_parts_and_their_text_is_published(tmp_path: Path) -> None:
    main = text_of(
        "<front><xi:include href='parts/front.xml'/></front><body><xi:include href='parts/part.xml'/></body>"
    )
    front = f'<div xmlns="{NAMESPACE}"><p>Front.</p></div>'
    built = build_in(write(tmp_path, {"tei/main.xml": main, "tei/parts/part.xml": PART, "tei/parts/front.xml": front}))
    assert built.outcomes() == {"main.xml": "published", "parts/front.xml": "part", "parts/part.xml": "part"}
    assert all(word in built.page("documents/main.html") for word in ("Front.", "First.", "Second."))


def test_findings_in_an_included_file_are_told_there(tmp_path: Path) -> None:
    part = f'<div xmlns="{NAMESPACE}" {XI}>\n  <xi:include href="nowhere.xml"/></div>'
    found = check_in(write(tmp_path, {"tei/main.xml": including_('href="part.xml"'), "tei/part.xml": part}))
    missing = [each for each in found if each.rule == "include-missing"]
    assert [(each.path.rpartition("/")[2], each.line, each.column) for each in missing] == [("part.xml", 2, 3)]


def test_a_file_of_plain_text_is_included(tmp_path: Path) -> None:
    main = tei('<p><xi:include href="notes/poem.txt" parse="text"/></p>')
    built = build_in(write(tmp_path, {"tei/main.xml": main, "tei/notes/poem.txt": "Roses & violets"}))
    assert "include-missing" not in built.rules()
    assert "Roses &amp; violets" in built.page("documents/main.html")
    assert built.outcomes() == {"main.xml": "published"}


def test_no_link_brings_in_text_from_outside(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "SECRET", "secret.xml": tei("<p>SECRET</p>")})
    texts = "".join(f'<xi:include href="{href}" parse="text"/>' for href in ("a.txt", ".b/a.txt", "b/secret.txt"))
    main = tei(f'<p>{texts}</p><xi:include href="a.xml"/>')
    write(tmp_path, {"tei/main.xml": main, "tei/.b/a.txt": "SECRET"})
    (tmp_path / "tei/a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "tei/a.xml").symlink_to(tmp_path / "secret.xml")
    (tmp_path / "tei/b").symlink_to(tmp_path)
    built = build_in(tmp_path)
    assert built.rules().count("include-missing") == 4
    assert not any(b"SECRET" in data for data in built.bytes().values())


def test_files_that_include_each_other_are_not_lost(tmp_path: Path) -> None:
    one = including_('href="two.xml"')
    built = build_in(
        write(tmp_path, {"tei/one.xml": one, "tei/two.xml": one.replace("two", "one").replace("Before", "Other")})
    )
    assert sorted(built.outcomes().values()) == ["published", "published"]
    assert "include-missing" in built.rules()
    site = b"".join(built.bytes().values())
    assert b"Before." in site
    assert b"Other." in site


def test_a_document_of_which_another_includes_a_part_stays_a_document(tmp_path: Path) -> None:
    other = tei("<p xml:id='p1'>Quoted.</p><p>Only here.</p>")
    for part in ('xpointer="p1"', 'xpointer="nothere"', 'parse="text"'):
        one = including_(f'href="other.xml" {part}')
        built = build_in(write(tmp_path, {"tei/one.xml": one, "tei/other.xml": other}))
        assert built.outcomes() == {"one.xml": "published", "other.xml": "published"}, part
        assert b"Only here." in b"".join(built.bytes().values())


def test_no_include_shows_what_is_withheld(tmp_path: Path) -> None:
    status = "<revisionDesc status='draft'><change/></revisionDesc></teiHeader>"
    draft = tei("<p xml:id='p1'>Not yet.</p>").replace("</teiHeader>", status)
    for part in ('href="draft.xml" xpointer="p1"', 'href="draft.xml"', 'href="draft.xml" parse="text"'):
        built = build_in(write(tmp_path, {"tei/one.xml": including_(part), "tei/draft.xml": draft}))
        assert built.outcomes() == {"one.xml": "published", "draft.xml": "withheld"}, part
        assert "include-withheld" in built.rules()
        assert b"Not yet." not in b"".join(built.bytes().values())
