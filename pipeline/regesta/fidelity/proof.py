"""Prove: compares the text of a source with that of its finished page, character by character."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from regesta.fidelity.alignment import Kind, Span, align
from regesta.fidelity.boundaries import JOINED, agrees, fits, space_names
from regesta.fidelity.differences import Fate, Pair, differences
from regesta.fidelity.folding import fold
from regesta.fidelity.page_streams import read_page
from regesta.fidelity.policy import NOTE, TEI, TEXT
from regesta.fidelity.results import Fault, Fidelity, total
from regesta.fidelity.setting_aside import characters_set_aside
from regesta.fidelity.source_streams import read_source
from regesta.fidelity.streams import MAIN, Key, Page, Stream
from regesta.keeping import Value

_STAND_OFF = f"{TEI}standOff"
_WORDS = 80  # characters of an excerpt
_FAULTS = 100  # faults of a kind that are told one by one for a document


@dataclass(frozen=True, slots=True)
class Proof(Value):
    """How true a page is to its source: figures of the text and of what stands beside it, and each fault.

    `set_aside` counts the characters that a policy shows elsewhere or folds away, by the policy's name.
    """

    text: Fidelity = field(default_factory=Fidelity)
    beside: Fidelity = field(default_factory=Fidelity)
    faults: tuple[Fault, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @staticmethod
    def of_all(proofs: Iterable[Proof]) -> Proof:
        """Return the sum of the figures; faults are told of each document alone."""
        rows = list(proofs)
        set_aside: Counter[str] = Counter()
        for row in rows:
            set_aside.update(row.set_aside)
        return Proof(total(row.text for row in rows), total(row.beside for row in rows), set_aside=dict(+set_aside))


def prove(source: etree._Element, page: str | bytes, *, reading: str = "normalised") -> Proof:
    """Return how true `page` is to the text of `source`, with the words concerned for each fault.

    `source` is a TEI element; its header is not text. `page` is the finished HTML as it is published. What
    it marks with `data-generated` is not taken for the source's; an element with `data-note="K"` is the
    source's Kth note (of those outside the header) and stands away from its place, which a generated element
    with `data-note-call="K"` marks. What stands beside the text, in `standOff`, `sourceDoc` or `facsimile`, is
    shown in elements that have both `data-generated` and `data-source="NAME"`. `reading` says which of several
    readings is the edition's first choice, for the figures only.

    The figures reconcile: the source's characters less `missing`, `moved` and `changed` stand on the page
    unchanged and in order (`changed` counts kinds of white space as well). A displaced note that is not called
    from its place counts as moved.
    """
    shown = read_page(page)
    streams = read_source(source, shown.displaced)
    matched = _match(streams, shown)
    beside = {key for key, stream in streams.items() if _is_beside(key, stream)}
    lengths = {key: len(stream.characters) for key, stream in streams.items()}
    characters = sum(length for key, length in lengths.items() if key not in beside)
    characters_beside = sum(lengths.values()) - characters
    notes = sum(length for key, length in lengths.items() if isinstance(key, int) and key != MAIN)
    set_aside = {
        name: count for name, count in {"note": notes, **characters_set_aside(source, reading)}.items() if count
    }
    unhandled = tuple(_unhandled(source, shown))
    if all(_is_faithful(key, ours, theirs) for key, ours, theirs in matched):
        return Proof(Fidelity(characters), Fidelity(characters_beside), unhandled, set_aside)
    pairs = [_Numbered(key, Pair(ours, theirs, _spans(ours, theirs))) for key, ours, theirs in matched]
    sightings = [*_text_faults(pairs), *_boundary_faults(pairs), *_space_faults(pairs), *_call_faults(pairs)]
    of_beside = {id(numbered.pair.source) for numbered in pairs if numbered.key in beside}
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for sighting in sightings:
        counts[id(sighting.source) in of_beside][sighting.kind] += sighting.count
    return Proof(
        text=Fidelity(characters=characters, **counts[False]),
        beside=Fidelity(characters=characters_beside, **counts[True]),
        faults=(*_told(source, sightings), *unhandled),
        set_aside=set_aside,
    )


def _is_beside(key: Key, stream: Stream) -> bool:
    """Tell whether the stream is of what stands beside the text: a part of that name, or a note within one."""
    if isinstance(key, str):
        return True
    return key != MAIN and next(stream.owners[0].iterancestors(TEXT), None) is None


@dataclass(frozen=True)
class _Numbered:
    """A pair of streams with the key that both have."""

    key: Key
    pair: Pair


@dataclass(frozen=True)
class _Sighting:
    """A fault in the words `start`–`end` of `stream`; `owner` is the element of the stream `source` concerned.

    `remark` says what the words do not show.
    """

    kind: str
    source: Stream
    stream: Stream
    start: int
    end: int
    owner: etree._Element | None
    count: int
    remark: str = ""


def _match(streams: dict[Key, Stream], shown: Page) -> list[tuple[Key, Stream, Stream]]:
    """Pair each stream of the source with the page's first of that key, and all others with nothing."""
    free = dict(streams)
    pairs = [(key, free.pop(key, Stream(is_source=True)), theirs) for key, theirs in shown.streams]
    return [*pairs, *((key, ours, Stream(is_source=False)) for key, ours in free.items() if ours.characters)]


