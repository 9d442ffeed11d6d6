"""Diagnosis: what is wrong with one element, so that each fault is told once.

Where the children do not follow the pattern, the ways to go on are compared: the child is passed over, taken for
another, something is missing before it, or a child before it is the one that should not be there. The way on which
most of the other children are right is the likeliest; so one wrong child does not make its sisters wrong as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from regesta.validation.grammar import names, spelling
from regesta.validation.grammar.automata import Automata, Model, State, attributes, is_blank
from regesta.validation.grammar.matching import Identifier, Judged, Matcher, Token, has_elements, tokens, whole_text
from regesta.validation.grammar.names import tag
from regesta.validation.grammar.patterns import Element, Pattern

_LOOK_AHEAD = 40
_LOOK_BACK = 4
_MOST_ALTERNATIVES = 400


@dataclass(frozen=True)
class Fault:
    """What is wrong at an element.

    `rule` is the rule's id; `element` is the one to point at: `attribute` names the attribute at fault, `token` the
    text. `wrong` is the name or value at fault, `meant` the likeliest right one (`certain`: there is no other),
    `allowed` what might stand there instead, `parent` the element that holds it, `values` the pattern for a text that
    is wrong, `other` an element that has to do with it, `more` how many others like it follow.
    """

    rule: str
    element: etree._Element
    wrong: str = ""
    meant: str = ""
    allowed: tuple[str, ...] = ()
    attribute: str = ""
    token: Token | None = None
    parent: str = ""
    values: Pattern | None = None
    other: etree._Element | None = None
    more: int = 0
    certain: bool = False


@dataclass
class Diagnosis:
    """The faults of an element, what its children are to be judged by, and the identifiers among its attributes."""

    faults: list[Fault] = field(default_factory=list)
    children: list[Judged] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)


def explain(automata: Automata, element: etree._Element, pattern: Element) -> Diagnosis:
    """Return what is wrong with the element's own attributes and children."""
    diagnosis = Diagnosis()
    state = _Attributes(automata, element, automata.model(pattern), diagnosis.identifiers).explain(diagnosis.faults)
    _explain_content(automata, element, state, diagnosis)
    return diagnosis


def judge_root(automata: Automata, root: etree._Element) -> Diagnosis:
    """Return what is wrong with the root element itself, and what it is to be judged by."""
    among, _after = automata.start.step(tag(root))
    diagnosis = Diagnosis()
    if not among:
        _explain_tokens(automata, root, automata.start, [Token(root)], diagnosis)
    elif len(among) == 1:
        diagnosis.children.append((root, among[0]))
    else:
        diagnosis.children.append((root, _likeliest(automata, root, among)))
    return diagnosis


# ── attributes ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Attributes:
    automata: Automata
    element: etree._Element
    model: Model
    identifiers: list[Identifier]

    def explain(self, faults: list[Fault]) -> State:
        """Add the faults of the attributes; return the state before the content."""
        state = self.model.start
        for name, value in self.element.attrib.items():
            state = self._one(state, name, value, faults)
        missing = [name for name in self.model.required if name not in self.element.attrib]
        if state.bare is None:
            one_of = {each for attribute in attributes(state.pattern) for each in names.listed(attribute.names)}
            faults.extend(self._lacking(tuple(sorted(one_of - set(self.element.attrib))), faults))
        for name in missing:
            faults.extend(self._lacking((name,), faults))
        return state.bare or state.forgiving

    def _one(self, state: State, name: str, value: str, faults: list[Fault]) -> State:
        values = self.model.single.get(name)
        if values is not None:
            if not values.take(value, self.element.nsmap):
                faults.append(self._fault("attribute-value", name, value, values.pattern))
            else:
                self._note(name, value, values.role)
            return state
        among = state.attributes(name)
        after, role = state.attribute(name, value, self.element.nsmap)
        if after is not None:
            self._note(name, value, role)
            return after
        if among:
            choice = self.automata.patterns.choice([each.body for each in among])
            faults.append(self._fault("attribute-value", name, value, choice))
            return self._as_if_right(state, name)
        if self.model.start.attributes(name):
            faults.append(replace(self._fault("attribute-clash", name, value), wrong=name))
            return state
        faults.append(self._unknown(state, name))
        return state

    def _note(self, name: str, value: str, role: str) -> None:
        if role:
            self.identifiers.append(Identifier(self.element, name, value, role))

    def _as_if_right(self, state: State, name: str) -> State:
        derive = self.automata.patterns.derive
        taken = [derive(state.pattern, each) for each in state.attributes(name)]
        return self.automata.state(self.automata.patterns.choice(taken)) or state

    def _fault(self, rule: str, name: str, value: str, values: Pattern | None = None) -> Fault:
        return Fault(rule, self.element, wrong=value, attribute=name, values=values)

    def _unknown(self, state: State, name: str) -> Fault:
        here = {*self.model.single, *self._listed(state.pattern)}
        free = sorted(here - set(self.element.attrib))
        holders = self.automata.attribute_names.get(name)
        if holders:
            return Fault("attribute-misplaced", self.element, wrong=name, attribute=name, allowed=holders)
        # What is required comes first: among names as near it is the one that is meant.
        likely = sorted(free, key=lambda each: each not in self.model.required)
        near = _near(name, likely)
        meant = near[0] if near else _nearest(name, sorted(self.automata.attribute_names))
        return Fault(
            "attribute-unknown",
            self.element,
            wrong=name,
            attribute=name,
            allowed=tuple(free),
            meant=meant,
            certain=len(near) == 1,
        )

    def _listed(self, pattern: Pattern) -> Iterator[str]:
        for attribute in attributes(pattern):
            yield from names.listed(attribute.names)

    def _lacking(self, wanted: tuple[str, ...], faults: Sequence[Fault]) -> Iterator[Fault]:
        """Yield the fault, unless the attribute is there with its name misspelt."""
        if not any(fault.meant in wanted for fault in faults if fault.rule == "attribute-unknown"):
            yield Fault("attribute-missing", self.element, allowed=wanted)


