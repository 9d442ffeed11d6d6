"""Build: the stages in their order. This is the table of contents of Regesta; the work is done in the modules named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regesta import ledger
from regesta.analysis import SourceAnalysis
from regesta.edition import Edition
from regesta.findings import Finding
from regesta.gathering import Gathered, gather
from regesta.indexing import render_index
from regesta.judging import judge
from regesta.page_making import MadePage
from regesta.product import assets, index_renderer
from regesta.progress import Progress, Stopwatch
from regesta.publishing import Publication, PublishedPages
from regesta.report import Report, findings_json
from regesta.search import build_search
from regesta.workshop import Workshop


@dataclass(frozen=True)
class Options:
    """How to build: processes (None: what suits), publish only without errors, empty the cache first."""

    jobs: int | None = None
    strict: bool = False
    clean: bool = False


def build(edition: Edition, options: Options, progress: Progress) -> Report:
    """Build the edition into its output folder and return the report, which is written there too.

    The site is published as a whole or, with `strict` and error findings, not at all. Raises RegestaError for faults of
    the tool or its surroundings, never for faults of the sources.
    """
    clock = Stopwatch()
    with Publication(edition.output, edition.sources, clean=options.clean) as publication:
        with clock.stage("read"):
            gathered = gather(edition)
        work = Workshop(edition, gathered, options.jobs, progress)
        with clock.stage("analyse"):
            analyses = work.analyse()
        with clock.stage("render"):
            assembly, pages = work.make_pages(analyses)
        with clock.stage("integrity"):
            found = _findings(gathered, analyses, [*assembly.findings(edition.surroundings)], pages)
            findings = judge(found, edition.config, edition.configuration)
        with clock.stage("write"):
            _write_documents(publication, pages)
        with clock.stage("index"):
            render = index_renderer(edition)
            for path, html in render_index(assembly.catalogue, edition.facts, render):
                publication.write(path, html.encode("utf-8"))
        with clock.stage("search"):
            for path, data in build_search(assembly.catalogue, assembly.text_of).items():
                publication.write(path, data)
        for path, data in assets(edition):
            publication.write(path, data)
        withheld = options.strict and any(finding.severity == "error" for finding in findings)
        with clock.stage("publish"):
            counts = PublishedPages(0, 0, 0, 0) if withheld else publication.commit()
        report = Report(
            edition=edition.facts.title,
            published=not withheld,
            ledger=ledger.rows(gathered, analyses, assembly, pages),
            findings=tuple(findings),
            pages=counts,
            seconds=clock.seconds(),
            removed_from_tei=_removed(pages),
        )
        publication.write_reports(report.to_json(), findings_json(findings))
    return report


def _findings(
    gathered: Gathered,
    analyses: Iterable[SourceAnalysis],
    across: Iterable[Finding],
    pages: Iterable[MadePage],
) -> list[Finding]:
    found = [*gathered.findings, *(fault for _file, fault in gathered.refused), *across]
    for analysis in analyses:
        found += analysis.findings
    for page in pages:
        found += page.findings
    return found


def _write_documents(publication: Publication, pages: Iterable[MadePage]) -> None:
    for page in pages:
        if page.html and page.download is not None:
            publication.write(f"documents/{page.id}.html", page.html)
            publication.write(f"tei/{page.id}.xml", page.download.data)


def _removed(pages: Iterable[MadePage]) -> dict[str, int]:
    """Return how many comments and instructions were left out of the TEI offered for download."""
    downloads = [page.download for page in pages if page.download is not None]
    return {
        "comments": sum(download.comments for download in downloads),
        "instructions": sum(download.instructions for download in downloads),
    }
