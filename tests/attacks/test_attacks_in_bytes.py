"""No attack is left in what is published: every byte of the site is read by a parser that knows nothing of ours.

What may stand on a page is listed here, element by element and attribute by attribute; all else is a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from attack_corpus import attacks, edition
from lxml import etree

from regesta.resources import folder
from small_editions import Built, build_in, write


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names(
    """
    html head meta title link script body a header footer main nav section article aside div p span ul ol li dl dt dd
    h1 h2 h3 h4 h5 h6 table caption thead tbody tr td th figure figcaption img audio blockquote q cite code em i b u
    s sup sub ins del mark br hr ruby rb rt rp form label input button noscript details summary svg rect text g line
    image polygon fieldset legend
    pre circle desc kbd
    path time bdi math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable
    mtr mtd mfenced mstyle mpadded mphantom
    """
)
ATTRIBUTES = _names(
    """
    class id lang dir href rel type content name charset http-equiv src defer alt width height loading controls
    preload colspan rowspan scope role title hidden for value action method autocomplete spellcheck download start
    open tabindex hreflang viewbox x y x1 x2 y1 y2 d transform text-anchor target checked placeholder media
    datetime points preserveaspectratio property accesskey
    """
)
NAMESPACES = frozenset(
    (
        ("html", "xmlns", "http://www.w3.org/1999/xhtml"),
        ("svg", "xmlns", "http://www.w3.org/2000/svg"),
        ("math", "xmlns", "http://www.w3.org/1998/Math/MathML"),
    )
)
ADDRESSES = frozenset(("href", "src", "action"))
SCRIPTS = frozenset(path.name for path in folder("assets").rglob("*.js"))
STYLES = frozenset(path.name for path in folder("assets").glob("*.css"))
EDITION_URL = "https://example.org/"


class Reader(HTMLParser):
    """Collects what a page has that none may have, and its addresses."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.faults: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.policies: list[str] = []
        self.ids: list[str] = []
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        for name, value in attributes.items():
            known = name in ATTRIBUTES or name.startswith(("data-", "aria-"))
            if not known and (tag, name, value) not in NAMESPACES:
                self.faults.append(f"{tag}/@{name}")
            if attributes.get("rel") == "canonical" and name == "href" and value.startswith(EDITION_URL):
                continue  # the page's own address, which no browser asks for
            if name in ADDRESSES:
                self.addresses.append((tag, value))
        if tag == "meta" and "http-equiv" in attributes:
            self.policies.append(f"{attributes['http-equiv']}: {attributes.get('content')}")
        if tag == "script" and "src" not in attributes:
            if attributes != {"type": "application/ld+json"}:
                self.faults.append(f"script of its own {attributes}")
            self._in_data = True
        if "id" in attributes:
            self.ids.append(attributes["id"])

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
            self._in_data = False

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.faults.append(f"declaration {decl}")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_in(write(tmp_path_factory.mktemp("attacks") / "edition", edition()), jobs=1)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, Reader]:
    read = {}
    for path in sorted(built.site.rglob("*.html")):
        name = path.relative_to(built.site).as_posix()
        read[name] = Reader(name)
        read[name].feed(path.read_bytes().decode("utf-8"))
        read[name].close()
    return read


def test_there_are_enough_attacks_and_they_reach_the_site(built: Built, pages: dict[str, Reader]) -> None:
    assert sum(attack.tricks for attack in attacks()) > 1000
    assert built.json("report.json")["sources"]["published"] > 60
    assert sum(path.startswith("documents/") for path in pages) > 60
    assert {path.split("/")[0] for path in pages} >= {"index.html", "search.html", "persons", "timeline.html"}


def test_pages_hold_only_elements_and_attributes_that_run_nothing(pages: dict[str, Reader]) -> None:
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_data_for_machines_are_json_that_no_parser_of_html_looks_into(pages: dict[str, Reader]) -> None:
    blocks = [block for page in pages.values() for block in page.data]
    assert len(blocks) > 60
    assert [block for block in blocks if set(block) & set("<>&")] == []
    assert all(json.loads(block)["@context"] == "https://schema.org" for block in blocks)


def test_every_page_carries_the_policy_first(built: Built, pages: dict[str, Reader]) -> None:
    strict = [
        policy
        for page in pages.values()
        for policy in page.policies
        if policy.startswith("Content-Security-Policy: default-src 'none'; script-src 'self'")
        and "unsafe" not in policy
    ]
    assert len(strict) == len(pages) == sum(len(page.policies) for page in pages.values())
    for path in pages:
        before = built.page(path).partition("Content-Security-Policy")[0]
        assert not re.search(r"<(script|link|style|title|base)\b", before), path


def test_every_address_is_of_the_site_or_a_link_to_the_web(built: Built, pages: dict[str, Reader]) -> None:
    faults = [
        f"{path}: {tag} {address}"
        for path, page in pages.items()
        for tag, address in page.addresses
        if not _is_safe(built.site, path, tag, address)
    ]
    assert faults == []


def test_ids_of_sources_take_no_id_of_the_page(pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        assert page.ids.count("main") == 1, path


def test_data_files_are_one_call_with_data(built: Built) -> None:
    shards = sorted((built.site / "data").rglob("*.js"))
    assert shards
    for shard in shards:
        call = re.fullmatch(r'regesta\.add\("[\w/-]+",(.*)\);\n', shard.read_text(encoding="utf-8"))
        assert call, shard
        assert json.loads(call[1]), shard


def test_no_file_lies_where_a_source_wants_it(built: Built) -> None:
    evil = [path for path in built.edition.root.parent.rglob("*evil*") if built.site not in path.parents]
    assert evil == []
    names = [path.relative_to(built.site).as_posix() for path in built.site.rglob("*") if path.is_file()]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9/_.-]+", name) or len(name) > 200] == []
    others = {name for name in names if PurePosixPath(name).suffix not in {".html", ".xml", ".css", ".js"}}
    assert others <= {"robots.txt", "assets/card.png", *(f"data/references.{kind}" for kind in ("bib", "json", "ris"))}


def test_downloads_hold_nothing_that_a_browser_runs(built: Built) -> None:
    downloads = sorted((built.site / "tei").glob("*.xml"))
    assert len(downloads) > 60
    assert {path.name: found for path in downloads if (found := list(_active(path)))} == {}


def _is_safe(site: Path, page: str, tag: str, address: str) -> bool:
    """Tell whether a browser that follows `address` stays in the site, or asks for a page elsewhere by a link."""
    if re.search(r"[\x00-\x20\x7f\\]", address):
        return False
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return tag == "a" and parts.scheme in {"http", "https", "mailto"} and "://" in address[:8] + "://"
    if not parts.path:
        return bool(parts.fragment) and tag == "a"
    target = (site / page).parent.joinpath(unquote(parts.path)).resolve()
    if not target.is_relative_to(site.resolve()) or not target.is_file():
        return False
    if tag == "script":
        return target.name in SCRIPTS
    return tag != "link" or target.suffix in {".html", ".xml"} or target.name in STYLES


def _active(path: Path) -> Iterator[str]:
    """Yield what a browser that opens an XML file would run or ask for."""
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<?xml-stylesheet" in data:
        yield "declaration or instruction"
    for element in etree.fromstring(data, etree.XMLParser(collect_ids=False, huge_tree=True)).iter():
        namespace = etree.QName(element).namespace or ""
        if namespace in {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}:
            yield str(element.tag)
        if "MathML" in namespace:
            yield from (str(name) for name in element.attrib if re.search(r"(^|\})on|href$|src$|^style$", str(name)))
