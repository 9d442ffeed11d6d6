"""The models of lists, entity pages and timeline: what stands on which page, without any stylesheet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from index_editions import EDITION, catalogue, document, edition_of

from regesta.catalogue import Catalogue, CataloguedEntity
from regesta.indexing import index_pages, to_json
from regesta.indexing.collation import collation_key, initial
from regesta.indexing.models import EntityListPage, EntityPage, EntityYearPage, IndexPage, ListPage, TimelinePage
from regesta.records import Entity, EntityName, Identifier


def lists_of(found: Catalogue) -> dict[str, ListPage]:
    return {page.path: page for page in index_pages(found, EDITION) if isinstance(page, ListPage)}


def timeline_of(found: Catalogue) -> TimelinePage:
    return next(page for page in index_pages(found, EDITION) if isinstance(page, TimelinePage))


def titles(page: ListPage) -> list[str]:
    return [item.title for group in page.groups for item in group.items]


def hrefs(value: object) -> Iterator[str]:
    """Yield every address in a model, wherever it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("href", "previous", "next") and inner:
                yield inner
            yield from hrefs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from hrefs(inner)


@pytest.mark.parametrize(
    ("count", "paths"),
    [
        (0, ["index.html"]),
        (1, ["index.html"]),
        (10, ["index.html", "lists/date-10.html"]),
        (
            11,
            [
                "index.html",
                "lists/collection-10-2.html",
                "lists/collection-50.html",
                "lists/date-10.html",
                "lists/date-10-2.html",
                "lists/date-50.html",
            ],
        ),
    ],
)
def test_only_lists_that_differ_are_made(count: int, paths: list[str]) -> None:
    assert list(lists_of(edition_of(count))) == paths


def test_all_stand_on_one_page_up_to_five_hundred() -> None:
    page = lists_of(edition_of(500))["lists/collection-all.html"]
    assert (page.first, page.last, page.total, page.next) == (1, 500, 500, "")
    assert "lists/year-1955.html" not in lists_of(edition_of(500))


def test_beyond_five_hundred_years_stand_for_all() -> None:
    pages = lists_of(edition_of(501))
    assert "lists/collection-all.html" not in pages
    years = [path for path in pages if path.startswith(("lists/year-", "lists/undated"))]
    assert years == ["lists/year-1955.html", "lists/year-1956.html", "lists/undated.html"]
    assert sum(len(titles(pages[path])) for path in years) == 501
    assert [(pages[path].previous, pages[path].next) for path in years] == [
        ("", "lists/year-1956.html"),
        ("lists/year-1955.html", "lists/undated.html"),
        ("lists/year-1956.html", ""),
    ]
    assert all(group.anchor == f"m{group.month or '00'}" for group in pages["lists/year-1955.html"].groups)


@pytest.mark.parametrize("count", [1, 10, 157, 501])
def test_each_list_holds_every_document_once(count: int) -> None:
    found = edition_of(count)
    by_list: dict[str, list[str]] = {}
    for page in lists_of(found).values():
        size = max((choice.key for choice in page.sizes if choice.current), default="10")
        if page.year is None:
            by_list.setdefault(f"{page.order}-{size}", []).extend(titles(page))
    labels = {each.id: each.label for each in found.documents}
    for name, listed in by_list.items():
        order = labels.values() if name.startswith("collection") else map(labels.__getitem__, found.by_date)
        assert listed == list(order)


def test_ranges_and_totals() -> None:
    small = lists_of(edition_of(10))["index.html"]
    assert (small.first, small.last, small.total) == (1, 10, 10)
    pages = lists_of(edition_of(157))
    last = pages["lists/collection-10-16.html"]
    assert (last.first, last.last, last.total, last.next) == (151, 157, None, "")
    assert pages["lists/collection-50.html"].total == 157
    empty = lists_of(edition_of(0))["index.html"]
    assert (empty.first, empty.last, empty.total) == (0, 0, 0)


