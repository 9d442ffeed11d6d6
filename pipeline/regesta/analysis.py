"""Analysis: what one source holds, the first of the two pure functions of a build (`page_making.py` has the other).

`analyse` reads, validates and records a source, in this process or in a worker. It sees nothing but its arguments and
the product files, so that serial, parallel and incremental builds cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from lxml import etree

from regesta import (
    closures,
    documents,
    fidelity,
    including,
    keeping,
    proofreading,
    reading,
    rules,
    validation,
    withholding,
)
from regesta.documents import Document, Nature
from regesta.findings import Finding, Place
from regesta.including import SourceTree
from regesta.keeping import Packed, PackedText, PutBy, Value
from regesta.labels import Language
from regesta.records import DocumentFacts, Entity
from regesta.resources import folder
from regesta.saxon import Saxon, TransformFailure, driver
from regesta.source_facts import SourceFacts, source_facts
from regesta.validation import Schema
from regesta.walking import walk

# fmt: off
_INLINE = frozenset({
    "abbr", "add", "am", "c", "choice", "corr", "date", "del", "emph", "ex", "expan", "foreign", "forename", "gi",
    "hi", "m", "mentioned", "name", "num", "orgName", "orig", "persName", "pc", "placeName", "quote", "ref", "reg",
    "roleName", "rs", "s", "seg", "sic", "soCalled", "subst", "supplied", "surname", "term", "title", "unclear", "w",
})
# fmt: on


@dataclass(frozen=True)
class Tools:
    """What a process needs to work on sources: schemas, the edition's own stylesheets, the site's language."""

    schemas: tuple[Schema, ...] = ()
    custom_record: Path | None = None
    custom_page: Path | None = None
    language: Language = field(default_factory=Language)


@dataclass(frozen=True)
class SourceTask:
    """A source to work on: its bytes, those of the files it includes, and the schemas that judge it."""

    name: str
    shown: str
    data: bytes
    included: bool
    member: bool
    withheld: bool
    others: Mapping[str, tuple[str, bytes]]
    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class DocumentAnalysis(Value):
    """What was learnt of one document.

    `words` are those of its text for the search, `pointers` its targets in other files, `media` those of them that may
    be pictures or recordings; `withheld` says why it is held back, "" when it is shown.
    """

    part: str
    unit: str
    wanted_id: str
    firm: bool
    facts: DocumentFacts
    words: PackedText
    pointers: tuple[str, ...]
    media: tuple[str, ...]
    withheld: str
    position: tuple[int, int]

    @property
    def text(self) -> str:
        """Return the document's text for the search."""
        return self.words.text

    @property
    def has_text(self) -> bool:
        """Tell whether there is any."""
        return bool(self.words.data)


@dataclass(frozen=True, slots=True)
class Unrecorded(Value):
    """A document of which no record could be made, for `reason`; `wanted_id` is the identifier that it asks for."""

    wanted_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceAnalysis(Value):
    """What was learnt of one source; `nature` is None for one that is refused, `reason` says why it is not shown."""

    name: str
    shown: str
    nature: Nature | None
    reason: str
    findings: tuple[Finding, ...]
    documents: tuple[DocumentAnalysis, ...] = ()
    unrecorded: tuple[Unrecorded, ...] = ()
    entities: tuple[Entity, ...] = ()
    withheld: bool = False
    schema: str | None = None
    packed_facts: Packed[SourceFacts] = field(default_factory=Packed)
    prose: tuple[fidelity.Prose, ...] = ()

    @property
    def facts(self) -> SourceFacts:
        """Return what the whole edition must know of the source."""
        return next(iter(self.packed_facts.rows(SourceFacts)), SourceFacts())

    def lightened(self, put: PutBy) -> SourceAnalysis:
        """Return the same with what is seldom looked at held elsewhere."""
        documents = tuple(replace(each, words=each.words.put_by(put)) for each in self.documents)
        return replace(self, documents=documents, packed_facts=self.packed_facts.put_by(put))


def engine(tools: Tools) -> Saxon:
    """Return this process's Saxon for records and Schematron. Raises StylesheetError for a bad record.xsl."""
    return _engine(tools.custom_record)


@closures.by_contents(2)
def _engine(custom_record: Path | None) -> Saxon:
    return Saxon((driver(folder("xslt") / "record.xsl", custom_record, "record"),))


def analyse(task: SourceTask, tools: Tools) -> SourceAnalysis:
    """Return what the source holds; a fault of the source becomes a finding, never an exception."""
    parsed = reading.parse(task.data, task.shown)
    if isinstance(parsed, Finding):
        return _refused(task, parsed)
    tree, findings = including.resolve(parsed, task.name, task.others)
    nature = documents.nature(tree, included=task.included, member=task.member)
    if isinstance(nature, Finding):
        return _refused(task, nature)
    if nature is Nature.FRAGMENT:
        marked = tuple(proofreading.proofread_file(parsed))
        return SourceAnalysis(task.name, task.shown, nature, "included in another source", marked)
    saxon = engine(tools)
    found = [*findings, *validation.validate(tree, task.schemas, saxon, _serialise(tree.root))]
    walked = walk(tree)
    found += [*proofreading.proofread_file(parsed), *proofreading.proofread(walked)]
    found += _unknown_status(tree)
    unrecorded: list[Unrecorded] = []
    read = list(_documents(tree, task, saxon, found, unrecorded))
    analysis = SourceAnalysis(
        name=task.name,
        shown=task.shown,
        nature=nature,
        reason="",
        findings=tuple(found),
        schema=", ".join(schema.name for schema in task.schemas) or None,
        packed_facts=Packed.of([source_facts(walked)]),
    )
    if nature is Nature.DOCUMENTS:
        return replace(analysis, documents=tuple(read), unrecorded=tuple(unrecorded))
    if not read:
        return replace(analysis, nature=None, reason=unrecorded[0].reason)
    register = read[0]
    entities = register.facts.entities
    prose = tuple(_prose(tree, task.name))
    return replace(analysis, entities=entities, withheld=bool(register.withheld), reason=register.withheld, prose=prose)


