"""What does not come back when the edition goes out in a format and is imported again: data that tests hold to be true.

Each loss says in words what is lost and does to a document what the way there and back does. The tests compare each
document that came back, field by field, with what all losses of its format leave of it: nothing else may differ, and
each loss must be met in some edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from regesta.exchange.model import EditionFacts, Exported
from regesta.importing import returning as back

Change = Callable[[Exported, EditionFacts], Exported]


@dataclass(frozen=True)
class Loss:
    """What a format loses: the field of the record, the loss in words, and what is left of a document.

    What is made `anew` comes back as something else that no format can promise: it is not compared.
    """

    field: str
    words: str
    left: Change
    anew: bool = False


def left(document: Exported, form: str, edition: EditionFacts) -> Exported:
    """Return what comes back of a document that goes out in the format `form`."""
    for loss in LOSSES[form]:
        document = loss.left(document, edition)
    return settled(document)


def lost(document: Exported, form: str, edition: EditionFacts) -> Iterator[Loss]:
    """Yield the losses of the format that the document meets."""
    for loss in LOSSES[form]:
        after = loss.left(document, edition)
        if after != document:
            yield loss
        document = after


def counted(documents: Iterable[Exported], form: str, edition: EditionFacts) -> Counter[Loss]:
    """Return how many documents meet each loss of the format; none for a format that is not imported."""
    if form not in LOSSES:
        return Counter()
    return Counter(loss for each in documents for loss in lost(each, form, edition) if not loss.anew)


def of_import(form: str) -> Iterator[Loss]:
    """Yield once what the formats that `regesta import` reads under this name cannot carry of a record."""
    exported = [name for name, read_as in IMPORTED_AS.items() if read_as == form]
    yield from dict.fromkeys(loss for name in exported for loss in LOSSES[name])


def compared(document: Exported, form: str, edition: EditionFacts) -> Exported:
    """Return a document that came back as it is compared: without what is made anew."""
    for loss in LOSSES[form]:
        document = loss.left(document, edition) if loss.anew else document
    return settled(document)


def differences(one: Exported, other: Exported) -> list[str]:
    """Return the names of the fields in which two documents differ."""
    return [each.name for each in fields(Exported) if getattr(one, each.name) != getattr(other, each.name)]


def settled(document: Exported) -> Exported:
    """Return a document without its places in an edition, which are not its own; names and notes in one order."""
    names = sorted(
        document.names, key=lambda each: (each.kind, each.name, each.id, each.authority, each.coordinates, each.label)
    )
    return replace(
        document,
        page="",
        tei="",
        source="",
        part="",
        order=0,
        date=None,
        names=tuple(replace(name, roles=tuple(sorted(name.roles))) for name in names),
        notes=tuple(sorted(document.notes, key=lambda note: (note.type, note.text))),
        relations=tuple(
            sorted(
                (replace(each, target="" if each.id else each.target) for each in document.relations),
                key=lambda each: (each.relation, each.id, each.target, each.label),
            )
        ),
    )


_RECORD = tuple(
    Loss(*each)
    for each in (
        ("transcript", "the text: a record comes back without its transcript", back.without_text),
        ("online", "that no address is stated: the one of the edition's page comes back", back.with_its_page),
        ("id", "capitals and signs of an identifier that the schema does not allow", back.with_plain_id),
        ("type", "a kind of document that the schema does not know: it is told in a note", back.with_known_type),
        (
            "identifiers",
            "identifiers of kinds that the schema does not know: they are told in notes",
            back.with_known_identifiers,
        ),
        (
            "dates",
            "kinds of dates that the schema does not know: they become those of a listing",
            back.with_known_dates,
        ),
        ("dates", "values that are no day, month or year: the words stay", back.with_possible_dates),
        (
            "classification",
            "classifications that the schema does not know: they are told in a note",
            back.with_known_classification,
        ),
        ("access", "a status other than free, restricted and unknown: it is told in a note", back.with_known_access),
        (
            "relations",
            "relations that the schema does not know (told in notes); words beside a pointer",
            back.with_known_relations,
        ),
        ("names", "parts in a document that the schema does not know: they are told in a note", back.with_known_roles),
        (
            "names",
            "addresses of authority files that the schema does not know, and those of terms",
            back.with_known_authorities,
        ),
        ("names", "coordinates of bodies, and those that are no two decimal numbers", back.with_decimal_points),
        (
            "names",
            "which of two entries of one name and number is meant; that a term is a work",
            back.with_distinct_names,
        ),
        ("notes", "kinds of notes that the schema does not know: they become general ones", back.with_known_notes),
        ("number", "a number in a collection that has no name", back.with_named_collection),
    )
)


def _but(change: Change) -> Iterator[Loss]:
    """Yield the losses of all records without one that a format has in another form."""
    return (loss for loss in _RECORD if loss.left is not change)


_LABELS = Loss("names", "how the document writes a name", back.without_labels, anew=True)
_KEYS = Loss("names", "keys, variants and facts of entries", back.without_keys, anew=True)
_FACTS = Loss(
    "names", "variants and facts of entries; keys of terms, and capitals in keys", back.without_facts, anew=True
)

_NO_LETTERS = {
    "subtitles": "subtitles",
    "identifiers": "identifiers",
    "languages": "languages",
    "extent": "extent",
    "holdings": "archives and shelfmarks",
    "classification": "classification",
    "rights": "rights",
    "rights_url": "address of the licence",
    "access": "conditions of access",
    "abstract": "abstract",
    "relations": "relations to other documents",
    "notes": "notes",
}

IMPORTED_AS: Mapping[str, str] = {"ead3": "ead", "ead": "ead", "mods": "mets", "csv": "csv", "cmif": "cmif"}
"""The formats of `regesta export` that come back as descriptions, and what `regesta import` calls each."""

LOSSES: Mapping[str, tuple[Loss, ...]] = {
    "ead3": (_LABELS, _KEYS, *_RECORD),
    "ead": (
        _LABELS,
        _KEYS,
        Loss("names", "coordinates of places", back.without_coordinates),
        *_but(back.with_decimal_points),
        Loss("dates", "dates of which one end is known: the words stay", back.without_open_dates),
    ),
    "mods": (
        Loss("dates", "that a date has no value: it is read from the words", back.with_dates_read),
        Loss("holdings", "the parts of a shelfmark: they are read from its words", back.without_parts, anew=True),
        _LABELS,
        _KEYS,
        *_RECORD,
    ),
    "csv": (_FACTS, *_RECORD),
    "cmif": (
        Loss(
            "title",
            "the title: one in square brackets is made of sender, addressee and date",
            back.without("title"),
            anew=True,
        ),
        Loss("type", "what kind of document it is: a letter comes back", back.as_a_letter),
        Loss("names", "all but senders and addressees", back.with_correspondents),
        Loss("dates", "all dates but those of dispatch and receipt, and doubt about a day", back.with_postal_dates),
        Loss("dates", "how dates are worded", back.without_wording_of_dates, anew=True),
        *(Loss(name, f"the {words}", back.without(name)) for name, words in _NO_LETTERS.items()),
        Loss(
            "collection",
            "the collection, the membership and number in it",
            back.without("collection", "membership", "number"),
        ),
        _LABELS,
        _KEYS,
        *(loss for loss in _RECORD if loss.field in {"transcript", "id"}),
        Loss("online", "addresses other than that of the page in the edition", back.with_page_only),
        Loss("names", "addresses of authority files that the schema does not know", back.with_known_authorities),
    ),
}

AS_FILES: Mapping[str, tuple[str, str]] = {
    "tei": ("tei", "nothing: every file has the same bytes"),
    "tei-corpus": (
        "tei",
        "which of its texts are registers: they are documents, which have addresses where the edition has",
    ),
    "bagit": ("bagit", "nothing of the TEI, whose files have the same bytes; what is made of it is left in the bag"),
    "mets": ("mets", "the registers: documents have the same bytes, and their names lead to nothing"),
}
"""The formats that carry TEI: what `regesta import` calls each, and what does not come back of an edition."""
