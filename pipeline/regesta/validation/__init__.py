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

from lxml import etree

from regesta import reading, rules
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.including import SourceTree
from regesta.saxon import Saxon
from regesta.sources import printable
from regesta.validation import wording, xsd
from regesta.validation.grammar import GrammarError, open_grammar
from regesta.validation.schematron import Broken, Failure, Names, open_rulebook

_PSEUDO_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("([^"]*)"|'([^']*)')""")

_GRAMMARS = frozenset({"rng", "rnc", "xsd"})
_KINDS = {
    "rng": "rng", "rnc": "rnc", "xsd": "xsd", "sch": "sch", "isosch": "sch", "schematron": "sch", "odd": "odd",
}  # fmt: skip
_ROOTS = {
    "{http://relaxng.org/ns/structure/1.0}": "rng",
    "{http://www.w3.org/2001/XMLSchema}": "xsd",
    "{http://purl.oclc.org/dsdl/schematron}": "sch",
    "{http://www.tei-c.org/ns/1.0}": "odd",
}
_XML_MODEL = re.compile(r"<\?xml-model\s(.*?)\?>", re.DOTALL)
_ROOT = re.compile(r"<(?![?!])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Schema:
    """A schema file: `name` as reports show it, `kind` rng, rnc, xsd, sch or odd (of which the rules are used)."""

    name: str
    path: Path
    kind: str

    @property
    def shown(self) -> str:
        """Return the path of the file as reports show it."""
        here = Path.cwd()
        return printable(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


def schema(path: Path, name: str) -> Schema:
    """Return the schema at `path`. Raises UsageError when it is not there or of a kind that cannot be used."""
    if not path.is_file():
        raise UsageError(f"There is no schema {name}.", "Check the path in --schema or [sources] schema.")
    kind = _KINDS.get(path.suffix.lower().lstrip(".")) or _kind_by_root(path)
    if kind is None:
        reason = (
            f"The schema {name} is none of RELAX NG (.rng, .rnc), W3C XML Schema (.xsd), Schematron (.sch) and ODD."
        )
        raise UsageError(reason, "Name one of these.")
    try:
        if kind == "xsd":
            xsd.check_schema(path)
        elif kind in _GRAMMARS:
            open_grammar(path)
        if open_rulebook(path, kind) is None and kind == "odd":
            raise UsageError(
                f"The ODD {name} holds no Schematron rules.", "Name the grammar that was made from it too."
            )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"The schema {name} cannot be used: {reason}.", "Mend it, or name another.") from None
    return Schema(name, path, kind)


def _kind_by_root(path: Path) -> str | None:
    """Return the kind of a schema whose file name does not tell it."""
    try:
        for _event, element in etree.iterparse(str(path), events=("start",), no_network=True, load_dtd=False):
            return _ROOTS.get(re.sub(r"\}.*", "}", str(element.tag)))
    except (OSError, etree.XMLSyntaxError):
        return None
    return None


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
        if each.kind == "xsd":
            yield from _xsd(tree, each)
        elif each.kind in _GRAMMARS:
            yield from _relax_ng(tree, each)
    yield from _schematron(tree, schemas, saxon, text)


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


def _schematron(tree: SourceTree, schemas: tuple[Schema, ...], saxon: Saxon, text: str) -> Iterator[Finding]:
    """Yield what the rules find, of Schematron schemas and of those that stand in a grammar or an ODD."""
    names: Names | None = None
    for each in schemas:
        try:
            book = open_rulebook(each.path, each.kind)
        except (OSError, ValueError) as error:  # the schema was changed since it was chosen
            yield rules.finding("schema-unusable", Place(tree.files[0].path, 1, 1), schema=each.name, reason=error)
            continue
        if book is not None:
            names = names or Names.of(tree.root)
            for found in book.judge(names, text, saxon):
                yield _told(found, tree, each)


def _told(found: Failure | Broken, tree: SourceTree, chosen: Schema) -> Finding:
    if isinstance(found, Failure):
        told = rules.finding(
            "schematron",
            tree.place(found.element),
            id=found.id or "unnamed",
            message=found.message,
            schema=chosen.name,
        )
        return replace(told, severity=found.severity)
    if found.on_document:
        return rules.finding("schematron-failed", Place(tree.files[0].path), schema=chosen.name, reason=found.reason)
    return rules.finding("schematron-invalid", Place(chosen.shown, found.line, 1), reason=found.reason)
