"""The stylesheets are strict: typed, modes that fail closed, no clock, no files, no module left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from regesta.resources import folder

XSL = "{http://www.w3.org/1999/XSL/Transform}"
NAMESPACES = {"xsl": XSL[1:-1]}

_FORBIDDEN_FUNCTION = re.compile(
    r"(?<![\w:.$@/-])(?:fn:)?("
    "current-dateTime|current-date|current-time|generate-id|doc|doc-available|document|json-doc|collection"
    "|uri-collection|unparsed-text|unparsed-text-lines|unparsed-text-available|environment-variable"
    "|available-environment-variables|random-number-generator|implicit-timezone"
    r")\s*(?:\(|#\d)"
)
_FORBIDDEN_INSTRUCTIONS = ("result-document", "source-document", "evaluate", "merge-source")
_BRACED = re.compile(r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")


def root_of(text: str) -> etree._Element:
    return etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False))


def untyped(root: etree._Element) -> list[str]:
    """Return the parameters, variables, functions and named templates without a type."""
    declared = root.xpath(
        "(//xsl:param | //xsl:variable | //xsl:function | //xsl:template[@name])[not(@as)]",
        namespaces=NAMESPACES,
    )
    return [_named(element) for element in declared]


def expressions(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each XPath expression: attributes of XSLT's elements, braces in other attributes and in text."""
    for element in root.iter(etree.Element):
        own = etree.QName(element).namespace == NAMESPACES["xsl"]
        for value in element.attrib.values():
            yield from ((element, part) for part in ([value] if own else _BRACED.findall(value)))
        for text in element.xpath("text()"):
            yield from ((element, part) for part in _BRACED.findall(text))


def forbidden(root: etree._Element) -> list[str]:
    """Return what depends on the clock, on addresses in memory, or on files and addresses outside."""
    found = [
        f"{_named(element)}: {m[1]}()" for element, x in expressions(root) for m in _FORBIDDEN_FUNCTION.finditer(x)
    ]
    return found + [_named(e) for name in _FORBIDDEN_INSTRUCTIONS for e in root.iter(XSL + name)]


def modes_declared(root: etree._Element) -> list[str]:
    """Return the modes that a stylesheet declares: only an entry may."""
    return [str(mode.get("name", "#unnamed")) for mode in root.iter(XSL + "mode")]


def lax_modes(root: etree._Element) -> list[str]:
    """Return the modes that do not say what they do with what no template or several templates match.

    Any choice but failing on several needs its reason in a comment before it.
    """
    return [
        _named(mode)
        for mode in root.iter(XSL + "mode")
        if not mode.get("on-no-match")
        or not mode.get("on-multiple-match")
        or (mode.get("on-multiple-match") != "fail" and not isinstance(mode.getprevious(), etree._Comment))
    ]


def modes_used(root: etree._Element) -> set[str]:
    """Return the names of the modes in which templates stand or are applied."""
    used = {name for e in root.iter(XSL + "template", XSL + "apply-templates") for name in e.get("mode", "").split()}
    return {name for name in used if not name.startswith("#")}


def without_value_templates(root: etree._Element) -> list[str]:
    """Return the stylesheet itself when it has no expand-text="yes"."""
    return [] if root.get("expand-text") == "yes" else [_named(root)]


def _named(element: etree._Element) -> str:
    name = element.get("name") or element.get("match") or element.get("mode") or ""
    return f"line {element.sourceline}: {etree.QName(element).localname} {name}".rstrip()


@pytest.fixture(scope="module")
def stylesheets() -> dict[str, etree._Element]:
    """Return the root of every stylesheet by its path below `xslt/`."""
    home = folder("xslt")
    found = {path.relative_to(home).as_posix(): path for path in sorted(home.rglob("*.xsl"))}
    return {name: root_of(path.read_text(encoding="utf-8")) for name, path in found.items()}


def included(name: str, stylesheets: dict[str, etree._Element]) -> list[str]:
    """Return the paths below `xslt/` of what the stylesheet `name` includes or imports."""
    home, here = Path("/xslt"), Path("/xslt") / name
    hrefs = [str(e.get("href")) for e in stylesheets[name].iter(XSL + "include", XSL + "import")]
    paths = [Path(*_without_dots((here.parent / href).parts)) for href in hrefs]
    assert all(path.is_relative_to(home) for path in paths), f"{name} includes something outside xslt/"
    return [path.relative_to(home).as_posix() for path in paths]


