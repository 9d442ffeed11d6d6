"""Facts become a TEI document that the schema of Regesta takes (`schema/regesta.rnc` names every element used here)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from regesta.importing.facts import Bibl, Dated, Facts, Named
from regesta.importing.mapping import RecordText
from regesta.importing.markup import append, element

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
            *(element("author", each.label, ref=_pointer(each), cert=each.cert) for each in facts.authors),
            *(element("editor", each.label, role=each.role, ref=_pointer(each)) for each in facts.editors),
            element("respStmt", element("resp", words.responsibility), element("orgName", words.publisher)),
        ),
        element("extent", facts.extent) if facts.extent else None,
        element(
            "publicationStmt",
            element("publisher", words.publisher),
            element("idno", facts.record_number, type="record-number") if facts.record_number else None,
            element("availability", element("licence", words.licence, target=words.licence_target)),
        ),
        _series(facts, frame),
        _notes(facts),
        element("sourceDesc", _witness(facts, words), element("listBibl", *(_bibl(each) for each in facts.bibls))),
    )


def _series(facts: Facts, frame: Frame) -> etree._Element | None:
    if not frame.series or not facts.membership:
        return None
    number = str(facts.order) if facts.order is not None else ""
    return element(
        "seriesStmt",
        element("title", frame.series, level="s", cert=facts.membership),
        element("biblScope", number, unit="item", n=number) if number else None,
    )


def _notes(facts: Facts) -> etree._Element | None:
    source = f"#{facts.source}"
    notes = [element("note", each.text, type=each.type, cert=each.cert, source=source) for each in facts.notes]
    related = [
        element("relatedItem", type=each.type, target=f"{each.target}.xml", cert=each.cert) for each in facts.relations
    ]
    return element("notesStmt", *notes, *related) if notes or related else None


def _witness(facts: Facts, words: RecordText) -> etree._Element | None:
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
    found = [each for each in marks if each is not None]
    if not (facts.repository or facts.collection or found or facts.shelfmark):
        return None
    identifier = (
        element(
            "msIdentifier",
            element(
                "repository",
                facts.repository or words.unknown_archive,
                cert=facts.repository_cert if facts.repository else "unknown",
            ),
            element("collection", facts.collection) if facts.collection else None,
            shelfmark(facts.shelfmark) if facts.shelfmark else None,
        )
        if facts.repository or facts.collection or facts.shelfmark
        else element("msIdentifier", element("msName", words.unknown_archive))
    )
    contents = element("msContents", element("msItem", *found)) if found else None
    return element("msDesc", identifier, contents)


def _numbered(copy: str, source: str) -> etree._Element:
    """Return a copy number with its figure marked."""
    before, number, after = re.match(r"(\D*)(\d*)(.*)", copy, re.DOTALL).groups()  # type: ignore[union-attr]
    figure = element("num", number, value=number) if number else None
    return element("note", before, figure, after, type="copy-number", source=source)


def shelfmark(text: str) -> etree._Element:
    """Return the shelfmark letter for letter, the numbers in it marked with their units."""
    made = element("idno", type="shelfmark")
    position = 0
    for found in _PART.finditer(text):
        append(made, text[position : found.start(3)])
        append(made, element("idno", found[3], type=_UNITS[found[1].lower()]))
        position = found.end(3)
    append(made, text[position:])
    return made


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
        made.set(_BOUNDS.get(name, name) if "/" in date.text else name, value)
    for name, value in (("evidence", date.evidence), ("cert", date.cert), ("source", source)):
        if value:
            made.set(name, value)
    return made


def _revision(frame: Frame) -> etree._Element:
    return element("revisionDesc", element("change", frame.words.change), status="published")
