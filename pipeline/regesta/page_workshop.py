"""Page workshop: the documents' pages, made by processes, or kept where they stand made from the same already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from regesta import keeping
from regesta.analysis import SourceAnalysis, SourceTask, Tools
from regesta.assembly import Assembly, DocumentKey, assemble
from regesta.cache import Cache
from regesta.config import Order
from regesta.edition import Edition
from regesta.execution import Executor
from regesta.gathering import Gathered
from regesta.keys import Keys
from regesta.media import Media
from regesta.page_facts import FindMedium, page_facts
from regesta.page_making import MadePage, PageOrder, ProvedPage, lost_pages, make_pages
from regesta.progress import Progress
from regesta.publishing import Publication
from regesta.rendering import EditionFacts, PageFacts

Orders = dict[str, tuple[PageOrder, ...]]
"""The pages to make, by source."""


@dataclass
class PageWorkshop:
    """Work on the pages of an edition, done by an executor, staged as they come.

    `ordered` tells of each page that was made the key and the order.
    """

    edition: Edition
    gathered: Gathered
    executor: Executor
    progress: Progress
    cache: Cache
    publication: Publication
    ordered: dict[DocumentKey, tuple[str, PageOrder]] = field(default_factory=dict)
    _staged: dict[str, str] = field(default_factory=dict)
    _known: dict[str, ProvedPage] = field(default_factory=dict)

    def make_pages(self, analyses: Sequence[SourceAnalysis]) -> tuple[Assembly, list[ProvedPage], Media]:
        """Return the catalogue, what there is to tell of the pages of all its documents, and the media that they show.

        A document whose page cannot be made is refused, so the catalogue is made anew without it: no page may
        lead to one that is not there.
        """
        failed: dict[DocumentKey, ProvedPage] = {}
        keys = Keys(self.edition, self.gathered)
        while True:
            assembly = assemble(
                analyses,
                former=dict(self.edition.former),
                by_date=self.edition.config.collection.order is Order.DATE,
                without=frozenset(failed),
            )
            media = Media(self.edition.root, self.edition.sources)
            orders = _page_orders(assembly, self.edition.facts, media.find)
            wanted = {keys.page(source, order): (source, order) for source, each in orders.items() for order in each}
            pages = [*self._kept(wanted)]
            here = {(page.source, page.part) for page in pages}
            pages += self._made(_missing(orders, here), _by_document(wanted))
            self._withdraw(pages)
            lost = {(page.source, page.part): page for page in pages if not page.is_made}
            if not lost:
                self.ordered.update({(source, order.part): (key, order) for key, (source, order) in wanted.items()})
                self.cache.use(key_of_facts(key) for key in wanted)
                return assembly, sorted([*pages, *failed.values()], key=lambda page: (page.source, page.part)), media
            failed.update(lost)

    def _kept(self, wanted: Mapping[str, tuple[str, PageOrder]]) -> Iterator[ProvedPage]:
        """Yield the pages that stand made already, from the same; stage them."""
        for key, data in self.cache.take(key for key in wanted if key not in self._known):
            try:
                self._known[key] = keeping.load(ProvedPage, data)
            except ValueError:
                continue
        for key in wanted:
            page = self._known.get(key)
            if page is None:
                continue
            places = paths(page) if page.is_made else ()
            if all(self.publication.has(path, key) for path in places):
                for path in places:
                    self.publication.keep(path)
                    self._staged[path] = key
                yield page

    def _made(self, orders: Orders, keys: Mapping[DocumentKey, str]) -> Iterator[ProvedPage]:
        """Make and stage pages; yield what there is to tell of them."""
        for pages in made_pages(self.edition, self.gathered, self.executor, self.progress, orders):
            for page in pages:
                if isinstance(page, ProvedPage):
                    yield page  # It was lost, perhaps by accident: the next build tries again.
                else:
                    source, part = page.proved.source, page.proved.part
                    self._stage(page, keys[source, part])
                    facts = next(order.facts for order in orders[source] if order.part == part)
                    self.cache.put(key_of_facts(keys[source, part]), keeping.dump(slim(facts)))
                    yield page.proved

    def _stage(self, page: MadePage, key: str) -> None:
        self._known[key] = page.proved
        self.cache.put(key, keeping.dump(page.proved))
        if not page.proved.is_made:
            return
        for path, data in zip(paths(page.proved), (page.html, page.tei), strict=True):
            if path in self._staged:
                self.publication.withdraw(path)
            self.publication.write(path, data, key)
            self._staged[path] = key

    def _withdraw(self, pages: Iterable[ProvedPage]) -> None:
        """Take back what was staged before a document was refused and is no longer wanted."""
        wanted = {path for page in pages if page.is_made for path in paths(page)}
        for path in [path for path in self._staged if path not in wanted]:
            self.publication.withdraw(path)
            del self._staged[path]


def made_pages(
    edition: Edition, gathered: Gathered, executor: Executor, progress: Progress, orders: Orders
) -> Iterator[tuple[MadePage | ProvedPage, ...]]:
    """Yield the pages ordered of each source, as they are made; of one that was lost only what there is to tell."""
    work = partial(_make_pages, work=make_pages, tools=gathered.tools(edition.tools))
    tasks = ((task, orders[task.name], _facing(gathered, orders[task.name])) for task in gathered.tasks(orders))
    results = executor.run(work, tasks, _lost_pages, len(orders))
    yield from progress.track(results, "Making and proving pages", len(orders))


def _facing(gathered: Gathered, orders: Iterable[PageOrder]) -> tuple[SourceTask, ...]:
    """Return the sources of the documents that stand beside those ordered."""
    return tuple(gathered.tasks({order.facing[0] for order in orders if order.facing}))


def key_of_facts(page: str) -> str:
    """Return under what name the cache keeps the facts of the page with this key."""
    return f"facts:{page}"


def slim(facts: PageFacts) -> PageFacts:
    """Return page facts without those of the edition, which are the same for all pages."""
    return replace(facts, edition=EditionFacts(""))


def _by_document(wanted: Mapping[str, tuple[str, PageOrder]]) -> dict[DocumentKey, str]:
    return {(source, order.part): key for key, (source, order) in wanted.items()}


def paths(page: ProvedPage) -> tuple[str, str]:
    """Return where a page and its TEI stand on the site."""
    return f"documents/{page.id}.html", f"tei/{page.id}.xml"


def _missing(orders: Orders, here: set[DocumentKey]) -> Orders:
    """Return the orders without those that are filled."""
    left = {
        source: tuple(order for order in each if (source, order.part) not in here) for source, each in orders.items()
    }
    return {source: each for source, each in left.items() if each}


def _page_orders(assembly: Assembly, edition: EditionFacts, find_medium: FindMedium) -> Orders:
    """Return the pages to make, by source."""
    shown = assembly.catalogue.documents
    pointers = {document.id: assembly.analysis(document).pointers for document in shown}
    media = {document.id: assembly.analysis(document).media for document in shown}
    every = page_facts(assembly.catalogue, edition, pointers, media, find_medium)
    orders: dict[str, list[PageOrder]] = defaultdict(list)
    for document, facts in zip(shown, every, strict=True):
        orders[document.source].append(PageOrder(document.part, document.record, facts))
    found = {order.facts.id: (source, order) for source, pages in orders.items() for order in pages}
    return {source: tuple(_faced(order, found) for order in pages) for source, pages in orders.items()}


def _faced(order: PageOrder, found: Mapping[str, tuple[str, PageOrder]]) -> PageOrder:
    """Return the order with that of the document which stands beside it."""
    return order if order.facts.facing is None else replace(order, facing=found[order.facts.facing.id])


_PageTask = tuple[SourceTask, tuple[PageOrder, ...], tuple[SourceTask, ...]]
_Work = Callable[[SourceTask, tuple[PageOrder, ...], tuple[SourceTask, ...], Tools], tuple[MadePage, ...]]


def _make_pages(task: _PageTask, work: _Work, tools: Tools) -> tuple[MadePage | ProvedPage, ...]:
    return work(*task, tools)


def _lost_pages(task: _PageTask, reason: str) -> tuple[MadePage | ProvedPage, ...]:
    return lost_pages(*task, reason)
