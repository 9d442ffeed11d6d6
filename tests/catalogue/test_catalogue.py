"""The catalogue: orders, links from names to entities, and what leads nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from regesta.catalogue import Catalogue, Entry, catalogue
from regesta.identifiers import Claim
from regesta.records import DatedEvent, DocumentFacts, Entity, Identifier, Mention, Record
from small_editions import build_in, check_in, person, register, tei, write


def entry(
    name: str,
    *mentions: Mention,
    when: str = "",
    order: int | None = None,
    entities: Sequence[Entity] = (),
    title: str = "",
) -> Entry:
    dated = (DatedEvent("written", when=when),) if when else ()
    record = Record(title, dates=dated, order=order, mentions=mentions)
    return Entry(Claim(name, f"{name}.xml"), "TEI", DocumentFacts(record, tuple(entities)), 0)


def to(ref: str, kind: str = "person", label: str = "Kim") -> Mention:
    return Mention(kind, ref, label)


def kim(key: str = "kim", label: str = "Kim Il Sung", **more: object) -> Entity:
    return Entity("person", key, label, **more)  # type: ignore[arg-type]


def order_of(made: Catalogue) -> list[str]:
    return [document.id for document in made.documents]


def linked(made: Catalogue) -> dict[str, dict[str, str]]:
    """Return for each document what its pointers lead to, by label."""
    labels = {entity.id: entity.entity.label for entity in made.entities}
    return {
        document: {ref: labels[target] for (_kind, ref), target in links.items()}
        for document, links in made.links.items()
    }


def unresolved(made: Catalogue) -> list[str]:
    return [mention.ref for _document, mention in made.unresolved]


# ── order ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_of_the_collection_come_first_then_dates_then_the_undated() -> None:
    entries = [
        entry("a"),
        entry("b", when="1957"),
        entry("c", when="1956-09"),
        entry("d", order=10),
        entry("e", order=9),
    ]
    assert order_of(catalogue(entries, ())) == ["e", "d", "c", "b", "a"]


def test_without_numbers_sources_stand_as_they_lie() -> None:
    entries = [entry("a", when="1957"), entry("b"), entry("c", when="1955")]
    made = catalogue(entries, ())
    assert order_of(made) == ["a", "b", "c"]
    assert made.by_date == ("c", "a", "b")


def test_dates_can_be_the_collection_s_order() -> None:
    entries = [entry("a", when="1957", order=1), entry("b", order=2), entry("c", when="1955", order=3)]
    assert order_of(catalogue(entries, (), by_date=True)) == ["c", "a", "b"]


def test_a_document_without_a_title_has_a_label() -> None:
    assert catalogue([entry("a")], ()).documents[0].label == "a"


# ── links ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ref", ["#kim", "persons.xml#kim", "../registers/persons.xml#kim", "kim"])
def test_a_pointer_leads_to_the_register(ref: str) -> None:
    made = catalogue([entry("a", to(ref))], [("persons.xml", [kim()])])
    assert linked(made) == {"a": {ref: "Kim Il Sung"}}
    (entity,) = made.entities
    assert (entity.page, entity.documents, entity.sources) == ("persons/kim.html", ("a",), ("persons.xml",))


def test_a_pointer_leads_only_to_its_own_kind() -> None:
    made = catalogue([entry("a", to("#kim", "place"))], [("persons.xml", [kim()])])
    assert unresolved(made) == ["#kim"]


def test_a_document_s_own_list_comes_before_the_register_of_another_kind_of_key() -> None:
    own = entry("a", to("#p1"), entities=[kim("p1", "Pak")])
    made = catalogue([own, entry("b", to("#p1"), entities=[kim("p1", "Choe")])], ())
    assert linked(made) == {"a": {"#p1": "Pak"}, "b": {"#p1": "Choe"}}
    assert len(made.entities) == 2
    assert len({entity.page.casefold() for entity in made.entities}) == 2


def test_an_entry_of_an_own_list_joins_the_register() -> None:
    made = catalogue([entry("a", to("#kim"), entities=[kim(label="Comrade Kim")])], [("persons.xml", [kim()])])
    (entity,) = made.entities
    assert entity.entity.label == "Kim Il Sung"
    assert entity.sources == ("persons.xml", "a.xml")


def test_equal_names_are_not_equal_persons() -> None:
    made = catalogue([], [("persons.xml", [kim("kim1", "Kim"), kim("kim2", "Kim")])])
    assert len(made.entities) == 2


def test_another_document_s_own_list_answers_for_nobody() -> None:
    owner, other = entry("a", entities=[kim("p1", "Pak")]), entry("b", entities=[kim("p1", "Choe")])
    made = catalogue([owner, other, entry("c", to("#p1"))], ())
    assert unresolved(made) == ["#p1"]


VIAF = "https://viaf.org/viaf/1"


def test_an_address_leads_to_the_entry_that_has_it() -> None:
    made = catalogue([entry("a", to(VIAF))], [("persons.xml", [kim(authorities=(Identifier("VIAF", VIAF),))])])
    assert linked(made) == {"a": {VIAF: "Kim Il Sung"}}


def test_an_address_that_no_register_explains_is_an_entity_once() -> None:
    made = catalogue([entry("a", to(VIAF, label="Kim")), entry("b", to(VIAF, label="Kim Il Sung"))], ())
    (entity,) = made.entities
    assert entity.entity.label == "Kim"
    assert entity.documents == ("a", "b")
    assert entity.sources == ()


def test_entities_come_in_one_order_whatever_the_registers() -> None:
    registers = [("b.xml", [kim("b", "B"), kim("a", "A")]), ("a.xml", [Entity("place", "x", "X")])]
    made = catalogue([], registers)
    assert [entity.page for entity in made.entities] == ["persons/a.html", "persons/b.html", "places/x.html"]


# ── in an edition ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_pointer_to_nothing_is_told_once(tmp_path: Path) -> None:
    letter = tei("<p><persName ref='persons.xml#pak'>Pak</persName></p>")
    write(tmp_path, {f"tei/{name}.xml": letter for name in "abc"} | {"tei/persons.xml": register(person("kim", "Kim"))})
    told = [found for found in check_in(tmp_path) if found.rule == "pointer-dangling"]
    assert len(told) == 1
    assert "3 files" in told[0].message
    assert told[0].path.endswith("a.xml")


def test_a_register_that_is_missing_is_told_once(tmp_path: Path) -> None:
    names = "".join(f"<persName ref='../persons.xml#p{number}'>P</persName>" for number in range(50))
    write(tmp_path, {"tei/a/a.xml": tei(f"<p>{names}</p>"), "tei/a/b.xml": tei(f"<p>{names}</p>")})
    told = [found for found in check_in(tmp_path) if found.severity == "warning"]
    assert [found.rule for found in told] == ["register-missing"]
    assert "50" in told[0].message


def test_an_entity_called_like_the_list_of_its_kind_does_not_take_its_page(tmp_path: Path) -> None:
    letter = tei("<p><persName ref='persons.xml#index'>Index</persName></p>", attributes='xml:id="index"')
    built = build_in(write(tmp_path, {"tei/a.xml": letter, "tei/persons.xml": register(person("index", "Mr Index"))}))
    pages = [name for name in built.bytes() if name.startswith("persons/")]
    assert len(pages) == 2
    assert "Mr Index" in built.page("persons/index.html")