def test_a_new_document_changes_only_first_and_last_pages_of_the_collection() -> None:
    def models(count: int) -> dict[str, str]:
        found = lists_of(edition_of(count))
        return {path: to_json(page) for path, page in found.items() if "collection-10" in path}

    before, after = models(154), models(155)
    assert [path for path in after if before.get(path) != after[path]] == ["lists/collection-10-16.html"]


def test_page_numbers_are_abridged() -> None:
    pages = lists_of(edition_of(157))
    numbers = {path: [each.number for each in page.pages] for path, page in pages.items()}
    assert numbers["index.html"] == [1, 2, 3, 0, 16]
    assert numbers["lists/collection-10-8.html"] == [1, 0, 6, 7, 8, 9, 10, 0]
    assert numbers["lists/collection-10-16.html"] == [1, 0, 14, 15, 16]
    assert numbers["lists/collection-all.html"] == []


def test_front_says_what_the_edition_is() -> None:
    front = lists_of(edition_of(30))["index.html"].front
    assert front is not None
    assert (front.documents, front.first_year, front.last_year) == (30, "1955", "1956")
    assert all(page.front is None for path, page in lists_of(edition_of(30)).items() if path != "index.html")


def test_items_show_people_with_roles_but_not_the_provider() -> None:
    item = lists_of(edition_of(1))["index.html"].groups[0].items[0]
    assert [(each.name.label, each.name.href, each.roles) for each in item.participants] == [
        ("Kim Il Sung", "persons/kim.html", ("author", "sender")),
        ("Somebody <unknown>", "", ("addressee",)),
        ("Mao", "", ()),
    ]
    assert item.holdings == ("State Archive, f. 5, op. 0",)


@pytest.mark.parametrize("count", [0, 1, 10, 157, 501, 10_000])
def test_every_address_leads_to_a_page(count: int) -> None:
    found = edition_of(count)
    pages = list(index_pages(found, EDITION))
    paths = Counter(page.path for page in pages)
    assert max(paths.values()) == 1
    known = {*paths, *(each.page for each in found.documents)}
    for page in pages:
        for href in hrefs(json.loads(to_json(page))):
            assert href.startswith("https://viaf.org/") or href.partition("#")[0] in known


def test_ten_thousand_documents_make_small_pages() -> None:
    found = edition_of(10_000)
    lists = lists_of(found)
    sized = [page for page in lists.values() if page.year is None]
    by_year = [page for page in lists.values() if page.year is not None]
    assert len(sized) == 2 * (1000 + 200)
    assert max(len(titles(page)) for page in by_year) == 500
    assert sum(len(titles(page)) for page in by_year) == 10_000
    assert len(to_json(timeline_of(found))) < 20_000


def test_timeline_groups_by_year_and_month_with_the_undated_last() -> None:
    timeline = timeline_of(edition_of(60))
    assert [year.year for year in timeline.years] == ["1955", "1956", ""]
    assert timeline.documents == sum(year.documents for year in timeline.years) == 60
    for year in timeline.years:
        assert year.documents == sum(month.documents for month in year.months)
        assert [len(month.items) for month in year.months] == [month.documents for month in year.months]
    assert [month.month for month in timeline.years[0].months][:3] == ["", "01", "02"]


def test_the_undated_come_last_wherever_the_catalogue_has_them() -> None:
    documents = [document(0, sort_date=""), document(1, sort_date="1956"), document(2, sort_date="0988-05")]
    found = replace(catalogue(documents), by_date=("d0", "d1", "d2"))
    assert [year.year for year in timeline_of(found).years] == ["988", "1956", ""]
    assert titles(lists_of(found)["lists/date-10.html"])[-1] == documents[0].label


