"""The letters of the measurements: valid by our schema, of the size that they say, the same each time."""

from __future__ import annotations

from pathlib import Path

from letters import letter, write_edition
from lxml import etree


def test_letters_and_registers_are_valid_by_our_schema(tmp_path: Path, repository: Path) -> None:
    schema = etree.RelaxNG(etree.parse(repository / "schema" / "regesta.rng"))
    write_edition(tmp_path, 30)
    files = sorted((tmp_path / "tei").rglob("*.xml"))
    assert len(files) == 32
    assert {path.name: schema.error_log for path in files if not schema.validate(etree.parse(path))} == {}


def test_a_letter_has_some_8_kilobytes() -> None:
    sizes = [len(letter(number).encode("utf-8")) for number in range(1, 201)]
    assert 7_500 < sum(sizes) / len(sizes) < 8_500


def test_a_letter_is_the_same_each_time_and_like_no_other() -> None:
    assert letter(7) == letter(7)
    assert len({letter(number) for number in range(1, 201)}) == 200
    assert letter(7, "another seed") != letter(7)
