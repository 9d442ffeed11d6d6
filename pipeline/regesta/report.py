"""Report: the ledger of sources and documents, `report.json` and `findings.json` (DESIGN: output).

The keys are a contract: more may be added, none renamed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache

from regesta import __version__
from regesta.entry_proof import EntryProof
from regesta.fidelity import Fidelity, Proof
from regesta.findings import Finding, count_by_severity
from regesta.keeping import Choice, Value, as_dict
from regesta.staging import PublishedPages
from regesta.summary import Summary

_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Outcome(Choice):
    """What became of a source or document, best first."""

    PUBLISHED = "published"
    REGISTER = "register"
    PART = "part"
    WITHHELD = "withheld"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row(Value):
    """A row of the ledger: of a whole source where `document` is None, else of one document."""

    source: str
    document: str | None
    outcome: Outcome
    page: str | None = None
    schema: str | None = None
    reason: str | None = None
    proof: Proof | None = None
    without_text: bool = False


@dataclass(frozen=True)
class Report:
    """All that a build has to say about itself."""

    edition: str
    published: bool
    ledger: tuple[Row, ...]
    findings: tuple[Finding, ...]
    pages: PublishedPages
    seconds: Mapping[str, float]
    removed_from_tei: Mapping[str, int]
    slowest: tuple[tuple[str, float], ...] = ()
    entries: EntryProof = field(default_factory=EntryProof)

    @property
    def has_errors(self) -> bool:
        """Tell whether any finding is an error."""
        return count_by_severity(self.findings)["error"] > 0

    @cached_property
    def proof(self) -> Proof:
        """Return the sum over all published documents."""
        return Proof.of_all(row.proof for row in self.ledger if row.document and row.proof)

    def sources(self) -> dict[str, int]:
        """Return the number of sources found, and how many there are of each outcome."""
        outcomes = Counter(row.outcome for row in self.ledger if row.document is None)
        return {
            "found": sum(outcomes.values()),
            "published": outcomes[Outcome.PUBLISHED],
            "registers": outcomes[Outcome.REGISTER],
            "parts": outcomes[Outcome.PART],
            "withheld": outcomes[Outcome.WITHHELD],
            "refused": outcomes[Outcome.REFUSED],
        }

    def documents(self) -> dict[str, int]:
        """Return the number of documents found, and how many there are of each outcome."""
        rows = [row for row in self.ledger if row.document is not None]
        outcomes = Counter(row.outcome for row in rows)
        return {
            "found": len(rows),
            "published": outcomes[Outcome.PUBLISHED],
            "withheld": outcomes[Outcome.WITHHELD],
            "refused": outcomes[Outcome.REFUSED],
            "without_text": sum(row.without_text for row in rows if row.outcome is Outcome.PUBLISHED),
        }

    def summary(self) -> Summary:
        """Return what the next build tells again if nothing has changed."""
        return Summary(
            edition=self.edition,
            documents=self.documents()["published"],
            findings=count_by_severity(self.findings),
            written=self.pages.written,
            unchanged=self.pages.unchanged,
            removed=self.pages.removed,
            seconds=round(self.seconds["total"], 3),
        )

    def chunks(self) -> Iterator[str]:
        """Yield `report.json`, a row of the ledger at a time.

        `pages` and `seconds` stand last, where `unchanged.py` looks for them.
        """
        values = {
            "regesta": __version__,
            "edition": self.edition,
            "published": self.published,
            "sources": self.sources(),
            "documents": self.documents(),
            "ledger": self.ledger,
            "findings": count_by_severity(self.findings),
            "fidelity": asdict(self.proof.text),
            "fidelity_beside_text": asdict(self.proof.beside),
            "fidelity_entries": {"entries": self.entries.entries, **asdict(self.entries.fidelity)},
            "set_aside": dict(self.proof.set_aside),
            "removed_from_tei": dict(self.removed_from_tei),
            "pages": asdict(self.pages),
            "seconds": {name: round(seconds, 3) for name, seconds in self.seconds.items()},
        }
        before = "{"
        for key, value in values.items():
            yield f"{before}\n {_line(key)}: "
            yield from _rows(value) if isinstance(value, tuple) else [_indented(value, 1)]
            before = ","
        yield "\n}\n"


def findings_json(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield `findings.json`, which is also what `validate --format json` prints, a finding at a time."""
    yield f'{{\n "regesta": {_line(__version__)},\n "findings": ['
    for number, finding in enumerate(findings):
        yield ("," if number else "") + "\n  " + _indented(finding.to_json(), 2)
    yield "\n ]" if findings else "]"
    yield f',\n "summary": {_indented(count_by_severity(findings), 1)}\n}}\n'


def source_row(source: str, rows: Sequence[Row], schema: str | None) -> Row:
    """Return the row of a source with several documents: its outcome is the best of theirs."""
    best = min(rows, key=lambda row: list(Outcome).index(row.outcome))
    proofs = [row.proof for row in rows if row.proof]
    total = proofs[0] if len(proofs) == 1 else Proof.of_all(proofs)
    shown = best.outcome is Outcome.PUBLISHED
    return Row(source, None, best.outcome, best.page, schema, best.reason, total if shown else None)


def _row(row: Row) -> str:
    """Return a row of the ledger as JSON, put together here: there are tens of thousands, and much of them recurs."""
    text, beside = (None, None) if row.proof is None else (row.proof.text, row.proof.beside)
    return (
        f'{{"source": {_line(row.source)}, "document": {_line(row.document)}, "outcome": "{row.outcome.value}",'
        f' "page": {_line(row.page)}, "schema": {_again(row.schema)}, "reason": {_again(row.reason)},'
        f' "fidelity": {_figures(text)}, "fidelity_beside_text": {_figures(beside)}}}'
    )


@lru_cache(maxsize=1_000)
def _figures(fidelity: Fidelity | None) -> str:
    return _line(None if fidelity is None else as_dict(fidelity))


@lru_cache(maxsize=1_000)
def _again(value: str | None) -> str:
    return _line(value)


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows of the ledger as JSON, a line each."""
    yield "["
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n  {_row(row)}"
    yield "\n ]" if rows else "]"


def _indented(value: object, by: int) -> str:
    """Return a value as JSON that stands so far in."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * by)


def _line(value: object) -> str:
    return _ENCODER.encode(value)