def _without_dots(parts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part == "..":
            kept.pop()
        else:
            kept.append(part)
    return kept


def closure(entry: str, stylesheets: dict[str, etree._Element]) -> list[str]:
    """Return `entry` and all modules that it brings in, each once."""
    seen = [entry]
    for name in seen:
        seen += [module for module in dict.fromkeys(included(name, stylesheets)) if module not in seen]
    return seen


def entries(stylesheets: dict[str, etree._Element]) -> list[str]:
    return [name for name in stylesheets if "/" not in name]


def faults(
    stylesheets: dict[str, etree._Element], check: Callable[[etree._Element], list[str]]
) -> dict[str, list[str]]:
    found = {name: check(root) for name, root in stylesheets.items()}
    return {name: listed for name, listed in found.items() if listed}


def test_there_are_four_entries(stylesheets: dict[str, etree._Element]) -> None:
    assert entries(stylesheets) == ["export.xsl", "index.xsl", "page.xsl", "record.xsl"]


def test_everything_is_typed(stylesheets: dict[str, etree._Element]) -> None:
    assert faults(stylesheets, untyped) == {}


def test_nothing_depends_on_clock_memory_or_files(stylesheets: dict[str, etree._Element]) -> None:
    assert faults(stylesheets, forbidden) == {}


def test_text_values_are_expanded(stylesheets: dict[str, etree._Element]) -> None:
    assert faults(stylesheets, without_value_templates) == {}


def test_modes_are_declared_in_entries_only_and_fail_closed(stylesheets: dict[str, etree._Element]) -> None:
    modules = {name: root for name, root in stylesheets.items() if "/" in name}
    assert faults(modules, modes_declared) == {}
    assert faults(stylesheets, lax_modes) == {}


def test_every_mode_that_is_used_is_declared(stylesheets: dict[str, etree._Element]) -> None:
    for entry in entries(stylesheets):
        used = {mode for name in closure(entry, stylesheets) for mode in modes_used(stylesheets[name])}
        assert used <= set(modes_declared(stylesheets[entry])), entry


def test_every_module_is_part_of_an_entry(stylesheets: dict[str, etree._Element]) -> None:
    reached = {name for entry in entries(stylesheets) for name in closure(entry, stylesheets)}
    assert sorted(set(stylesheets) - reached) == []


# ── the checks themselves ──────────────────────────────────────────────────────────────────────────────────


def sheet(content: str, attributes: str = "") -> etree._Element:
    return root_of(f'<xsl:stylesheet xmlns:xsl="{XSL[1:-1]}" version="3.0" {attributes}>{content}</xsl:stylesheet>')


@pytest.mark.parametrize(
    "content",
    [
        '<xsl:param name="a"/>',
        '<xsl:variable name="a" select="1"/>',
        '<xsl:function name="f:a"/>',
        '<xsl:template name="a"/>',
        '<xsl:template match="a"><xsl:param name="b"/></xsl:template>',
    ],
)
def test_what_is_untyped_is_found(content: str) -> None:
    assert len(untyped(sheet(content))) == 1


@pytest.mark.parametrize(
    "content",
    [
        '<xsl:value-of select="current-date()"/>',
        '<xsl:value-of select="fn:generate-id (.)"/>',
        '<xsl:value-of select="map(doc#1)"/>',
        '<p id="x{generate-id()}"/>',
        "<p>{format-date(current-date(), '[Y]')}</p>",
        "<p>{map { 'a': document('x') } ! 1}</p>",
        '<xsl:result-document href="x"/>',
        "<xsl:evaluate xpath=\"'1'\"/>",
    ],
)
def test_what_is_forbidden_is_found(content: str) -> None:
    assert forbidden(sheet(content))


@pytest.mark.parametrize(
    "content",
    [
        '<xsl:call-template name="t:document"/>',
        '<xsl:value-of select="t:document(.)"/>',
        '<xsl:value-of select="$document[1], @doc, my-doc(.)"/>',
        "<p>the document (see above)</p>",
        '<p title="no doc() here"/>',
    ],
)
def test_what_only_looks_forbidden_is_not(content: str) -> None:
    assert forbidden(sheet(content)) == []


@pytest.mark.parametrize(
    "content",
    [
        '<xsl:mode name="a"/>',
        '<xsl:mode name="a" on-no-match="fail"/>',
        '<xsl:mode name="a" on-no-match="fail" on-multiple-match="use-last"/>',
    ],
)
def test_a_lax_mode_is_found(content: str) -> None:
    assert lax_modes(sheet(content))


def test_modes_and_value_templates_are_read() -> None:
    assert modes_declared(sheet('<xsl:mode/><xsl:mode name="a"/>')) == ["#unnamed", "a"]
    assert modes_used(sheet('<xsl:template match="x" mode="a b #default"/>')) == {"a", "b"}
    assert without_value_templates(sheet(""))
    assert without_value_templates(sheet("", 'expand-text="yes"')) == []
