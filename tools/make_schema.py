"""Makes schema/regesta.rng from schema/regesta.rnc, or says with --check whether it is up to date.

The compact syntax is the one that people read and write; libxml2 reads the XML syntax only. Both are
committed, so that an installed Regesta needs no converter.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lxml import etree

from regesta.validation.grammar import compact

SCHEMA = Path(__file__).resolve().parents[1] / "schema"
NOTICE = "<!-- Made from regesta.rnc by tools/make_schema.py: edit that file, then run the tool. -->"


def converted(source: Path) -> str:
    """Return the XML syntax of the compact grammar at `source`. Raises GrammarError when it is wrong."""
    root = compact.parse(source.read_text(encoding="utf-8"), source.name)
    etree.indent(root)
    grammar = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{NOTICE}\n{grammar}\n'


def main() -> int:
    """Write the grammar, or with --check return 1 when the committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if regesta.rng is stale")
    check = parser.parse_args().check
    source, target = SCHEMA / "regesta.rnc", SCHEMA / "regesta.rng"
    made = converted(source).encode("utf-8")
    if not check:
        target.write_bytes(made)
        return 0
    if target.is_file() and target.read_bytes().replace(b"\r\n", b"\n") == made:
        return 0
    print(f"{target.name} is not what {source.name} says; run tools/make_schema.py.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
