"""Search data: every word of every document can be found again, in files of the promised size."""

from __future__ import annotations

import pytest
from search_decoder import decode

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.records import Entity, EntityName, Record
from regesta.search import SearchableDocument, build_search, search_files
from regesta.search.shards import SHARD_BYTES

DOCUMENTS = [
    SearchableDocument("documents/cable.html", "Câble de Mikoyan", text="Réunion à Pékin, le 16 septembre"),
    SearchableDocument("documents/беседа.html", "Запись беседы", text="Ёлкин сообщил о Пленуме ЦК ТПК"),
    SearchableDocument("documents/mivrak.html", "מברק", text="שָׁלוֹם מן השגרירות במוסקבה"),
    SearchableDocument("documents/ko.html", "편지", text="조선로동당 중앙위원회 전원회의에서"),
    SearchableDocument("documents/zh.html", "电报", text="毛泽东同志会见朝鲜代表团"),
    SearchableDocument("documents/ja.html", "電報", text="朝鮮労働党がアンバサダーに電報を送った"),
]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("reunion pekin", "cable"),
        ("RÉUNION", "cable"),
        ("sept", "cable"),
        ("елкин", "беседа"),
        ("пленум", "беседа"),
        ("שלום", "mivrak"),
        ("במוסקבה", "mivrak"),
        ("중앙위원회", "ko"),
        ("전원회의", "ko"),
        ("毛泽东", "zh"),
        ("朝鲜", "zh"),
        ("团", "zh"),
        ("労働党", "ja"),
        ("アンバサ", "ja"),
        ("送", "ja"),
    ],
)
def test_words_are_found_in_every_script(query: str, page: str) -> None:
    assert decode(dict(search_files(DOCUMENTS))).find(query) == {f"documents/{page}.html"}


def test_what_is_not_there_is_not_found() -> None:
    decoded = decode(dict(search_files(DOCUMENTS)))
    assert decoded.find("reunion елкин") == set()
    assert decoded.find("constructor") == set()


def test_titles_weigh_more_than_text() -> None:
    weights = decode(dict(search_files(DOCUMENTS))).weights
    assert weights["mikoyan"] == {0: 6}
    assert weights["pekin"] == {0: 1}


def test_files_are_small_sorted_and_complete() -> None:
    documents = [
        SearchableDocument(f"documents/{n}.html", f"Title {n}", text=f"every word{n * 7919 % 5000} 𠀀{n} \ufa0e")
        for n in range(3000)
    ]
    files = dict(search_files(documents))
    decoded = decode(files)
    assert decoded.manifest["documents"] == len(decoded.manifest["lengths"]) == 3000
    assert len(decoded.manifest["firstWords"]) > 3
    assert max(len(body) for path, body in files.items() if "/words-" in path) < SHARD_BYTES + 1000
    assert decoded.weights["every"] == dict.fromkeys(range(3000), 1)
    # JavaScript compares UTF-16 units: by them the files must be in order, or halving misses words.
    keys = [word.encode("utf-16-be") for word in decoded.weights]
    assert keys == sorted(keys)


def test_the_same_documents_make_the_same_bytes() -> None:
    assert list(search_files(DOCUMENTS)) == list(search_files(iter(DOCUMENTS)))


def test_no_documents_make_a_manifest_only() -> None:
    files = dict(search_files([]))
    assert list(files) == ["data/search/manifest.js"]
    assert decode(files).manifest["firstWords"] == []


@pytest.mark.parametrize(
    ("abstract", "text", "opening"),
    [
        ("A summary.", "The text.", ["A summary.", ""]),
        ("", "  The \n text. ", ["The text.", "ru"]),
        ("", "word " * 100, ["word " * 47 + "word…", "ru"]),
        ("", "字" * 300, ["字" * 240 + "…", "ru"]),
        ("", "", ["", "ru"]),
    ],
)
def test_openings(abstract: str, text: str, opening: list[str]) -> None:
    document = SearchableDocument("p.html", "T", "1956", abstract, text=text, language="ru")
    assert decode(dict(search_files([document]))).documents == [["p.html", "T", "1956", *opening]]


def test_a_document_is_found_under_all_names_of_whom_it_names() -> None:
    record = Record(title="Cable", abstract="On the plenum", languages=("en",))
    cable = CataloguedDocument("c", "documents/c.html", "c.xml", "TEI", "Cable", record, "1956-09", "Sept. 1956")
    kim = Entity("person", "kim", "Kim Il Sung", (EntityName("김일성"), EntityName("Ким Ир Сен")))
    entity = CataloguedEntity("kim", "persons/kim.html", kim, (), ("c",))
    catalogue = Catalogue((cable,), ("c",), (entity,), {"c": {("person", "#kim"): "kim"}}, ())
    decoded = decode(build_search(catalogue, lambda document: f"The text of {document.id}."))
    for query in ("김일성", "ир сен", "plenum", "1956", "text of"):
        assert decoded.find(query) == {"documents/c.html"}, query
