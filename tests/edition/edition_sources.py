"""Reads this repository's edition, the listing and the catalogue for the tests beside it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

REPOSITORY = Path(__file__).resolve().parents[2]
TEI = REPOSITORY / "tei"
NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0", "xml": "http://www.w3.org/XML/1998/namespace"}

_DATE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")


@dataclass(frozen=True)
class Listed:
    """One entry of the listing: date and title as written, summary "" where it has none."""

    date: str
    title: str
    summary: str


def listing(shared: Path) -> list[Listed]:
    """Return the entries of the listing's first page, in its order."""
    text = (shared / "seed" / "collection-listing.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = [number for number, line in enumerate(lines) if _DATE.fullmatch(line)]
    ends = [*starts[1:], len(lines)]
    return [
        Listed(lines[start], lines[start + 1], " ".join(lines[start + 2 : end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def all_catalogue_rows(shared: Path) -> list[dict[str, str]]:
    """Return all rows of the catalogue."""
    with (shared / "catalogue" / "august-plenum.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def catalogue_rows(shared: Path) -> list[dict[str, str]]:
    """Return the catalogue's rows of the listed documents, in the listing's order."""
    return [row for row in all_catalogue_rows(shared) if row["in_seed"] == "yes"]


def catalogue_persons(shared: Path) -> dict[str, dict[str, str]]:
    """Return the catalogue's persons by their canonical name."""
    with (shared / "catalogue" / "persons.csv").open(encoding="utf-8", newline="") as stream:
        return {row["canonical_name"]: row for row in csv.DictReader(stream)}


@cache
def tree(path: Path) -> etree._Element:
    """Return the root of the TEI file at `path`."""
    return etree.parse(str(path)).getroot()


def nodes(node: etree._Element, xpath: str) -> list[etree._Element]:
    """Return the elements that `xpath` (prefix t for TEI) selects from `node`."""
    found = node.xpath(xpath, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def words(node: etree._Element) -> str:
    """Return the text below `node` with white space folded."""
    return " ".join("".join(node.itertext()).split())


def one(node: etree._Element, xpath: str) -> str:
    """Return the folded text of the only element that `xpath` selects, "" when there is none."""
    found = nodes(node, xpath)
    assert len(found) <= 1, f"{xpath} is there {len(found)} times"
    return words(found[0]) if found else ""


def document_paths() -> list[Path]:
    """Return the files of the documents, by name."""
    return sorted((TEI / "documents").glob("*.xml"))


def register_paths() -> list[Path]:
    """Return the files of the registers, by name."""
    return sorted((TEI / "registers").glob("*.xml"))


def listed_documents() -> list[etree._Element]:
    """Return the documents whose place in the listing is known, in that order."""
    numbered = {
        int(number.get("n", "0")): tree(path)
        for path in document_paths()
        for number in nodes(tree(path), ".//t:seriesStmt/t:biblScope[@unit='item']")
    }
    return [numbered[number] for number in sorted(numbered)]


def entry_id(node: etree._Element) -> str:
    """Return the `xml:id` of `node`."""
    return node.get(f"{{{NAMESPACES['xml']}}}id", "")


def main_names() -> dict[str, str]:
    """Return the main name of every register entry, by the pointer that documents use for it."""
    return {
        f"../registers/{path.name}#{entry_id(name.getparent())}": words(name)  # type: ignore[arg-type]
        for path in register_paths()
        for name in nodes(tree(path), ".//*[@type='main']")
    }
