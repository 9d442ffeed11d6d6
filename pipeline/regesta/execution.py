"""Execution: per-source work in this process or in worker processes, behind one function.

Workers are spawned, never forked, and each has one Saxon in its main thread. When a worker dies, or nothing
comes back in time, the pool is made anew and the sources that were under way are tried one by one, so that the
culprit is named and everything else is done.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

DEADLINE = 300.0
"""Seconds that one source may take; far beyond any real document."""

FEW = 40
"""Up to so many sources are worked on in this process: a pool costs more than it saves."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def default_jobs(count: int) -> int:
    """Return how many processes suit `count` sources on this machine."""
    return 1 if count <= FEW else min(os.cpu_count() or 1, 61)


def run(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    lost: Callable[[Task], Result],
    *,
    jobs: int,
    deadline: float = DEADLINE,
) -> Iterator[Result]:
    """Yield `work(task)` for every task, in no particular order; with one job, in this process.

    `lost(task)` stands for a task that ended its worker twice or that took longer than `deadline` seconds.
    `work` and the tasks must be picklable.
    """
    if jobs <= 1:
        yield from map(work, tasks)
        return
    pool = _Pool(work, jobs, deadline)
    try:
        yield from pool.run(iter(tasks), lost)
    finally:
        pool.close()


@dataclass
class _Pool(Generic[Task, Result]):
    work: Callable[[Task], Result]
    jobs: int
    deadline: float
    executor: ProcessPoolExecutor | None = None

    def run(self, tasks: Iterator[Task], lost: Callable[[Task], Result]) -> Iterator[Result]:
        """Keep the workers busy; after an accident find its culprit, then go on."""
        under_way: dict[Future[Result], Task] = {}
        exhausted = False
        while under_way or not exhausted:
            while not exhausted and len(under_way) < 2 * self.jobs:
                task = next(tasks, _END)
                if isinstance(task, _End):
                    exhausted = True
                    break
                under_way[self._submit(task)] = task
            if not under_way:
                break
            done, _pending = wait(under_way, timeout=self.deadline, return_when=FIRST_COMPLETED)
            if not done or any(isinstance(each.exception(), BrokenProcessPool) for each in done):
                suspects = list(under_way.items())
                under_way = {}
                yield from self._one_by_one(suspects, lost)
                continue
            for each in done:
                under_way.pop(each)
                yield each.result()

    def _one_by_one(
        self, suspects: list[tuple[Future[Result], Task]], lost: Callable[[Task], Result]
    ) -> Iterator[Result]:
        """Finish what was under way when a worker died or hung, one task at a time."""
        finished = [(future, task) for future, task in suspects if _is_sound(future)]
        for future, _task in finished:
            yield future.result()
        self.close()
        for future, task in suspects:
            if (future, task) in finished:
                continue
            again = self._submit(task)
            done, _pending = wait([again], timeout=self.deadline)
            if done and _is_sound(again):
                yield again.result()
            else:
                self.close()
                yield lost(task)

    def _submit(self, task: Task) -> Future[Result]:
        if self.executor is None:
            context = multiprocessing.get_context("spawn")
            self.executor = ProcessPoolExecutor(self.jobs, mp_context=context)
        return self.executor.submit(self.work, task)

    def close(self) -> None:
        """End the workers, also those that hang."""
        if self.executor is None:
            return
        workers = list((getattr(self.executor, "_processes", None) or {}).values())
        self.executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join()
        self.executor = None


class _End:
    """What `next` gives when there are no more tasks."""


_END = _End()


def _is_sound(future: Future[Result]) -> bool:
    """Return whether the task came to an end of its own: a result, or an exception that is a fault of the tool."""
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)