def test_large_timeline_counts_and_leads_to_lists() -> None:
    timeline = timeline_of(edition_of(501))
    months = [month for year in timeline.years for month in year.months]
    assert sum(month.documents for month in months) == 501
    assert not any(month.items for month in months)
    assert months[1].href == "lists/year-1955.html#m01"


@pytest.mark.parametrize(
    ("dates", "unit", "bars", "left_out"),
    [
        (["1956-08-30", "1956-09", "1956-09-16", "1956"], "month", [(0, 1), (1, 2)], 1),
        (["1900", "1956-09"], "year", [(0, 1), (56, 1)], 0),
        (["1100", "1956-09"], "decade", [(0, 1), (85, 1)], 0),
        (["-0300", "1956-09"], "century", [(0, 1), (22, 1)], 0),
    ],
)
def test_chart_takes_the_finest_unit_that_fits(
    dates: list[str], unit: str, bars: list[tuple[int, int]], left_out: int
) -> None:
    found = catalogue([document(number, sort_date=date) for number, date in enumerate(dates)])
    chart = timeline_of(found).chart
    assert chart is not None
    assert (chart.unit, [(bar.step, bar.documents) for bar in chart.bars], chart.left_out) == (
        unit,
        bars,
        left_out,
    )


def test_no_chart_without_dates_to_show() -> None:
    assert timeline_of(edition_of(0)).chart is None
    assert timeline_of(catalogue([document(0, sort_date="1956"), document(1, sort_date="")])).chart is None


def persons(*entries: Entity) -> list[IndexPage]:
    entities = tuple(CataloguedEntity(entry.key, f"persons/{entry.key}.html", entry, (), ("d0",)) for entry in entries)
    return list(index_pages(replace(edition_of(1), entities=entities), EDITION))


def test_persons_stand_under_letters_in_every_script() -> None:
    names = ("Élan", "eduard", "Жданов", "홍명희", "毛泽东", "שרת", "«Zhang»", "2nd", "?")
    pages = persons(*(Entity("person", f"p{at}", name) for at, name in enumerate(names)))
    listing = next(page for page in pages if isinstance(page, EntityListPage) and page.folder == "persons")
    assert [(letter.letter, [entry.label for entry in letter.entries]) for letter in listing.letters] == [
        ("#", ["?"]),
        ("0–9", ["2nd"]),
        ("E", ["eduard", "Élan"]),
        ("Z", ["«Zhang»"]),
        ("Ж", ["Жданов"]),
        ("ש", ["שרת"]),
        ("ㅎ", ["홍명희"]),
        ("漢", ["毛泽东"]),
    ]


def test_a_sorting_form_of_the_name_decides_but_is_not_shown() -> None:
    entry = Entity(
        "person", "mikoyan", "Anastas Mikoyan", (EntityName("Mikoyan, Anastas", "sort"), EntityName("Микоян"))
    )
    pages = persons(entry)
    listing = next(page for page in pages if isinstance(page, EntityListPage) and page.folder == "persons")
    page = next(page for page in pages if isinstance(page, EntityPage))
    assert [letter.letter for letter in listing.letters] == ["M"]
    assert [name.text for name in page.names] == ["Микоян"]


@pytest.mark.parametrize(
    ("identifier", "href"),
    [
        (Identifier("VIAF", "123"), "https://viaf.org/viaf/123"),
        (Identifier("wikidata", "Q1"), "https://www.wikidata.org/wiki/Q1"),
        (Identifier("any", "https://example.org/x"), "https://example.org/x"),
        (Identifier("VIAF", "javascript:alert(1)"), ""),
        (Identifier("local", "17"), ""),
    ],
)
def test_authorities_are_linked_where_their_address_is_known(identifier: Identifier, href: str) -> None:
    pages = persons(Entity("person", "x", "X", authorities=(identifier,)))
    page = next(page for page in pages if isinstance(page, EntityPage))
    assert page.authorities[0].href == href


