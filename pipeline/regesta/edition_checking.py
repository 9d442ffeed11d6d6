"""Check an edition: all that is wrong in it, by its own judgement, without building anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regesta.assembly import assemble
from regesta.checking import findings
from regesta.config import Order
from regesta.edition import Edition
from regesta.execution import default_jobs, open_executor
from regesta.findings import Finding
from regesta.gathering import gather
from regesta.judging import judge
from regesta.progress import Progress
from regesta.workshop import Workshop


def check_edition(edition: Edition, only: Sequence[Path], jobs: int | None, progress: Progress) -> list[Finding]:
    """Return the findings of the whole edition; with `only`, those in the files and folders named."""
    gathered = gather(edition)
    with open_executor(jobs=jobs or default_jobs(gathered.count)) as executor:
        analyses = Workshop(edition, gathered, executor, progress).analyse()
    assembly = assemble(analyses, former=dict(edition.former), by_date=edition.config.collection.order is Order.DATE)
    found = list(findings(gathered, analyses, assembly, edition.surroundings))
    judged = judge(found, edition.config, edition.configuration)
    return [finding for finding in judged if not only or _is_in(finding, only)]


def _is_in(finding: Finding, paths: Sequence[Path]) -> bool:
    place = Path(finding.path).resolve()
    return any(place == path.resolve() or place.is_relative_to(path.resolve()) for path in paths)
