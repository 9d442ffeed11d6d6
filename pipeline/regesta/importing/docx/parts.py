"""The parts of a .docx package (ECMA-376 part 1): where they are, styles with what they inherit, and numbering."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from regesta.importing.packages import Package, Unreadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {"w": W}
_DEEPEST = 40


def w(name: str) -> str:
    """Return the name in the namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(parent: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """Return an attribute of the child `w:name`, "" where it lacks it, None where there is no such child."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w(attribute), "")


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Return whether a toggle property is on; None when nothing is said (17.17.4)."""
    found = value(parent, name)
    return None if found is None else found not in {"0", "false", "off", "none"}


@dataclass(frozen=True)
class Relation:
    """A relationship: the last word of its type, and what it leads to (outside the package when `external`)."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Style:
    """A style: its name, the one it is based on, and its properties."""

    id: str
    name: str
    kind: str
    based_on: str
    element: etree._Element


@dataclass
class Level:
    """A level of a numbering: how numbers are written, the template of the label, where it starts."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The numberings by number, each with its levels, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def level(self, number: str, depth: int) -> Level | None:
        """Return a level, None for a numbering that is not there."""
        return self.levels.get(number, {}).get(depth)

    def label(self, number: str, depth: int) -> str:
        """Count an item and return its label as it is shown, "" for a bullet or for signs that are not known."""
        found = self.level(number, depth)
        if found is None:
            return ""
        counts = self.counts.setdefault(self.abstract.get(number, number), {})
        counts[depth] = counts.get(depth, found.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if found.format in {"bullet", "none"}:
            return ""
        shown = found.text or f"%{depth + 1}"
        for each in range(depth + 1):
            level = self.level(number, each) or Level()
            written = numeral(counts.get(each, level.start), level.format)
            if f"%{each + 1}" in shown and not written:
                return ""
            shown = shown.replace(f"%{each + 1}", written)
        return shown.strip()


class Document:
    """A .docx as a whole: its main part and those that belong to it. Raises Unreadable where it is none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self._main()
        self.root = package.xml(self.main)
        body = self.root.find(w("body"))
        if body is None:
            raise Unreadable("it has no text: its main part is no word-processing document")
        self.body = body
        self.relations = self.relations_of(self.main)

    def _main(self) -> str:
        for relation in self.relations_of("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise Unreadable("it is no word-processing document")

    def relations_of(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.package.names:
            return {}
        found = {}
        for each in self.package.xml(path).iterchildren("{*}Relationship"):
            target, external = each.get("Target", ""), each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, external)
        return found

    def part(self, kind: str) -> tuple[str, etree._Element] | None:
        """Return the name and root of the part of this kind (styles, footnotes …), None when there is none."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.external and relation.target in self.package.names:
                return relation.target, self.package.xml(relation.target)
        return None

    @cached_property
    def styles(self) -> dict[str, Style]:
        """Return the styles by id."""
        found = self.part("styles")
        styles = {}
        for each in [] if found is None else found[1].iterchildren(w("style")):
            identifier = each.get(w("styleId"), "")
            styles[identifier] = Style(
                identifier,
                value(each, "name") or identifier,
                each.get(w("type"), ""),
                value(each, "basedOn") or "",
                each,
            )
        return styles

    @cached_property
    def default_paragraph_style(self) -> str:
        """Return the id of the style of paragraphs that name none."""
        return next(
            (
                each.id
                for each in self.styles.values()
                if each.kind == "paragraph" and each.element.get(w("default")) in {"1", "true", "on"}
            ),
            "",
        )

    def ancestry(self, identifier: str) -> list[Style]:
        """Return the style and those it is based on, nearest first."""
        found: list[Style] = []
        while identifier in self.styles and len(found) < _DEEPEST and self.styles[identifier] not in found:
            found.append(self.styles[identifier])
            identifier = found[-1].based_on
        return found

    @cached_property
    def numbering(self) -> Numbering:
        """Return the numberings of the document."""
        found = self.part("numbering")
        numbering = Numbering()
        if found is None:
            return numbering
        abstract = {each.get(w("abstractNumId"), ""): _levels(each) for each in found[1].iterchildren(w("abstractNum"))}
        for each in found[1].iterchildren(w("num")):
            identifier, name = each.get(w("numId"), ""), value(each, "abstractNumId") or ""
            levels = dict(abstract.get(name, {}))
            overridden = False
            for override in each.iterchildren(w("lvlOverride")):
                depth = _number(override.get(w("ilvl")))
                base = levels.get(depth, Level())
                own = _levels(override).get(depth, base)
                start = value(override, "startOverride")
                levels[depth] = Level(own.format, own.text, _number(start, own.start))
                overridden = overridden or start is not None
            numbering.levels[identifier] = levels
            numbering.abstract[identifier] = identifier if overridden else f"a{name}"
        return numbering


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {
        _number(each.get(w("ilvl"))): Level(
            value(each, "numFmt") or "decimal", value(each, "lvlText") or "", _number(value(each, "start"), 1)
        )
        for each in parent.iterchildren(w("lvl"))
    }


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else otherwise


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """Return a number as a numbering format (17.18.59) writes it, "" for a format that is not known here."""
    if form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02}"
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (number // worth)
            number %= worth
        return roman if form == "lowerRoman" else roman.upper()
    return ""
