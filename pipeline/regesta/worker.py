"""Worker: what a worker process does, task after task, until whoever started it is gone."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import pickle
import signal
import sys
import time
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

READY, DONE, FAILED = "ready", "done", "failed"
"""The kinds of a worker's answers: it has loaded its work; the result of a task, with its seconds; what was raised."""

_COLLECTED_AFTER = 500
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, linux/prctl.h


def main(descriptor: int, modules: tuple[str, ...]) -> None:
    """Load modules, then work for whoever holds the other end of the pipe with this descriptor."""
    for module in modules:
        import_module(module)
    serve(Connection(descriptor))


def serve(connection: Connection) -> None:
    """Work for whoever holds the other end; return when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    # There are next to no cycles in what the work makes, and looking for them takes a tenth of the time.
    gc.disable()
    work: Any = None
    done = 0
    with contextlib.suppress(EOFError, OSError):
        while True:
            new, tasks, calls = pickle.loads(connection.recv_bytes())  # noqa: S301 - our own build wrote it
            for call in calls:
                with contextlib.suppress(Exception):  # Whoever needs what it makes will meet it again.
                    call()
            if new is not None:
                work = new
                _answer(connection, READY, None)
            for task in tasks:
                start = time.monotonic()
                try:
                    result = work(task)
                except Exception as error:
                    _answer(connection, FAILED, error)
                    return
                _answer(connection, DONE, (result, time.monotonic() - start))
                done += 1
                if done % _COLLECTED_AFTER == 0:
                    gc.collect()


def _answer(connection: Connection, kind: str, value: object) -> None:
    connection.send_bytes(pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL))


def _die_with_parent() -> None:
    """Have the system end this process with the one that started it, also in the midst of a task (Linux only)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
