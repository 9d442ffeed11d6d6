"""`typings/saxonche.pyi` speaks of the library that is installed, not of a wished-for one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import saxonche


def names_in_stub(text: str) -> Iterator[tuple[str, str]]:
    """Yield (class, member) for each member of each class of a stub."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield from ((node.name, member.name) for member in node.body if isinstance(member, ast.FunctionDef))


def missing_in_library(text: str) -> list[str]:
    return [
        f"{owner}.{member}"
        for owner, member in names_in_stub(text)
        if not hasattr(getattr(saxonche, owner, None), member)
    ]


def test_each_name_in_the_stub_exists_in_the_library(repository: Path) -> None:
    text = (repository / "typings" / "saxonche.pyi").read_text(encoding="utf-8")
    assert sum(1 for _ in names_in_stub(text)) > 50
    assert missing_in_library(text) == []


@pytest.mark.parametrize(
    ("stub", "missing"),
    [
        ("class PySaxonProcessor:\n    def parse_yaml(self) -> None: ...", ["PySaxonProcessor.parse_yaml"]),
        ("class PyWish:\n    def come_true(self) -> None: ...", ["PyWish.come_true"]),
    ],
)
def test_a_wrong_name_is_noticed(stub: str, missing: list[str]) -> None:
    assert missing_in_library(stub) == missing
