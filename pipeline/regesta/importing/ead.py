"""`regesta import ead`: the items of a finding aid (EAD3 or EAD 2002) become records.

An item is a component without components below it. What stands on the groups above is passed on where archivists read
it so (containers, languages, the names of the groups); all else that an item says is kept, as a note where TEI's header
has no better place. What is said of groups and of the whole stays in the finding aid, and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import langcodes
from lxml import etree

from regesta import rules
from regesta.errors import UsageError
from regesta.findings import Place
from regesta.identifiers import short_hash
from regesta.importing import existing, naming, registers, when
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts, Named, Remark
from regesta.importing.headers import Frame
from regesta.importing.mapping import DATE_KINDS, RecordText
from regesta.importing.plan import Fate, Import, Row
from regesta.importing.records import Candidate, add_records, add_registers
from regesta.importing.when import When
from regesta.importing.xml_source import parsed
from regesta.reading import ParsedFile, local_name
from regesta.sources import printable

_COMPONENT = re.compile(r"c(0[1-9]|1[0-2])?")
_NAMES = {"persname": "person", "famname": "person", "corpname": "org", "geogname": "place"}
_READ = frozenset(
    ["unittitle", "unitdate", "unitdatestructured", "container", "unitid", "langmaterial", "origination", "repository",
     "physdesc", "physdescstructured", "physdescset", "dao", "abstract"]
)  # fmt: skip
_ACCESS = frozenset({"accessrestrict", "userestrict", "legalstatus"})
_ABSTRACTS = frozenset({"abstract", "scopecontent"})
_XLINK = "{http://www.w3.org/1999/xlink}href"


def read(source: Path, edition: Path, publisher: str) -> Import:
    """Return what the finding aid would become. Raises UsageError when it is none, or has no items."""
    aid = _Aid(_finding_aid(source))
    result = Import()
    held = existing.look(edition)
    words = RecordText(publisher=publisher, change="Record made by regesta import from a finding aid.")
    candidates = list(_candidates(aid, held, result))
    if not candidates and not result.rows:
        raise UsageError(f"The finding aid {printable(source)} lists no items.", "It needs components (c, c01 …).")
    add_records(candidates, held, Frame(words), result)
    add_registers(held, words, aid.shown, result)
    for name, count in sorted((+aid.left).items()):
        result.findings.append(rules.finding("ead-left", Place(aid.shown), what=name, count=count))
    return result


def _finding_aid(source: Path) -> ParsedFile:
    found = parsed(source)
    if local_name(found.root) != "ead":
        remedy = "Its root element should be ead."
        raise UsageError(f"The file {printable(source)} is no finding aid in EAD.", remedy)
    return found


@dataclass
class _Aid:
    """A finding aid, and what of it no record can carry."""

    parsed: ParsedFile
    left: Counter[str] = field(default_factory=Counter)

    @property
    def shown(self) -> str:
        """Return the path as findings give it."""
        return self.parsed.path

    @cached_property
    def whole(self) -> etree._Element | None:
        """Return the `did` of the whole collection."""
        return self.parsed.root.find("{*}archdesc/{*}did")

    @cached_property
    def title(self) -> str:
        """Return the title of the finding aid, else of what it describes."""
        return _of(self.parsed.root.find(".//{*}titleproper")) or self.collection or "without a title"

    @cached_property
    def collection(self) -> str:
        """Return what the whole is called."""
        return _of(None if self.whole is None else self.whole.find("{*}unittitle"))

    @cached_property
    def repository(self) -> str:
        """Return who holds the whole."""
        found = None if self.whole is None else self.whole.find("{*}repository")
        return _repository(found)

    @cached_property
    def address(self) -> str:
        """Return where the finding aid stands on the web, "" where it does not say."""
        found = [each.get("href", "") for each in self.parsed.root.iter("{*}representation")]
        found += [each.get("url", "") for each in self.parsed.root.iter("{*}eadid")]
        return next((each for each in found if re.fullmatch(r"https?://\S+", each)), "")

    @cached_property
    def places(self) -> dict[etree._Element, int]:
        """Return the number of each component among all elements, by which its line is known."""
        return {each: number for number, each in enumerate(self.parsed.root.iter(etree.Element)) if _is_component(each)}

    def place(self, component: etree._Element) -> Place:
        """Return where the component begins."""
        line, column = self.parsed.positions.of(self.places[component])
        return Place(self.shown, line, column)


def _candidates(aid: _Aid, held: Existing, result: Import) -> Iterator[Candidate]:
    """Yield the items as records; each group and each item that cannot be one gets its row."""
    for section in aid.parsed.root.iterchildren("{*}archdesc"):
        for child in section.iterchildren(etree.Element):
            if local_name(child) not in {"did", "dsc"}:
                aid.left[f"{local_name(child)} of the whole"] += 1
        aid.left["langmaterial of the whole"] += len(section.findall("{*}did/{*}langmaterial"))
    for number, component in enumerate(aid.places, start=1):
        place = aid.place(component)
        if any(_is_component(child) for child in component.iterchildren(etree.Element)):
            _group(component, number, aid, result)
            continue
        item = _Item(component, aid, held, result, place)
        facts = item.facts()
        if not facts.title:
            finding = rules.finding("import-no-title", place)
            result.findings.append(finding)
            result.rows.append(Row(number, f"component {number}", Fate.REFUSED, reason=finding.message))
            continue
        yield Candidate(number, place, facts, (facts.record_number, short_hash(f"{facts.shelfmark}\0{number}")))


def _group(component: etree._Element, number: int, aid: _Aid, result: Import) -> None:
    label = _title(component) or f"component {number}"
    result.rows.append(Row(number, label, Fate.KEPT, reason="a group: its name stands in the records of its items"))
    for child in component.iterchildren(etree.Element):
        name = local_name(child)
        if name != "did" and not _is_component(child):
            aid.left[f"{name} of groups"] += 1
    for child in component.iterfind("{*}did/{*}*"):
        if local_name(child) not in {"unittitle", "container", "langmaterial", "unitid"}:
            aid.left[f"{local_name(child)} of groups"] += 1


@dataclass
class _Item:
    """One item on its way to a record."""

    component: etree._Element
    aid: _Aid
    held: Existing
    result: Import
    place: Place

    def facts(self) -> Facts:
        """Return the facts of the item; without a title where it has none and none can be made of its group's."""
        dates = list(self._dates())
        facts = Facts("other", self._title(dates), source="finding-aid")
        facts.dates = dates or [Dated("listing", "", None)]
        facts.bibls = [
            Bibl("finding-aid", "finding-aid", "", f"Finding aid: {self.aid.title}", self.aid.address, "online")
        ]
        facts.bibls += self._objects()
        facts.repository, facts.collection = (
            _repository(*self._did("repository")) or self.aid.repository,
            self.aid.collection,
        )
        facts.shelfmark = self._shelfmark()
        self._numbers(facts)
        facts.extent = "; ".join(filter(None, map(_of, self._did("physdesc", "physdescstructured", "physdescset"))))
        facts.languages = list(self._languages())
        facts.authors = [self._named(each) for each in self._names("origination")]
        facts.named = [self._named(each) for each in self._names("controlaccess")]
        groups = [_title(each) for each in self._above()]
        if any(groups):
            facts.notes.append(Remark("source", f"In the finding aid under: {' › '.join(filter(None, groups))}."))
        self._prose(facts)
        return facts

    def _above(self) -> list[etree._Element]:
        return [each for each in reversed(list(self.component.iterancestors())) if _is_component(each)]

    def _did(self, *names: str) -> list[etree._Element]:
        return [each for each in self.component.iterfind("{*}did/{*}*") if local_name(each) in names]

    def _own(self, name: str) -> str:
        return "; ".join(filter(None, map(_of, self._did(name))))

    def _title(self, dates: list[Dated]) -> str:
        own = _title(self.component)
        if own:
            return own
        group = next((title for each in reversed(self._above()) if (title := _title(each))), "")
        rest = ", ".join(each.text for each in dates) or self._own("unitid")
        if not group or not rest:
            return ""
        title = f"{group}, {rest}"
        self.result.findings.append(rules.finding("ead-title", self.place, title=title))
        return title

    def _dates(self) -> Iterator[Dated]:
        for each in self._did("unitdate", "unitdatestructured"):
            words = _of(each)
            meant = _normal(each) or when.read(words)
            if meant is None and words:
                self.result.findings.append(rules.finding("import-date-unknown", self.place, value=words))
            if words or meant:
                label = each.get("label", "")
                yield Dated(label if label in DATE_KINDS else "listing", words or _told(meant), meant)

    def _numbers(self, facts: Facts) -> None:
        """Take a local number for the id, the one labelled so or the first for the record's, others for notes."""
        stated = [(each, _of(each)) for each in self._did("unitid") if _of(each)]
        local = [words for each, words in stated if "local" in {each.get("localtype"), each.get("type")}]
        labelled = [words for each, words in stated if each.get("label") == "record-number"]
        rest = [words for _each, words in stated if words not in {*local, *labelled}]
        facts.id = local[0] if local else ""
        facts.record_number = next(iter([*labelled, *rest]), "")
        for words in [*local[1:], *labelled[1:], *(rest if labelled else rest[1:])]:
            facts.notes.append(Remark("source", f"unitid: {words}"))

    def _shelfmark(self) -> str:
        """Return reference code and containers; where the item has none, those of the nearest group that has."""
        whole = _of(None if self.aid.whole is None else self.aid.whole.find("{*}unitid"))
        for each in (self.component, *reversed(self._above())):
            found = [_container(box) for box in each.iterfind("{*}did/{*}container") if _of(box)]
            if found:
                return ", ".join(filter(None, (whole, *found)))
        return whole

    def _languages(self) -> Iterator[tuple[str, str, str]]:
        """Yield the languages of the item; those of a group hold with some doubt, those of the whole prove nothing."""
        for each in (self.component, *reversed(self._above())):
            found = [one for one in each.iterfind("{*}did/{*}langmaterial//{*}language") if one.get("langcode")]
            for one in found:
                code = one.get("langcode", "")
                ident = langcodes.standardize_tag(code) if langcodes.tag_is_valid(code) else ""
                if ident and ident not in {"mul", "und", "zxx"}:
                    yield ident, _of(one), "" if each is self.component else "medium"
                elif each is self.component:
                    finding = rules.finding(
                        "import-value-unknown", self.place, what="language", value=code, instead="none"
                    )
                    self.result.findings.append(finding)
            if found:
                return

    def _names(self, parent: str) -> Iterator[etree._Element]:
        holders = self._did(parent) if parent == "origination" else self.component.iterchildren(f"{{*}}{parent}")
        for holder in holders:
            yield from (
                each for each in holder.iter(etree.Element) if local_name(each) in {*_NAMES, "subject"} and _of(each)
            )

    def _named(self, made: etree._Element) -> Named:
        kind = _NAMES.get(local_name(made), "term")
        name = _name(made)
        if kind == "term":
            return Named(kind, name, "")
        register = self.held.registers[kind]
        registers.collect(register, [name])
        return Named(kind, naming.natural(name) if kind == "person" else name, register.keys[name])

    def _objects(self) -> Iterator[Bibl]:
        for number, each in enumerate(self.component.iterfind(".//{*}dao"), start=1):
            address = each.get("href") or each.get(_XLINK) or ""
            if re.fullmatch(r"https?://\S+", address):
                yield Bibl(f"digital-object-{number}", "online", target=address, label=_of(each) or "digital object")
            elif address:
                finding = rules.finding(
                    "import-value-unknown", self.place, what="address", value=address, instead="no link"
                )
                self.result.findings.append(finding)

    def _prose(self, facts: Facts) -> None:
        """Put what is told in words into the abstract or a note, so that nothing of the item is lost."""
        told = [*self.component.iterfind("{*}did/{*}*"), *self.component.iterchildren(etree.Element)]
        abstract: list[str] = []
        for each in told:
            name, words = local_name(each), _of(each, besides=("head",))
            if name in _ABSTRACTS:
                abstract.append(words)
            elif name == "origination" and not list(self._names("origination")) and words:
                facts.notes.append(Remark("general", f"origination: {words}"))
            elif (
                name in _READ
                or name in {"did", "controlaccess", "daoset", "daogrp"}
                or _is_component(each)
                or not words
            ):
                continue
            else:
                facts.notes.append(Remark("access" if name in _ACCESS else "general", f"{name}: {words}"))
        for each in self.component.iterchildren("{*}controlaccess"):
            for one in each.iter(etree.Element):
                if not len(one) and local_name(one) in {"genreform", "function", "occupation", "title"} and _of(one):
                    facts.notes.append(Remark("general", f"{local_name(one)}: {_of(one)}"))
        facts.abstract = " ".join(filter(None, abstract))
        if facts.abstract:
            holder = self.aid.repository or "the archive"
            finding = rules.finding("wording-third-party", self.place, title=facts.title, source=holder)
            self.result.findings.append(finding)


