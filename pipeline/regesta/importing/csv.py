"""`regesta import csv` and `xlsx`: a table of documents becomes records and registers, by a mapping (`mapping.py`)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from regesta import rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.identifiers import short_hash
from regesta.importing import existing, naming, registers, table, when, workbook
from regesta.importing.clauses import Reading, read_remarks
from regesta.importing.existing import DOCUMENTS, Existing
from regesta.importing.facts import Bibl, Dated, Facts, Named, Related, Remark
from regesta.importing.headers import Frame, classification, document
from regesta.importing.mapping import (
    DOCUMENT_TYPES,
    ClauseRelation,
    Decision,
    Entry,
    FieldName,
    Mapping,
    SourceOfFacts,
    load,
)
from regesta.importing.patterns import search
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.importing.records import RecordContent, add_registers, tell_alike
from regesta.importing.registers import KINDS
from regesta.importing.schema import fault
from regesta.importing.table import Table, TableRow
from regesta.importing.when import When
from regesta.sources import printable

_SENT = frozenset({"cable", "telegram", "letter"})
_SYMMETRIC = frozenset({"same-journal", "other-translation", "possibly-same"})
_MOST_OF_A_JOURNAL = 60
_MOST_ID = 90


@dataclass(slots=True)
class Draft:
    """A record while the rows are read: its facts, what its remarks say, and the id that it should have."""

    row: TableRow
    facts: Facts
    date: When | None
    said: Reading = field(default_factory=Reading)
    wish: str = ""
    more: tuple[str, ...] = ()
    kept: bool = False


def read(source: Path, mapping_file: Path, edition: Path, publisher: str, *, workbook_wanted: bool = False) -> Import:
    """Return what the table at `source` would become in the edition at `edition`.

    Raises UsageError when the table or the mapping cannot be used; every fault of a row is a finding.
    """
    mapping = load(mapping_file)
    if not mapping.record.publisher:
        mapping = mapping.model_copy(update={"record": mapping.record.model_copy(update={"publisher": publisher})})
    rows = _table(source, mapping, mapping.sheet, workbook_wanted=workbook_wanted)
    rows.missing(mapping.columns())
    if "title" not in mapping.fields:
        raise UsageError(
            f"The mapping {mapping_file} does not say which column holds the title.", "Add [fields.title]."
        )
    return _Importer(mapping, mapping_file, rows, existing.look(edition)).run()


def _table(path: Path, mapping: Mapping, sheet: str, *, workbook_wanted: bool) -> Table:
    return workbook.read(path, sheet) if workbook_wanted else table.read(path, mapping.encoding, mapping.delimiter)


class _Importer:
    """One import: the mapping, the table, what is there already, and the result that grows."""

    def __init__(self, mapping: Mapping, mapping_file: Path, rows: Table, held: Existing) -> None:
        self.mapping, self.mapping_file, self.table, self.held = mapping, mapping_file, rows, held
        self.shown = printable(rows.path)
        self.result = Import()
        self.labels: dict[tuple[str, str], str] = {}
        self.numbered = 0

    def run(self) -> Import:
        """Read all rows, then connect them, then say what to write."""
        self.result.findings += self.table.told
        self._unused_columns()
        self._fill_registers()
        drafts: list[Draft] = []
        for row in self.table.rows:
            draft = self._draft(row)
            if draft is not None:
                drafts.append(draft)
        self._name(drafts)
        titles = [(each.facts.title, each.date.start if each.date else "", self.place(each.row)) for each in drafts]
        tell_alike(titles, self.held, self.result)
        self._relate(drafts)
        for draft in drafts:
            self._finish(draft)
        self._write_registers()
        self.result.rows.sort(key=lambda row: row.number)
        return self.result

    def place(self, row: TableRow) -> Place:
        """Return the place of findings about a row."""
        return Place(self.shown, row.line, 1)

    def report(self, rule: str, row: TableRow, **values: Any) -> None:
        """Add a finding at a row."""
        self.result.findings.append(rules.finding(rule, Place(self.shown, row.line, 1), **values))

    def refuse(self, row: TableRow, finding: Finding) -> None:
        """Say that nothing is made of a row, and why."""
        self.result.findings.append(finding)
        label = self.cell(row, "title") or f"row {row.number}"
        self.result.rows.append(Row(row.number, label, Fate.REFUSED, reason=finding.message))

    # ── cells ──────────────────────────────────────────────────────────────────────────────────────────────

    def cell(self, row: TableRow, name: FieldName) -> str:
        """Return the value of a field, replaced by what the mapping says it means."""
        column = self.mapping.fields.get(name)
        if column is None:
            return ""
        value = row.cells.get(column.column, "")
        return column.values.get(value, value)

    def names(self, row: TableRow, name: FieldName) -> list[str]:
        """Return the names in a field, without comments in brackets; a comment is told."""
        column = self.mapping.fields.get(name)
        value = row.cells.get(column.column, "") if column else ""
        found: list[str] = []
        for part in value.split(column.separator) if column and column.separator else [value]:
            named, comments = naming.without_comments(part)
            if comments:
                self.report("import-comment", row, comment="; ".join(comments), name=named or part)
            if named:
                named = (column.values if column else {}).get(named, named)
                found.append(self.mapping.aliases.get(named, named))
        return list(dict.fromkeys(found))

    # ── one row ────────────────────────────────────────────────────────────────────────────────────────────

    def _draft(self, row: TableRow) -> Draft | None:
        title = self.cell(row, "title")
        if row.fault is not None:
            self.refuse(row, row.fault)
            return None
        if not title:
            self.refuse(row, rules.finding("import-no-title", Place(self.shown, row.line, 1)))
            return None
        facts = Facts(self._type(row), title)
        facts.draft = search(self.mapping.draft, title) is not None
        self._sources(facts, row)
        date = self._dates(facts, row)
        self._people(facts, row)
        self._witness(facts, row)
        self._membership(facts, row)
        draft = Draft(row, facts, date)
        if self.mapping.remarks:
            remarks = row.cells.get(self.mapping.remarks.column, "")
            draft.said = read_remarks(remarks, self.mapping, facts, date.start[:4] if date else "")
            for remark in draft.said.not_understood:
                self.report("import-remark-kept", row, remark=remark)
        if draft.said.cut and not draft.said.journal:
            self.report("import-date-unknown", row, value=draft.said.cut)
        self._title_dates(draft)
        self._decide(draft)
        self._terms(facts)
        self._access(facts, row)
        draft.wish, draft.more = self._wish(draft)
        return draft

    def _type(self, row: TableRow) -> str:
        value = self.cell(row, "type")
        slug = naming.slug(value)
        if slug in DOCUMENT_TYPES:
            return slug
        if value or "type" in self.mapping.fields:
            self.report("import-value-unknown", row, what="type", value=value or "(empty)", instead="other")
        return "other"

    def _sources(self, facts: Facts, row: TableRow) -> None:
        stated = [each for each in self.mapping.sources if each.where is None or each.where.holds(row.cells)]
        address = self._own_address(row)
        facts.bibls = [self._bibl(each, address) for each in stated]
        if address and not any(each.target for each in facts.bibls):
            label = self.mapping.link.label if self.mapping.link else address
            facts.bibls.insert(0, Bibl("page", "online", target=address, label=label))
        if not facts.bibls:
            facts.bibls.append(Bibl("table", "finding-aid", text=f"the table {self.table.path.name}"))
        particular = [each.id for each in stated if each.where is not None]
        facts.source = particular[0] if particular else facts.bibls[0].id

    def _bibl(self, stated: SourceOfFacts, address: str) -> Bibl:
        own = address if stated.type == "online" else ""
        label = self.mapping.link.label if own and self.mapping.link else ""
        return Bibl(stated.id, stated.type, stated.publisher, stated.text, own, label)

    def _own_address(self, row: TableRow) -> str:
        """Return the address of the document's own page, "" where the mapping does not vouch for it."""
        link, address = self.mapping.link, self.cell(row, "address")
        if link is None or not address or (link.where and not link.where.holds(row.cells)):
            return ""
        try:
            split = urlsplit(address)
        except ValueError:
            self.report("import-value-unknown", row, what="address", value=address, instead="no link")
            return ""
        return address if split.scheme in {"http", "https"} and split.hostname in link.hosts else ""

    def _access(self, facts: Facts, row: TableRow) -> None:
        if self.mapping.link and self.mapping.link.otherwise and not self._own_address(row):
            facts.notes.append(Remark("access", self.mapping.link.otherwise))

    def _dates(self, facts: Facts, row: TableRow) -> When | None:
        exact, words = self.cell(row, "date"), self.cell(row, "date-text")
        date = when.iso(exact) or when.read(exact) if exact else when.read(words)
        if date is None and (exact or words):
            self.report("import-date-unknown", row, value=exact or words)
        written = when.read(words) if words and exact else None
        facts.dates.append(Dated("listing", words or exact, date))
        if date and written and not (date.covers(written) or written.covers(date)):
            told = f"The table dates the document {exact} in one column and {words} in another."
            facts.notes.append(Remark("discrepancy", told))
            self.report("import-dates-differ", row, one=exact, other=words)
        return date

    def _title_dates(self, draft: Draft) -> None:
        facts = draft.facts
        year = draft.date.start[:4] if draft.date else ""
        for phrase in self.mapping.title_dates:
            found = search(phrase.pattern, facts.title)
            if found is None or (phrase.types and facts.type not in phrase.types):
                continue
            text = found.group("date")
            meant = when.read(text, year)
            if meant is None:
                self.report("import-date-unknown", draft.row, value=text)
                continue
            supplied = "" if when.read(text) else "internal"
            facts.dates.append(Dated(phrase.kind, text, meant, evidence=supplied))
            if phrase.journal:
                draft.said.journal = meant
            if draft.date and not (meant.covers(draft.date) or draft.date.covers(meant)):
                listed = facts.dates[0].text
                told = f"The listing dates the document {listed}; its title says {text}. Both dates are kept."
                if phrase.kind == "event" and meant.end < draft.date.start:
                    told = (
                        f"By its title the document records something of {text}; the listing dates it {listed}. The"
                        " two may be the dates of different acts: no source says."
                    )
                facts.notes.append(Remark("discrepancy", told))
            return

    def _people(self, facts: Facts, row: TableRow) -> None:
        facts.authors = [self._named("person", name, "") for name in self.names(row, "creators")]
        for field_name, role in (("translators", "translator"), ("providers", "provider")):
            facts.editors += [self._named("person", name, role) for name in self.names(row, field_name)]  # type: ignore[arg-type]
        if facts.type in _SENT:
            facts.senders = [replace(each) for each in facts.authors]
        made = {each.key for each in facts.authors}
        in_title = facts.type in self.mapping.participants_in_titles_of
        persons = self.names(row, "persons")
        for name in persons:
            named = self._named("person", name, "")
            if named.key not in made:
                present = in_title and self._is_in_title(name, facts.title, persons)
                facts.named.append(replace(named, role="participant" if present else ""))
        facts.named += [self._named("org", name, "") for name in self.names(row, "organisations")]
        facts.named += [self._named("place", name, "") for name in self.names(row, "places")]
        for entry in self.mapping.events:
            found = search(entry.titles, facts.title)
            iso = facts.dates[0].when.start if facts.dates[0].when else ""
            if found and iso.startswith(entry.dated):
                key = self.held.registers["event"].keys.get(entry.name, "")
                facts.named.append(Named("event", found.group(), key, cert=entry.cert or ""))

    def _is_in_title(self, name: str, title: str, others: Sequence[str]) -> bool:
        """Return whether the title has a form of the name that is more than one word, or the surname.

        The surname will do only for a name that says which word it is, and if none of the row's `others` has it.
        """
        plain = f" {_words(title)} "
        forms = [naming.natural(name), *self.held.registers["person"].variants(name)]
        if any(not naming.is_short(form) and f" {_words(form)} " in plain for form in forms):
            return True
        parts = naming.surname_first(name)
        surname = f" {_words(parts[0])} " if parts else ""
        shared = any(surname in f" {_words(other)} " for other in others if other != name)
        return bool(surname) and surname in plain and not shared

    def _named(self, kind: str, name: str, role: str) -> Named:
        """Return the name with the register's entry of exactly that name, which is made if there is none."""
        register = self.held.registers[kind]
        if name not in register.keys:
            registers.collect(register, [name])
            self.labels[kind, name] = name
        return Named(kind, naming.natural(name) if kind == "person" else name, register.keys[name], role)

    def _witness(self, facts: Facts, row: TableRow) -> None:
        facts.repository, facts.shelfmark = self.cell(row, "repository"), self.cell(row, "shelfmark")
        facts.record_number = self.cell(row, "record-number")
        written = self.cell(row, "classification")
        facts.classification, facts.classification_text = classification(written), written
        if written and not facts.classification:
            told = f"The classification is given as “{written}”."
            facts.notes.append(Remark("general", told))
            self.report("import-value-unknown", row, what="classification", value=written, instead="a note")
        column = self.mapping.fields.get("language")
        language = row.cells.get(column.column, "") if column else ""
        if language:
            ident = column.values.get(language, "") if column else ""
            if ident:
                facts.languages.append((ident, language, ""))
            else:
                self.report("import-value-unknown", row, what="language", value=language, instead="a note")
                facts.notes.append(Remark("general", f"The language of the original is given as “{language}”."))
            if language in self.mapping.language_notes:
                facts.notes.append(Remark("source", self.mapping.language_notes[language]))

    def _membership(self, facts: Facts, row: TableRow) -> None:
        series = self.mapping.series
        if series is None:
            return
        value = self.cell(row, "membership")
        facts.membership = series.certainty.get(value, "")
        if not facts.membership:
            self.report("import-value-unknown", row, what="membership", value=value or "(empty)", instead="none")
        if value in series.notes:
            cert = facts.membership if facts.membership != "high" else ""
            facts.notes.append(Remark("general", series.notes[value], cert))
        if series.numbered and series.numbered.holds(row.cells):
            self.numbered += 1
            facts.order = self.numbered

    def _decide(self, draft: Draft) -> None:
        facts = draft.facts
        for decision in self.mapping.decisions:
            if search(decision.title, facts.title) and (draft.date.start if draft.date else "").startswith(
                decision.date
            ):
                facts.addressees += [self._anybody(name, decision) for name in decision.addressees]
                facts.notes += [Remark(kind, text) for kind, text in decision.notes.items()]
        doubt = draft.said.doubt
        facts.title_cert, facts.repository_cert = doubt.get("title", ""), doubt.get("repository", "")
        if "places" in doubt:
            facts.named = [
                replace(each, cert=doubt["places"]) if each.kind == "place" else each for each in facts.named
            ]

    def _terms(self, facts: Facts) -> None:
        """Point to the terms that the title, the shelfmark, numbers, marks or notes use."""
        used = " ".join(
            (facts.title, facts.shelfmark, *facts.numbers, *facts.marks, *(note.text for note in facts.notes))
        )
        keys = self.held.registers["term"].keys
        found = [entry.name for entry in self.mapping.terms if search(entry.titles, used)]
        facts.named += [Named("term", name, keys[name]) for name in found if name in keys]

    def _anybody(self, name: str, decision: Decision) -> Named:
        kind = "org" if name in self.held.registers["org"].keys else "person"
        return replace(self._named(kind, name, ""), cert=decision.cert or "")

    def _wish(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Return the id that the record should have, and words that tell it apart from others of that id."""
        facts = draft.facts
        word = self.mapping.id_words.get(facts.type, facts.type)
        date = draft.date.start if draft.date else "undated"
        authors, others = (
            [each.key for each in facts.authors],
            [each.key for each in facts.named if each.kind == "person"],
        )
        partner = facts.type in self.mapping.participants_in_titles_of
        first = (others or authors) if partner else authors
        who = self._short_key(first[0]) if first else naming.title_words(facts.title, f"{word}-draft")
        if not authors and facts.addressees:
            who = f"to-{self._short_key(facts.addressees[0].key)}"
        wish = "-".join(filter(None, ("draft" if facts.draft else "", word, date, who)))[:_MOST_ID].strip("-")
        rest = [self._short_key(each) for each in others]
        record = facts.record_number or draft.said.record_number
        unlike = short_hash(f"{facts.title}\0{self.cell(draft.row, 'address')}\0{draft.row.cells}")
        return wish, (record, *rest, naming.last_words(facts.title), unlike)

    def _short_key(self, key: str) -> str:
        """Return the surname of an entry whose name is written surname first, else its whole key."""
        parts = naming.surname_first(self.held.registers["person"].name_of(key))
        return (naming.slug(parts[0]) if parts else "") or key

    # ── all rows ───────────────────────────────────────────────────────────────────────────────────────────

    def _name(self, drafts: list[Draft]) -> None:
        """Give every record its id: that of the file it has already, else the one it should have."""
        facts_of = {id(draft): (draft.facts.title, draft.date.start if draft.date else "") for draft in drafts}
        rows_of = Counter(facts_of.values())
        rest: list[Draft] = []
        for draft in drafts:
            facts = facts_of[id(draft)]
            files = self.held.by_facts.get(facts, [])
            if len(files) == 1 and rows_of[facts] == 1:
                draft.facts.id, draft.kept = files[0], True
            else:
                rest.append(draft)
        twins = {each for draft in rest for each in self.held.by_facts.get(facts_of[id(draft)], [])}
        names = naming.unique([(draft.wish, draft.more) for draft in rest], set(self.held.ids) - twins)
        for draft, name in zip(rest, names, strict=True):
            draft.facts.id = name
            draft.kept = name in twins

    def _relate(self, drafts: list[Draft]) -> None:
        by_record = {draft.facts.record_number: draft for draft in drafts if draft.facts.record_number}
        groups = _journals(drafts, by_record)
        for group in groups:
            for draft in group:
                others = [each for each in group if each is not draft]
                near = others if len(group) <= _MOST_OF_A_JOURNAL else _neighbours(group, draft)
                draft.facts.relations += [Related("same-journal", each.facts.id) for each in near]
        self._infer_journals(drafts)
        for draft in drafts:
            for wanted in draft.said.relations:
                target = self._target(draft, wanted, drafts, by_record)
                if target is None:
                    self.report("import-relation-open", draft.row, relation=wanted.type)
                    continue
                _join(draft, target, wanted.type, wanted.cert or "")
        self._finals(drafts)

    def _target(
        self, draft: Draft, wanted: ClauseRelation, drafts: list[Draft], by_record: dict[str, Draft]
    ) -> Draft | None:
        """Return the one record that answers to what the row says, or None."""
        if wanted.record:
            return by_record.get(wanted.record)
        if wanted.previous:
            at = next(number for number, each in enumerate(drafts) if each is draft)
            return drafts[at - 1] if at and drafts[at - 1].row.number == draft.row.number - 1 else None
        same_day = [
            each
            for each in drafts
            if each.date == draft.date and wanted.title in each.facts.title and each is not draft
        ]
        return same_day[0] if len(same_day) == 1 else None

    def _infer_journals(self, drafts: list[Draft]) -> None:
        """Join days of a journal that no source joins to one whose period they lie in, if the mapping allows it."""
        inference = self.mapping.journals
        known = [draft for draft in drafts if draft.said.journal and draft.facts.authors]
        for draft in drafts if inference.note else []:
            if draft.facts.type != "journal" or draft.said.journal or not draft.date or not draft.facts.authors:
                continue
            if any(each.type == "same-journal" for each in draft.facts.relations):
                continue
            author, date = draft.facts.authors[0].key, draft.date
            near = [
                each
                for each in known
                if each.facts.authors[0].key == author and each.said.journal and each.said.journal.covers(date)
            ]
            periods = {each.said.journal for each in near}
            if len(periods) == 1:
                draft.facts.notes.append(Remark("general", inference.note, inference.cert))
                for each in near:
                    _join(draft, each, "same-journal", inference.cert)

    def _finals(self, drafts: list[Draft]) -> None:
        """Join a draft to the one document of its type and day whose title is the draft's without that word."""
        finals: dict[tuple[str, str, When | None], list[Draft]] = defaultdict(list)
        for draft in drafts:
            if not draft.facts.draft:
                finals[draft.facts.title.casefold(), draft.facts.type, draft.date].append(draft)
        for draft in drafts:
            found = search(self.mapping.draft, draft.facts.title) if draft.facts.draft else None
            if found is None:
                continue
            title = draft.facts.title[found.end() :].strip().casefold()
            meant = finals.get((title, draft.facts.type, draft.date), [])
            if len(meant) == 1:
                draft.facts.relations.append(Related("draft-of", meant[0].facts.id, "medium"))
                told = "That it is the draft of the record of the same day is inferred from the titles, which agree."
                draft.facts.notes.append(Remark("general", told, "medium"))

    def _finish(self, draft: Draft) -> None:
        facts, row = draft.facts, draft.row
        path = f"{DOCUMENTS}/{facts.id}.xml"
        if draft.kept:
            told = "the edition has a record of this title and date"
            self.result.rows.append(Row(row.number, facts.title, Fate.KEPT, path, told))
            self.result.files.append(NewFile(path, self._content(facts)))
            return
        reason = fault(document(facts, self.frame))
        if reason:
            self.refuse(row, rules.finding("import-invalid", Place(self.shown, row.line, 1), reason=reason))
            return
        self.result.files.append(NewFile(path, self._content(facts)))
        self.result.rows.append(Row(row.number, facts.title, Fate.MADE, path))

    def _content(self, facts: Facts) -> RecordContent:
        return RecordContent(facts, self.frame)

    @property
    def frame(self) -> Frame:
        """Return what all records share."""
        return Frame(self.mapping.record, self.mapping.series.title if self.mapping.series else "")

    # ── registers ──────────────────────────────────────────────────────────────────────────────────────────

    def _fill_registers(self) -> None:
        if self.mapping.persons:
            self._persons_table()
        stated: dict[str, Iterable[Entry]] = {
            "person": self.mapping.people, "org": self.mapping.organisations, "place": self.mapping.places,
            "event": self.mapping.events, "term": self.mapping.terms,
        }  # fmt: skip
        for kind, entries in stated.items():
            register = self.held.registers[kind]
            for entry in entries:
                identifier = register.add(entry.name, entry.id)
                if identifier is not None:
                    register.put(identifier, *registers.stated(register.kind, identifier, entry))

    def _persons_table(self) -> None:
        stated = self.mapping.persons
        if stated is None:
            return
        path = self.table.path.parent / stated.file
        found = _table(path, self.mapping, stated.sheet, workbook_wanted=path.suffix.lower() == ".xlsx")
        self.result.findings += found.told
        wanted = [stated.name, *filter(None, (stated.variants, stated.roles, stated.nationality))]
        found.missing(dict.fromkeys(wanted, "[persons]"))
        register = self.held.registers["person"]
        for row in found.rows:
            name = row.cells.get(stated.name, "")
            if row.fault is not None or not name:
                self.result.findings.append(
                    row.fault or rules.finding("import-no-title", Place(printable(found.path), row.line, 1))
                )
                continue
            identifier = register.add(name)
            if identifier is not None:
                register.put(identifier, registers.person(identifier, row.cells, stated))

    def _write_registers(self) -> None:
        bare = Counter(kind for kind, _name in self.labels)
        for kind in self.held.registers:
            if bare[kind]:
                examples = [name for each, name in self.labels if each == kind][:3]
                told = ", ".join(f"“{name}”" for name in examples)
                place = Place(self.shown)
                self.result.findings.append(
                    rules.finding("import-name-bare", place, count=bare[kind], what=KINDS[kind].id, examples=told)
                )
        add_registers(self.held, self.mapping.record, self.shown, self.result)

    def _unused_columns(self) -> None:
        used = {*self.mapping.columns(), *self.mapping.ignore}
        for name in self.table.columns:
            if name not in used:
                place = Place(self.shown, 1, 1)
                self.result.findings.append(rules.finding("import-column-unused", place, column=name))


def _join(draft: Draft, target: Draft, kind: str, cert: str) -> None:
    """Relate a record to another, and the other to it where the relation goes both ways."""
    pairs = [(draft, target), (target, draft)] if kind in _SYMMETRIC else [(draft, target)]
    for one, other in pairs:
        if all(each.target != other.facts.id or each.type != kind for each in one.facts.relations):
            one.facts.relations.append(Related(kind, other.facts.id, cert))


def _journals(drafts: list[Draft], by_record: dict[str, Draft]) -> Iterator[list[Draft]]:
    """Yield the records that are cut out of one journal.

    They share author and period, or author and leaves of a shelfmark, or one names the other's record number.
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            number = parent[number]
        return number

    number_of = {id(draft): number for number, draft in enumerate(drafts)}
    first: dict[tuple[str, str], int] = {}
    for number, draft in enumerate(drafts):
        keys = []
        author = draft.facts.authors[0].key if draft.facts.authors else ""
        if draft.said.journal and author:
            keys.append((author, f"{draft.said.journal.start}/{draft.said.journal.end}"))
        if draft.facts.type == "journal" and author and _has_leaves(draft.facts.shelfmark):
            keys.append((author, draft.facts.shelfmark))
        for key in keys:
            parent[root(number)] = root(first.setdefault(key, number))
        for record in draft.said.same_journal:
            if record in by_record:
                parent[root(number)] = root(number_of[id(by_record[record])])
    groups: dict[int, list[Draft]] = defaultdict(list)
    for number in sorted(parent):
        groups[root(number)].append(drafts[number])
    yield from (group for group in groups.values() if len(group) > 1)


def _words(text: str) -> str:
    """Return the words of a name or title with one space between them, without marks other than hyphens."""
    return " ".join(re.findall(r"[\w-]+", naming.comparable(text)))


def _has_leaves(shelfmark: str) -> bool:
    return search(r"\bList[yi]?\b \d", shelfmark) is not None


def _neighbours(group: list[Draft], draft: Draft) -> list[Draft]:
    at = next(number for number, each in enumerate(group) if each is draft)
    return [*group[max(0, at - 1) : at], *group[at + 1 : at + 2]]
