"""A whole build, killed at any moment: the site is the old one or the new one, and the next build makes it right."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_reproducible import differing, edition, run

from small_editions import tree_bytes

COMMAND = (sys.executable, "-m", "regesta", "build", "--quiet", "--jobs", "2")


def site(folder: Path) -> dict[str, bytes]:
    return tree_bytes(folder / "build" / "site")


def restyled(folder: Path, generation: int) -> None:
    """Change something that every page shows."""
    path = folder / "edition.toml"
    title = path.read_text("utf-8").partition("title")[0]
    path.write_text(f'{title}title = "Generation {generation}"\nurl = "https://example.org/"\n', "utf-8")


def kill_at_moments(folder: Path, times: int, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311 - a sample, not a secret
    edition(folder)
    restyled(folder, 0)
    started = time.monotonic()
    run(folder, "--jobs", "2")
    whole = time.monotonic() - started
    old, ends = site(folder), {"old": 0, "new": 0}
    for generation in range(1, times + 1):
        restyled(folder, generation)
        with subprocess.Popen(COMMAND, cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL) as build:
            time.sleep(moments.uniform(0, whole))
            build.kill()
        left = site(folder)
        run(folder, "--executor", "serial")
        new = site(folder)
        assert new != old
        assert left in (old, new), f"neither the old site nor the new one after kill {generation}"
        ends["old" if left == old else "new"] += 1
        assert not (folder / "build" / "cache" / "staging").exists()
        old = new
    clean = Path(shutil.copytree(folder, folder.with_name("clean"), ignore=shutil.ignore_patterns("build")))
    assert differing(run(clean, "--executor", "serial"), run(folder, "--executor", "serial")) == []
    assert ends["old"] > 0, "no build was killed before its end"


def kill_while_a_text_changes(folder: Path, times: int, seed: int) -> None:
    """Kill builds of a changed text, take the change back, change another one, and build."""
    moments = random.Random(seed)  # noqa: S311 - a sample, not a secret
    edition(folder)
    run(folder, "--executor", "serial")
    first, second = (folder / "tei" / "letters" / name for name in ("03.xml", "07.xml"))
    texts = [path.read_text("utf-8") for path in (first, second)]
    assert all("</p>" in text for text in texts)
    for generation in range(times):
        first.write_text(texts[0].replace("</p>", f" killed{generation}</p>", 1), "utf-8")
        with subprocess.Popen(COMMAND, cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL) as build:
            time.sleep(moments.uniform(0.2, 1.6))
            build.kill()
        first.write_text(texts[0], "utf-8")
        second.write_text(texts[1].replace("</p>", f" kept{generation}</p>", 1), "utf-8")
        built = run(folder, "--executor", "serial")
        assert not any(f"killed{generation}".encode() in data for data in site(folder).values())
    clean = Path(shutil.copytree(folder, folder.with_name("clean"), ignore=shutil.ignore_patterns("build")))
    assert differing(run(clean, "--executor", "serial"), built) == []


def test_a_build_of_a_changed_text_killed_at_four_moments(tmp_path: Path) -> None:
    kill_while_a_text_changes(tmp_path / "edition", 4, seed=31)


@pytest.mark.proof
def test_a_build_of_a_changed_text_killed_at_a_hundred_moments(tmp_path: Path) -> None:
    kill_while_a_text_changes(tmp_path / "edition", 100, seed=1956)


def test_a_build_killed_at_five_moments(tmp_path: Path) -> None:
    kill_at_moments(tmp_path / "edition", 5, seed=1956)


@pytest.mark.proof
def test_a_build_killed_at_two_hundred_moments(tmp_path: Path) -> None:
    kill_at_moments(tmp_path / "edition", 200, seed=830)


def test_of_two_builds_in_one_folder_one_says_so(tmp_path: Path) -> None:
    folder = edition(tmp_path / "edition")
    builds = [
        subprocess.Popen(COMMAND, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ}) for _ in range(2)
    ]
    told = {build.communicate()[1]: build.returncode for build in builds}
    statuses = sorted(told.values())
    assert statuses in ([1, 3], [1]), told
    assert statuses == [1] or any("Another build is at work" in text for text in told)
    expected = site(folder)
    run(folder, "--executor", "serial", "--clean")
    assert site(folder) == expected


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs root on Linux to mount")
def test_a_disk_that_fills_up_in_a_build_leaves_the_old_site(tmp_path: Path) -> None:
    folder, disk = edition(tmp_path / "edition"), tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this system does not allow to mount a small disk")
    command = [*COMMAND, "--output", str(disk / "build")]
    try:
        assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1
        before = tree_bytes(disk / "build" / "site")
        assert len(before) > 50
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
        (disk / "filler").write_bytes(b"x" * (free - 100_000))
        restyled(folder, 1)
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        assert (done.returncode, "is full" in done.stderr, "Traceback" in done.stderr) == (3, True, False)
        assert tree_bytes(disk / "build" / "site") == before
        (disk / "filler").unlink()
        assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1
        assert tree_bytes(disk / "build" / "site") != before
    finally:
        subprocess.run(["umount", str(disk)], check=True)
