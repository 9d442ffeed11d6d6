"""The TEI facts that the proof relies on are those of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from regesta.fidelity.boundaries import EDGE, FREE, JOINED
from regesta.fidelity.policy import ELEMENTS, TEI

RNG = "{http://relaxng.org/ns/structure/1.0}"


def _content(node: etree._Element, defines: dict[str, list[etree._Element]], seen: set[str]) -> Iterator[str]:
    """Yield the names of the elements that a pattern allows, and "#text" where it allows text."""
    for child in node.iterchildren(etree.Element):
        if child.tag == f"{RNG}element":
            yield child.get("name") or "*"
        elif child.tag in (f"{RNG}text", f"{RNG}data", f"{RNG}value"):
            yield "#text"
        elif child.tag == f"{RNG}ref" and child.get("name") not in seen:
            seen.add(child.get("name", ""))
            for define in defines[child.get("name", "")]:
                yield from _content(define, defines, seen)
        elif child.tag not in (f"{RNG}attribute", f"{RNG}ref"):
            yield from _content(child, defines, seen)


def _content_of_elements(schema: Path) -> dict[str, set[str]]:
    tree = etree.parse(schema)
    defines: dict[str, list[etree._Element]] = {}
    for define in tree.iter(f"{RNG}define"):
        defines.setdefault(define.get("name", ""), []).append(define)
    contents: dict[str, set[str]] = {}
    for element in tree.iter(f"{RNG}element"):
        if name := element.get("name"):
            contents.setdefault(name, set()).update(_content(element, defines, set()))
    return contents


def test_element_only_content_is_what_tei_all_says(corpora: Path) -> None:
    contents = _content_of_elements(corpora / "tei-schema" / "tei_all.rng")
    text_may_stand = {name for name, content in contents.items() if "#text" in content}
    reached, waiting = {"TEI", "teiCorpus"}, {"text", "standOff", "facsimile", "sourceDoc"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (contents.get(name, set()) & contents.keys()) - reached
    wanted = {name for name in reached if contents.get(name) and name not in text_may_stand}
    assert {tag.removeprefix(TEI) for tag, (_, only) in ELEMENTS.items() if only} == wanted
    assert {tag.removeprefix(TEI) for tag in ELEMENTS} <= contents.keys()


def test_edges() -> None:
    assert ELEMENTS[f"{TEI}p"] == (EDGE, False)
    assert ELEMENTS[f"{TEI}hi"] == (JOINED, False)
    assert ELEMENTS[f"{TEI}choice"] == (FREE, True)
    assert f"{TEI}quote" not in ELEMENTS
