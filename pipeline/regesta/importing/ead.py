"""`regesta import ead`: the items of a finding aid (EAD3 or EAD 2002) become records.

An item is a component without components below it. What stands on the groups above is passed on where archivists read
it so (containers, languages, the names of the groups); all else that an item says is kept, as a note where TEI's header
has no better place. What is said of groups and of the whole stays in the finding aid, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from regesta import rules
from regesta.errors import UsageError
from regesta.findings import Place
from regesta.identifiers import short_hash
from regesta.importing import existing
from regesta.importing.ead_item import Aid, Item
from regesta.importing.ead_words import is_component, title_of
from regesta.importing.existing import Existing
from regesta.importing.headers import Frame
from regesta.importing.mapping import RecordText
from regesta.importing.plan import Fate, Import, Row
from regesta.importing.records import Candidate, add_records, add_registers
from regesta.importing.xml_source import parsed
from regesta.reading import ParsedFile, local_name
from regesta.sources import printable


def read(source: Path, edition: Path, publisher: str) -> Import:
    """Return what the finding aid would become. Raises UsageError when it is none, or has no items."""
    aid = Aid(_finding_aid(source))
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


def _candidates(aid: Aid, held: Existing, result: Import) -> Iterator[Candidate]:
    """Yield the items as records; each group and each item that cannot be one gets its row."""
    for section in aid.parsed.root.iterchildren("{*}archdesc"):
        for child in section.iterchildren(etree.Element):
            if local_name(child) not in {"did", "dsc"}:
                aid.left[f"{local_name(child)} of the whole"] += 1
        aid.left["langmaterial of the whole"] += len(section.findall("{*}did/{*}langmaterial"))
    for number, component in enumerate(aid.places, start=1):
        place = aid.place(component)
        if any(is_component(child) for child in component.iterchildren(etree.Element)):
            _group(component, number, aid, result)
            continue
        item = Item(component, aid, held, result, place)
        facts = item.facts()
        if not facts.title:
            finding = rules.finding("import-no-title", place)
            result.findings.append(finding)
            result.rows.append(Row(number, f"component {number}", Fate.REFUSED, reason=finding.message))
            continue
        yield Candidate(number, place, facts, (facts.record_number, short_hash(f"{facts.shelfmark}\0{number}")))


def _group(component: etree._Element, number: int, aid: Aid, result: Import) -> None:
    label = title_of(component) or f"component {number}"
    result.rows.append(Row(number, label, Fate.KEPT, reason="a group: its name stands in the records of its items"))
    for child in component.iterchildren(etree.Element):
        name = local_name(child)
        if name != "did" and not is_component(child):
            aid.left[f"{name} of groups"] += 1
    for child in component.iterfind("{*}did/{*}*"):
        if local_name(child) not in {"unittitle", "container", "langmaterial", "unitid"}:
            aid.left[f"{local_name(child)} of groups"] += 1
