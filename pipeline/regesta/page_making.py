"""Pages: the second of the two pure functions of a build, run on one source at a time like `analysis.analyse`.

`make_pages` renders a source's documents and proves them; it sees nothing but its arguments and the product files. It
has a Saxon of its own, so that checking alone never compiles page.xsl.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from lxml import etree

from regesta import citing, closures, documents, fidelity, including, reading, rendering, rules
from regesta.analysis import SourceTask, Tools
from regesta.documents import Document
from regesta.errors import RegestaError
from regesta.findings import Finding, Place
from regesta.including import SourceTree
from regesta.keeping import Value
from regesta.labels import Language
from regesta.records import Record
from regesta.rendering import PageFacts
from regesta.resources import folder
from regesta.saxon import Saxon, TransformFailure, driver


@dataclass(frozen=True, slots=True)
class PageOrder(Value):
    """A page to make: which document of the source, with its record and page facts.

    `facing` are the source and the order of the document that stands beside it.
    """

    part: str
    record: Record
    facts: PageFacts
    facing: tuple[str, PageOrder] | None = None


PageTask = tuple[SourceTask, tuple[PageOrder, ...], tuple[SourceTask, ...]]
"""A source, the pages that are ordered of it, and the sources of the documents that stand beside its own."""


@dataclass(frozen=True, slots=True)
class ProvedPage(Value):
    """What a build tells of a page; `is_made` is False when the document could not be rendered.

    The counts are of what the TEI offered for download leaves out (see `rendering.Download`).
    """

    source: str
    part: str
    id: str
    is_made: bool
    proof: fidelity.Proof
    findings: tuple[Finding, ...]
    comments: int = 0
    instructions: int = 0


@dataclass(frozen=True, slots=True)
class MadePage(Value):
    """A finished page and the TEI offered for download, both empty when the document could not be rendered."""

    proved: ProvedPage
    html: bytes = b""
    tei: bytes = b""


@dataclass(frozen=True)
class _Desk:
    """What pages of a source are made with: the tools, and the sources whose documents stand beside its own."""

    tools: Tools
    beside: Mapping[str, SourceTree]

    def text(self, source: str, order: PageOrder) -> str:
        """Return the text of the document that stands beside another. Raises TransformFailure."""
        found = (each for each in documents.split(self.beside[source], source) if each.part == order.part)
        return rendering.facing_text(engine(self.tools), next(found).root, order.record, order.facts)


def engine(tools: Tools) -> Saxon:
    """Return this process's Saxon for pages. Raises StylesheetError when page.xsl does not compile."""
    return _engine(tools.custom_page, tools.language)


@closures.by_contents(2)
def _engine(custom_page: Path | None, language: Language) -> Saxon:
    return Saxon((driver(folder("xslt") / "page.xsl", custom_page, "page"),), language=language)


def make_pages(task: PageTask, tools: Tools) -> tuple[MadePage, ...]:
    """Return the pages of the documents that are ordered, each proved against its source."""
    source, orders, facing = task
    tree = _tree(source)
    wanted = {order.part: order for order in orders}
    desk = _Desk(tools, {each.name: _tree(each) for each in facing})
    return tuple(
        _page(source.name, tree, document, wanted[document.part], desk)
        for document in documents.split(tree, source.name)
        if document.part in wanted
    )


def _tree(task: SourceTask) -> SourceTree:
    parsed = reading.parse(task.data, task.shown)
    if isinstance(parsed, Finding):
        raise RegestaError(f"{task.shown} was read before and cannot be read now: {parsed.message}", "Run this again.")
    tree, _findings = including.resolve(parsed, task.name, task.others)
    return tree


def lost_pages(task: PageTask, reason: str) -> tuple[ProvedPage, ...]:
    """Return what stands for the pages of a source that ended its worker or went beyond a limit, for this reason."""
    source, orders, _facing = task
    finding = rules.finding("source-ends-worker", Place(source.shown), reason=reason)
    return tuple(_failed(source.name, order, finding) for order in orders)


def _failed(source: str, order: PageOrder, finding: Finding) -> ProvedPage:
    return ProvedPage(source, order.part, order.facts.id, False, fidelity.Proof(), (finding,))


def _citing(order: PageOrder) -> str:
    facts = order.facts
    return citing.to_json(citing.citing(facts.id, facts.label, order.record, facts.edition))


def _page(source: str, tree: SourceTree, document: Document, order: PageOrder, desk: _Desk) -> MadePage:
    def place_of(index: int | None) -> Place:
        return tree.place(document.origin(0 if index is None else index))

    def shown_by(index: int) -> str:
        element = next(islice(document.root.iter(etree.Element), index, None))
        return str(fidelity.suspect(element, folder("xslt") / "page.xsl", desk.tools.custom_page) or "")

    try:
        html = rendering.page(engine(desk.tools), document.root, order.record, order.facts, _citing(order))
        if order.facing is not None:
            html = rendering.face(html, desk.text(*order.facing))
    except TransformFailure as failure:
        finding = rules.finding("page-failed", place_of(None), reason=failure.reason)
        return MadePage(_failed(source, order, finding))
    proof = fidelity.prove(document.root, html, reading=order.facts.edition.reading)
    tei = rendering.download(document.root)
    proved = ProvedPage(
        source=source,
        part=document.part,
        id=order.facts.id,
        is_made=True,
        proof=replace(proof, faults=(), set_aside=dict(proof.set_aside)),
        findings=tuple(fidelity.fault_findings(proof.faults, place_of, shown_by)),
        comments=tei.comments,
        instructions=tei.instructions,
    )
    return MadePage(proved, html.encode("utf-8"), tei.data)
