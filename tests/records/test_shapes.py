"""Dataclasses from JSON: what fits is read, what does not is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from regesta.shapes import from_json


@dataclass(frozen=True)
class Leaf:
    name: str
    sure: bool = False


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...] = ()
    words: tuple[str, ...] = ()
    height: int | None = None


def test_what_the_annotations_say_is_read() -> None:
    text = '{"leaves": [{"name": "a", "sure": true}, {"name": "b"}], "words": ["x"], "height": 3, "unheard": 1}'
    assert from_json(Tree, text) == Tree((Leaf("a", True), Leaf("b")), ("x",), 3)
    assert from_json(Tree, '{"height": null}') == Tree()


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"leaves": [{}]}',
        '{"leaves": {"name": "a"}}',
        '{"words": [1]}',
        '{"height": "3"}',
        '{"height": true}',
        '{"leaves": [{"name": "a", "sure": 1}]}',
    ],
)
def test_what_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(Tree, text)
