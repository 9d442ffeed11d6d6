"""Work spread over processes: all of it is done, and what ends a process is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from regesta import execution, worker_pool, workshop
from regesta.analysis import SourceAnalysis, SourceTask, Tools, analyse
from regesta.build import Options, build
from regesta.cli import main
from regesta.edition import open_edition
from regesta.errors import UsageError, WorkerError
from regesta.progress import Silent
from regesta.worker_pool import LIMITS, Limits
from small_editions import TITLED, tei, write


def double(number: int) -> int:
    return 2 * number


def moody(number: int) -> int:
    """Do what the number says: 7 dies, 8 is killed, 9 hangs, 10 fails, 11 eats memory; the others are doubled."""
    if number == 7:
        os._exit(99)
    if number == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 9:
        time.sleep(600)
    if number == 11:
        hoard = [bytearray(b"x") * (1 << 20) for _ in range(600)]
        time.sleep(600)
        return len(hoard)
    if number == 10:
        raise UsageError("ten", "never ten")
    return double(number)


def lost(number: int, reason: str) -> int:
    return -number


def done(
    work: Callable[[int], int], tasks: Iterable[int], jobs: int = 2, limits: Limits = LIMITS, count: int = 50
) -> list[int]:
    """Return what comes of the tasks, sorted."""
    with execution.open_executor(jobs=jobs, limits=limits) as executor:
        return sorted(executor.run(work, tasks, lost, count))


def once_killed(number: int, folder: str) -> int:
    """Double the number; every tenth is killed at its first attempt."""
    trace = Path(folder, str(number))
    if number % 10 == 3 and not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return double(number)


def endless(_number: int, folder: str) -> int:
    """Leave word of this process, and never end."""
    Path(folder, str(os.getpid())).touch()
    while True:
        time.sleep(1)


def process(_number: int) -> int:
    """Return the number of this process."""
    time.sleep(0.02)
    return os.getpid()


_READY: list[str] = []


def make_ready() -> None:
    _READY.append("ready")


def refuse() -> None:
    raise UsageError("No.", "Never.")


def times_made_ready(_number: int) -> int:
    """Return how often this process was made ready."""
    time.sleep(0.02)
    return len(_READY)


def dying_analysis(task: SourceTask, tools: Tools) -> SourceAnalysis:
    """Analyse a source as always, but end the process for one that says so."""
    if b"KILL" in task.data:
        os._exit(99)
    return analyse(task, tools)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_done_once(jobs: int) -> None:
    assert done(double, range(50), jobs) == [2 * number for number in range(50)]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with execution.open_executor(jobs=2) as executor:
        results = executor.run(double, tasks(), lost, 100)
        next(results)
        assert len(taken) < 30


def test_workers_make_ready_before_their_first_task() -> None:
    with execution.open_executor(jobs=2) as executor:
        executor.start(50)
        executor.prepare(refuse, make_ready)
        assert set(executor.run(times_made_ready, range(50), lost, 50)) == {1}


def test_what_ends_its_process_is_lost_alone() -> None:
    assert done(moody, [1, 2, 3, 7, 4, 5, 8, 6]) == [-8, -7, 2, 4, 6, 8, 10, 12]


def test_what_hangs_is_ended_and_lost() -> None:
    assert done(moody, [1, 9, 2, 3], limits=Limits(seconds=3.0)) == [-9, 2, 4, 6]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is watched on Linux only")
def test_what_eats_memory_is_ended_and_lost() -> None:
    assert done(moody, [1, 11, 2, 3], limits=Limits(megabytes=300)) == [-11, 2, 4, 6]


def test_a_worker_that_is_killed_by_accident_loses_nothing(tmp_path: Path) -> None:
    """A task ends its process the first time that it is worked on, as when the system wants memory back."""
    assert done(partial(once_killed, folder=str(tmp_path)), range(40)) == [2 * number for number in range(40)]
    assert len(list(tmp_path.iterdir())) == 4


def test_workers_stay_for_the_next_work() -> None:
    with execution.open_executor(jobs=2) as executor:
        first = set(executor.run(process, range(20), lost, 20))
        assert set(executor.run(process, range(20), lost, 20)) == first
        assert os.getpid() not in first


def test_a_worker_that_dies_while_it_starts_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first two workers end before they have loaded anything."""
    marks = [str(tmp_path / str(n)) for n in range(2)]
    dying = f"import os; [(open(m, 'x').close(), os._exit(1)) for m in {marks!r} if not os.path.exists(m)]; "
    monkeypatch.setattr("regesta.worker_pool._COMMAND", dying + worker_pool._COMMAND)
    with worker_pool.WorkerPool(1) as pool:
        assert sorted(pool.run(double, range(1, 4), lost, 3)) == [2, 4, 6]
    assert len(list(tmp_path.iterdir())) == 2


