"""Facts become a TEI document that the schema of Regesta takes (`schema/regesta.rnc` names every element used here)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from regesta.importing.facts import Bibl, Dated, Facts, Named
from regesta.importing.mapping import RecordText
from regesta.importing.markup import append, element
from regesta.records import Holding, ShelfmarkPart

FILES = {
    "person": "persons.xml",
    "org": "organisations.xml",
    "place": "places.xml",
    "event": "events.xml",
    "term": "terms.xml",
}
_ELEMENTS = {"person": "persName", "org": "orgName", "place": "placeName", "event": "eventName"}
_CLASSES = {
    "top secret": "top-secret",
    "secret": "secret",
    "confidential": "confidential",
    "official use": "official-use",
    "for official use": "official-use",
    "unclassified": "unclassified",
}
_UNITS = {
    "fond": "fond", "f": "fond", "opis": "opis", "op": "opis", "papka": "papka", "p": "papka",
    "delo": "delo", "d": "delo", "listy": "list", "listi": "list", "list": "list", "ll": "list", "l": "list",
    "box": "box", "folder": "folder", "file": "file", "series": "series", "item": "item",
}  # fmt: skip
# "16/17 August" is one day, and it is not known which of the two.
_BOUNDS = {"from": "notBefore", "to": "notAfter"}
_UNIT_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(rf"\b({_UNIT_WORDS})(\.?\s+|\.\s*)([\w/–-]*\d[\w/–-]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Frame:
    """What all records of an import share: fixed words, and the name of their series ("" for none)."""

    words: RecordText
    series: str = ""


def classification(written: str) -> str:
    """Return the schema's value for a classification as written, "" when there is none for it."""
    return _CLASSES.get(" ".join(written.casefold().split()), "")


def document(facts: Facts, frame: Frame) -> etree._Element:
    """Return the TEI element of a record without a transcript."""
    return element(
        "TEI",
        element("teiHeader", _file(facts, frame), _encoding(frame), _profile(facts), _revision(frame), xml_lang="en"),
        element("text", element("body", element("div", element("gap", reason="not-held", unit="document")))),
        xml_id=facts.id,
        type=facts.type,
        subtype="draft" if facts.draft else "day" if facts.day else None,
    )


def _file(facts: Facts, frame: Frame) -> etree._Element:
    words = frame.words
    return element(
        "fileDesc",
        element(
            "titleStmt",
            element("title", facts.title, cert=facts.title_cert),
            *(element("title", each, type="sub") for each in facts.subtitles),
            *(_agent("author", each) for each in facts.authors),
            *(_agent("editor", each, each.role) for each in facts.editors),
            element("respStmt", element("resp", words.responsibility), element("orgName", words.publisher)),
        ),
        element("extent", facts.extent) if facts.extent else None,
        element(
            "publicationStmt",
            element("publisher", words.publisher),
            *_identifiers(facts),
            availability(
                facts.rights or words.licence,
                facts.rights_url if facts.rights or facts.rights_url else words.licence_target,
                facts.access,
            ),
        ),
        _series(facts, frame),
        _notes(facts),
        element("sourceDesc", *_witnesses(facts, words), element("listBibl", *(_bibl(each) for each in facts.bibls))),
    )


def _agent(name: str, named: Named, role: str = "") -> etree._Element:
    """Return an author or editor; one that is a body says so by an element of its own."""
    if named.kind != "org":
        return element(name, named.label, role=role, ref=_pointer(named), cert=named.cert)
    return element(name, element("orgName", named.label, ref=_pointer(named), cert=named.cert), role=role)


def _identifiers(facts: Facts) -> Iterator[etree._Element]:
    own = ("record-number", facts.record_number)
    stated = facts.identifiers if own in facts.identifiers or not own[1] else [own, *facts.identifiers]
    yield from (element("idno", value, type=kind) for kind, value in stated)


def availability(rights: str, address: str, access: str = "") -> etree._Element | None:
    """Return the conditions of use and access that are stated, None where none is: nothing stands for them."""
    if not (rights or address or access):
        return None
    stated = element("licence", rights, target=address) if re.fullmatch(r"\S+", address) else element("p", rights)
    return element("availability", stated, status=access)


def _series(facts: Facts, frame: Frame) -> etree._Element | None:
    series = facts.series or (frame.series if facts.membership else "")
    if not series:
        return None
    number = str(facts.order) if facts.order is not None else ""
    return element(
        "seriesStmt",
        element("title", series, level="s", cert=facts.membership),
        element("biblScope", number, unit="item", n=number) if number else None,
    )


def _notes(facts: Facts) -> etree._Element | None:
    source = f"#{facts.source}"
    notes = [element("note", each.text, type=each.type, cert=each.cert, source=source) for each in facts.notes]
    related = [
        element("relatedItem", element("bibl", each.words), type=each.type)
        if each.words
        else element("relatedItem", type=each.type, target=each.outside or f"{each.target}.xml", cert=each.cert)
        for each in facts.relations
    ]
    return element("notesStmt", *notes, *related) if notes or related else None


