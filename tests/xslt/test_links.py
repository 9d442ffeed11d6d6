"""Links and names: where they lead, and what a source cannot make a page do."""

from __future__ import annotations

import pytest
from pages import Maker, document, facts

from regesta.records import Mention, Record
from regesta.rendering import Link, NameLink

NAMES = (
    NameLink("person", "#kim", "../persons/kim.html", "Kim"),
    NameLink("place", "places.xml#p", "../places/p.html", "P"),
    NameLink("document", "d2.xml", "d2.html", "Second"),
    NameLink("work", "#w", "javascript:alert(1)", "W"),
)


@pytest.mark.parametrize(
    ("content", "href"),
    [
        ("<persName ref='#kim'>K</persName>", "../persons/kim.html"),
        ("<persName ref='#nobody #kim'>K</persName>", "../persons/kim.html"),
        ("<rs type='person' key='#kim'>K</rs>", "../persons/kim.html"),
        ("<name ref='places.xml#p'>P</name>", "../places/p.html"),
        ("<settlement ref='places.xml#p'>P</settlement>", "../places/p.html"),
        ("<ref target='d2.xml'>D</ref>", "d2.html"),
        ("<ref target='https://example.org/a?b=c'>D</ref>", "https://example.org/a?b=c"),
        ("<ref target='mailto:a@example.org'>D</ref>", "mailto:a@example.org"),
        ("<ref target='#here'>D</ref><anchor xml:id='here'/>", "#here"),
        ("<ptr target='https://example.org/'/>", "https://example.org/"),
    ],
)
def test_pointers_lead_where_they_should(make: Maker, content: str, href: str) -> None:
    made = make(f"<p>{content}</p>", about=facts(names=NAMES))
    assert [each.get("href") for each in made.all("//article//a")] == [href]


@pytest.mark.parametrize(
    "content",
    [
        "<persName ref='#nobody'>K</persName>",
        "<placeName ref='#kim'>K</placeName>",
        "<title ref='#w'>W</title>",
        "<ref target='#nowhere'>D</ref>",
        "<ref target='../secret.xml'>D</ref>",
        "<ref target='/etc/passwd'>D</ref>",
        "<ref target='javascript:alert(1)'>D</ref>",
        "<ref target=' JavaScript:alert(1)'>D</ref>",
        "<ref target='data:text/html,x'>D</ref>",
        "<ref target='https://a.org/&quot;x'>D</ref>",
        "<ptr target='file:///x'/>",
    ],
)
def test_other_pointers_lead_nowhere(make: Maker, content: str) -> None:
    made = make(f"<p>{content}</p>", about=facts(names=NAMES))
    assert made.all("//article//a") == []


def test_links_elsewhere_keep_our_address_to_themselves(make: Maker) -> None:
    made = make("<p><ref target='http://example.org/'>x</ref></p>")
    assert made.one("//article//a").get("rel") == "noopener"
    assert made.one("//meta[@name='referrer']").get("content") == "no-referrer"


def test_links_do_not_nest(make: Maker) -> None:
    made = make(
        "<p><ref target='http://a.org/'>a <persName ref='#kim'>K</persName></ref></p>", about=facts(names=NAMES)
    )
    assert made.one("//article//a").get("href") == "http://a.org/"
    assert made.words("//article//a//span[@class='person']") == ["K"]


def test_nothing_that_acts_comes_from_a_source(make: Maker) -> None:
    root = document(
        "<p onclick='x' style='background:url(http://a.org/x)' rend='position:fixed' xml:id='&lt;b&gt;'>"
        "&lt;script&gt;alert(1)&lt;/script&gt;"
        "<script xmlns='http://www.w3.org/1999/xhtml' src='http://a.org/x.js'>alert(2)</script>"
        "<iframe xmlns='http://www.w3.org/1999/xhtml' src='http://a.org/'/><graphic url='http://a.org/x.png'/>"
        "<graphic url='data:image/svg+xml,x'/><graphic url='file:///home/me/secret.png'/></p>"
    )
    made = make(root)
    assert made.strict.faults == []
    assert made.all("//article//*[self::script or self::iframe or self::img or self::style or @src or @onclick]") == []
    assert "/home/me" not in made.text
    assert made.all("//article//@*[contains(., 'a.org')][not(parent::a)]") == []
    assert made.words("//*[@class='picture']") == ["[image: x.png]", "[image]", "[image: secret.png]"]


def test_a_record_cannot_act_either(make: Maker) -> None:
    record = Record(
        title="T", online="javascript:alert(1)", rights="r", rights_url="data:text/html,x", transcript="none"
    )
    about = facts(
        previous=Link("javascript:alert(1)", "p"), next=Link("//evil.org/", "n"), tei_href="file:///x", label="<b>&"
    )
    made = make("<p/>", record, about)
    assert made.strict.faults == []
    assert [each.get("href") for each in made.all("//main//a")] == []
    assert made.words("//h1") == ["<b>&"]


def test_the_policy_allows_nothing_from_elsewhere(make: Maker) -> None:
    policy = make("<p/>").one("//meta[@http-equiv]").get("content", "")
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy


def test_names_are_listed_once_a_page(make: Maker) -> None:
    names = (*NAMES, NameLink("person", "kim", "../persons/kim.html", "Kim"))
    made = make("<p>x</p>", Record(title="T", mentions=(Mention("person", "#kim", "K", "sender"),)), facts(names=names))
    assert made.words("//section[@id='names']//li") == ["Kim", "P"]
    assert made.words("//dl//a[@class='person']") == ["K"]
