"""Small tables, mappings and editions for the tests of importing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner, Result
from lxml import etree

from regesta.cli import main

HEAD = ("title", "date", "type", "persons", "notes")
MAPPING = """
ignore = []
[fields]
title = { column = "title" }
date = { column = "date" }
type = { column = "type" }
persons = { column = "persons", separator = ";" }
[remarks]
column = "notes"
[[clauses]]
pattern = "copy (?P<number>\\\\d+)"
copies = ["Copy No {number}"]
[aliases]
"Old Name" = "New Name"
"""


def table(folder: Path, rows: Iterable[Iterable[str]], head: Iterable[str] = HEAD, mapping: str = MAPPING) -> list[str]:
    """Write a table and its mapping; return the arguments that import it."""
    lines = [";;".join(head), *(";;".join(row) for row in rows)]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in line.split(";;")) for line in lines]
    (folder / "table.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8")
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    (folder / "edition").mkdir(exist_ok=True)
    return arguments(folder)


def arguments(folder: Path) -> list[str]:
    """Return the arguments that import the table of `folder` into the edition beside it."""
    mapping = str(folder / "mapping.toml")
    return ["import", "csv", str(folder / "table.csv"), "--mapping", mapping, "--edition", str(folder / "edition")]


def run(arguments: list[str]) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, arguments)


def documents(folder: Path) -> dict[str, etree._Element]:
    """Return the records of the edition in `folder` by file name."""
    files = sorted((folder / "edition" / "tei" / "documents").glob("*.xml"))
    return {path.stem: etree.parse(str(path)).getroot() for path in files}


def words(node: etree._Element, xpath: str) -> list[str]:
    """Return the folded texts of what `xpath` (without prefixes, by `t:`) selects."""
    found = node.xpath(xpath, namespaces={"t": "http://www.tei-c.org/ns/1.0"})
    assert isinstance(found, list)
    return [" ".join("".join(each.itertext()).split()) for each in found if isinstance(each, etree._Element)]
