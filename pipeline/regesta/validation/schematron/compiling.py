"""Schematron with the XSLT query binding, compiled to XSLT 3.0 (ISO/IEC 19757-3).

Patterns become one stylesheet: a mode for each, in which the first rule that matches a node wins. Its result is a
JSON array with an object for each assertion that failed or report that was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from regesta.findings import Severity
from regesta.validation.schematron.firing import is_of_elements
from regesta.validation.schematron.reading import SCH as _SCH

_XSL = "http://www.w3.org/1999/XSL/Transform"
_OURS = "urn:regesta:schematron"
_X = f"{{{_XSL}}}"
_NAMESPACES = {
    "xsl": _XSL,
    "xs": "http://www.w3.org/2001/XMLSchema",
    "map": "http://www.w3.org/2005/xpath-functions/map",
    "rs": _OURS,
}
_VARIABLE = re.compile(r"\$([\w][\w.\-]*)")
_ROLES = {
    "fatal": Severity.ERROR, "error": Severity.ERROR, "caution": Severity.WARNING, "warning": Severity.WARNING,
    "warn": Severity.WARNING, "info": Severity.INFO, "information": Severity.INFO, "nonfatal": Severity.WARNING,
}  # fmt: skip
# The number of the element at fault in document order; counted for failures only.
_NUMBER = "for $e in ((ancestor-or-self::*)[last()], /*)[1] return count($e/preceding::*) + count($e/ancestor::*)"


@dataclass(frozen=True)
class Failure:
    """One failed assertion or successful report: `element` is the number of the element, in document order from 0."""

    id: str
    severity: Severity
    message: str
    element: int


@dataclass(frozen=True)
class Compiled:
    """A stylesheet, and for each of its lines the line of the schema that it was made from (0: from none)."""

    text: str
    lines: tuple[int, ...]


def failures(result: str) -> Iterator[Failure]:
    """Yield what the compiled stylesheet found, from its JSON result."""
    for row in json.loads(result):
        yield Failure(row["id"], _ROLES.get(row["role"].lower(), Severity.ERROR), row["message"], row["element"])


class Compiler:
    """Makes stylesheets of the patterns of one schema.

    Raises ValueError, with a sentence, when the schema asks for a binding other than XSLT or for a part that it lacks.
    """

    def __init__(self, schema: etree._Element) -> None:
        self.schema = schema
        self._origins: dict[etree._Element, int] = {}
        binding = schema.get("queryBinding", "xslt").lower()
        if not binding.startswith(("xslt", "xpath")):
            raise ValueError(f"its query binding {binding} is not XSLT")
        declared = {each.get("prefix", ""): each.get("uri", "") for each in schema.iterfind(f"{_SCH}ns")}
        self.namespaces = {**_NAMESPACES, **{prefix: uri for prefix, uri in declared.items() if prefix}}
        self.abstract_rules = {
            each.get("id"): each for each in schema.iter(f"{_SCH}rule") if each.get("abstract") == "true"
        }
        self.diagnostics = {each.get("id", ""): each for each in schema.iter(f"{_SCH}diagnostic")}
        self._refuse_what_is_not_followed()
        self.active = self._active_patterns()

    def _refuse_what_is_not_followed(self) -> None:
        """Raise ValueError where a rule would be left out in silence."""
        for each in self.schema.iter(f"{_SCH}include", f"{_SCH}extends"):
            if each.get("href") is not None:
                raise ValueError(f"it includes {each.get('href')}, which is not followed there")
            if each.get("rule") not in self.abstract_rules:
                raise ValueError(f"it extends the rule {each.get('rule')}, which is not there")
        patterns = {each.get("id") for each in self.schema.iterfind(f"{_SCH}pattern[@abstract='true']")}
        for each in self.schema.iterfind(f"{_SCH}pattern[@is-a]"):
            if each.get("is-a") not in patterns:
                raise ValueError(f"it uses the abstract pattern {each.get('is-a')}, which is not there")

    def contexts(self, number: int) -> Iterator[str]:
        """Yield the contexts of the rules of an active pattern."""
        for rule in _rules(self.active[number]):
            yield rule.get("context", "")

    def compile(self, numbers: Collection[int]) -> Compiled:
        """Return the stylesheet of the active patterns with these numbers."""
        self._origins.clear()
        sheet = self._stylesheet(numbers)
        for each in sheet.iter(f"{_X}*"):  # a line for each, so that an error names its own; XSLT takes no notice of it
            each.tail = each.tail or "\n"
            if len(each):
                each.text = each.text or "\n"
        sheet.tail = None
        text = etree.tostring(sheet, encoding="unicode")
        lines = [0] * (text.count("\n") + 2)
        # The copy has as many elements in the same order; it alone knows on which lines they stand.
        for made, copy in zip(sheet.iter(etree.Element), etree.fromstring(text).iter(etree.Element), strict=True):
            lines[copy.sourceline or 0] = self._origins.get(made, 0)
        return Compiled(text, tuple(lines))

    def _stylesheet(self, numbers: Collection[int]) -> etree._Element:
        sheet = etree.Element(
            f"{_X}stylesheet", attrib={"version": "3.0", "exclude-result-prefixes": "#all"}, nsmap=self.namespaces
        )
        _element(sheet, "output", method="json")
        _element(sheet, "mode", **{"on-no-match": "shallow-skip"})
        for kept in self.schema.iterchildren(f"{_X}*"):
            sheet.append(deepcopy(kept))
        for let in self._common_lets():
            self._let(sheet, let)
        main = _element(sheet, "template", match="/")
        variable = _element(main, "variable", name="rs:found", **{"as": "map(*)*"})
        # Patterns of one rule each go through the document together, the others one after the other.
        modes: dict[str, list[etree._Element]] = {}
        for number in sorted(numbers):
            pattern = self.active[number]
            modes.setdefault("rs:single" if len(_rules(pattern)) < 2 else f"rs:pattern-{number}", []).append(pattern)
        for mode, patterns in modes.items():
            _element(sheet, "mode", name=mode, **{"on-no-match": "deep-skip", "on-multiple-match": "use-last"})
            for number, pattern in enumerate(reversed(patterns)):
                self._pattern(sheet, pattern, mode, priority=number)
            _element(variable, "apply-templates", select=_nodes(patterns), mode=mode)
        _element(main, "sequence", select="array { $rs:found }")
        return sheet

    def _common_lets(self) -> list[etree._Element]:
        phase = self._phase()
        own = [] if phase is None else list(phase.iterchildren(f"{_SCH}let"))
        return [*self.schema.iterchildren(f"{_SCH}let"), *own]

    def _phase(self) -> etree._Element | None:
        wanted = self.schema.get("defaultPhase", "#ALL")
        return next((each for each in self.schema.iterfind(f"{_SCH}phase") if each.get("id") == wanted), None)

    def _active_patterns(self) -> list[etree._Element]:
        patterns = list(self.schema.iterfind(f"{_SCH}pattern"))
        abstract = {each.get("id"): each for each in patterns if each.get("abstract") == "true"}
        phase = self._phase()
        wanted = None if phase is None else {each.get("pattern") for each in phase.iterfind(f"{_SCH}active")}
        active = []
        for pattern in patterns:
            if pattern.get("abstract") == "true" or (wanted is not None and pattern.get("id") not in wanted):
                continue
            model = abstract.get(pattern.get("is-a"))
            active.append(pattern if model is None else _instance(model, pattern))
        return active

    def _pattern(self, sheet: etree._Element, pattern: etree._Element, mode: str, *, priority: int) -> None:
        """Add the templates of a pattern: the first rule that matches a node wins.

        In a mode that single rules share, the rule of the next pattern follows.
        """
        lets = list(pattern.iterchildren(f"{_SCH}let"))
        shared = self._are_names_of_others(lets, pattern)
        for let in () if shared else lets:
            self._let(sheet, let)
        rules = _rules(pattern)
        for rank, rule in enumerate(rules):
            order = str(priority + len(rules) - rank)
            template = _element(sheet, "template", match=rule.get("context", ""), mode=mode, priority=order)
            self._note(template, rule)
            for let in lets if shared else ():
                self._let_of_root(template, let)
            self._checks(template, rule, ())
            if len(rules) == 1:
                _element(template, "next-match")

    def _are_names_of_others(self, lets: list[etree._Element], pattern: etree._Element) -> bool:
        """Tell whether the schema or another pattern has a variable called like one of `lets`."""
        others = self._common_lets()
        for other in self.active:
            others += () if other is pattern else other.iterchildren(f"{_SCH}let")
        return bool({each.get("name") for each in lets} & {each.get("name") for each in others})

    def _checks(self, template: etree._Element, rule: etree._Element, seen: tuple[str, ...]) -> None:
        for child in rule.iterchildren(etree.Element):
            if child.tag == f"{_SCH}let":
                self._let(template, child)
            elif child.tag == f"{_SCH}extends":
                name = child.get("rule", "")
                if name in self.abstract_rules and name not in seen:
                    self._checks(template, self.abstract_rules[name], (*seen, name))
            elif child.tag in {f"{_SCH}assert", f"{_SCH}report"}:
                self._check(template, rule, child)

    def _check(self, template: etree._Element, rule: etree._Element, check: etree._Element) -> None:
        choose = _element(template, "choose")
        branch = when = _element(choose, "when", test=check.get("test", "true()"))
        if check.tag == f"{_SCH}assert":
            branch = _element(choose, "otherwise")
        self._note(when, check)
        message = _element(branch, "variable", name="rs:message", **{"as": "xs:string"})
        parts = _element(message, "value-of", separator="")
        self._note(parts, check)
        self._message(parts, check)
        for name in (check.get("diagnostics") or "").split():
            if name in self.diagnostics:
                _element(parts, "text").text = " "
                self._message(parts, self.diagnostics[name])
        pattern = rule.getparent()
        fallback = "" if pattern is None else pattern.get("id", "")
        role = (
            check.get("role") or rule.get("role") or (pattern.get("role") if pattern is not None else None) or "error"
        )
        identity = check.get("id") or rule.get("id") or fallback
        entry = f"'id': {_literal(identity)}, 'role': {_literal(role)}, 'message': normalize-space($rs:message)"
        _element(branch, "sequence", select=f"map {{ {entry}, 'element': {_NUMBER} }}")

    def _let(self, parent: etree._Element, let: etree._Element) -> None:
        variable = _element(parent, "variable", name=let.get("name", ""))
        self._note(variable, let)
        if let.get("value") is not None:
            variable.set("select", let.get("value", ""))
        else:
            variable.text = let.text
            variable.extend(deepcopy(child) for child in let)

    def _let_of_root(self, parent: etree._Element, let: etree._Element) -> None:
        """Add a pattern's variable to one of its templates; like all of a pattern's, it is worked out from the root."""
        if let.get("value") is None:
            self._let(parent, let)
            return
        variable = _element(parent, "variable", name=let.get("name", ""), **{"as": "item()*"})
        value = _element(_element(variable, "for-each", select="root()"), "sequence", select=let.get("value", ""))
        self._note(value, let)

    def _note(self, made: etree._Element, source: etree._Element) -> None:
        """Note where in the schema a part of the stylesheet comes from."""
        self._origins[made] = source.sourceline or 0

    def _message(self, parent: etree._Element, content: etree._Element) -> None:
        if content.text:
            _element(parent, "text").text = content.text
        for child in content.iterchildren(etree.Element):
            if child.tag == f"{_SCH}value-of":
                self._note(_element(parent, "value-of", select=child.get("select", "."), separator=" "), child)
            elif child.tag == f"{_SCH}name":
                self._note(_element(parent, "value-of", select=f"({child.get('path', '.')})/name()"), child)
            else:
                self._message(parent, child)
            if child.tail:
                _element(parent, "text").text = child.tail


def _rules(pattern: etree._Element) -> list[etree._Element]:
    """Return the rules of a pattern that have a context."""
    return [each for each in pattern.iterchildren(f"{_SCH}rule") if each.get("abstract") != "true"]


def _nodes(patterns: Iterable[etree._Element]) -> str:
    """Return what the rules are tried on, in document order: elements alone, where no rule is for anything else."""
    contexts = (rule.get("context", "") for pattern in patterns for rule in _rules(pattern))
    return "//*" if all(map(is_of_elements, contexts)) else "/ | //node() | //@*"


def _element(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    made: etree._Element = etree.SubElement(parent, f"{_X}{tag}", attrib=attributes)
    return made


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _instance(model: etree._Element, pattern: etree._Element) -> etree._Element:
    """Return an abstract pattern with the parameters of `pattern` put in (section 5.4.9)."""
    made = deepcopy(model)
    parameters = {each.get("name", ""): each.get("value", "") for each in pattern.iterfind(f"{_SCH}param")}
    made.set("id", pattern.get("id", model.get("id", "")))
    made.attrib.pop("abstract", None)
    for element in made.iter(etree.Element):
        for key, value in element.attrib.items():
            element.set(key, _filled_in(value, parameters))
    return made


def _filled_in(value: str, parameters: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda found: parameters.get(found[1], found[0]), value)