def _witnesses(facts: Facts, words: RecordText) -> Iterator[etree._Element]:
    """Yield each place where the document lies; what its head shows stands in the first."""
    found = _marks(facts)
    contents = element("msContents", element("msItem", *found)) if found else None
    if facts.holdings:
        first, *others = (_identifier(each, words) for each in facts.holdings)
        yield element("msDesc", first, contents)
        yield from (element("msDesc", each) for each in others)
    elif facts.repository or facts.collection or facts.shelfmark:
        identifier = element(
            "msIdentifier",
            element(
                "repository",
                facts.repository or words.unknown_archive,
                cert=facts.repository_cert if facts.repository else "unknown",
            ),
            element("collection", facts.collection) if facts.collection else None,
            shelfmark(facts.shelfmark) if facts.shelfmark else None,
        )
        yield element("msDesc", identifier, contents)
    elif found:
        yield element("msDesc", element("msIdentifier", element("msName", words.unknown_archive)), contents)


def _identifier(holding: Holding, words: RecordText) -> etree._Element:
    """Return where a witness lies, with the parts of its shelfmark that are stated marked in it."""
    made = element("msIdentifier", element("settlement", holding.settlement) if holding.settlement else None)
    append(made, element("repository", holding.repository) if holding.repository else None)
    append(made, element("collection", holding.collection) if holding.collection else None)
    append(made, _in_parts(holding) if holding.shelfmark or holding.parts else None)
    return made if holding.repository else _with(made, element("msName", words.unknown_archive))


def _with(made: etree._Element, last: etree._Element) -> etree._Element:
    made.append(last)
    return made


def _in_parts(holding: Holding) -> etree._Element:
    made, rest = element("idno", type="shelfmark"), holding.shelfmark
    for each in holding.parts:
        before, found, after = rest.partition(each.value)
        append(made, before if found else " ", element("idno", each.value, type=each.unit))
        rest = after if found else rest
    append(made, rest)
    return made


def _marks(facts: Facts) -> list[etree._Element]:
    source = f"#{facts.source}"
    marks = [
        element("note", facts.classification_text, type="classification", subtype=facts.classification, source=source)
        if facts.classification
        else None,
        *(_numbered(each, source) for each in facts.copies),
        *(element("note", each, type="number", source=source) for each in facts.numbers),
        *(element("note", each, type="mark", source=source) for each in facts.marks),
        *(element("note", each, type="distribution", source=source) for each in facts.distribution),
    ]
    return [each for each in marks if each is not None]


def _numbered(copy: str, source: str) -> etree._Element:
    """Return a copy number with its figure marked."""
    before, number, after = re.match(r"(\D*)(\d*)(.*)", copy, re.DOTALL).groups()  # type: ignore[union-attr]
    figure = element("num", number, value=number) if number else None
    return element("note", before, figure, after, type="copy-number", source=source)


def shelfmark(text: str) -> etree._Element:
    """Return the shelfmark letter for letter, the numbers in it marked with their units."""
    return _in_parts(Holding("", shelfmark=text, parts=tuple(parts_of(text))))


def parts_of(text: str) -> Iterator[ShelfmarkPart]:
    """Yield the numbers in a shelfmark whose units are known."""
    yield from (ShelfmarkPart(_UNITS[found[1].lower()], found[3]) for found in _PART.finditer(text))


def _bibl(bibl: Bibl) -> etree._Element:
    text = f", {bibl.text}" if bibl.publisher and bibl.text else bibl.text
    made = element("bibl", type=bibl.type, xml_id=bibl.id)
    append(made, element("publisher", bibl.publisher) if bibl.publisher else None, text)
    if bibl.target:
        append(made, ", " if bibl.publisher or bibl.text else "", element("ref", bibl.label, target=bibl.target))
    return made


def _encoding(frame: Frame) -> etree._Element:
    about = "Persons, bodies, places and events that the document names or concerns."
    return element(
        "encodingDesc",
        element("editorialDecl", element("p", frame.words.editorial)),
        element("classDecl", element("taxonomy", element("desc", about), xml_id="named")),
    )


def _profile(facts: Facts) -> etree._Element:
    source = f"#{facts.source}"
    terms = [element("term", each) for each in _names(each for each in facts.named if each.kind != "term")]
    terms += [element("term", each.label, ref=_pointer(each)) for each in facts.named if each.kind == "term"]
    parts: list[etree._Element | None] = [
        element("creation", *(_date(each, source) for each in facts.dates)),
        element("langUsage", *(element("language", text, ident=ident, cert=cert, source=source)
                               for ident, text, cert in facts.languages)) if facts.languages else None,
        element("abstract", element("p", facts.abstract), source=source) if facts.abstract else None,
        element("correspDesc", _action("sent", facts.senders), _action("received", facts.addressees))
        if facts.senders or facts.addressees else None,
        element("textClass", element("keywords", *terms, scheme="#named")) if terms else None,
    ]  # fmt: skip
    return element("profileDesc", *parts)


def _action(kind: str, names: Iterable[Named]) -> etree._Element | None:
    made = list(_names(names))
    return element("correspAction", *made, type=kind) if made else None


def _names(names: Iterable[Named]) -> Iterator[etree._Element]:
    for each in names:
        yield element(_ELEMENTS[each.kind], each.label, ref=_pointer(each), role=each.role, cert=each.cert)


def _pointer(named: Named) -> str:
    return f"../registers/{FILES[named.kind]}#{named.key}" if named.key else ""


def _date(date: Dated, source: str) -> etree._Element:
    made = element("date", date.text, type=date.kind)
    for name, value in (date.when.attributes if date.when else {}).items():
        made.set(_BOUNDS.get(name, name) if "/" in date.text and not date.stated else name, value)
    for name, value in (("evidence", date.evidence), ("cert", date.cert), ("source", source)):
        if value:
            made.set(name, value)
    return made


def _revision(frame: Frame) -> etree._Element:
    return element("revisionDesc", element("change", frame.words.change), status="published")
