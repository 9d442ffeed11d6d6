"""Source facts: what the whole edition must know of each source to see what does not fit together.

Plain values, made from one walk, so that they travel between processes and can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from regesta.findings import Place
from regesta.including import XML_ID
from regesta.keeping import Packed, Value
from regesta.reading import local_name
from regesta.walking import TEI, Met, Walk

# fmt: off
_KINDS = {
    "persName": "person", "orgName": "organisation", "placeName": "place", "settlement": "place", "country": "place",
    "region": "place", "geogName": "place", "district": "place", "bloc": "place", "origPlace": "place",
    "birthPlace": "place", "eventName": "event",
}
_TYPED = {
    "person": "person", "persons": "person", "org": "organisation", "organisation": "organisation",
    "organization": "organisation", "place": "place", "event": "event",
}
_DATED_HEADINGS = frozenset({"dateline", "opener", "closer", "head", "salute", "signed"})
# fmt: on
_EXTERNAL = re.compile(
    r"(?:https?://|mailto:|urn:|doi:|ark:|tel:|data:|geo:|info:|tag:|ftp://|hdl:|iiif:)\S", re.IGNORECASE
)
_LONGEST_PATTERN = 200
_ENTRIES = frozenset({"person", "personGrp", "org", "place", "event"})


@dataclass(frozen=True, slots=True)
class Anchor(Value):
    """Something that pointers can lead to: its `xml:id`, the name of its element, and where it stands."""

    id: str
    element: str
    place: Place


@dataclass(frozen=True, slots=True)
class Pointer(Value):
    """A pointer with all places in the source that are alike: same element, attribute and target.

    `target` is one word of the attribute as written, `value` the same with the document's own prefixes written out,
    `kind` the kind of entity that the element names ("" for others); `place` is where the first of `count` stands.
    """

    element: str
    attribute: str
    target: str
    value: str
    kind: str
    place: Place
    count: int


@dataclass(frozen=True, slots=True)
class DatedPlace(Value):
    """A value of a dating attribute in a header or at the head or foot of a letter, and where it stands."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Numbered(Value):
    """A document in a volume with the number that it bears."""

    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class SourceFacts(Value):
    """What the whole edition must know of one source; `root_id` is the `xml:id` of its root element.

    `addresses` are those that names refer to, `known_as` those that entries give for themselves, with their `xml:id`;
    both in the form of `folded_address`.
    """

    root_id: str = ""
    packed_anchors: Packed[Anchor] = field(default_factory=Packed)
    packed_pointers: Packed[Pointer] = field(default_factory=Packed)
    packed_dates: Packed[DatedPlace] = field(default_factory=Packed)
    numbered: tuple[Numbered, ...] = ()
    addresses: tuple[str, ...] = ()
    known_as: tuple[tuple[str, str], ...] = ()

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Return what pointers can lead to, in the source's order."""
        return self.packed_anchors.rows(Anchor)

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """Return the pointers that the source alone cannot answer."""
        return self.packed_pointers.rows(Pointer)

    @property
    def dates(self) -> tuple[DatedPlace, ...]:
        """Return the dates in the header, and at head and foot of letters, with their places."""
        return self.packed_dates.rows(DatedPlace)


def source_facts(walk: Walk) -> SourceFacts:
    """Return the facts of the source that was walked through."""
    tree = walk.tree
    header = {met.element for met in walk.header} if walk.dated else frozenset()
    return SourceFacts(
        root_id=next((value for met, value in walk.ids if met.index == 0), ""),
        packed_anchors=Packed.of(Anchor(value, met.name, _spot(tree.place(met.index))) for met, value in walk.ids),
        packed_pointers=Packed.of(_pointers(walk)),
        packed_dates=Packed.of(
            DatedPlace(value, tree.place(met.index))
            for met, dates in walk.dated
            if met.element in header or _is_heading(met.element)
            for value in dates.values()
        ),
        numbered=tuple(
            Numbered(number, tree.place(met.index))
            for met in walk.divisions
            if met.element.get("type") == "document" and (number := met.element.get("n", ""))
        ),
        addresses=tuple(
            dict.fromkeys(
                folded_address(word)
                for _met, attribute, value in walk.pointers
                if attribute == "ref"
                for word in value.split()
                if _EXTERNAL.match(word)
            )
        ),
        known_as=tuple(_known_as(walk)),
    )


