"""One item of a finding aid (EAD3 or EAD 2002) on its way to a record, and the finding aid that it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import langcodes
from lxml import etree

from regesta import rules
from regesta.findings import Place
from regesta.importing import described, ead_marks, when
from regesta.importing.ead_words import (
    container_of,
    is_component,
    kind_of,
    meant_by,
    name_of,
    repository_of,
    title_of,
    told_period,
    words_of,
)
from regesta.importing.existing import Existing
from regesta.importing.facts import Bibl, Dated, Facts, Remark
from regesta.importing.plan import Import
from regesta.importing.when import When
from regesta.reading import ParsedFile, local_name

_NAMES = {"persname": "person", "famname": "person", "corpname": "organisation", "geogname": "place"}
_READ = frozenset(
    ["unittitle", "unitdate", "unitdatestructured", "container", "unitid", "langmaterial", "origination", "repository",
     "physdesc", "physdescstructured", "physdescset", "dao", "abstract"]
)  # fmt: skip
_ACCESS = frozenset({"accessrestrict", "userestrict", "legalstatus"})
_ABSTRACTS = frozenset({"abstract", "scopecontent"})
_XLINK = "{http://www.w3.org/1999/xlink}href"

_Stated = tuple[str, str, When | None, bool]


@dataclass
class Aid:
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
        return words_of(self.parsed.root.find(".//{*}titleproper")) or self.collection or "without a title"

    @cached_property
    def collection(self) -> str:
        """Return what the whole is called."""
        return words_of(None if self.whole is None else self.whole.find("{*}unittitle"))

    @cached_property
    def is_edition(self) -> bool:
        """Return whether the whole is an edition: who keeps that holds none of the papers."""
        return any(kind_of(each) == "edition" for each in self.parsed.root.iterchildren("{*}archdesc"))

    @cached_property
    def repository(self) -> str:
        """Return who holds the papers of the whole, "" where it does not say."""
        found = None if self.whole is None else self.whole.find("{*}repository")
        return "" if self.is_edition else repository_of(found)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return the local number of each item, by itself and by the address of its page."""
        found: dict[str, str] = {}
        for component in self.places:
            local = next(
                (words_of(each) for each in component.iterfind("{*}did/{*}unitid") if kind_of(each) == "local"), ""
            )
            pages = [each for each in component.iterfind("{*}did/{*}dao")
                     if "page" in {kind_of(each), each.get("altrender")}]  # fmt: skip
            for address in (local, *(each.get("href") or each.get(_XLINK) or "" for each in pages)):
                found[address] = local
        found.pop("", None)
        return found

    @cached_property
    def address(self) -> str:
        """Return where the finding aid stands on the web, "" where it does not say."""
        found = [each.get("href", "") for each in self.parsed.root.iter("{*}representation")]
        found += [each.get("url", "") for each in self.parsed.root.iter("{*}eadid")]
        return next((each for each in found if re.fullmatch(r"https?://\S+", each)), "")

    @cached_property
    def places(self) -> dict[etree._Element, int]:
        """Return the number of each component among all elements, by which its line is known."""
        return {each: number for number, each in enumerate(self.parsed.root.iter(etree.Element)) if is_component(each)}

    def place(self, component: etree._Element) -> Place:
        """Return where the component begins."""
        line, column = self.parsed.positions.of(self.places[component])
        return Place(self.shown, line, column)


