"""`regesta import bagit`: the TEI of a bag is taken over byte for byte, once the whole bag is known to be sound."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from regesta import reading, rules
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.exchange.bag_checking import Container, check
from regesta.findings import Finding, Place
from regesta.identifiers import fold
from regesta.importing.containers import open_container
from regesta.importing.plan import Fate, Import, NewFile, Row
from regesta.sources import printable
from regesta.survey import SUFFIXES

_TEI_FOLDER = "data/tei/"


@dataclass(frozen=True)
class _Verified:
    """The bytes of a file of the bag, which must still have the sum that was verified."""

    container: Container
    name: str
    sum: tuple[str, str]

    def __call__(self) -> bytes:
        data = b"".join(self.container.pieces(self.name))
        if hashlib.new(self.sum[0], data, usedforsecurity=False).hexdigest() != self.sum[1]:
            raise UsageError(f"The file {self.name} has changed since the bag was verified.", "Import it again.")
        return data


def read(source: Path) -> Import:
    """Return what the bag would become; an unsound one becomes nothing, with every fault told."""
    shown = printable(source)
    container = open_container(source)
    verdict = check(container)
    result = Import()
    for warning in dict.fromkeys(verdict.warnings):
        result.findings.append(rules.finding("bag-odd", Place(shown), what=warning))
    if not verdict.valid:
        for fault in dict.fromkeys(verdict.faults):
            result.findings.append(rules.finding("bag-unsound", Place(shown), fault=fault))
        result.rows.append(Row(1, source.name, Fate.REFUSED, reason=verdict.faults[0]))
        return result
    within = any(name.startswith(_TEI_FOLDER) for name in verdict.sums)
    taken: dict[str, str] = {}
    left: Counter[str] = Counter()
    for number, name in enumerate(sorted(each for each in verdict.sums if each.startswith("data/")), start=1):
        file = _Verified(container, name, verdict.sums[name])
        target = name.removeprefix(_TEI_FOLDER if within else "data/")
        if not (name.startswith(_TEI_FOLDER) or (not within and Path(name).suffix.lower() in SUFFIXES)):
            left[name.split("/")[1] if name.count("/") > 1 else "other files"] += 1
            result.rows.append(Row(number, name, Fate.KEPT, reason="no TEI of the edition: it stays in the bag"))
            continue
        refusal = _refusal(file, target, taken, shown)
        if refusal is not None:
            result.findings.append(refusal)
            result.rows.append(Row(number, name, Fate.REFUSED, reason=refusal.message))
            continue
        result.files.append(NewFile(f"tei/{target}", file))
        result.rows.append(Row(number, name, Fate.MADE, f"tei/{target}"))
    for what, count in sorted(left.items()):
        result.findings.append(rules.finding("bag-left", Place(shown), what=what, count=count))
    for label, words in verdict.info:
        result.findings.append(rules.finding("adopt-note", Place(shown), remark=f"{label}: {words}", advice=_ADVICE))
    return result


_ADVICE = "State in edition.toml what of the bag's metadata holds for the edition."


def _refusal(file: _Verified, target: str, taken: dict[str, str], shown: str) -> Finding | None:
    """Return why a file of the payload is not taken over, None when it is."""
    place = Place(f"{shown}/{file.name}")
    parts = target.split("/")
    if any(part.startswith(".") for part in parts):
        return rules.finding("bag-hidden", place)
    other = taken.setdefault(fold(target), target)
    if other != target:
        return rules.finding("adopt-collision", place, other=other)
    if Path(target).suffix.lower() not in SUFFIXES:
        return None
    parsed = reading.parse(file(), place.path)
    if isinstance(parsed, Finding):
        return parsed
    if parsed.root.tag.startswith(f"{{{TEI}}}"):  # type: ignore[union-attr, arg-type]
        return None
    return rules.finding("not-tei", place, root=reading.local_name(parsed.root))