def _is_faithful(key: Key, ours: Stream, theirs: Stream) -> bool:
    if ours.calls != theirs.calls or (ours.calls and ours.call_places != theirs.call_places):
        return False
    if not agrees(ours.settled, theirs.settled) or ours.spaces != theirs.spaces:
        return False
    return key == MAIN or bool(ours.pieces) or not theirs.characters


def _spans(ours: Stream, theirs: Stream) -> list[Span]:
    if ours.characters == theirs.characters:
        size = len(ours.characters)
        return [Span(Kind.SAME, 0, size, 0, size)] if size else []
    return align(fold(ours.characters, ours.joints), fold(theirs.characters, theirs.joints))


# ── the faults ──────────────────────────────────────────────────────────────────────────────────────────────


def _text_faults(pairs: Sequence[_Numbered]) -> Iterator[_Sighting]:
    for found in differences([numbered.pair for numbered in pairs]):
        start, end, place = found.start, found.end, found.place
        if found.fate is Fate.CHANGED:  # a letter tells nothing without its word
            start, end = found.stream.word_around(start + 1)[0], found.stream.word_around(end - 1)[1]
        elif found.fate in (Fate.DUPLICATED, Fate.INSERTED):  # the text before it tells best where that is
            place = max(place - 1, 0)
        owner = found.pair.source.owner(place)
        yield _Sighting(found.fate.value, found.pair.source, found.stream, start, end, owner, found.end - found.start)


def _boundary_faults(pairs: Sequence[_Numbered]) -> Iterator[_Sighting]:
    """Yield the places where words that the source separates are glued, or one word is split."""
    for numbered in pairs:
        ours, theirs = numbered.pair.source, numbered.pair.page
        for place, page_place in _comparable(numbered.pair):
            wanted, found = ours.joints.get(place, JOINED), theirs.joints.get(page_place, JOINED)
            if not fits(wanted, found):
                start, end = ours.word_around(place)
                kind = "glued" if found == JOINED else "split"
                yield _Sighting(kind, ours, ours, start, end, ours.owner(place - 1), 1)


