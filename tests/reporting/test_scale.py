"""A hundred thousand findings: each format in bounded memory and time."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from samples import many

from regesta.reporting import Format, Layout, baseline, report
from regesta.reporting.results import Results

COUNT = 100_000
SECONDS = 20.0  # ten times what the slowest takes on two shared cores
MEGABYTES = 60.0


@pytest.fixture(scope="module")
def results() -> Results:
    return Results(list(many(COUNT)))


@pytest.mark.proof
@pytest.mark.parametrize(("style", "most"), [*((style, None) for style in Format), (Format.TEXT, 0), (Format.HTML, 0)])
def test_a_hundred_thousand_findings(results: Results, style: Format, most: int | None) -> None:
    start = time.perf_counter()
    size = sum(map(len, report(results, Layout(style, most=most))))
    seconds = time.perf_counter() - start
    tracemalloc.start()
    for _ in report(results, Layout(style, most=most)):
        pass
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"{style.value}: {size / 1e6:.1f} MB in {seconds:.1f} s, {peak:.1f} MB of memory")
    assert seconds < SECONDS
    assert peak < MEGABYTES


@pytest.mark.proof
def test_a_baseline_of_a_hundred_thousand(results: Results, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    start = time.perf_counter()
    file.write_text("".join(baseline.chunks(results.findings, file)), encoding="utf-8")
    found = baseline.compare(results.findings, file)
    seconds = time.perf_counter() - start
    print(f"baseline: {file.stat().st_size / 1e6:.1f} MB, written and compared in {seconds:.1f} s")
    assert found.findings == ()
    assert seconds < SECONDS
