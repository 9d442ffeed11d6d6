"""What a source is, and how volumes and corpora are cut: none of their text is homeless."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from regesta import documents, including, reading
from regesta.documents import Document, Nature
from regesta.findings import Finding
from regesta.including import SourceTree
from regesta.reading import ParsedFile
from small_editions import NAMESPACE, Built, build_in, header_of, person, register, tei, text_of, tree_bytes, write


def tree_of(text: str) -> SourceTree:
    parsed = reading.parse(text.encode(), "a.xml")
    assert isinstance(parsed, ParsedFile), parsed
    return including.resolve(parsed, "a.xml", {})[0]


def nature(text: str, *, included: bool = False) -> Nature | str:
    found = documents.nature(tree_of(text), included=included)
    return found.rule if isinstance(found, Finding) else found


def split(text: str, name: str = "a.xml") -> list[Document]:
    return list(documents.split(tree_of(text), name))


def corpus(*members: str, header: str = "") -> str:
    return f'<teiCorpus xmlns="{NAMESPACE}">{header or header_of("Corpus")}{"".join(members)}</teiCorpus>'


def division(key: str, words: str) -> str:
    return f'<div type="document" xml:id="{key}"><head>Head of {key}</head><p>{words}</p></div>'


# ── registers and documents ────────────────────────────────────────────────────────────────────────────────

LIST = f"<listPerson>{person('a', 'A')}</listPerson>"


@pytest.mark.parametrize(
    "text",
    [
        register(person("a", "A")),
        tei(f"<div><head>Persons of <hi>note</hi></head>{LIST}</div><div><listPlace><place/></listPlace></div>"),
        tei("").replace("<text><body></body></text>", f"<standOff>{LIST}</standOff>"),
        tei("<list type='gloss'><label>plenum</label><item>a meeting</item></list>"),
        text_of(f"<body><p/></body><back>{LIST}</back>"),
    ],
)
def test_a_text_of_nothing_but_lists_is_a_register(text: str) -> None:
    assert nature(text) is Nature.REGISTER


@pytest.mark.parametrize(
    "text",
    [
        tei(),
        tei(""),
        text_of(f"<body><p>Dear comrade,</p></body><back>{LIST}</back>"),
        tei(f"<p>These were there:</p>{LIST}"),
        tei(f"<div>Words. {LIST}</div>"),
        tei("<list><item>Agenda</item></list>"),
        tei().replace("</TEI>", f"<standOff>{LIST}</standOff></TEI>"),
        corpus(tei()),
        corpus(),
    ],
)
def test_a_text_with_lists_in_it_is_a_document(text: str) -> None:
    assert nature(text) is Nature.DOCUMENTS


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<html/>", "not-tei"),
        ("<TEI/>", "tei-no-namespace"),
        ("<teiCorpus/>", "tei-no-namespace"),
        ("<TEI.2/>", "tei-p4"),
        ("<teiCorpus.2/>", "tei-p4"),
        ("<TEI xmlns='http://www.tei-c.org/ns/2.0'/>", "not-tei"),
        (f"<div xmlns='{NAMESPACE}'/>", "not-tei"),
        ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='b.xml'/>", "not-tei"),
    ],
)
def test_other_xml_is_named(text: str, rule: str) -> None:
    assert nature(text) == rule


def test_bare_markup_that_is_included_elsewhere_is_a_part_and_a_tei_is_not() -> None:
    assert nature("<div/>", included=True) is Nature.FRAGMENT
    assert nature(tei(), included=True) is Nature.DOCUMENTS


def test_a_register_is_known_wherever_it_lies(tmp_path: Path) -> None:
    letter = tei("<p><persName ref='odd/x.tei#kim'>Kim</persName></p>")
    built = build_in(write(tmp_path, {"tei/a.xml": letter, "tei/odd/x.tei": register(person("kim", "Kim Il Sung"))}))
    assert built.outcomes() == {"a.xml": "published", "odd/x.tei": "register"}
    assert "Kim Il Sung" in built.page("persons/kim.html")
    assert "persons/kim.html" in built.page("documents/a.html")


def test_a_letter_with_persons_in_its_back_is_published_and_its_persons_known(tmp_path: Path) -> None:
    own = f"<back><listPerson>{person('kim', 'Kim Il Sung')}</listPerson></back>"
    letter = text_of(f"<body><p>Dear <persName ref='#kim'>K.</persName></p></body>{own}")
    built = build_in(write(tmp_path, {"tei/a.xml": letter}))
    assert built.outcomes() == {"a.xml": "published"}
    assert "persons/kim.html" in built.page("documents/a.html")


# ── volumes and corpora ────────────────────────────────────────────────────────────────────────────────────

BODY = f"""<head>Volume</head> before {division("d1", "One.")} between
  <div><head>Part two</head>{division("d2", "Two.")}<p>Inside.</p>{division("d3", "Three.")}</div> after"""
VOLUME = text_of(
    f"<front><p>Preface.</p>{division('d0', 'Nought.')}</front><body>{BODY}</body><back><p>Index.</p></back>"
)
ONE_DOCUMENT = text_of(f"<front><p>Preface.</p></front><body>{division('d1', 'One.')}</body>")
EMPTY_FRONT = text_of(f"<front><titlePage/></front><body>{division('d1', 'One.')}{division('d2', 'Two.')}</body>")
TEXTS = [f"<text><body>{division(key, words)}</body></text>" for key, words in (("d1", "One."), ("d2", "Two."))]
GROUP = text_of(f"<group>{''.join(TEXTS)}</group>")
NAMED = "".join(division(key, f"{number}.") for number, key in enumerate(("front", "body", "front")))
SAME_NAMES = text_of(f"<front><p>Preface.</p></front><body>{NAMED}</body>")
KEYS = ('xml:id="document-2"', "", 'xml:id="a-4"', 'xml:id="a"', 'xml:id="a"')
ODD_NAMES = tei("".join(f'<div type="document" {key}><p>{number}.</p></div>' for number, key in enumerate(KEYS)))
NESTED = tei("<p>Outer.</p>").replace("</TEI>", tei("<p>Inner.</p>") + "tail</TEI>")
CORPUS = corpus(tei("<p>One.</p>"), corpus(tei("<p>Two.</p>"), VOLUME), tei("<p>Three.</p>"))
FACSIMILE = VOLUME.replace("<text>", "<sourceDoc><line>Source line.</line></sourceDoc><text>", 1)

MANY = {
    "volume": VOLUME,
    "one document": ONE_DOCUMENT,
    "empty front": EMPTY_FRONT,
    "group": GROUP,
    "same names": SAME_NAMES,
    "odd names": ODD_NAMES,
    "nested": NESTED,
    "corpus": CORPUS,
    "source document": FACSIMILE,
}


def characters(root: etree._Element) -> Counter[str]:
    """Return all signs outside headers, each with how often it stands there."""
    headers = {each for header in root.iter(f"{{{NAMESPACE}}}teiHeader") for each in header.iter()}
    found: Counter[str] = Counter()
    for element in root.iter():
        if element not in headers:
            found.update((element.text or "") if isinstance(element.tag, str) else "")
        if element is not root and (element not in headers or element.tag == f"{{{NAMESPACE}}}teiHeader"):
            found.update(element.tail or "")
    return Counter({sign: count for sign, count in found.items() if not sign.isspace()})


@pytest.mark.parametrize("name", MANY)
def test_no_text_is_homeless_and_none_is_doubled(name: str) -> None:
    parts = split(MANY[name])
    total: Counter[str] = Counter()
    for part in parts:
        total += characters(part.root)
    assert total == characters(tree_of(MANY[name]).root)


@pytest.mark.parametrize("name", MANY)
def test_parts_have_names_of_their_own(name: str) -> None:
    parts = split(MANY[name])
    assert len({part.part for part in parts}) == len(parts)


@pytest.mark.parametrize("name", MANY)
def test_every_element_of_a_part_comes_from_the_source(name: str) -> None:
    tree = tree_of(MANY[name])
    originals = list(tree.root.iter(etree.Element))
    for part in documents.split(tree, "a.xml"):
        for number, element in enumerate(part.root.iter(etree.Element)):
            origin = part.origin(number)
            if origin >= 0:
                same = originals[origin]
                assert same.tag in {element.tag, f"{{{NAMESPACE}}}teiCorpus"}
                assert {**element.attrib, "{urn:regesta:unit}unit": ""}.items() >= {
                    key: value for key, value in same.attrib.items() if "id" not in key
                }.items()


def test_a_volume_gives_its_documents_and_the_rest() -> None:
    assert [(part.part, part.unit, part.wanted_id) for part in split(VOLUME, "frus/v1.xml")] == [
        ("front", "front", "v1-front"),
        ("body", "body", "v1-body"),
        ("d0", "division", "v1-d0"),
        ("d1", "division", "v1-d1"),
        ("d2", "division", "v1-d2"),
        ("d3", "division", "v1-d3"),
        ("back", "back", "v1-back"),
    ]


def test_a_front_without_words_is_no_document() -> None:
    assert [part.part for part in split(EMPTY_FRONT)] == ["body", "d1", "d2"]


def test_a_text_with_one_document_division_is_a_document() -> None:
    (document,) = split(ONE_DOCUMENT)
    assert (document.part, document.unit, document.origins) == ("", "TEI", None)


def test_members_of_a_corpus_are_documents() -> None:
    parts = split(corpus(tei(attributes='xml:id="x"'), tei()))
    assert [(part.part, part.wanted_id, part.firm) for part in parts] == [("1", "x", False), ("2", "a-2", False)]


def test_a_corpus_without_members_is_a_document() -> None:
    assert [part.part for part in split(corpus())] == ["corpus"]


def test_the_language_of_a_volume_holds_for_its_documents() -> None:
    parts = split(VOLUME.replace("<body>", '<body xml:lang="ko">'))
    texts = {part.part: part.root.find(f"{{{NAMESPACE}}}text") for part in parts}
    assert [key for key, text in texts.items() if text is not None and text.get(documents._XML_LANG)] == [
        "d1",
        "d2",
        "d3",
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files: dict[str, str | bytes] = {f"tei/{name.replace(' ', '-')}.xml": text for name, text in MANY.items()}
    return build_in(write(tmp_path_factory.mktemp("volumes"), files))


def test_every_character_of_every_volume_is_published(published: Built) -> None:
    for row in published.report.ledger:
        if row.document is None:
            expected = sum(characters(tree_of(MANY[row.source.removesuffix(".xml").replace("-", " ")]).root).values())
            assert row.proof is not None
            assert row.proof.text.characters + row.proof.beside.characters == expected, row.source
    total = published.report.proof.text + published.report.proof.beside
    assert (total.missing, total.duplicated, total.moved, total.changed, total.inserted) == (0, 0, 0, 0, 0)


def test_the_parts_of_a_volume_lead_to_each_other(published: Built) -> None:
    page = published.page("documents/volume-body.html")
    assert all(f"volume-d{number}.html" in page for number in range(1, 4))


# ── stability ──────────────────────────────────────────────────────────────────────────────────────────────


def test_adding_files_renames_none_and_moves_no_page(tmp_path: Path) -> None:
    write(tmp_path, {"tei/b/x.xml": tei(), "tei/c/x.xml": tei(), "tei/m.xml": VOLUME})
    before = build_in(tmp_path)
    more = {"tei/d/x.xml": tei(), "tei/e/X.xml": tei(), "tei/z.xml": tei(attributes='xml:id="x"'), "tei/n.xml": VOLUME}
    write(tmp_path, more)
    after = build_in(tmp_path)
    named = {(row.source, row.document) for row in before.report.ledger}
    assert named <= {(row.source, row.document) for row in after.report.ledger}
    ids = [identifier.casefold() for identifier in after.ids()]
    assert len(set(ids)) == len(ids)


def test_a_released_identifier_stays_with_its_source(tmp_path: Path) -> None:
    history = '{"documents": [{"id": "x", "source": "b.xml"}]}'
    named = tei(attributes='xml:id="x"')
    write(tmp_path, {"history.json": history, "tei/a.xml": named, "tei/b.xml": named})
    rows = {row.source: row.document for row in build_in(tmp_path).report.ledger if row.document}
    assert rows["b.xml"] == "x"
    assert str(rows["a.xml"]).startswith("x-")


def test_every_page_of_the_volumes_is_a_file_of_its_own(published: Built) -> None:
    pages = [row.page for row in published.report.ledger if row.document]
    assert len({str(page).casefold() for page in pages}) == len(pages)
    assert {str(page) for page in pages} <= set(tree_bytes(published.site))
