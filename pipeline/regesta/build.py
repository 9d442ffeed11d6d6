"""Build: the stages in their order. This is the table of contents of Regesta; the work is done in the modules named."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain

from regesta import analysis, index_making, ledger, page_making, revision, unchanged, validation
from regesta.analysis import SourceAnalysis
from regesta.announcing import announce
from regesta.assembly import Assembly
from regesta.cache import Cache
from regesta.edition import Edition
from regesta.entry_proof import prove_entries
from regesta.execution import PROCESSES, Executor, open_executor
from regesta.findings import Finding
from regesta.gathering import Gathered, gather
from regesta.index_workshop import index_tools, make_index
from regesta.indexing import index_data, index_pages
from regesta.judging import judge
from regesta.keys import Keys
from regesta.page_making import ProvedPage
from regesta.page_workshop import PageWorkshop
from regesta.product import assets
from regesta.progress import Progress, Stopwatch
from regesta.publishing import Publication
from regesta.report import Report, findings_json
from regesta.search_workshop import SearchWorkshop
from regesta.spill import Spill
from regesta.staging import PublishedPages
from regesta.unchanged import Look
from regesta.workshop import Workshop


@dataclass(frozen=True)
class Options:
    """How to build.

    `jobs` are processes (None: what suits), `executor` is one of `execution.py`; `strict` publishes only without
    errors, `clean` empties the cache first.
    """

    jobs: int | None = None
    executor: str = PROCESSES
    strict: bool = False
    clean: bool = False


def build(
    edition: Edition,
    options: Options,
    progress: Progress,
    look: Look | None = None,
    executor: Executor | None = None,
) -> Report:
    """Build the edition into its output folder and return the report, which is written there too.

    The site is published as a whole or, with `strict` and error findings, not at all. What an earlier build worked out
    from the same is taken over. With a `look` at the edition before anything was read, the next build can know that it
    has nothing to do, and this one that only a few texts have changed. An `executor` that is open already is used
    and left open. Raises RegestaError for faults of the tool or its surroundings, never for faults of the sources.
    """
    opened = open_executor(options.executor, options.jobs) if executor is None else contextlib.nullcontext(executor)
    with opened as worker:
        if look is not None and 0 < len(look.changed) <= revision.MOST and not (options.clean or options.strict):
            with contextlib.suppress(revision.NotAlone):
                return _revise(edition, progress, look, worker)
        return _whole(edition, options, progress, look, worker)


def _whole(edition: Edition, options: Options, progress: Progress, look: Look | None, executor: Executor) -> Report:
    """Build the whole edition, see `build`."""
    executor.prepare(*_needed(edition), partial(index_making.engine, index_tools(edition)))
    clock = Stopwatch()
    with (
        Publication(edition.output, edition.sources, clean=options.clean) as publication,
        Cache(publication.cache) as cache,
        Spill(publication.cache, edition.output) as spill,
        ThreadPoolExecutor(1) as aside,  # for what this process can do while workers make the index
    ):
        with clock.stage("read"):
            gathered = gather(edition)
            keys = Keys(edition, gathered)
        with clock.stage("analyse"):
            workshop = Workshop(edition, gathered, executor, progress, cache, spill.put)
            analyses = workshop.analyse()
        with clock.stage("render"):
            work = PageWorkshop(edition, gathered, executor, progress, cache, publication)
            assembly, pages, media = work.make_pages(analyses)
        with clock.stage("exchange"):
            unstated = _exchange(edition, gathered, analyses, assembly, publication)
        across = aside.submit(list, assembly.findings(edition.surroundings))
        aside.submit(publication.flush)
        with clock.stage("index"):
            models = index_pages(assembly.catalogue, edition.facts, edition.history, edition.texts)
            listed = make_index(models, edition, keys, executor, publication)
            for path, data in announce(assembly.catalogue, edition, listed):
                publication.write(path, data)
            entries = prove_entries(analyses, assembly.catalogue, publication.read)
        with clock.stage("integrity"):
            found_across = [*across.result(), *unstated, *entries.findings]
            found = _findings(gathered, analyses, found_across, pages)
            findings = judge(found, edition.config, edition.configuration)
        with clock.stage("search"):
            for path, data in index_data(assembly.catalogue):
                publication.write(path, data)
            search = SearchWorkshop(cache, publication)
            search.make(assembly, workshop.analysis_keys, executor, spill.put)
        for path, data in chain(assets(edition), media.published()):
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
            entries=entries,
            seconds=clock.seconds(),
            removed_from_tei=revision.removed_from_tei([revision.removed_of(pages)]),
            slowest=tuple(executor.timings.slowest()),
        )
        publication.write_reports(report.chunks(), findings_json(findings))
        if report.published:
            search.remember()
        if look and report.published and not _is_lost(found):
            besides = keys.besides()
            found_across = [*_of_no_source(gathered), *found_across]
            made = revision.Made(workshop, analyses, pages, work.ordered, report.ledger)
            means = revision.Means(publication, cache, executor, progress, clock)
            revision.remember(means, look.survey.digest(besides), made, found_across, entries)
            published = publication.published()
            unchanged.remember(
                edition.where, look.survey, gathered.digests, besides, report.summary(), published=published
            )
    return report


def _needed(edition: Edition) -> Iterator[Callable[[], object]]:
    """Yield what compiles the stylesheets and schemas that documents need."""
    yield partial(analysis.engine, edition.tools)
    for each in edition.tools.schemas:
        yield partial(validation.schema, each.path, each.name)
    yield partial(page_making.engine, edition.tools)


def _revise(edition: Edition, progress: Progress, look: Look, executor: Executor) -> Report:
    """Build what a few changed texts change. Raises revision.NotAlone when that may not be all there is to do."""
    executor.prepare(*_needed(edition))
    clock = Stopwatch()
    with (
        Publication(edition.output, edition.sources) as publication,
        Cache(publication.cache, forgets=False) as cache,
    ):
        means = revision.Means(publication, cache, executor, progress, clock)
        return revision.revise(edition, look, means)


def _exchange(
    edition: Edition,
    gathered: Gathered,
    analyses: Iterable[SourceAnalysis],
    assembly: Assembly,
    publication: Publication,
) -> list[Finding]:
    """Stage the archive formats that the edition asks for, and return what they could not state."""
    if not edition.config.exchange.formats:
        return []
    from regesta.exchange.collecting import collect  # noqa: PLC0415 - slow to load, and few editions want formats
    from regesta.exchange.formats import chosen  # noqa: PLC0415

    material = collect(edition, gathered, analyses, assembly)
    for path, data in chosen(material, edition.config.exchange.formats):
        publication.write_exchange(path, data)
    return material.found


def _findings(
    gathered: Gathered,
    analyses: Iterable[SourceAnalysis],
    across: Iterable[Finding],
    pages: Iterable[ProvedPage],
) -> list[Finding]:
    found = [*_of_no_source(gathered), *across]
    for each in analyses:
        found += each.findings
    for page in pages:
        found += page.findings
    return found


def _of_no_source(gathered: Gathered) -> list[Finding]:
    """Return what was found before any source was looked into."""
    return [*gathered.findings, *(fault for _file, fault in gathered.refused)]


def _is_lost(findings: Iterable[Finding]) -> bool:
    """Tell whether a source ended its worker: perhaps by accident, and the next build should try again."""
    return any(finding.rule == "source-ends-worker" for finding in findings)
