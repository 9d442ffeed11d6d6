"""What every test may use: the checkout and, where it is there, the folder of real editions beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return `shared/` beside the checkout, the material that is too large or not ours to commit.

    Without it the test is skipped with the reason; in CI (variable CI set) it fails, so that nobody
    takes a run that tried nothing for a run that passed.
    """
    return _present_or_skip(REPOSITORY.parent / "shared")


@pytest.fixture(scope="session")
def corpora(shared: Path) -> Path:
    """Return the folder with one real edition a sub-folder."""
    return _present_or_skip(shared / "corpora")


def _present_or_skip(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    reason = f"needs the folder {folder}, which is not there"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