@dataclass
class Item:
    """One item on its way to a record."""

    component: etree._Element
    aid: Aid
    held: Existing
    result: Import
    place: Place

    def facts(self) -> Facts:
        """Return the facts of the item; without a title where it has none and none can be made of its group's."""
        dates = list(self._dates())
        facts = Facts("other", self._title(dates), source="finding-aid")
        facts.subtitles = [words_of(each) for each in self._did("unittitle") if kind_of(each) == "sub"]
        for kind, words, meant, approximate in dates:
            described.put_date(facts, kind, words, meant, approximate=approximate)
        facts.dates = facts.dates or [Dated("listing", "", None)]
        facts.bibls = [
            Bibl("finding-aid", "finding-aid", "", f"Finding aid: {self.aid.title}", self.aid.address, "online")
        ]
        facts.bibls += self._objects()
        facts.repository = repository_of(*self._did("repository")) or self.aid.repository
        facts.collection = "" if self.aid.is_edition else self.aid.collection
        facts.shelfmark = self._shelfmark()
        self._numbers(facts)
        facts.extent = "; ".join(
            filter(None, map(words_of, self._did("physdesc", "physdescstructured", "physdescset")))
        )
        facts.languages = list(self._languages())
        for parent in ("origination", "controlaccess"):
            for each in self._names(parent):
                self._put_name(facts, each, made=parent == "origination")
        groups = [title_of(each) for each in self._above()]
        if any(groups):
            facts.notes.append(Remark("source", f"In the finding aid under: {' › '.join(filter(None, groups))}."))
        self._prose(facts, ead_marks.put(self.component, facts, self.aid.ids))
        return facts

    def _above(self) -> list[etree._Element]:
        return [each for each in reversed(list(self.component.iterancestors())) if is_component(each)]

    def _did(self, *names: str) -> list[etree._Element]:
        return [each for each in self.component.iterfind("{*}did/{*}*") if local_name(each) in names]

    def _own(self, name: str) -> str:
        return "; ".join(filter(None, map(words_of, self._did(name))))

    def _title(self, dates: list[_Stated]) -> str:
        own = title_of(self.component)
        if own:
            return own
        group = next((title for each in reversed(self._above()) if (title := title_of(each))), "")
        rest = ", ".join(words for _kind, words, _meant, _approximate in dates) or self._own("unitid")
        if not group or not rest:
            return ""
        title = f"{group}, {rest}"
        self.result.findings.append(rules.finding("ead-title", self.place, title=title))
        return title

    def _dates(self) -> Iterator[_Stated]:
        """Yield the dates; where the label is a kind of date, what no value vouches for is not read from the words."""
        for each in self._did("unitdate", "unitdatestructured"):
            words, label = words_of(each), each.get("label", "")
            marked = re.fullmatch(r"[a-z][a-z-]*", label) is not None
            meant = meant_by(each) or (None if marked else when.read(words))
            if meant is None and words and not marked:
                self.result.findings.append(rules.finding("import-date-unknown", self.place, value=words))
            if words or meant:
                yield label, words or told_period(meant), meant, each.get("certainty") == "approximate"

    def _numbers(self, facts: Facts) -> None:
        """Take a local number for the id, the one labelled so or the first for the record's, others for notes."""
        stated = [
            (kind_of(each), each.get("label", ""), words_of(each)) for each in self._did("unitid") if words_of(each)
        ]
        local = [words for kind, _label, words in stated if kind == "local"]
        facts.id = local[0] if local else ""
        for kind, label, words in stated:
            if kind == "identifier":
                described.put_identifier(facts, label, words)
        rest = [words for kind, _label, words in stated if kind not in {"local", "identifier", "number"}]
        if rest and not facts.record_number:
            facts.record_number = rest.pop(0)
        for words in [*local[1:], *rest]:
            facts.notes.append(Remark("source", f"unitid: {words}"))

    def _shelfmark(self) -> str:
        """Return reference code and containers; where the item has none, those of the nearest group that has."""
        whole = words_of(None if self.aid.whole is None else self.aid.whole.find("{*}unitid"))
        for each in (self.component, *reversed(self._above())):
            found = [container_of(box) for box in each.iterfind("{*}did/{*}container") if words_of(box)]
            if found:
                return ", ".join(filter(None, (whole, *found)))
        return whole

    def _languages(self) -> Iterator[tuple[str, str, str]]:
        """Yield the languages of the item; those of a group hold with some doubt, those of the whole prove nothing."""
        for each in (self.component, *reversed(self._above())):
            stated = each.iterfind("{*}did/{*}langmaterial//{*}language")
            found = [one for one in stated if one.get("langcode") or is_tag(words_of(one), "")]
            for one in found:
                code, words = one.get("langcode", ""), words_of(one)
                own = is_tag(words, code)
                ident = words if own else langcodes.standardize_tag(code) if langcodes.tag_is_valid(code) else ""
                if own or (ident and ident not in {"mul", "und", "zxx"}):
                    yield ident, "" if own else words, "" if each is self.component else "medium"
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
                each
                for each in holder.iter(etree.Element)
                if local_name(each) in {*_NAMES, "subject"} and words_of(each)
            )

    def _put_name(self, facts: Facts, stated: etree._Element, *, made: bool) -> None:
        """Put a name with the roles that are stated; one under origination has made the document."""
        kind = _NAMES.get(local_name(stated), "") or kind_of(stated) or stated.get("altrender") or "term"
        roles = [each for each in (stated.get("relator") or stated.get("role") or "").split(", ") if each]
        if made and not described.CREATORS & set(roles):
            roles = ["author"]
        described.put_name(
            facts,
            self.held,
            kind,
            name_of(stated),
            roles,
            authority=stated.get("identifier") or stated.get("authfilenumber") or "",
            coordinates=words_of(stated.find("{*}geographiccoordinates")),
        )

    def _objects(self) -> Iterator[Bibl]:
        for number, each in enumerate(self.component.iterfind(".//{*}dao"), start=1):
            address = each.get("href") or each.get(_XLINK) or ""
            if re.fullmatch(r"https?://\S+", address):
                yield Bibl(
                    f"digital-object-{number}", "online", target=address, label=words_of(each) or "digital object"
                )
            elif address:
                finding = rules.finding(
                    "import-value-unknown", self.place, what="address", value=address, instead="no link"
                )
                self.result.findings.append(finding)

    def _prose(self, facts: Facts, known: set[etree._Element]) -> None:
        """Put what is told in words into the abstract or a note, so that nothing of the item is lost."""
        told = [*self.component.iterfind("{*}did/{*}*"), *self.component.iterchildren(etree.Element)]
        abstract: list[str] = []
        for each in told:
            if each in known or (local_name(each) == "physloc" and kind_of(each) == "shelfmark"):
                continue
            name, words = local_name(each), words_of(each, besides=("head",))
            if name in _ABSTRACTS:
                abstract.append(words)
            elif name == "origination" and not list(self._names("origination")) and words:
                facts.notes.append(Remark("general", f"origination: {words}"))
            elif (
                name in _READ or name in {"did", "controlaccess", "daoset", "daogrp"} or is_component(each) or not words
            ):
                continue
            else:
                facts.notes.append(Remark("access" if name in _ACCESS else "general", f"{name}: {words}"))
        for each in self.component.iterchildren("{*}controlaccess"):
            for one in each.iter(etree.Element):
                if kind_of(one) == "type":
                    continue
                if (
                    not len(one)
                    and local_name(one) in {"genreform", "function", "occupation", "title"}
                    and words_of(one)
                ):
                    facts.notes.append(Remark("general", f"{local_name(one)}: {words_of(one)}"))
        facts.abstract = " ".join(filter(None, abstract))
        if facts.abstract:
            holder = self.aid.repository or "the archive"
            finding = rules.finding("wording-third-party", self.place, title=facts.title, source=holder)
            self.result.findings.append(finding)


def is_tag(words: str, code: str) -> bool:
    """Return whether the words are a language tag (BCP 47) that agrees with the code, and no name of a language."""
    if not langcodes.tag_is_valid(words):
        return False
    if not code:
        return words == words.lower()
    try:
        return langcodes.Language.get(words).to_alpha3(variant="B") == code
    except (LookupError, ValueError):
        return False
