"""The desk: an edition, or a single document outside any, with the texts that are being typed laid over its files.

What has not changed since the last look is not analysed again, so that a keystroke costs one document; what needs the
whole edition (pointers, registers, identifiers) is then worked out anew, so that findings are those of `validate`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from regesta import closures, reading
from regesta.analysis import SourceAnalysis, SourceTask, Tools, analyse
from regesta.assembly import assemble
from regesta.checking import findings
from regesta.config import Order
from regesta.edition import Edition, open_edition
from regesta.findings import Finding, sort_findings
from regesta.gathering import Gathered, gather, gather_paths
from regesta.integrity import Surroundings
from regesta.judging import judge
from regesta.resources import EDITION_FILE


def edition_of(document: Path) -> Path | None:
    """Return the folder of the edition that the document is a source of; None when it is of none."""
    for folder in document.parents:
        if (folder / EDITION_FILE).is_file():
            return folder if document.is_relative_to(folder / "tei") else None
    return None


class Desk:
    """Findings of one edition, or of one document that belongs to none."""

    def __init__(self, document: Path) -> None:
        self.root = edition_of(document)
        self._document = document
        self._known: dict[str, tuple[str, SourceAnalysis]] = {}

    def findings(self, texts: Mapping[Path, str]) -> list[Finding]:
        """Return what is wrong, `texts` taken in the place of what their files hold.

        Raises RegestaError when the edition cannot be opened, for its edition.toml say.
        """
        if self.root is None:
            gathered = gather_paths((self._document,), ())
            return sort_findings(self._found(gathered, Tools(), texts, Surroundings(complete=False)))
        edition = open_edition(self.root, None, None)
        gathered = gather(edition)
        found = list(self._found(gathered, edition.tools, texts, edition.surroundings, edition))
        return judge(found, edition.config, edition.configuration)

    def _found(
        self,
        gathered: Gathered,
        tools: Tools,
        texts: Mapping[Path, str],
        surroundings: Surroundings,
        edition: Edition | None = None,
    ) -> Iterator[Finding]:
        paths = {file.name: file.path.resolve() for file in gathered.files}
        tools = gathered.tools(tools)
        contents = closures.digest(tools)
        analyses = [
            self._analysis(_typed(task, texts.get(paths[task.name])), tools, contents)
            for task in sorted(gathered.tasks(), key=lambda task: task.name)
        ]
        former = dict(edition.former) if edition else {}
        by_date = edition is not None and edition.config.collection.order is Order.DATE
        yield from findings(gathered, analyses, assemble(analyses, former=former, by_date=by_date), surroundings)

    def _analysis(self, task: SourceTask, tools: Tools, contents: str) -> SourceAnalysis:
        """Return what the source holds, from memory when nothing that goes into it has changed: `contents` of tools."""
        digest = hashlib.sha256(repr((task, contents)).encode("utf-8", "surrogatepass")).hexdigest()
        known = self._known.get(task.name)
        if known is None or known[0] != digest:
            known = self._known[task.name] = digest, analyse(task, tools)
        return known[1]


def _typed(task: SourceTask, text: str | None) -> SourceTask:
    """Return the task with the text as it is typed, in the encoding that it declares."""
    if text is None:
        return task
    encoding = reading.declared_encoding(text[:200].encode("ascii", "replace"))
    try:
        return replace(task, data=text.encode(encoding, "xmlcharrefreplace"))
    except LookupError:
        return replace(task, data=text.encode("utf-8", "surrogatepass"))
