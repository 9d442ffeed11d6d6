"""Checking a deposit that others made: the bag first, by its own rules, then what the profile asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regesta import reading, rules
from regesta.depositing.profile import PLACES, Profile
from regesta.documents import TEI
from regesta.errors import UsageError
from regesta.exchange.bag_checking import Container, Verdict, check
from regesta.findings import Finding, Place
from regesta.importing.containers import open_container
from regesta.sources import printable

_MOST_BYTES = 256_000_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Received:
    """What was found out about a deposit: its files, how many of them are TEI, and what is wrong."""

    files: int
    documents: int
    findings: tuple[Finding, ...]


def check_deposit(path: Path, profile: Profile) -> Received:
    """Return what is wrong with the deposit at `path`; of one that is no sound bag nothing else is looked at.

    Raises UsageError when nothing is there, or when to open it would do harm.
    """
    if not path.exists():
        raise UsageError(f"There is no {printable(path)}.", "Check the path.")
    container, place = open_container(path), Place(printable(path))
    verdict = check(container)
    odd = [rules.finding("bag-odd", place, what=each) for each in dict.fromkeys(verdict.warnings)]
    unsound = [rules.finding("bag-unsound", place, fault=each) for each in dict.fromkeys(verdict.faults)]
    payload = sorted(name.removeprefix("data/") for name in container.names if name.startswith("data/"))
    if unsound:
        return Received(len(payload), 0, (*unsound, *odd))
    lacking = [rules.finding("deposit-lacks", place, what=each, profile=profile.name)
               for each in _lacking(container, verdict, payload, profile)]  # fmt: skip
    texts = [name for name in payload if name.startswith(PLACES["tei"]) and name.endswith(".xml")]
    wrong = [found for name in texts if (found := _wrong(container, name, f"{place.path}/data/{name}"))]
    return Received(len(payload), len(texts), (*odd, *lacking, *wrong))


def _lacking(container: Container, verdict: Verdict, payload: list[str], profile: Profile) -> Iterator[str]:
    """Yield what the profile asks for and the deposit has not."""
    for part in (each for each in profile.contents if each not in profile.optional):
        place = PLACES[part]
        if not any(name.startswith(place) if place.endswith("/") else name == place for name in payload):
            yield f"{part} (data/{place})"
    for algorithm in profile.algorithms:
        if f"manifest-{algorithm}.txt" not in container.names:
            yield f"sums by {algorithm} (manifest-{algorithm}.txt)"
    known = {label.casefold() for label, value in verdict.info if value}
    yield from (f"{label} in bag-info.txt" for label in profile.required if label.casefold() not in known)
    size = sum(len(piece) for name in payload for piece in container.pieces(f"data/{name}"))
    if profile.most_megabytes and size > profile.most_megabytes * _MEGABYTE:
        yield f"at most {profile.most_megabytes:,} MB"


def _wrong(container: Container, name: str, shown: str) -> Finding | None:
    """Return why a file below data/tei/ is no TEI that can be read, None when it is."""
    data = b""
    for piece in container.pieces(f"data/{name}"):
        data += piece
        if len(data) > _MOST_BYTES:
            return rules.finding("adopt-large", Place(shown), most=_MOST_BYTES // _MEGABYTE)
    parsed = reading.parse(data, shown)
    if isinstance(parsed, Finding):
        return parsed
    if str(parsed.root.tag).startswith(f"{{{TEI}}}"):
        return None
    return rules.finding("not-tei", Place(shown), root=reading.local_name(parsed.root))
