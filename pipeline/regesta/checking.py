"""Check: all that is wrong in any files, without building anything (`regesta validate` outside an edition).

It loads nothing that only an edition or a build wants, so that the check of one file starts fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from regesta import execution
from regesta.analysis import SourceAnalysis, Tools, analyse, lost_analysis
from regesta.assembly import Assembly, assemble
from regesta.findings import Finding, sort_findings
from regesta.gathering import Gathered, gather_paths
from regesta.integrity import Surroundings
from regesta.progress import Progress
from regesta.validation import Schema


def check_paths(
    paths: Iterable[Path], schemas: tuple[Schema, ...], jobs: int | None, progress: Progress
) -> list[Finding]:
    """Return the findings of files and folders outside any edition. Raises UsageError for a path that is not there."""
    gathered = gather_paths(paths, schemas)
    work = partial(analyse, tools=gathered.tools(Tools(schemas)))
    with execution.open_executor(jobs=jobs or execution.default_jobs(gathered.count)) as executor:
        results = executor.run(work, gathered.tasks(), lost_analysis, gathered.count)
        analyses = sorted(progress.track(results, "Checking", gathered.count), key=lambda analysis: analysis.name)
    assembly = assemble(analyses, former={}, by_date=False)
    return sort_findings(findings(gathered, analyses, assembly, Surroundings(complete=False)))


def findings(
    gathered: Gathered, analyses: Sequence[SourceAnalysis], assembly: Assembly, surroundings: Surroundings
) -> Iterator[Finding]:
    """Yield what is wrong with single sources and across them."""
    yield from gathered.findings
    yield from (fault for _file, fault in gathered.refused)
    yield from (finding for analysis in analyses for finding in analysis.findings)
    yield from assembly.findings(surroundings)
