"""The RO-Crate is read by ro-crate-py, and its JSON-LD is flat, whole and true to the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from exchange_editions import TITLES, Exports, stated_edition
from rocrate.rocrate import ROCrate

from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange.formats import FORMATS
from regesta.exporting import export, opened
from regesta.progress import Silent


def entities(crate: Path) -> dict[str, dict[str, Any]]:
    """Return the entities of a crate by their @id, each of which must be there once."""
    graph = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    assert len({each["@id"] for each in graph}) == len(graph)
    return {each["@id"]: each for each in graph}


def test_a_reader_of_crates_finds_every_file(stated: Exports) -> None:
    place = stated.of("rocrate").path
    crate = ROCrate(str(place))
    held = {path.relative_to(place).as_posix() for path in place.rglob("*.xml")}
    assert {unquote(each.id) for each in crate.data_entities} == held
    assert len(held) == 5
    assert crate.name == "Papers of the Ostrava legation"
    assert crate.license.id == "https://creativecommons.org/licenses/by/4.0/"
    paper = crate.get("documents/paper-1.xml")
    assert (paper["name"], paper["author"][0]["name"]) == (TITLES[1], "Hájek, Karel")


def test_what_is_pointed_to_is_there_and_nothing_is_nested(stated: Exports) -> None:
    place = stated.of("rocrate").path
    found = entities(place)
    known = {*found, "https://w3id.org/ro/crate/1.1"}
    for entity in found.values():
        for value in entity.values():
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    assert set(each) == {"@id"}
                    assert each["@id"] in known
    for path in place.rglob("*.xml"):
        assert found[path.relative_to(place).as_posix()]["contentSize"] == str(path.stat().st_size)


def test_without_a_date_there_is_none_and_without_a_licence_it_is_told(tmp_path: Path) -> None:
    root = stated_edition(tmp_path / "edition")
    settings = (root / "edition.toml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith(("date", "licence"))]
    (root / "edition.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageError, match=r"nothing to export as rocrate.*\[edition\] date"):
        export(open_edition(root, None, None), "rocrate", tmp_path / "crate", Silent(), jobs=1)
    assert not (tmp_path / "crate").exists()
    (root / "edition.toml").write_text("\n".join(lines).replace("url =", "date = 2024-05-02\nurl ="), encoding="utf-8")
    material = opened(open_edition(root, None, None), Silent(), 1)
    assert list(FORMATS["rocrate"].make(material))
    assert [each.message for each in material.found if "[edition] licence" in each.message]
