"""What all transcripts share, whatever they were written with: from a body and its facts to a TEI document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from regesta import rules
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.identifiers import short_hash
from regesta.importing import naming, when
from regesta.importing.existing import DOCUMENTS
from regesta.importing.facts import Bibl, Dated, Facts, Remark
from regesta.importing.headers import Frame, document
from regesta.importing.mapping import RecordText
from regesta.importing.markup import XML_LANG, element, serialize
from regesta.importing.packages import Unreadable
from regesta.importing.plan import Bytes, Fate, Import, NewFile, Part, Row
from regesta.importing.schema import fault
from regesta.importing.transcript_mapping import RecordFacts, TranscriptMapping
from regesta.sources import printable

TEXT_ENCODING = "The text stands as in the file that was imported; what its author marked there is marked here."
_MOST_NAMED = 5
_EDITORIAL_NOTE = "No more of it was interpreted than the mapping of the import says."


@dataclass
class Transcript:
    """A text on its way: its body, a title with the place where it was found, what its pieces became, what was odd.

    `told` counts what has no place in TEI or here, by words that a finding can use; `revisers` are people with ids
    that the body points to, `changes` what they did (id, day, words).
    """

    body: etree._Element
    title: str = ""
    title_from: str = ""
    stated: RecordFacts = field(default_factory=RecordFacts)
    remarks: list[str] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    styles: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    revisers: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """A kind of transcript: the suffixes of its files, what reads one, and what its files are called."""

    suffixes: frozenset[str]
    convert: Callable[[Path, TranscriptMapping], Transcript]
    called: str


def read(source: Path, way: Way, mapping: TranscriptMapping, publisher: str) -> Import:
    """Return what the file, or the files of the folder, would become. Raises UsageError when there are none."""
    files = _files(source, way)
    result = Import()
    _passed_over(source, files, result)
    jobs: list[_Job] = []
    for number, path in enumerate(files, start=1):
        try:
            transcript = way.convert(path, mapping)
        except (Unreadable, UsageError) as error:
            reason = error.reason if isinstance(error, Unreadable) else error.message
            finding = rules.finding("transcript-unreadable", Place(printable(path)), reason=reason)
            result.findings.append(finding)
            result.rows.append(Row(number, path.name, Fate.REFUSED, reason=finding.message))
            continue
        stated = mapping.facts(path.name).over(transcript.stated)
        jobs.append(_Job(number, path, transcript, stated, way, publisher))
    wishes = [(job.stated.id or naming.key(job.path.stem, "document"), _more(job.path, source)) for job in jobs]
    for job, identifier in zip(jobs, naming.unique(wishes, set()), strict=True):
        _finish(job, identifier, result)
    _tell_what_is_not_stated(jobs, printable(source), result)
    result.rows.sort(key=lambda row: row.number)
    return result


def _tell_what_is_not_stated(jobs: Sequence[_Job], shown: str, result: Import) -> None:
    """Tell once for all files which facts nobody states: a folder of many lacks mostly the same."""
    for what, instead, lacking in (
        ("type", "“other”", [job for job in jobs if not job.stated.type]),
        ("date", "none", [job for job in jobs if not job.stated.date]),
        ("language", "none", [job for job in jobs if not job.stated.language]),
    ):
        if lacking:
            more = ", …" if len(lacking) > _MOST_NAMED else ""
            names = ", ".join(job.path.name for job in lacking[:_MOST_NAMED]) + more
            place, count = Place(shown), len(lacking)
            finding = rules.finding("transcript-fact", place, what=what, count=count, names=names, instead=instead)
            result.findings.append(finding)


def _more(path: Path, source: Path) -> tuple[str, str]:
    below = path.relative_to(source).parent.as_posix() if source.is_dir() else ""
    return naming.slug(below), short_hash(f"{below}/{path.name}")


def _files(source: Path, way: Way) -> list[Path]:
    if not source.is_dir():
        return [source]
    found = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in way.suffixes
        and not path.is_symlink()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(source).parts)
    ]
    if not found:
        raise UsageError(f"The folder {printable(source)} holds no {way.called}.", "Check the path and the format.")
    return found


def _passed_over(source: Path, files: Iterable[Path], result: Import) -> None:
    """Tell how many files of the folder are of another kind."""
    if not source.is_dir():
        return
    taken = set(files)
    others = Counter(
        path.suffix.lower() or "no suffix" for path in source.rglob("*") if path.is_file() and path not in taken
    )
    if others:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(others.items()))
        result.findings.append(rules.finding("transcript-passed-over", Place(printable(source)), files=told))


@dataclass(frozen=True)
class _Job:
    """One file on its way to a document."""

    number: int
    path: Path
    transcript: Transcript
    stated: RecordFacts
    way: Way
    publisher: str

    @property
    def place(self) -> Place:
        """Return the place of findings about the file."""
        return Place(printable(self.path))


def _finish(job: _Job, identifier: str, result: Import) -> None:
    root = _document(job, identifier, result)
    result.findings += [*job.transcript.findings, *_told(job.transcript, job.place)]
    reason = fault(root)
    if reason:
        finding = rules.finding("import-invalid", job.place, reason=reason)
        result.findings.append(finding)
        result.rows.append(Row(job.number, job.path.name, Fate.REFUSED, reason=finding.message))
        return
    target = f"{DOCUMENTS}/{identifier}.xml"
    result.files.append(NewFile(target, Bytes(serialize(root))))
    result.rows.append(Row(job.number, job.path.name, Fate.MADE, target))
    parts = enumerate(job.transcript.parts, start=1)
    result.parts += [Part(job.number, at, label, became) for at, (label, became) in parts]


def _document(job: _Job, identifier: str, result: Import) -> etree._Element:
    """Return the TEI document; what had to be taken from elsewhere than a statement is told."""
    stated, transcript, called = job.stated, job.transcript, job.way.called.removesuffix("s")
    title, source = stated.title, ""
    if not title:
        title, source = transcript.title or job.path.stem, transcript.title_from or "the name of the file"
        result.findings.append(rules.finding("transcript-title", job.place, title=title, source=source))
    facts = Facts(stated.type or "other", title, identifier, source="file")
    facts.bibls = [Bibl("file", "file", text=stated.source or f"The {called} {job.path.name}")]
    date = when.iso(stated.date) or when.read(stated.date) if stated.date else None
    if stated.date and date is None:
        result.findings.append(rules.finding("import-date-unknown", job.place, value=stated.date))
    facts.dates = [Dated(stated.date_kind, stated.date, date)]
    facts.notes = [Remark("general", remark) for remark in transcript.remarks]
    words = RecordText().model_copy(
        update={
            "publisher": stated.publisher or job.publisher,
            "licence": stated.licence,
            "licence_target": stated.licence_target,
            "editorial": f"{TEXT_ENCODING} {_EDITORIAL_NOTE}",
            "change": f"Made by regesta import from a {called}.",
        }
    )
    root = document(facts, Frame(words))
    _put_text(root, transcript, stated)
    return root


def _put_text(root: etree._Element, transcript: Transcript, stated: RecordFacts) -> None:
    text = root.find(f"{{{TEI}}}text")
    titles, revision = root.find(f".//{{{TEI}}}titleStmt"), root.find(f".//{{{TEI}}}revisionDesc")
    if text is None or titles is None or revision is None:
        raise ValueError("a record always has a text, a title statement and a revision description")
    for child in list(text):
        text.remove(child)
    text.append(transcript.body)
    if stated.language:
        text.set(XML_LANG, stated.language)
    for identifier, name in transcript.revisers:
        resp = element("resp", "changes and comments in the file that was imported")
        titles.append(element("respStmt", resp, element("persName", name), xml_id=identifier))
    for who, day, words in transcript.changes:
        revision.append(element("change", words, when=day, who=f"#{who}"))


def _told(transcript: Transcript, place: Place) -> Iterable[Finding]:
    for style, count in sorted(transcript.styles.items()):
        yield rules.finding("transcript-style", place, style=style, count=count)
    for name, count in sorted(transcript.moved.items()):
        yield rules.finding("transcript-moved", place, what=name, count=count)
    for what, count in sorted(transcript.told.items()):
        if count:
            yield rules.finding("transcript-odd", place, what=what, count=count)


def part(made: etree._Element) -> tuple[str, str]:
    """Return the first words of a block and its name, for the account of parts."""
    return " ".join("".join(made.itertext()).split())[:60], etree.QName(made).localname


def first_heading(body: etree._Element) -> str:
    """Return the words of the first heading without its notes, "" where there is none."""
    head = body.find(f".//{{{TEI}}}head")
    if head is None:
        return ""
    return " ".join("".join(_own_words(head)).split())


def _own_words(parent: etree._Element) -> Iterable[str]:
    yield parent.text or ""
    for child in parent:
        if etree.QName(child).localname in {"lb", "pb"}:
            yield " "
        elif etree.QName(child).localname not in {"note", "gap"}:
            yield from _own_words(child)
        yield child.tail or ""
