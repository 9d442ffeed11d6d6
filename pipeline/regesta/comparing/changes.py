"""Changes: what makes one state of an edition another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from regesta.comparing.states import Known, State


class Kind(StrEnum):
    """In what a document is other than it was."""

    TEXT = "text"
    METADATA = "metadata"
    MARKUP = "markup"


@dataclass(frozen=True)
class Changed:
    """A document that is there before and after, and in what it is other.

    `markup` counts where the text of a body, or the record of a header, is the same.
    """

    before: Known
    after: Known
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Renamed(Changed):
    """The same document under another identifier, known by its content."""


@dataclass(frozen=True)
class Changes:
    """All changes, each group in the order of identifiers."""

    added: tuple[Known, ...] = ()
    removed: tuple[Known, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.changed)

    def of_kind(self, kind: Kind) -> tuple[Changed, ...]:
        """Return the documents that are other in this, those with another identifier too."""
        return tuple(each for each in (*self.changed, *self.renamed) if kind in each.kinds)


def compare(old: State, new: State) -> Changes:
    """Return what makes the old state the new one.

    A document that is gone and one that has come are one renamed document when they, and no others of these, have the
    same text; where there is no text, the same record.
    """
    gone = {each.id: each for each in old.documents.values() if each.id not in new.documents}
    come = {each.id: each for each in new.documents.values() if each.id not in old.documents}
    renamed = [Renamed(before, after, _kinds(before, after)) for before, after in _pairs(gone.values(), come.values())]
    both = [(before, new.documents[name]) for name, before in old.documents.items() if name in new.documents]
    changed = [Changed(before, after, kinds) for before, after in both if (kinds := _kinds(before, after))]
    old_names, new_names = {each.before.id for each in renamed}, {each.after.id for each in renamed}
    return Changes(
        added=_others(come, new_names),
        removed=_others(gone, old_names),
        renamed=tuple(sorted(renamed, key=lambda each: each.after.id)),
        changed=tuple(sorted(changed, key=lambda each: each.after.id)),
    )


def _others(documents: Mapping[str, Known], without: set[str]) -> tuple[Known, ...]:
    return tuple(documents[name] for name in sorted(documents) if name not in without)


def _kinds(before: Known, after: Known) -> tuple[Kind, ...]:
    if not before.hash:
        return ()  # Nothing is known of it.
    text, record = before.text != after.text, before.hash != after.hash
    markup = (not text and before.body != after.body) or (not record and before.header != after.header)
    told = ((Kind.TEXT, text), (Kind.METADATA, record), (Kind.MARKUP, markup))
    return tuple(kind for kind, is_other in told if is_other)


def _pairs(gone: Iterable[Known], come: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    gone, come = list(gone), list(come)
    alike: tuple[Counter[str], Counter[str]] = Counter(map(_content, gone)), Counter(map(_content, come))
    single = {_content(each): each for each in come}
    for each in gone:
        content = _content(each)
        if alike[0][content] == alike[1][content] == 1:
            yield each, single[content]


def _content(document: Known) -> str:
    return f"text {document.text}" if document.text else f"record {document.hash}"
