"""What Regesta's grammar check says of a document, alone: no includes, no integrity, no Schematron, as jing has it."""

from __future__ import annotations

import re
from pathlib import Path

from regesta import reading, validation
from regesta.findings import Finding, Severity, sort_findings
from regesta.including import SourceTree
from regesta.saxon import Saxon

_SUGGESTED = re.compile(r"did you mean\W+([\w:.-]+)", re.IGNORECASE)


class Judge:
    """Judges documents by one RELAX NG schema, compiled once."""

    def __init__(self, schema: Path) -> None:
        self._schemas = (validation.schema(schema, schema.name),)
        self._saxon = Saxon(())

    def faults(self, document: bytes) -> list[Finding]:
        """Return the errors of the document in the order in which they stand in it: none when it is valid."""
        parsed = reading.parse(document, "document.xml")
        if isinstance(parsed, Finding):
            return [parsed]
        tree = SourceTree((parsed,), parsed.root)
        found = validation.validate(tree, self._schemas, self._saxon, "")
        return sort_findings(each for each in found if each.severity is Severity.ERROR)


def suggestion(finding: Finding) -> str:
    """Return the name that the finding suggests first, or nothing."""
    found = _SUGGESTED.search(f"{finding.message} {finding.hint}")
    return found[1].rstrip(".") if found else ""
