"""Reading: a RELAX NG schema becomes patterns of the simple form (RELAX NG, section 4).

The content of an element is read when it is first asked for. That makes recursion through elements natural and
lets a large schema start fast; `Schema.elements` reads what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from regesta.validation.grammar import datatypes, files
from regesta.validation.grammar.datatypes import INVALID
from regesta.validation.grammar.errors import GrammarError
from regesta.validation.grammar.files import RELAX_NG
from regesta.validation.grammar.names import AnyName, Name, NameChoice, NameClass, NsName, tag
from regesta.validation.grammar.patterns import Element, Pattern, Patterns

_RNG = f"{{{RELAX_NG}}}"
_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns"
_PARTS_OF_A_GRAMMAR = frozenset(f"{_RNG}{name}" for name in ("start", "define", "include", "div"))
_NAME_CLASSES = frozenset(f"{_RNG}{name}" for name in ("name", "anyName", "nsName", "choice"))


@dataclass
class _Definition:
    """The bodies given to one name, how they combine, and the pattern once it is made (section 4.17)."""

    name: str
    bodies: list[tuple[etree._Element, _Context]] = field(default_factory=list)
    combine: str = ""
    plain: bool = False
    pattern: Pattern | None = None
    busy: bool = False


@dataclass
class _Scope:
    """A grammar with its definitions; the one around it answers to parentRef (section 4.18)."""

    parent: _Scope | None
    definitions: dict[str, _Definition] = field(default_factory=dict)
    starts: _Definition = field(default_factory=lambda: _Definition("start"))


@dataclass(frozen=True)
class _Context:
    """What an element inherits: namespace, datatype library, its grammar, its file and those that led there."""

    namespace: str
    library: str
    scope: _Scope | None
    trail: tuple[Path, ...]


class Schema:
    """The patterns of the schema at `path`. Raises GrammarError, with a reason, when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.patterns = Patterns()
        self._folder = path.parent.resolve()
        self._loaded: dict[Path, etree._Element] = {}
        self._elements: list[Element] = []
        self._handlers = self._make_handlers()
        root = self._load(path.resolve())
        self.start = self._pattern(root, _Context("", "", None, (path.resolve(),)))

    def elements(self) -> list[Element]:
        """Return every element pattern that the start leads to, with its content read."""
        number = 0
        while number < len(self._elements):
            _ = self._elements[number].content
            number += 1
        return list(self._elements)

    @property
    def roots(self) -> tuple[etree._Element, ...]:
        """Return the root elements of all files that were read, the schema's own first."""
        return tuple(self._loaded.values())

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────

    def _load(self, path: Path) -> etree._Element:
        if path not in self._loaded:
            self._loaded[path] = files.load(path)
        return self._loaded[path]

    def _follow(self, element: etree._Element, context: _Context) -> tuple[etree._Element, _Context]:
        """Return the root of the file that an include or externalRef names (sections 4.5 to 4.7)."""
        path = files.target(_required(element, "href"), context.trail[-1], self._folder)
        if path in context.trail:
            raise GrammarError(f"{path.name} includes itself")
        return self._load(path), _Context(context.namespace, "", context.scope, (*context.trail, path))

    # ── patterns ─────────────────────────────────────────────────────────────────────────────────────────────

    def _make_handlers(self) -> dict[str, Callable[[etree._Element, _Context], Pattern]]:
        make = self.patterns
        handlers: dict[str, Callable[[etree._Element, _Context], Pattern]] = {
            "element": self._element,
            "attribute": self._attribute,
            "group": self._group,
            "interleave": lambda element, context: make.interleave(self._all(element, context)),
            "choice": lambda element, context: make.choice(self._all(element, context)),
            "optional": lambda element, context: make.optional(self._group(element, context)),
            "zeroOrMore": lambda element, context: make.optional(make.one_or_more(self._group(element, context))),
            "oneOrMore": lambda element, context: make.one_or_more(self._group(element, context)),
            "list": lambda element, context: make.list_of(self._group(element, context)),
            "mixed": lambda element, context: make.interleave((make.text, self._group(element, context))),
            "ref": self._ref,
            "parentRef": self._parent_ref,
            "empty": lambda element, _context: _leaf(element, make.empty),
            "text": lambda element, _context: _leaf(element, make.text),
            "notAllowed": lambda element, _context: _leaf(element, make.not_allowed),
            "value": self._value,
            "data": self._data,
            "externalRef": self._external,
            "grammar": self._grammar,
        }
        return {f"{_RNG}{name}": handler for name, handler in handlers.items()}

    def _pattern(self, element: etree._Element, context: _Context) -> Pattern:
        handler = self._handlers.get(tag(element))
        if handler is None:
            raise _misplaced(element)
        return handler(element, _inherited(element, context))

    def _all(self, element: etree._Element, context: _Context) -> list[Pattern]:
        children = _children(element)
        if not children:
            raise GrammarError(f"{_at(element)} is empty")
        return [self._pattern(child, context) for child in children]

    def _group(self, element: etree._Element, context: _Context) -> Pattern:
        """Return the children in sequence (section 4.12)."""
        return self.patterns.group(self._all(element, context))

    def _element(self, element: etree._Element, context: _Context) -> Pattern:
        names, bodies = self._named(element, context, context.namespace)
        if not bodies:
            raise GrammarError(f"{_at(element)} has no content")

        def read() -> Pattern:
            return self.patterns.group([self._pattern(body, context) for body in bodies])

        made = Element(names, read)
        self._elements.append(made)
        return made

    def _attribute(self, element: etree._Element, context: _Context) -> Pattern:
        # Without ns on the attribute pattern itself, its name attribute is in no namespace (section 4.8).
        names, bodies = self._named(element, context, element.get("ns", ""))
        if len(bodies) > 1:
            raise GrammarError(f"{_at(element)} has more than one pattern")
        _check_attribute_names(names, element)
        return self.patterns.attribute(names, self._pattern(bodies[0], context) if bodies else self.patterns.text)

    def _named(
        self, element: etree._Element, context: _Context, namespace: str
    ) -> tuple[NameClass, list[etree._Element]]:
        """Return the name class of an element or attribute pattern and the patterns within (sections 4.8 to 4.10)."""
        children = _children(element)
        name = element.get("name")
        if name is not None:
            return _qualified(name, element, namespace), children
        if not children or children[0].tag not in _NAME_CLASSES:
            raise GrammarError(f"{_at(element)} has no name")
        return self._names(children[0], context), children[1:]

    def _names(self, element: etree._Element, context: _Context) -> NameClass:
        context = _inherited(element, context)
        kind = tag(element).removeprefix(_RNG)
        if kind == "name":
            return _qualified(element.text or "", element, context.namespace)
        children = _children(element)
        if kind == "choice":
            if not children:
                raise GrammarError(f"{_at(element)} is empty")
            return NameChoice(tuple(self._names(child, context) for child in children))
        if kind not in {"anyName", "nsName"} or len(children) > 1:
            raise _misplaced(element)
        without = self._excepted_names(children[0], context) if children else None
        if without is not None:
            _check_exception(kind, without, element)
        return AnyName(without) if kind == "anyName" else NsName(context.namespace, without)

    def _excepted_names(self, element: etree._Element, context: _Context) -> NameClass:
        children = _children(element)
        if element.tag != f"{_RNG}except" or not children:
            raise _misplaced(element)
        context = _inherited(element, context)
        return NameChoice(tuple(self._names(child, context) for child in children))

    def _value(self, element: etree._Element, context: _Context) -> Pattern:
        # A value without a type is a token of RELAX NG's own library (section 4.4).
        name = element.get("type")
        datatype = datatypes.datatype("", "token") if name is None else datatypes.datatype(context.library, name)
        if _children(element):
            raise GrammarError(f"{_at(element)} holds elements")
        literal = element.text or ""
        prefixes = {**element.nsmap, None: context.namespace} if datatype.contextual else {}
        value = datatype.value(literal, prefixes)
        if value is INVALID:
            raise GrammarError(f'{_at(element)} has "{literal}", which is no {datatype.name}')
        return self.patterns.value(datatype, datatype.normalised(literal), value)

    def _data(self, element: etree._Element, context: _Context) -> Pattern:
        base = datatypes.datatype(context.library, _required(element, "type"))
        children = _children(element)
        excepted = children.pop() if children and children[-1].tag == f"{_RNG}except" else None
        params = []
        for child in children:
            if child.tag != f"{_RNG}param":
                raise _misplaced(child)
            params.append((_required(child, "name"), child.text or ""))
        restricted = datatypes.restricted(base, context.library, tuple(params))
        without = None
        if excepted is not None:
            without = self.patterns.choice(self._all(excepted, _inherited(excepted, context)))
        return self.patterns.data(restricted, tuple(params), without)

    def _external(self, element: etree._Element, context: _Context) -> Pattern:
        root, within = self._follow(element, context)
        return self._pattern(root, _Context(within.namespace, "", None, within.trail))

    # ── grammars ─────────────────────────────────────────────────────────────────────────────────────────────

    def _grammar(self, element: etree._Element, context: _Context) -> Pattern:
        scope = _Scope(context.scope)
        within = _Context(context.namespace, context.library, scope, context.trail)
        for part, inherited in self._parts(element, within):
            _add(scope, part, inherited)
        if not scope.starts.bodies:
            raise GrammarError(f"{_at(element)} has no start")
        self._check_references(scope)
        return self._defined(scope.starts)

    def _check_references(self, scope: _Scope) -> None:
        """Raise GrammarError for a ref without its define; unused definitions are looked at too (section 4.18)."""
        definitions = [scope.starts, *scope.definitions.values()]
        for body, _context in (pair for definition in definitions for pair in definition.bodies):
            for each in body.iter(f"{_RNG}ref"):
                name = (each.get("name") or "").strip()
                if name not in scope.definitions and next(each.iterancestors(f"{_RNG}grammar"), None) is next(
                    body.iterancestors(f"{_RNG}grammar"), None
                ):
                    raise GrammarError(f"{_at(each)} names {name}, which nothing defines")

    def _parts(self, element: etree._Element, context: _Context) -> Iterator[tuple[etree._Element, _Context]]:
        """Yield the start and define elements of a grammar, those of its divs and includes with it."""
        for child in _children(element):
            if child.tag not in _PARTS_OF_A_GRAMMAR:
                raise _misplaced(child)
            within = _inherited(child, context)
            if child.tag == f"{_RNG}div":
                yield from self._parts(child, within)
            elif child.tag == f"{_RNG}include":
                yield from self._included(child, within)
            else:
                yield child, within

    def _included(self, element: etree._Element, context: _Context) -> Iterator[tuple[etree._Element, _Context]]:
        """Yield the parts of an included grammar, but for those that the include itself gives anew (section 4.7)."""
        root, within = self._follow(element, context)
        if root.tag != f"{_RNG}grammar":
            raise GrammarError(f"{within.trail[-1].name} is included but is no grammar")
        own = list(self._parts(element, context))
        if any(child.tag == f"{_RNG}include" for child in element.iterdescendants(f"{_RNG}include")):
            raise GrammarError(f"{_at(element)} holds an include")
        given = {_key(part) for part, _context in own}
        replaced = set()
        for part, inherited in self._parts(root, _inherited(root, within)):
            if _key(part) in given:
                replaced.add(_key(part))
            else:
                yield part, inherited
        for key in sorted(given - replaced):
            raise GrammarError(f"{_at(element)} gives {key} anew, which {within.trail[-1].name} does not have")
        yield from own

    def _ref(self, element: etree._Element, context: _Context) -> Pattern:
        return self._referred(element, context.scope)

    def _parent_ref(self, element: etree._Element, context: _Context) -> Pattern:
        return self._referred(element, context.scope.parent if context.scope else None)

    def _referred(self, element: etree._Element, scope: _Scope | None) -> Pattern:
        name = _required(element, "name")
        found = scope.definitions.get(name) if scope else None
        if found is None:
            raise GrammarError(f"{_at(element)} names {name}, which nothing defines")
        return found.pattern or self._defined(found)

    def _defined(self, definition: _Definition) -> Pattern:
        """Return the pattern of a definition, its bodies combined (section 4.17)."""
        if definition.pattern is None:
            if definition.busy:
                raise GrammarError(f"its definition {definition.name} refers to itself without an element between")
            definition.busy = True
            bodies = [self._group(body, context) for body, context in definition.bodies]
            combined = self.patterns.choice if definition.combine == "choice" else self.patterns.interleave
            definition.pattern = bodies[0] if len(bodies) == 1 else combined(bodies)
            definition.busy = False
        return definition.pattern


