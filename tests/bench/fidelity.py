"""A table of fidelity: how the pages of real editions hold their texts, ours and, beside them, those of uEdition.

    PYTHONPATH=tests:tests/fidelity python tests/bench/fidelity.py CORPORA [--only NAME …] [--uedition PYTHON]

CORPORA has an edition in each folder. PYTHON is that of an environment with uEdition (`pip install uedition`), which
then makes pages of the same documents with a configuration that shows every element. Both are measured by the checker
of tests/fidelity/outside_checker.py, which shares no code with Regesta's proof; Regesta's own figures stand beside.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
from lxml import etree
from outside_checker import Line, Verdict, compare, judge, page_line, source_line
from uedition_site import made_by_sphinx

from real_editions import EDITIONS

PARSER = etree.XMLParser(collect_ids=False, huge_tree=True, no_network=True)
COLUMNS = (
    "edition", "by", "documents", "characters", "missing", "doubled", "moved", "changed", "glued", "split", "added",
    "unknown elements",
)  # fmt: skip


def main() -> None:
    """Print the table, an edition a row."""
    parser = argparse.ArgumentParser(description="Print a table of fidelity.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", default=EDITIONS)
    parser.add_argument("--uedition", type=Path)
    options = parser.parse_args()
    sys.setrecursionlimit(20_000)
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"|{'---|' * len(COLUMNS)}")
    for name in options.only:
        with tempfile.TemporaryDirectory() as folder:
            _tell(options.corpora / name, Path(folder), options.uedition)


def _tell(source: Path, folder: Path, uedition: Path | None) -> None:
    output = folder / "build"
    command = [sys.executable, "-m", "regesta", "build", "--source", str(source), "--output", str(output), "--quiet"]
    subprocess.run(command, check=False, capture_output=True)
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    rows = [row for row in report["ledger"] if row["document"] and row["page"]]
    unknown = Counter(finding["rule"] for finding in _findings(output))["element-unhandled"]
    ours = sum((_ours(output / "site", row) for row in rows), Verdict())
    _print(source.name, "Regesta", len(rows), ours, str(unknown))
    proved = report["fidelity"]
    order = ("characters", "missing", "duplicated", "moved", "changed", "glued", "split", "inserted")
    aside = ", ".join(f"{name} {count:,}" for name, count in sorted(report["set_aside"].items()))
    told = " | ".join(f"{proved[key]:,}" for key in order)
    print(f"| | its own proof | {len(rows):,} | {told} | set aside: {aside} |", flush=True)
    if uedition is not None:
        verdicts = list(_theirs(output / "site" / "tei", folder / "uedition", uedition))
        _print(source.name, "uEdition", len(verdicts), sum(verdicts, Verdict()), "–")


def _findings(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((output / "findings.json").read_text(encoding="utf-8"))["findings"]
    return found


def _print(name: str, by: str, documents: int, verdict: Verdict, unknown: str) -> None:
    figures = [f"{value:,}" for value in vars(verdict).values()]
    print(f"| {name} | {by} | {documents:,} | {' | '.join(figures)} | {unknown} |", flush=True)


def _ours(site: Path, row: dict[str, Any]) -> Verdict:
    return compare((site / "tei" / f"{row['document']}.xml").read_bytes(), (site / row["page"]).read_bytes())


def _theirs(documents: Path, folder: Path, python: Path) -> Iterator[Verdict]:
    """Yield how true uEdition's pages are. What it adds (titles, links) is not held against it."""
    folder.mkdir()
    sources = sorted(documents.glob("*.xml"))
    made_by_sphinx(python, sources, folder)
    for name in (path.stem for path in sources):
        page = folder / "pages" / f"{name}.html"
        source = source_line(etree.fromstring((documents / f"{name}.xml").read_bytes(), PARSER))
        verdict = (
            judge(source, _section(page.read_bytes())) if page.is_file() else Verdict(source.length, source.length)
        )
        yield Verdict(*list(vars(verdict).values())[:-1])


def _section(page: bytes) -> Line:
    """Return the line of the section with the text."""
    root = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    found = next((each for each in root.iter("section") if each.attrib.get("id") == "text"), None)
    if found is None:
        return Line()
    for link in [each for each in found.iter("a") if each.attrib.get("class") == "headerlink"]:
        link.attrib["data-generated"] = ""
    return page_line(html5lib.serialize(found, tree="etree").encode("utf-8"))


if __name__ == "__main__":
    main()
