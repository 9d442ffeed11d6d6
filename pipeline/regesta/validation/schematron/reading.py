"""Where Schematron rules are found: a schema of their own, a RELAX NG grammar, or an ODD.

Whatever the place, what comes back is one `schema` element in the Schematron namespace: a grammar's patterns are put
into one, and an ODD's constraints become patterns whose contexts are the elements that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
SCH = f"{{{SCHEMATRON}}}"
_OLD = "http://www.ascc.net/xml/schematron"
_TEI = "http://www.tei-c.org/ns/1.0"
_T = f"{{{_TEI}}}"
_WHOLE = tuple(f"{SCH}{name}" for name in ("ns", "let", "pattern", "phase", "diagnostics"))
_MOST_BYTES = 64 * 1024 * 1024
_MOST_INCLUDES = 1_000


def standalone(data: bytes, path: Path | None = None) -> etree._Element:
    """Return the Schematron schema `data`, read from `path`, with what it includes from the folder of that file.

    Raises ValueError, with a sentence, when it is no Schematron or includes what is not there or not allowed.
    """
    root = _parsed(data)
    if root.tag != f"{SCH}schema":
        old = " (but in that of Schematron 1.5, which is of 2001)" if root.tag == f"{{{_OLD}}}schema" else ""
        raise ValueError(f"its root is not schema in the Schematron namespace{old}")
    budget = iter(range(_MOST_INCLUDES))
    _follow_includes(root, path, () if path is None else (path,), budget)
    return root


def of_grammar(roots: Iterable[etree._Element]) -> etree._Element | None:
    """Return the rules in the files of a RELAX NG grammar as a schema; None when there are none."""
    found = [each for root in roots for each in _outermost(root)]
    return _schema(found) if any(each.tag in {f"{SCH}pattern", f"{SCH}rule"} for each in found) else None


def of_odd(data: bytes) -> etree._Element | None:
    """Return the rules in the constraints of an ODD (TEI Guidelines, chapter 22); None when there are none.

    Raises ValueError when it is not well-formed.
    """
    root = _parsed(data)
    found: list[etree._Element] = [*root.iter(f"{SCH}ns")]
    for constraint in root.iter(f"{_T}constraint"):
        if _is_used(constraint):
            found += _of_constraint(constraint)
    return _schema(found) if any(each.tag != f"{SCH}ns" for each in found) else None


def _parsed(data: bytes) -> etree._Element:
    if len(data) > _MOST_BYTES:
        raise ValueError("it is larger than 64 MB")
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, collect_ids=False)
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not well-formed: {error}") from None
    return root


# ── includes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _follow_includes(root: etree._Element, path: Path | None, trail: Sequence[Path], budget: Iterator[int]) -> None:
    """Put in the place of each `include`, and of each `extends` with an address, what it names (section 5.4.4)."""
    for each in list(root.iter(f"{SCH}include", f"{SCH}extends")):
        href = each.get("href")
        if href is None:
            continue
        parent = each.getparent()
        if parent is None or path is None:
            raise ValueError(f"it includes {href}, and includes are not followed here")
        target = _target(href, path, trail)
        if next(budget, None) is None:
            raise ValueError("it includes more than a thousand files")
        try:
            included = _named_part(_parsed(target.read_bytes()), urlsplit(href).fragment)
        except (OSError, ValueError) as error:
            raise ValueError(f"it includes {href}, of which {getattr(error, 'strerror', None) or error}") from None
        _follow_includes(included, target, (*trail, target), budget)
        parts = [included] if each.tag == f"{SCH}include" else list(included)
        at = parent.index(each)
        parent[at : at + 1] = parts


def _target(href: str, path: Path, trail: Sequence[Path]) -> Path:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        raise ValueError(f"it includes {href}, and nothing is read from the network")
    target = (path.parent / unquote(parts.path)).resolve()
    if not target.is_relative_to(trail[0].parent.resolve()):
        raise ValueError(f"it includes {href}, which lies outside the folder of the schema")
    if not target.is_file():
        raise ValueError(f"it includes {href}, which is not there")
    if target in {each.resolve() for each in trail}:
        raise ValueError(f"it includes {href}, which includes itself")
    return target


def _named_part(root: etree._Element, fragment: str) -> etree._Element:
    if not fragment:
        return root
    for each in root.iter(etree.Element):
        if fragment in {each.get("id"), each.get("{http://www.w3.org/XML/1998/namespace}id")}:
            return each
    raise ValueError(f"nothing is called {fragment}")


# ── grammars and ODDs ────────────────────────────────────────────────────────────────────────────────────────────


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the Schematron elements of a grammar that stand in no other."""
    for each in root.iter(f"{SCH}*"):
        parent = each.getparent()
        if parent is None or not str(parent.tag).startswith(SCH):
            yield each


