"""Distributed Text Services 1.0: every piece of every document, in order, by whatever way it is cited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
import rdflib
from exchange_editions import stated_edition
from lxml import etree

from real_editions import EDITIONS
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange.dts import answers
from regesta.exchange.dts.application import application
from regesta.exchange.dts.citation import Unit, citation_trees
from regesta.exchange.dts.passages import passage
from regesta.exporting import export
from regesta.progress import Silent
from small_editions import NAMESPACE, tei, write

TEI = f"{{{NAMESPACE}}}"
PLAY = f"""<TEI xmlns="{NAMESPACE}" xml:id="play" type="letter"><teiHeader><fileDesc>
<titleStmt><title>Play</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc><encodingDesc>
<refsDecl default="true" n="acts"><citeStructure unit="act" match="//body/div[@type='act']" use="@n">
<citeData property="http://purl.org/dc/terms/title" use="head"/>
<citeStructure unit="speech" match="sp" use="position()" delim="."/></citeStructure></refsDecl>
<refsDecl n="harm"><citeStructure unit="x" match="//*[count(//*) &gt; 0 or true()]" use="string(.)"/></refsDecl>
<refsDecl n="speeches"><citeStructure unit="speech" match="//sp" use="@xml:id"/></refsDecl></encodingDesc></teiHeader>
<text><body><div type="act" n="I"><head>Act one</head><sp xml:id="s1"><p>One <hi>two</hi></p></sp> <sp
xml:id="s2"><p>three
</p></sp></div><div type="act" n="II"><head>Act two</head><sp xml:id="s3"><p>four</p></sp></div></body></text></TEI>"""


@pytest.fixture(scope="session")
def examples(corpora: Path) -> Path:
    """Return the folder of the specification's own examples."""
    return corpora / "dts-v1-examples"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = stated_edition(tmp_path_factory.mktemp("dts"))
    more = {f"tei/documents/short-{number:03}.xml": tei(title=f"Short {number}") for number in range(150)}
    write(folder, {"tei/documents/play.xml": PLAY, **more})
    return export(open_edition(folder, None, None), "dts-store", folder / "dts.sqlite", Silent(), jobs=1).path


