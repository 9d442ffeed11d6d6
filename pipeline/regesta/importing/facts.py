"""The facts of one record on their way into a TEI header, whatever format they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from regesta.importing.when import When
from regesta.records import Holding


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that a record names: the words, the entry of the register, the part and how sure."""

    kind: str
    label: str
    key: str
    role: str = ""
    cert: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a document: its kind, its words, what they mean (None: not understood), and how sure it is.

    `stated` says that the meaning is the source's own and not read from the words.
    """

    kind: str
    text: str
    when: When | None
    cert: str = ""
    evidence: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of the header: type discrepancy, source, access or general."""

    type: str
    text: str
    cert: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation to another record of the edition, by its id; to a document elsewhere by its address or in `words`."""

    type: str
    target: str
    cert: str = ""
    outside: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bibl:
    """A source of the record: an `id` to point to, its type and words; `target` and `label` make a link."""

    id: str
    type: str
    publisher: str = ""
    text: str = ""
    target: str = ""
    label: str = ""


@dataclass(slots=True)
class Facts:
    """All that is known of one document. Empty means not stated.

    `source` is the id of the bibl that most rests on; `day` says that the document is a day of a journal. `holdings`,
    where they are stated, stand for `repository`, `collection` and `shelfmark`; `series` is the collection that the
    record itself names; `rights` and `access` are those that the source states of the document.
    """

    type: str
    title: str
    id: str = ""
    draft: bool = False
    day: bool = False
    title_cert: str = ""
    source: str = ""
    record_number: str = ""
    subtitles: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    series: str = ""
    rights: str = ""
    rights_url: str = ""
    access: str = ""
    holdings: list[Holding] = field(default_factory=list)
    order: int | None = None
    membership: str = ""
    authors: list[Named] = field(default_factory=list)
    editors: list[Named] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    relations: list[Related] = field(default_factory=list)
    extent: str = ""
    repository: str = ""
    collection: str = ""
    repository_cert: str = ""
    shelfmark: str = ""
    classification: str = ""
    classification_text: str = ""
    copies: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    distribution: list[str] = field(default_factory=list)
    bibls: list[Bibl] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    languages: list[tuple[str, str, str]] = field(default_factory=list)
    abstract: str = ""
    senders: list[Named] = field(default_factory=list)
    addressees: list[Named] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
