"""Workshop: the per-source work of a build, spread over processes, and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from regesta import execution
from regesta.analysis import (
    MadePage,
    PageOrder,
    SourceAnalysis,
    SourceTask,
    Tools,
    analyse,
    lost_analysis,
    lost_pages,
    make_pages,
)
from regesta.assembly import Assembly, DocumentKey, assemble
from regesta.config import Order
from regesta.edition import Edition
from regesta.gathering import Gathered
from regesta.progress import Progress


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
        orders = assembly.page_orders(self.edition.facts)
        work = partial(_make_pages, tools=self.gathered.tools(self.edition.tools))
        tasks = ((task, orders[task.name]) for task in self.gathered.tasks(orders))
        results = execution.run(work, tasks, _lost_pages, jobs=self._jobs(len(orders)))
        tracked = self.progress.track(results, "Making and proving pages", len(orders))
        return [page for pages in tracked for page in pages]

    def _jobs(self, count: int) -> int:
        return self.jobs or execution.default_jobs(count)


_PageTask = tuple[SourceTask, tuple[PageOrder, ...]]


def _make_pages(task: _PageTask, tools: Tools) -> tuple[MadePage, ...]:
    return make_pages(*task, tools)


def _lost_pages(task: _PageTask) -> tuple[MadePage, ...]:
    return lost_pages(*task)
