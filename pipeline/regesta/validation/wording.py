"""Wording: faults of a grammar become findings, in the words of those who encode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from regesta import rules
from regesta.findings import Finding, Fix, Place, Remedy
from regesta.including import SourceTree
from regesta.validation.grammar import Fault, Judgement, spelling
from regesta.validation.grammar.automata import Automata
from regesta.validation.grammar.diagnosis import text_of
from regesta.validation.grammar.names import split, tag
from regesta.validation.grammar.patterns import (
    Choice,
    Data,
    Empty,
    Group,
    ListOf,
    OneOrMore,
    Pattern,
    Text,
    Value,
)
from regesta.validation.places import Places

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST_NAMES = 8
_LONGEST = 60


def findings(judgement: Judgement, tree: SourceTree, automata: Automata, schema: str) -> Iterator[Finding]:
    """Yield a finding for each fault, and one that counts those that are not told one by one."""
    if not judgement.faults:
        return
    elements = {fault.element for fault in judgement.faults}
    elements |= {fault.other for fault in judgement.faults if fault.other is not None}
    writer = _Writer(Places(tree, elements), automata, schema)
    for fault in judgement.faults:
        yield writer.finding(fault)
    if judgement.more:
        place = Place(tree.files[0].path, 1, 1)
        yield rules.finding(
            "grammar-faults-unlisted", place, more=judgement.more, listed=len(judgement.faults), schema=schema
        )


class _Writer:
    def __init__(self, places: Places, automata: Automata, schema: str) -> None:
        self._places, self._automata, self._schema = places, automata, schema
        self._home = split(automata.start_name)[0] if automata.start_name else ""

    def finding(self, fault: Fault) -> Finding:
        """Return the finding of one fault."""
        place = self._place(fault)
        name = self._name(tag(fault.element), fault.element)
        wrong = fault.wrong
        if fault.rule.startswith(("element-", "attribute-")) and fault.rule != "attribute-value" and wrong:
            wrong = self._name(wrong, fault.element)
        values = {
            "element": name,
            "wrong": _short(wrong),
            "attribute": self._name(fault.attribute, fault.element) if fault.attribute else "",
            "suggestion": self._suggestion(fault),
            "where": self._where(fault),
            "allowed": self._allowed(fault),
            "homes": self._homes(fault),
            "text": _short(text_of(fault.token, fault.element)) if fault.token else "",
            "more": f", and {fault.more} more like it" if fault.more else "",
            "first": str(self._places.of_tag(fault.other).line) if fault.other is not None else "",
            "guide": self._guide(fault),
            "schema": self._schema,
        }
        return rules.finding(fault.rule, place, fix=self._fix(fault), **values)

    def _place(self, fault: Fault) -> Place:
        if fault.attribute:
            return self._places.of_attribute(fault.element, fault.attribute)
        if fault.token is not None and fault.token.element is None:
            return self._places.of_text(fault.element, fault.token.before)
        return self._places.of_tag(fault.element)

    # ── pieces of sentences ──────────────────────────────────────────────────────────────────────────────────

    def _name(self, name: str, element: etree._Element) -> str:
        """Return a name as people write it: without a prefix in TEI and in no namespace."""
        namespace, local = split(name)
        if namespace in {"", _TEI} or namespace == self._home:
            return local
        if namespace == _XML:
            return f"xml:{local}"
        prefix = next((each for each, uri in sorted(element.nsmap.items(), key=str) if uri == namespace and each), None)
        return f"{prefix}:{local}" if prefix else local

    def _names(self, found: Sequence[str], element: etree._Element, nothing: str = "nothing") -> str:
        """Return names as a list in words; those beyond the first few are counted."""
        shown = list(dict.fromkeys(self._name(each, element) for each in found))
        return listed(shown, nothing)

    def _suggestion(self, fault: Fault) -> str:
        """Return the end of a sentence: what was perhaps meant, or just its full stop."""
        if fault.values is not None:
            near = _near_value(fault.wrong, fault.values)
            return f"; did you mean {near}?" if near else "."
        if not fault.meant:
            return "."
        meant, wrong = split(fault.meant), split(fault.wrong)
        if meant[1] == wrong[1]:
            home = f"the namespace {meant[0]}" if meant[0] else "no namespace"
            return f"; {meant[1]} belongs in {home}."
        return f"; did you mean {self._name(fault.meant, fault.element)}?"

    def _where(self, fault: Fault) -> str:
        is_root = fault.parent == tag(fault.element) and fault.rule in {"element-unknown", "element-misplaced"}
        if is_root and fault.element.getparent() is None:
            return "as the root"
        return f"in {self._name(fault.parent, fault.element)}" if fault.parent else ""

    def _allowed(self, fault: Fault) -> str:
        if fault.values is not None:
            return described(fault.values)
        allowed = fault.allowed
        if fault.rule == "element-missing" and len(allowed) > 1:
            return self._names(allowed, fault.element).replace(", ", " or ")
        return self._names(allowed, fault.element)

    def _homes(self, fault: Fault) -> str:
        if fault.rule in {"element-misplaced", "element-doubled"}:
            return self._names(self._automata.parents.get(fault.wrong, ()), fault.element, "the root of a document")
        return ""

    def _guide(self, fault: Fault) -> str:
        """Return where the guidelines speak of it."""
        about = tag(fault.element)
        if fault.rule == "element-unknown":
            about = fault.meant or fault.parent or about
        elif fault.rule in {"element-missing", "text-misplaced"}:
            about = fault.parent
        namespace, local = split(about)
        return f"TEI Guidelines: element {local}" if namespace == _TEI else f"the schema {self._schema} on {local}"

    def _fix(self, fault: Fault) -> Fix | None:
        """Return how to mend a misspelt name, where it is one slip away from a single name that is allowed there."""
        if fault.rule not in {"element-unknown", "attribute-unknown"} or not fault.certain:
            return None
        remedy = Remedy.RENAME_ELEMENT if fault.rule == "element-unknown" else Remedy.RENAME_ATTRIBUTE
        prefix = fault.element.prefix if remedy is Remedy.RENAME_ELEMENT else None
        old, new = split(fault.wrong)[1], split(fault.meant)[1]
        if remedy is Remedy.RENAME_ATTRIBUTE:
            return Fix(remedy, self._name(fault.wrong, fault.element), self._name(fault.meant, fault.element))
        return Fix(remedy, f"{prefix}:{old}" if prefix else old, f"{prefix}:{new}" if prefix else new)


def listed(items: Sequence[str], nothing: str = "nothing") -> str:
    """Return "a, b and c", "a, b … and 40 more", or `nothing`."""
    if not items:
        return nothing
    if len(items) > _MOST_NAMES + 1:
        return f"{', '.join(items[:_MOST_NAMES])} and {len(items) - _MOST_NAMES} more"
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def described(pattern: Pattern) -> str:
    """Return in words which texts the pattern takes."""
    literals = list(dict.fromkeys(_literals(pattern)))
    said = [listed(literals).replace(" and ", " or ")] if literals else []
    said += dict.fromkeys(_kinds(pattern))
    return ", or ".join(said) or "nothing"


def _literals(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, Value):
        yield pattern.literal or '""'
    elif isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from _literals(part)
    elif isinstance(pattern, OneOrMore):
        yield from _literals(pattern.body)


def _kinds(pattern: Pattern) -> Iterator[str]:
    """Yield in words the datatypes of a pattern for text."""
    if isinstance(pattern, Data):
        shapes = [facet.text for facet in pattern.type.facets if facet.name == "pattern"]
        bounds = [f"{facet.name} {facet.text}" for facet in pattern.type.facets if facet.name != "pattern"]
        # The words for numbers and dates show their form already.
        shape = f" of the form {' and '.join(shapes)}" if shapes and not pattern.type.base.ordered else ""
        yield pattern.type.base.words + shape + (f" ({', '.join(bounds)})" if bounds else "")
    elif isinstance(pattern, ListOf):
        yield f"words each of which is {described(pattern.body)}"
    elif isinstance(pattern, Choice | Group):
        for part in pattern.parts:
            yield from _kinds(part)
    elif isinstance(pattern, OneOrMore):
        yield from _kinds(pattern.body)
    elif isinstance(pattern, Text):
        yield "any text"
    elif isinstance(pattern, Empty):
        yield "nothing at all"


def _near_value(wrong: str, pattern: Pattern) -> str:
    return next(iter(spelling.nearest(wrong.strip(), _literals(pattern))), "")


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1] + "…"
