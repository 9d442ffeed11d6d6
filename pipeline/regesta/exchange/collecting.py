"""Collecting: an analysed edition becomes the material of its exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from regesta import documents, including, reading, rendering
from regesta.analysis import SourceAnalysis
from regesta.assembly import Assembly
from regesta.catalogue import Catalogue
from regesta.citing.work import Work, work
from regesta.documents import Nature
from regesta.edition import Edition
from regesta.errors import RegestaError
from regesta.exchange.material import File, Material, Register
from regesta.exchange.model import EditionFacts, exported, language
from regesta.findings import Finding
from regesta.gathering import Gathered
from regesta.including import SourceTree
from regesta.media import Media


def collect(edition: Edition, gathered: Gathered, analyses: Iterable[SourceAnalysis], assembly: Assembly) -> Material:
    """Return the material of the edition: what is withheld is not in it."""
    sources = _Sources(gathered)
    shown = exported(assembly.catalogue)
    parts = {document.id: (document.source, document.part) for document in assembly.catalogue.documents}
    registers = [each for each in analyses if each.nature is Nature.REGISTER and not each.withheld]
    return Material(
        edition=_facts(edition),
        documents=shown,
        entities=assembly.catalogue.entities,
        tei=lambda document: sources.document(*parts[document]),
        registers=tuple(Register(each.name, partial(sources.whole, each.name)) for each in registers),
        schema=partial(_schemas, edition),
        works=partial(_works, edition, assembly.catalogue),
        history=edition.history,
        medium=Media(edition.root, edition.sources).find,
        configuration=edition.configuration,
        shown={each.name: each.shown for each in analyses},
    )


def _works(edition: Edition, catalogue: Catalogue) -> list[Work]:
    return [work(each.id, each.label, each.record, edition.facts) for each in catalogue.documents]


def _facts(edition: Edition) -> EditionFacts:
    told, exchange, collection = edition.facts, edition.config.exchange, edition.config.collection
    url = told.url if not told.url or told.url.endswith("/") else f"{told.url}/"
    return EditionFacts(
        title=told.title,
        subtitle=told.subtitle,
        editors=tuple(edition.config.edition.editors),
        publisher=told.publisher,
        licence=told.licence,
        licence_url=told.licence_url,
        rights=told.rights,
        languages=tuple(language(tag) for tag in edition.config.edition.languages),
        url=url,
        date=told.date,
        collection=collection.name,
        holder=collection.holder,
        repository=exchange.repository,
        agency=exchange.agency,
        admin_email=exchange.admin_email,
        identifier_prefix=exchange.identifier_prefix,
    )


def _schemas(edition: Edition) -> Iterator[File]:
    for schema in edition.tools.schemas:
        yield schema.path.name, schema.path.read_bytes()


@dataclass
class _Sources:
    """The TEI of documents, read from their sources when it is asked for; the last source is kept."""

    gathered: Gathered
    _name: str = ""
    _parts: dict[str, bytes] = field(default_factory=dict)

    def document(self, source: str, part: str) -> bytes:
        """Return the TEI of one document, as it is offered for download."""
        if self._name != source:
            split = documents.split(self._tree(source), source)
            self._name, self._parts = source, {each.part: rendering.download(each.root).data for each in split}
        return self._parts[part]

    def whole(self, source: str) -> bytes:
        """Return a whole source, its includes in place."""
        return rendering.download(self._tree(source).root).data

    def _tree(self, source: str) -> SourceTree:
        task = next(self.gathered.tasks([source]))
        parsed = reading.parse(task.data, task.shown)
        if isinstance(parsed, Finding):
            raise RegestaError(f"{task.shown} was read before and cannot be read now.", "Run this again.")
        return including.resolve(parsed, task.name, task.others)[0]
