"""Entry proof: the prose of all register entries, compared with the pages of their entities once these are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from regesta.analysis import SourceAnalysis
from regesta.catalogue import Catalogue
from regesta.documents import Nature
from regesta.fidelity import Fidelity, Prose, fault_findings, prove_entry
from regesta.findings import Finding, Place
from regesta.keeping import Value


@dataclass(frozen=True, slots=True)
class EntryProof(Value):
    """Figures of the prose of entries, how many of them have any, and a finding for each fault."""

    entries: int = 0
    fidelity: Fidelity = field(default_factory=Fidelity)
    findings: tuple[Finding, ...] = ()


def prove_entries(
    analyses: Iterable[SourceAnalysis], catalogue: Catalogue, page_of: Callable[[str], bytes]
) -> EntryProof:
    """Return the proof of all registers that are shown; `page_of` gives a page of the site by its address."""
    pages = {(each.sources[0], each.entity.place): each.page for each in catalogue.entities if each.sources}
    proved: list[Fidelity] = []
    findings: list[Finding] = []
    for analysis in analyses:
        if analysis.nature is not Nature.REGISTER or analysis.withheld:
            continue
        for entry, prose in _by_entry(analysis.prose).items():
            page = pages.get((analysis.name, entry))
            figures, faults = prove_entry(prose, page_of(page) if page else b"")
            proved.append(figures)
            for each in faults:
                findings += fault_findings([each.fault], _always(each.place))
    return EntryProof(len(proved), sum(proved, Fidelity()), tuple(findings))


def _by_entry(prose: Iterable[Prose]) -> dict[int, list[Prose]]:
    entries: dict[int, list[Prose]] = {}
    for each in prose:
        entries.setdefault(each.entry, []).append(each)
    return entries


def _always(place: Place) -> Callable[[int], Place]:
    return lambda _number: place
