"""A document as bibliographies know it: the facts of its record that are cited, and nothing that it does not state."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from regesta import dates
from regesta.records import DatedEvent, Holding, Record
from regesta.rendering import EditionFacts

_LETTERS = frozenset({"cable", "ciphergram", "email", "letter", "telegram", "note-verbale"})

Day = tuple[int, ...]
"""A date of the Common Era: (year), (year, month) or (year, month, day)."""


@dataclass(frozen=True)
class Work:
    """What is cited of one document; empty texts and tuples mean "not stated".

    `genre` is the record's own word for the type; `issued` one date, the two ends of a range or nothing that can be
    computed with, and `written` the date in words; `location` is collection and shelfmark within `archive`; `url` is
    empty as long as the edition has no address.
    """

    id: str
    title: str
    genre: str
    authors: tuple[str, ...]
    translators: tuple[str, ...]
    recipients: tuple[str, ...]
    issued: tuple[Day, ...]
    written: str
    archive: str
    archive_place: str
    location: str
    number: str
    languages: tuple[str, ...]
    doi: str
    abstract: str
    rights: str
    rights_url: str
    edition: str
    editors: tuple[str, ...]
    publisher: str
    url: str

    @property
    def is_letter(self) -> bool:
        """Whether the document was sent to somebody, as bibliographies distinguish it from other papers."""
        return self.genre.casefold() in _LETTERS or bool(self.recipients)

    @property
    def year(self) -> str:
        """The year of the document, or of the beginning of its range; "" without one."""
        return str(self.issued[0][0]) if self.issued else ""


def work(identifier: str, title: str, record: Record, edition: EditionFacts) -> Work:
    """Return what is cited of the document with this `identifier` and `title`."""
    date = dates.primary(record.dates)
    holding = record.holdings[0] if record.holdings else Holding("")
    return Work(
        id=identifier,
        title=title,
        genre=record.type,
        authors=_named(record, "author") or _named(record, "sender"),
        translators=_named(record, "translator"),
        recipients=_named(record, "addressee"),
        issued=_days(date) if date else (),
        written=dates.shown(date),
        archive=holding.repository,
        archive_place=holding.settlement if holding.settlement not in holding.repository else "",
        location=", ".join(part for part in (holding.collection, shelfmark(holding)) if part),
        number="" if record.order is None else str(record.order),
        languages=tuple(language for language in record.languages if language),
        doi=next((each.value for each in record.identifiers if each.type.casefold() == "doi"), ""),
        abstract=record.abstract,
        rights=record.rights,
        rights_url=record.rights_url,
        edition=edition.stated_title,
        editors=edition.editors,
        publisher=edition.publisher,
        url=address(edition.url, f"documents/{identifier}.html"),
    )


def address(site: str, page: str) -> str:
    """Return the whole address of `page` (below the site), or "" for a site without an address."""
    return site + quote(page) if site else ""


def shelfmark(holding: Holding) -> str:
    """Return the shelfmark in its parts where the record has them, else as it stands."""
    return ", ".join(f"{part.unit} {part.value}" for part in holding.parts) or holding.shelfmark


def _named(record: Record, role: str) -> tuple[str, ...]:
    """Return the persons and bodies with this role, each once, as the record's header names them."""
    named = (
        mention.label
        for mention in record.mentions
        if mention.role == role and mention.kind in {"person", "organisation"} and not mention.in_text
    )
    return tuple(dict.fromkeys(filter(None, named)))


def _days(date: DatedEvent) -> tuple[Day, ...]:
    """Return the day, or both ends of the range, that the attributes of the date state; nothing for half a range."""
    ends = [date.when] if date.when else [date.date_from or date.not_before, date.date_to or date.not_after]
    days = [day for end in ends if (day := _day(end))]
    return tuple(dict.fromkeys(days)) if len(days) == len(ends) else ()


def _day(value: str) -> Day:
    key = dates.sort_key(DatedEvent("", when=value))
    return tuple(int(part) for part in key.split("-")) if key else ()
