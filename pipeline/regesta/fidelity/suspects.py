"""Which template shows an element: where to look for one that lost its words.

Only stylesheets are read here, after a fault is found, and never to find one. A pattern is taken by its last step and
the one before it; what its predicates say is not known, so that this is where to look and no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta import closures

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_PREDICATES = re.compile(r"\[[^\[\]]*\]")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NODE_TEST = re.compile(r"(?:element\()?(\*|[\w.-]+:[\w.-]+|[\w.-]+)\)?")
_TEXT = ("text()", "node()")


@dataclass(frozen=True)
class _Pattern:
    """One alternative of a template's match: an element's name, "*" or None, and its parent's or None for any.

    With `text` the pattern matches text in an element of that name.
    """

    name: str
    parent: str | None
    text: bool


@dataclass(frozen=True)
class Template:
    """A template by its stylesheet, line and match; `is_own` tells one of the edition."""

    sheet: str
    line: int
    match: str
    is_own: bool
    patterns: tuple[_Pattern, ...]

    def __str__(self) -> str:
        return f'the template match="{self.match}" in {self.sheet}, line {self.line}'


def suspect(element: etree._Element, ours: Path, custom: Path | None) -> Template | None:
    """Return the template that most likely shows `element`, in `ours` (page.xsl) or the edition's own `custom`.

    An own template for the element or what it stands in comes first: ours have been tried on many texts.
    """
    templates = _templates(ours, custom)
    for ancestor in (element, *element.iterancestors()):
        own = [template for template in templates if template.is_own and _shows(template, ancestor)]
        if own:
            return own[-1]
    named = [template for template in templates if _shows(template, element)]
    return max(named, key=lambda template: not any(each.name == "*" for each in template.patterns), default=None)


def _shows(template: Template, element: etree._Element) -> bool:
    parent = element.getparent()
    above = "" if parent is None else str(parent.tag)
    return any(
        pattern.name in ("*", str(element.tag)) and (pattern.text or pattern.parent in (None, "*", above))
        for pattern in template.patterns
    )


@closures.by_contents(4)
def _templates(ours: Path, custom: Path | None) -> tuple[Template, ...]:
    found = list(_read(ours, ours.parent, is_own=False, seen=set()))
    if custom is not None:
        found += _read(custom, custom.parent, is_own=True, seen=set())
    return tuple(found)


def _read(path: Path, root: Path, *, is_own: bool, seen: set[Path]) -> Iterator[Template]:
    """Yield the templates of a stylesheet and of all that it imports and includes."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    sheet = etree.parse(path).getroot()
    for each in sheet.iterchildren(f"{_XSL}import", f"{_XSL}include"):
        yield from _read((path.parent / (each.get("href") or "")).resolve(), root, is_own=is_own, seen=seen)
    shown = path.relative_to(root) if path.is_relative_to(root) else path.name
    name = shown if isinstance(shown, str) else shown.as_posix()
    for template in sheet.iterchildren(f"{_XSL}template"):
        match = " ".join((template.get("match") or "").split())
        if match:
            patterns = tuple(_patterns(match, template))
            yield Template(name, template.sourceline or 0, _shortened(match), is_own, patterns)


def _shortened(match: str) -> str:
    return match if len(match) <= 60 else f"{match[:59].rstrip()}…"


def _patterns(match: str, template: etree._Element) -> Iterator[_Pattern]:
    bare = _QUOTED.sub("", match)
    while _PREDICATES.search(bare):
        bare = _PREDICATES.sub("", bare)
    for alternative in bare.split("|"):
        steps = [step.strip() for step in alternative.strip().lstrip("(").replace("//", "/").split("/")]
        text = steps[-1] in _TEXT
        if text:
            steps.pop()
        name = _name(steps[-1], template) if steps and steps[-1] else "*" if text else None
        if name is not None:
            above = _name(steps[-2], template) if len(steps) > 1 and steps[-2] else None
            yield _Pattern(name, above, text)


def _name(step: str, template: etree._Element) -> str | None:
    """Return the name that a step tests, as lxml writes it; None for what is no name."""
    test = _NODE_TEST.fullmatch(step)
    if test is None:
        return None
    prefix, _, local = test[1].rpartition(":")
    if local == "*":
        return "*"
    if prefix:
        namespace = template.nsmap.get(prefix, "")
    else:
        named = (each.get("xpath-default-namespace") for each in (template, *template.iterancestors()))
        namespace = next((value for value in named if value), "")
    return f"{{{namespace}}}{local}" if namespace else local
