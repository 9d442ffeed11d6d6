"""Execution: work on single sources, in this process, in worker processes, or on a cluster, behind one interface.

An executor is opened once for a build and used by all its stages, so that workers start and compile once. All three
give the same results, in no particular order. Work that ends its worker, or that goes beyond a limit, is lost alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self, TypeVar

from regesta.errors import UsageError
from regesta.progress import Timings
from regesta.worker_pool import LIMITS, Limits, WorkerPool

FEW = 40
"""Up to so many sources one worker is enough: a second costs more than it saves."""

PROCESSES, SERIAL, CLUSTER = "processes", "serial", "dask://"
"""The names of executors; that of a cluster is followed by the address of its scheduler."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class Executor(AbstractContextManager["Executor"], Protocol):
    """Somewhere to have work done; `timings` tell what each task took, except on a cluster."""

    timings: Timings

    def start(self, count: int) -> None:
        """Start the workers that so many tasks will want, where there are any, before the tasks are known."""

    def prepare(self, *calls: Callable[[], object]) -> None:
        """Have the workers that were started make ready for what is to come, while others find out what that is.

        What the calls return or raise is passed over. They must be picklable.
        """

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        count: int,
    ) -> Iterator[Result]:
        """Yield `work(task)` for each of some `count` tasks, in no particular order; they are taken as they are needed.

        `lost(task, reason)` stands for a task that ended its worker twice, or went beyond a limit. What `work` raises
        is raised. `work`, tasks and results must be picklable.
        """
        ...


class Serial:
    """Work in this process, one task after the other, without limits."""

    def __init__(self) -> None:
        self.timings = Timings()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing."""

    def start(self, count: int) -> None:
        """Do nothing."""

    def prepare(self, *calls: Callable[[], object]) -> None:
        """Do nothing: all is made ready when it is needed."""

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        count: int,
    ) -> Iterator[Result]:
        """Yield `work(task)` for each task."""
        for task in tasks:
            start = time.monotonic()
            result = work(task)
            self.timings.add(task, time.monotonic() - start)
            yield result


def open_executor(
    name: str = PROCESSES, jobs: int | None = None, limits: Limits | None = None, *, watched: bool = False
) -> Executor:
    """Return the executor called `name`; one job means this process, None as many workers as suit the work.

    With `watched` one job means one worker, so that limits hold.
    Raises UsageError for a name that is none.
    """
    if name.startswith(CLUSTER):
        from regesta.cluster import Cluster  # noqa: PLC0415 - needs the extra that few install

        return Cluster(name.removeprefix(CLUSTER), limits or LIMITS)
    if name == SERIAL or (name == PROCESSES and jobs == 1 and not watched):
        return Serial()
    if name != PROCESSES:
        raise UsageError(
            f"There is no executor {name!r}.", "Name serial, processes, or dask:// with the address of a scheduler."
        )
    return WorkerPool(jobs, limits or LIMITS)


def default_jobs(count: int) -> int:
    """Return how many workers suit `count` tasks on this machine."""
    return 1 if count <= FEW else min(os.cpu_count() or 1, 61)
