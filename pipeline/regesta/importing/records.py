"""From the facts of many documents to their records: which are there already, what each is called, what is valid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regesta import rules
from regesta.findings import Place
from regesta.importing import naming
from regesta.importing.existing import DOCUMENTS, REGISTERS, Existing
from regesta.importing.facts import Facts
from regesta.importing.headers import Frame, document
from regesta.importing.mapping import RecordText
from regesta.importing.markup import serialize
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.importing.registers import KINDS, Register
from regesta.importing.schema import fault


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that wants to be made: its number and place in the source, its facts, words that tell it apart."""

    number: int
    place: Place
    facts: Facts
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordContent:
    """The bytes of a record, made when they are wanted."""

    facts: Facts
    frame: Frame

    def __call__(self) -> bytes:
        """Return the file."""
        return serialize(document(self.facts, self.frame))


@dataclass(frozen=True, slots=True)
class RegisterContent:
    """The bytes of a register, made when they are wanted."""

    register: Register
    words: RecordText

    def __call__(self) -> bytes:
        """Return the file."""
        return serialize(self.register.made(self.words))


def add_records(candidates: Sequence[Candidate], held: Existing, frame: Frame, result: Import) -> None:
    """Give every record its id (of the one that the edition has of its title and date, else its own); add its file.

    An id that the facts state already is a wish.
    """
    keys = [_key(each.facts) for each in candidates]
    count = Counter(keys)
    known = [held.by_facts[key][0] if count[key] == 1 and len(held.by_facts.get(key, ())) == 1 else "" for key in keys]
    wishes = [
        (_wish(each.facts), (naming.last_words(each.facts.title), *each.more))
        for each, there in zip(candidates, known, strict=True)
        if not there
    ]
    tell_alike(
        [(each.facts.title, key[1], each.place) for each, key in zip(candidates, keys, strict=True)], held, result
    )
    # A record that an import made before keeps its name: its own file is no other record's.
    own = {name for key in keys for name in held.by_facts.get(key, ())}
    names = iter(naming.unique(wishes, set(held.ids) - own))
    for each, there in zip(candidates, known, strict=True):
        each.facts.id = there or next(names)
        _add(each, bool(there) or each.facts.id in own, frame, result)
    result.rows.sort(key=lambda row: row.number)


def tell_alike(titles: Sequence[tuple[str, str, Place]], held: Existing, result: Import) -> None:
    """Tell of titles of one date that differ only by capitals, accents' encoding, apostrophes or spaces.

    `titles` are those of new records with dates and places; they are compared with each other and the edition's.
    """
    seen: dict[tuple[str, str], str] = {}
    for title, date in held.by_facts:
        seen.setdefault((_comparable(title), date), title)
    for title, date, place in titles:
        first = seen.setdefault((_comparable(title), date), title)
        if first != title:
            result.findings.append(rules.finding("records-alike", place, one=title, other=first))


def _comparable(title: str) -> str:
    return " ".join(naming.comparable(title.translate(_QUOTES)).split())


def _add(candidate: Candidate, there: bool, frame: Frame, result: Import) -> None:
    facts = candidate.facts
    reason = fault(document(facts, frame))
    if reason:
        finding = rules.finding("import-invalid", candidate.place, reason=reason)
        result.findings.append(finding)
        result.rows.append(Row(candidate.number, facts.title, Fate.REFUSED, reason=finding.message))
        return
    path = f"{DOCUMENTS}/{facts.id}.xml"
    result.files.append(NewFile(path, RecordContent(facts, frame)))
    told = "the edition has a record of this title and date" if there else ""
    result.rows.append(Row(candidate.number, facts.title, Fate.KEPT if there else Fate.MADE, path, told))


def add_registers(held: Existing, words: RecordText, shown: str, result: Import) -> None:
    """Add the registers that have new entries, and tell of names that differ by capitals, accents or spaces only."""
    for kind, register in held.registers.items():
        for one, other in register.alike():
            result.findings.append(rules.finding("names-alike", Place(shown), one=one, other=other))
        result.registers[KINDS[kind].id] = (register.held, register.added)
        if register.added:
            path = f"{REGISTERS}/{register.kind.file}"
            result.files.append(NewFile(path, RegisterContent(register, words), merged=True))


def _key(facts: Facts) -> tuple[str, str]:
    date = facts.dates[0].when
    return facts.title, date.start if date else ""


def _wish(facts: Facts) -> str:
    if facts.id:
        return naming.key(facts.id, "record")
    date = facts.dates[0].when
    kind = {"memorandum-of-conversation": "conversation", "other": "item"}.get(facts.type, facts.type)
    words = ("draft" if facts.draft else "", kind, date.start if date else "undated")
    wish = "-".join(filter(None, (*words, naming.title_words(facts.title, f"{kind}-draft"))))
    return wish[:_MOST_ID].strip("-")


_MOST_ID = 90
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
