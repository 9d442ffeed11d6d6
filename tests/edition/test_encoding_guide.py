"""The guide explains all forty phenomena; its examples are right, its wrong ones are found. `make docs` tries them."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
from edition_sources import REPOSITORY

GUIDE = REPOSITORY / "docs" / "encoding.md"
BLOCK = re.compile(r"```(?P<words>[^\n]*)\n(?P<body>.*?)```\n", re.DOTALL)
# Nothing of these shows on a page: where the pages of the source are is said in the header alone.
SILENT = {39}


def blocks(section: str, *words: str) -> list[str]:
    return [found["body"] for found in BLOCK.finditer(section) if found["words"].split()[: len(words)] == list(words)]


@pytest.fixture(scope="module")
def guide() -> ModuleType:
    sys.path.append(str(REPOSITORY / "tools"))
    import guide

    return guide


def sections() -> dict[int, str]:
    parts = re.split(r"^### (?=\d+\. )", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {int(part.partition(".")[0]): part for part in parts}


def test_there_is_a_section_for_each_phenomenon() -> None:
    assert list(sections()) == list(range(1, 41))


@pytest.mark.parametrize("number", range(1, 41))
def test_a_section_shows_what_is_right_how_it_looks_and_what_is_said_when_it_is_wrong(number: int) -> None:
    section = sections()[number]
    assert [each for each in blocks(section, "xml") if each.strip()]
    assert len(blocks(section, "text", "page")) == 1
    assert bool(blocks(section, "text", "page")[0].strip()) is (number not in SILENT)
    wrong = [found for found in BLOCK.finditer(section) if found["words"].endswith(" wrong")]
    said = blocks(section, "text", "validator")
    assert len(wrong) == len(said) >= 1
    assert all(re.match(r"(error|warning): .+  [a-z-]+\n", each) for each in said)


def test_the_examples_are_marked_as_made_up() -> None:
    assert "All examples are made up" in GUIDE.read_text(encoding="utf-8")


def test_an_example_that_is_not_right_is_noticed(guide: ModuleType) -> None:
    section = "### 1. Lamps\n```xml p\n<lamp/>\n```\n```text page\n```\n"
    with pytest.raises(ValueError, match="section 1 is not right"):
        guide.made(section)


def test_made_blocks_are_made_anew(guide: ModuleType) -> None:
    section = "### 1. Lamps\n```xml p\na lamp\n```\n```text page\nold\n```\n"
    section += "```xml p wrong\n<p/>\n```\n```text validator\n```\n"
    made = guide.made(section)
    assert "```text page\na lamp\n```" in made
    assert "```text validator\nerror: " in made
