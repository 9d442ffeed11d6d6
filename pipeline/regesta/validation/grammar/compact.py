"""The compact syntax of RELAX NG becomes the XML syntax, as elements (OASIS, "RELAX NG Compact Syntax", 2002).

Namespaces are written out: an element or a name says its `ns`, unless that is inherited. Annotations are passed over;
documentation is kept where the XML syntax has a place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from regesta.validation.grammar.compact_tokens import Kind, Token, tokens
from regesta.validation.grammar.errors import GrammarError

_RELAX_NG = "http://relaxng.org/ns/structure/1.0"
_RNG = f"{{{_RELAX_NG}}}"
_ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_KEYWORDS = frozenset({
    "attribute", "default", "datatypes", "div", "element", "empty", "external", "grammar", "include", "inherit",
    "list", "mixed", "namespace", "notAllowed", "parent", "start", "string", "text", "token",
})  # fmt: skip
_REPEATS = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_CONNECTORS = {",": "group", "&": "interleave", "|": "choice"}
_COMBINES = {"=": "", "|=": "choice", "&=": "interleave"}
_SEQUENCES = frozenset({"element", "define", "list", "mixed", *_REPEATS.values()})  # hold patterns one after the other
_DEEPEST = 150


def parse(text: str, name: str) -> etree._Element:
    """Return the root of the schema `text` in the XML syntax. Raises GrammarError, with file and line, for a fault."""
    return _Parser(list(tokens(text, name)), name).schema()


@dataclass
class _Parser:
    tokens: list[Token]
    name: str
    at: int = 0
    depth: int = 0
    namespaces: dict[str, str | None] = field(default_factory=lambda: {"xml": _XML})
    default: str | None = None
    libraries: dict[str, str] = field(default_factory=lambda: {"xsd": _XSD})

    # ── reading tokens ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def _next(self) -> Token:
        return self.tokens[self.at]

    def _error(self, wanted: str) -> GrammarError:
        token = self._next
        found = "the end of the file" if token.kind is Kind.END else f"“{token.text}”"
        return GrammarError(f"{self.name}, line {token.line}: {wanted} is wanted here, not {found}")

    def _take(self) -> Token:
        token = self._next
        self.at += token.kind is not Kind.END
        return token

    def _is_sign(self, *signs: str) -> bool:
        return self._next.kind is Kind.SIGN and self._next.text in signs

    def _is_word(self, *words: str) -> bool:
        return self._next.kind is Kind.WORD and self._next.text in words

    def _accept(self, *signs: str) -> str:
        """Take the next token if it is one of the signs, and return it, else an empty string."""
        return self._take().text if self._is_sign(*signs) else ""

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            raise self._error(f"“{sign}”")

    def _identifier(self, *, keywords: bool) -> str:
        token = self._next
        if token.kind is Kind.QUOTED or (token.kind is Kind.WORD and (keywords or token.text not in _KEYWORDS)):
            return self._take().text
        raise self._error("a name")

    def _literal(self) -> str:
        parts = []
        while True:
            if self._next.kind is not Kind.LITERAL:
                raise self._error("a text in quotes")
            parts.append(self._take().text)
            if not self._accept("~"):
                return "".join(parts)

    def _documentation(self) -> str:
        """Pass over annotations before a construct and return the documentation among them."""
        lines = []
        while self._next.kind is Kind.DOCUMENTATION:
            lines.append(self._take().text)
        if self._is_sign("["):
            self._skip_brackets()
        return "\n".join(lines)

    def _skip_brackets(self) -> None:
        depth = 0
        while True:
            token = self._take()
            if token.kind is Kind.END:
                raise self._error("“]”")
            if token.kind is Kind.SIGN:
                depth += (token.text == "[") - (token.text == "]")
            if not depth:
                return

    def _skip_following(self) -> None:
        """Pass over the annotations behind a construct ("follow annotations")."""
        while self._accept(">>"):
            self._take()
            self._skip_brackets()

    def _is_annotation(self) -> bool:
        """Say whether an element that is an annotation stands here: a name, then a bracket."""
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        names = {Kind.NAME, Kind.WORD, Kind.QUOTED}
        return self._next.kind in names and following.kind is Kind.SIGN and following.text == "["

    # ── making elements ──────────────────────────────────────────────────────────────────────────────────────

    def _made(
        self, tag: str, line: int, children: Iterable[etree._Element] = (), /, **attributes: str
    ) -> etree._Element:
        known: dict[str | None, str] = {None: _RELAX_NG, "a": _ANNOTATIONS}
        known |= {prefix: uri for prefix, uri in self.namespaces.items() if uri and prefix != "xml"}
        made = etree.Element(f"{_RNG}{tag}", attributes, nsmap=known)
        for child in children:
            made.extend(child if tag in _SEQUENCES and child.tag == f"{_RNG}group" else [child])
        made.sourceline = line  # type: ignore[misc] # lxml lets it be written
        return made

    def _space(self, namespace: str | None) -> dict[str, str]:
        return {} if namespace is None else {"ns": namespace}

    def _prefixed(self, prefix: str) -> str | None:
        if prefix not in self.namespaces:
            raise GrammarError(f"{self.name}, line {self._next.line}: the prefix {prefix} is not declared")
        return self.namespaces[prefix]

    @staticmethod
    def _documented(element: etree._Element, words: str) -> etree._Element:
        if words and element.tag not in {f"{_RNG}value", f"{_RNG}param", f"{_RNG}name"}:
            note = etree.Element(f"{{{_ANNOTATIONS}}}documentation")
            note.text = words
            element.insert(0, note)
        return element

    # ── declarations and the whole ───────────────────────────────────────────────────────────────────────────

    def schema(self) -> etree._Element:
        words = self._declarations()
        line = self._next.line
        root = self._made("grammar", line, self._parts(words)) if self._begins_grammar() else self._pattern(words)
        if self._next.kind is not Kind.END:
            raise self._error("the end of the schema")
        etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in self.namespaces if prefix != "xml"])
        return root

    def _declarations(self) -> str:
        """Read the declarations and return the documentation of what follows them."""
        while True:
            words = self._documentation()
            if self._is_word("namespace"):
                self._take()
                prefix = self._identifier(keywords=True)
                self._expect("=")
                self.namespaces[prefix] = self._namespace()
            elif self._is_word("default"):
                self._default_namespace()
            elif self._is_word("datatypes"):
                self._take()
                prefix = self._identifier(keywords=True)
                self._expect("=")
                self.libraries[prefix] = self._literal()
            else:
                return words

    def _default_namespace(self) -> None:
        self._take()
        if not self._is_word("namespace"):
            raise self._error("“namespace”")
        self._take()
        prefix = "" if self._is_sign("=") else self._identifier(keywords=True)
        self._expect("=")
        self.default = self._namespace()
        if prefix:
            self.namespaces[prefix] = self.default

    def _namespace(self) -> str | None:
        if self._is_word("inherit"):
            self._take()
            return None
        return self._literal()

    def _begins_grammar(self) -> bool:
        """Say whether the parts of a grammar stand here, rather than a pattern."""
        token, following = self._next, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind is Kind.END or self._is_annotation() or self._is_word("start", "div", "include"):
            return True
        is_name = token.kind is Kind.QUOTED or (token.kind is Kind.WORD and token.text not in _KEYWORDS)
        return is_name and following.kind is Kind.SIGN and following.text in _COMBINES

    # ── grammars ─────────────────────────────────────────────────────────────────────────────────────────────

    def _parts(self, words: str = "") -> list[etree._Element]:
        parts: list[etree._Element] = []
        while True:
            words = words or self._documentation()
            if self._is_annotation():
                self._take()
                self._skip_brackets()
            elif self._next.kind is Kind.END or self._is_sign("}"):
                return parts
            else:
                parts.append(self._documented(self._part(), words))
            words = ""

    def _part(self) -> etree._Element:
        line = self._next.line
        if self._is_word("div"):
            self._take()
            return self._made("div", line, self._braced())
        if self._is_word("include"):
            self._take()
            href, inherited = self._literal(), self._inherited()
            return self._made("include", line, self._braced() if self._is_sign("{") else (), href=href, **inherited)
        attributes = {}
        if self._is_word("start"):
            tag = self._take().text
        else:
            tag, attributes["name"] = "define", self._identifier(keywords=False)
        sign = self._accept(*_COMBINES)
        if not sign:
            raise self._error("“=”")
        if _COMBINES[sign]:
            attributes["combine"] = _COMBINES[sign]
        return self._made(tag, line, [self._pattern()], **attributes)

    def _braced(self) -> list[etree._Element]:
        self._expect("{")
        parts = self._parts()
        self._expect("}")
        return parts

    def _inherited(self) -> dict[str, str]:
        """Return the namespace that an included schema inherits (the compact syntax, section 5: `inherit`)."""
        if not self._is_word("inherit"):
            return self._space(self.default)
        self._take()
        self._expect("=")
        return self._space(self._prefixed(self._identifier(keywords=True)))

    # ── patterns ─────────────────────────────────────────────────────────────────────────────────────────────

    def _pattern(self, words: str = "") -> etree._Element:
        """Return a pattern: particles joined by one and the same connector."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise GrammarError(f"{self.name}, line {self._next.line}: it is nested too deeply")
        line = self._next.line
        parts = [self._particle(words)]
        sign = self._accept(*_CONNECTORS)
        if sign:
            parts.append(self._particle())
            while self._accept(sign):
                parts.append(self._particle())
            if self._is_sign(*_CONNECTORS):
                raise self._error(f"“{sign}” or parentheses")
        self.depth -= 1
        return parts[0] if len(parts) == 1 else self._made(_CONNECTORS[sign], line, parts)

    def _particle(self, words: str = "") -> etree._Element:
        line = self._next.line
        words = words or self._documentation()
        made = self._primary()
        self._skip_following()
        sign = self._accept(*_REPEATS)
        if sign:
            made = self._made(_REPEATS[sign], line, [made])
            self._skip_following()
        return self._documented(made, words)

    def _primary(self) -> etree._Element:
        token = self._next
        if token.kind is Kind.WORD and token.text in self._handlers:
            self._take()
            return self._handlers[token.text](token.line)
        if token.kind is Kind.LITERAL:
            return self._value(token.line, "", "")
        if token.kind is Kind.NAME:
            return self._data(token.line)
        if self._accept("("):
            inner = self._pattern()
            self._expect(")")
            return inner
        if token.kind is Kind.QUOTED or (token.kind is Kind.WORD and token.text not in _KEYWORDS):
            return self._made("ref", token.line, name=self._take().text)
        raise self._error("a pattern")

    @property
    def _handlers(self) -> dict[str, Callable[[int], etree._Element]]:
        return {
            "element": lambda line: self._named("element", line),
            "attribute": lambda line: self._named("attribute", line),
            "list": lambda line: self._made("list", line, [self._in_braces()]),
            "mixed": lambda line: self._made("mixed", line, [self._in_braces()]),
            "empty": lambda line: self._made("empty", line),
            "text": lambda line: self._made("text", line),
            "notAllowed": lambda line: self._made("notAllowed", line),
            "parent": lambda line: self._made("parentRef", line, name=self._identifier(keywords=False)),
            "external": lambda line: self._made("externalRef", line, href=self._literal(), **self._inherited()),
            "grammar": lambda line: self._made("grammar", line, self._braced()),
            "string": lambda line: self._typed(line, "", "string"),
            "token": lambda line: self._typed(line, "", "token"),
        }

    def _named(self, tag: str, line: int) -> etree._Element:
        names = self._name_class(unprefixed=self.default if tag == "element" else "")
        return self._made(tag, line, [names, self._in_braces()])

    def _in_braces(self) -> etree._Element:
        self._expect("{")
        inner = self._pattern()
        self._expect("}")
        return inner

    def _data(self, line: int) -> etree._Element:
        prefix, _, name = self._take().text.partition(":")
        if prefix not in self.libraries:
            raise GrammarError(f"{self.name}, line {line}: the datatypes {prefix} are not declared")
        return self._typed(line, self.libraries[prefix], name)

    def _typed(self, line: int, library: str, name: str) -> etree._Element:
        if self._next.kind is Kind.LITERAL:
            return self._value(line, library, name)
        made = self._made("data", line, type=name, datatypeLibrary=library)
        if self._accept("{"):
            while not self._accept("}"):
                self._documentation()
                parameter = self._made("param", self._next.line, name=self._identifier(keywords=True))
                self._expect("=")
                parameter.text = self._literal()
                made.append(parameter)
        if self._accept("-"):
            self._documentation()
            made.append(self._made("except", line, [self._primary()]))
        return made

    def _value(self, line: int, library: str, name: str) -> etree._Element:
        attributes = {"type": name, "datatypeLibrary": library} if name else {}
        space = self._space(self.default) if library else {}  # the value may be a name of the namespace
        made = self._made("value", line, **attributes, **space)
        made.text = self._literal()
        return made

    # ── name classes ─────────────────────────────────────────────────────────────────────────────────────────

    def _name_class(self, unprefixed: str | None) -> etree._Element:
        line = self._next.line
        among = [self._one_name_class(unprefixed)]
        while self._accept("|"):
            among.append(self._one_name_class(unprefixed))
        return among[0] if len(among) == 1 else self._made("choice", line, among)

    def _one_name_class(self, unprefixed: str | None) -> etree._Element:
        self._documentation()
        made = self._basic_name_class(unprefixed)
        self._skip_following()
        return made

    def _basic_name_class(self, unprefixed: str | None) -> etree._Element:
        token = self._next
        if self._accept("("):
            inner = self._name_class(unprefixed)
            self._expect(")")
            return inner
        if self._accept("*"):
            return self._excepting("anyName", token.line, {}, unprefixed)
        if token.kind is Kind.NAMESPACE:
            self._take()
            space = self._space(self._prefixed(token.text.removesuffix(":*")))
            return self._excepting("nsName", token.line, space, unprefixed)
        if token.kind is Kind.NAME:
            self._take()
            prefix, _, local = token.text.partition(":")
            return self._name(local, token.line, self._prefixed(prefix))
        return self._name(self._identifier(keywords=True), token.line, unprefixed)

    def _name(self, local: str, line: int, namespace: str | None) -> etree._Element:
        made = self._made("name", line, **self._space(namespace))
        made.text = local
        return made

    def _excepting(self, tag: str, line: int, space: dict[str, str], unprefixed: str | None) -> etree._Element:
        made = self._made(tag, line, **space)
        if self._accept("-"):
            made.append(self._made("except", line, [self._one_name_class(unprefixed)]))
        return made