# ── content ───────────────────────────────────────────────────────────────────────────────────────────────────


def _explain_content(automata: Automata, element: etree._Element, state: State, diagnosis: Diagnosis) -> None:
    if state.pattern.has_values and not has_elements(element):
        text = whole_text(element)
        if not state.values.take(text, element.nsmap):
            diagnosis.faults.append(Fault("content-value", element, wrong=text, values=state.pattern))
        return
    content = list(tokens(element))
    if state.pattern.has_values and state.text is None and not state.firsts:
        _explain_values_only(automata, element, content, diagnosis)
        return
    if state.pattern is automata.patterns.empty and content:
        diagnosis.faults.append(Fault("element-empty-expected", element))
        diagnosis.children.extend(_by_name(automata, [each.element for each in content if each.element is not None]))
        return
    _explain_tokens(automata, element, state, content, diagnosis)


def _explain_values_only(
    automata: Automata, element: etree._Element, content: Sequence[Token], diagnosis: Diagnosis
) -> None:
    """Tell of the first of the child elements in an element that is to hold a value and nothing else."""
    children = [token.element for token in content if token.element is not None]
    first, *others = children
    rule = "element-misplaced" if automata.named(tag(first)) else "element-unknown"
    diagnosis.faults.append(Fault(rule, first, wrong=tag(first), parent=tag(element), more=len(others)))
    diagnosis.children.extend(_by_name(automata, children))


def _by_name(automata: Automata, elements: Sequence[etree._Element]) -> Iterator[Judged]:
    """Yield elements that stand where nothing says what they are, to be judged by what the schema says of the name."""
    for element in elements:
        among = automata.named(tag(element))
        if among:
            yield element, _likeliest(automata, element, among)


def _likeliest(automata: Automata, element: etree._Element, among: Sequence[Element]) -> Element:
    """Return the pattern of which the element breaks least."""
    if len(among) == 1:
        return among[0]
    matcher = Matcher(automata)
    able = [pattern for pattern in among if matcher.attributes(element, pattern) is not None]
    if len(able) == 1:  # It is the one that fits or, if none does, the one that is broken least; no need to look below.
        return able[0]
    fitting = matcher.fitting(element, tuple(among))
    if fitting:
        return fitting[0]

    def rank(pattern: Element) -> tuple[bool, bool]:
        return matcher.attributes(element, pattern) is None, not matcher.matches(element, pattern, [])

    return min(among, key=rank)


def _explain_tokens(
    automata: Automata, element: etree._Element, state: State, content: list[Token], diagnosis: Diagnosis
) -> None:
    repair = _Repair(automata, element, content, state)
    diagnosis.faults.extend(repair.run())
    diagnosis.children.extend(repair.judged)


@dataclass(frozen=True)
class _Way:
    """A way to go on: in `state`, at token number `at`, with the fault; `taken` is what the token is taken for."""

    kind: str
    state: State
    at: int
    rank: int
    taken: Element | None = None
    number: int = 0
    missing: tuple[str, ...] = ()


