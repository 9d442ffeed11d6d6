"""Entry proof: the prose of all register entries, compared with the pages of their entities once these are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from regesta.analysis import SourceAnalysis
from regesta.catalogue import Catalogue
from regesta.documents import Nature
from regesta.fidelity import Fidelity, Prose, fault_findings, prove_entry
from regesta.findings import Finding, Place


@dataclass
class EntryProof:
    """Figures of the prose of entries, how many of them have any, and a finding for each fault."""

    entries: int = 0
    fidelity: Fidelity = field(default_factory=Fidelity)
    findings: list[Finding] = field(default_factory=list)


def prove_entries(
    analyses: Iterable[SourceAnalysis], catalogue: Catalogue, page_of: Callable[[str], bytes]
) -> EntryProof:
    """Return the proof of all registers that are shown; `page_of` gives a page of the site by its address."""
    pages = {(each.sources[0], each.entity.place): each.page for each in catalogue.entities if each.sources}
    proof = EntryProof()
    for analysis in analyses:
        if analysis.nature is not Nature.REGISTER or analysis.withheld:
            continue
        for entry, prose in _by_entry(analysis.prose).items():
            page = pages.get((analysis.name, entry))
            figures, faults = prove_entry(prose, page_of(page) if page else b"")
            proof.entries += 1
            proof.fidelity += figures
            for each in faults:
                proof.findings += fault_findings([each.fault], _always(each.place))
    return proof


def _by_entry(prose: Iterable[Prose]) -> dict[int, list[Prose]]:
    entries: dict[int, list[Prose]] = {}
    for each in prose:
        entries.setdefault(each.entry, []).append(each)
    return entries


def _always(place: Place) -> Callable[[int], Place]:
    return lambda _number: place
