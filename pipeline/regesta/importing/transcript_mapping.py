"""The mapping of transcripts, in TOML: the facts that all or single files share, and what their styles mean."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from regesta.importing.mapping import DateKind, DocumentType, Model, Pattern, load_model

ParagraphMeaning = Literal[
    "p", "title", "head-1", "head-2", "head-3", "head-4", "head-5", "head-6", "quote", "item", "dateline", "salute",
    "opener", "closer", "signed", "trailer",
]  # fmt: skip
CharacterElement = Literal[
    "plain", "hi", "persName", "placeName", "orgName", "eventName", "term", "foreign", "title", "date", "supplied",
    "unclear", "sic", "abbr", "expan", "add", "del", "q",
]  # fmt: skip
_PARAGRAPHS: dict[str, ParagraphMeaning] = {
    "title": "title", "subtitle": "title", "quote": "quote", "intense quote": "quote", "quotations": "quote",
    "block text": "quote", "salutation": "salute", "complimentary close": "salute", "closing": "closer",
    "signature": "signed", "date": "dateline", "dateline": "dateline", "heading 1": "head-1", "heading 2": "head-2",
    "heading 3": "head-3", "heading 4": "head-4", "heading 5": "head-5", "heading 6": "head-6", "heading 7": "head-6",
    "heading 8": "head-6", "heading 9": "head-6",
}  # fmt: skip
PLAIN_PARAGRAPHS = frozenset(
    ["normal", "body text", "text body", "default", "default style", "list paragraph", "footnote text", "endnote text",
     "annotation text", "header", "footer", "no spacing", "table contents", "table heading", "footnote", "endnote",
     "list", "plain text", "normal (web)", "body text indent", "first paragraph", "compact", "text body indent",
     "comment text", "frame contents", "caption", "standard", "list bullet", "list number", "header and footer",
     "table normal", "body text first indent", "first line indent", "list contents", "comment", "annotation subject"]
)  # fmt: skip


class CharacterMeaning(Model):
    """The element around words of a character style, and its @rend."""

    element: CharacterElement
    rend: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, stated: object) -> object:
        return {"element": stated} if isinstance(stated, str) else stated


class RecordFacts(Model):
    """What is known of a document. Empty means not stated, and a finding says so."""

    id: str = ""
    title: str = ""
    type: DocumentType | None = None
    date: str = ""
    date_kind: DateKind = "written"
    language: str = ""
    source: str = ""
    publisher: str = ""
    licence: str = ""
    licence_target: str = ""

    def over(self, shared: RecordFacts) -> RecordFacts:
        """Return these facts, with those of `shared` where nothing is said here."""
        stated = {name: getattr(self, name) for name in self.model_fields_set}
        return shared.model_copy(update={name: each for name, each in stated.items() if each})


class TranscriptMapping(Model):
    """A whole mapping of transcripts."""

    encoding: str = "utf-8"
    page: Pattern = r"(?!)"
    lines: Literal["join", "keep"] = "join"
    record: RecordFacts = RecordFacts()
    files: dict[str, RecordFacts] = Field(default={})
    paragraphs: dict[str, ParagraphMeaning] = Field(default={})
    characters: dict[str, CharacterMeaning] = Field(default={})

    def paragraph(self, style: str) -> ParagraphMeaning | None:
        """Return what paragraphs of the style are, None where nobody says."""
        return self.paragraphs.get(style) or _PARAGRAPHS.get(style.casefold())

    def character(self, style: str) -> CharacterMeaning | None:
        """Return what words of the style are, None where the mapping does not say."""
        return self.characters.get(style)

    def facts(self, name: str) -> RecordFacts:
        """Return what is stated about the document in the file of this name."""
        own = self.files.get(name)
        return own.over(self.record) if own else self.record


def load(path: Path | None) -> TranscriptMapping:
    """Return the mapping in the file, an empty one for None. Raises UsageError that names every fault of it."""
    return TranscriptMapping() if path is None else load_model(path, TranscriptMapping, "docs/importing.md")
