"""Export: one format of the edition, made from its sources as they are now and not from an earlier build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regesta import output_folder
from regesta.assembly import assemble
from regesta.config import Order
from regesta.edition import Edition
from regesta.errors import UsageError
from regesta.exchange.collecting import collect
from regesta.exchange.formats import FORMATS, Format, Kind
from regesta.exchange.material import File, Material
from regesta.exchange.writing import write
from regesta.execution import default_jobs, open_executor
from regesta.findings import Finding
from regesta.gathering import gather
from regesta.judging import judge
from regesta.progress import Progress
from regesta.workshop import Workshop

PLACE = "export"
"""The folder of the output for what is exported by itself: exchange/ belongs to builds, which make it anew."""

_MOST_TOLD = 6


@dataclass(frozen=True)
class Export:
    """What was exported: where it lies, its size in bytes, of what it was made, what the format could not state."""

    path: Path
    size: int
    material: Material = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def documents(self) -> int:
        """Return how many documents the edition has."""
        return len(self.material.documents)


def export(
    edition: Edition, name: str, path: Path | None, progress: Progress, *, jobs: int | None = None, force: bool = False
) -> Export:
    """Write the edition in the format `name` to `path`, or to its default place under the output folder's export/.

    Raises UsageError for an unknown format or one of which the edition holds nothing, OutputError when it cannot be
    written. Findings about the sources themselves are for `validate`; those here are about the format.
    """
    if name not in FORMATS:
        raise UsageError(f"There is no format {name}.", "`regesta export --list` names them all.")
    form = FORMATS[name]
    material = opened(edition, progress, jobs)
    if path is None:
        folder = output_folder.claim(edition.output, edition.sources)
        try:
            path = edition.output / PLACE / form.place
            size = _write(form, material, path, force=True)
        finally:
            folder.release()
    else:
        size = _write(form, material, path, force=force)
    found = judge(material.found, edition.config, edition.configuration)
    return Export(path, size, material, tuple(found))


def opened(edition: Edition, progress: Progress, jobs: int | None) -> Material:
    """Return the material of an edition, read from its sources."""
    gathered = gather(edition)
    with open_executor(jobs=jobs or default_jobs(gathered.count)) as executor:
        analyses = Workshop(edition, gathered, executor, progress).analyse()
    by_date = edition.config.collection.order is Order.DATE
    return collect(edition, gathered, analyses, assemble(analyses, former=dict(edition.former), by_date=by_date))


def _write(form: Format, material: Material, path: Path, *, force: bool) -> int:
    files = iter(form.make(material))
    first = next(files, None)
    if first is None:
        raise UsageError(f"There is nothing to export as {form.name}.", _why(material.found))

    def every() -> Iterator[File]:
        yield first
        yield from files

    return write(path, every(), folder=form.kind is Kind.FOLDER, force=force)


def _why(found: Sequence[Finding]) -> str:
    """Return what kept a format from being made, in words; a kind of finding that many documents have is counted."""
    messages = list(dict.fromkeys(finding.message for finding in found))
    told = "\n         ".join(messages[:_MOST_TOLD])
    more = f"\n         … and {len(messages) - _MOST_TOLD} more" if len(messages) > _MOST_TOLD else ""
    return f"{told}{more}" or "The edition holds nothing that the format could carry."
