"""Notes: at the foot or in their place, counted among all notes of the text, called where they were."""

from __future__ import annotations

import pytest
from pages import Maker, characters, document, infidelities


def test_a_note_is_called_in_the_text_and_stands_at_the_foot(make: Maker) -> None:
    made = make("<p>Word<note>about it</note>, more.</p>")
    call, note = made.one("//a[@data-note-call]"), made.one("//*[@data-note]")
    assert dict(call.attrib) == {
        "class": "call by-author", "data-generated": "", "data-note-call": "1", "href": "#note-1", "id": "call-1",
    }  # fmt: skip
    assert (call.text, call.tail) == ("1", ", more.")
    assert (note.get("id"), note.get("data-note")) == ("note-1", "1")
    assert note[0].get("href") == "#call-1"
    assert (characters(made.strict.text), made.strict.notes) == ("Word,more.", {1: ["about it"]})


def test_notes_are_numbered_among_all_and_marked_among_those_at_the_foot(make: Maker) -> None:
    made = make(
        "<note>in place</note><p>a<note>x</note><note n='*'>y</note><note place='inline'>here</note></p>"
        "<p>b<note>z</note></p>"
    )
    assert [each.get("data-note-call") for each in made.all("//a[@data-note-call]")] == ["2", "3", "5"]
    assert made.words("//a[@data-note-call]") == ["1", "*", "3"]
    assert characters(made.strict.text) == "inplaceahereb"


def test_a_note_in_a_note_has_a_place_of_its_own(make: Maker) -> None:
    made = make("<p>a<note>outer<note><p>inner</p></note>!</note></p>")
    assert made.strict.notes == {1: ["outer", "!"], 2: ["inner"]}
    assert made.one("//*[@data-note='1']//a[@data-note-call='2']").tail == "!"


@pytest.mark.parametrize(
    "content",
    [
        "<table><row><cell>a<note>n</note></cell></row></table>",
        "<table><row><cell>a</cell></row><note>n</note></table>",
        "<table><head>h<note><table><row><cell>t</cell></row></table></note></head><row><cell>a</cell></row></table>",
        "<list><label>l<note>m</note></label><item>a<note><list><item>n</item></list></note></item></list>",
        "<head>h<note>n</note></head><p>x</p>",
        "<p>a<choice><sic>b<note>n</note></sic><corr>c</corr></choice></p>",
        "<p><ref target='http://a.org/'>a<note>n <ref target='http://b.org/'>b</ref></note></ref></p>",
        "<p>a<note/>b</p>",
        "<sp><speaker>S<note>n</note></speaker><note place='foot'>m</note><p>x</p></sp>",
    ],
)
def test_notes_anywhere_lose_nothing(make: Maker, content: str) -> None:
    root = document(content)
    assert infidelities(root, make(root)) == []


def test_a_reference_to_a_note_leads_to_it(make: Maker) -> None:
    made = make("<p><ref target='#n'>see</ref> a<note xml:id='n'>note</note></p>")
    assert made.one("//a[@class='ref']").get("href") == "#note-1"


def test_every_call_has_its_note_and_every_note_its_call(make: Maker) -> None:
    made = make("<p>a<note>x</note></p><list><item>b<note>y</note></item></list>")
    ids = {each.get("id") for each in made.all("//*[@id]")}
    assert {each.get("href", "")[1:] for each in made.all("//article//a | //section[@id='foot']//a")} <= ids
