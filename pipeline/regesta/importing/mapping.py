"""The mapping of a table: which column holds which fact, in TOML. `docs/importing.md` explains every key.

A mapping states decisions, so that none has to be guessed: values that stand for others, words that mean a draft, what
a remark says, which titles name which event. What it does not cover is kept as it is and told in a finding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from regesta.errors import UsageError

FieldName = Literal[
    "title", "type", "date", "date-text", "creators", "persons", "places", "organisations", "repository", "shelfmark",
    "providers", "translators", "classification", "language", "address", "membership", "record-number",
]  # fmt: skip
DocumentType = Literal[
    "cable", "telegram", "memorandum-of-conversation", "journal", "minutes", "decision", "report", "letter", "note",
    "speech", "instruction", "agreement", "article", "other",
]  # fmt: skip
DateKind = Literal[
    "event", "signed", "sent", "received", "registered", "written", "typed", "filed", "translated", "period"
]
DOCUMENT_TYPES: frozenset[str] = frozenset(get_args(DocumentType))
DATE_KINDS: frozenset[str] = frozenset({*get_args(DateKind), "listing"})
NoteType = Literal["discrepancy", "source", "access", "general"]
Certainty = Literal["high", "medium", "low", "unknown"]
Relation = Literal[
    "part-of", "same-journal", "draft-of", "enclosure-of", "translation-of", "other-translation", "possibly-same"
]
RELATIONS: frozenset[str] = frozenset(get_args(Relation))


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"it is no regular expression: {error}") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class Model(BaseModel):
    """A table of the mapping; keys that it does not know are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"))


class Column(Model):
    """A column and how its cells are read: `separator` divides them, `values` replaces whole values by others."""

    column: str
    separator: str = ""
    values: dict[str, str] = {}


class Where(Model):
    """A condition on a row: this column holds this value."""

    column: str
    value: str

    def holds(self, row: dict[str, str]) -> bool:
        """Return whether the row meets the condition."""
        return row.get(self.column, "") == self.value


class SourceOfFacts(Model):
    """A `bibl` of every record, or of the rows where `where` holds; the facts of those rows point to it."""

    id: str
    type: Literal["online", "listing", "print", "finding-aid"]
    publisher: str = ""
    text: str = ""
    where: Where | None = None


class Link(Model):
    """When the address of a row is that of the document's own page: on one of these hosts and, if given, `where`."""

    hosts: list[str]
    where: Where | None = None
    label: str = "the document's page"
    otherwise: str = ""


class Series(Model):
    """The collection: its name, how sure a membership is, and which rows are its first ones in order."""

    title: str
    certainty: dict[str, Certainty] = {}
    notes: dict[str, str] = {}
    numbered: Where | None = None


class DatePhrase(Model):
    """A date found by a pattern with a group `date`; `kind` says of what, `journal` that it is that of a journal."""

    pattern: Pattern
    kind: DateKind
    types: list[str] = []
    journal: bool = False


class ClauseDate(Model):
    """A date in a remark, written `text` (a template with the pattern's groups)."""

    kind: DateKind
    text: str
    cert: Certainty | None = None


class ClauseRelation(Model):
    """A related record in a remark: by record number, by words of its title on the same day, or the row before."""

    type: Relation
    record: str = ""
    title: str = ""
    previous: bool = False
    cert: Certainty | None = None


class Clause(Model):
    """What a remark says that matches `pattern` as a whole. Texts are templates with the pattern's groups."""

    pattern: Pattern
    note: NoteType | None = None
    text: str = ""
    cert: Certainty | None = None
    record_number: str = ""
    copies: list[str] = []
    numbers: list[str] = []
    marks: list[str] = []
    distribution: str = ""
    languages: dict[str, Certainty] = {}
    dates: list[ClauseDate] = []
    journal: str = ""
    relation: ClauseRelation | None = None
    doubt: dict[Literal["repository", "title", "places"], Certainty] = {}


class Remarks(Model):
    """The column of remarks and what divides one from the next."""

    column: str
    separator: str = ";"


class RegisterFile(Model):
    """A table of persons beside the main one: its columns, and what their texts mean."""

    file: str
    sheet: str = ""
    name: str
    variants: str = ""
    roles: str = ""
    nationality: str = ""
    separator: str = ";"
    slips: list[str] = []
    doubtful: list[str] = []
    broken: str = "?"
    states: Pattern = r"(?!)"
    rewrite: dict[str, str] = {}


