"""`regesta import cmif`: the letters that an index of correspondence (CMIF) lists become records.

Such an index has no titles: a record gets one in square brackets, made of sender, addressee and date. People and places
with an address of an authority file get it as `idno` of their entry; two of one name and different addresses are never
merged.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from regesta import rules
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.findings import Place
from regesta.identifiers import short_hash
from regesta.importing import described, existing, naming, when
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts, Named, Remark
from regesta.importing.headers import Frame
from regesta.importing.mapping import RecordText
from regesta.importing.markup import XML_ID
from regesta.importing.plan import Fate, Import, Row
from regesta.importing.records import Candidate, add_records, add_registers
from regesta.importing.when import When
from regesta.importing.xml_source import parsed
from regesta.reading import ParsedFile, local_name
from regesta.sources import printable

_KINDS = {"persName": "person", "orgName": "org", "placeName": "place"}
_TYPES = {"online": "online", "print": "print", "hybrid": "print"}
_NOBODY = frozenset({"unknown", "unbekannt", "inconnu", "[unknown]", "n. n.", "n.n."})
_READ = frozenset({"correspAction", "note"})


def read(source: Path, edition: Path, publisher: str) -> Import:
    """Return what the index would become. Raises UsageError when it is none, or lists no letters."""
    index_file = parsed(source)
    held, result = existing.look(edition), Import()
    words = RecordText(publisher=publisher, change="Record made by regesta import from an index of correspondence.")
    index = _Index(index_file, held, result)
    candidates = []
    for number, letter in enumerate(index_file.root.iter(f"{{{TEI}}}correspDesc"), start=1):
        place = index_file.place(letter)
        facts = index.facts(letter, place)
        if facts is None:
            finding = rules.finding("import-no-title", place)
            result.findings.append(finding)
            result.rows.append(Row(number, f"letter {number}", Fate.REFUSED, reason=finding.message))
            continue
        candidates.append(Candidate(number, place, facts, (letter.get("key", ""), short_hash(f"{facts}{number}"))))
    if not candidates and not result.rows:
        raise UsageError(
            f"The file {printable(source)} lists no letters.", "An index has a correspDesc for each letter."
        )
    add_records(candidates, held, Frame(words), result)
    add_registers(held, words, index.shown, result)
    index.tell()
    return result


@dataclass
class _Index:
    """The index: where the letters were published, and what no record can carry."""

    parsed: ParsedFile
    held: Existing
    result: Import
    left: Counter[str] = field(default_factory=Counter)
    titles: int = 0

    @property
    def shown(self) -> str:
        """Return the path as findings give it."""
        return self.parsed.path

    def facts(self, letter: etree._Element, place: Place) -> Facts | None:
        """Return the facts of a letter, None when it names nobody and no date."""
        key = letter.get("key", "")
        facts = Facts("letter", "", key if re.fullmatch(r"(?=.*[A-Za-z])[\w.-]+", key) else "", source="index")
        for action in letter.iterchildren(f"{{{TEI}}}correspAction"):
            self._action(action, facts, place)
        if not (facts.senders or facts.addressees or facts.dates):
            return None
        facts.authors = [each for each in facts.senders if each.kind != "place"]
        facts.dates = facts.dates or [Dated("sent", "", None)]
        facts.title = self._title(facts)
        facts.bibls = self._bibls(letter)
        for note in letter.iterchildren(f"{{{TEI}}}note"):
            words, target = _of(note), (note.find(f"{{{TEI}}}ref") if len(note) else None)
            address = "" if target is None else target.get("target", "")
            if words or address:
                facts.notes.append(Remark("general", " ".join(filter(None, (words, address)))))
        for child in letter.iterchildren(etree.Element):
            if local_name(child) not in _READ:
                self.left[f"{local_name(child)} of a letter"] += 1
        return facts

    def _title(self, facts: Facts) -> str:
        self.titles += 1
        senders = " and ".join(each.label for each in facts.senders if each.kind != "place")
        to = " and ".join(each.label for each in facts.addressees if each.kind != "place")
        told = " ".join(filter(None, (senders and f"from {senders}", to and f"to {to}")))
        return f"[Letter {told}{', ' if told else ''}{facts.dates[0].text or 'undated'}]"

    def _action(self, action: etree._Element, facts: Facts, place: Place) -> None:
        kind = action.get("type", "")
        named = [
            self._named(each, place)
            for each in action.iterchildren(*(f"{{{TEI}}}{name}" for name in _KINDS))
            if _of(each)
        ]
        dates = [_dated(each, kind) for each in action.iterchildren(f"{{{TEI}}}date")]
        if kind in {"sent", "received"}:
            (facts.senders if kind == "sent" else facts.addressees).extend(named)
            facts.dates += [each for each in dates if each.text]
        else:
            told = ", ".join([*(each.label for each in named), *(each.text for each in dates)])
            facts.notes.append(Remark("general", f"{kind or 'correspAction'}: {told}"))
        for each in action.iterchildren(etree.Element):
            if each.get("evidence"):
                told = f"The index marks “{_of(each) or each.get('when', '')}” as {each.get('evidence')}."
                facts.notes.append(Remark("general", told))
            if local_name(each) not in {*_KINDS, "date"}:
                self.left[f"{local_name(each)} of an action"] += 1

    def _named(self, made: etree._Element, place: Place) -> Named:
        kind, name, address = _KINDS[local_name(made)], _of(made), made.get("ref", "")
        label = naming.natural(name) if kind == "person" else name
        cert = made.get("cert", "") if made.get("cert") in {"high", "medium", "low", "unknown"} else ""
        if name.casefold() in _NOBODY:
            return Named(kind, label, "", cert=cert)
        if address and not described.authority_in(address)[0]:
            self.left["address of an authority file that is not known here"] += 1
        entry = described.entry(self.held, kind, (name, ""), address, "")
        if entry != self.held.registers[kind].keys.get(name):
            self.result.findings.append(rules.finding("names-twofold", place, name=name, number=address))
        return Named(kind, label, entry, cert=cert)

    def _bibls(self, letter: etree._Element) -> list[Bibl]:
        """Return where the letter is published: the edition that its source names, and its own page."""
        wanted = letter.get("source", "").removeprefix("#")
        stated = [each for each in self.parsed.root.iter(f"{{{TEI}}}bibl") if each.get(XML_ID) == wanted]
        key = f", no. {letter.get('key')}" if letter.get("key") else ""
        text = (_of(stated[0]) if stated else f"Index of correspondence {self.shown.rpartition('/')[2]}") + key
        kind = _TYPES.get(stated[0].get("type", ""), "finding-aid") if stated else "finding-aid"
        page = letter.get("ref", "")
        found = [Bibl("index", kind, text=text)]
        if re.fullmatch(r"https?://\S+", page):
            found.append(Bibl("page", "online", target=page, label="the letter's page"))
        return found

    def tell(self) -> None:
        """Report what was made up and what no record carries."""
        if self.titles:
            self.result.findings.append(rules.finding("cmif-title", Place(self.shown), count=self.titles))
        for what, count in sorted(self.left.items()):
            self.result.findings.append(rules.finding("import-left", Place(self.shown), what=what, count=count))


def _dated(date: etree._Element, kind: str) -> Dated:
    stated = {name: date.get(name, "")[:10] for name in ("when", "from", "to", "notBefore", "notAfter")}
    words = _of(date)
    whole = when.iso(stated["when"])
    start, end = when.iso(stated["from"]), when.iso(stated["to"])
    lower, upper = when.iso(stated["notBefore"]), when.iso(stated["notAfter"])
    meant = whole
    if start and end:
        meant = When(start.start, end.end)
    elif lower and upper:
        meant = When(lower.start, upper.end, bounds=True)
    told = ", ".join(f"{name} {value}" for name, value in stated.items() if value)
    return Dated("received" if kind == "received" else "sent", words or (whole.start if whole else told), meant)


def _of(made: etree._Element) -> str:
    return " ".join("".join(made.itertext()).split())
