"""What is around a document: few facts, each of which depends on few documents."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from small_editions import Built, build_in, tei, write

HEAD = '<profileDesc><creation><date type="sent" when="{date}"/></creation></profileDesc>'


def letter(date: str, body: str = "<p>Words.</p>", title: str = "A letter", related: str = "") -> str:
    text = tei(body, title=title, header=HEAD.format(date=date))
    return text.replace("<sourceDesc><p/></sourceDesc>", f"<sourceDesc>{related or '<p/>'}</sourceDesc>")


def names(*keys: str) -> str:
    return "<p>" + " and ".join(f'<persName ref="p.xml#{key}">{key}</persName>' for key in keys) + "</p>"


def register(*keys: str) -> str:
    people = "".join(f'<person xml:id="{key}"><persName>{key}</persName></person>' for key in keys)
    return tei(f"<listPerson>{people}</listPerson>", title="Persons")


def around(built: Built, page: str) -> list[tuple[str, list[str]]]:
    """Return the terms of the region with the pages that each names."""
    root = html.fromstring(built.page(f"documents/{page}.html"))
    rows = root.xpath("//section[@id='around']//dl/div")
    return [(row.findtext("dt"), [a.get("href").rpartition("/")[2] for a in row.iter("a")]) for row in rows]


def test_time_has_neighbours_whatever_the_order_of_the_collection(tmp_path: Path) -> None:
    files = {
        "tei/a.xml": letter("1956-03"),
        "tei/b.xml": letter("1955"),
        "tei/c.xml": letter("1957-01-01"),
        "tei/d.xml": tei(),
    }
    built = build_in(write(tmp_path, files), jobs=1)
    assert around(built, "a") == [("Earlier in time", ["b.html"]), ("Later in time", ["c.html"])]
    assert around(built, "b") == [("Later in time", ["a.html"])]
    assert around(built, "d") == []


def test_documents_that_share_two_rarer_names_are_akin_and_common_names_make_none(tmp_path: Path) -> None:
    files = {f"tei/m{number:02}.xml": tei(names("mao", "kim")) for number in range(22)}
    files |= {
        "tei/a.xml": tei(names("li", "pak")),
        "tei/b.xml": tei(names("pak", "li", "mao")),
        "tei/c.xml": tei(names("li")),
    }
    files["tei/p.xml"] = register("mao", "kim", "li", "pak")
    built = build_in(write(tmp_path, files), jobs=1)
    assert around(built, "a") == [("Names much the same", ["b.html"])]
    assert around(built, "c") == []
    assert around(built, "m00") == []


def test_an_edition_of_one_document_has_nothing_around_it(tmp_path: Path) -> None:
    assert around(build_in(write(tmp_path, {"tei/a.xml": letter("1956")})), "a") == []