def _schema(found: Iterable[etree._Element]) -> etree._Element:
    """Return a schema with copies of what was found; a rule without a pattern gets one of its own."""
    prefixes: dict[str, str] = {"tei": _TEI}
    body: list[etree._Element] = []
    for each in found:
        prefixes |= {prefix: uri for prefix, uri in each.nsmap.items() if prefix and uri != SCHEMATRON}
        if each.tag == f"{SCH}ns":
            prefixes[each.get("prefix", "")] = each.get("uri", "")
        elif each.tag == f"{SCH}rule":
            pattern = etree.Element(f"{SCH}pattern")
            pattern.append(deepcopy(each))
            body.append(pattern)
        elif each.tag in _WHOLE:
            body.append(deepcopy(each))
    schema = etree.Element(f"{SCH}schema", queryBinding="xslt3", nsmap={"sch": SCHEMATRON})
    for prefix, uri in sorted(prefixes.items()):
        etree.SubElement(schema, f"{SCH}ns", prefix=prefix, uri=uri)
    schema.extend(body)
    return schema


def _is_used(constraint: etree._Element) -> bool:
    """Say whether a constraint is Schematron and nothing around it is deleted."""
    for each in constraint.iterancestors(f"{_T}constraintSpec"):
        scheme = each.get("scheme", "schematron")
        if scheme not in {"schematron", "isoschematron"}:
            return False
    return all(each.get("mode") != "delete" for each in constraint.iterancestors(etree.Element))


def _of_constraint(constraint: etree._Element) -> Iterator[etree._Element]:
    """Yield patterns and rules as they are, and assertions without a rule in a rule for the element they belong to."""
    bare: list[etree._Element] = []
    for child in constraint.iterchildren(f"{SCH}*"):
        if child.tag in {f"{SCH}assert", f"{SCH}report"}:
            bare.append(child)
        elif child.tag != f"{SCH}ns":
            yield child
    if bare:
        spec = next(constraint.iterancestors(f"{_T}constraintSpec"), None)
        rule = etree.Element(f"{SCH}rule", context=_context(constraint), nsmap=dict(constraint.nsmap))
        rule.set("id", "" if spec is None else spec.get("ident", ""))
        rule.sourceline = bare[0].sourceline  # type: ignore[misc] # lxml lets it be written
        rule.extend(deepcopy(child) for child in bare)
        yield rule


def _context(constraint: etree._Element) -> str:
    """Return the pattern of the element, or of the attribute, that a constraint is declared for."""
    element = next(constraint.iterancestors(f"{_T}elementSpec"), None)
    attribute = next(constraint.iterancestors(f"{_T}attDef"), None)
    schema = next(constraint.iterancestors(f"{_T}schemaSpec"), None)
    if element is None:
        name = "*"
    else:
        own = element.get("ns") or (schema.get("ns") if schema is not None else None)
        name = f"Q{{{_TEI if own is None else own}}}{element.get('ident', '*')}"
    return name if attribute is None else f"{name}/@{attribute.get('ident', '*')}"
