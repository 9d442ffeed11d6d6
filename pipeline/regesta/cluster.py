"""Cluster: work on an existing Dask cluster (extra `[cluster]`), whose workers have Regesta and no disk of ours.

Work travels with its files (`luggage`), tasks and results as bytes. There it is done by a worker pool of one, so that
the limits and the isolation are those of a build at home. Dask gives the tasks of a lost worker to another.
"""

from __future__ import annotations

import contextlib
import pickle
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from regesta import digests, luggage
from regesta.errors import UsageError, WorkerError
from regesta.progress import Timings
from regesta.worker_pool import Limits, WorkerPool

Task = TypeVar("Task")
Result = TypeVar("Result")

_BATCH = 16
_AHEAD = 3
"""So many batches a thread of the cluster are under way at a time."""

_SECONDS_TO_CONNECT = 15
_here = threading.local()


@dataclass(frozen=True)
class _Lost:
    """What stands for a task that was given up, with the reason."""

    reason: str


class Cluster:
    """The workers of the Dask cluster whose scheduler has this address (HOST:PORT), as a context manager.

    Entering raises UsageError when the library is missing or nobody answers.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        self._address = address
        self._limits = limits
        self.timings = Timings()
        self._client: Any = None  # a distributed.Client; the library has no types

    def __enter__(self) -> Self:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
        except ImportError:
            raise UsageError(
                "Work on a cluster needs the library distributed.", 'Install it with pip install "regesta[cluster]".'
            ) from None
        try:
            self._client = Client(f"tcp://{self._address}", timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {self._address}: {error}.", "Start one, or check the address."
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError, TimeoutError):
                self._client.close()

    def start(self, count: int) -> None:
        """Do nothing: the cluster's workers are there already."""

    def prepare(self, *calls: Callable[[], object]) -> None:
        """Do nothing: they make all ready when they need it."""

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        count: int,
    ) -> Iterator[Result]:
        """Yield `work(task)` for each task (see `execution.Executor`)."""
        from distributed import as_completed  # noqa: PLC0415 - as above

        client = self._connected()
        parcel = luggage.pack(work)
        pending = iter(tasks)
        under_way: dict[str, list[Task]] = {}
        finished: Any = as_completed([], loop=client.loop, raise_errors=False)

        def send() -> None:
            batch = list(islice(pending, _BATCH))
            if batch:
                data = pickle.dumps(batch, protocol=pickle.HIGHEST_PROTOCOL)
                future = client.submit(work_there, parcel, data, digests.product(), self._limits, pure=False)
                under_way[future.key] = batch
                finished.add(future)

        for _ in range(_AHEAD * max(1, sum(client.nthreads().values()))):
            send()
        for future in finished:
            batch = under_way.pop(future.key)
            yield from _results(future, batch, lost)
            send()

    def _connected(self) -> Any:
        if self._client is None:
            raise WorkerError("The cluster was not entered.", "Please report this fault.")
        return self._client


def work_there(parcel: bytes, data: bytes, product: str, limits: Limits) -> bytes:
    """Return the results of the tasks in `data`, in their order; this runs on a worker of the cluster.

    Raises WorkerError when Regesta there is another than `product`, lest the bytes differ.
    """
    if digests.product() != product:
        raise WorkerError(
            "A worker of the cluster has another Regesta, Python or library than this machine.",
            "Install the same there: regesta and the packages of its requirements.lock.",
        )
    tasks = pickle.loads(data)  # noqa: S301 - our own build wrote it
    numbered = list(enumerate(tasks))
    pool = _pool(limits)
    results: dict[int, Any] = dict(pool.run(_Numbered(_unpacked(parcel)), numbered, _given_up, len(tasks)))
    return pickle.dumps([results[number] for number in range(len(tasks))], protocol=pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True)
class _Numbered:
    """Work whose results keep the number of their task."""

    work: Callable[[Any], Any]

    def __call__(self, task: tuple[int, Any]) -> tuple[int, Any]:
        return task[0], self.work(task[1])


def _given_up(task: tuple[int, Any], reason: str) -> tuple[int, Any]:
    return task[0], _Lost(reason)


def _results(future: Any, batch: list[Any], lost: Callable[[Any, str], Any]) -> Iterator[Any]:
    if future.status == "error":
        error = future.exception()
        if type(error).__name__ != "KilledWorker":
            raise error
        yield from (lost(task, "workers of the cluster ended with it") for task in batch)
        return
    for task, result in zip(batch, pickle.loads(future.result()), strict=True):  # noqa: S301 - our own work there
        yield lost(task, result.reason) if isinstance(result, _Lost) else result


def _pool(limits: Limits) -> WorkerPool:
    """Return the pool of this thread: it is used for one batch after another."""
    if getattr(_here, "limits", None) != limits:
        _here.pool, _here.limits = WorkerPool(1, limits), limits
    pool: WorkerPool = _here.pool
    return pool


@lru_cache(maxsize=8)
def _unpacked(parcel: bytes) -> Callable[[Any], Any]:
    """Return the work in the parcel, its files put into a temporary folder that goes with this process."""
    folder = tempfile.TemporaryDirectory(prefix="regesta-")
    _folders.append(folder)

    def write(name: str, data: bytes) -> Path:
        path = Path(folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return luggage.unpack(parcel, write)


_folders: list[tempfile.TemporaryDirectory[str]] = []