def folded_address(address: str) -> str:
    """Return an address in the form in which two for the same thing agree: no scheme, and GeoNames by number."""
    bare = re.sub(r"^https?://(?:www\.)?", "", address.rstrip("/"))
    return re.sub(r"^(geonames\.org/\d+).*", r"\1", bare)


def _known_as(walk: Walk) -> Iterator[tuple[str, str]]:
    for met, attribute, value in walk.pointers:
        if attribute != "target" or met.name not in {"link", "ptr", "ref"} or not _EXTERNAL.match(value):
            continue
        entry = next((each for each in met.element.iterancestors() if local_name(each) in _ENTRIES), None)
        key = None if entry is None else entry.get(XML_ID)
        if key:
            yield key, folded_address(value)


def named_kind(met: Met) -> str:
    """Return the kind of entity that an element's `ref` should lead to; "" when it may be any."""
    if met.name in {"rs", "name"}:
        return _TYPED.get(met.element.get("type", ""), "")
    return _KINDS.get(met.name, "")


def _spot(place: Place) -> Place:
    """Return the place without its excerpt: there are many anchors, and few are ever shown."""
    return replace(place, excerpt="", caret=0)


def _is_heading(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and (local_name(element) == "docDate" or local_name(parent) in _DATED_HEADINGS)


def _pointers(walk: Walk) -> Iterator[Pointer]:
    """Yield the pointers that this source alone cannot answer, alike ones once."""
    own: Mapping[str, str] = {value: met.name for met, value in walk.ids}
    prefixes = list(_prefixes(walk))
    firsts: dict[tuple[str, str, str, str], Met] = {}
    counts: dict[tuple[str, str, str, str], int] = {}
    for met, attribute, value in walk.pointers:
        for word in _words(value):
            if _EXTERNAL.match(word):
                continue
            kind = named_kind(met) if attribute == "ref" else ""
            if not kind and word.startswith("#") and word[1:] in own:
                continue
            key = (met.name, attribute, word, kind)
            firsts.setdefault(key, met)
            counts[key] = counts.get(key, 0) + 1
    for (element, attribute, word, kind), met in firsts.items():
        written_out = _written_out(word, prefixes)
        if not _EXTERNAL.match(written_out):
            place = walk.tree.place(met.index, met.element)
            yield Pointer(element, attribute, word, written_out, kind, place, counts[element, attribute, word, kind])


def _words(value: str) -> list[str]:
    """Return the pointers of an attribute; where they are no such list, the whole value, so that it can be judged."""
    words = value.split()
    if len(words) > 1 and ("#" in words or not any("#" in word or ":" in word or "/" in word for word in words)):
        return [" ".join(words)]
    return words


def _prefixes(walk: Walk) -> Iterator[tuple[str, re.Pattern[str], str]]:
    for met in walk.prefixes:
        pattern, replacement = met.element.get("matchPattern", ""), met.element.get("replacementPattern", "")
        if met.element.tag == f"{{{TEI}}}prefixDef" and len(pattern) <= _LONGEST_PATTERN:
            try:
                yield met.element.get("ident", ""), re.compile(pattern), re.sub(r"\$(\d)", r"\\\1", replacement)
            except re.error:
                continue


def _written_out(word: str, prefixes: list[tuple[str, re.Pattern[str], str]]) -> str:
    """Return the pointer with its prefix written out by the first prefixDef that fits; else as it is."""
    ident, colon, rest = word.partition(":")
    for name, pattern, replacement in prefixes if colon else ():
        found = pattern.fullmatch(rest) if name == ident else None
        if found:
            try:
                return found.expand(replacement)
            except (re.error, IndexError):
                return word
    return word
