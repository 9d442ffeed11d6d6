"""Editions for exports: one made up that states all that archives ask for, and the one of this repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_editions import Exports, stated_edition

Exported = Callable[[str], Exports]


@pytest.fixture(scope="session")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return exports of the made-up edition."""
    folder = tmp_path_factory.mktemp("stated")
    return Exports(stated_edition(folder / "edition"), None, folder / "exports")


@pytest.fixture(scope="session")
def ours(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return exports of the edition of this repository."""
    return Exports(repository, None, tmp_path_factory.mktemp("ours"))
