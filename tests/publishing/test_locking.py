"""Two builds at once in one output folder."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from folders import files_below, publish

from regesta import locking
from regesta.errors import OutputError
from regesta.publishing import Publication, write_reports

_HOLDER = """
import sys
from pathlib import Path
from regesta.publishing import Publication
with Publication(Path(sys.argv[1])) as publication:
    publication.write("index.html", b"unfinished")
    print("ready", flush=True)
    sys.stdin.read()
"""


def _start_holder(output: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(output)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "ready\n"
    return holder


def test_a_second_build_says_so_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"old"})
    with _start_holder(tmp_path) as holder:
        for attempt in (lambda: publish(tmp_path, {}), lambda: write_reports(tmp_path, "{}", "{}")):
            with pytest.raises(OutputError, match=r"Another build .* Wait until it has ended"):
                attempt()
        assert (tmp_path / "cache" / "staging").is_dir(), "the second must not touch the first one's work"
        holder.kill()
    assert holder.returncode in {-getattr(signal, "SIGKILL", 9), 1}
    assert files_below(tmp_path / "site") == {"index.html": b"old"}
    publish(tmp_path, {"index.html": b"new"})
    assert files_below(tmp_path / "site") == {"index.html": b"new"}


def test_one_process_cannot_build_twice_at_once(tmp_path: Path) -> None:
    with Publication(tmp_path), pytest.raises(OutputError, match="Another build"), Publication(tmp_path):
        pass
    publish(tmp_path, {})


def test_a_refused_start_leaves_no_lock(tmp_path: Path) -> None:
    publish(tmp_path, {})
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(OutputError, match="is a link or a file"):
        publish(tmp_path, {})
    (tmp_path / "cache").unlink()
    publish(tmp_path, {})


def test_a_file_system_without_locks_is_used_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(locking, "_lock", refuse)
    publish(tmp_path, {"index.html": b"x"})
    assert files_below(tmp_path / "site") == {"index.html": b"x"}


def test_windows_locks_a_byte_beyond_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked: set[int] = set()

    def lock(descriptor: int, _mode: int, size: int) -> None:
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        if place in locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        locked.update(range(place, place + size))

    monkeypatch.setattr(locking, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(locking, "msvcrt", SimpleNamespace(locking=lock, LK_NBLCK=2), raising=False)
    publish(tmp_path, {})
    assert locked
    assert min(locked) > (tmp_path / ".regesta-output").stat().st_size
    with pytest.raises(OutputError, match="Another build"):
        publish(tmp_path, {})
