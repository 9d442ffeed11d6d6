"""Worker pool: processes of our own that work on tasks and are watched while they do.

Each worker is a new interpreter (never a fork: Saxon does not survive one) with one pipe. It gets a few tasks at a time
and answers each by itself, so it is known at any moment on which task it is: when it dies or goes beyond a limit, that
task is tried once more in a new worker, or given up, and nothing else is lost.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar

from regesta.errors import WorkerError
from regesta.progress import Timings
from regesta.worker import FAILED, READY, serve

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Limits:
    """What one task may take: seconds, and megabytes of its worker's memory (watched on Linux only)."""

    seconds: float = 120.0
    megabytes: int = 3_000


LIMITS = Limits()
"""The limits of a build: far beyond any real document."""

_FEW = 40
_MOST_JOBS = 61
_BATCH = 16
_TICK = 0.25
_SECONDS_TO_START = 120.0
_RENEWED_AFTER = 20_000
"""After so many tasks a worker is replaced: each leaks a little memory in Saxon."""

_COMMAND = "import sys; sys.path[:] = {path!r}; from regesta.worker import main; main({descriptor}, {modules!r})"
_MODULES = ("regesta.page_making", "regesta.index_making", "regesta.search.batches", "snowballstemmer")
"""What a worker loads while it waits for its first work: this takes longer than most of that."""


@dataclass
class _Worker:
    """A worker process, the tasks it has got and not yet answered, and since when it has been on the first of them."""

    connection: Connection
    process: subprocess.Popen[bytes] | BaseProcess
    tasks: deque[Any] = field(default_factory=deque)
    since: float = 0.0
    work: object = None
    done: int = 0
    ready: bool = False

    def give(self, work: object, tasks: list[Any]) -> None:
        """Hand over tasks. Raises OSError when the worker is gone."""
        self.tasks, self.since = deque(tasks), time.monotonic()
        new = None if work is self.work else work
        self.ready = new is None
        self._send(new, tasks, ())
        self.work = work

    def prepare(self, calls: tuple[Callable[[], object], ...]) -> None:
        """Have it make ready for tasks to come."""
        with suppress(OSError):  # It is gone; that shows when it is listened to.
            self._send(None, [], calls)

    def _send(self, work: object, tasks: list[Any], calls: tuple[Callable[[], object], ...]) -> None:
        self.connection.send_bytes(pickle.dumps((work, tasks, calls), protocol=pickle.HIGHEST_PROTOCOL))

    def receive(self) -> tuple[str, Any]:
        """Return the next answer. Raises EOFError, OSError when the worker is gone."""
        answer: tuple[str, Any] = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - our own worker wrote it
        return answer

    def megabytes(self) -> int:
        """Return how much memory the worker has in use; 0 where that cannot be known."""
        try:
            with open(f"/proc/{self.process.pid}/statm", "rb") as file:  # noqa: PTH123 - a file of the system, read often
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
        except (OSError, ValueError, IndexError, AttributeError):
            return 0

    def end(self) -> None:
        """End the worker, also one that hangs."""
        self.connection.close()
        with suppress(OSError):
            self.process.kill()
        self.process.wait() if isinstance(self.process, subprocess.Popen) else self.process.join()


