"""Material: all that a format may draw on, from the sources as they are now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property

from regesta import rules
from regesta.catalogue import CataloguedEntity
from regesta.citing.work import Work
from regesta.errors import StylesheetError
from regesta.exchange.model import EditionFacts, Exported
from regesta.findings import Finding, Place
from regesta.history import NO_HISTORY, History
from regesta.rendering import Medium
from regesta.resources import folder
from regesta.saxon import Saxon, Stylesheet, TransformFailure

File = tuple[str, bytes]
"""A file of a package: its path below the package, POSIX, and its bytes."""


@dataclass(frozen=True)
class Register:
    """A register as it lies in the edition: its path there; `tei` gives its TEI without comments."""

    source: str
    tei: Callable[[], bytes]


@dataclass(frozen=True)
class Material:
    """An edition for archives.

    `tei` gives the TEI of a document by its id (without comments and processing instructions), `schema` the files of
    the schema that judges the edition, `works` what bibliographies know of the documents; `found` collects what a
    format could not state. `configuration` and `shown` are paths for findings.
    """

    edition: EditionFacts
    documents: tuple[Exported, ...]
    entities: tuple[CataloguedEntity, ...]
    tei: Callable[[str], bytes]
    registers: tuple[Register, ...] = ()
    schema: Callable[[], Iterator[File]] = lambda: iter(())
    works: Callable[[], Sequence[Work]] = tuple
    history: History = NO_HISTORY
    medium: Callable[[str, str], Medium | None] = lambda _source, _pointer: None
    configuration: str = "edition.toml"
    shown: Mapping[str, str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    @cached_property
    def by_id(self) -> Mapping[str, Exported]:
        """Return the documents by their ids."""
        return {document.id: document for document in self.documents}

    @cached_property
    def addresses(self) -> Mapping[tuple[str, str], str]:
        """Return the addresses of all documents and entities by source and identifier; none without [edition] url."""
        if not self.edition.url:
            return {}
        found = {
            (source, entity.entity.key): self.address(entity.page)
            for entity in self.entities
            for source in entity.sources
        }
        for document in self.documents:
            found.setdefault((document.source, document.part.rpartition("/")[2]), self.address(document.page))
        return found

    def make(self, form: str, **model: object) -> bytes:
        """Return the XML that `xslt/export.xsl` makes in the format `form` of the values in `model`.

        Raises StylesheetError when the stylesheet fails: no source can make it do so.
        """
        values = {"form": form, "edition": asdict(self.edition), **model}
        try:
            text = _engine().call("export", {"model": json.dumps(values, ensure_ascii=False, default=asdict)})
        except TransformFailure as failure:
            raise StylesheetError(f"The format {form} could not be made: {failure.reason}", "Report this.") from None
        return text.encode("utf-8")

    def missing(self, document: Exported, form: str, field_name: str, consequence: str) -> None:
        """Note that `document` does not state what the format wants."""
        place = Place(self.shown.get(document.source, document.source), 1, 1)
        self.found.append(
            rules.finding(
                "export-field-missing",
                place,
                form=form,
                field=field_name,
                document=document.id,
                consequence=consequence,
            )
        )

    def unset(self, key: str, lost: str) -> None:
        """Note that edition.toml does not state `key`, without which `lost` is left out; once a key and loss."""
        finding = rules.finding("setting-missing", Place(self.configuration, 1, 1), key=key, lost=lost)
        if finding not in self.found:
            self.found.append(finding)

    def address(self, path: str) -> str:
        """Return the address of a file of the site, "" when the edition does not state where it will stand."""
        return f"{self.edition.url}{path}" if self.edition.url else ""


def each(material: Material, make: Callable[[Exported], bytes | None], suffix: str) -> Iterator[File]:
    """Yield a file for each document that `make` makes one of, named after the document."""
    for document in material.documents:
        data = make(document)
        if data is not None:
            yield f"{document.id}{suffix}", data


@cache
def _engine() -> Saxon:
    """Return this process's Saxon with the export stylesheet."""
    return Saxon((Stylesheet("export", path=folder("xslt") / "export.xsl"),))
