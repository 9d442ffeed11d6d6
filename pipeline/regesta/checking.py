"""Check: `regesta validate`, all that is wrong in an edition or in any files, without building anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from regesta import execution
from regesta.analysis import Tools, analyse, lost_analysis
from regesta.assembly import assemble
from regesta.config import Order
from regesta.edition import Edition
from regesta.findings import Finding, sort_findings
from regesta.gathering import Gathered, gather, gather_paths
from regesta.integrity import Surroundings
from regesta.judging import judge
from regesta.progress import Progress
from regesta.validation import Schema
from regesta.workshop import Workshop


def check_edition(edition: Edition, only: Sequence[Path], jobs: int | None, progress: Progress) -> list[Finding]:
    """Return the findings of the whole edition; with `only`, those in the files and folders named."""
    gathered = gather(edition)
    analyses = Workshop(edition, gathered, jobs, progress).analyse()
    assembly = assemble(analyses, former=dict(edition.former), by_date=edition.config.collection.order is Order.DATE)
    found = [*_single(gathered), *assembly.findings(edition.surroundings)]
    found += [finding for analysis in analyses for finding in analysis.findings]
    judged = judge(found, edition.config, edition.configuration)
    return [finding for finding in judged if not only or _is_in(finding, only)]


def check_paths(
    paths: Iterable[Path], schemas: tuple[Schema, ...], jobs: int | None, progress: Progress
) -> list[Finding]:
    """Return the findings of files and folders outside any edition. Raises UsageError for a path that is not there."""
    gathered = gather_paths(paths, schemas)
    work = partial(analyse, tools=gathered.tools(Tools(schemas)))
    jobs = jobs or execution.default_jobs(gathered.count)
    results = execution.run(work, gathered.tasks(), lost_analysis, jobs=jobs)
    analyses = sorted(progress.track(results, "Checking", gathered.count), key=lambda analysis: analysis.name)
    assembly = assemble(analyses, former={}, by_date=False)
    found = [*_single(gathered), *assembly.findings(Surroundings(complete=False))]
    found += [finding for analysis in analyses for finding in analysis.findings]
    return sort_findings(found)


def _single(gathered: Gathered) -> list[Finding]:
    return [*gathered.findings, *(fault for _file, fault in gathered.refused)]


def _is_in(finding: Finding, paths: Sequence[Path]) -> bool:
    place = Path(finding.path).resolve()
    return any(place == path.resolve() or place.is_relative_to(path.resolve()) for path in paths)
