"""Workshop: the per-source work of a build, spread over processes, and put together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from regesta import execution
from regesta.analysis import SourceAnalysis, SourceTask, Tools, analyse, lost_analysis
from regesta.assembly import Assembly, DocumentKey, assemble
from regesta.config import Order
from regesta.edition import Edition
from regesta.gathering import Gathered
from regesta.page_facts import page_facts
from regesta.page_making import MadePage, PageOrder, lost_pages, make_pages
from regesta.progress import Progress
from regesta.rendering import EditionFacts


@dataclass(frozen=True)
class Workshop:
    """Per-source work on an edition, spread over processes."""

    edition: Edition
    gathered: Gathered
    jobs: int | None
    progress: Progress

    def analyse(self) -> list[SourceAnalysis]:
        """Return what was learnt of every source, in the order of their names."""
        work = partial(analyse, tools=self.gathered.tools(self.edition.tools))
        count = self.gathered.count
        results = execution.run(work, self.gathered.tasks(), lost_analysis, jobs=self._jobs(count))
        tracked = self.progress.track(results, "Reading and checking", count)
        return sorted(tracked, key=lambda analysis: analysis.name)

    def make_pages(self, analyses: Sequence[SourceAnalysis]) -> tuple[Assembly, list[MadePage]]:
        """Return the catalogue and the pages of all its documents.

        A document whose page cannot be made is refused, so the catalogue is made anew without it: no page may
        lead to one that is not there.
        """
        failed: dict[DocumentKey, MadePage] = {}
        while True:
            assembly = assemble(
                analyses,
                former=dict(self.edition.former),
                by_date=self.edition.config.collection.order is Order.DATE,
                without=frozenset(failed),
            )
            pages = self._pages(assembly)
            lost = {(page.source, page.part): page for page in pages if not page.html}
            if not lost:
                return assembly, sorted([*pages, *failed.values()], key=lambda page: (page.source, page.part))
            failed.update(lost)

    def _pages(self, assembly: Assembly) -> list[MadePage]:
        orders = _page_orders(assembly, self.edition.facts)
        work = partial(_make_pages, tools=self.gathered.tools(self.edition.tools))
        tasks = ((task, orders[task.name]) for task in self.gathered.tasks(orders))
        results = execution.run(work, tasks, _lost_pages, jobs=self._jobs(len(orders)))
        tracked = self.progress.track(results, "Making and proving pages", len(orders))
        return [page for pages in tracked for page in pages]

    def _jobs(self, count: int) -> int:
        return self.jobs or execution.default_jobs(count)


def _page_orders(assembly: Assembly, edition: EditionFacts) -> dict[str, tuple[PageOrder, ...]]:
    """Return the pages to make, by source."""
    shown = assembly.catalogue.documents
    pointers = {document.id: assembly.analysis(document).pointers for document in shown}
    orders: dict[str, list[PageOrder]] = defaultdict(list)
    for document, facts in zip(shown, page_facts(assembly.catalogue, edition, pointers), strict=True):
        orders[document.source].append(PageOrder(document.part, document.record, facts))
    return {source: tuple(pages) for source, pages in orders.items()}


_PageTask = tuple[SourceTask, tuple[PageOrder, ...]]


def _make_pages(task: _PageTask, tools: Tools) -> tuple[MadePage, ...]:
    return make_pages(*task, tools)


def _lost_pages(task: _PageTask) -> tuple[MadePage, ...]:
    return lost_pages(*task)
