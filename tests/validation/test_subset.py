"""What is valid by Regesta's own grammar is valid TEI: random documents of it, and what becomes of them by mutation."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import jing
import pytest
from lxml import etree
from mutants import Base, can_be_base, mutants, vocabulary
from ours import Judge
from random_documents import Coverage, Generator

ALL = "tei-schema/tei_all.rng"
SEED = "subset"


@pytest.fixture(scope="module")
def grammar(repository: Path) -> Path:
    return repository / "schema" / "regesta.rng"


def test_a_sample_of_random_documents_is_valid_tei(grammar: Path, corpora: Path, tmp_path: Path) -> None:
    paths, coverage = _written(grammar, tmp_path, 60)
    assert _refused(corpora / ALL, paths) == []
    assert _refused(grammar, paths) == [], "the generator makes what the grammar allows"
    met, there = coverage.share(1)
    assert met / there > 0.9


def test_a_sample_of_mutants_that_tei_refuses_is_refused(
    grammar: Path, corpora: Path, repository: Path, tmp_path: Path
) -> None:
    assert _compared(grammar, corpora / ALL, _bases(grammar, repository, 20, tmp_path), 150, tmp_path)["escaped"] == 0


def test_the_generator_would_show_a_grammar_that_is_no_subset(corpora: Path, repository: Path, tmp_path: Path) -> None:
    """A paragraph among the names of a paragraph is wider than TEI."""
    root = etree.parse(repository / "schema" / "regesta.rng").getroot()
    rng = "{http://relaxng.org/ns/structure/1.0}"
    choice = next(each for each in root.iter(f"{rng}define") if each.get("name") == "words.name-element")[0]
    etree.SubElement(choice, f"{rng}ref", name="p")
    wide = tmp_path / "wide.rng"
    wide.write_bytes(etree.tostring(root))
    paths, _coverage = _written(wide, tmp_path, 20)
    assert _refused(corpora / ALL, paths) != []


@pytest.mark.proof
def test_five_thousand_random_documents_are_valid_tei(
    grammar: Path, corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, coverage = _written(grammar, tmp_path, 5_000)
    refused = _refused(corpora / ALL, paths)
    shares = [coverage.share(length) for length in (1, 2, 3)]
    with capsys.disabled():
        kinds = ("elements", "attributes of elements", "listed values")
        print(f"\nrandom documents: {len(paths)}, valid against tei_all: {len(paths) - len(refused)}")
        print("met of " + ", ".join(f"{kind}: {met}/{there}" for kind, (met, there) in zip(kinds, shares, strict=True)))
        print(f"never met: {coverage.missing()}")
    assert refused == []
    assert all(met / there > 0.99 for met, there in shares)


@pytest.mark.proof
def test_what_tei_refuses_is_refused(
    grammar: Path, corpora: Path, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _compared(grammar, corpora / ALL, _bases(grammar, repository, 300, tmp_path), 5_000, tmp_path)
    with capsys.disabled():
        print(f"\nmutants: {found}")
    assert found["escaped"] == 0
    assert found["refused by tei_all"] > 1_000
    assert found["valid in both"] > 100


def _written(grammar: Path, folder: Path, count: int) -> tuple[list[Path], Coverage]:
    """Write `count` random documents of the grammar into the folder; return them and what they cover."""
    generator = Generator(grammar, SEED)
    paths = [folder / f"random-{number:05}.xml" for number in range(count)]
    for path in paths:
        path.write_bytes(etree.tostring(generator.document(), encoding="utf-8"))
    return paths, generator.coverage


def _refused(schema: Path, paths: Sequence[Path]) -> list[str]:
    return [f"{path.name}: {said[0].text[:300]}" for path, said in jing.judge(schema, paths).items() if said]


def _bases(grammar: Path, repository: Path, count: int, folder: Path) -> list[Base]:
    """Return documents to make mutants of: random ones, and as many of the repository's own edition."""
    own = sorted((repository / "tei").rglob("*.xml"))
    chosen = random.Random(SEED).sample(own, min(count, len(own)))  # noqa: S311 - a sample, not a secret
    texts = {path.name: path.read_text(encoding="utf-8") for path in [*_written(grammar, folder, count)[0], *chosen]}
    return [Base(name, text) for name, text in texts.items() if can_be_base(text)]


def _compared(grammar: Path, schema: Path, bases: Sequence[Base], count: int, folder: Path) -> dict[str, int]:
    """Return what became of `count` mutants: `escaped` are those that TEI refuses and our grammar does not."""
    made = list(mutants(bases, count, SEED, vocabulary(schema)))
    paths = [folder / f"mutant-{number:05}.xml" for number in range(count)]
    for path, mutant in zip(paths, made, strict=True):
        path.write_bytes(mutant.text.encode("utf-8"))
    theirs = jing.judge(schema, paths)
    judge = Judge(grammar)
    ours = {path: bool(judge.faults(path.read_bytes())) for path in paths}
    return {
        "made": count,
        "refused by tei_all": sum(bool(said) for said in theirs.values()),
        "refused by Regesta": sum(ours.values()),
        "valid in both": sum(not ours[path] and not theirs[path] for path in paths),
        "escaped": sum(bool(theirs[path]) and not ours[path] for path in paths),
    }
