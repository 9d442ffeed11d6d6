"""Revision: the build after the texts of a few documents have changed, and nothing else.

A whole build leaves a state behind: of each source what was found and of what its pages were made. Where the survey
shows other contents in a few sources only, these are analysed; when all that the rest of the edition can see of them
is as it was, their pages, the search data with their words and the reports are made anew, and everything else is taken
over. In any doubt the whole build is done (`NotAlone`): what comes of both is the same, byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from regesta import keeping, ledger, manifest, unchanged
from regesta.analysis import SourceAnalysis
from regesta.assembly import DocumentKey
from regesta.build_state import DocumentState, SourceState, State, packed, packed_again
from regesta.cache import Cache
from regesta.documents import Nature
from regesta.edition import Edition
from regesta.entry_proof import EntryProof
from regesta.exchanging import replace_file
from regesta.execution import Executor
from regesta.findings import Finding, Place
from regesta.gathering import Gathered, gather
from regesta.judging import judge
from regesta.keeping import Packed, PackedText
from regesta.page_making import MadePage, PageOrder, ProvedPage
from regesta.page_workshop import PAGES, Ordered, key_of_facts, made_pages, paths, slim
from regesta.progress import Progress, Stopwatch
from regesta.publishing import Publication
from regesta.rendering import PageFacts
from regesta.report import Report, Row, findings_json
from regesta.search_workshop import SearchWorkshop
from regesta.source_facts import Anchor, DatedPlace, Numbered, Pointer
from regesta.unchanged import Look
from regesta.workshop import Workshop

MOST = 40
"""When more sources have changed, a whole build is as fast."""

_FILE = "state"
_NOWHERE = Place("")


class NotAlone(Exception):  # noqa: N818 - no fault: the whole build is done instead
    """What changed may concern other pages than those of the changed documents."""


@dataclass(frozen=True)
class Means:
    """What a revision works with."""

    publication: Publication
    cache: Cache
    executor: Executor
    progress: Progress
    clock: Stopwatch


@dataclass(frozen=True)
class Made:
    """What a whole build has made, and from what."""

    workshop: Workshop
    analyses: Sequence[SourceAnalysis]
    pages: Sequence[ProvedPage]
    ordered: Mapping[DocumentKey, Ordered]
    ledger: Sequence[Row]


def remember(means: Means, survey: str, made: Made, across: Sequence[Finding], entries: EntryProof) -> None:
    """Write down what the next build needs to revise this one. Raises OSError."""
    if made.workshop.edition.config.exchange.formats:
        return  # They hold the texts too.
    analyses = {analysis.name: analysis for analysis in made.analyses}
    pages = _InStep(made.pages)
    beside = {each.facing for each in made.ordered.values() if each.facing}

    def states() -> Iterator[SourceState]:
        for name, rows in groupby(made.ledger, attrgetter("source")):
            analysis, of = analyses.get(name), pages.of(name)
            if analysis is None:
                yield SourceState(name, "", (), tuple(rows), (), (0, 0), is_alone=False)
                continue
            yield SourceState(
                name,
                made.workshop.analysis_keys.get(name, ""),
                tuple(
                    DocumentState(page.part, page.id, made.ordered[page.source, page.part].key)
                    for page in of
                    if page.is_made
                ),
                tuple(rows),
                findings_of(analysis, of),
                removed_of(of),
                name not in beside and _is_alone(made, analysis, of),
            )

    blocks = packed(states())
    _write(means.publication.cache, State(survey, means.publication.seal(), blocks, tuple(across), entries))


class _InStep:
    """Pages in the order of their sources, which are asked for in that order: so none need be sorted into a table."""

    def __init__(self, pages: Iterable[ProvedPage]) -> None:
        self._groups = groupby(pages, attrgetter("source"))
        self._next = next(self._groups, None)

    def of(self, source: str) -> list[ProvedPage]:
        """Return the pages of a source."""
        if self._next is None or self._next[0] != source:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _is_alone(made: Made, analysis: SourceAnalysis, pages: Iterable[ProvedPage]) -> bool:
    gathered = made.workshop.gathered
    return (
        analysis.nature is Nature.DOCUMENTS
        and analysis.name not in gathered.included | gathered.members | gathered.including
        and all(page.is_made and not made.ordered[page.source, page.part].facing for page in pages)
    )


def _write(folder: Path, state: State) -> None:
    replace_file(folder / _FILE, manifest.sealed(keeping.dump(state)), folder / f"{_FILE}.new")


def revise(edition: Edition, found: Look, means: Means) -> Report:
    """Build what the look at the edition says has changed, publish, and return the report.

    Raises NotAlone when that may not be all there is to do; nothing is published then. Else raises what `build` does.
    """
    publication, clock = means.publication, means.clock
    with clock.stage("read"):
        state, sources, gathered = _read(edition, found, publication)
    revised = _Revised(
        edition, state, sources, Workshop(edition, gathered, means.executor, means.progress, means.cache), means
    )
    with clock.stage("analyse"):
        revised.analyse()
    with clock.stage("render"):
        revised.make_pages()
    with clock.stage("search"):
        search = revised.search()
    after = {each.name: each for each in revised.source_states()}
    sources |= after
    findings = [*state.across, *(finding for each in sources.values() for finding in each.findings)]
    judged = judge(findings, edition.config, edition.configuration)
    with clock.stage("publish"):
        counted = publication.commit()
    report = Report(
        edition=edition.facts.title,
        published=True,
        ledger=tuple(row for name in sorted(sources) for row in sources[name].rows),
        findings=tuple(judged),
        pages=counted,
        entries=state.entries,
        seconds=clock.seconds(),
        removed_from_tei=removed_from_tei(each.removed for each in sources.values()),
        slowest=tuple(means.executor.timings.slowest()),
    )
    publication.write_reports(report.chunks(), findings_json(judged))
    search.remember()
    survey = found.survey.digest(found.besides)
    blocks = packed_again(state.blocks, list(sources.values()), after)
    _write(publication.cache, replace(state, survey=survey, seal=publication.seal(), blocks=blocks))
    published = publication.published()
    unchanged.remember(
        edition.where, found.survey, gathered.digests, found.besides, report.summary(), published=published
    )
    return report


def _read(edition: Edition, found: Look, publication: Publication) -> tuple[State, dict[str, SourceState], Gathered]:
    """Return what the last build left, of each source too, and those that have changed since. Raises NotAlone."""
    state = _state(publication.cache)
    if (state.survey, state.seal) != (found.last, publication.seal()):
        raise NotAlone
    try:
        sources = state.sources()
    except ValueError:
        raise NotAlone from None
    known = [sources[name] for name in found.changed if name in sources]
    if len(known) != len(found.changed) or not all(each.is_alone for each in known):
        raise NotAlone
    gathered = gather(edition, found.changed)
    if gathered.refused or gathered.including or {file.name for file in gathered.files} != found.changed:
        raise NotAlone
    if gathered.findings or not publication.take_over():
        raise NotAlone
    return state, sources, gathered


class _Revised:
    """The documents that have changed, and what the last build kept of them and of the others."""

    def __init__(
        self, edition: Edition, state: State, sources: Mapping[str, SourceState], workshop: Workshop, means: Means
    ) -> None:
        self._edition = edition
        self._state = state
        self._sources = sources
        self._workshop = workshop
        self._means = means
        self._before: dict[str, SourceAnalysis] = {}
        self._after: dict[str, SourceAnalysis] = {}
        self._others: dict[str, SourceAnalysis] = {}
        self._pages: dict[str, dict[str, ProvedPage]] = defaultdict(dict)
        self._keys: dict[DocumentKey, str] = {}

    def analyse(self) -> None:
        """Look into the changed sources. Raises NotAlone when other pages could show what has changed in them."""
        self._after = {analysis.name: analysis for analysis in self._workshop.analyse()}
        self._before = _analyses(self._means.cache, [self._sources[name].analysis for name in self._after])
        for name, analysis in self._after.items():
            _compare(self._before.get(name), analysis, self._state.across)

    def make_pages(self) -> None:
        """Make and prove the pages of the changed documents, and stage them. Raises NotAlone when one fails."""
        orders = {name: tuple(self._orders(analysis)) for name, analysis in self._after.items()}
        ordered = {(name, order.part): order for name, each in orders.items() for order in each}
        self._keys = {key: self._workshop.keys.page(key[0], order) for key, order in ordered.items()}
        means = self._means
        results = made_pages(self._edition, self._workshop.gathered, means.executor, orders, orders.__getitem__)
        for page in _made(means.progress.track(results, PAGES, len(orders))):
            source, part = page.proved.source, page.proved.part
            key = self._keys[source, part]
            self._pages[source][part] = page.proved
            for path, data in zip(paths(page.proved), (page.html, page.tei), strict=True):
                means.publication.rewrite(path, data, key)
            means.cache.put(key, keeping.dump(page.proved))
            means.cache.put(key_of_facts(key), keeping.dump(slim(ordered[source, part].facts)))

    def search(self) -> SearchWorkshop:
        """Set the search data right. Raises NotAlone when they must be made anew."""
        search = SearchWorkshop(self._means.cache, self._means.publication)
        found = dict(search.former)
        for name in self._after:
            for document in self._sources[name].documents:
                if document.id not in found:
                    raise NotAlone
                found[document.id] = replace(found[document.id], analysis=self._workshop.analysis_keys[name])
        if not search.revise(found):
            raise NotAlone
        return search

    def source_states(self) -> Iterator[SourceState]:
        """Yield the state of each changed source as it is now."""
        for name, analysis in self._after.items():
            former, pages = self._sources[name], self._pages[name]
            made = {(name, part): page for part, page in pages.items()}
            yield replace(
                former,
                analysis=self._workshop.analysis_keys[name],
                documents=tuple(replace(each, page=self._keys[name, each.part]) for each in former.documents),
                rows=tuple(ledger.rows_of(analysis, made, {key: page.id for key, page in made.items()})),
                findings=findings_of(analysis, pages.values()),
                removed=removed_of(pages.values()),
            )

    def _orders(self, analysis: SourceAnalysis) -> Iterator[PageOrder]:
        """Yield the orders for the pages of a source. Raises NotAlone when the cache has lost one."""
        records = {document.part: document.facts.record for document in analysis.documents}
        for document in self._sources[analysis.name].documents:
            facts = self._load(key_of_facts(document.page), PageFacts)
            yield PageOrder(document.part, records[document.part], replace(facts, edition=self._edition.facts))

    def _load(self, name: str, kind: type[keeping.Kept]) -> keeping.Kept:
        for _name, data in self._means.cache.take([name]):
            try:
                return keeping.load(kind, data)
            except ValueError:
                break
        raise NotAlone


def _made(results: Iterable[Iterable[MadePage | ProvedPage]]) -> Iterator[MadePage]:
    """Yield the pages. Raises NotAlone when one could not be made: then it is refused, and lists change."""
    for pages in results:
        for page in pages:
            if isinstance(page, ProvedPage) or not page.proved.is_made:
                raise NotAlone
            yield page


def removed_from_tei(removed: Iterable[tuple[int, int]]) -> dict[str, int]:
    """Return how many comments and instructions were left out of the TEI offered for download, given those of pages."""
    rows = list(removed)
    return {
        "comments": sum(comments for comments, _instructions in rows),
        "instructions": sum(instructions for _comments, instructions in rows),
    }


def _state(cache: Path) -> State:
    """Return the state that the last build left. Raises NotAlone when there is none."""
    try:
        content = manifest.unsealed((cache / _FILE).read_bytes())
        return keeping.load(State, content or b"")
    except (OSError, ValueError):
        raise NotAlone from None


def _analyses(cache: Cache, keys: Iterable[str]) -> dict[str, SourceAnalysis]:
    found = {}
    for _key, data in cache.take(keys):
        try:
            analysis = keeping.load(SourceAnalysis, data)
        except ValueError:
            continue
        found[analysis.name] = analysis
    return found


def _compare(before: SourceAnalysis | None, after: SourceAnalysis, across: Iterable[Finding]) -> None:
    """Raise NotAlone when the rest of the edition can see of a source what it could not see before."""
    if before is None or after.nature is not Nature.DOCUMENTS or _seen(before) != _seen(after):
        raise NotAlone
    if _positions(before) != _positions(after):
        told = (part for finding in across for part in (finding.path, finding.message, finding.hint))
        if any(after.shown in part for part in told):
            raise NotAlone


def _seen(analysis: SourceAnalysis) -> tuple[object, ...]:
    """Return what an analysis says, without lines and what concerns the source's own pages and findings alone."""
    facts = analysis.facts
    told: tuple[Anchor | Pointer | DatedPlace | Numbered, ...]
    told = (*facts.anchors, *facts.pointers, *facts.dates, *facts.numbered)
    return (
        replace(
            analysis,
            findings=(),
            documents=tuple(replace(each, words=PackedText(), position=(0, 0)) for each in analysis.documents),
            packed_facts=Packed(),
        ),
        (facts.root_id, facts.addresses, facts.known_as),
        *(replace(each, place=_NOWHERE) for each in told),
    )


def _positions(analysis: SourceAnalysis) -> tuple[object, ...]:
    facts = analysis.facts
    told = (facts.anchors, facts.pointers, facts.dates, facts.numbered)
    return *told, tuple(document.position for document in analysis.documents)


def findings_of(analysis: SourceAnalysis, pages: Iterable[ProvedPage]) -> tuple[Finding, ...]:
    """Return the findings of a source and of its pages, before they are judged."""
    return (*analysis.findings, *(finding for page in pages for finding in page.findings))


def removed_of(pages: Iterable[ProvedPage]) -> tuple[int, int]:
    """Return how many comments and instructions are left out of the TEI of these pages."""
    pages = list(pages)
    return sum(page.comments for page in pages), sum(page.instructions for page in pages)