def _key(part: etree._Element) -> str:
    return f"define {_required(part, 'name')}" if part.tag == f"{_RNG}define" else "start"


def _add(scope: _Scope, part: etree._Element, context: _Context) -> None:
    """Note a start or define, and how it combines with the others of its name (section 4.17)."""
    if part.tag == f"{_RNG}start":
        definition = scope.starts
        if len(_children(part)) != 1:
            raise GrammarError(f"{_at(part)} does not have one pattern")
    else:
        name = _required(part, "name")
        definition = scope.definitions.setdefault(name, _Definition(name))
    combine = (part.get("combine") or "").strip()
    if combine not in {"", "choice", "interleave"} or (combine and definition.combine not in {"", combine}):
        raise GrammarError(f"{definition.name} is combined in two ways, or by {combine or 'nothing'}")
    if not combine and definition.plain:
        raise GrammarError(f"{definition.name} is defined twice, and combine is not said")
    definition.combine = definition.combine or combine
    definition.plain = definition.plain or not combine
    definition.bodies.append((part, context))


def _children(element: etree._Element) -> list[etree._Element]:
    """Return the children that are RELAX NG; all others are annotations (section 4.1)."""
    return [child for child in element if child.tag.__class__ is str and child.tag.startswith(_RNG)]


def _inherited(element: etree._Element, context: _Context) -> _Context:
    """Return the context within `element`: its ns and datatypeLibrary hold below it (sections 4.3 and 4.9)."""
    namespace, library = element.get("ns"), element.get("datatypeLibrary")
    if namespace is None and library is None:
        return context
    return _Context(
        context.namespace if namespace is None else namespace,
        context.library if library is None else library,
        context.scope,
        context.trail,
    )


