"""Reads MODS (Library of Congress, 3.x): what a description says becomes the facts of a record; the rest is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import langcodes
from lxml import etree

from regesta import rules
from regesta.findings import Finding, Place
from regesta.importing import naming, registers, when
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts, Named, Remark
from regesta.importing.mapping import DATE_KINDS, DOCUMENT_TYPES
from regesta.importing.when import When
from regesta.reading import local_name

NAMESPACE = "http://www.loc.gov/mods/v3"
_NOTES = frozenset(["discrepancy", "source", "access", "general"])
_DATE_ELEMENTS = {"dateCreated": "written", "dateIssued": "registered", "dateCaptured": "registered"}
_AUTHORS, _SENDERS, _ADDRESSEES = {"aut", "author", "cre", "creator"}, {"sender", "crp"}, {"addressee", "rcp"}
_EDITORS = {"trl": "translator", "translator": "translator", "edt": "editor", "editor": "editor",
            "trc": "transcriber", "transcriber": "transcriber", "provider": "provider"}  # fmt: skip
_PARTS = {"participant": "participant", "mentioned": "mentioned"}
_KINDS = {"personal": "person", "corporate": "org", "family": "person", "conference": "org"}
_SILENT = frozenset(["recordInfo", "typeOfResource", "titleInfo", "genre"])


@dataclass
class Reader:
    """Reads one description after the other; `left` counts what records have no place for."""

    held: Existing
    left: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def facts(self, mods: etree._Element, place: Place, source: str) -> Facts:
        """Return the facts of a description; the title is "" where it has none. `source` says where it comes from."""
        facts = Facts(self._type(mods, place), _title(mods), source="description")
        facts.bibls = [Bibl("description", "finding-aid", text=source)]
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

    def _type(self, mods: etree._Element, place: Place) -> str:
        genres = [_words(each) for each in mods.iterchildren(f"{{{NAMESPACE}}}genre")]
        known = next((slug for each in genres if (slug := naming.slug(each)) in DOCUMENT_TYPES), "")
        for each in genres:
            if naming.slug(each) not in DOCUMENT_TYPES:
                self.findings.append(
                    rules.finding(
                        "import-value-unknown", place, what="genre", value=each, instead=f"“{known or 'other'}”"
                    )
                )
        return known or "other"

    def _readers(self) -> dict[str, Callable[[etree._Element, Facts, Place], None]]:
        """Return what reads each element of MODS that a record has a place for."""
        return {
            "name": self._name, "originInfo": self._origin, "language": self._language, "abstract": self._abstract,
            "note": self._note, "subject": self._subject, "identifier": self._identifier, "location": self._location,
            "relatedItem": self._related, "accessCondition": self._access, "physicalDescription": self._physical,
        }  # fmt: skip

    def _name(self, made: etree._Element, facts: Facts, place: Place) -> None:
        roles = [_words(each).casefold() for each in made.iter(f"{{{NAMESPACE}}}roleTerm")] or ["author"]
        named = self._named(made)
        if named is None:
            return
        if _AUTHORS & set(roles):
            facts.authors.append(named)
        elif _SENDERS & set(roles):
            facts.senders.append(named)
        elif _ADDRESSEES & set(roles):
            facts.addressees.append(named)
        elif editor := next((_EDITORS[role] for role in roles if role in _EDITORS), ""):
            facts.editors.append(Named(named.kind, named.label, named.key, editor))
        elif part := next((_PARTS[role] for role in roles if role in _PARTS), ""):
            facts.named.append(Named(named.kind, named.label, named.key, part))
        else:
            facts.named.append(named)
            facts.notes.append(Remark("general", f"{named.label}: {', '.join(roles)}."))

    def _named(self, made: etree._Element) -> Named | None:
        kind = _KINDS.get(made.get("type", ""), "person")
        name = ", ".join(filter(None, (_words(each) for each in made.iterchildren(f"{{{NAMESPACE}}}namePart"))))
        if not name:
            return None
        register = self.held.registers[kind]
        registers.collect(register, [name])
        return Named(kind, naming.natural(name) if kind == "person" else name, register.keys[name])

    def _origin(self, made: etree._Element, facts: Facts, place: Place) -> None:
        found: dict[str, dict[str, str]] = {}
        for each in made.iterchildren(etree.Element):
            name = local_name(each)
            if not name.startswith("date") and name != "copyrightDate":
                self.left[f"{name} of originInfo"] += 1
                continue
            kind = each.get("type", "") if name == "dateOther" else _DATE_ELEMENTS.get(name, "listing")
            found.setdefault(kind if kind in DATE_KINDS else "listing", {})[each.get("point", "")] = _words(each)
        for kind, points in found.items():
            start, end = points.get("start", points.get("", "")), points.get("end", "")
            words = f"{start} to {end}" if end else start
            first, last = when.iso(start) or when.read(start), when.iso(end)
            meant = When(first.start, last.end) if first and last else first
            if meant is None:
                self.findings.append(rules.finding("import-date-unknown", place, value=words))
            facts.dates.append(Dated(kind, words, meant))

    def _language(self, made: etree._Element, facts: Facts, place: Place) -> None:
        for term in made.iterchildren(f"{{{NAMESPACE}}}languageTerm"):
            code = _words(term)
            if term.get("type") == "code" and langcodes.tag_is_valid(code):
                facts.languages.append((langcodes.standardize_tag(code), "", ""))
            elif term.get("type") == "code":
                finding = rules.finding("import-value-unknown", place, what="language", value=code, instead="none")
                self.findings.append(finding)

    def _abstract(self, made: etree._Element, facts: Facts, place: Place) -> None:
        facts.abstract = " ".join(filter(None, (facts.abstract, _words(made))))
        if facts.abstract:
            told = rules.finding("wording-third-party", place, title=facts.title, source=facts.bibls[0].text)
            self.findings.append(told)

    def _note(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        kind = made.get("type", "")
        words = _words(made) if kind in {*_NOTES, ""} else f"{kind}: {_words(made)}"
        facts.notes.append(Remark(kind if kind in _NOTES else "general", words))

    def _subject(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        for each in made.iterchildren(etree.Element):
            name, words = local_name(each), _words(each)
            if name == "name" and (named := self._named(each)):
                facts.named.append(named)
            elif name == "geographic" and words:
                registers.collect(self.held.registers["place"], [words])
                facts.named.append(Named("place", words, self.held.registers["place"].keys[words]))
            elif name in {"topic", "temporal", "genre", "titleInfo"} and words:
                facts.named.append(Named("term", words, ""))
            elif name != "name":
                self.left[f"{name} of subject"] += 1

    def _identifier(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        kind, words = made.get("type", ""), _words(made)
        if kind == "local":
            facts.id = words
        elif kind == "record-number":
            facts.record_number = words
        elif words:
            facts.notes.append(Remark("source", f"identifier{f' ({kind})' if kind else ''}: {words}"))

    def _location(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        for each in made.iter(etree.Element):
            name, words = local_name(each), _words(each)
            if name == "physicalLocation":
                facts.repository = facts.repository or words
            elif name == "shelfLocator":
                facts.shelfmark = facts.shelfmark or words
            elif name == "url" and re.fullmatch(r"https?://\S+", words):
                facts.bibls.append(
                    Bibl(f"page-{len(facts.bibls)}", "online", target=words, label="the document's page")
                )

    def _related(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        words = "; ".join(
            filter(None, (_words(each) for each in made.iter(f"{{{NAMESPACE}}}title", f"{{{NAMESPACE}}}note")))
        )
        if words:
            facts.notes.append(Remark("general", f"related item ({made.get('type') or 'of no stated kind'}): {words}"))

    def _access(self, made: etree._Element, facts: Facts, _place: Place) -> None:
        if _words(made):
            facts.notes.append(Remark("access", _words(made)))

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


def _title(mods: etree._Element) -> str:
    for info in mods.iterchildren(f"{{{NAMESPACE}}}titleInfo"):
        if not info.get("type"):
            return _words(info)
    return ""


def _words(made: etree._Element) -> str:
    return " ".join(" ".join(made.itertext()).split()) if len(made) else " ".join((made.text or "").split())