def _comparable(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield the places of joints on either side, where the characters around are neighbours on both sides."""
    after_gap = True
    for span in pair.spans:
        if span.kind is Kind.GAP:
            after_gap = True
            continue
        first = 1 if after_gap else 0
        after_gap = False
        if span.kind is Kind.CHANGED and span.end - span.start != span.page_end - span.page_start:
            offsets = {0} if first == 0 else set()
        else:
            offsets = {place - span.start for place in _between(pair.source, span.start + first, span.end)}
            offsets |= {
                place - span.page_start for place in _between(pair.page, span.page_start + first, span.page_end)
            }
        yield from ((span.start + offset, span.page_start + offset) for offset in sorted(offsets))


def _between(stream: Stream, start: int, end: int) -> list[int]:
    places = stream.joint_places
    return places[bisect_left(places, start) : bisect_left(places, end)]


def _space_faults(pairs: Sequence[_Numbered]) -> Iterator[_Sighting]:
    """Yield the places that have other white space than layout on one side, and none or another kind on the other."""
    for numbered in pairs:
        ours, theirs = numbered.pair.source, numbered.pair.page
        if ours.spaces == theirs.spaces:
            continue
        for place, page_place in _kept_places(numbered.pair):
            wanted, found = ours.spaces.get(place, ""), theirs.spaces.get(page_place, "")
            apart = ours.joints.get(place, JOINED), theirs.joints.get(page_place, JOINED)
            if wanted != found and fits(*apart):  # else the words are glued or split, which is told already
                start, end = ours.word_around(place)[0], ours.word_around(min(place + 1, len(ours.characters)))[1]
                remark = f"{space_names(wanted)} became {space_names(found)}"
                count = max(len(wanted), len(found))
                yield _Sighting("changed", ours, ours, start, end, ours.owner(place - 1), count, remark)


def _kept_places(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield the places with white space of a kind of its own, where both sides can be compared."""
    spans = [span for span in pair.spans if span.kind is not Kind.GAP] or [Span(Kind.SAME, 0, 0, 0, 0)]
    done = -1
    for span in spans:
        even = span.end - span.start == span.page_end - span.page_start
        inner = {place - span.start for place in pair.source.spaces if span.start <= place <= span.end}
        inner |= {place - span.page_start for place in pair.page.spaces if span.page_start <= place <= span.page_end}
        for offset in sorted(inner):
            if (even or offset == 0) and span.start + offset > done:
                done = span.start + offset
                yield done, span.page_start + offset


def _call_faults(pairs: Sequence[_Numbered]) -> Iterator[_Sighting]:
    """Yield the displaced notes that are not called once, from where they stand in the source."""
    calls: dict[Key, list[tuple[int, int]]] = {}
    for index, numbered in enumerate(pairs):
        for place, number in numbered.pair.page.call_places:
            calls.setdefault(number, []).append((index, place))
    notes = {numbered.key: numbered.pair for numbered in pairs if numbered.pair.source.pieces}
    for index, numbered in enumerate(pairs):
        for place, number in numbered.pair.source.call_places:
            note, called = notes[number], calls.get(number, [])
            if len(called) == 1 and (_is_elsewhere(note.source) or _is_at(called[0], index, numbered.pair, place)):
                continue
            kept = [span for span in note.spans if span.kind is Kind.SAME]
            count = max(sum(span.end - span.start for span in kept), 1)
            whole = len(note.source.characters)
            yield _Sighting("moved", note.source, note.source, 0, whole, note.source.owner(0), count)


def _is_elsewhere(note: Stream) -> bool:
    """Tell whether the note itself says that it belongs elsewhere: by @target, or by standing in standOff."""
    element = note.owners[0]
    notes = [element, *element.iterancestors()] if element.tag == NOTE else [*element.iterancestors(NOTE)]
    return notes[0].get("target") is not None or next(element.iterancestors(_STAND_OFF), None) is not None


def _is_at(call: tuple[int, int], index: int, pair: Pair, place: int) -> bool:
    """Tell whether the call, in the stream of that index, stands where the source's place came to lie."""
    low, high = 0, len(pair.page.characters)
    ends = [span.end for span in pair.spans]
    before = bisect_left(ends, place)
    if place > 0 and before < len(ends):
        span = pair.spans[before]
        low = span.page_start + (place - span.start if span.kind is Kind.SAME else 0)
    after = bisect_right(ends, place)
    if after < len(ends):
        span = pair.spans[after]
        high = span.page_start + place - span.start if span.kind is Kind.SAME else span.page_end
    return call[0] == index and low <= call[1] <= high


# ── telling them ────────────────────────────────────────────────────────────────────────────────────────────


def _told(source: etree._Element, sightings: Sequence[_Sighting]) -> list[Fault]:
    """Return the faults in the source's order, those of one kind in one element as one, and not too many."""
    numbers = {element: number for number, element in enumerate(source.iter(etree.Element))}
    order = {kind: rank for rank, kind in enumerate(Fidelity.__dataclass_fields__)}
    by_place: dict[tuple[int, str], list[_Sighting]] = {}
    for sighting in sightings:
        number = -1 if sighting.owner is None else numbers.get(sighting.owner, -1)
        by_place.setdefault((number, sighting.kind), []).append(sighting)
    faults: list[Fault] = []
    told = Counter[str]()
    for (number, kind), group in sorted(by_place.items(), key=lambda item: (item[0][0], order[item[0][1]])):
        told[kind] += 1
        count = sum(sighting.count for sighting in group)
        if told[kind] <= _FAULTS:
            words = _excerpt(group)
            faults.append(Fault(kind, words, None if number < 0 else number, _context(group[0].owner), count))
        else:
            last = next(n for n in range(len(faults) - 1, -1, -1) if faults[n].kind == kind)
            merged = faults[last]
            more = f"… and {told[kind] - _FAULTS} more elements"
            faults[last] = Fault(kind, more, merged.element, merged.context, merged.count + count)
    return faults


def _excerpt(group: Iterable[_Sighting]) -> str:
    text = last = ""
    for sighting in group:
        words = sighting.stream.words(sighting.start, min(sighting.end, sighting.start + _WORDS))
        if sighting.remark:
            words = f"{words} ({sighting.remark})"
        if words != last:
            text = f"{text} … {words}" if text else words
            last = words
        if len(text) > _WORDS or sighting.end > sighting.start + _WORDS:
            return text[: _WORDS - 1].rstrip() + "…"
    return text


def _context(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parent = element.getparent()
    name = etree.QName(element).localname
    return name if parent is None else f"{name} in {etree.QName(parent).localname}"


def _unhandled(source: etree._Element, shown: Page) -> Iterator[Fault]:
    """Yield a fault for each name of elements that the page has no rule for, at the first of them."""
    for name, count in sorted(shown.unhandled.items()):
        local = name.rpartition(":")[2]
        first = next(
            (
                (number, element)
                for number, element in enumerate(source.iter(etree.Element))
                if etree.QName(element).localname == local
            ),
            None,
        )
        number, element = first or (None, None)
        yield Fault("unhandled", name, number, _context(element), count)
