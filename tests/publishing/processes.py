"""Child processes of the tests: one that dies at a chosen file operation, one without root's powers."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from regesta import exchanging

NOBODY = 65534
_OPERATIONS = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "os.truncate",
    "os.utime",
}


def killed_before_operation(number: int, action: Callable[[], object]) -> bool:
    """Run `action` in a child that is killed (signal 9) just before its file operation `number`.

    Returns False when the action ended first. The exchange in one call counts as an operation.
    """
    child = _fork()
    if child == 0:
        _run_in_child(lambda: _count_down(number, action))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the action failed by itself: its traceback stands above"
    return False


def run_as_ordinary_user(action: Callable[[], object]) -> None:
    """Run `action` in a child to which permissions apply; fail when it raises."""
    child = _fork()
    if child == 0:
        _run_in_child(lambda: _without_powers(action))
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status)
    assert os.WEXITSTATUS(status) == 0, "the action failed: its traceback stands above"


def _fork() -> int:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork, which this system does not have")
    return os.fork()


def _run_in_child(action: Callable[[], object]) -> None:
    status = 1
    try:
        action()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _count_down(number: int, action: Callable[[], object]) -> None:
    left = number

    def count(event: str, _arguments: object = None) -> None:
        nonlocal left
        if event in _OPERATIONS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    swap = exchanging.swap_in_one_call

    def counted_swap(first: Path, second: Path) -> bool:
        count("os.rename")
        return swap(first, second)

    exchanging.swap_in_one_call = counted_swap
    sys.addaudithook(count)
    action()


def _without_powers(action: Callable[[], object]) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    action()
