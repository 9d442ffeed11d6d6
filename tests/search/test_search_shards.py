"""Search data: every word of every document can be found again, in files that a change leaves as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_decoder import Decoded, decode, files_of

from regesta.catalogue import Catalogue, CataloguedDocument, CataloguedEntity
from regesta.records import Entity, EntityName, Holding, Record
from regesta.search import Searchable, SearchableDocument
from regesta.search.digests import PART, parts, periods
from regesta.search.numerals import read, spell

DOCUMENTS = [
    SearchableDocument(
        "cable", "Câble", fields=(("title", "Câble"),), text="Réunion à Pékin, le 16 septembre", stemmers=("french", "")
    ),
    SearchableDocument("беседа", "Запись беседы", text="Ёлкин сообщил о Пленуме ЦК ТПК"),
    SearchableDocument("mivrak", "מברק", text="שָׁלוֹם מן השגרירות במוסקבה"),
    SearchableDocument("ko", "편지", text="조선로동당 중앙위원회 전원회의에서"),
    SearchableDocument("zh", "电报", text="毛泽东同志会见朝鲜代表团"),
    SearchableDocument("ja", "電報", text="朝鮮労働党がアンバサダーに電報を送った"),
]


def letters(count: int) -> Iterator[SearchableDocument]:
    for n in range(count):
        text = f"the reply of the board came in word{n * 7919 % 5000} and was {'late' if n % 3 else 'late again'}"
        yield SearchableDocument(f"letter-{n}", f"Letter {n}", f"19{n % 60 + 10}-08", text=text)


@pytest.fixture(scope="module")
def large() -> Decoded:
    return decode(files_of(letters(3000), frequent_from=500))


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("reunion pekin", "cable"),
        ("RÉUNION", "cable"),
        ("елкин", "беседа"),
        ("שלום", "mivrak"),
        ("במוסקבה", "mivrak"),
        ("중앙위원회", "ko"),
        ("毛泽东", "zh"),
        ("团", "zh"),
        ("労働党", "ja"),
        ("アンバサ", "ja"),
    ],
)
def test_words_are_found_in_every_script(query: str, document: str) -> None:
    assert decode(files_of(DOCUMENTS)).find(query) == {document}


def test_what_is_not_there_is_not_found() -> None:
    decoded = decode(files_of(DOCUMENTS))
    assert decoded.find("reunion елкин") == set()
    assert decoded.find("constructor") == set()


def test_forms_of_a_word_have_one_stem_each_in_its_own_language() -> None:
    texts = {
        ("english", ""): "plenum plenums factional",
        ("", "russian"): "партийный партийного пленума пленум",
        ("german", ""): "Botschafter Botschaftern Häuser",
        ("french", ""): "arrivée arrivé l'ambassadeur",
        ("", ""): "ambassadors",
    }
    documents = [
        SearchableDocument(f"d{n}", "T", text=text, stemmers=kind) for n, (kind, text) in enumerate(texts.items())
    ]
    stems = decode(files_of(documents)).stems
    for one, other in (
        ("plenum", "plenums"),
        ("партийный", "партийного"),
        ("пленум", "пленума"),
        ("arrivee", "arrive"),
    ):
        assert stems[one] == stems[other], one
    assert stems["botschafter"] == stems["botschaftern"]
    assert stems["ambassadors"] == "ambassadors"


def test_a_word_of_two_languages_has_the_stems_of_both() -> None:
    documents = [
        SearchableDocument("a", "", text="movement", stemmers=("english", "")),
        SearchableDocument("b", "", text="movement", stemmers=("french", "")),
    ]
    assert decode(files_of(documents)).stems["movement"] == "mov movement"


def test_places_tell_which_words_follow_each_other() -> None:
    decoded = decode(files_of(DOCUMENTS))
    number = next(number for number, row in decoded.rows.items() if row["id"] == "cable")
    at = {word: decoded.places[word][number] for word in ("reunion", "a", "pekin", "le", "16", "septembre")}
    assert [places[0] for places in at.values()] == [0, 1, 2, 3, 4, 5]
    assert decoded.places[":title:cable"][number] == [1008]


def test_titles_weigh_more_than_text_and_short_texts_more_than_long_ones() -> None:
    documents = [
        SearchableDocument("title", "Mikoyan", fields=(("title", "Mikoyan"),)),
        SearchableDocument("text", "T", text="Mikoyan"),
        SearchableDocument("long", "T", text="Mikoyan " + "and so on " * 2000),
    ]
    decoded = decode(files_of(documents))
    weights = {decoded.rows[number]["id"]: entry[0] for number, entry in decoded.entries["mikoyan"].items()}
    assert weights["title"] > weights["text"] > weights["long"]


def test_an_entry_tells_in_which_part_of_a_text_a_word_first_stands() -> None:
    text = "begin " + "filling " * 4000 + "end"
    decoded = decode(files_of([SearchableDocument("long", "T", text=text)]))
    (row,) = decoded.rows.values()
    assert row["parts"] == len(parts(text)) == 6
    assert [part for _, part in decoded.entries["begin"].values()] == [0]
    assert [part for _, part in decoded.entries["end"].values()] == [5]


@given(st.text(st.sampled_from("ab \n漢"), max_size=200).map(lambda text: text * 97))
def test_parts_are_the_text(text: str) -> None:
    assert "".join(parts(text)) == text
    assert max(map(len, parts(text))) <= PART * 5 // 4


@given(st.integers(0, 10**9))
def test_numerals_are_read_as_they_were_spelt(number: int) -> None:
    assert read(spell(number).decode() * 2) == [number, number]


def test_frequent_words_keep_no_places_but_their_pairs(large: Decoded) -> None:
    frequent = large.manifest["frequent"]
    assert {"the", "reply", "of", "board"} <= set(frequent)
    assert large.places["the"] == {} or not any(large.places["the"].values())
    assert len(large.entries[" reply of"]) == 3000
    assert " board the" not in large.entries
    assert large.places["again"] == {} and large.places["word1"]


def test_files_are_small_sorted_and_complete(large: Decoded) -> None:
    assert large.manifest["documents"] == len(large.rows) == 3000
    assert len(large.manifest["names"]) == len(set(large.manifest["names"])) > 10
    # JavaScript compares UTF-16 units: by them the files must be in order, or halving misses words.
    keys = [term.encode("utf-16-be") for term in large.entries]
    assert keys == sorted(keys)
    assert len(large.entries["board"]) == 3000


def test_one_changed_document_rewrites_only_what_holds_its_words() -> None:
    documents = list(letters(1000))
    before = files_of(documents)
    changed = replace(documents[500], text=documents[500].text + " postscript")
    after = files_of([*documents[:500], changed, *documents[501:]])
    rewritten = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    terms = {path for path in rewritten if "/terms-" in path or "/places-" in path}
    assert len(terms) <= 4
    assert len(rewritten - terms) <= 2


def test_one_document_more_rewrites_only_what_holds_its_words() -> None:
    documents = list(letters(1000))
    before = files_of(documents)
    more = SearchableDocument("a-new-one", "Report", "1956", text="quite another subject")
    after = files_of([*documents[:300], more, *documents[300:]])
    rewritten = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    assert len(rewritten) <= 20 < len(before) / 10


def test_the_same_documents_make_the_same_bytes_in_any_order() -> None:
    assert files_of(DOCUMENTS) == files_of(DOCUMENTS[::-1])


def test_no_documents_make_a_manifest_only() -> None:
    files = files_of([])
    assert list(files) == ["data/search/manifest.js"]
    assert decode(files).manifest["names"] == []


@pytest.mark.parametrize(
    ("date", "terms"),
    [
        ("1956-08-30", [":year:1956", ":month:1956-08", ":day:1956-08-30"]),
        ("1956-08", [":year:1956", ":month:1956-08", ":day:1956-08"]),
        ("1956", [":year:1956", ":month:1956"]),
        ("", [":year:"]),
    ],
)
def test_a_date_is_sought_by_its_periods(date: str, terms: list[str]) -> None:
    assert list(periods(date)) == terms


def catalogue_of_one() -> Catalogue:
    record = Record(
        title="Cable",
        abstract="On the plenum",
        languages=("en",),
        type="memorandum-of-conversation",
        holdings=(Holding("State Archive"),),
    )
    cable = CataloguedDocument("c", "documents/c.html", "c.xml", "TEI", "Cable", record, "1956-09", "Sept. 1956")
    names = (EntityName("김일성"), EntityName("Ким Ир Сен"), EntityName("Kim Il-sŏng"), EntityName("Chairman", "short"))
    entity = CataloguedEntity("kim", "persons/kim.html", Entity("person", "kim", "Kim Il Sung", names), (), ("c",))
    return Catalogue((cable,), ("c",), (entity,), {"c": {("person", "#kim"): "kim"}}, ())


@pytest.mark.parametrize("query", ["김일성", "ир сен", "plenum", "text of", "ilsong", "memorandum", "state"])
def test_a_document_is_found_under_all_names_of_whom_it_names(query: str) -> None:
    decoded = decode(dict(Searchable(catalogue_of_one(), lambda document: f"The text of {document.id}.").files()))
    assert decoded.find(query) == {"c"}


def test_names_and_kinds_are_sought_by_field() -> None:
    decoded = decode(dict(Searchable(catalogue_of_one(), lambda _document: "").files()))
    for term in (":person:kim", ":person:ир", ":title:cable", ":type:memorandum", ":archive:state", ":month:1956-09"):
        assert decoded.of(term) == {"c"}, term
    assert decoded.of(":person:plenum") == set()
    assert decoded.of("chairman") == decoded.of(":person:chairman") == set()
