"""Each construct of TEI looks as its folder says, loses nothing, and has its line in docs/encoding.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from constructs import NAMES, excerpt, expected, made, source
from pages import Maker, infidelities

from regesta import fidelity


@pytest.mark.parametrize("name", NAMES)
def test_a_construct_is_shown_as_its_folder_says(make: Maker, name: str) -> None:
    page = made(make, name)
    assert infidelities(source(name), page) == []
    proof = fidelity.prove(source(name), page.text)
    assert [(fault.kind, fault.words) for fault in proof.faults if fault.kind != "unhandled"] == []
    assert excerpt(page) == expected(name).read_text(encoding="utf-8")


def test_every_construct_is_in_the_documentation(repository: Path) -> None:
    text = (repository / "docs" / "encoding.md").read_text(encoding="utf-8")
    listed = {
        line.split("`")[1] for line in text.partition("## What is shown how")[2].splitlines() if line.startswith("| `")
    }
    assert listed == set(NAMES)