def _qualified(name: str, element: etree._Element, namespace: str) -> Name:
    """Return the name that a schema writes, with or without a prefix (section 4.10)."""
    prefix, colon, local = name.strip(datatypes.WHITE_SPACE).rpartition(":")
    if datatypes.datatype(datatypes.XSD, "NCName").value(local, {}) is INVALID:
        raise GrammarError(f'{_at(element)} has the name "{name}", which is none')
    if not colon:
        return Name(namespace, local)
    found = _XML if prefix == "xml" else element.nsmap.get(prefix)
    if found is None:
        raise GrammarError(f"{_at(element)} has the prefix {prefix}, which is not declared")
    return Name(found, local)


def _check_attribute_names(names: NameClass, element: etree._Element) -> None:
    """Raise GrammarError when namespace declarations are taken for attributes (section 4.16)."""
    if isinstance(names, NameChoice):
        for each in names.among:
            _check_attribute_names(each, element)
    elif not isinstance(names, AnyName) and (names.namespace == _XMLNS or (names == Name("", "xmlns"))):
        raise GrammarError(f"{_at(element)} describes a namespace declaration")


def _check_exception(kind: str, without: NameClass, element: etree._Element) -> None:
    """Raise GrammarError when anyName excepts anyName, or nsName one of either (section 4.16)."""
    among = [without]
    while among:
        each = among.pop()
        if isinstance(each, NameChoice):
            among.extend(each.among)
        elif isinstance(each, AnyName) or (kind == "nsName" and isinstance(each, NsName)):
            raise GrammarError(f"{_at(element)} excepts a class that is too wide")


def _leaf(element: etree._Element, pattern: Pattern) -> Pattern:
    if _children(element):
        raise GrammarError(f"{_at(element)} is not empty")
    return pattern


def _required(element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise GrammarError(f"{_at(element)} has no {name}")
    return value.strip(datatypes.WHITE_SPACE)


def _misplaced(element: etree._Element) -> GrammarError:
    return GrammarError(f"{_at(element)} may not stand where it stands")


def _at(element: etree._Element) -> str:
    name = element.get("name")
    named = f' name="{name}"' if name else ""
    return f"its <{tag(element).removeprefix(_RNG)}{named}> in line {element.sourceline}"
