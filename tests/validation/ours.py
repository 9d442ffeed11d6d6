"""What Regesta's grammar check says of a document, alone: no includes, no integrity, no Schematron, as jing has it."""

from __future__ import annotations

import re
from pathlib import Path

from regesta import reading
from regesta.findings import Finding, sort_findings
from regesta.including import SourceTree
from regesta.validation import wording
from regesta.validation.grammar import open_grammar

_SUGGESTED = re.compile(r"did you mean\W+([\w:.-]+)", re.IGNORECASE)


class Judge:
    """Judges documents by one RELAX NG schema, read once."""

    def __init__(self, schema: Path) -> None:
        self._grammar = open_grammar(schema)
        self._name = schema.name

    def faults(self, document: bytes) -> list[Finding]:
        """Return the faults of the document in the order in which they stand in it: none when it is valid."""
        parsed = reading.parse(document, "document.xml")
        if isinstance(parsed, Finding):
            return [parsed]
        tree = SourceTree((parsed,), parsed.root)
        found = wording.findings(self._grammar.judge(tree.root), tree, self._grammar.automata, self._name)
        return sort_findings(found)


def suggestion(finding: Finding) -> str:
    """Return the name that the finding suggests first, or nothing."""
    found = _SUGGESTED.search(f"{finding.message} {finding.hint}")
    return found[1].rstrip(".") if found else ""