class _Repair:
    """The children of one element, followed through the states of its pattern with as few faults as may be."""

    def __init__(self, automata: Automata, element: etree._Element, content: list[Token], state: State) -> None:
        self.automata, self.element, self.content = automata, element, content
        self.matcher = Matcher(automata)
        self.start = state
        self.before: list[State] = []
        self.taken: dict[int, Element | None] = {}
        self.faults: dict[int, Fault] = {}
        self.missing: list[Fault] = []

    @property
    def judged(self) -> Iterator[Judged]:
        """Yield the child elements with what they are to be judged by."""
        for number, token in enumerate(self.content):
            if token.element is None:
                continue
            taken = self.taken.get(number)
            if taken is not None:
                yield token.element, taken
            else:
                yield from _by_name(self.automata, [token.element])

    def run(self) -> list[Fault]:
        """Return the faults, in the order of the children."""
        at, state = 0, self.start
        while at < len(self.content):
            del self.before[at:]
            self.before.append(state)
            after = self._advance(state, at)
            if after is not None:
                at, state = at + 1, after
                continue
            way = self._best(state, at)
            self._tell(way, state, at)
            if way.kind == "drop":
                self.before[way.number + 1 :] = self._replay(way, at)
            elif way.at > at:
                self.taken[at] = way.taken
            at, state = way.at, way.state
        if not state.nullable:
            self.missing.append(self._incomplete(state))
        # What is missing in one place and stands in another is out of place, and nothing more.
        astray = {name for fault in self.faults.values() for name in (fault.wrong, fault.meant)}
        lacking = [fault for fault in self.missing if not astray.intersection(fault.allowed)]
        return [*self._folded(), *lacking]

    # ── ways to go on ────────────────────────────────────────────────────────────────────────────────────────

    def _advance(self, state: State, at: int) -> State | None:
        """Return the state after a token, and note what it was taken for; None when it is not allowed."""
        child = self.content[at].element
        if child is None:
            return state.text
        among, after = state.step(tag(child))
        if not among:
            return None
        if after is not None:
            self.taken[at] = among[0]
            return after
        fit = self.matcher.fitting(child, among)
        self.taken[at] = fit[0] if fit else _likeliest(self.automata, child, among)
        return state.after(fit or (self.taken[at] or among[0],))

    def _reach(self, state: State, at: int) -> int:
        """Return how many tokens are right from here on; one more if nothing is missing at the end."""
        for number in range(at, min(len(self.content), at + _LOOK_AHEAD)):
            child = self.content[number].element
            if child is None:
                after = state.text
            else:
                among, after = state.step(tag(child))
                after = after or (state.after(among) if among else None)
            if after is None:
                return number
            state = after
        if at + _LOOK_AHEAD < len(self.content):
            return at + _LOOK_AHEAD
        return len(self.content) + state.nullable

    def _best(self, state: State, at: int) -> _Way:
        ways = list(self._ways(state, at))
        return max(ways, key=lambda way: (self._reach(way.state, way.at), way.rank))

    def _ways(self, state: State, at: int) -> Iterator[_Way]:
        yield _Way("skip", state, at + 1, rank=3)
        yield from self._dropping(at)
        child = self.content[at].element
        if child is None:
            return
        meant = self._meant(state, child)
        if meant is not None:
            after = state.after((meant,))
            if after is not None:
                yield _Way("replace", after, at + 1, rank=9, taken=meant)
        for after, taken in self._alternatives(state):
            if not self._is_unknown(child):
                needed = _named(taken)
                if after.step(tag(child))[0]:
                    yield _Way("insert", after, at, rank=4, missing=needed)
                else:
                    yield from self._inserting_twice(after, child, at, needed)
            yield _Way("replace", after, at + 1, rank=1, taken=taken[0])

    def _inserting_twice(self, state: State, child: etree._Element, at: int, needed: tuple[str, ...]) -> Iterator[_Way]:
        """Yield the way on which two elements are missing, where each of them has no alternative."""
        if len(state.firsts) > 1 or state.nullable:
            return
        for after, taken in self._alternatives(state):
            if after.step(tag(child))[0]:
                yield _Way("insert", after, at, rank=2, missing=(*needed, *_named(taken)))

    def _alternatives(self, state: State) -> Iterator[tuple[State, list[Element]]]:
        """Yield the states after the elements that are allowed here, with those elements."""
        found: dict[State, list[Element]] = {}
        for each in state.firsts[:_MOST_ALTERNATIVES]:
            after = state.after((each,))
            if after is not None:
                found.setdefault(after, []).append(each)
        yield from found.items()

    def _dropping(self, at: int) -> Iterator[_Way]:
        """Yield the ways on which a child before this one is wrong: the child at `at` must be right then."""
        for number in range(at - 1, max(at - 1 - _LOOK_BACK, -1), -1):
            if self.content[number].element is None or number in self.faults:
                continue
            state: State | None = self.before[number]
            for later in range(number + 1, at + 1):
                state = None if state is None or later in self.faults else self._advance(state, later)
            if state is not None:
                yield _Way("drop", state, at + 1, rank=2, number=number)

    def _replay(self, way: _Way, at: int) -> list[State]:
        states, state = [], self.before[way.number]
        for number in range(way.number + 1, at + 1):
            states.append(state)
            state = self._advance(state, number) or state
        return states

    # ── what a child was meant to be ─────────────────────────────────────────────────────────────────────────

    def _is_unknown(self, child: etree._Element) -> bool:
        return not self.automata.named(tag(child))

    def _meant(self, state: State, child: etree._Element) -> Element | None:
        """Return the element pattern allowed here whose name is likeliest what an unknown name was meant to be."""
        name, _certain = self._meant_name(state, child)
        return next((each for each in state.firsts if name in names.listed(each.names)), None) if name else None

    def _meant_name(self, state: State, child: etree._Element) -> tuple[str, bool]:
        """Return that name, and whether there is no other; an empty string when there is none."""
        if not self._is_unknown(child):
            return "", False
        by_name = {name: each for each in state.firsts for name in names.listed(each.names)}
        near = _near(tag(child), by_name)
        fit = [name for name in near if self.matcher.matches(child, by_name[name], [])]
        return next(iter(fit or near), ""), len(fit or near) == 1

    # ── faults ───────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, way: _Way, state: State, at: int) -> None:
        if way.kind == "drop":
            before = self.before[way.number]
            self.taken[way.number] = None
            self.faults[way.number] = self._misplaced(way.number, before)
            return
        if way.kind == "insert":
            self.missing.append(self._lost(way, at))
            return
        token = self.content[at]
        if token.element is None:
            fault = Fault(
                "text-misplaced", self.element, token=token, allowed=_allowed(state), parent=tag(self.element)
            )
        elif self._is_unknown(token.element):
            fault = self._unknown(token.element, state)
        else:
            fault = self._misplaced(at, state)
        self.faults[at] = fault

    def _unknown(self, child: etree._Element, state: State) -> Fault:
        allowed = _allowed(state)
        meant, certain = self._meant_name(state, child)
        return Fault(
            "element-unknown",
            child,
            wrong=tag(child),
            meant=meant or _nearest(tag(child), self.automata.element_names),
            allowed=allowed,
            parent=tag(self.element),
            certain=certain,
        )

    def _lost(self, way: _Way, at: int) -> Fault:
        child = self.content[at].element
        where = self.element if child is None else child
        return Fault("element-missing", where, allowed=way.missing, parent=tag(self.element))

    def _misplaced(self, at: int, state: State) -> Fault:
        child = self.content[at].element
        where = self.element if child is None else child
        rule = "element-doubled" if self._is_doubled(at) else "element-misplaced"
        return Fault(rule, where, wrong=tag(where), allowed=_allowed(state), parent=tag(self.element))

    def _is_doubled(self, at: int) -> bool:
        """Say whether the child before it has the same name and stands where it may."""
        child = self.content[at].element
        before = self.content[at - 1].element if at else None
        if child is None or before is None or tag(child) != tag(before):
            return False
        return at - 1 not in self.faults or self.faults[at - 1].rule == "element-doubled"

    def _incomplete(self, state: State) -> Fault:
        allowed = _allowed(state)
        rule = "element-missing" if len(allowed) == 1 else "content-incomplete"
        return Fault(rule, self.element, allowed=allowed, parent=tag(self.element))

    def _folded(self) -> Iterator[Fault]:
        """Yield the faults, those of a run of children that are wrong in the same way as one."""
        last: tuple[int, Fault] | None = None
        for number, fault in sorted(self.faults.items(), key=lambda pair: pair[0]):
            if last is not None and self._is_like(last[1], fault):
                last = last[0], replace(last[1], more=last[1].more + 1)
                continue
            if last is not None:
                yield last[1]
            last = number, fault
        if last is not None:
            yield last[1]

    @staticmethod
    def _is_like(one: Fault, other: Fault) -> bool:
        if one.rule != other.rule or one.rule not in {"element-misplaced", "text-misplaced", "element-doubled"}:
            return False
        return one.wrong == other.wrong and one.allowed == other.allowed


def _allowed(state: State) -> tuple[str, ...]:
    """Return the names that may stand here, in the schema's order."""
    return _named(state.firsts)


def _named(elements: Sequence[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in elements for name in names.listed(each.names)))


def _nearest(wrong: str, known: Sequence[str]) -> str:
    return next(iter(_near(wrong, known)), "")


def _near(wrong: str, known: Sequence[str] | dict[str, Element]) -> list[str]:
    """Return the names near `wrong`, whatever their namespace, the likeliest first."""
    local: dict[str, str] = {}
    for name in known:
        local.setdefault(names.split(name)[1], name)
    return [local[each] for each in spelling.nearest(names.split(wrong)[1], local)]


def text_of(token: Token, element: etree._Element) -> str:
    """Return the run of text that a token stands for."""
    text = element.text if token.before is None else token.before.tail
    return "" if is_blank(text) else (text or "")
