"""Work spread over processes: all of it is done, and what ends a process is named."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from regesta import execution, workshop
from regesta.analysis import SourceAnalysis, SourceTask, Tools, analyse
from regesta.build import Options, build
from regesta.edition import open_edition
from regesta.errors import UsageError
from regesta.progress import Silent
from small_editions import tei, write


def double(number: int) -> int:
    return 2 * number


def moody(number: int) -> int:
    """Do what the number says: 7 dies, 8 is killed, 9 hangs, 10 fails; the others are doubled."""
    if number == 7:
        os._exit(99)
    if number == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 9:
        time.sleep(600)
    if number == 10:
        raise UsageError("ten", "never ten")
    return double(number)


def lost(number: int) -> int:
    return -number


def dying_analysis(task: SourceTask, tools: Tools) -> SourceAnalysis:
    """Analyse a source as always, but end the process for one that says so."""
    if b"KILL" in task.data:
        os._exit(99)
    return analyse(task, tools)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_done_once(jobs: int) -> None:
    assert sorted(execution.run(double, range(50), lost, jobs=jobs)) == [2 * number for number in range(50)]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> object:
        for number in range(100):
            taken.append(number)
            yield number

    results = execution.run(double, tasks(), lost, jobs=2)  # type: ignore[arg-type]
    next(results)
    assert len(taken) < 20
    results.close()  # type: ignore[attr-defined]


def test_what_ends_its_process_is_lost_alone() -> None:
    found = sorted(execution.run(moody, [1, 2, 3, 7, 4, 5, 8, 6], lost, jobs=2))
    assert found == [-8, -7, 2, 4, 6, 8, 10, 12]


def test_what_hangs_is_ended_and_lost() -> None:
    assert list(execution.run(moody, [9], lost, jobs=2, deadline=1.0)) == [-9]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_tool_comes_through_whole(jobs: int) -> None:
    with pytest.raises(UsageError) as raised:
        list(execution.run(moody, [1, 10], lost, jobs=jobs))
    assert (raised.value.message, raised.value.remedy, raised.value.exit_status) == ("ten", "never ten", 2)


def test_few_sources_need_no_processes() -> None:
    assert execution.default_jobs(execution.FEW) == 1
    assert 1 <= execution.default_jobs(10_000) <= 61


def test_a_source_that_ends_its_worker_is_refused_and_the_rest_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "analyse", dying_analysis)
    write(tmp_path, {"tei/a.xml": tei(), "tei/b.xml": tei("<p>KILL</p>"), "tei/c.xml": tei()})
    report = build(open_edition(tmp_path, None, tmp_path / "build"), Options(jobs=2), Silent())
    outcomes = {row.source: row.outcome.value for row in report.ledger if row.document is None}
    assert outcomes == {"a.xml": "published", "b.xml": "refused", "c.xml": "published"}
    (found,) = [found for found in report.findings if found.rule == "source-ends-worker"]
    assert found.path.endswith("b.xml")
