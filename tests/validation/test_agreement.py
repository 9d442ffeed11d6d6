"""The grammar check beside jing: the same verdicts, the first finding where the fault is, the right name suggested."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jing
import pytest
from mutants import MUTATIONS, Base, Mutant, can_be_base, mutants, vocabulary
from ours import Judge, suggestion

from regesta.findings import Finding

ALL = "tei-schema/tei_all.rng"
BASES = ("aozora-tei", "ehri-editions", "ministerratsprotokolle", "rusdracor", "yidracor")
LARGEST_BASE = 150_000
SEED = "mutants"

# A schema, and the folder that it judges; `None` is every folder.
SCHEMAS = (
    (ALL, None),
    ("ehri-editions/ODD/out/ODD_EHRI.rng", "ehri-editions"),
    ("ead3-samples/ead3.rng", "ead3-samples"),
    ("cmif/tei-corresp-sig/schema/cmi-customization.rng", "cmif"),
    ("tei-schema/tei_lite.rng", "tei-stylesheets-test"),
    ("tei-schema/tei_lite.rng", "tei-p5-test"),
    ("tei-schema/tei_simplePrint.rng", "aozora-tei"),
    ("tei-schema/tei_bare.rng", "tei-p5-test"),
    ("tei-schema/tei_minimal.rng", "ministerratsprotokolle"),
)
NOT_DOCUMENTS = {"xml-attacks-defusedxml"}  # to read them as jing does would reach for the network

_NO_DTD = "jing opens the DTD that the DOCTYPE names, which is not there; Regesta opens none"
DIFFERENCES = {
    f"tei-p5-test/{name}.xml": _NO_DTD
    for name in ("testTripReport", "testbare", "testcorpus", "testglobals1", "testminimal")
}


@dataclass(frozen=True)
class Trial:
    """A mutant, what jing says of it, and what Regesta says."""

    mutant: Mutant
    theirs: tuple[jing.Message, ...]
    ours: tuple[Finding, ...]

    @property
    def agree(self) -> bool:
        return bool(self.theirs) == bool(self.ours)

    def __str__(self) -> str:
        ours = [f"{each.line}:{each.column} {each.message} {each.hint}" for each in self.ours[:3]]
        theirs = [f"{each.line}:{each.column} {each.text[:200]}" for each in self.theirs[:3]]
        return f"{self.mutant.base}: {self.mutant.change} on {sorted(self.mutant.lines)}; jing {theirs}; ours {ours}"


@pytest.fixture(scope="module")
def judge(corpora: Path) -> Judge:
    return Judge(corpora / ALL)


@pytest.fixture(scope="module")
def bases(corpora: Path) -> Sequence[Base]:
    """Return the documents of the corpora that are valid against tei_all and of a size to make thousands of."""
    paths = [path for path in _documents(corpora, BASES) if path.stat().st_size <= LARGEST_BASE]
    verdicts = jing.judge(corpora / ALL, paths)
    texts = ((path, path.read_bytes().decode("utf-8")) for path in paths if not verdicts[path])
    return [Base(path.relative_to(corpora).as_posix(), text) for path, text in texts if can_be_base(text)]


def test_a_sample_of_mutants_has_the_same_verdicts(
    judge: Judge, bases: Sequence[Base], corpora: Path, tmp_path: Path
) -> None:
    trials = _tried(judge, bases, 120, corpora / ALL, tmp_path)
    assert len({bool(trial.theirs) for trial in trials}) == 2, "the sample has valid and invalid mutants"
    assert [str(trial) for trial in trials if not trial.agree] == []


def test_a_sample_of_the_corpora_has_the_same_verdicts(judge: Judge, corpora: Path) -> None:
    paths = [path for path in _documents(corpora, BASES) if path.stat().st_size <= LARGEST_BASE]
    paths += [path for path in _documents(corpora, ["frus-history", "cmif"]) if path.stat().st_size <= LARGEST_BASE]
    sample = random.Random(SEED).sample(paths, 40)  # noqa: S311 - a sample, not a secret
    verdicts = jing.judge(corpora / ALL, sample)
    assert len({bool(verdict) for verdict in verdicts.values()}) == 2, "the sample has valid and invalid documents"
    assert [path.name for path in sample if bool(verdicts[path]) != bool(judge.faults(path.read_bytes()))] == []


@pytest.mark.proof
def test_every_document_of_the_corpora_has_the_same_verdicts(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[tuple[str, ...]] = [("schema", "folder", "documents", "valid", "agree", "differ")]
    differences: set[str] = set()
    for schema, only in SCHEMAS:
        judge = Judge(corpora / schema)
        for folder in [only] if only else _folders(corpora):
            verdicts = jing.judge(corpora / schema, list(_documents(corpora, [folder])))
            differ = {path for path, said in verdicts.items() if bool(said) != bool(judge.faults(path.read_bytes()))}
            differences |= {path.relative_to(corpora).as_posix() for path in differ}
            counts = (
                len(verdicts),
                sum(not said for said in verdicts.values()),
                len(verdicts) - len(differ),
                len(differ),
            )
            rows.append((Path(schema).name, folder, *map(str, counts)))
    with capsys.disabled():
        print("\n" + _table(rows))
        print("\n".join(f"differs: {name}: {DIFFERENCES.get(name, 'unexplained')}" for name in sorted(differences)))
    assert differences == set(DIFFERENCES)


@pytest.mark.proof
def test_mutants_are_found_where_they_are(
    judge: Judge, bases: Sequence[Base], corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trials = _tried(judge, bases, 2_000, corpora / ALL, tmp_path)
    faulty = [trial for trial in trials if trial.theirs and trial.ours]
    misspelt = [trial for trial in faulty if trial.mutant.original]
    ours = _share(trial.ours[0].line in trial.mutant.lines for trial in faulty)
    theirs = _share(trial.theirs[0].line in trial.mutant.lines for trial in faulty)
    suggested = _share(suggestion(trial.ours[0]) == trial.mutant.original for trial in misspelt)
    with capsys.disabled():
        print("\n" + _table(_rows_by_kind(trials)))
        print(f"verdicts agree on {sum(trial.agree for trial in trials)} of {len(trials)} mutants")
        print(f"first finding on the mutated line: {ours:.1%} of {len(faulty)} faulty ones; jing {theirs:.1%}")
        print(f"first suggestion right: {suggested:.1%} of {len(misspelt)} misspelt names; jing suggests nothing")
    assert [str(trial) for trial in trials if not trial.agree] == []
    assert ours >= 0.97, "\n".join(str(trial) for trial in faulty if trial.ours[0].line not in trial.mutant.lines)
    assert suggested >= 0.95, "\n".join(
        str(trial) for trial in misspelt if suggestion(trial.ours[0]) != trial.mutant.original
    )


def _tried(judge: Judge, bases: Sequence[Base], count: int, schema: Path, folder: Path) -> list[Trial]:
    """Return `count` mutants of the documents with what both say of them."""
    made = list(mutants(bases, count, SEED, vocabulary(schema)))
    paths = [folder / f"{number:05}.xml" for number in range(count)]
    for path, mutant in zip(paths, made, strict=True):
        path.write_bytes(mutant.text.encode("utf-8"))
    said = jing.judge(schema, paths)
    return [
        Trial(mutant, said[path], tuple(judge.faults(path.read_bytes())))
        for path, mutant in zip(paths, made, strict=True)
    ]


def _rows_by_kind(trials: Sequence[Trial]) -> list[tuple[str, ...]]:
    """Return the figures of each kind of mutation; what is still valid counts in the first column only."""
    rows: list[tuple[str, ...]] = [
        ("mutation", "still valid", "faulty", "verdicts agree", "ours on the line", "jing's", "suggested")
    ]
    for kind in MUTATIONS:
        those = [trial for trial in trials if trial.mutant.kind == kind]
        faulty = [trial for trial in those if trial.theirs]
        found = Counter[str]()
        for trial in faulty:
            found["ours"] += bool(trial.ours) and trial.ours[0].line in trial.mutant.lines
            found["jing"] += trial.theirs[0].line in trial.mutant.lines
            found["name"] += bool(trial.ours) and suggestion(trial.ours[0]) == trial.mutant.original != ""
        suggested = str(found["name"]) if kind.startswith("misspelt") else ""
        counts = (
            len(those) - len(faulty),
            len(faulty),
            sum(trial.agree for trial in those),
            found["ours"],
            found["jing"],
        )
        rows.append((kind, *map(str, counts), suggested))
    return rows


def _folders(corpora: Path) -> list[str]:
    return sorted(each.name for each in corpora.iterdir() if each.is_dir() and each.name not in NOT_DOCUMENTS)


def _documents(corpora: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(
            path for path in (corpora / folder).rglob("*") if path.suffix in {".xml", ".odd", ".tei"} and path.is_file()
        )


def _share(hits: Iterable[bool]) -> float:
    each = list(hits)
    return sum(each) / len(each)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