class WorkerPool:
    """Workers of one build: `jobs`, or (None) as many as suit the work and the machine; they start when needed.

    `timings` tell what each task took.
    """

    def __init__(self, jobs: int | None, limits: Limits = LIMITS) -> None:
        self._jobs = jobs
        self.timings = Timings()
        self._limits = limits
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        while self._workers:
            self._workers.pop().end()

    def start(self, count: int) -> None:
        """Start the workers that so many tasks will want: they load what they need while others find out the tasks."""
        while len(self._workers) < self._wanted(count):
            self._workers.append(_started())

    def prepare(self, *calls: Callable[[], object]) -> None:
        """Have the workers there are call these before their next task (see `execution.Executor`)."""
        for worker in self._workers:
            worker.prepare(calls)

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        count: int,
    ) -> Iterator[Result]:
        """Yield `work(task)` for each of some `count` tasks (see `execution.Executor`)."""
        wanted = self._wanted(count)
        round_ = _Round(iter(tasks), lost, count, wanted)
        try:
            yield from self._run(work, round_, wanted)
        finally:
            if any(worker.tasks for worker in self._workers):
                self.close()  # Somebody stopped listening: what is under way is for nobody.

    def _run(self, work: object, round_: _Round, wanted: int) -> Iterator[Any]:
        while True:
            self._hand_out(work, round_, wanted)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            for worker in busy:
                yield from self._watch(worker, round_)
            busy = [worker for worker in self._workers if worker.tasks]
            answering = wait([worker.connection for worker in busy], timeout=_TICK)
            for worker in (each for each in busy if each.connection in answering):
                answers = list(self._listen(worker, round_))
                self._hand_out(work, round_, wanted)  # first: nobody waits while somebody takes in the answers
                yield from answers

    def _hand_out(self, work: object, round_: _Round, wanted: int) -> None:
        """Give every idle worker something to do, starting as many as are wanted."""
        while True:
            worker = next((each for each in self._workers if not each.tasks), None)
            if worker is None and len(self._workers) >= wanted:
                return
            batch = round_.take()
            if not batch:
                return
            if worker is not None and self._is_worn(worker):
                self._drop(worker)
                worker = None
            if worker is None:
                worker = _started()
                self._workers.append(worker)
            with suppress(OSError):  # It is gone; that shows when it is listened to.
                worker.give(work, batch)

    def _listen(self, worker: _Worker, round_: _Round) -> Iterator[Any]:
        """Take an answer of a worker; when it has died, find out what was under way."""
        try:
            kind, value = worker.receive()
        except (EOFError, OSError):
            self._drop(worker)
            yield from round_.died(worker)
            return
        if kind == READY:
            worker.ready, worker.since = True, time.monotonic()
        elif kind == FAILED:
            raise value
        else:
            result, seconds = value
            self.timings.add(worker.tasks.popleft(), seconds)
            worker.since = time.monotonic()
            worker.done += 1
            yield result

    def _watch(self, worker: _Worker, round_: _Round) -> Iterator[Any]:
        """End a worker whose task goes beyond a limit."""
        now = time.monotonic()
        if now < worker.since + _TICK or worker.connection.poll():
            return
        reason = ""
        if now > worker.since + (self._limits.seconds if worker.ready else _SECONDS_TO_START):
            reason = f"it went on for more than {self._limits.seconds:.0f} seconds"
        elif worker.megabytes() > self._limits.megabytes:
            reason = f"it took more than {self._limits.megabytes:,} MB of memory"
        if reason:
            self._drop(worker)
            yield from round_.died(worker, reason)

    def _is_worn(self, worker: _Worker) -> bool:
        """Tell whether a worker should be replaced, lest it be another's memory that ends a task."""
        return worker.done > _RENEWED_AFTER or worker.megabytes() > self._limits.megabytes // 2

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _wanted(self, count: int) -> int:
        most = self._jobs or (1 if count <= _FEW else min(os.cpu_count() or 1, _MOST_JOBS))
        return max(1, min(most, count))


class _Round:
    """The tasks of one run, some `count` for so many workers: those to come, and those whose worker died."""

    def __init__(self, tasks: Iterator[Any], lost: Callable[[Any, str], Any], count: int, workers: int) -> None:
        self.starts = 0
        self._tasks = tasks
        self._lost = lost
        self._left = count
        self._workers = workers
        self._again: deque[list[Any]] = deque()
        self._suspects: list[Any] = []

    def take(self) -> list[Any]:
        """Return the next tasks for a worker, nothing at the end: fewer when few are left, so that all end together."""
        if self._again:
            return self._again.popleft()
        size = max(1, min(_BATCH, self._left // (4 * self._workers)))
        self._left -= size
        return list(islice(self._tasks, size))

    def died(self, worker: _Worker, reason: str = "") -> Iterator[Any]:
        """Give up the task on which the worker was, or have it tried once more; have the others done by another.

        A worker that dies before it has loaded its work says nothing of the task. Raises WorkerError when three do.
        """
        if not worker.ready and not reason:
            self.starts += 1
            self._again.append(list(worker.tasks))
            worker.tasks.clear()
        if self.starts > 2:
            raise WorkerError(
                "Worker processes end before they have begun to work.",
                "Build with --executor serial, which needs none, and see whether there is memory enough.",
            )
        if not worker.tasks:
            return
        culprit, *others = worker.tasks
        if others:
            self._again.append(others)
        if reason or any(culprit is each for each in self._suspects):
            yield self._lost(culprit, reason or "it ended its process")
        else:
            self._suspects.append(culprit)
            self._again.append([culprit])


def _started() -> _Worker:
    """Return a new worker."""
    ours, theirs = Pipe()
    process: subprocess.Popen[bytes] | BaseProcess
    if os.name == "nt":
        process = get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
        process.start()
    else:
        descriptor = theirs.fileno()
        command = [sys.executable, "-c", _COMMAND.format(path=sys.path, descriptor=descriptor, modules=_MODULES)]
        process = subprocess.Popen(command, pass_fds=[descriptor], stdin=subprocess.DEVNULL)  # noqa: S603 - ourselves
    theirs.close()
    return _Worker(ours, process)
