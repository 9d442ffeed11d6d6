"""Assembly: what was learnt of single sources becomes one catalogue, and the orders for pages that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regesta import integrity
from regesta.analysis import DocumentAnalysis, SourceAnalysis
from regesta.catalogue import Catalogue, CataloguedDocument, Entry, catalogue
from regesta.documents import Nature
from regesta.findings import Finding, Place
from regesta.identifiers import Claim
from regesta.integrity import Claimed, Read, Surroundings

DocumentKey = tuple[str, str]
"""A document by source and part."""


@dataclass(frozen=True)
class Assembly:
    """The catalogue of what is shown, with what was learnt of each of its documents."""

    catalogue: Catalogue
    read: Mapping[DocumentKey, DocumentAnalysis]
    sources: Mapping[str, SourceAnalysis]

    def analysis(self, document: CataloguedDocument) -> DocumentAnalysis:
        """Return what was learnt of a catalogued document."""
        return self.read[document.source, document.part]

    def text_of(self, document: CataloguedDocument) -> str:
        """Return the document's words for the search."""
        return self.analysis(document).text

    def findings(self, surroundings: Surroundings) -> Iterator[Finding]:
        """Yield what is wrong across documents, given what is known beyond the sources."""
        claims = [
            Claimed(self.analysis(document).wanted_id, document.id, self._place(document), document.source)
            for document in self.catalogue.documents
        ]
        return integrity.check(self.catalogue, claims, self._read_sources(), surroundings)

    def _read_sources(self) -> dict[str, Read]:
        """Return the sources that could be read and stand for themselves, with what integrity wants of them."""
        return {
            name: Read(name, each.shown, each.packed_facts, each.entities, is_register=each.nature is Nature.REGISTER)
            for name, each in self.sources.items()
            if each.nature in {Nature.DOCUMENTS, Nature.REGISTER}
        }

    def _place(self, document: CataloguedDocument) -> Place:
        return Place(self.sources[document.source].shown, *self.analysis(document).position)


def assemble(
    analyses: Sequence[SourceAnalysis],
    *,
    former: Mapping[str, str],
    by_date: bool,
    without: frozenset[DocumentKey] = frozenset(),
) -> Assembly:
    """Return the assembly of all sources, leaving out what is withheld and the documents in `without`."""
    shown = {
        (analysis.name, document.part): document
        for analysis in analyses
        for document in analysis.documents
        if not document.withheld and (analysis.name, document.part) not in without
    }
    entries = [
        Entry(Claim(document.wanted_id, source, part, document.firm), document.unit, document.facts, position)
        for position, ((source, part), document) in enumerate(shown.items())
    ]
    registers = [(analysis.name, analysis.entities) for analysis in analyses if not analysis.withheld]
    return Assembly(
        catalogue=catalogue(entries, registers, former=former, by_date=by_date),
        read=shown,
        sources={analysis.name: analysis for analysis in analyses},
    )
