"""Schematron: rules of a schema of their own, of a grammar or of an ODD, run on documents by Saxon.

The patterns of a schema are compiled in groups: those that can fire in a document and are not yet compiled become a
stylesheet when the document comes. So a grammar with a hundred rules costs a letter only the few that concern it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from regesta import closures, digests
from regesta.saxon import Saxon, Stylesheet, TransformFailure
from regesta.validation.grammar import open_grammar
from regesta.validation.schematron import firing, reading
from regesta.validation.schematron.compiling import Compiler, Failure, failures
from regesta.validation.schematron.firing import Names, Needs
from regesta.validation.schematron.reading import SCHEMATRON

__all__ = ["SCHEMATRON", "Broken", "Failure", "Names", "Rulebook", "open_rulebook"]

_PLACE = re.compile(r"on line (\d+)(?: column \d+)?(?: of (?!line)[^\s:]+)?")
_FAULT = re.compile(
    r"(?:Static error|Error)(?: in \{(?P<xpath>.*?)\})?(?: at char \d+)?(?: in \S+)? on line (?P<line>\d+)[^:\n]*:\s+"
    r"(?P<code>[A-Z]{4}\d{4})\s+(?P<words>.*?)(?=\n(?:Static e|E)rror |$)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Broken:
    """A rule that cannot be used: the line of the schema (0: not known), and why. `on_document`: only on this one."""

    line: int
    reason: str
    on_document: bool = False


@dataclass
class _Group:
    """Patterns that are one stylesheet; `broken` says what is wrong with it once it has failed to compile."""

    name: str
    numbers: frozenset[int]
    text: str
    lines: tuple[int, ...]
    broken: tuple[Broken, ...] = ()


@dataclass
class Rulebook:
    """The rules of one schema. Raises ValueError, with a sentence, when it cannot be used as a whole."""

    schema: etree._Element
    whole: bool
    groups: list[_Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the schema; with `whole`, all of its patterns are one group, compiled for the first document."""
        self._compiler = Compiler(self.schema)
        self._needs: list[tuple[Needs, ...]] = [
            tuple(each for context in self._compiler.contexts(number) for each in firing.needs(context))
            for number in range(len(self._compiler.active))
        ]
        self._grouped: set[int] = set()

    def judge(self, names: Names, text: str, saxon: Saxon) -> Iterator[Failure | Broken]:
        """Yield what the rules find in the document `text`, which has these names, and what is wrong with them."""
        fit = {number for number, needs in enumerate(self._needs) if firing.may_fire(needs, names)}
        wanted = set(range(len(self._needs))) if self.whole else fit
        if wanted - self._grouped:
            self._group(frozenset(wanted - self._grouped))
        document = None
        for group in self.groups:  # grows on the way when one of them has to be taken apart
            if not group.numbers & wanted:
                continue
            if not self._is_ready(group, saxon):
                yield from group.broken
            elif group.numbers & fit:
                document = document or saxon.document(text)
                try:
                    yield from failures(saxon.transform(group.name, document))
                except TransformFailure as failure:
                    yield Broken(0, _placed(failure.reason, group.lines), on_document=True)

    def _group(self, numbers: frozenset[int]) -> None:
        made = self._compiler.compile(numbers)
        self.groups.append(_Group(digests.digest(made.text), numbers, made.text, made.lines))
        self._grouped |= numbers

    def _is_ready(self, group: _Group, saxon: Saxon) -> bool:
        """Say whether the group's stylesheet is there to be used; if it does not compile, its patterns go on alone."""
        if group.broken:
            return False
        if saxon.knows(group.name):
            return True
        try:
            saxon.add(Stylesheet(group.name, text=group.text))
        except TransformFailure as failure:
            group.broken = tuple(_faults(failure.reason, group.lines))
        if group.broken and len(group.numbers) > 1:
            for number in sorted(group.numbers):
                self._group(frozenset({number}))
            group.numbers = frozenset()
        return not group.broken


@closures.by_contents(16)
def open_rulebook(path: Path, kind: str) -> Rulebook | None:
    """Return the rules in the schema at `path`, of the kind sch, rng or odd; None when it has none.

    Raises ValueError, with a sentence, when they cannot be used, and OSError when the file cannot be opened.
    """
    if kind == "sch":
        return Rulebook(reading.standalone(path.read_bytes(), path), whole=True)
    if kind == "odd":
        found = reading.of_odd(path.read_bytes())
    elif kind == "rng":
        found = reading.of_grammar(open_grammar(path).roots)
    else:
        found = None
    return None if found is None else Rulebook(found, whole=False)


def _faults(reason: str, lines: tuple[int, ...]) -> Iterator[Broken]:
    """Yield the faults that Saxon names in a stylesheet, in the schema's lines."""
    found = False
    for fault in _FAULT.finditer(reason):
        found = True
        xpath = f" in “{' '.join(fault['xpath'].split())}”" if fault["xpath"] else ""
        words = " ".join(fault["words"].split())
        yield Broken(_line(int(fault["line"]), lines), f"{words} ({fault['code']}){xpath}")
    if not found:
        yield Broken(0, _placed(reason, lines))


def _placed(reason: str, lines: tuple[int, ...]) -> str:
    """Return what Saxon said with the lines of the schema instead of those of the stylesheet."""

    def in_schema(found: re.Match[str]) -> str:
        line = _line(int(found[1]), lines)
        return f"in line {line} of the schema" if line else "in the schema"

    return " ".join(_PLACE.sub(in_schema, reason).split())


def _line(number: int, lines: tuple[int, ...]) -> int:
    return lines[number] if number < len(lines) else 0
