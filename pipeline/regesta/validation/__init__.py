"""Validate: a source against its schemas (RELAX NG, XSD and Schematron), as findings with exact places.

Which schema judges a source: the ones that the user or `edition.toml` names; else those that the document's own
`xml-model` names within the source folder; else none, and one info finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from regesta import reading, rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.including import SourceTree
from regesta.saxon import Saxon, Stylesheet, TransformFailure
from regesta.validation import schematron, wording, xsd
from regesta.validation.grammar import GrammarError, open_grammar

_PSEUDO_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("([^"]*)"|'([^']*)')""")

_GRAMMARS = frozenset({"rng", "rnc", "xsd"})
_XML_MODEL = re.compile(r"<\?xml-model\s(.*?)\?>", re.DOTALL)
_ROOT = re.compile(r"<(?![?!])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Schema:
    """A schema file: `name` as reports show it, `kind` rng, rnc, xsd or sch."""

    name: str
    path: Path
    kind: str

    @property
    def stylesheet(self) -> str:
        """Return the name under which the compiled Schematron is known to Saxon."""
        return f"schematron:{self.path}"


def schema(path: Path, name: str) -> Schema:
    """Return the schema at `path`. Raises UsageError when it is not there or of a kind that cannot be used."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in {*_GRAMMARS, "sch"}:
        reason = f"The schema {name} is neither RELAX NG (.rng, .rnc) nor W3C XML Schema (.xsd) nor Schematron (.sch)."
        raise UsageError(reason, "Name one of these.")
    if not path.is_file():
        raise UsageError(f"There is no schema {name}.", "Check the path in --schema or [sources] schema.")
    if kind == "sch":
        compiled(Schema(name, path, kind))
        return Schema(name, path, kind)
    try:
        if kind == "xsd":
            xsd.check_schema(path)
        else:
            open_grammar(path)
    except ValueError as error:
        raise UsageError(f"The schema {name} cannot be used: {error}.", "Mend it, or name another.") from None
    return Schema(name, path, kind)


def compiled(chosen: Schema) -> Stylesheet:
    """Return the Schematron schema as a stylesheet for Saxon. Raises UsageError when it cannot be compiled."""
    try:
        return Stylesheet(chosen.stylesheet, text=schematron.compile_schema(chosen.path.read_bytes()))
    except (OSError, ValueError) as error:
        raise UsageError(f"The schema {chosen.name} cannot be used: {error}.", "Mend it, or name another.") from None


def declared(head: str) -> Iterator[str]:
    """Yield the relative addresses of the schemas that xml-model instructions name (W3C note "xml-model").

    `head` is the beginning of the document; what stands behind its root element does not count.
    """
    prolog = _ROOT.split(_COMMENT.sub("", head), maxsplit=1)[0]
    for instruction in _XML_MODEL.finditer(prolog):
        pairs = {found[1]: found[3] or found[4] or "" for found in _PSEUDO_ATTRIBUTE.finditer(instruction[1])}
        try:
            parts = urlsplit(pairs.get("href", ""))
        except ValueError:
            continue
        name = unquote(parts.path)
        if name and "\0" not in name and not (parts.scheme or parts.netloc or name.startswith("/")):
            yield name


def validate(tree: SourceTree, schemas: tuple[Schema, ...], saxon: Saxon, text: str) -> Iterator[Finding]:
    """Yield the findings of every schema; `text` is the serialised tree. With no schema, one info finding."""
    if not any(each.kind in _GRAMMARS for each in schemas):
        yield rules.finding("schema-none", Place(tree.files[0].path, 1, 1))
    for each in schemas:
        if each.kind == "sch":
            yield from _schematron(tree, each, saxon, text)
        elif each.kind == "xsd":
            yield from _xsd(tree, each)
        else:
            yield from _relax_ng(tree, each)


def _relax_ng(tree: SourceTree, chosen: Schema) -> Iterator[Finding]:
    try:
        judge = open_grammar(chosen.path)
    except GrammarError as error:  # the schema was changed since it was chosen
        yield rules.finding("schema-unusable", Place(tree.files[0].path, 1, 1), schema=chosen.name, reason=error)
        return
    yield from wording.findings(judge.judge(tree.root), tree, judge.automata, chosen.name)


def _xsd(tree: SourceTree, chosen: Schema) -> Iterator[Finding]:
    for fault in xsd.faults(chosen.path, tree.root):
        if fault.element is None:
            place = Place(tree.files[0].path, fault.line, 1)
        else:
            place = tree.place(reading.element_index(fault.element), fault.element)
        yield rules.finding("schema-invalid", place, reason=fault.message, schema=chosen.name)


def _schematron(tree: SourceTree, chosen: Schema, saxon: Saxon, text: str) -> Iterator[Finding]:
    try:
        result = saxon.transform(chosen.stylesheet, saxon.document(text))
    except TransformFailure as broken:
        yield rules.finding("schematron-failed", Place(tree.files[0].path), schema=chosen.name, reason=broken.reason)
        return
    for failure in schematron.failures(result):
        place = tree.place(failure.element)
        found = rules.finding(
            "schematron", place, id=failure.id or "unnamed", message=failure.message, schema=chosen.name
        )
        yield replace(found, severity=failure.severity)
