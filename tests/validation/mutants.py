"""Mutants: valid documents with one fault put in at a place that is known, the same ones for the same seed.

A mutation works on the characters of a document and leaves all others as they are. Not every one is a fault: to lose
an optional element is none. What is one, the oracle says.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?P<close>/?)(?P<name>[^\s/>]+)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s(?P<name>[^\s=]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_XML_ID = re.compile(r"\sxml:id\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_CAN_CHANGE = re.compile(r"(?!xmlns)(?:xml:)?[^:]+")
_OFTEN = 0.8
_SHORT = 400
_TRIES = 200


@dataclass(frozen=True)
class Vocabulary:
    """The names that a schema knows: a misspelling is none of them, a wrong attribute is one of another element."""

    elements: frozenset[str]
    attributes: frozenset[str]


@dataclass(frozen=True)
class Mutant:
    """A document with one mutation.

    `lines` are those where it stands: one, but both places of elements that are doubled or swapped, and for what is
    missing the line where it stood, that of the tag which now follows, and that of the element which lacks it.
    `original` is the right spelling of a misspelt name, else empty.
    """

    kind: str
    base: str
    text: str
    lines: frozenset[int]
    change: str
    original: str = ""


@dataclass(frozen=True)
class Change:
    """What a mutation does: replacements (from, to, with), and what the mutant says of it."""

    edits: Sequence[tuple[int, int, str]]
    lines: set[int]
    words: str
    original: str = ""


@dataclass(frozen=True)
class Attribute:
    """An attribute: offsets of its name and its value; `start` is the white space before it."""

    name: str
    start: int
    name_start: int
    value_start: int
    end: int

    @property
    def value_end(self) -> int:
        return self.end - 1


@dataclass
class Element:
    """An element: offsets of its start tag, and of its end tag (which is empty in an empty-element tag)."""

    name: str
    start: int
    content: int
    close: int = 0
    end: int = 0
    parent: Element | None = None
    attributes: tuple[Attribute, ...] = ()
    children: list[Element] = field(default_factory=list)
    has_words: bool = False

    @property
    def is_empty_tag(self) -> bool:
        return self.close == self.end

    @property
    def holds_elements_only(self) -> bool:
        return bool(self.children) and not self.has_words

    @property
    def gaps(self) -> list[int]:
        """Return the offsets between its children where something may be put."""
        return [] if self.is_empty_tag else [self.content, *(child.end for child in self.children)]


@dataclass(frozen=True)
class Base:
    """A valid document to make mutants of: `name` for people, its characters, and its markup."""

    name: str
    text: str

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Return the elements in the vocabulary's namespace below the root, in document order."""
        return tuple(_elements(self.text))

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def line(self, offset: int) -> int:
        return bisect_right(self._line_ends, offset - 1) + 1

    def of(self, element: Element) -> str:
        return self.text[element.start : element.end]


Mutation = Callable[[Base, random.Random, Vocabulary], Change | None]


def vocabulary(schema: Path) -> Vocabulary:
    """Return the names of elements and attributes that the RELAX NG schema (one file, names as attributes) defines."""
    root = etree.parse(schema).getroot()
    names = [
        frozenset(each.get("name", "") for each in root.iter(f"{_RNG}{kind}")) for kind in ("element", "attribute")
    ]
    return Vocabulary(names[0] - {""}, names[1] - {""})


def can_be_base(text: str) -> bool:
    """Return whether the generator understands the document: no DOCTYPE, LF line ends."""
    return "<!DOCTYPE" not in text and "\r" not in text


def mutants(bases: Sequence[Base], count: int, seed: str, names: Vocabulary) -> Iterator[Mutant]:
    """Yield `count` mutants, of each kind as many, their bases chosen at random."""
    pick = random.Random(seed)  # noqa: S311 - a sample, not a secret
    kinds = list(MUTATIONS)
    for number in range(count):
        yield _mutant(kinds[number % len(kinds)], bases, pick, names)


def _mutant(kind: str, bases: Sequence[Base], pick: random.Random, names: Vocabulary) -> Mutant:
    for _ in range(_TRIES):
        base = pick.choice(bases)
        change = MUTATIONS[kind](base, pick, names)
        if change is not None:
            text = _edited(base.text, change.edits)
            return Mutant(kind, base.name, text, frozenset(change.lines), change.words, change.original)
    raise AssertionError(f"no document has a place for {kind}")


# ── Mutations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _misspelt_element(base: Base, pick: random.Random, names: Vocabulary) -> Change | None:
    element = pick.choice(base.elements)
    wrong = _misspelt(element.name, pick, names.elements)
    if wrong is None:
        return None
    edits = [(element.start + 1, element.start + 1 + len(element.name), wrong)]
    if not element.is_empty_tag:
        edits.append((element.close + 2, element.close + 2 + len(element.name), wrong))
    lines = {base.line(element.start)}
    return Change(edits, lines, f"{element.name} written {wrong}", original=element.name)


