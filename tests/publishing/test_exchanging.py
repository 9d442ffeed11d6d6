"""The exchange of folders: refused at any step it takes all back, cut off at any step it can be ended."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import Files, files_below

from regesta import exchanging
from regesta.exchanging import Replacement, exchange_all, heal

OLD: Files = {"exchange/o.xml": b"old", "site/o.html": b"old"}
NEW: Files = {"exchange/n.xml": b"new", "site/n.html": b"new"}
Step = Callable[[], None]


class PowerCutError(BaseException):
    """Ends the exchange as the end of the process would: nothing of ours runs after it."""


class Disk:
    """A staged pair of folders before the exchange, beside a published pair."""

    def __init__(self, root: Path, published: Files) -> None:
        self.root = root
        self.staging = root / "staging"
        self.published = root / "published"
        self.journal = root / "journal.json"
        for folder, files in ((self.staging, NEW), (self.published, published)):
            folder.mkdir()
            for path, data in files.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_bytes(data)
        self.replacements = [Replacement(self.staging / name, self.published / name) for name in ("exchange", "site")]


@pytest.fixture(params=[OLD, {}, {"site/o.html": b"old"}], ids=["over both", "over nothing", "over a site"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Disk:
    """Give the folders before an exchange, with and without old ones."""
    return Disk(tmp_path, request.param)


@pytest.fixture(params=["one call", "renames"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Give the list of what shall happen at each call that moves a folder, first to last; empty: nothing."""
    todo: list[Step] = []
    swap, rename = exchanging.swap_in_one_call, Path.rename

    def stepping_swap(first: Path, second: Path) -> bool:
        if request.param == "renames":
            return False
        _take_step(todo)
        return swap(first, second)

    def stepping_rename(path: Path, target: Path) -> Path:
        _take_step(todo)
        return rename(path, target)

    monkeypatch.setattr(exchanging, "swap_in_one_call", stepping_swap)
    monkeypatch.setattr(Path, "rename", stepping_rename)
    return todo


def _take_step(todo: list[Step]) -> None:
    if todo:
        todo.pop(0)()


def _go_on() -> None:
    pass


def _cut() -> None:
    raise PowerCutError


def _refuse() -> None:
    raise PermissionError(13, "refused")


def _all_moves(replacements: list[Replacement]) -> int:
    """Return more than the number of moves that any exchange of these folders takes."""
    return 3 * len(replacements) + 1


def test_new_folders_come_into_their_places(disk: Disk, steps: list[Step]) -> None:
    exchange_all(disk.replacements, disk.journal)
    assert files_below(disk.published) == NEW
    assert not disk.journal.exists()
    assert steps == []


def test_cut_off_at_any_step_the_next_start_goes_forward(disk: Disk, steps: list[Step], tmp_path: Path) -> None:
    cuts = 0
    for number in range(_all_moves(disk.replacements)):
        root = tmp_path / str(number)
        root.mkdir()
        each = Disk(root, files_below(disk.published))
        steps[:] = [*[_go_on] * number, _cut]
        try:
            exchange_all(each.replacements, each.journal)
        except PowerCutError:
            cuts += 1
            assert each.journal.exists()
        steps.clear()
        heal(each.replacements, each.journal)
        assert files_below(each.published) == NEW
        assert not each.journal.exists()
    assert cuts >= len(disk.replacements), "the steps were not taken: this test would show nothing"


def test_refused_at_any_step_the_old_folders_are_back(disk: Disk, steps: list[Step], tmp_path: Path) -> None:
    old = files_below(disk.published)
    refusals = 0
    for number in range(_all_moves(disk.replacements)):
        root = tmp_path / str(number)
        root.mkdir()
        each = Disk(root, old)
        steps[:] = [*[_go_on] * number, _refuse]
        try:
            exchange_all(each.replacements, each.journal)
        except PermissionError:
            refusals += 1
            assert files_below(each.published) == old
            assert not each.journal.exists()
        else:
            assert files_below(each.published) == NEW
    assert refusals >= len(disk.replacements)


def test_when_even_the_way_back_is_refused_the_next_start_goes_forward(tmp_path: Path, steps: list[Step]) -> None:
    disk = Disk(tmp_path, {"exchange/o.xml": b"old"})
    steps[:] = [_go_on, *[_refuse] * 9]
    with pytest.raises(PermissionError):
        exchange_all(disk.replacements, disk.journal)
    steps.clear()
    heal(disk.replacements, disk.journal)
    assert files_below(disk.published) == NEW


def test_a_spoilt_journal_never_blocks_and_never_loses_a_folder(tmp_path: Path) -> None:
    disk = Disk(tmp_path, {"site/o.html": b"old"})
    for content in (b"", b"\xff", b"[1]", b'{"site": 1, "exchange": 1}'):
        disk.journal.write_bytes(content)
        heal(disk.replacements, disk.journal)
        assert not disk.journal.exists()
        assert files_below(disk.published) == {"exchange/n.xml": b"new", "site/o.html": b"old"}


def test_without_a_journal_there_is_nothing_to_heal(disk: Disk) -> None:
    before = files_below(disk.root)
    heal(disk.replacements, disk.journal)
    assert files_below(disk.root) == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tries the call of Linux")
def test_linux_exchanges_in_one_call(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchanging.swap_in_one_call(tmp_path / "a", tmp_path / "b")
    assert sorted(files_below(tmp_path)) == ["a/b", "b/a"]
    assert not exchanging.swap_in_one_call(tmp_path / "a", tmp_path / "not there")
