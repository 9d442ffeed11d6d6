"""Library: an edition for programs, read from its sources as they are now (`regesta.open`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from regesta.catalogue import CataloguedEntity
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.exchange.material import Material
from regesta.exchange.model import Exported
from regesta.exchange.prose import plain
from regesta.exporting import opened
from regesta.progress import Silent


@dataclass(frozen=True)
class OpenedEdition:
    """An edition that was read: its documents with their records, its entities, and the texts.

    Iterating yields the documents in the collection's order. What the edition holds back is not in it.
    """

    material: Material = field(repr=False)

    @property
    def title(self) -> str:
        """Return the title of the edition."""
        return self.material.edition.title

    @property
    def documents(self) -> tuple[Exported, ...]:
        """Return the documents with their records, in the collection's order."""
        return self.material.documents

    @property
    def entities(self) -> tuple[CataloguedEntity, ...]:
        """Return persons, organisations, places, events and terms, each with the ids of the documents that name it."""
        return self.material.entities

    def __iter__(self) -> Iterator[Exported]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, document_id: str) -> Exported:
        """Return the document with this id. Raises KeyError when there is none."""
        return self._by_id[document_id]

    def tei(self, document_id: str) -> bytes:
        """Return a document's TEI, without comments and processing instructions. Raises KeyError."""
        return self.material.tei(self[document_id].id)

    def text(self, document_id: str) -> str:
        """Return a document's text in order, notes in brackets, as `regesta export text` does. Raises KeyError."""
        return plain(self.tei(document_id), self[document_id].source)

    @property
    def _by_id(self) -> Mapping[str, Exported]:
        return self.material.by_id


def open(path: str | PathLike[str], *, jobs: int | None = None) -> OpenedEdition:
    """Return the edition in a folder: one with edition.toml, or any folder of TEI.

    `jobs` are the processes that read it. Raises UsageError when there is no such folder or edition.toml has errors.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name the folder of an edition, or of TEI files.")
    is_edition = (folder / "edition.toml").is_file() or (folder / "tei").is_dir()
    edition = open_edition(folder, None, None) if is_edition else open_edition(None, folder, None)
    return OpenedEdition(opened(edition, Silent(), jobs))