def _missing_element(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    element = _in_structure(base, pick, _KEY_ELEMENTS)
    if element is None or element.parent is None:
        return None
    siblings = element.parent.children
    position = siblings.index(element) + 1
    following = siblings[position].start if position < len(siblings) else element.parent.close
    lost = base.line(element.end) - base.line(element.start)
    lines = {base.line(element.start), base.line(following) - lost, base.line(element.parent.start)}
    return Change([(element.start, element.end, "")], lines, f"{element.name} taken out")


def _misplaced_element(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    """Put a copy of a small element somewhere else."""
    element = pick.choice(base.elements)
    copy = base.of(element)
    place = pick.choice(base.elements)
    if len(copy) > _SHORT or _XML_ID.search(copy) or not place.gaps or place is element.parent:
        return None
    at = pick.choice(place.gaps)
    return Change([(at, at, copy)], {base.line(at)}, f"{element.name} put into {place.name}")


def _swapped_elements(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    first = _in_structure(base, pick)
    if first is None or first.parent is None:
        return None
    siblings = first.parent.children
    position = siblings.index(first) + 1
    if position == len(siblings) or siblings[position].name == first.name:
        return None
    second = siblings[position]
    before, between, after = base.of(first), base.text[first.end : second.start], base.of(second)
    lines = {base.line(first.start), base.line(first.start) + (after + between).count("\n")}
    edits = [(first.start, second.end, after + between + before)]
    return Change(edits, lines, f"{first.name} and {second.name} swapped")


def _doubled_element(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    element = _in_structure(base, pick, _KEY_ELEMENTS)
    if element is None or element.parent is None:
        return None
    if sum(child.name == element.name for child in element.parent.children) > 1:
        return None  # where there are several there may be one more
    copy = _XML_ID.sub("", base.of(element))
    lines = {base.line(element.start), base.line(element.end)}
    return Change([(element.end, element.end, copy)], lines, f"{element.name} doubled")


def _misspelt_attribute(base: Base, pick: random.Random, names: Vocabulary) -> Change | None:
    attribute = _attribute(base, pick, lambda _name: True)
    if attribute is None:
        return None
    prefix, colon, local = attribute.name.rpartition(":")
    wrong = _misspelt(local, pick, frozenset(name.removeprefix(prefix + colon) for name in names.attributes))
    if wrong is None:
        return None
    edit = (attribute.name_start, attribute.name_start + len(attribute.name), prefix + colon + wrong)
    lines = {base.line(attribute.name_start)}
    return Change([edit], lines, f"@{attribute.name} written @{edit[2]}", original=attribute.name)


def _wrong_attribute(base: Base, pick: random.Random, names: Vocabulary) -> Change | None:
    """Give an element an attribute that another element has."""
    element = pick.choice(base.elements)
    name = pick.choice(sorted(name for name in names.attributes if ":" not in name))
    if any(attribute.name == name for attribute in element.attributes):
        return None
    at = element.start + 1 + len(element.name)
    return Change([(at, at, f' {name}="x"')], {base.line(at)}, f"@{name} put on {element.name}")


def _missing_attribute(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    often = pick.random() < _OFTEN
    attribute = _attribute(base, pick, lambda name: not often or name in _REQUIRED_SOMEWHERE)
    if attribute is None:
        return None
    element = next(each for each in base.elements if attribute in each.attributes)
    lines = {base.line(element.start), base.line(attribute.name_start)}
    return Change([(attribute.start, attribute.end, "")], lines, f"@{attribute.name} taken from {element.name}")


def _bad_value(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    attribute = _attribute(base, pick, lambda name: name in _BAD_VALUES)
    if attribute is None:
        return None
    value = pick.choice(_BAD_VALUES[attribute.name])
    lines = {base.line(attribute.name_start)}
    edits = [(attribute.value_start, attribute.value_end, value)]
    return Change(edits, lines, f'@{attribute.name} given the value "{value}"')


def _stray_text(base: Base, pick: random.Random, _names: Vocabulary) -> Change | None:
    place = pick.choice([element for element in base.elements if element.holds_elements_only])
    at = pick.choice(place.gaps)
    return Change([(at, at, "stray words")], {base.line(at)}, f"words put into {place.name}")


MUTATIONS: Mapping[str, Mutation] = {
    "misspelt-element": _misspelt_element,
    "missing-element": _missing_element,
    "misplaced-element": _misplaced_element,
    "swapped-elements": _swapped_elements,
    "doubled-element": _doubled_element,
    "misspelt-attribute": _misspelt_attribute,
    "wrong-attribute": _wrong_attribute,
    "missing-attribute": _missing_attribute,
    "bad-value": _bad_value,
    "stray-text": _stray_text,
}

# What TEI requires somewhere, or allows once: else most losses and doublings would be no faults.
_REQUIRED_SOMEWHERE = frozenset({"ident", "url", "mimeType", "matchPattern", "replacementPattern", "version", "scheme"})
_KEY_ELEMENTS = frozenset({
    "body", "cell", "change", "correspAction", "correspDesc", "fileDesc", "graphic", "imprint", "item", "language",
    "langUsage", "lg", "licence", "monogr", "msIdentifier", "physDesc", "profileDesc", "publicationStmt", "row",
    "sourceDesc", "speaker", "stage", "teiHeader", "text", "title", "titleStmt",
})  # fmt: skip

_DAYS = ("1956-13-40", "last spring", "16.9.1956", "")
_POINTERS = ("",)
_CHOICES = ("perhaps", "two words")
_BAD_VALUES: Mapping[str, Sequence[str]] = {
    "when": _DAYS, "notBefore": _DAYS, "notAfter": _DAYS, "when-iso": _DAYS,
    "xml:lang": ("no such language", "de_AT"), "ident": ("",), "xml:id": ("1 id", "", "a:b"), "xml:space": _CHOICES,
    "ref": _POINTERS, "who": _POINTERS, "resp": _POINTERS, "corresp": _POINTERS, "ana": _POINTERS, "facs": _POINTERS,
    "type": ("two words", ""), "subtype": ("two words", ""), "role": ("", "a(b"), "unit": ("two words", ""),
    "level": _CHOICES, "cert": _CHOICES, "status": ("two words",), "full": _CHOICES, "part": _CHOICES, "place": ("",),
    "rows": ("many", "-1"), "cols": ("many", "0.5"), "quantity": ("many",), "width": ("wide",), "height": ("high",),
    "url": ("two words", ""), "sex": ("",), "rend": ("",),
}  # fmt: skip


# ── Choosing and editing ──────────────────────────────────────────────────────────────────────────────────────────


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _in_structure(base: Base, pick: random.Random, often: frozenset[str] = frozenset()) -> Element | None:
    """Return an element among others without words between them, where order and number matter.

    It is mostly one of those named `often`, if the document has any.
    """
    fit = [each for each in base.elements if each.parent is not None and each.parent.holds_elements_only]
    wanted = [each for each in fit if each.name in often]
    if wanted and pick.random() < _OFTEN:
        return pick.choice(wanted)
    return pick.choice(fit) if fit else None


def _attribute(base: Base, pick: random.Random, wanted: Callable[[str], bool]) -> Attribute | None:
    """Return an attribute whose name is wanted: each name as likely as any other, since some are everywhere."""
    by_name: dict[str, list[Attribute]] = {}
    for element in base.elements:
        for attribute in element.attributes:
            if wanted(attribute.name):
                by_name.setdefault(attribute.name, []).append(attribute)
    return pick.choice(by_name[pick.choice(sorted(by_name))]) if by_name else None


def _misspelt(name: str, pick: random.Random, known: frozenset[str]) -> str | None:
    """Return the name with one slip of the hand, or None when every slip makes a name that is known."""
    spots = range(len(name))
    slips = {name[: at + 1] + name[at:] for at in spots}
    slips |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in spots[:-1]}
    slips |= {name[:at] + name[at].swapcase() + name[at + 1 :] for at in spots}
    if len(name) > 2:
        slips |= {name[:at] + name[at + 1 :] for at in spots}
        slips |= {name[:at] + _neighbour(name[at]) + name[at + 1 :] for at in spots}
    wrong = sorted(each for each in slips - known - {name} if each[0].isalpha())
    return pick.choice(wrong) if wrong else None


def _neighbour(letter: str) -> str:
    """Return the letter beside it on a keyboard."""
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    row = next((each for each in rows if letter.lower() in each), "")
    return row[(row.index(letter.lower()) + 1) % len(row)] if row else "x"


# ── Reading the markup ────────────────────────────────────────────────────────────────────────────────────────────


def _elements(text: str) -> Iterator[Element]:
    """Yield the elements of the root's namespace below the root; those of others are there as children only."""
    open_elements: list[Element] = []
    foreign = 0
    end = 0
    for token in _TOKEN.finditer(text):
        if open_elements and (text[end : token.start()].strip() or token[0].startswith("<![CDATA[")):
            open_elements[-1].has_words = True
        end = token.end()
        if token["name"] is None:
            continue
        if token["close"]:
            element = open_elements.pop()
            element.close, element.end = token.start(), token.end()
            foreign -= foreign > 0
            continue
        element = _element(token, open_elements[-1] if open_elements else None)
        is_foreign = foreign > 0 or (bool(open_elements) and (":" in element.name or "xmlns=" in token["rest"]))
        if open_elements and not is_foreign:
            yield element
        if token["rest"].endswith("/"):
            element.close = element.end = token.end()
        else:
            open_elements.append(element)
            foreign += is_foreign


def _element(token: re.Match[str], parent: Element | None) -> Element:
    offset = token.start("rest")
    found = _ATTRIBUTE.finditer(token["rest"])
    attributes = tuple(
        Attribute(
            name=each["name"],
            start=offset + each.start(),
            name_start=offset + each.start("name"),
            value_start=offset + max(each.start("double"), each.start("single")),
            end=offset + each.end(),
        )
        for each in found
        if _CAN_CHANGE.fullmatch(each["name"])
    )
    element = Element(token["name"], token.start(), token.end(), parent=parent, attributes=attributes)
    if parent is not None:
        parent.children.append(element)
    return element
