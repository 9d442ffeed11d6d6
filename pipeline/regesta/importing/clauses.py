"""What the remarks of a row say, by the patterns of the mapping; a remark that none matches is kept as a note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.importing import when
from regesta.importing.facts import Dated, Facts, Remark
from regesta.importing.mapping import Clause, ClauseRelation, Mapping
from regesta.importing.patterns import whole
from regesta.importing.when import When


@dataclass(slots=True)
class Reading:
    """What remarks say beyond the facts of their own record: relations, journals, doubts, what is not understood."""

    record_number: str = ""
    journal: When | None = None
    cut: str = ""
    same_journal: list[str] = field(default_factory=list)
    relations: list[ClauseRelation] = field(default_factory=list)
    doubt: dict[str, str] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)


def read_remarks(text: str, mapping: Mapping, facts: Facts, year: str) -> Reading:
    """Put what the remarks say into `facts` and return the rest; `year` is that of the row."""
    said = Reading()
    separator = mapping.remarks.separator if mapping.remarks else ";"
    for part in text.split(separator):
        remark = part.strip()
        if not remark:
            continue
        for clause in mapping.clauses:
            found = whole(clause.pattern, remark)
            if found:
                _apply(clause, found, facts, said, year)
                break
        else:
            facts.notes.append(Remark("general", sentence(remark)))
            said.not_understood.append(remark)
    return said


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!")) else ".")


def _apply(clause: Clause, found: re.Match[str], facts: Facts, said: Reading, year: str) -> None:
    groups = {name: value or "" for name, value in found.groupdict().items()}

    def filled(template: str) -> str:
        return template.format_map(groups).strip()

    if clause.note:
        text = filled(clause.text) if clause.text else sentence(found.group())
        facts.notes.append(Remark(clause.note, text, clause.cert or ""))
    if clause.record_number:
        facts.record_number = said.record_number = filled(clause.record_number)
    facts.copies += [filled(each) for each in clause.copies]
    facts.numbers += [filled(each) for each in clause.numbers]
    facts.marks += [filled(each) for each in clause.marks]
    facts.distribution += [filled(clause.distribution)] if clause.distribution else []
    facts.languages += [(ident, "", cert) for ident, cert in clause.languages.items()]
    for stated in clause.dates:
        _date(stated.kind, filled(stated.text), facts, said, year, cert=stated.cert or "")
    if clause.journal:
        said.journal = when.read(filled(clause.journal), year)
        said.cut = filled(clause.journal)
        _date("period", said.cut, facts, said, year)
        facts.day = facts.type == "journal"
    if clause.relation and clause.relation.type == "same-journal":
        said.same_journal.append(filled(clause.relation.record))
    elif clause.relation:
        said.relations.append(clause.relation.model_copy(update={"record": filled(clause.relation.record)}))
    said.doubt.update({str(name): str(cert) for name, cert in clause.doubt.items()})


def _date(kind: str, text: str, facts: Facts, said: Reading, year: str, *, cert: str = "") -> None:
    """Add a date; one that names no year gets the year given, and says that this is inferred from the record itself."""
    if not text:
        return
    exact, meant = when.read(text), when.read(text, year)
    if meant is None:
        said.not_understood.append(text)
    facts.dates.append(Dated(kind, text, meant, cert, "internal" if meant and exact is None else ""))
