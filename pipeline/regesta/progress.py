"""Progress: what a long command tells whoever watches; the command line supplies one that can be seen."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

Each = TypeVar("Each")


class Progress(Protocol):
    """Something that shows how far a stage is."""

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things, showing how many of `total` are done."""


class Silent:
    """Shows nothing."""

    def track(self, each: Iterable[Each], stage: str, total: int) -> Iterator[Each]:
        """Yield the same things."""
        yield from each


class Stopwatch:
    """The seconds that each stage took, by name, and in all; for `report.json` only."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time until the end of the block to the stage `name`."""
        start = time.monotonic()
        try:
            yield
        finally:
            self._stages[name] = self._stages.get(name, 0.0) + time.monotonic() - start

    def seconds(self) -> dict[str, float]:
        """Return the seconds in all under `total`, and of each stage."""
        return {"total": time.monotonic() - self._start, **self._stages}


class Timings:
    """The seconds that work on each source and index page took, in all stages together."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def add(self, task: object, seconds: float) -> None:
        """Add the time of a task: it, or the first of it, has a `name` or a `path`."""
        first = task[0] if isinstance(task, tuple) and task else task
        name = getattr(first, "name", None) or getattr(first, "path", None)
        if name is not None:
            self._seconds[str(name)] = self._seconds.get(str(name), 0.0) + seconds

    def slowest(self, most: int = 10) -> list[tuple[str, float]]:
        """Return names and seconds of what took longest, the longest first."""
        return sorted(self._seconds.items(), key=lambda row: (-row[1], row[0]))[:most]