def kept(task: SourceTask, work: Callable[[SourceTask, Tools], SourceAnalysis], tools: Tools) -> bytes | SourceAnalysis:
    """Return what `work` (`analyse`) makes of a source, in the form in which it is kept."""
    return keeping.dump(work(task, tools))


def lost_analysis(task: SourceTask, reason: str) -> SourceAnalysis:
    """Return what stands for a source that ended its worker or went beyond a limit, for this reason."""
    finding = rules.finding("source-ends-worker", Place(task.shown), reason=reason)
    return SourceAnalysis(task.name, task.shown, None, finding.message, (finding,))


def _refused(task: SourceTask, finding: Finding) -> SourceAnalysis:
    return SourceAnalysis(task.name, task.shown, None, finding.message, (finding,))


def _documents(
    tree: SourceTree, task: SourceTask, saxon: Saxon, found: list[Finding], unrecorded: list[Unrecorded]
) -> Iterator[DocumentAnalysis]:
    for document in documents.split(tree, task.name):
        try:
            facts = DocumentFacts.from_json(saxon.transform("record", saxon.document(_serialise(document.root))))
        except TransformFailure as failure:
            place = tree.place(document.origin(0), document.root)
            found.append(rules.finding("record-failed", place, reason=failure.reason))
            unrecorded.append(Unrecorded(document.wanted_id, found[-1].message))
            continue
        yield DocumentAnalysis(
            part=document.part,
            unit=document.unit,
            wanted_id=document.wanted_id,
            firm=document.firm,
            facts=facts,
            words=PackedText.of(_words(document.root)),
            pointers=tuple(_pointers(document.root)),
            media=tuple(dict.fromkeys(_media(document.root))),
            position=_position(tree, document),
            withheld=_withheld(document, task),
        )


def _prose(tree: SourceTree, name: str) -> Iterator[fidelity.Prose]:
    """Yield the prose of a register's entries, which the pages of entities show."""
    document = next(iter(documents.split(tree, name)))
    for number, entry, xml in fidelity.prose_of(document.root):
        yield fidelity.Prose(number, entry, xml, tree.place(document.origin(number)))


def _unknown_status(tree: SourceTree) -> Iterator[Finding]:
    for element in tree.root.iter("{*}TEI", "{*}teiCorpus"):
        stated = withholding.status(element)
        if not withholding.is_known(stated):
            place = tree.place(reading.element_index(element), element)
            yield rules.finding("status-unknown", place, status=stated)


def _withheld(document: Document, task: SourceTask) -> str:
    """Return why the document is held back, "" when it is shown."""
    if document.held_back:
        return f"its status is {document.held_back}"
    return "edition.toml withholds it" if task.withheld else ""


def _position(tree: SourceTree, document: Document) -> tuple[int, int]:
    """Return line and column of the document itself: in a volume, of its division."""
    index = 0
    if document.unit == "division":
        division = document.root.find(f"{{{documents.TEI}}}text/{{{documents.TEI}}}body/*")
        index = 0 if division is None else reading.element_index(division)
    place = tree.place(document.origin(index))
    return place.line, place.column


def _serialise(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode", with_tail=False)


def _pointers(root: etree._Element) -> Iterator[str]:
    """Yield the targets of references in the text, once each, that are not addresses on the network."""
    seen: set[str] = set()
    for element in root.iter(f"{{{documents.TEI}}}ref", f"{{{documents.TEI}}}ptr"):
        for target in (element.get("target") or "").split():
            if "://" not in target and not target.startswith("mailto:") and target not in seen:
                seen.add(target)
                yield target


def _media(root: etree._Element) -> Iterator[str]:
    """Yield the pointers that may lead to a picture or a recording of the edition, as written."""
    for attributes in (element.attrib for element in root.iter(etree.Element) if element.attrib):
        for value in (attributes.get("url", ""), *attributes.get("facs", "").split(), attributes.get("target", "")):
            if "." in value and "://" not in value:
                yield value


def _words(root: etree._Element) -> str:
    """Return the document's text for the search, white space folded, headers left out."""
    pieces: list[str] = []
    for child in root.iterchildren(etree.Element):
        if reading.local_name(child) != "teiHeader":
            _collect(child, pieces)
    return " ".join("".join(pieces).split())


@cache
def _is_block(tag: str) -> bool:
    return tag.rpartition("}")[2] not in _INLINE


def _collect(element: etree._Element, pieces: list[str]) -> None:
    edge = " " if _is_block(str(element.tag)) else ""
    pieces += (edge, element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(edge)
