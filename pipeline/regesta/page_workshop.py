"""Page workshop: the documents' pages, made by processes, or kept where they stand made from the same already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from regesta import keeping
from regesta.analysis import SourceAnalysis, SourceTask
from regesta.assembly import Assembly, DocumentKey, assemble
from regesta.cache import Cache
from regesta.catalogue import CataloguedDocument
from regesta.config import Order
from regesta.edition import Edition
from regesta.execution import Executor
from regesta.gathering import Gathered
from regesta.keys import Keys
from regesta.media import Media
from regesta.page_facts import FindMedium, PageFactsMaker
from regesta.page_making import MadePage, PageOrder, PageTask, ProvedPage, lost_pages, make_pages
from regesta.progress import Progress
from regesta.publishing import Publication
from regesta.rendering import EditionFacts, PageFacts

PAGES = "Making and proving pages"

OrdersOf = Callable[[str], tuple[PageOrder, ...]]
"""What gives the pages to make of a source, when it is its turn."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The key of a page, and the source of the document that stands beside its own, "" where none does."""

    key: str
    facing: str


@dataclass
class PageWorkshop:
    """Work on the pages of an edition, done by an executor, staged as they come.

    `ordered` tells of what each page was made.
    """

    edition: Edition
    gathered: Gathered
    executor: Executor
    progress: Progress
    cache: Cache
    publication: Publication
    ordered: dict[DocumentKey, Ordered] = field(default_factory=dict)
    _staged: dict[str, str] = field(default_factory=dict)
    _known: dict[str, ProvedPage] = field(default_factory=dict)
    _sharing: keeping.Sharing = field(default_factory=keeping.Sharing)

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
            orders = _Orders(assembly, self.edition.facts, media.find, keys)
            is_first = self.cache.is_new and not failed
            # Where nothing can stand made already, each is looked into when it is its turn, while others are made.
            wanted = {} if is_first else {key: orders.ordered(key, orders.order(key)) for key in orders.documents}
            self._sharing = keeping.Sharing(orders.names())
            pages = [*self._kept([each.key for each in wanted.values()])]
            here = {(page.source, page.part) for page in pages}
            pages += self._made([key for key in orders.documents if key not in here], orders, wanted)
            self._withdraw(pages)
            lost = {(page.source, page.part): page for page in pages if not page.is_made}
            if not lost:
                self.ordered = wanted
                self._known.clear()
                self._staged.clear()
                self._sharing = keeping.Sharing()
                self.cache.use(key_of_facts(each.key) for each in wanted.values())
                return assembly, sorted([*pages, *failed.values()], key=lambda page: (page.source, page.part)), media
            failed.update(lost)

    def _kept(self, wanted: Sequence[str]) -> Iterator[ProvedPage]:
        """Yield the pages that stand made already, from the same; stage them."""
        for key, data in self.cache.take(key for key in wanted if key not in self._known):
            try:
                self._known[key] = keeping.load(ProvedPage, data, self._sharing)
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

    def _made(
        self, missing: Iterable[DocumentKey], orders: _Orders, wanted: dict[DocumentKey, Ordered]
    ) -> Iterator[ProvedPage]:
        """Make and stage pages; yield what there is to tell of them. What was not in `wanted` is put there."""
        parts: dict[str, list[str]] = defaultdict(list)
        for source, part in missing:
            parts[source].append(part)

        def of(source: str) -> tuple[PageOrder, ...]:
            found = tuple(orders.order((source, part)) for part in parts[source])
            for order in found:
                key = (source, order.part)
                if key not in wanted:
                    wanted[key] = orders.ordered(key, order)
                self.cache.put(key_of_facts(wanted[key].key), keeping.dump(slim(order.facts)))
            return found

        results = made_pages(self.edition, self.gathered, self.executor, parts, of)
        for pages in self.progress.track(results, PAGES, len(parts)):
            for page in pages:
                if isinstance(page, ProvedPage):
                    yield page  # It was lost, perhaps by accident: the next build tries again.
                else:
                    yield self._stage(page, wanted[page.proved.source, page.proved.part].key)

    def _stage(self, page: MadePage, key: str) -> ProvedPage:
        """Stage a page and return what there is to tell of it, with what recurs held once."""
        data = keeping.dump(page.proved)
        self.cache.put(key, data)
        proved = self._known[key] = keeping.load(ProvedPage, data, self._sharing)
        if not proved.is_made:
            return proved
        for path, content in zip(paths(proved), (page.html, page.tei), strict=True):
            if path in self._staged:
                self.publication.withdraw(path)
            self.publication.write(path, content, key)
            self._staged[path] = key
        return proved

    def _withdraw(self, pages: Iterable[ProvedPage]) -> None:
        """Take back what was staged before a document was refused and is no longer wanted."""
        wanted = {path for page in pages if page.is_made for path in paths(page)}
        for path in [path for path in self._staged if path not in wanted]:
            self.publication.withdraw(path)
            del self._staged[path]