def ask(store: Path, endpoint: str, **arguments: object) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body of a response; the application keeps to WSGI."""
    told: list[Any] = []
    environ: dict[str, Any] = {"QUERY_STRING": urlencode(arguments), "PATH_INFO": endpoint, "SCRIPT_NAME": "/dts"}
    setup_testing_defaults(environ)
    answered = validator(application(store, "https://example.org/dts"))
    body = answered(environ, lambda status, headers, *_: told.extend((status, dict(headers))))  # type: ignore[arg-type]
    try:
        return told[0], told[1], b"".join(body)
    finally:
        body.close()  # type: ignore[attr-defined]


def said(store: Path, endpoint: str, **arguments: object) -> dict[str, Any]:
    status, headers, body = ask(store, endpoint, **arguments)
    assert status == "200 OK", body
    assert headers["Content-Type"].startswith("application/ld+json")
    found: dict[str, Any] = json.loads(body)
    return found


def play(store: Path) -> str:
    members = said(store, "/collection")["member"] + said(store, "/collection", page=2)["member"]
    return next(str(each["@id"]) for each in members if each["title"] == "Play")


def refs(told: dict[str, Any]) -> list[str]:
    return [each["identifier"] for each in told["member"]]


def test_the_entry_leads_to_the_endpoints(service: Path, examples: Path) -> None:
    told = said(service, "/")
    assert told["collection"] == "https://example.org/dts/collection{?id,page,nav}"
    assert told["document"].endswith("/document{?resource,ref,start,end,tree,mediaType}")
    expected = json.loads((examples / "00-example.json").read_text("utf-8"))
    assert set(told) == set(expected)


def test_the_collection_is_told_in_pages(service: Path) -> None:
    first, last = said(service, "/collection"), said(service, "/collection", page=2)
    assert len(first["member"]) == answers.PAGE
    assert first["totalChildren"] == len(first["member"]) + len(last["member"])
    assert first["view"]["next"] == last["view"]["@id"]
    one = first["member"][0]
    alone = said(service, "/collection", id=one["@id"])
    assert {**alone, "member": 0} == {**alone, **one, "member": 0}
    assert [each["@id"] for each in said(service, "/collection", id=one["@id"], nav="parents")["member"]] == [
        first["@id"]
    ]


def test_declared_ways_to_cite_are_kept_and_strange_ones_passed_over(service: Path) -> None:
    resource = said(service, "/collection", id=play(service))
    assert resource["citationTrees"] == [
        {
            "@type": "CitationTree",
            "citeStructure": [
                {
                    "@type": "CiteStructure",
                    "citeType": "act",
                    "citeStructure": [{"@type": "CiteStructure", "citeType": "speech"}],
                }
            ],
        },
        {
            "@type": "CitationTree",
            "identifier": "speeches",
            "citeStructure": [{"@type": "CiteStructure", "citeType": "speech"}],
        },
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"down": 1}, ["I", "II"]),
        ({"down": 2}, ["I", "I.1", "I.2", "II", "II.1"]),
        ({"down": -1}, ["I", "I.1", "I.2", "II", "II.1"]),
        ({"ref": "I"}, ["I"]),
        ({"ref": "I", "down": 1}, ["I", "I.1", "I.2"]),
        ({"ref": "I.2", "down": 0}, ["I.1", "I.2"]),
        ({"start": "I.2", "end": "II", "down": 0}, None),
        ({"start": "I.2", "end": "II"}, ["I.2", "II"]),
        ({"start": "I.2", "end": "II", "down": 1}, ["I.2", "II", "II.1"]),
        ({"tree": "speeches", "down": 1}, ["s1", "s2", "s3"]),
    ],
)
def test_navigation(service: Path, arguments: dict[str, object], expected: list[str] | None) -> None:
    resource = play(service)
    if expected is None:
        assert ask(service, "/navigation", resource=resource, **arguments)[0] == "400 Bad Request"
        return
    told = said(service, "/navigation", resource=resource, **arguments)
    assert refs(told) == expected
    if "ref" in arguments:
        assert told["ref"]["identifier"] == arguments["ref"]
    assert told["member"][0]["parent"] in {None, "I"}


def test_passages_hold_what_lies_between_and_no_more(service: Path) -> None:
    resource = play(service)

    def text(**arguments: object) -> str:
        status, headers, body = ask(service, "/document", resource=resource, **arguments)
        assert status == "200 OK", body
        assert headers["Link"].endswith('rel="collection"')
        root = etree.fromstring(body)
        assert root.tag == f"{TEI}TEI"
        return "".join(str(each) for each in root.itertext())

    assert text(ref="I.1") == "One two"
    assert text(start="I.1", end="I.2") == "One two three\n"
    assert text(start="I.2", end="II.1").split() == ["three", "Act", "twofour"]
    assert text(start="I", end="I.1") == "Act oneOne two"
    assert text(start="I", end="II.1").split() == ["Act", "oneOne", "two", "three", "Act", "twofour"]
    assert text(start="I.2", end="I.2") == "three\n"
    assert text(tree="speeches", ref="s3") == "four"
    assert "Act one" in text()
    plain = ask(service, "/document", resource=resource, ref="I", mediaType="text/plain")
    assert plain[2].decode() == "Act oneOne two three\n"


@pytest.mark.parametrize(
    ("endpoint", "arguments", "status"),
    [
        ("/collection", {"id": "nothing"}, 404),
        ("/collection", {"page": "3"}, 404),
        ("/collection", {"page": "-1"}, 400),
        ("/collection", {"page": "9" * 40}, 400),
        ("/collection", {"nav": "sideways"}, 400),
        ("/navigation", {}, 400),
        ("/navigation", {"resource": "nothing", "down": 1}, 404),
        ("/navigation", {"resource": "PLAY"}, 400),
        ("/navigation", {"resource": "PLAY", "down": 0}, 400),
        ("/navigation", {"resource": "PLAY", "down": "two"}, 400),
        ("/navigation", {"resource": "PLAY", "ref": "nowhere"}, 404),
        ("/navigation", {"resource": "PLAY", "ref": "I", "start": "I", "end": "II"}, 400),
        ("/navigation", {"resource": "PLAY", "start": "I"}, 400),
        ("/navigation", {"resource": "PLAY", "start": "II", "end": "I"}, 400),
        ("/navigation", {"resource": "PLAY", "down": 1, "tree": "none"}, 404),
        ("/navigation", {"resource": "PLAY", "down": 1, "page": 2}, 404),
        ("/document", {}, 400),
        ("/document", {"resource": "../../etc/passwd"}, 404),
        ("/document", {"resource": "PLAY", "ref": "' or 1=1 --"}, 404),
        ("/document", {"resource": "PLAY", "mediaType": "text/x-none"}, 404),
        ("/../../etc/passwd", {}, 404),
    ],
)
def test_what_is_wrong_is_told(service: Path, endpoint: str, arguments: dict[str, object], status: int) -> None:
    named = {key: play(service) if value == "PLAY" else value for key, value in arguments.items()}
    told, _headers, body = ask(service, endpoint, **named)
    assert told.startswith(str(status))
    if endpoint == "/document":
        assert etree.fromstring(body).get("statusCode") == str(status)
    else:
        assert json.loads(body)["statusCode"] == status


@pytest.mark.parametrize(
    ("match", "use", "expected"),
    [
        ("/TEI/text/body/div[@type='first act']", "@n", ["1"]),
        ('//div[@type="second, the scene\'s div"]', "@n", ["2"]),
        ("//tei:div[2]", "@n", ["2"]),
        ("/TEI/text/*/div", "position()", ["1", "2"]),
        ("//div", "head", ["One", "Two"]),
        ("//div | //p", "@n", ["1", "2"]),
        ("//div[document('/etc/passwd')]", "@n", ["1", "2"]),
    ],
)
def test_paths_of_declarations(match: str, use: str, expected: list[str]) -> None:
    """The last two are more than plain paths: then the units are those of the text as it is built."""
    root = etree.fromstring(
        tei(
            "<div n='1' type='first act'><head>One</head></div>"
            "<div n='2' type=\"second, the scene's div\"><head>Two</head></div>",
            header="<encodingDesc><refsDecl><citeStructure unit='x'/></refsDecl></encodingDesc>",
        )
    )
    declared = root.find(f".//{TEI}citeStructure")
    assert declared is not None
    declared.set("match", match)
    declared.set("use", use)
    assert [unit.ref for unit in citation_trees(root)[0].units if unit.level == 1] == expected


def test_a_declaration_that_finds_all_in_all_ends() -> None:
    within = "<citeStructure unit='x' match='//*' use='position()' delim='.'>"
    declared = within * 5 + "</citeStructure>" * 5
    root = etree.fromstring(tei("<p/>" * 3_000, header=f"<encodingDesc><refsDecl>{declared}</refsDecl></encodingDesc>"))
    assert 0 < len(citation_trees(root)[0].units) <= 50_000
    deep = f"<citeStructure unit='x' match='{'//*' * 9}' use='position()'/>"
    root = etree.fromstring(tei("<p/>" * 3_000, header=f"<encodingDesc><refsDecl>{deep}</refsDecl></encodingDesc>"))
    assert len(citation_trees(root)[0].units) == 3_000


def test_every_key_is_a_term_of_the_specification(service: Path, examples: Path) -> None:
    """The context of DTS 1.0 knows all that is said, and a reader of JSON-LD that is not ours finds it."""
    context = json.loads((examples / "context-v1.0.json").read_text("utf-8"))["@context"]
    told = said(service, "/navigation", resource=play(service), down=-1)
    collection = said(service, "/collection")

    def keys(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, each in value.items():
                yield key
                if key != "dublinCore":
                    yield from keys(each)
        elif isinstance(value, list):
            for each in value:
                yield from keys(each)

    assert {key for key in (*keys(told), *keys(collection)) if not key.startswith("@")} <= set(context)
    graph = rdflib.Graph().parse(
        data=json.dumps({**collection, "@context": context}), format="json-ld", base="https://example.org/dts/"
    )
    dts = rdflib.Namespace("https://dtsapi.org/v1.0#")
    assert len(set(graph.subjects(rdflib.RDF.type, dts.Resource))) == len(collection["member"])
    assert len(set(graph.objects(None, dts.member))) == len(collection["member"])


@pytest.mark.parametrize("name", ["02-response", "09-response-body", "06-example-response"])
def test_answers_have_the_keys_of_the_examples(service: Path, examples: Path, name: str) -> None:
    example = (examples / f"{name}.json").read_text("utf-8")
    keys = set(re.findall(r'^ {2,4}"([@\w]+)"\s*:', example, flags=re.MULTILINE))
    told = (
        said(service, "/navigation", resource=play(service), down=1)
        if name[:2] == "09"
        else said(service, "/collection")
    )
    assert keys - {"description"} <= set(told) | set(told["member"][0]) | set(told.get("resource", {}))


def test_many_ask_at_once(service: Path) -> None:
    resource = play(service)
    with ThreadPoolExecutor(50) as pool:
        answered = list(pool.map(lambda _n: ask(service, "/document", resource=resource, ref="I.1")[2], range(200)))
    assert len(set(answered)) == 1


def test_only_get_and_only_short_questions(service: Path) -> None:
    statuses: list[str] = []
    for environ in ({"REQUEST_METHOD": "POST"}, {"QUERY_STRING": "id=" + "x" * 5_000}, {"QUERY_STRING": "a&" * 200}):
        setup_testing_defaults(environ)
        application(service)(environ, lambda status, _headers: statuses.append(status))
    assert statuses == ["405 Method Not Allowed", "414 URI Too Long", "400 Bad Request"]


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"nothing")
    with pytest.raises(UsageError, match="dts-store"):
        application(path)


# ── every character by every way ────────────────────────────────────────────────────────────────────────────


def text_of(data: bytes) -> str:
    return "".join(
        str(each) for each in etree.fromstring(data, etree.XMLParser(huge_tree=True)).itertext(etree.Element)
    )


def words(root: etree._Element) -> str:
    texts = (
        str(text)
        for part in root.iterchildren(etree.Element)
        if part.tag != f"{TEI}teiHeader"
        for text in part.itertext(etree.Element)
    )
    return "".join("".join(texts).split())


def leaves(units: tuple[Unit, ...]) -> list[Unit]:
    parents = {unit.parent for unit in units}
    return [unit for unit in units if unit.ref not in parents]


def assert_whole(root: etree._Element) -> None:
    """The pieces in order are the text; so is the passage from the first to the last."""
    units = citation_trees(root)[0].units
    elements = list(root.iter(etree.Element))
    pieces = [text_of(passage(elements[unit.element], elements[unit.element])) for unit in leaves(units)]
    whole = words(root)
    assert "".join("".join(pieces).split()) == whole
    if units:
        ends = leaves(units)
        between = text_of(passage(elements[ends[0].element], elements[ends[-1].element]))
        assert "".join(between.split()) == whole


def has_loose_text(root: etree._Element) -> bool:
    """Tell whether text stands in a division beside its elements, where no default unit holds it."""
    names = ("text", "group", "front", "body", "back", "div", *(f"div{number}" for number in range(8)))
    return any(
        "".join([each.text or "", *(child.tail or "" for child in each)]).strip()
        for each in root.iter(*(f"{TEI}{name}" for name in names))
    )


def count_whole(corpora: Path, share: int) -> int:
    """Return how many documents were looked at, so many of each edition."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    done = 0
    for edition in EDITIONS:
        paths = [path for path in sorted((corpora / edition).rglob("*.xml")) if path.stat().st_size < 1_000_000]
        for path in paths[:: max(1, len(paths) // share)]:
            try:
                root = etree.parse(str(path), parser).getroot()
            except etree.XMLSyntaxError:
                continue
            declares = root.find(f".//{TEI}citeStructure") is not None
            if root.tag == f"{TEI}TEI" and not declares and not has_loose_text(root):
                assert_whole(root)
                done += 1
    return done


def test_the_pieces_of_real_documents_are_the_whole(corpora: Path) -> None:
    assert count_whole(corpora, 6) > 20


@pytest.mark.proof
def test_the_pieces_of_all_real_documents_are_the_whole(corpora: Path) -> None:
    assert count_whole(corpora, 100_000) > 400
