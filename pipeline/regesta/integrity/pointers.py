"""Pointers: malformed, leading nowhere, or leading to something of another kind than the element names."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from regesta import rules
from regesta.findings import Finding, Fix, Remedy
from regesta.integrity.links import below, is_file_name
from regesta.integrity.material import Read, Surroundings, did_you_mean
from regesta.source_facts import Anchor, Pointer

# fmt: off
_TARGET_KINDS = {
    "person": "person", "personGrp": "person", "persona": "person", "org": "organisation", "place": "place",
    "event": "event",
}
_ARTICLES = {"person": "a person", "organisation": "an organisation", "place": "a place", "event": "an event"}
_HOLDERS = {
    "person": "A register of persons", "organisation": "A register of organisations",
    "place": "A register of places", "event": "A register of events",
    "hand": "The list of hands (handNotes)", "wit": "The list of witnesses (listWit)",
    "rendition": "The list of renditions (tagsDecl)", "ana": "The taxonomy that @ana points to",
    "who": "The list of people that @who points to", "resp": "The list of people that @resp points to",
}
# fmt: on
_NAMES_OF_IMAGES = frozenset({"facs", "url"})
_NOWHERE = frozenset({"about", "javascript"})
_SCHEME = re.compile(r"([A-Za-z][\w.+-]+):(?!\\)")
_BAD_SCHEME = re.compile(
    r"https?(?:/{1,3}|:/?)(?!/)|(?!https?:)h{0,2}t{0,3}p{1,2}s?://|www\.",
    re.IGNORECASE,
)
_LOCAL_PATH = re.compile(r"[A-Za-z]:[\\/]|file:|\\\\", re.IGNORECASE)
_NO_HASH = "its # is missing"
_MANY = 5
"""So many different targets of one kind that are not there, to one that is, are one missing register."""
_CUSTOM = 5
"""So many different targets malformed in the same way are one custom, to be mended at one stroke."""


def check(sources: Mapping[str, Read], surroundings: Surroundings) -> Iterator[Finding]:
    """Yield what is wrong with pointers: one finding a target, or one a register or custom where that is the cause."""
    judge = _Judge(sources, surroundings)
    for read in sources.values():
        for pointer in read.facts.pointers:
            judge.judge(read, pointer)
    yield from judge.findings()


@dataclass
class _Uses:
    """All places of one fault: the first pointer, how many places there are, and in which files."""

    first: Pointer
    count: int = 0
    files: set[str] = field(default_factory=set)

    def add(self, pointer: Pointer) -> None:
        self.count += pointer.count
        self.files.add(pointer.place.path)

    @property
    def values(self) -> dict[str, Any]:
        """Return what messages say of them."""
        where = f"{self.first.element}/@{self.first.attribute}"
        files = f" in {len(self.files)} files" if len(self.files) > 1 else ""
        return {"ref": self.first.target, "where": where, "count": self.count, "files": files}


@dataclass(frozen=True)
class _Malformed:
    """What is wrong with the form of a pointer, and how it should look ("" if that is not known)."""

    reason: str
    better: str = ""


class _Judge:
    """Judges pointers one by one and keeps their faults, so that alike ones are told once."""

    def __init__(self, sources: Mapping[str, Read], surroundings: Surroundings) -> None:
        self.sources = sources
        self.surroundings = surroundings
        self.dangling: dict[str, dict[str, _Uses]] = defaultdict(dict)
        self.answered: dict[str, set[str]] = defaultdict(set)
        self.malformed: dict[tuple[str, str], dict[tuple[str, str], _Uses]] = defaultdict(dict)
        self.outside: dict[str, dict[str, _Uses]] = defaultdict(dict)
        self.prefixes: dict[str, _Uses] = {}
        self.wrong_kind: dict[tuple[str, str, Anchor], _Uses] = {}
        self.elsewhere: dict[str, str] = {}

    @cached_property
    def registers(self) -> dict[str, Anchor]:
        """Return what stands in registers, and the entries of documents' own lists, by `xml:id`."""
        found: dict[str, Anchor] = {}
        for read in sorted(self.sources.values(), key=lambda read: not read.is_register):
            for anchor in read.facts.anchors:
                if read.is_register or anchor.element in _TARGET_KINDS:
                    found.setdefault(anchor.id, anchor)
        return found

    @cached_property
    def in_registers(self) -> frozenset[str]:
        """Return every `xml:id` of a register."""
        return frozenset(
            anchor.id for read in self.sources.values() if read.is_register for anchor in read.facts.anchors
        )

    @cached_property
    def everywhere(self) -> dict[str, str]:
        """Return the source in which each `xml:id` stands, for proposals; the first where there are several."""
        names: dict[str, str] = {}
        for read in self.sources.values():
            for anchor in read.facts.anchors:
                names.setdefault(anchor.id, read.name)
        return names

    @cached_property
    def stems(self) -> dict[str, str]:
        """Return the sources by the names of their files, without suffix."""
        return {read.stem: read.name for read in self.sources.values()}

    @cached_property
    def namesakes(self) -> dict[str, list[Read]]:
        """Return the sources by the names of their files, whatever their folders."""
        found: dict[str, list[Read]] = {}
        for read in self.sources.values():
            found.setdefault(posixpath.basename(read.name), []).append(read)
        return found

    def judge(self, read: Read, pointer: Pointer) -> None:
        """Judge one pointer of the source `read`."""
        value = pointer.value
        if _LOCAL_PATH.match(value) or "(" in value or (pointer.attribute in _NAMES_OF_IMAGES and "#" not in value):
            return
        scheme = _SCHEME.match(value)
        nowhere = scheme is not None and scheme[1] in _NOWHERE
        fault = _Malformed("it leads to nothing outside a browser") if nowhere else self._form(value)
        if fault is not None:
            self._keep_malformed(pointer, fault)
            return
        if scheme:
            self.prefixes.setdefault(scheme[1], _Uses(pointer)).add(pointer)
            return
        file, sign, fragment = value.partition("#")
        fragment = unquote(fragment)
        if not sign:
            if not is_file_name(value):
                self._bare(read, pointer)
        elif not file:
            self._local(read, pointer, fragment)
        else:
            self._in_file(read, pointer, file, fragment)

    def _form(self, value: str) -> _Malformed | None:
        if "\\" in value:
            return _Malformed("there is a backslash in it", value.replace("\\", "/"))
        if value.startswith("# ") or value == "#" or value.endswith("#"):
            better = value.replace("# ", "#")
            return _Malformed("nothing follows the #", better if better != value else "")
        if " " in value:
            return _Malformed("there is a space in it", self._without_spaces(value))
        if value.count("#") > 1:
            return _Malformed("there are two # in it", value[: value.index("#") + 1] + value[value.rindex("#") + 1 :])
        if _BAD_SCHEME.match(value):
            rest = _BAD_SCHEME.sub("", value, count=1).lstrip("/:")
            return _Malformed("it does not begin like an address", f"https://{rest}")
        return None

    def _without_spaces(self, value: str) -> str:
        words = value.split(" ")
        if all(word in self.everywhere for word in words):
            return " ".join(f"#{word}" for word in words)
        joined = next(
            (each for each in ("_".join(words), "-".join(words), "".join(words)) if each in self.everywhere), ""
        )
        return f"#{joined}" if joined else ""

    def _keep_malformed(self, pointer: Pointer, fault: _Malformed) -> None:
        group = self.malformed[pointer.attribute, fault.reason]
        group.setdefault((pointer.target, fault.better), _Uses(pointer)).add(pointer)

    def _bare(self, read: Read, pointer: Pointer) -> None:
        """Judge a pointer that is one bare word: an id without its #, a file's name without its suffix, or neither."""
        word = pointer.value
        if word in read.anchors or word in self.registers:
            fault = _Malformed(_NO_HASH, f"#{word}")
        elif word in self.stems:
            target = self.sources[self.stems[word]].name
            fault = _Malformed(
                "the suffix of the file is missing", posixpath.relpath(target, posixpath.dirname(read.name) or ".")
            )
        else:
            fault = _Malformed("it is neither an address, nor a file, nor an id with its #", "")
        self._keep_malformed(pointer, fault)

    def _local(self, read: Read, pointer: Pointer, fragment: str) -> None:
        anchor = read.anchors.get(fragment) or self.registers.get(fragment)
        group = self._group(read, pointer)
        if anchor is None:
            self.dangling[group].setdefault(f"#{fragment}", _Uses(pointer)).add(pointer)
            return
        if fragment in read.anchors or fragment in self.in_registers:
            self.answered[group].add(fragment)
        self._kind(pointer, anchor)

    def _group(self, read: Read, pointer: Pointer) -> str:
        """Return what groups this pointer with others that should lead to one register: kind or attribute."""
        what = pointer.kind or (f"{pointer.element}/@ref" if pointer.attribute == "ref" else pointer.attribute)
        return f"{what} from registers" if read.is_register else what

    def _in_file(self, read: Read, pointer: Pointer, file: str, fragment: str) -> None:
        name = below(read.name, file)
        target = self.sources.get(name) if name is not None else None
        if target is not None:
            anchor = target.anchors.get(fragment)
            if anchor is None:
                self.dangling[name or file].setdefault(f"{name}#{fragment}", _Uses(pointer)).add(pointer)
            else:
                self._kind(pointer, anchor)
        elif name is not None and not self.surroundings.has_file(name):
            namesake = self._namesake(name, fragment)
            if namesake:
                better = f"{posixpath.relpath(namesake, posixpath.dirname(read.name) or '.')}#{fragment}"
                self._keep_malformed(pointer, _Malformed("the path to the file is wrong", better))
            else:
                self.outside[name].setdefault(fragment, _Uses(pointer)).add(pointer)

    def _namesake(self, name: str, fragment: str) -> str:
        """Return the one source of the same file name elsewhere that has what is wanted."""
        alike = self.namesakes.get(posixpath.basename(name), ())
        found = [read.name for read in alike if fragment in read.anchors]
        return found[0] if len(found) == 1 else ""

    def _kind(self, pointer: Pointer, anchor: Anchor) -> None:
        kind = _TARGET_KINDS.get(anchor.element, "")
        if kind and pointer.kind and kind != pointer.kind:
            self.wrong_kind.setdefault((pointer.element, pointer.target, anchor), _Uses(pointer)).add(pointer)

    # ── the findings ──────────────────────────────────────────────────────────────────────────────────────────

    def findings(self) -> Iterator[Finding]:
        """Yield the faults that were kept."""
        yield from self._all_malformed()
        yield from self._all_dangling()
        for name, uses in self.outside.items():
            rule = "register-missing" if self.surroundings.complete else "pointer-outside"
            first = next(iter(uses.values())).first
            yield rules.finding(rule, first.place, register=f"The file {name}", file=name, count=len(uses))
        for prefix, used in self.prefixes.items():
            yield rules.finding("pointer-prefix-unknown", used.first.place, prefix=prefix, **used.values)
        for (_element, _target, anchor), used in self.wrong_kind.items():
            yield rules.finding(
                "pointer-wrong-kind",
                used.first.place,
                kind=_ARTICLES[_TARGET_KINDS[anchor.element]],
                wanted=_ARTICLES[used.first.kind],
                target=f"{anchor.place.path}:{anchor.place.line}",
                **used.values,
            )

    def _all_malformed(self) -> Iterator[Finding]:
        for (_attribute, reason), group in self.malformed.items():
            rows = list(group.items())
            if len(rows) >= _CUSTOM:
                (target, better), all_uses = rows[0][0], _Uses(rows[0][1].first)
                for _key, used in rows:
                    all_uses.count += used.count
                    all_uses.files |= used.files
                proposal = f'For "{target}" write "{better}", and so for all of them' if better else _FORMS
                values = all_uses.values | {"others": f" and {len(rows) - 1} others like it"}
                yield rules.finding(
                    "pointer-malformed", all_uses.first.place, reason=reason, proposal=proposal, **values
                )
                continue
            for (target, better), used in rows:
                proposal = f'Write "{better}"' if better else _FORMS
                values = used.values | {"others": ""}
                fix = None
                if reason == _NO_HASH and used.first.target == used.first.value:
                    fix = Fix(Remedy.REPLACE_VALUE, target, better, used.first.attribute, everywhere=True)
                yield rules.finding(
                    "pointer-malformed", used.first.place, fix, reason=reason, proposal=proposal, **values
                )

    def _all_dangling(self) -> Iterator[Finding]:
        for group, targets in self.dangling.items():
            missing = len(targets) >= _MANY and len(self.answered[group]) * _MANY <= len(targets)
            if missing and group not in self.sources:
                first = next(iter(targets.values())).first
                what = group.removesuffix(" from registers")
                register = _HOLDERS.get(what, f"What {what if '/' in what else '@' + what} points to")
                yield rules.finding(
                    "register-missing", first.place, register=register, file=first.target, count=len(targets)
                )
                continue
            for target, used in targets.items():
                yield rules.finding(
                    "pointer-dangling", used.first.place, proposal=self._proposal(group, target), **used.values
                )

    def _proposal(self, group: str, target: str) -> str:
        """Return where else the target stands, or which one of nearly that name was perhaps meant; "" for neither."""
        file, _sign, fragment = target.rpartition("#")
        other = self.everywhere.get(fragment)
        if other is not None and other != file:
            return f"There is such an id in {other}: write {posixpath.basename(other)}#{fragment} to point there. "
        known = self.sources[group].anchors if group in self.sources else self.registers or self.everywhere
        return did_you_mean(fragment, list(known))


_FORMS = "Write an address, the path of a file, or # and the xml:id of what is meant"
