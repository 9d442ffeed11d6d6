"""Schematron with the XSLT query binding, compiled to XSLT 3.0 (ISO/IEC 19757-3).

A schema becomes one stylesheet: a mode for each pattern, in which the first rule that matches a node wins. Its result
is a JSON array with an object for each assertion that failed or report that was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from regesta.findings import Severity

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_XSL = "http://www.w3.org/1999/XSL/Transform"
_OURS = "urn:regesta:schematron"
_SCH = f"{{{SCHEMATRON}}}"
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


def compile_schema(data: bytes) -> str:
    """Return the stylesheet that checks a document against the Schematron schema `data`.

    Raises ValueError, with a sentence, when `data` is no Schematron or asks for a binding other than XSLT.
    """
    try:
        schema = etree.fromstring(data, etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not well-formed: {error}") from None
    if schema.tag != f"{_SCH}schema":
        raise ValueError("its root is not schema in the Schematron namespace")
    binding = schema.get("queryBinding", "xslt").lower()
    if not binding.startswith(("xslt", "xpath")):
        raise ValueError(f"its query binding {binding} is not XSLT")
    return etree.tostring(_Compiler(schema).stylesheet(), encoding="unicode")


def failures(result: str) -> Iterator[Failure]:
    """Yield what the compiled stylesheet found, from its JSON result."""
    for row in json.loads(result):
        yield Failure(row["id"], _ROLES.get(row["role"].lower(), Severity.ERROR), row["message"], row["element"])


class _Compiler:
    def __init__(self, schema: etree._Element) -> None:
        self.schema = schema
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
                raise ValueError(f"it includes {each.get('href')}, and includes are not followed")
            if each.get("rule") not in self.abstract_rules:
                raise ValueError(f"it extends the rule {each.get('rule')}, which is not there")
        patterns = {each.get("id") for each in self.schema.iterfind(f"{_SCH}pattern[@abstract='true']")}
        for each in self.schema.iterfind(f"{_SCH}pattern[@is-a]"):
            if each.get("is-a") not in patterns:
                raise ValueError(f"it uses the abstract pattern {each.get('is-a')}, which is not there")

    def stylesheet(self) -> etree._Element:
        sheet = etree.Element(
            f"{_X}stylesheet", attrib={"version": "3.0", "exclude-result-prefixes": "#all"}, nsmap=self.namespaces
        )
        _element(sheet, "output", method="json")
        _element(sheet, "mode", **{"on-no-match": "shallow-skip"})
        for kept in self.schema.iterchildren(f"{_X}*"):
            sheet.append(deepcopy(kept))
        for let in self._common_lets():
            _let(sheet, let)
        main = _element(sheet, "template", match="/")
        variable = _element(main, "variable", name="rs:found", **{"as": "map(*)*"})
        for number, pattern in enumerate(self.active):
            self._pattern(sheet, pattern, f"rs:pattern-{number}")
            _element(variable, "apply-templates", select="/", mode=f"rs:pattern-{number}")
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

    def _pattern(self, sheet: etree._Element, pattern: etree._Element, mode: str) -> None:
        _element(sheet, "mode", name=mode, **{"on-no-match": "shallow-skip", "on-multiple-match": "use-last"})
        lets = list(pattern.iterchildren(f"{_SCH}let"))
        shared = self._are_names_of_others(lets, pattern)
        for let in () if shared else lets:
            _let(sheet, let)
        rules = [each for each in pattern.iterchildren(f"{_SCH}rule") if each.get("abstract") != "true"]
        for rank, rule in enumerate(rules):
            template = _element(
                sheet, "template", match=rule.get("context", ""), mode=mode, priority=str(len(rules) - rank)
            )
            for let in lets if shared else ():
                _let_of_root(template, let)
            self._checks(template, rule, ())
            _element(template, "apply-templates", select="@* | node()", mode=mode)

    def _are_names_of_others(self, lets: list[etree._Element], pattern: etree._Element) -> bool:
        """Tell whether the schema or another pattern has a variable called like one of `lets`."""
        others = self._common_lets()
        for other in self.active:
            others += () if other is pattern else other.iterchildren(f"{_SCH}let")
        return bool({each.get("name") for each in lets} & {each.get("name") for each in others})

    def _checks(self, template: etree._Element, rule: etree._Element, seen: tuple[str, ...]) -> None:
        for child in rule.iterchildren(etree.Element):
            if child.tag == f"{_SCH}let":
                _let(template, child)
            elif child.tag == f"{_SCH}extends":
                name = child.get("rule", "")
                if name in self.abstract_rules and name not in seen:
                    self._checks(template, self.abstract_rules[name], (*seen, name))
            elif child.tag in {f"{_SCH}assert", f"{_SCH}report"}:
                self._check(template, rule, child)

    def _check(self, template: etree._Element, rule: etree._Element, check: etree._Element) -> None:
        test = check.get("test", "true()")
        condition = test if check.tag == f"{_SCH}report" else f"not({test})"
        branch = _element(template, "if", test=condition)
        message = _element(branch, "variable", name="rs:message", **{"as": "xs:string"})
        parts = _element(message, "value-of", separator="")
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

    def _message(self, parent: etree._Element, content: etree._Element) -> None:
        if content.text:
            _element(parent, "text").text = content.text
        for child in content.iterchildren(etree.Element):
            if child.tag == f"{_SCH}value-of":
                _element(parent, "value-of", select=child.get("select", "."), separator=" ")
            elif child.tag == f"{_SCH}name":
                _element(parent, "value-of", select=f"({child.get('path', '.')})/name()")
            else:
                self._message(parent, child)
            if child.tail:
                _element(parent, "text").text = child.tail


def _element(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    made: etree._Element = etree.SubElement(parent, f"{_X}{tag}", attrib=attributes)
    return made


def _let(parent: etree._Element, let: etree._Element) -> None:
    variable = _element(parent, "variable", name=let.get("name", ""))
    if let.get("value") is not None:
        variable.set("select", let.get("value", ""))
    else:
        variable.text = let.text
        variable.extend(deepcopy(child) for child in let)


def _let_of_root(parent: etree._Element, let: etree._Element) -> None:
    """Add a pattern's variable to one of its templates; like all of a pattern's, it is worked out from the root."""
    if let.get("value") is None:
        _let(parent, let)
        return
    variable = _element(parent, "variable", name=let.get("name", ""), **{"as": "item()*"})
    _element(_element(variable, "for-each", select="root()"), "sequence", select=let.get("value", ""))


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
