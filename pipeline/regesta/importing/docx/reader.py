"""`regesta import docx`: a transcript from a word processor becomes a TEI document, every character of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from regesta import rules
from regesta.documents import TEI
from regesta.findings import Place
from regesta.importing import packages
from regesta.importing.divisions import Block, Body, Kind, fill, flat
from regesta.importing.docx import plain
from regesta.importing.docx.blocks import Blocks
from regesta.importing.docx.looks import Looks
from regesta.importing.docx.parts import Document, R, Relation, numeral, value, w
from regesta.importing.docx.runs import Runs
from regesta.importing.inline import move
from regesta.importing.markup import append, element
from regesta.importing.packages import Unreadable
from regesta.importing.transcript_mapping import TranscriptMapping
from regesta.importing.transcripts import Transcript, Way, first_heading, part
from regesta.sources import printable

_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
_PLACES = {"footnote": "foot", "endnote": "end"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = {"add": "insertion", "del": "deletion"}


def convert(path: Path, mapping: TranscriptMapping) -> Transcript:
    """Return the transcript in the file. Raises Unreadable when it is no .docx, is unsafe, or would lose characters."""
    package = packages.open_package(path)
    told = packages.passed_over(package, "word")
    document = Document(package)
    try:
        reader = _Reader(document, mapping)
        transcript = reader.run()
        missing = plain.difference(document, transcript.body)
    except RecursionError:
        raise Unreadable("its parts are nested in each other beyond measure") from None
    if missing:
        raise Unreadable(f"it has characters that would be lost or doubled: {missing}")
    transcript.findings += told
    for name in sorted(reader.blocks.unknown | Counter(reader.looks.unknown)):
        transcript.styles[name] = reader.blocks.unknown[name] + reader.looks.unknown.get(name, 0)
    if not "".join(transcript.body.itertext()).strip():
        transcript.findings.append(rules.finding("transcript-empty", Place(printable(path))))
    return transcript


WAY = Way(frozenset({".docx", ".docm"}), convert, "word-processor files")


class _Reader:
    """One document being read: what its runs ask for (`runs.Host`)."""

    def __init__(self, document: Document, mapping: TranscriptMapping) -> None:
        self.document = document
        self.relations: dict[str, Relation] = document.relations
        self.looks = Looks(document, mapping)
        self.told: Counter[str] = Counter()
        self.runs = Runs(self)
        self.blocks = Blocks(document, mapping, self, self.runs)
        self.body = Body()
        self._notes = {kind: self._of_kind(kind) for kind in _NOTES}
        self._order: Counter[str] = Counter()
        self._people: dict[str, str] = {}
        self._changes: Counter[tuple[str, str, str]] = Counter()
        self._anchors: dict[tuple[str, str], str] = {}
        self._linked = self._link_targets()

    def run(self) -> Transcript:
        """Read the main part, then what nothing led to."""
        body = self.body.fill([*self._running_heads(), *self.blocks.read(self.document.body), *self._left_over()])
        _mend_links(body)
        transcript = Transcript(body, parts=self.blocks.became, moved=Counter(self.body.told), told=self.told)
        transcript.title, transcript.title_from = self._title(body)
        transcript.revisers = [(identifier, name) for name, identifier in self._people.items()]
        days: dict[tuple[str, str], list[str]] = {}
        for (who, day, what), count in sorted(self._changes.items()):
            days.setdefault((who, day), []).append(f"{count} {_plural(what, count)}")
        transcript.changes = [(who, day, f"In the file: {', '.join(what)}.") for (who, day), what in days.items()]
        return transcript

    def _title(self, body: etree._Element) -> tuple[str, str]:
        heading = first_heading(body)
        if heading:
            return heading, "the first heading"
        for relation in self.document.relations_of("").values():
            if relation.kind == "core-properties" and relation.target in self.document.package.names:
                title = self.document.package.xml(relation.target).findtext("{http://purl.org/dc/elements/1.1/}title")
                if title and title.strip():
                    return " ".join(title.split()), "the properties of the file"
        return "", ""

    # ── what runs ask for ──────────────────────────────────────────────────────────────────────────────────

    def note(self, kind: str, identifier: str) -> etree._Element | None:
        """Return the note or comment with that number; each is given once."""
        name, notes = self._notes[kind]
        content = notes.pop(identifier, None)
        if content is None:
            self.told[f"reference to a {kind} that is not there or was used before"] += 1
            return None
        self._order[kind] += 1
        if kind == "comment":
            who = self.reviser(content, "comment")
            anchor = self._anchors.get(("comment", identifier))
            made = element(
                "note", type="editorial", resp=f"#{who}" if who else None, target=f"#{anchor}" if anchor else None
            )
        else:
            made = element("note", place=_PLACES[kind], n=self._number(kind))
        fill(made, self._story(content, name))
        _without_gap(made)
        self.blocks.became.append((part(made)[0], kind))
        return made

    def reviser(self, change: etree._Element, what: str) -> str:
        """Return the id of whoever made a change, "" where nobody is named; what was done is counted by day."""
        name = " ".join(change.get(w("author"), "").split())
        if not name:
            self.told[f"{_WORDS.get(what, what)} by nobody named"] += 1
            return ""
        identifier = self._people.setdefault(name, f"reviser-{len(self._people) + 1}")
        day = _DAY.match(change.get(w("date"), ""))
        self._changes[identifier, day.group() if day else "", _WORDS.get(what, what)] += 1
        return identifier

    def box(self, content: etree._Element) -> None:
        """Hand a text box on to the blocks."""
        self.blocks.box(content)

    def anchor(self, kind: str, name: str) -> str:
        """Return the id of an anchor for a comment that is there or a bookmark that a link leads to."""
        if kind == "comment":
            if name not in self._notes["comment"][1] or (kind, name) in self._anchors:
                return ""
            return self._anchors.setdefault((kind, name), f"comment-{len(self._anchors) + 1}")
        if name not in self._linked:
            return ""
        if kind == "bookmark" and self._linked[name]:
            return ""  # a bookmark of that name has been met
        if kind == "bookmark":
            self._linked[name] = True
        return self._anchors.setdefault(("bookmark", name), f"place-{len(self._anchors) + 1}")

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────

    def _of_kind(self, kind: str) -> tuple[str, dict[str, etree._Element]]:
        found = self.document.part(_NOTES[kind])
        if found is None:
            return "", {}
        notes = {
            each.get(w("id"), ""): each
            for each in found[1].iterchildren(w(kind))
            if each.get(w("type"), "normal") not in _SEPARATORS
        }
        return found[0], notes

    def _story(self, content: etree._Element, part: str) -> list[Block]:
        """Return the blocks of a story in another part; what is open in the paragraph that leads there stays so."""
        kept = self.relations, self.runs.fields, self.blocks.put_aside()
        self.relations, self.runs.fields = self.document.relations_of(part), []
        try:
            return list(self.blocks.read(content))
        finally:
            self.relations, self.runs.fields = kept[0], kept[1]
            self.blocks.take_up(kept[2])

    def _number(self, kind: str) -> str:
        """Return the number under which a note is shown, "" where the document numbers its notes anew in places."""
        settings = self.document.part("settings")
        stated = list(self.document.root.iter(w(f"{kind}Pr")))
        stated += [] if settings is None else list(settings[1].iterchildren(w(f"{kind}Pr")))
        anew = (value(each, name) for each in stated for name in ("numRestart", "numStart"))
        if any(each not in {None, "continuous", "1"} for each in anew):
            return ""
        forms = [found.get(w("val"), "") for each in stated if (found := each.find(w("numFmt"))) is not None]
        if len(set(forms)) > 1:
            return ""
        return numeral(self._order[kind], forms[0] if forms else "decimal" if kind == "footnote" else "lowerRoman")

    def _running_heads(self) -> Iterator[Block]:
        """Yield each header and footer of the sections once."""
        seen = set()
        for reference in self.document.root.iter(w("headerReference"), w("footerReference")):
            relation = self.document.relations.get(reference.get(f"{{{R}}}id", ""))
            if relation is None or relation.target in seen or relation.target not in self.document.package.names:
                continue
            seen.add(relation.target)
            blocks = self._story(self.document.package.xml(relation.target), relation.target)
            made = _one_line(flat(blocks), "header" if relation.kind == "header" else "footer")
            if "".join(made.itertext()).strip():
                yield Block(Kind.MARK, made)

    def _left_over(self) -> Iterator[Block]:
        """Yield the notes that no reference leads to: their words are part of the file all the same."""
        for kind in _NOTES:
            for identifier in list(self._notes[kind][1]):
                made = self.note(kind, identifier)
                if made is not None and "".join(made.itertext()).strip():
                    self.told[f"{kind} that nothing refers to, put at the end"] += 1
                    yield Block(Kind.MARK, made)

    def _link_targets(self) -> dict[str, bool]:
        """Return the names of bookmarks that links in the document lead to."""
        root = self.document.root
        names = {each.get(w("anchor"), "") for each in root.iter(w("hyperlink"))}
        codes = " ".join(each.text or "" for each in root.iter(w("instrText")))
        codes += " ".join(each.get(w("instr"), "") for each in root.iter(w("fldSimple")))
        marks = {each.get(w("name"), "") for each in root.iter(w("bookmarkStart"))} - {""}
        return {name: False for name in sorted(marks) if name in names or f'"{name}"' in codes}


def _one_line(found: Iterable[etree._Element], kind: str) -> etree._Element:
    made = element("fw", type=kind, place="top" if kind == "header" else "bottom")
    for each in found:
        if len(made) or made.text:
            made.append(element("lb"))
        if etree.QName(each).localname == "p":
            move(each, made)
        elif etree.QName(each).localname == "list":
            append(made, "".join(each.itertext()))
        else:
            made.append(each)
    return made


def _without_gap(note: etree._Element) -> None:
    """Take away the space or tab that stands between the number of a note, which is not text, and its words."""
    first = note
    while not first.text and len(first) and etree.QName(first[0]).localname in {"p", "hi"}:
        first = first[0]
    first.text = (first.text or "").lstrip()


def _mend_links(body: etree._Element) -> None:
    """Take away links to places that the body does not have."""
    there = {f"#{each.get('{http://www.w3.org/XML/1998/namespace}id')}" for each in body.iter("{*}anchor")}
    for ref in list(body.iter("{*}ref")):
        target = ref.get("target", "")
        if target.startswith("#") and target not in there:
            ref.tag = f"{{{TEI}}}hi"
            del ref.attrib["target"]


def _plural(what: str, count: int) -> str:
    return what if count == 1 else f"{what}s"