def made_pages(
    edition: Edition,
    gathered: Gathered,
    executor: Executor,
    names: Collection[str],
    orders_of: OrdersOf,
) -> Iterator[tuple[MadePage | ProvedPage, ...]]:
    """Yield the pages ordered of each of the sources, as they are made; of one that was lost what there is to tell."""
    work = partial(make_pages, tools=gathered.tools(edition.tools))
    return executor.run(work, _tasks(gathered, names, orders_of), lost_pages, len(names))


def _tasks(gathered: Gathered, names: Collection[str], orders_of: OrdersOf) -> Iterator[PageTask]:
    for task in gathered.tasks(names):
        orders = orders_of(task.name)
        yield task, orders, _facing(gathered, orders)


def _facing(gathered: Gathered, orders: Iterable[PageOrder]) -> tuple[SourceTask, ...]:
    """Return the sources of the documents that stand beside those ordered."""
    return tuple(gathered.tasks(sorted({order.facing[0] for order in orders if order.facing})))


def key_of_facts(page: str) -> str:
    """Return under what name the cache keeps the facts of the page with this key."""
    return f"facts:{page}"


def slim(facts: PageFacts) -> PageFacts:
    """Return page facts without those of the edition, which are the same for all pages."""
    return replace(facts, edition=EditionFacts(""))


def paths(page: ProvedPage) -> tuple[str, str]:
    """Return where a page and its TEI stand on the site."""
    return f"documents/{page.id}.html", f"tei/{page.id}.xml"


class _Orders:
    """The pages of an edition to make, each put together when it is asked for."""

    def __init__(self, assembly: Assembly, edition: EditionFacts, find_medium: FindMedium, keys: Keys) -> None:
        documents = assembly.catalogue.documents
        self._assembly = assembly
        self._keys = keys
        found = {(document.source, document.part): document for document in documents}
        self.documents = {key: found[key] for key in assembly.read}
        self._by_id = {document.id: document for document in documents}
        self._facts = PageFactsMaker(assembly.catalogue, edition, find_medium)

    def ordered(self, key: DocumentKey, order: PageOrder) -> Ordered:
        """Return of what a document's page is to be made."""
        return Ordered(self._keys.page(key[0], order), order.facing[0] if order.facing else "")

    def names(self) -> Iterator[str]:
        """Yield the texts by which pages are told apart: sources, parts and identifiers."""
        for document in self.documents.values():
            yield from (document.source, document.part, document.id)

    def order(self, key: DocumentKey) -> PageOrder:
        """Return the order for a document's page, with that of the document which stands beside it."""
        order = self._order(self.documents[key])
        if order.facts.facing is None:
            return order
        beside = self._by_id[order.facts.facing.id]
        return replace(order, facing=(beside.source, self._order(beside)))

    def _order(self, document: CataloguedDocument) -> PageOrder:
        read = self._assembly.analysis(document)
        return PageOrder(document.part, document.record, self._facts.of(document, read.pointers, read.media))
