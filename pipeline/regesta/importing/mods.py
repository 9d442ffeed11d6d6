"""Reads MODS (Library of Congress, 3.x): what a description says becomes the facts of a record; the rest is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import langcodes
from lxml import etree

from regesta import rules
from regesta.findings import Finding, Place
from regesta.importing import described, naming, when
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts, Remark
from regesta.importing.headers import parts_of
from regesta.importing.mapping import DATE_KINDS, DOCUMENT_TYPES
from regesta.importing.markup import folded
from regesta.importing.when import When
from regesta.reading import local_name
from regesta.records import Holding

NAMESPACE = "http://www.loc.gov/mods/v3"
_DATE_ELEMENTS = {"dateCreated": "written", "dateIssued": "registered", "dateCaptured": "registered"}
_ROLES = {"aut": "author", "cre": "author", "creator": "author", "crp": "sender", "rcp": "addressee",
          "trl": "translator", "edt": "editor", "trc": "transcriber", "prv": "provider"}  # fmt: skip
_KINDS = {"corporate": "organisation", "conference": "organisation"}
_SILENT = frozenset(["recordInfo", "typeOfResource", "titleInfo", "genre"])
_XLINK = "{http://www.w3.org/1999/xlink}href"


@dataclass
class Reader:
    """Reads one description after the other; `ids` are the local numbers of all, `left` counts what has no place."""

    held: Existing
    ids: Collection[str] = ()
    left: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def facts(self, mods: etree._Element, place: Place, source: str) -> Facts:
        """Return the facts of a description; the title is "" where it has none. `source` says where it comes from."""
        title, *subtitles = _title(mods)
        facts = Facts("other", title, source="description", subtitles=subtitles)
        facts.bibls = [Bibl("description", "finding-aid", text=source)]
        self._type(mods, facts, place)
        readers = self._readers()
        for child in mods.iterchildren(etree.Element):
            name = local_name(child)
            if name in readers:
                readers[name](child, facts, place)
            elif name not in _SILENT:
                self.left[name] += 1
        for other in mods.findall(f"{{{NAMESPACE}}}titleInfo[@type]"):
            facts.notes.append(Remark("general", f"{other.get('type')} title: {_words(other)}"))
        facts.dates = facts.dates or [Dated("listing", "", None)]
        return facts

    def _type(self, mods: etree._Element, facts: Facts, place: Place) -> None:
        genres = [_words(each) for each in mods.iterchildren(f"{{{NAMESPACE}}}genre")]
        known = next((slug for each in genres if (slug := naming.slug(each)) in DOCUMENT_TYPES), "")
        facts.type = known or "other"
        for each in genres:
            if naming.slug(each) not in DOCUMENT_TYPES:
                described.put_type(facts, each)
                self._unknown(place, "genre", each, f"“{known or 'other'}” and a note")

    def _unknown(self, place: Place, what: str, value: str, instead: str) -> None:
        self.findings.append(rules.finding("import-value-unknown", place, what=what, value=value, instead=instead))

    def _readers(self) -> dict[str, Callable[[etree._Element, Facts, Place], None]]:
        """Return what reads each element of MODS that a record has a place for."""
        return {
            "name": self._name, "originInfo": self._origin, "language": self._language, "abstract": self._abstract,
            "note": self._note, "subject": self._subject, "identifier": self._identifier, "location": self._location,
            "relatedItem": self._related, "accessCondition": self._access, "physicalDescription": self._physical,
        }  # fmt: skip

    def _name(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        stated = [[_words(term) for term in role.iterchildren()] for role in made.iterchildren(f"{{{NAMESPACE}}}role")]
        roles = [_role(terms) for terms in stated if any(terms)] or ["author"]
        self._put_name(made, facts, roles)

    def _put_name(self, made: etree._Element, facts: Facts, roles: list[str]) -> bool:
        name = ", ".join(filter(None, (_words(each) for each in made.iterchildren(f"{{{NAMESPACE}}}namePart"))))
        if name:
            described.put_name(
                facts,
                self.held,
                _KINDS.get(made.get("type", ""), "person"),
                name,
                roles,
                label=_words(made.find(f"{{{NAMESPACE}}}displayForm")),
                authority=made.get("valueURI", ""),
            )
        return bool(name)

    def _origin(self, made: etree._Element, facts: Facts, place: Place) -> None:
        """Put the dates: what is worded, its machine form and the ends of a range follow each other as elements."""
        groups: list[list[etree._Element]] = []
        for each in made.iterchildren(etree.Element):
            name = local_name(each)
            if not name.startswith("date") and name != "copyrightDate":
                self.left[f"{name} of originInfo"] += 1
            elif groups and _continues(groups[-1], each):
                groups[-1].append(each)
            else:
                groups.append([each])
        for group in groups:
            self._date(group, facts, place)

    def _date(self, group: list[etree._Element], facts: Facts, place: Place) -> None:
        points = {each.get("point", ""): _words(each) for each in group if each.get("encoding") or each.get("point")}
        worded = next((_words(each) for each in group if not each.get("encoding") and not each.get("point")), "")
        ends = [when.iso(points[name]) if name in points else None for name in ("start", "end")]
        if any(ends):
            meant: When | None = When(ends[0].start if ends[0] else "", ends[1].end if ends[1] else "")
        else:
            meant = when.iso(points.get("", "")) or when.iso(worded) or when.read(worded)
        words = worded or " to ".join(filter(None, (points.get(name, "") for name in ("", "start", "end"))))
        if meant is None:
            self.findings.append(rules.finding("import-date-unknown", place, value=words))
        doubt = any(each.get("qualifier") in {"approximate", "questionable", "inferred"} for each in group)
        described.put_date(facts, _date_kind(group[0]), words, meant, approximate=doubt)

    def _language(self, made: etree._Element, facts: Facts, place: Place) -> None:
        for term in made.iterchildren(f"{{{NAMESPACE}}}languageTerm"):
            code = _words(term)
            if term.get("type") == "code" and langcodes.tag_is_valid(code):
                own = term.get("authority") == "rfc5646"
                facts.languages.append((code if own else langcodes.standardize_tag(code), "", ""))
            elif term.get("type") == "code":
                self._unknown(place, "language", code, "none")

    def _abstract(self, made: etree._Element, facts: Facts, place: Place) -> None:
        facts.abstract = " ".join(filter(None, (facts.abstract, _words(made))))
        if facts.abstract:
            told = rules.finding("wording-third-party", place, title=facts.title, source=facts.bibls[0].text)
            self.findings.append(told)

    def _note(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        described.put_note(facts, made.get("type", ""), _words(made))

    def _subject(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        address, kind = made.get("valueURI", ""), made.get("displayLabel", "")
        for each in made.iterchildren(etree.Element):
            name, words = local_name(each), _words(each)
            if name == "name" and self._put_name(_with_address(each, address), facts, []):
                continue
            if name == "geographic" and words:
                where = _words(made.find(f"{{{NAMESPACE}}}cartographics/{{{NAMESPACE}}}coordinates"))
                described.put_name(facts, self.held, "place", words, authority=address, coordinates=where)
            elif name in {"topic", "temporal", "genre", "titleInfo"} and words:
                described.put_name(facts, self.held, kind if kind in {"event", "work"} else "term", words)
            elif name not in {"name", "cartographics"}:
                self.left[f"{name} of subject"] += 1

    def _identifier(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        kind, words = made.get("type", ""), _words(made)
        if kind == "local":
            facts.id = words
        elif words:
            described.put_identifier(facts, kind, words)

    def _location(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        stated = dict.fromkeys(("repository", "settlement", "collection", "shelfmark"), "")
        for each in made.iter(etree.Element):
            name, words = local_name(each), _words(each)
            if name == "physicalLocation":
                kind = each.get("type", "repository")
                stated[kind if kind in stated else "repository"] = words
            elif name == "shelfLocator":
                stated["shelfmark"] = words
            elif name == "url" and re.fullmatch(r"https?://\S+", words):
                page = Bibl(f"page-{len(facts.bibls)}", "online", target=words, label="the document's page")
                facts.bibls.insert(len(facts.bibls) if each.get("usage") else 1, page)
        if any(stated.values()):
            shelfmark = stated["shelfmark"]
            where = (stated["repository"], stated["settlement"], stated["collection"])
            facts.holdings.append(Holding(*where, shelfmark, tuple(parts_of(shelfmark))))

    def _related(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        title = _words(made.find(f"{{{NAMESPACE}}}titleInfo/{{{NAMESPACE}}}title"))
        notes = {each.get("type", ""): _words(each) for each in made.iter(f"{{{NAMESPACE}}}note")}
        if made.get("type") == "host" and not facts.series and title:
            number = _words(made.find(f".//{{{NAMESPACE}}}number"))
            described.put_collection(facts, title, notes.get("membership", ""), number)
        elif made.get("displayLabel"):
            target = _words(made.find(f"{{{NAMESPACE}}}identifier"))
            words = "; ".join(filter(None, (title, *notes.values())))
            described.put_relation(facts, made.get("displayLabel", ""), target, words, self.ids)
        elif title or notes:
            words = "; ".join(filter(None, (title, *notes.values())))
            facts.notes.append(Remark("general", f"related item ({made.get('type') or 'of no stated kind'}): {words}"))

    def _access(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        kind, words, address = made.get("type", ""), _words(made), made.get(_XLINK, "")
        if kind == "original classification":
            described.put_classification(facts, words)
        elif kind == "use and reproduction" and not (facts.rights or facts.rights_url):
            facts.rights, facts.rights_url = ("" if words == address else words), address
        elif kind == "restriction on access" and not facts.access:
            described.put_access(facts, words)
        elif words:
            facts.notes.append(Remark("access", words))

    def _physical(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        for each in made.iterchildren(etree.Element):
            if local_name(each) == "extent":
                facts.extent = "; ".join(filter(None, (facts.extent, _words(each))))
            elif local_name(each) == "note":
                facts.notes.append(Remark("general", _words(each)))
            elif local_name(each) != "internetMediaType":
                self.left[f"{local_name(each)} of physicalDescription"] += 1


def descriptions(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the descriptions in a MODS file, a collection of them, or a METS file."""
    yield from root.iter(f"{{{NAMESPACE}}}mods")