def _is_component(element: etree._Element) -> bool:
    return _COMPONENT.fullmatch(local_name(element)) is not None


def _title(component: etree._Element) -> str:
    return "; ".join(
        filter(None, (_of(each, besides=("unitdate",)) for each in component.iterfind("{*}did/{*}unittitle")))
    )


def _of(element: etree._Element | None, besides: tuple[str, ...] = ()) -> str:
    """Return the words of an element, parts set apart by spaces; without those of the elements named `besides`."""
    return "" if element is None else " ".join("".join(_pieces(element, besides)).split()).strip(" ,;")


def _pieces(element: etree._Element, besides: tuple[str, ...]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in besides:
            joined = "".join(_pieces(child, besides))
            yield joined if local_name(child) in _WITHIN_WORDS else f" {joined} "
        yield child.tail or ""


_WITHIN_WORDS = frozenset({"emph", "ref", "extref", "title", "abbr", "expan", "foreign", "quote", "num", "date"})


def _repository(stated: etree._Element | None = None, *_others: etree._Element) -> str:
    """Return the name in a statement of repository, without its address."""
    name = None if stated is None else next(stated.iterchildren("{*}corpname", "{*}name"), None)
    return _of(stated, besides=("address",)) if name is None else _name(name)


def _name(made: etree._Element) -> str:
    """Return a name; of EAD3's parts surname and forename make one, and others follow after a comma."""
    parts = [_of(each) for each in made.iterchildren("{*}part")]
    return ", ".join(filter(None, parts)) if parts else _of(made)


def _container(box: etree._Element) -> str:
    kind = box.get("localtype") or box.get("type") or box.get("label") or ""
    words = _of(box)
    return (
        words if not kind or words.casefold().startswith(kind.casefold()) else f"{kind[:1].upper()}{kind[1:]} {words}"
    )


def _normal(unit: etree._Element) -> When | None:
    """Return what the machine-readable form of a date says, None where there is none that is certain."""
    if local_name(unit) == "unitdate":
        start, slash, end = unit.get("normal", "").partition("/")
        return _period(start, end if slash else start)
    single = [each.get("standarddate", "") for each in unit.iter("{*}datesingle")]
    if len(single) == 1 and not list(unit.iter("{*}daterange")):
        return _period(single[0], single[0])
    ranges = list(unit.iter("{*}daterange"))
    if len(ranges) == 1 and not single:
        ends = [ranges[0].find(f"{{*}}{name}") for name in ("fromdate", "todate")]
        return _period(*("" if each is None else each.get("standarddate", "") for each in ends))
    return None


def _period(start: str, end: str) -> When | None:
    first, last = when.iso(start), when.iso(end)
    return When(first.start, last.end) if first and last and first.start[:4] <= last.end[:4] else None


def _told(meant: When | None) -> str:
    if meant is None:
        return ""
    return meant.start if meant.start == meant.end else f"{meant.start} to {meant.end}"
