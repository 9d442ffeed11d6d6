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
    names = sorted(document.names, key=lambda each: (each.kind, each.name, each.authority, each.coordinates))
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


_LABELS = Loss(
    "names", "how the document writes a name; keys, variants and facts of entries", back.without_labels, anew=True
)

IMPORTED_AS: Mapping[str, str] = {"ead3": "ead", "ead": "ead", "mods": "mets"}
"""The formats of `regesta export` that come back as descriptions, and what `regesta import` calls each."""

LOSSES: Mapping[str, tuple[Loss, ...]] = {
    "ead3": (_LABELS, *_RECORD),
    "ead": (
        _LABELS,
        Loss("names", "coordinates of places", back.without_coordinates),
        *_but(back.with_decimal_points),
        Loss("dates", "dates of which one end is known: the words stay", back.without_open_dates),
    ),
    "mods": (
        Loss("dates", "that a date has no value: it is read from the words", back.with_dates_read),
        Loss("holdings", "the parts of a shelfmark: they are read from its words", back.without_parts, anew=True),
        _LABELS,
        *_RECORD,
    ),
}
