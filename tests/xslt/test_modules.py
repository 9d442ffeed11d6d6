"""The modules of page.xsl: one owner for each element, a word for each label, a style for each look."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from regesta import labels

XSL = "{http://www.w3.org/1999/XSL/Transform}"


@pytest.fixture(scope="module")
def modules(repository: Path) -> dict[str, etree._Element]:
    found = sorted((repository / "xslt").rglob("*.xsl"))
    return {path.relative_to(repository / "xslt").as_posix(): etree.parse(path).getroot() for path in found}


def test_each_element_of_tei_has_one_owner(modules: dict[str, etree._Element]) -> None:
    owners = Counter(
        name.strip()
        for path, root in modules.items()
        if path.startswith("tei/")
        for template in root.iter(f"{XSL}template")
        if template.get("mode") == "m:text" and re.fullmatch(r"[\w:| \n-]+", template.get("match", ""))
        for name in template.get("match", "").split("|")
    )
    assert len(owners) > 400
    assert {name: count for name, count in owners.items() if count > 1} == {}


def test_only_one_module_speaks_for_all_elements(modules: dict[str, etree._Element]) -> None:
    speaking = [path for path, root in modules.items() if root.findall(f"{XSL}template[@match='*'][@mode='m:text']")]
    assert speaking == ["tei/unhandled.xsl"]
    assert [each.get("href") for each in modules["page.xsl"].iter(f"{XSL}import")] == ["tei/unhandled.xsl"]


def test_every_template_says_what_it_makes(modules: dict[str, etree._Element]) -> None:
    ours = {path: root for path, root in modules.items() if re.match(r"page|tei/|lib/", path)}
    assert [path for path, root in ours.items() for each in root.iter(f"{XSL}template") if not each.get("as")] == []


def test_every_label_that_is_asked_for_is_in_the_table(modules: dict[str, etree._Element]) -> None:
    known = set(labels.table())
    asked = {
        key
        for path, root in modules.items()
        for key in re.findall(r"l:label\('([a-z-]+)'[,)]", etree.tostring(root, encoding="unicode"))
    }
    assert len(asked) > 15
    assert asked - known == set()


def sheets(repository: Path) -> str:
    found = sorted((repository / "pipeline/regesta/assets").glob("*.css"))
    return "".join(path.read_text(encoding="utf-8") for path in found)


def test_every_look_has_a_style(modules: dict[str, etree._Element], repository: Path) -> None:
    css = sheets(repository)
    table = next(each for each in modules["lib/attributes.xsl"].iter() if each.get("name") == "v:renditions")
    looks = set(re.findall(r"'([a-z-]+)':", table.get("select", "")))
    elements = {"superscript", "subscript"}  # `sup` and `sub` show them
    assert len(looks) > 10
    assert {look for look in looks - elements if f".{look}" not in css} == set()


def test_the_stylesheet_asks_for_nothing(repository: Path) -> None:
    css = sheets(repository)
    assert len(css) > 20_000
    assert re.findall(r"url\(|@import|@font-face", css) == []
