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
