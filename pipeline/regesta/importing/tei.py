"""`regesta import tei`: a folder of TEI is taken over as it is, byte for byte, with a report of what it is.

With the documents go the files that they name and that lie in the folder: pictures, schemas, included texts. What else
lies there is counted, so that nothing is forgotten.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from regesta import reading, rules
from regesta.documents import TEI, is_register
from regesta.errors import UsageError
from regesta.findings import Finding, Place
from regesta.identifiers import fold
from regesta.importing.markup import XML_ID, XML_LANG
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.sources import SourceFile, discover, from_paths, printable

_MODEL = re.compile(r"""href\s*=\s*["']([^"']+)["']""")
_POINTERS = ("url", "facs", "target", "href")
_MOST_BYTES = 256_000_000
_MOST_NAMES = 12


@dataclass(frozen=True)
class _Copy:
    """The bytes of a file, read when they are wanted."""

    path: Path

    def __call__(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            told = f"The file {printable(self.path)} can no longer be read: {error.strerror}."
            raise UsageError(told, "Import again when nobody changes the folder.") from None


@dataclass
class _Survey:
    """What a folder holds: registers, languages, schemas, who claims which id, what is named, what is taken over."""

    registers: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    schemas: Counter[str] = field(default_factory=Counter)
    claims: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)


def read(source: Path) -> Import:
    """Return the copies to make below `tei/` and what was found out about them; files that are no TEI are refused."""
    found = discover(source) if source.is_dir() else from_paths([source])
    result, survey = Import(), _Survey()
    for file in found.files:
        _adopt(file, file.name if source.is_dir() else file.path.name, survey, result)
    for file, fault in found.refused:
        _refuse(file.name, fault, result)
    if source.is_dir():
        _companions(source, survey, result)
        _others(source, survey, result)
    _tell(survey, printable(source), result)
    return result


def _adopt(file: SourceFile, name: str, survey: _Survey, result: Import) -> None:
    try:
        parsed = reading.parse(file.path.read_bytes(), file.shown)
    except OSError as error:
        parsed = rules.finding("file-unreadable", Place(file.shown), reason=error.strerror or "unreadable")
    refusal = parsed if isinstance(parsed, Finding) else _refusal(parsed.root, file.shown)
    if refusal is not None or isinstance(parsed, Finding):
        _refuse(name, refusal or rules.finding("not-tei", Place(file.shown), root="?"), result)
        return
    if not _take(name, file.path, survey, result):
        return
    root = parsed.root
    if is_register(root):
        survey.registers.append(name)
    survey.languages.update(_languages(root))
    survey.schemas.update(_models(root))
    for address in _addresses(root):
        survey.named.setdefault((Path(name).parent / unquote(address)).as_posix(), name)
    if root.get(XML_ID):
        survey.claims[fold(root.get(XML_ID, ""))].append(name)


def _take(name: str, path: Path, survey: _Survey, result: Import) -> bool:
    """Plan the copy of a file; refuse one whose name is that of another on systems that know no capitals."""
    other = survey.taken.setdefault(fold(name), name)
    if other != name:
        _refuse(name, rules.finding("adopt-collision", Place(printable(path)), other=other), result)
        return False
    result.files.append(NewFile(f"tei/{name}", _Copy(path)))
    result.rows.append(Row(len(result.rows) + 1, name, Fate.MADE, f"tei/{name}"))
    return True


def _refuse(name: str, finding: Finding, result: Import) -> None:
    result.findings.append(finding)
    result.rows.append(Row(len(result.rows) + 1, name, Fate.REFUSED, reason=finding.message))


def _companions(source: Path, survey: _Survey, result: Import) -> None:
    """Take over the files in the folder that documents name and that are no documents themselves."""
    whole = source.resolve()
    for address in sorted(survey.named):
        path = source / address
        try:
            inside = path.resolve().is_relative_to(whole) and path.is_file()
            name = path.resolve().relative_to(whole).as_posix() if inside else ""
        except (OSError, ValueError):
            continue
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if not name or hidden or fold(name) in survey.taken:
            continue
        if path.stat().st_size > _MOST_BYTES:
            _refuse(name, rules.finding("adopt-large", Place(printable(path)), most=_MOST_BYTES // 1_000_000), result)
            continue
        _take(name, path, survey, result)


def _others(source: Path, survey: _Survey, result: Import) -> None:
    """Tell what else lies in the folder, by kind."""
    known = {*survey.taken.values(), *(row.label for row in result.rows)}
    there = (path for path in source.rglob("*") if path.is_file() and path.relative_to(source).as_posix() not in known)
    kinds = Counter(path.suffix.lower() or "no suffix" for path in there)
    if kinds:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(kinds.items()))
        result.findings.append(rules.finding("transcript-passed-over", Place(printable(source)), files=told))


def _refusal(root: etree._Element, shown: str) -> Finding | None:
    if etree.QName(root).namespace == TEI:
        return None
    name = reading.local_name(root)
    rule = {"TEI.2": "tei-p4", "teiCorpus.2": "tei-p4", "TEI": "tei-no-namespace", "teiCorpus": "tei-no-namespace"}
    return rules.finding(rule.get(name, "not-tei"), Place(shown), root=name)


def _languages(root: etree._Element) -> set[str]:
    stated = {each.get(XML_LANG, "") for each in root.iter(f"{{{TEI}}}TEI", f"{{{TEI}}}text")}
    return (stated | {each.get("ident", "") for each in root.iter(f"{{{TEI}}}language")}) - {""}


def _models(root: etree._Element) -> set[str]:
    before = [each for each in root.itersiblings(preceding=True) if isinstance(each, etree._ProcessingInstruction)]
    models = [each for each in before if each.target == "xml-model"]
    return {found[1] for each in models if (found := _MODEL.search(each.text or ""))}


def _addresses(root: etree._Element) -> Iterator[str]:
    """Yield the relative addresses that the document names, without their fragments."""
    yield from (each for each in _models(root) if "://" not in each)
    for element in root.iter(etree.Element):
        for name in _POINTERS:
            for word in (element.get(name) or "").split():
                address = word.partition("#")[0].partition("?")[0]
                if address and ":" not in address and not address.startswith("/"):
                    yield address


def _tell(survey: _Survey, shown: str, result: Import) -> None:
    def note(remark: str, advice: str) -> None:
        result.findings.append(rules.finding("adopt-note", Place(shown), remark=remark, advice=advice))

    if survey.registers:
        note(f"Registers: {_some(survey.registers)}.", "Nothing needs doing: registers are known by their content.")
    if survey.languages:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(survey.languages.items()))
        note(f"Languages that files state: {told}.", "State them in edition.toml under [edition] languages.")
    if survey.schemas:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(survey.schemas.items()))
        note(f"Schemas that files name: {told}.", "Put the schema into the edition and name it under [sources] schema.")
    elif result.files:
        note("No file names a schema.", "Name one under [sources] schema if the files should be judged by one.")
    for names in survey.claims.values():
        if len(names) > 1:
            note(f"These files claim the same xml:id: {_some(names)}.", "Give each an xml:id of its own.")


def _some(names: list[str]) -> str:
    told = sorted(names)
    return ", ".join(told[:_MOST_NAMES]) + (f" and {len(told) - _MOST_NAMES} more" if len(told) > _MOST_NAMES else "")