def test_entity_pages_list_documents_by_date_with_roles() -> None:
    documents = [document(0, sort_date="1956-09"), document(1, sort_date="1955")]
    found = catalogue(documents)
    pages = {page.path: page for page in index_pages(found, EDITION)}
    kim, place = pages["persons/kim.html"], pages["places/pyongyang.html"]
    assert isinstance(kim, EntityPage)
    assert isinstance(place, EntityPage)
    assert [(each.date, each.roles) for each in kim.documents] == [
        ("1955", ("author", "sender")),
        ("1956-09", ("author", "sender")),
    ]
    assert place.documents[0].roles == ()


def test_documents_too_many_for_an_entity_s_page_are_listed_by_year() -> None:
    found = edition_of(1_500)
    pages = {page.path: page for page in index_pages(found, EDITION)}
    kim = pages["persons/kim.html"]
    assert isinstance(kim, EntityPage)
    assert (kim.documents, kim.chart is None) == ((), False)
    by_year = [page for page in pages.values() if isinstance(page, EntityYearPage) and page.entity.label == kim.label]
    assert [(year.label, year.documents) for year in kim.years] == [
        (page.year, page.total) for page in by_year if page.number == 1
    ]
    assert [year.label for year in kim.years] == ["1955", "1956", ""]
    assert {year.href for year in kim.years} == {
        "persons/kim/year-1955.html",
        "persons/kim/year-1956.html",
        "persons/kim/undated.html",
    }
    listed = [each.href for page in by_year for each in page.documents]
    dated = {each.id: each for each in found.documents}
    assert listed == [dated[each].page for each in found.by_date]
    assert max(len(page.documents) for page in by_year) <= 500
    assert [page.path for page in by_year[1:]] == [page.next for page in by_year[:-1]]
    assert [page.path for page in by_year[:-1]] == [page.previous for page in by_year[1:]]


def test_an_entity_called_like_the_page_of_another_has_its_years_elsewhere() -> None:
    found = edition_of(501)
    kim = next(each for each in found.entities if each.id == "kim")
    alike = replace(kim, id="kim.html", page="persons/kim.html.html")
    paths = {page.path for page in index_pages(replace(found, entities=(kim, alike)), EDITION)}
    folders = {path.rpartition("/")[0] for path in paths}
    assert {"persons/kim", "persons/kim.html-"} <= folders
    assert not folders & paths


def test_one_document_more_changes_of_an_entity_s_pages_its_own_and_those_of_the_year_from_there_on() -> None:
    documents = [document(number) for number in range(1_500)]
    late = document(1_500, sort_date="1955-12-31")
    before, after = (
        {page.path: to_json(page) for page in index_pages(catalogue(each), EDITION) if "kim" in page.path}
        for each in (documents, [*documents, late])
    )
    changed = {path for path, model in after.items() if before.get(path) != model}
    assert changed == {"persons/kim.html", "persons/kim/year-1955.html", "persons/kim/year-1955-2.html"}


def test_a_kind_beyond_the_five_gets_its_list_only_when_it_has_entries() -> None:
    work = CataloguedEntity("w", "works/w.html", Entity("work", "w", "Capital"), (), ())
    with_work = replace(edition_of(1), entities=(work,))
    assert "works/index.html" in {page.path for page in index_pages(with_work, EDITION)}
    assert "works/index.html" not in {page.path for page in index_pages(edition_of(1), EDITION)}


def test_the_order_of_entities_and_links_makes_no_difference() -> None:
    found = edition_of(20)
    other = replace(found, entities=found.entities[::-1], links=dict(reversed([*found.links.items()])))
    assert [*map(to_json, index_pages(found, EDITION))] == [*map(to_json, index_pages(other, EDITION))]


def test_collation_keys_ignore_case_marks_and_leading_punctuation() -> None:
    assert collation_key("«Élan»") == "elan»"
    assert collation_key("Ёлкин") == collation_key("елкин")
    assert initial("") == "#"