def local_number(mods: etree._Element) -> str:
    """Return the number that a description says is local, "" for none."""
    return _words(mods.find(f"{{{NAMESPACE}}}identifier[@type='local']"))


def _title(mods: etree._Element) -> list[str]:
    """Return the title, "" for none, and the subtitles."""
    for info in mods.iterchildren(f"{{{NAMESPACE}}}titleInfo"):
        if not info.get("type"):
            parts = [each for each in info.iterchildren(etree.Element) if local_name(each) != "subTitle"]
            subtitles = [_words(each) for each in info.iterchildren(f"{{{NAMESPACE}}}subTitle")]
            return [" ".join(filter(None, map(_words, parts))), *subtitles]
    return [""]


def _role(terms: list[str]) -> str:
    """Return the role that terms and codes of one statement mean: in words where they are ours, else what they say."""
    known = [_ROLES.get(term.casefold(), term.casefold()) for term in terms]
    return next((each for each in known if each in described.ROLES), terms[0])


def _date_kind(date: etree._Element) -> str:
    name = local_name(date)
    kind = date.get("type", "") if name == "dateOther" else _DATE_ELEMENTS.get(name, "listing")
    return kind if kind in DATE_KINDS else "listing"


def _continues(group: list[etree._Element], date: etree._Element) -> bool:
    """Return whether a date is part of the one before it: the machine form of what is worded, or the end of a range."""
    last = group[-1]
    alike = last.tag == date.tag and last.get("type") == date.get("type")
    worded = not last.get("encoding") and not last.get("point")
    if date.get("point") == "end":
        return alike and (last.get("point") == "start" or worded)
    return alike and worded and bool(date.get("encoding"))


def _with_address(name: etree._Element, address: str) -> etree._Element:
    if address and not name.get("valueURI"):
        name.set("valueURI", address)
    return name


def _words(made: etree._Element | None) -> str:
    if made is None:
        return ""
    return folded(" ".join(made.itertext()) if len(made) else made.text or "")
