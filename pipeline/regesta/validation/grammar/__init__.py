"""Grammar: RELAX NG, its own engine. `Grammar` judges documents; `Fault` says what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta import closures
from regesta.validation.grammar import diagnosis
from regesta.validation.grammar.automata import Automata
from regesta.validation.grammar.diagnosis import Fault
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.identity import identity_faults
from regesta.validation.grammar.matching import Judged, Matcher
from regesta.validation.grammar.names import tag

MOST_FAULTS = 500
"""So many faults of one document are told one by one; the elements at fault beyond are counted."""

__all__ = ["MOST_FAULTS", "Fault", "Grammar", "GrammarError", "Judgement", "open_grammar"]


@dataclass(frozen=True)
class Judgement:
    """What is wrong with a document, and how many elements more are at fault that were not looked at closely."""

    faults: tuple[Fault, ...]
    more: int = 0


class Grammar:
    """The RELAX NG schema at `path`. Raises GrammarError, with a reason, when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.automata = Automata(path)

    @property
    def roots(self) -> tuple[etree._Element, ...]:
        """Return the root elements of the schema's files, the included ones with it."""
        return self.automata.schema.roots

    def judge(self, root: etree._Element) -> Judgement:
        """Return what is wrong with the document whose root element this is: nothing if it is valid."""
        if self.automata.is_full:
            self.automata = Automata(self.path)
        matcher = Matcher(self.automata)
        faults: list[Fault] = []
        more = 0
        first = diagnosis.judge_root(self.automata, root)
        faults.extend(first.faults)
        todo: list[Judged] = list(first.children)
        while todo:
            element, pattern = todo.pop()
            known, noted = len(todo), len(matcher.identifiers)
            if not matcher.matches(element, pattern, todo):
                del todo[known:], matcher.identifiers[noted:]
                if len(faults) < MOST_FAULTS:
                    found = diagnosis.explain(self.automata, element, pattern)
                    faults.extend(found.faults)
                    matcher.identifiers.extend(found.identifiers)
                    todo.extend(found.children)
                else:
                    more += 1
                    todo.extend(self._by_name(element))
            if len(todo) > known + 1:
                todo[known:] = todo[: known - 1 if known else None : -1]
        faults.extend(identity_faults(matcher.identifiers))
        return Judgement(tuple(faults), more)

    def _by_name(self, element: etree._Element) -> Iterator[Judged]:
        for child in element.iterchildren(etree.Element):
            among = self.automata.named(tag(child))
            if among:
                yield child, among[0]


@closures.by_contents(16)
def open_grammar(path: Path) -> Grammar:
    """Return the schema at `path`, read once a process. Raises GrammarError when it cannot be used."""
    return Grammar(path)
