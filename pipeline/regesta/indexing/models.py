"""The models of index pages: what `xslt/index.xsl` gets as JSON, with these names as keys.

`kind` says which templates make the page, `path` where it stands below the site. All other addresses are
below the site too, and the stylesheet puts `root` before them: so one model of a document serves every list.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.records import EntityFact, EntityName
from regesta.rendering import EditionFacts
from regesta.texts import Node


@dataclass(frozen=True, slots=True)
class Target:
    """A link: `label` is what it says and `href` where it leads, below the site ("": no link)."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person or body whom the document's header names, with all roles there: none for a mere mention."""

    name: Target
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A document as lists show it. `holdings` are archive and shelfmark, a line each."""

    title: str
    href: str
    date: str
    type: str
    participants: tuple[Participant, ...]
    holdings: tuple[str, ...]
    abstract: str
    transcript: str


@dataclass(frozen=True)
class Group:
    """Items that stand together; in a year's list `month` is "01" to "12", or "" where the date has none."""

    anchor: str
    month: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Choice:
    """Another arrangement of the same documents; `key` is collection or date, 10, 50, all or year."""

    key: str
    href: str
    current: bool


@dataclass(frozen=True)
class PageNumber:
    """A numbered page of a list; number 0 stands for pages that are left out."""

    number: int
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A word of a fixed vocabulary that records use: `family` is type, language, transcript, membership or role."""

    family: str
    word: str


@dataclass(frozen=True)
class Front:
    """What the first page says of the whole edition; `first_year` and `last_year` are "" without dates.

    `vocabulary` is what `assets/facets.js` must be able to say in the site's language.
    """

    documents: int
    first_year: str
    last_year: str
    vocabulary: tuple[Vocabulary, ...] = ()


@dataclass(frozen=True)
class ListPage:
    """One page of a list; `order` is collection or date, `year` that of a year's list ("" for the undated).

    `total` is given on a list's first page only: a new document must not rewrite all.
    """

    path: str
    edition: EditionFacts
    root: str
    order: str
    year: str | None
    number: int
    first: int
    last: int
    total: int | None
    orders: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    pages: tuple[PageNumber, ...]
    previous: str
    next: str
    groups: tuple[Group, ...]
    front: Front | None
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A document that names an entity, or that stands in the timeline, with the entity's roles in it."""

    title: str
    href: str
    date: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authority:
    """An entity's identifier elsewhere; `href` is "" where its type is not one whose address we know."""

    type: str
    value: str
    href: str


@dataclass(frozen=True)
class Bar:
    """A step of the chart, counted from 0, in which there are documents; `name` is its beginning."""

    step: int
    documents: int
    name: str = ""


@dataclass(frozen=True)
class Chart:
    """How the documents lie in time, in equal steps of one `unit`: week, month, year, decade or century.

    `first` and `last` name the ends of the axis; `left_out` counts documents whose dates are too vague.
    """

    unit: str
    bars: tuple[Bar, ...]
    steps: int
    most: int
    first: str
    last: str
    left_out: int


@dataclass(frozen=True)
class Entry:
    """An entity in the list of its kind, or a year, with the number of documents that belong to it."""

    label: str
    href: str
    documents: int


@dataclass(frozen=True)
class EntityPage:
    """The page of one person, organisation, place, event, term or work; `folder` is its kind's folder.

    Too many documents for one page are listed by year on pages of their own, to which `years` lead.
    """

    path: str
    edition: EditionFacts
    root: str
    folder: str
    label: str
    names: tuple[EntityName, ...]
    facts: tuple[EntityFact, ...]
    authorities: tuple[Authority, ...]
    coordinates: str
    documents: tuple[Occurrence, ...]
    years: tuple[Entry, ...] = ()
    chart: Chart | None = None
    kind: str = "entity"


@dataclass(frozen=True)
class EntityYearPage:
    """Documents of one year ("": undated) that name an entity, whose page is `entity`; as a page of a list else."""

    path: str
    edition: EditionFacts
    root: str
    folder: str
    entity: Target
    year: str
    number: int
    first: int
    last: int
    total: int | None
    pages: tuple[PageNumber, ...]
    previous: str
    next: str
    documents: tuple[Occurrence, ...]
    kind: str = "entity-year"


@dataclass(frozen=True)
class Letter:
    """The entries that begin with one letter."""

    letter: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class EntityListPage:
    """All entities of one kind by letter; `folders` are the lists of all kinds and how long each is."""

    path: str
    edition: EditionFacts
    root: str
    folder: str
    folders: tuple[Entry, ...]
    letters: tuple[Letter, ...]
    kind: str = "entities"


@dataclass(frozen=True)
class Month:
    """A month of the timeline ("" where dates have none); `items` are empty where `href` leads to a list."""

    month: str
    anchor: str
    documents: int
    href: str
    items: tuple[Occurrence, ...]


@dataclass(frozen=True)
class Year:
    """A year of the timeline, or with year "" the documents without a date."""

    year: str
    anchor: str
    documents: int
    href: str
    months: tuple[Month, ...]


@dataclass(frozen=True)
class TimelinePage:
    """The documents by date; those without a date come last."""

    path: str
    edition: EditionFacts
    root: str
    documents: int
    chart: Chart | None
    years: tuple[Year, ...]
    kind: str = "timeline"


@dataclass(frozen=True)
class SearchPage:
    """The search form; the search itself is `assets/engine.js` on the data of `search/`."""

    path: str
    edition: EditionFacts
    root: str
    vocabulary: tuple[Vocabulary, ...] = ()
    kind: str = "search"


@dataclass(frozen=True)
class FormerPage:
    """What stands at an address that a document had: it leads to `target`, or with "" says that it is gone."""

    path: str
    edition: EditionFacts
    root: str
    label: str
    target: str
    kind: str = "former"


@dataclass(frozen=True)
class ChangedDocument:
    """A document that a release changed, its own date, and what it says of the change itself: a day and words."""

    document: Target
    date: str = ""
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReleaseChanges:
    """The documents that share a fate: `key` is a word of `history.CHANGES`; `more` of `count` are not named."""

    key: str
    documents: tuple[ChangedDocument, ...]
    count: int
    more: int


@dataclass(frozen=True)
class ReleaseOnPage:
    """A release: its day, what it is called, what the editors say of it, and what changed."""

    date: str
    label: str
    note: str
    changes: tuple[ReleaseChanges, ...]


@dataclass(frozen=True)
class ChangesPage:
    """What has changed in the edition, release by release, the last one first."""

    path: str
    edition: EditionFacts
    root: str
    releases: tuple[ReleaseOnPage, ...]
    kind: str = "changes"


@dataclass(frozen=True)
class TextPage:
    """A text of the edition's own: about it, its principles."""

    path: str
    edition: EditionFacts
    root: str
    title: str
    language: str
    content: tuple[Node, ...]
    kind: str = "text"


IndexPage = (
    ListPage
    | EntityPage
    | EntityYearPage
    | EntityListPage
    | TimelinePage
    | SearchPage
    | FormerPage
    | ChangesPage
    | TextPage
)