def test_workers_that_do_not_start_are_a_fault_of_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regesta.worker_pool._COMMAND", "raise SystemExit(1)")
    with pytest.raises(WorkerError, match="before they have begun"):
        done(double, range(50))


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """Kill the parent in the midst of a task that would never end."""
    code = (
        "from test_execution import *\n"
        "with execution.open_executor(jobs=2) as executor:\n"
        f"    list(executor.run(partial(endless, folder={str(tmp_path)!r}), range(4), lost, 4))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as parent:
        wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
        parent.kill()
    for path in tmp_path.iterdir():
        wait_for(partial(is_gone, int(path.name)))


def wait_for(condition: Callable[[], bool]) -> None:
    """Return when the condition holds; fail after half a minute."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it never came to that")


def is_gone(pid: int) -> bool:
    """Tell whether there is no such process, or only its remains."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_tool_comes_through_whole(jobs: int) -> None:
    with pytest.raises(UsageError) as raised:
        done(moody, [1, 10], jobs)
    assert (raised.value.message, raised.value.remedy, raised.value.exit_status) == ("ten", "never ten", 2)


def test_one_watched_job_has_limits_too() -> None:
    with execution.open_executor(jobs=1, limits=Limits(seconds=1.0), watched=True) as executor:
        tasks = [SimpleNamespace(name=f"{n}.xml", seconds=60.0 if n == 2 else 0.0) for n in range(4)]
        assert sorted(executor.run(slow, tasks, given_up, len(tasks))) == [-1.0, 0.0, 0.0, 0.0]
    assert isinstance(execution.open_executor(jobs=1), execution.Serial)


def given_up(task: SimpleNamespace, reason: str) -> float:
    assert (task.name, "1 seconds" in reason) == ("2.xml", True)
    return -1.0


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_took_longest_is_known(jobs: int) -> None:
    tasks = [SimpleNamespace(name=f"{n}.xml", seconds=0.3 if n == 7 else 0.0) for n in range(12)]
    with execution.open_executor(jobs=jobs) as executor:
        list(executor.run(slow, tasks, no_matter, len(tasks)))
    (first, seconds), second = executor.timings.slowest(2)
    assert (first, seconds >= 0.3, second[1] < 0.3) == ("7.xml", True, True)
    assert len(executor.timings.slowest(50)) == 12


def slow(task: SimpleNamespace) -> float:
    time.sleep(task.seconds)
    return float(task.seconds)


def no_matter(task: SimpleNamespace, reason: str) -> float:
    raise AssertionError(reason)


def test_a_profile_shows_stages_and_what_took_longest(tmp_path: Path) -> None:
    write(tmp_path, {"edition.toml": TITLED, **{f"tei/{n}.xml": tei(f"<p>{n}</p>") for n in range(12)}})
    done = CliRunner().invoke(main, ["build", "--edition", str(tmp_path), "--executor", "serial", "--profile"])
    told = done.output.partition("Where the time went")[2]
    assert all(f"\n  {stage} " in told for stage in ("analyse", "render", "index", "search", "publish", "the rest"))
    assert len(told.partition("What took longest")[2].strip().splitlines()) == 10
