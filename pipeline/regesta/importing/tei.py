"""`regesta import tei`: a file or folder of TEI is taken over as it is, byte for byte, with a report of what it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from regesta import reading, rules
from regesta.documents import TEI, is_register
from regesta.findings import Finding, Place
from regesta.identifiers import fold
from regesta.importing.markup import XML_ID, XML_LANG
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.sources import SourceFile, discover, from_paths, printable

_MODEL = re.compile(r"""href\s*=\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class _Bytes:
    data: bytes

    def __call__(self) -> bytes:
        return self.data


@dataclass
class _Survey:
    """What a folder holds: registers, languages, schemas and who claims which id."""

    registers: list[str]
    languages: Counter[str]
    schemas: Counter[str]
    claims: dict[str, list[str]]


def read(source: Path) -> Import:
    """Return the copies to make below `tei/` and what was found out about them; files that are no TEI are refused."""
    found = discover(source) if source.is_dir() else from_paths([source])
    result = Import()
    survey = _Survey([], Counter(), Counter(), defaultdict(list))
    number = 0
    for file in found.files:
        number += 1
        _adopt(file, file.name if source.is_dir() else file.path.name, number, survey, result)
    for file, fault in found.refused:
        number += 1
        result.findings.append(fault)
        result.rows.append(Row(number, file.name, Fate.REFUSED, reason=fault.message))
    _tell(survey, printable(source), result)
    return result


def _adopt(file: SourceFile, name: str, number: int, survey: _Survey, result: Import) -> None:
    data = file.path.read_bytes()
    parsed = reading.parse(data, file.shown)
    refusal = parsed if isinstance(parsed, Finding) else _refusal(parsed.root, file.shown)
    if refusal is not None or isinstance(parsed, Finding):
        finding = refusal or rules.finding("not-tei", Place(file.shown), root="?")
        result.findings.append(finding)
        result.rows.append(Row(number, name, Fate.REFUSED, reason=finding.message))
        return
    root = parsed.root
    if is_register(root):
        survey.registers.append(name)
    survey.languages.update({each.get(XML_LANG, "") for each in root.iter(f"{{{TEI}}}TEI", f"{{{TEI}}}text")} - {""})
    survey.schemas.update(_models(root))
    if root.get(XML_ID):
        survey.claims[fold(root.get(XML_ID, ""))].append(name)
    result.files.append(NewFile(f"tei/{name}", _Bytes(data)))
    result.rows.append(Row(number, name, Fate.MADE, f"tei/{name}"))


def _refusal(root: etree._Element, shown: str) -> Finding | None:
    if etree.QName(root).namespace == TEI:
        return None
    name = reading.local_name(root)
    rule = {"TEI.2": "tei-p4", "teiCorpus.2": "tei-p4", "TEI": "tei-no-namespace", "teiCorpus": "tei-no-namespace"}
    return rules.finding(rule.get(name, "not-tei"), Place(shown), root=name)


def _models(root: etree._Element) -> set[str]:
    before = [each for each in root.itersiblings(preceding=True) if isinstance(each, etree._ProcessingInstruction)]
    models = [each for each in before if each.target == "xml-model"]
    return {found[1] for each in models if (found := _MODEL.search(each.text or ""))}


def _tell(survey: _Survey, shown: str, result: Import) -> None:
    def note(remark: str, advice: str) -> None:
        result.findings.append(rules.finding("adopt-note", Place(shown), remark=remark, advice=advice))

    if survey.registers:
        named = ", ".join(sorted(survey.registers))
        note(f"Registers: {named}.", "Nothing needs doing: registers are known by their content.")
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
            told = ", ".join(sorted(names))
            note(f"These files claim the same xml:id: {told}.", "Give each an xml:id of its own.")
