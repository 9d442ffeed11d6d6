"""Records: what the edition knows about a document, as `xslt/record.xsl` reads it from the header.

The dataclasses here are the one shape of that knowledge: `record.xsl` writes them as JSON, the page and index
stylesheets receive them as JSON with the same keys, and Python reads them through `DocumentFacts.from_json`.
Texts are as written in the source with white space folded; an empty string or tuple means "not stated".
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from regesta import shapes
from regesta.keeping import Recurring, Value


@dataclass(frozen=True, slots=True)
class Identifier(Recurring):
    """An identifier from outside: record number, DOI, ARK, file number (TEI `idno/@type`)."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class DatedEvent(Recurring):
    """One date of a document. `kind` is event, signed, sent, received, registered, written or listing.

    `written` is the date as the source words it; the others are its TEI attributes (att.datable.w3c), unchecked.
    """

    kind: str
    written: str = ""
    when: str = ""
    not_before: str = ""
    not_after: str = ""
    date_from: str = ""
    date_to: str = ""
    cert: str = ""


@dataclass(frozen=True, slots=True)
class Mention(Recurring):
    """A person, organisation, place, event or term that the document names.

    `kind` is person, organisation, place, event, work or term; `ref` the pointer as written ("" when there is
    none); `label` the words that name it; `role` author, sender, addressee, participant, translator, provider
    or mentioned; `in_text` tells a name in the text from one in the header.
    """

    kind: str
    ref: str
    label: str
    role: str = "mentioned"
    cert: str = ""
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class ShelfmarkPart(Recurring):
    """One part of a shelfmark: `unit` is fond, opis, delo, papka, list, box, folder … and `value` as written."""

    unit: str
    value: str


@dataclass(frozen=True, slots=True)
class Holding(Recurring):
    """Where a witness lies (TEI `msIdentifier`): `shelfmark` verbatim, `parts` where the encoding parses it."""

    repository: str
    settlement: str = ""
    collection: str = ""
    shelfmark: str = ""
    parts: tuple[ShelfmarkPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation(Recurring):
    """A link to another document: `name` is TEI's or ours (draft-of, translation-of, enclosure-of, part-of …)."""

    name: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class HeaderNote(Recurring):
    """A note about the record itself: `type` is discrepancy, source, access, general or another."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Record(Value):
    """What the edition knows about one document. `title` is "" when the source has none."""

    title: str
    type: str = ""
    subtitles: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dates: tuple[DatedEvent, ...] = ()
    languages: tuple[str, ...] = ()
    extent: str = ""
    mentions: tuple[Mention, ...] = ()
    holdings: tuple[Holding, ...] = ()
    classification: str = ""
    rights: str = ""
    rights_url: str = ""
    access: str = ""
    abstract: str = ""
    abstract_source: str = ""
    online: str = ""
    transcript: str = "full"
    collection: str = ""
    membership: str = ""
    order: int | None = None
    relations: tuple[Relation, ...] = ()
    notes: tuple[HeaderNote, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class EntityName(Value):
    """A form of an entity's name: `type` is main, variant, sort or what the register says."""

    text: str
    type: str = "variant"
    language: str = ""


@dataclass(frozen=True, slots=True)
class EntityFact(Value):
    """Something a register says of an entity: `kind` is role, birth, death, residence, note, date or another.

    `text` has all its words; `language` is what the register says of theirs; `place` is the number of the element among
    those of its document, from 0, or -1 for what no element says.
    """

    kind: str
    text: str
    dates: str = ""
    language: str = ""
    place: int = -1


@dataclass(frozen=True, slots=True)
class Entity(Value):
    """An entry of a register or of a document's own list.

    `key` is its `xml:id` ("" when it has none), `label` the name to show, `authorities` its identifiers (VIAF,
    GND, Wikidata …), `coordinates` "latitude longitude" as TEI's `geo` has them, `place` the number of the entry among
    the elements of its document, from 0 (-1 for an entity that has no entry).
    """

    kind: str
    key: str
    label: str
    names: tuple[EntityName, ...] = ()
    facts: tuple[EntityFact, ...] = ()
    authorities: tuple[Identifier, ...] = ()
    coordinates: str = ""
    place: int = -1


@dataclass(frozen=True, slots=True)
class DocumentFacts(Value):
    """All that `record.xsl` reads from one document: its record and the entities that it lists itself."""

    record: Record
    entities: tuple[Entity, ...] = ()

    @staticmethod
    def from_json(text: str) -> DocumentFacts:
        """Return the facts that `record.xsl` wrote. Raises ValueError when the shape is wrong."""
        return shapes.from_json(DocumentFacts, text)

    def to_json(self) -> str:
        """Return the same facts as JSON with keys in the order of the dataclasses."""
        return json.dumps(asdict(self), ensure_ascii=False)
