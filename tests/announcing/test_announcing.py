"""Sitemap, feed, BEACON, references, former addresses: there when the edition has an address, never made up."""

from __future__ import annotations

import json
import re
import struct
import zlib
from pathlib import Path

import pytest
from lxml import etree

from regesta.announcing.card import card
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.history import read
from small_editions import TITLED, Built, build_in, tei, write

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><teiHeader><fileDesc><titleStmt><title>P</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<listPerson><person xml:id="mao"><persName>Mao</persName><idno type="GND">118577425</idno>
<idno type="URI">http://www.wikidata.org/entity/Q5816</idno><idno type="VIAF">javascript:alert(1)</idno></person>
<person xml:id="nn"><persName>Nobody</persName></person></listPerson></body></text></TEI>"""
HISTORY = {
    "documents": [
        {"id": "a", "source": "a.xml", "datestamp": "2026-03-01", "former": ["old-a", "A", "b"], "hash": "0"},
        {"id": "gone", "deleted": True, "datestamp": "2026-04-01T10:00:00Z", "title": "Gone <b>away</b>"},
        {"id": "b", "source": "b.xml"},
    ]
}
ATOM = {"a": "http://www.w3.org/2005/Atom", "t": "http://purl.org/atompub/tombstones/1.0"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def edition(toml: str = TITLED, history: object = HISTORY) -> dict[str, str]:
    files = {
        "edition.toml": toml,
        "tei/a.xml": tei(
            '<p>To <persName ref="persons.xml#mao">Mao</persName>.</p>', title="A &amp; B", attributes='xml:id="a"'
        ),
        "tei/b.xml": tei(title="Second", attributes='xml:id="b"'),
        "tei/persons.xml": REGISTER,
    }
    return files if history is None else {**files, "history.json": json.dumps(history)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_in(write(tmp_path_factory.mktemp("announced"), edition()))


def test_the_sitemap_names_every_page_that_is_there(built: Built) -> None:
    root = etree.fromstring((built.site / "sitemap.xml").read_bytes())
    found = root.xpath("s:url/s:loc/text()", namespaces=SITEMAP)
    assert found[0] == "https://example.org/"
    assert {each.removeprefix("https://example.org/") for each in found} >= {"documents/a.html", "persons/mao.html"}
    for each in found[1:]:
        assert (built.site / each.removeprefix("https://example.org/")).is_file(), each
    assert (
        root.xpath("string(s:url[s:loc[contains(., 'documents/a.html')]]/s:lastmod)", namespaces=SITEMAP)
        == "2026-03-01"
    )
    assert not [each for each in found if "old-a" in each or "gone" in each or "search" in each]
    assert "Sitemap: https://example.org/sitemap.xml" in (built.site / "robots.txt").read_text()


def test_the_feed_says_what_changed_and_what_is_gone(built: Built) -> None:
    root = etree.fromstring((built.site / "feed.xml").read_bytes())
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-04-01T10:00:00Z"
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)] == ["A & B"]
    assert root.findtext("a:entry/a:updated", namespaces=ATOM) == "2026-03-01T00:00:00Z"
    assert [each.get("ref") for each in root.findall("t:deleted-entry", ATOM)] == [
        "https://example.org/documents/gone.html"
    ]
    assert 'type="application/atom+xml" href="../feed.xml"' in built.page("documents/a.html")


def test_former_addresses_lead_on_and_never_take_a_page(built: Built) -> None:
    page = built.page("documents/old-a.html")
    assert '<meta http-equiv="refresh" content="0; url=../documents/a.html">' in page
    assert '<link rel="canonical" href="https://example.org/documents/a.html">' in page
    assert "Second" in built.page("documents/b.html")
    assert "refresh" not in built.page("documents/b.html")
    assert not (built.site / "documents/A.html").exists() or "A &amp; B" in built.page("documents/A.html")
    gone = built.page("documents/gone.html")
    assert "no longer part" in gone
    assert "Gone &lt;b&gt;away" in gone


def test_beacon_files_hold_only_identifiers_that_are_ones(built: Built) -> None:
    gnd = (built.site / "data/beacon-gnd.txt").read_text(encoding="utf-8").splitlines()
    assert gnd[0] == "#FORMAT: BEACON"
    assert "#PREFIX: https://d-nb.info/gnd/" in gnd
    assert "#TARGET: https://example.org/{+ID}" in gnd
    assert gnd[-2:] == ["", "118577425|1|persons/mao.html"]
    assert all(re.fullmatch(r"#[A-Z]+: .+|[^|]+\|\d+\|[^|]+|", line) for line in gnd)
    assert "Q5816|1|persons/mao.html" in (built.site / "data/beacon-wikidata.txt").read_text()
    assert not (built.site / "data/beacon-viaf.txt").exists()
    page = built.page("persons/mao.html")
    assert 'href="https://d-nb.info/gnd/118577425"' in page
    assert 'href="javascript' not in page


def test_references_to_all_documents_are_files_that_the_pages_link_to(built: Built) -> None:
    assert len(json.loads((built.site / "data/references.json").read_text(encoding="utf-8"))) == 2
    assert (built.site / "data/references.bib").read_text(encoding="utf-8").count("@misc{") == 2
    assert 'href="data/references.ris"' in built.page("index.html")


def test_without_an_address_nothing_speaks_in_whole_addresses(tmp_path: Path) -> None:
    site = build_in(write(tmp_path, edition('[edition]\ntitle = "Small"\n'))).site
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not names & {"sitemap.xml", "feed.xml", "robots.txt", "assets/card.png"}
    assert not [name for name in names if "beacon" in name]
    page = (site / "documents/a.html").read_text(encoding="utf-8")
    assert "canonical" not in page
    assert "og:url" not in page
    assert "documents/old-a.html" in names


def test_without_a_title_nothing_is_cited(tmp_path: Path) -> None:
    site = build_in(write(tmp_path, edition("", None))).site
    assert not list(site.glob("data/references.*"))
    assert 'id="cite"' not in (site / "documents/a.html").read_text(encoding="utf-8")


def test_an_edition_of_nothing_is_announced_too(tmp_path: Path) -> None:
    site = build_in(write(tmp_path, {"edition.toml": TITLED, "tei/readme.txt": "nothing"})).site
    assert (site / "data/references.json").read_text() == "[]\n"
    assert (site / "data/references.bib").read_bytes() == b""
    assert len(etree.fromstring((site / "sitemap.xml").read_bytes())) > 0


@pytest.mark.parametrize("text", ["[]", "{", '{"documents": [{}]}', '{"documents": [{"id": "a", "datestamp": "now"}]}'])
def test_a_damaged_history_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"tei/a.xml": tei(), "history.json": text})
    with pytest.raises(UsageError, match=r"history\.json is not the history"):
        open_edition(tmp_path, None, None)


def test_a_history_of_ids_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text('{"documents": [{"id": "a", "later": 1}]}', encoding="utf-8")
    assert [each.id for each in read(tmp_path).documents] == ["a"]


def test_the_picture_is_a_png_of_the_size_that_sites_ask_for() -> None:
    data = card("#fff", "#000000", "#7a2e1d")
    assert data == card("#fff", "#000000", "#7a2e1d")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    start = data.index(b"IDAT") + 4
    size = struct.unpack(">I", data[start - 8 : start - 4])[0]
    assert len(zlib.decompress(data[start : start + size])) == 630 * 1201