class Entry(Model):
    """An entry of a register that the mapping itself states."""

    id: str = ""
    name: str
    abbreviations: list[str] = []
    variants: list[str] = []
    country: str = ""
    coordinates: str = ""
    when: str = ""
    meaning: str = ""
    notes: list[str] = []
    titles: Pattern = r"(?!)"
    dated: str = ""
    cert: Certainty | None = None


class Decision(Model):
    """What an editor has decided about the rows whose title has this pattern (and whose date, if given, is this)."""

    title: Pattern
    date: str = ""
    addressees: list[str] = []
    cert: Certainty | None = None
    notes: dict[NoteType, str] = {}


class Journals(Model):
    """Days that no source joins to a journal: a day of an author within the period of one journal of the author's.

    `note` is what their records say of the inference; without it none is made.
    """

    note: str = ""
    cert: Certainty = "medium"


class RecordText(Model):
    """Words that stand in every record."""

    publisher: str = ""
    licence: str = ""
    licence_target: str = ""
    responsibility: str = "record and encoding"
    editorial: str = "The edition holds facts about this document and no transcript of it: the body is a gap."
    change: str = "Record made by regesta import from a table."
    unknown_archive: str = "Original whose holding archive is not known"
    register_source: str = "Compiled from the table that was imported."
    register_notes: dict[str, str] = {}


class Mapping(Model):
    """A whole mapping file."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    ignore: list[str] = []
    fields: dict[FieldName, Column]
    draft: Pattern = r"(?!)"
    id_words: dict[str, str] = {}
    participants_in_titles_of: list[str] = []
    record: RecordText = RecordText()
    series: Series | None = None
    sources: list[SourceOfFacts] = []
    link: Link | None = None
    title_dates: list[DatePhrase] = []
    remarks: Remarks | None = None
    clauses: list[Clause] = []
    aliases: dict[str, str] = {}
    language_notes: dict[str, str] = {}
    persons: RegisterFile | None = None
    people: list[Entry] = []
    organisations: list[Entry] = []
    places: list[Entry] = []
    events: list[Entry] = []
    terms: list[Entry] = []
    decisions: list[Decision] = []
    journals: Journals = Journals()

    def columns(self) -> dict[str, str]:
        """Return every column that the mapping names, with the key that names it."""
        named = {field.column: f"[fields.{name}]" for name, field in self.fields.items()}
        if self.remarks:
            named.setdefault(self.remarks.column, "[remarks]")
        conditions = [self.link.where if self.link else None, self.series.numbered if self.series else None]
        for where in (*conditions, *(source.where for source in self.sources)):
            if where:
                named.setdefault(where.column, "where")
        return named


def load(path: Path) -> Mapping:
    """Return the mapping in the file. Raises UsageError that names every fault of it."""
    return load_model(path, Mapping, "docs/importing.md")


_AnyModel = TypeVar("_AnyModel", bound=Model)


def load_model(path: Path, model: type[_AnyModel], page: str, called: str = "mapping") -> _AnyModel:
    """Return what the TOML file says, as a model that `page` explains. Raises UsageError that names every fault.

    The file is `called` as the option that names it.
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise UsageError(f"The {called} {path} cannot be read: {reason}.", f"Check the path in --{called}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"The {called} {path} is no TOML: {error}.", "Mend it at that place.") from None
    try:
        return model.model_validate(stated)
    except ValidationError as error:
        faults = "; ".join(_fault(each, model) for each in error.errors())
        remedy = f"{page} explains every key."
        raise UsageError(f"The {called} {path} has faults: {faults}.", remedy) from None


def _fault(error: Any, model: type[Model]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), _known_keys(model), 1)
        return f"{where} is not a key" + (f" (did you mean {near[0]}?)" if near else "")
    if error["type"] == "missing":
        return f"{where} is missing"
    return f"{where}: {error['msg']}"


def _known_keys(model: type[Model]) -> Sequence[str]:
    inner: tuple[type[Model], ...] = (
        Column,
        SourceOfFacts,
        Link,
        Series,
        DatePhrase,
        Clause,
        Remarks,
        RegisterFile,
        Entry,
        Decision,
        Journals,
    )
    models: tuple[type[Model], ...] = (model, *inner) if model is Mapping else (model,)
    return sorted({field.alias or name for model in models for name, field in model.model_fields.items()})
