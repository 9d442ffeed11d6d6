"""The edition's own pages: Markdown becomes a few elements, and nothing else gets through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from regesta.errors import UsageError
from regesta.texts import Node, plain, read
from small_editions import Built, build_in, tei, write

TOML = """[edition]
title = "Small"
editors = ["E"]
url = "https://example.org/"
[site]
pages = ["pages/about.md", "pages/hostile.md", "docs/guide.md", "pages/über.ko.md"]
menu = [{ label = "About", href = "pages/about.html" }]
"""
ABOUT = """# About *us*

A [guide](../docs/guide.md#a-part), the [web](https://example.org/x?y=1&z=2), [the index](../index.html),
[nothing](../secret.txt), [a file](file:///etc/passwd).

1. one
2. two

| a | b |
|---|---|
| 1 | ~~2~~ |

## A part
## A part
```xml
<p>&amp; "quoted"</p>
```
"""
HOSTILE = """<script>window.attacked = 1</script>

[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x) [w](//evil.example/a.html) ![i](https://evil.example/i.png)
<img src=x onerror=alert(1)> <!-- comment --> &lt;b&gt; [a" onclick="alert(1)](https://example.org/)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {"pages/about.md": ABOUT, "pages/hostile.md": HOSTILE, "docs/guide.md": "No heading\n\n## A part\n"}
    files |= {"pages/über.ko.md": "# 소개\n", "edition.toml": TOML, "tei/a.xml": tei()}
    return build_in(write(tmp_path_factory.mktemp("texts"), files))


def article(built: Built, name: str) -> html.HtmlElement:
    return html.fromstring(built.page(f"pages/{name}.html")).xpath("//article")[0]  # type: ignore[no-any-return]


def test_markdown_becomes_a_page_with_its_heading_and_menu(built: Built) -> None:
    page = html.fromstring(built.page("pages/about.html"))
    assert page.xpath("string(//h1)") == "About us"
    assert page.xpath("string(//title)") == "About us · Small"
    assert page.xpath("//nav//a[@href='../pages/about.html']/text()") == ["About"]
    found = article(built, "about")
    assert [li.text for li in found.iter("li")] == ["one", "two"]
    assert [each.text_content() for each in found.iter("th", "td")] == ["a", "b", "1", "2"]
    assert found.xpath("string(.//pre)") == '<p>&amp; "quoted"</p>\n'
    assert [h2.get("id") for h2 in found.iter("h2")] == ["s-a-part", "s-a-part-1"]


def test_links_lead_to_the_web_the_site_or_nowhere(built: Built) -> None:
    links = {a.text: a.get("href") for a in article(built, "about").iter("a")}
    assert links == {
        "guide": "../pages/guide.html#s-a-part",
        "web": "https://example.org/x?y=1&z=2",
        "the index": "../index.html",
    }
    assert "nothing" in article(built, "about").text_content()


def test_nothing_hostile_gets_through_and_no_word_is_lost(built: Built) -> None:
    found = article(built, "hostile")
    assert {each.tag for each in found.iter()} <= {"article", "p", "a"}
    assert [a.get("href") for a in found.iter("a")] == ["https://example.org/"]
    assert [name for each in found.iter() for name in each.attrib if name.startswith("on")] == []
    for words in ("<script>window.attacked = 1</script>", "<img src=x onerror=alert(1)>", "<!-- comment -->", "<b>"):
        assert words in found.text_content()


def test_a_page_without_heading_is_called_after_its_file_and_a_suffix_is_its_language(built: Built) -> None:
    assert '<h1 dir="auto">guide</h1>' in built.page("pages/guide.html")
    assert article(built, "über.ko").get("lang") == "ko"


def test_guides_stay_out_of_sitemap_and_all_texts_out_of_search_and_references(built: Built) -> None:
    sitemap = built.page("sitemap.xml")
    assert "pages/about.html" in sitemap
    assert "guide" not in sitemap
    assert len(json.loads(built.page("data/references.json"))) == 1
    assert not [path for path in (built.site / "data/search").rglob("*.js") if "소개" in path.read_text()]


def test_a_change_of_a_text_is_noticed(tmp_path: Path) -> None:
    toml = '[edition]\ntitle = "S"\n[site]\npages = ["about.md"]\n'
    write(tmp_path, {"edition.toml": toml, "about.md": "# One\n", "tei/a.xml": tei()})
    assert "One" in build_in(tmp_path).page("pages/about.html")
    write(tmp_path, {"about.md": "# Two\n"})
    assert "Two" in build_in(tmp_path).page("pages/about.html")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"a\.md cannot be read"):
        read(tmp_path, ["a.md"])


def test_a_text_of_nothing_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    (text,) = read(tmp_path, ["a.md"])
    assert (text.title, text.content) == ("a", ())
    assert plain(Node("p", content=(Node(text="x"), Node("em", content=(Node(text="y"),))))) == "xy"
