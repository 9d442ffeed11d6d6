"""Which patterns can fire in a document, told from the names in it: the others need not be compiled or run.

TEI's own grammars carry a hundred rules, most of them for elements that a letter does not have. What is not surely
out of the question may fire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HAS_ATTRIBUTE = re.compile(r"\[\s*@(?:[\w.\-]+:)?([\w.\-]+)\s*\]")
_NAME = re.compile(r"(?:Q\{[^{}]*\}|[^\W\d][\w.\-]*:)?([^\W\d][\w.\-]*)")
_ANY_NAME = re.compile(r"\*|[^\W\d][\w.\-]*:\*")
_ATTRIBUTE_AXIS = ("@", "attribute::")


@dataclass(frozen=True)
class Names:
    """The local names of the elements and attributes of a document."""

    elements: frozenset[str]
    attributes: frozenset[str]

    @staticmethod
    def of(root: etree._Element) -> Names:
        """Return the names in the tree below `root`."""
        elements: set[object] = set()
        attributes: set[object] = set()
        for each in root.iter(etree.Element):
            elements.add(each.tag)
            attributes.update(each.attrib)
        return Names(frozenset(map(_local, elements)), frozenset(map(_local, attributes)))


@dataclass(frozen=True)
class Needs:
    """What a context cannot do without: the local name of an element, and of an attribute; "" for none."""

    element: str = ""
    attribute: str = ""

    def met(self, names: Names) -> bool:
        """Say whether a document with these names may have a node of the context."""
        return (not self.element or self.element in names.elements) and (
            not self.attribute or self.attribute in names.attributes
        )


def needs(context: str) -> tuple[Needs, ...]:
    """Return what each alternative of a context (an XSLT pattern) needs."""
    return tuple(_needs(each) for each in _split(_QUOTED.sub("''", context), "|"))


def is_of_elements(context: str) -> bool:
    """Say whether every alternative of a context is surely an element: told by a name, or by * for the name."""
    tests = (_last_test(each) for each in _split(_QUOTED.sub("''", context), "|"))
    return all(_NAME.fullmatch(test) or _ANY_NAME.fullmatch(test) for test in tests)


def may_fire(contexts: Iterable[Needs], names: Names) -> bool:
    """Say whether one of the contexts may match in a document with these names."""
    return any(each.met(names) for each in contexts)


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _last_test(branch: str) -> str:
    return list(_split(branch, "/"))[-1].partition("[")[0].strip()


def _needs(branch: str) -> Needs:
    step = list(_split(branch, "/"))[-1].strip()
    bracket, test = "[" in step, _last_test(branch)
    for axis in _ATTRIBUTE_AXIS:
        if test.startswith(axis):
            found = _NAME.fullmatch(test.removeprefix(axis).strip())
            return Needs(attribute=found[1] if found else "")
    found = _NAME.fullmatch(test)
    asked = _HAS_ATTRIBUTE.match(step, len(step.partition("[")[0])) if bracket else None
    if found is None and not _ANY_NAME.fullmatch(test):
        return Needs()
    return Needs(found[1] if found else "", asked[1] if asked else "")


def _split(text: str, sign: str) -> Iterator[str]:
    """Yield the parts of `text` between the signs that stand in no brackets."""
    depth = start = 0
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == sign and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]
