"""A build killed (signal 9) at any moment leaves a whole site, and the next start removes its traces."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from folders import Files, files_below, names_in, publish
from processes import killed_before_operation

from regesta import exchanging
from regesta.publishing import write_reports

OLD: Files = {"index.html": b"old", "a/same.html": b"same", "b/old.html": b"old"}
NEW: Files = {"index.html": b"new", "a/same.html": b"same", "c/new.html": b"new"}
OLD_EXCHANGE: Files = {"old.xml": b"old"}
NEW_EXCHANGE: Files = {"new.xml": b"new"}
KEPT = {"manifest", "site.spare", "exchange.spare"}

_ENDLESS = """
import itertools, sys
from pathlib import Path
from regesta.publishing import Publication
for generation in itertools.count():
    with Publication(Path(sys.argv[1])) as publication:
        for number in range(100):
            publication.write(f"documents/{number}.html", b"%d" % generation)
        publication.write("same.html", b"same")
        publication.commit()
    if generation == 0:
        print("ready", flush=True)
"""


@pytest.mark.parametrize("way", ["one call", "renames"])
def test_killed_before_each_single_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    if way == "renames":
        monkeypatch.setattr(exchanging, "swap_in_one_call", lambda *_: False)
    outcomes: list[str] = []
    killed = True
    while killed:
        output = tmp_path / str(len(outcomes))
        publish(output, {**OLD, "index.html": b"first"}, {})
        publish(output, OLD, OLD_EXCHANGE)
        assert (output / "cache" / "site.spare").is_dir(), "what comes must begin with the spare folder"
        killed = killed_before_operation(len(outcomes), lambda: publish(output, NEW, NEW_EXCHANGE))  # noqa: B023
        _assert_whole(output, may_be_absent=way == "renames")
        write_reports(output, "{}", "{}")
        outcomes.append(_outcome_after_healing(output))
        publish(output, OLD, OLD_EXCHANGE)
        assert (files_below(output / "site"), files_below(output / "exchange")) == (OLD, OLD_EXCHANGE)
    assert len(outcomes) > 30, "the operations were not counted: this test would show nothing"
    assert outcomes == sorted(outcomes, reverse=True), "once new, always new"
    assert {"old", "new"} == set(outcomes)


def _assert_whole(output: Path, *, may_be_absent: bool) -> None:
    announced = (output / "cache" / "journal.json").exists()
    for name, old, new in (("site", OLD, NEW), ("exchange", OLD_EXCHANGE, NEW_EXCHANGE)):
        if (output / name).exists():
            assert files_below(output / name) in (old, new)
        else:
            assert may_be_absent
            assert announced, "a folder may be absent only while the journal announces the new one"


def _outcome_after_healing(output: Path) -> str:
    assert names_in(output) == [
        ".regesta-output",
        "cache",
        "exchange",
        "findings.json",
        "report.json",
        "site",
    ]
    assert {"manifest"} <= set(names_in(output / "cache")) <= KEPT
    site, exchange = files_below(output / "site"), files_below(output / "exchange")
    if site == NEW:
        assert exchange == NEW_EXCHANGE
        return "new"
    assert (site, exchange) == (OLD, OLD_EXCHANGE)
    return "old"


def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    _kill_at_moments(tmp_path, 20, seed=1956)


@pytest.mark.proof
def test_killed_at_five_hundred_moments(tmp_path: Path) -> None:
    _kill_at_moments(tmp_path, 500, seed=830)


def _kill_at_moments(output: Path, times: int, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(output)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        ) as build:
            assert build.stdout is not None
            assert build.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.06))
            assert build.poll() is None, "the build ended by itself"
            build.kill()
        write_reports(output, "{}", "{}")
        pages = files_below(output / "site")
        assert pages.pop("same.html") == b"same"
        assert len(pages) == 100
        assert len(set(pages.values())) == 1, "pages of two builds side by side"
        assert {"manifest"} <= set(names_in(output / "cache")) <= KEPT
